"""A register checked by itself: what is to be asked of its documents before any inventory is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from provenance.inventory.find import named_apart
from provenance.origin.document_folder import NO_FILE, NOT_SEEN, look_for, read_document_folder
from provenance.origin.mentions import no_matches
from provenance.origin.paper_files import paper_files
from provenance.origin.paper_findings import recorded_twice
from provenance.origin.questions import Asking, ask_of_lines
from provenance.origin.read_register import read_register
from provenance.origin.register import Register
from provenance.origin.register_lines import all_lines
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    told: tuple[str, ...]
    """One sentence per thing to be asked, with its place."""
    summary: str


def check_registers(paths: Sequence[Path], documents: Path | None, as_of: date) -> Checked:
    """Check registers together, as an audit reads them.

    Args:
        paths: The registers.
        documents: The folder that holds the documents themselves; None where it is not at hand.
        as_of: The day on which the question is asked.

    Raises:
        ProvenanceError: A register or the folder cannot be used; every fault of a file at once.
    """
    named = named_apart((path, path.name) for path in paths)
    registers = [read_register(path, name=name) for path, name in named]
    lines = all_lines(registers)
    folder = read_document_folder(documents, paper_files(paths)) if documents is not None else None
    sightings = look_for(lines, folder) if folder is not None else None
    asked = ask_of_lines(lines, Asking(as_of, sightings=sightings))
    told = [
        f"{lines[at].place}: {lines[at].document}: {question.text} [{question.flag.value}]"
        for at, questions in sorted(asked.items())
        for question in questions
    ]
    twice = recorded_twice(lines, no_matches(0, len(lines)))
    told += [f"{one.places[0]}: {one.documents[0]}: {one.question} [{one.flag.value}]" for one in twice]
    if sightings is not None:
        told += [
            f"{line.place}: {line.document}: {seen}"
            for line, seen in zip(lines, sightings.seen, strict=True)
            if seen.startswith(NOT_SEEN)
        ]
        told += [f"{name}: not read: no line of the register records it" for name in sightings.unread]
        told += [f"{name}: not read: {NO_FILE}" for name in sightings.passed_over]
    return Checked(tuple(told), "; ".join(_counts(registers, len(told))))


def _counts(registers: Sequence[Register], told: int) -> Iterator[str]:
    documents = sum(len(register.lines) for register in registers)
    unanswered = sum(len(register.unanswered) for register in registers)
    yield f"{_counted(documents, 'document')} recorded"
    if unanswered:
        yield f"{_counted(unanswered, 'request')} not yet answered"
    yield f"{_counted(told, 'thing')} to ask" if told else "nothing to ask"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"

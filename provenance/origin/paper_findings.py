"""Findings about the documents themselves: what is odd about one, what two say against each other, what nobody named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from provenance.countries import describe
from provenance.origin.document_folder import NOT_SEEN, Sightings
from provenance.origin.mentions import Matches, Mention
from provenance.origin.register import Flag, Question, RegisterLine, folded

_SERIALS_SHOWN = 3
"""How many serials a question quotes."""


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """One thing that is odd about documents; it judges no machine by itself."""

    flag: Flag
    documents: tuple[str, ...]
    """Ids of the documents, or the name of a file that no line records."""
    places: tuple[str, ...]
    """Where they are recorded, in the same order; empty for a file."""
    question: str
    units: int
    """Units of the inventory that it bears on."""
    serials: tuple[str, ...] = ()
    """The serial numbers it is about, where they stand in no inventory."""


def questions_on(index: int, line: RegisterLine, matches: Matches) -> tuple[Question, ...]:
    """Return all that is to be asked of one line: of its record, and of the machines that it names."""
    bearing = matches.bearing
    if not bearing:
        return matches.questions[index]
    more = (
        Question(flag, _of_machines(flag, line, bearing[index, flag]))
        for flag in (Flag.OTHER_MAKER, Flag.OTHER_MODEL, Flag.BEFORE_MANUFACTURE, Flag.BEFORE_SWAP)
        if (index, flag) in bearing
    )
    return (*matches.questions[index], *more)


def _of_machines(flag: Flag, line: RegisterLine, units: int) -> str:
    if flag is Flag.OTHER_MAKER:
        named = line.maker or line.model or line.issuer
        return f"it speaks of goods of {named}, and {units} units that it names are of another maker here: does it mean these?"
    if flag is Flag.OTHER_MODEL:
        return f"it speaks of {line.model}, and {units} units that it names are of another model here: does it mean these?"
    if flag is Flag.BEFORE_SWAP:
        dated = f"dated {line.day}" if line.day is not None else "without a date"
        return f"it speaks of boards and is {dated}, and {units} units that it names had their boards changed since or were away: of which boards does it speak?"
    return f"it is dated {line.day}, before {units} units that it names were made: does it mean these?"


def find_paper_findings(
    lines: Sequence[RegisterLine], matches: Matches, sightings: Sightings | None
) -> tuple[PaperFinding, ...]:
    """Return the findings about the documents, in the order of their flags, then most units first.

    Args:
        lines: The register.
        matches: Which machines they name.
        sightings: What the folder of documents holds; None where nobody named one.
    """
    found = [
        *_asked(lines, matches),
        *_absent(lines, matches),
        *_contradictions(lines, matches),
        *recorded_twice(lines, matches),
        *(_folder(lines, matches, sightings) if sightings is not None else ()),
    ]
    order = {flag: at for at, flag in enumerate(Flag)}
    return tuple(
        sorted(found, key=lambda one: (order[one.flag], -one.units, one.documents, one.places, one.question))
    )


def _asked(lines: Sequence[RegisterLine], matches: Matches) -> Iterator[PaperFinding]:
    odd = {index for index, told in enumerate(matches.questions) if told} | {
        index for index, _ in matches.bearing
    }
    for index in sorted(odd):
        line = lines[index]
        for question in questions_on(index, line, matches):
            units = matches.bearing.get((index, question.flag), matches.named.units[index])
            yield PaperFinding(question.flag, (line.document,), (line.place,), question.text, units)


def _absent(lines: Sequence[RegisterLine], matches: Matches) -> Iterator[PaperFinding]:
    for index, serials in matches.named.missing.items():
        line = lines[index]
        shown = ", ".join(serials[:_SERIALS_SHOWN]) + (", ..." if len(serials) > _SERIALS_SHOWN else "")
        what = f"{len(serials)} of the {len(line.serials)} serial numbers it names stand in no inventory ({shown}): whose are they?"
        yield PaperFinding(Flag.NOT_IN_INVENTORY, (line.document,), (line.place,), what, 0, serials)
    for index, line in enumerate(lines):
        if not line.serials and not matches.named.units[index]:
            what = f"it names {goods_of(line)}, of which these inventories hold nothing: whose are they?"
            yield PaperFinding(Flag.NOT_IN_INVENTORY, (line.document,), (line.place,), what, 0)


def goods_of(line: RegisterLine) -> str:
    """Return the goods of a line without serial numbers, in words: `batch B1, model S21`."""
    given = (
        ("batch", line.batch),
        ("order", line.order),
        ("maker", line.maker),
        ("model", line.model),
        ("entry", line.entry_number),
        ("importer", line.importer),
    )
    return ", ".join(f"{name} {value}" for name, value in given if value is not None)


def _contradictions(lines: Sequence[RegisterLine], matches: Matches) -> Iterator[PaperFinding]:
    units: dict[tuple[int, int], int] = {}
    for mentions, counted in zip(matches.mentions, matches.set_units, strict=True):
        for pair in _against_each_other(mentions, lines):
            units[pair] = units.get(pair, 0) + counted
    for (one, other), counted in units.items():
        sides = (lines[one], lines[other])
        first, second = sorted(sides, key=lambda line: (line.document, line.register, line.row))
        what = (
            f"{first.document} says {describe(first.atoms)} and {second.document} says {describe(second.atoms)} "
            f"of the same {counted} units: which is right?"
        )
        documents = (first.document, second.document)
        yield PaperFinding(Flag.CONTRADICTED, documents, (first.place, second.place), what, counted)


def _against_each_other(
    mentions: Sequence[Mention], lines: Sequence[RegisterLine]
) -> Iterator[tuple[int, int]]:
    if len(mentions) < 2:
        return
    # Lines that say the same of one document stand for each other, so that many lines make few pairs.
    apart = {
        (folded(lines[index].document), lines[index].facet, lines[index].atoms): index
        for index in sorted((mention.line for mention in mentions), reverse=True)
    }
    for one, other in combinations(sorted(apart.values()), 2):
        if lines[one].facet is lines[other].facet and not lines[one].atoms & lines[other].atoms:
            yield one, other


def recorded_twice(lines: Sequence[RegisterLine], matches: Matches) -> Iterator[PaperFinding]:
    """Find documents that the register describes in two ways."""
    first: dict[str, int] = {}
    told: set[tuple[str, str]] = set()
    for index, line in enumerate(lines):
        key = folded(line.document)
        known = lines[first.setdefault(key, index)]
        if known is line:
            continue
        ways = (
            ("sha256", known.sha256, line.sha256),
            ("kind", known.kind.value, line.kind.value),
            ("issuer", folded(known.issuer), folded(line.issuer)),
            ("date", known.day, line.day),
        )
        for name, one, other in ways:
            if one and other and one != other and (key, name) not in told:
                told.add((key, name))
                what = f"it is recorded with two of its {name}, here and in {known.place}: is it one paper?"
                units = matches.named.units[index]
                yield PaperFinding(Flag.RECORDED_TWICE, (line.document,), (line.place,), what, units)


def _folder(lines: Sequence[RegisterLine], matches: Matches, sightings: Sightings) -> Iterator[PaperFinding]:
    for index, (line, seen) in enumerate(zip(lines, sightings.seen, strict=True)):
        if seen.startswith(NOT_SEEN):
            units = matches.named.units[index]
            yield PaperFinding(Flag.NOT_SEEN, (line.document,), (line.place,), f"{seen}: where is it?", units)
    for name in sightings.unread:
        yield PaperFinding(Flag.NOT_READ, (name,), (), "no line of the register records it: what is it?", 0)

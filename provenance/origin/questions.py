"""What is to be asked of documents before any machine is looked at: who issued them, when, and from what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from provenance.evidence import Grade, StatedBy
from provenance.origin.document_folder import Sightings
from provenance.origin.register import Flag, Question, RegisterLine, folded

_ISSUED = frozenset({Grade.CERTIFICATE, Grade.PRODUCTION_RECORD, Grade.FINDING})
"""What is worth as much as whoever issued it."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What the questions about documents are asked against."""

    as_of: date
    parties: Mapping[str, str] = field(default_factory=dict)
    """Names of those who sell the goods or answer for them, folded, each with its role."""
    sightings: Sightings | None = None
    """What the folder of documents holds of the register; None where nobody named one."""


def ask_of_lines(lines: Sequence[RegisterLine], asking: Asking) -> list[tuple[Question, ...]]:
    """Return what is to be asked of each line, what its own register leaves open included.

    Adding a line never takes a question away from another.
    """
    shared = _shared_sources(lines)
    issuers = {line.issuer for line in lines}
    interested = {issuer for issuer in issuers if folded(issuer) in asking.parties}
    asked = [
        (*line.questions, *_of_line(line, asking, shared, interested))
        if shared or _is_odd(line, asking) or line.issuer in interested
        else line.questions
        for line in lines
    ]
    if asking.sightings is None:
        return asked
    return [(*one, *more) for one, more in zip(asked, asking.sightings.questions, strict=True)]


def _is_odd(line: RegisterLine, asking: Asking) -> bool:
    unknown = line.issuer_role is StatedBy.UNKNOWN and line.kind in _ISSUED
    return unknown or (line.day is not None and line.day > asking.as_of)


def _of_line(
    line: RegisterLine, asking: Asking, shared: Mapping[str, Question], interested: Iterable[str]
) -> Iterator[Question]:
    if line.issuer_role is StatedBy.UNKNOWN and line.kind in _ISSUED:
        what = "the register does not say what its issuer is to the goods: the maker, a third party or a party to the sale?"
        yield Question(Flag.ISSUER_UNKNOWN, what)
    if line.day is not None and line.day > asking.as_of:
        yield Question(
            Flag.AFTER_AS_OF,
            f"it is dated {line.day}, after the as-of date {asking.as_of}: is the date right?",
        )
    if line.issuer in interested and line.kind in _ISSUED and line.issuer_role is not StatedBy.MAKER:
        role = asking.parties[folded(line.issuer)]
        what = f"its issuer bears the name of the {role}: is it the {role}'s own word?"
        yield Question(Flag.SELF_ISSUED, what)
    if (same := shared.get(folded(line.document))) is not None:
        yield same


def _shared_sources(lines: Iterable[RegisterLine]) -> dict[str, Question]:
    """Return the documents that stand on the same source as another one, by folded id.

    Of papers from one source one goes on counting: the source itself where the register holds it, else the weakest,
    for together they are worth no more than that.
    """
    digests: dict[str, dict[str, int]] = {}
    drawn: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for line in lines:
        if line.sha256 or line.based_on:
            key = folded(line.document)
            _note(digests, [line.sha256] if line.sha256 else [], key, line)
            _note(drawn, [folded(source) for source in line.based_on if folded(source) != key], key, line)
    if not drawn and all(len(papers) == 1 for papers in digests.values()):
        return {}
    for line in lines:
        key = folded(line.document)
        names[key] = min(names.get(key, line.document), line.document)
    found: dict[str, Question] = {}
    for papers in digests.values():
        first, *others = sorted(papers, key=lambda paper: (-papers[paper], paper))
        for other in others:
            what = f"it is the same file as {names[first]}: is it one paper under two names?"
            found.setdefault(other, Question(Flag.SAME_SOURCE, what))
    for source, papers in sorted(drawn.items()):
        if source in names:
            what = f"it was drawn up from {names[source]}: does it prove more than that?"
            found |= {paper: Question(Flag.SAME_SOURCE, what) for paper in papers if paper not in found}
            continue
        first, *others = sorted(papers, key=lambda paper: (-papers[paper], paper))
        for other in others:
            what = f"it was drawn up from the same source as {names[first]}: do they count as two?"
            found.setdefault(other, Question(Flag.SAME_SOURCE, what))
    return found


def _note(into: dict[str, dict[str, int]], sources: Iterable[str], key: str, line: RegisterLine) -> None:
    """Note a document under each of its sources, with the rank of its weakest line."""
    for source in sources:
        papers = into.setdefault(source, {})
        papers[key] = max(papers.get(key, 0), line.kind.rank)

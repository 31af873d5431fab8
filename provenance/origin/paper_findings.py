"""Findings about the documents themselves: what is odd about one, what two say against each other, what nobody named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import polars as pl

from provenance.countries import describe
from provenance.origin.document_folder import NO_FILE, NOT_SEEN, Sightings
from provenance.origin.mentions import Matches
from provenance.origin.register import Flag, Question, RegisterLine
from provenance.origin.register_lines import ATOM, RegisterLines
from provenance.records import dataclass

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
    bearing, asked = matches.bearing, matches.questions.get(index, ())
    if not bearing:
        return asked
    more = (
        Question(flag, _of_machines(flag, line, bearing[index, flag]))
        for flag in (Flag.OTHER_MAKER, Flag.OTHER_MODEL, Flag.BEFORE_MANUFACTURE, Flag.BEFORE_SWAP)
        if (index, flag) in bearing
    )
    return (*asked, *more)


def _of_machines(flag: Flag, line: RegisterLine, units: int) -> str:
    one = units == 1
    here = "1 unit that it names is" if one else f"{units} units that it names are"
    means = "does it mean this one?" if one else "does it mean these?"
    if flag is Flag.OTHER_MAKER:
        named = line.maker or line.model or line.issuer
        return f"it speaks of goods of {named}, and {here} of another maker here: {means}"
    if flag is Flag.OTHER_MODEL:
        return f"it speaks of {line.model}, and {here} of another model here: {means}"
    counted = "1 unit" if one else f"{units} units"
    if flag is Flag.BEFORE_SWAP:
        dated = f"dated {line.day}" if line.day is not None else "without a date"
        had = "had its boards changed since or was" if one else "had their boards changed since or were"
        return f"it speaks of boards and is {dated}, and {counted} that it names {had} away: of which boards does it speak?"
    made = "was" if one else "were"
    return f"it is dated {line.day}, before {counted} that it names {made} made: {means}"


def find_paper_findings(
    lines: RegisterLines, matches: Matches, sightings: Sightings | None
) -> tuple[PaperFinding, ...]:
    """Return the findings about the documents, in the order of their flags, then most units first.

    Args:
        lines: The register.
        matches: Which machines they name.
        sightings: What the folder of documents holds; None where nobody named one.
    """
    if not lines and sightings is None:
        return ()
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


def _asked(lines: RegisterLines, matches: Matches) -> Iterator[PaperFinding]:
    for index, line in lines.some((*matches.questions, *(index for index, _ in matches.bearing))).items():
        for question in questions_on(index, line, matches):
            units = matches.bearing.get((index, question.flag), matches.named.units[index])
            yield PaperFinding(question.flag, (line.document,), (line.place,), question.text, units)


def _absent(lines: RegisterLines, matches: Matches) -> Iterator[PaperFinding]:
    named = lines.some(matches.named.missing)
    for index, serials in matches.named.missing.items():
        line = named[index]
        shown = ", ".join(serials[:_SERIALS_SHOWN]) + (", ..." if len(serials) > _SERIALS_SHOWN else "")
        stand = "stands" if len(serials) == 1 else "stand"
        whose = "whose is it" if len(serials) == 1 else "whose are they"
        what = f"{len(serials)} of the {len(line.serials)} serial numbers it names {stand} in no inventory ({shown}): {whose}?"
        yield PaperFinding(Flag.NOT_IN_INVENTORY, (line.document,), (line.place,), what, 0, serials)
    for index in lines.lots():
        if not matches.named.units[index]:
            line = lines[index]
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


def _contradictions(lines: RegisterLines, matches: Matches) -> Iterator[PaperFinding]:
    if not matches.together:
        return
    told = lines.frame.select(
        pl.col("document").str.to_lowercase(), pl.col("facet").cast(pl.String), "atoms"
    ).rows()
    atoms = {text: frozenset(text.split(ATOM)) for _, _, text in told}
    units: dict[tuple[int, int], int] = {}
    for mentions, counted in matches.several():
        # Lines that say the same of one document stand for each other, so that many lines make few pairs.
        apart = {told[mention.line]: mention.line for mention in reversed(mentions)}
        for (one, at), (other, there) in combinations(apart.items(), 2):
            if one[1] == other[1] and not atoms[one[2]] & atoms[other[2]]:
                pair = (min(at, there), max(at, there))
                units[pair] = units.get(pair, 0) + counted
    for (one_line, other_line), counted in units.items():
        sides = (lines[one_line], lines[other_line])
        first, second = sorted(sides, key=lambda line: (line.document, line.register, line.row))
        what = (
            f"{first.document} says {describe(first.atoms)} and {second.document} says {describe(second.atoms)} "
            f"of the same {'unit' if counted == 1 else f'{counted} units'}: which is right?"
        )
        documents = (first.document, second.document)
        yield PaperFinding(Flag.CONTRADICTED, documents, (first.place, second.place), what, counted)


_RECORDED = (("sha256", "sha256"), ("kind", "kind"), ("issuer", "issuer"), ("day", "date"))
"""What a document has one of, by the column and the word for it."""


def recorded_twice(lines: RegisterLines, matches: Matches) -> Iterator[PaperFinding]:
    """Find documents that the register describes in two ways."""
    names = lines.frame["document"].str.to_lowercase()
    if not names.is_duplicated().any():
        return
    told = lines.frame.select(
        names.alias("key"),
        *(pl.col(column).cast(pl.String).str.to_lowercase().replace("", None) for column, _ in _RECORDED),
        line=pl.int_range(pl.len(), dtype=pl.UInt32),
    )
    for column, word in _RECORDED:
        known = told.filter(pl.col(column).is_not_null())
        firsts = known.group_by("key", maintain_order=True).agg(pl.col(column, "line").first())
        other = known.join(firsts, on="key", suffix="_first").filter(
            pl.col(column) != pl.col(f"{column}_first")
        )
        for index, first in other.unique("key", maintain_order=True).select("line", "line_first").iter_rows():
            line, place = lines[index], lines[first].place
            what = f"it is recorded with two of its {word}, here and in {place}: is it one paper?"
            units = matches.named.units[index]
            yield PaperFinding(Flag.RECORDED_TWICE, (line.document,), (line.place,), what, units)


def _folder(lines: RegisterLines, matches: Matches, sightings: Sightings) -> Iterator[PaperFinding]:
    for index, seen in enumerate(sightings.seen):
        if seen.startswith(NOT_SEEN):
            line = lines[index]
            units = matches.named.units[index]
            yield PaperFinding(Flag.NOT_SEEN, (line.document,), (line.place,), f"{seen}: where is it?", units)
    for name in sightings.unread:
        yield PaperFinding(Flag.NOT_READ, (name,), (), "no line of the register records it: what is it?", 0)
    for name in sightings.passed_over:
        yield PaperFinding(Flag.NOT_READ, (name,), (), f"{NO_FILE}: what is it?", 0)

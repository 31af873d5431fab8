"""Which column means which field: header, content and neighbours are scored together, then all columns are assigned at once.

Each field gets one column at most. Where two columns fit one field equally well and do not say the same, a column
that could clear a machine (its serial number, its origin) is not taken at all, and it is said why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from provenance.evidence import Grade
from provenance.inventory.assignment import assign
from provenance.inventory.bids import (
    Bid,
    content_bids,
    header_bids,
    is_trade,
    preset_bids,
    sure_bids,
)
from provenance.inventory.content import Content, is_placeholder, read_content
from provenance.inventory.fits import Setting
from provenance.inventory.known import BY_WORDS, Known
from provenance.inventory.neighbours import weigh_neighbours
from provenance.inventory.presets import Preset
from provenance.inventory.table import Column, Field
from provenance.inventory.vocabulary import squash
from provenance.records import dataclass

THRESHOLD = 0.5
"""Below it a column is not mapped: an unmapped column is seen, a wrong one is believed."""
_CLOSE = 0.05
"""Two bids nearer than this are equally good."""
_CLEARING = frozenset({Field.SERIAL, Field.DECLARED_ORIGIN})
"""Fields by which a document or the list itself may clear a machine: not taken where two columns are equally good."""
_TELLING = _CLEARING | {Field.MAKER, Field.MODEL, Field.MAC}
"""Fields of which it is said that another column fits as well."""
_AGREE = 0.9
"""The share of rows in which two columns have to say the same to be one."""
_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two columns that fit one field equally well and differ."""

    field: Field
    first: int
    second: int

    @property
    def taken(self) -> bool:
        """Whether the first was taken all the same."""
        return self.field not in _CLEARING


def map_columns(
    headers: Sequence[str],
    values: Mapping[int, Sequence[str]],
    *,
    headed: bool,
    known: Known = BY_WORDS,
    preset: Preset | None = None,
) -> tuple[Column, ...]:
    """Decide what each column of a table means.

    Args:
        headers: The header of each column, empty where there is none.
        values: The cells below, by column; columns left out are taken for blank.
        headed: Whether the table has a header row; without one the content alone decides.
        known: Who knows the names of makers and products.
        preset: The export format that the table is.

    Returns:
        One `Column` for each header, in order.
    """
    contents = [read_content(values.get(index, ())) for index in range(len(headers))]
    found = _bids(headers, contents, known, preset, headed=headed)
    bids = weigh_neighbours(found, headers, contents, known, headed=headed)
    chosen = _choose(bids)
    rivalries = _rivalries(bids, chosen, values)
    given_up = {rivalry.first: rivalry for rivalry in rivalries if not rivalry.taken}
    columns = []
    for index, header in enumerate(headers):
        bid = chosen.get(index)
        if index in given_up:
            columns.append(
                Column(index, header, None, 0.0, _undecided(given_up[index], headers[given_up[index].second]))
            )
        elif bid is not None:
            grade = Grade.DECLARED if bid.field is Field.DECLARED_ORIGIN else None
            columns.append(Column(index, header, bid.field, round(bid.score, 2), bid.reason, grade))
        else:
            columns.append(Column(index, header, None, 0.0, _why_not(header, contents[index], bids, index)))
    for rivalry in rivalries:
        second = columns[rivalry.second]
        columns[rivalry.second] = replace(second, reason=_undecided(rivalry, headers[rivalry.first]))
    return tuple(columns)


def _bids(
    headers: Sequence[str], contents: Sequence[Content], known: Known, preset: Preset | None, *, headed: bool
) -> list[Bid]:
    setting = Setting(known, trade=is_trade(headers))
    bids: list[Bid] = []
    for index, (header, content) in enumerate(zip(headers, contents, strict=True)):
        if preset is not None and squash(header) in preset.columns:
            bids.extend(preset_bids(index, preset.id, preset.columns[squash(header)], content, setting))
            continue
        if header.strip():
            bids.extend(header_bids(index, header, content, setting))
        if content.count and (not header.strip() or not headed):
            bids.extend(content_bids(index, content, setting, headed=headed))
        elif content.count:
            bids.extend(sure_bids(index, content))
    return bids


def _choose(bids: Sequence[Bid]) -> dict[int, Bid]:
    """Return the bid that won each column: those that together fit best."""
    best: dict[tuple[Field, int], Bid] = {}
    for bid in bids:
        pair = (bid.field, bid.index)
        if bid.score >= THRESHOLD and (pair not in best or bid.score > best[pair].score):
            best[pair] = bid
    order = {field: place for place, field in enumerate(sorted(Field))}
    # Squares, so that one good fit is worth more than two poor ones; of equal columns the one further left wins, and of
    # equal fields the first by name, for the answer must not hang on the order in which bids were made.
    gains = {
        (field, index): (round(bid.score, 3) - THRESHOLD + 0.05) ** 2 - 1e-7 * index - 1e-9 * order[field]
        for (field, index), bid in best.items()
    }
    return {index: best[field, index] for field, index in assign(gains).items()}


def _rivalries(
    bids: Sequence[Bid], chosen: Mapping[int, Bid], values: Mapping[int, Sequence[str]]
) -> list[Rivalry]:
    """Return where a column that stayed free fits a field as well as the one that was taken, and says something else."""
    found = []
    for index, won in sorted(chosen.items()):
        if won.field not in _TELLING:
            continue
        rivals = [
            bid
            for bid in bids
            if bid.field is won.field and bid.index not in chosen and bid.score > won.score - _CLOSE
        ]
        for rival in sorted(rivals, key=lambda bid: (-bid.score, bid.index)):
            if not _same(won.field, values.get(index, ()), values.get(rival.index, ())):
                found.append(Rivalry(won.field, index, rival.index))
                break
    return found


def _same(field: Field, first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two columns say the same wherever both say anything; a column without values says nothing else."""
    pairs = [
        (one.strip(), other.strip())
        for one, other in islice(zip(first, second, strict=False), _COMPARED)
        if not is_placeholder(one) and not is_placeholder(other)
    ]
    if not pairs:
        return not any(not is_placeholder(cell) for cell in second)
    if field is Field.DECLARED_ORIGIN:
        from provenance.countries import resolve_country

        meant = [(resolve_country(one).countries, resolve_country(other).countries) for one, other in pairs]
        equal = sum(
            one == other or text[0] == text[1] for (one, other), text in zip(meant, pairs, strict=True)
        )
    else:
        equal = sum(one.casefold() == other.casefold() for one, other in pairs)
    return equal >= _AGREE * len(pairs)


def _undecided(rivalry: Rivalry, other: str) -> str:
    named = f"column {' '.join(other.split())!r}" if other.strip() else "another column"
    if rivalry.taken:
        return f"could be {rivalry.field} as well as {named}, which was taken"
    return f"could be {rivalry.field}, and so could {named}, which says something else: neither was taken"


def _why_not(header: str, content: Content, bids: Sequence[Bid], index: int) -> str:
    if content.running:
        return "counts the rows"
    if content.uuid > 0.5:
        return "identifiers of a database (UUID)"
    mine = sorted((bid for bid in bids if bid.index == index), key=lambda bid: -bid.score)
    if mine:
        best = mine[0]
        weaker = "another column fits better" if best.score >= THRESHOLD else "too weak"
        return f"could be {best.field} ({best.reason}), {weaker}"
    return "no known header" if header.strip() else "no header"

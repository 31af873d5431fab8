"""Turns rows of the embedded database into records; the order of the columns is that of the queries in `database`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from provenance.catalog.records import (
    Action,
    Change,
    Confidence,
    Family,
    Firmware,
    Maker,
    Model,
    PartCode,
    PartKind,
    Plant,
    ProductLine,
    Registration,
    Relation,
    Seat,
    SerialScheme,
)
from provenance.catalog.terms import RelationKind
from provenance.dates import Span
from provenance.evidence import Facet, Grade

BITS = {6: 24, 7: 28, 9: 36}
"""Length of a block in bits by the number of hexadecimal digits of its prefix."""

RecordT = TypeVar("RecordT")

_DECODE = json.JSONDecoder().raw_decode
"""Thousands of short lists are read: what `json.loads` looks for before and behind them takes longer than they do."""


class Built(Mapping[str, RecordT]):
    """Records by their ids, each built of its row when it is first asked for: a run asks for few of many."""

    def __init__(self, rows: Mapping[str, Any], build: Callable[[Any], RecordT]) -> None:
        self._rows, self._build = rows, build
        self._built: dict[str, RecordT] = {}

    def __getitem__(self, key: str) -> RecordT:
        """Return a record.

        Raises:
            KeyError: There is none of that id.
        """
        if key not in self._built:
            self._built[key] = self._build(self._rows[key])
        return self._built[key]

    def __iter__(self) -> Iterator[str]:
        """Return the ids, in the order of the rows."""
        return iter(self._rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)


def grouped(rows: Iterable[Any], build: Callable[[Any], RecordT]) -> dict[Any, tuple[RecordT, ...]]:
    """Return records by the first column of their rows, in the order of the rows."""
    groups: dict[Any, list[RecordT]] = {}
    for row in rows:
        groups.setdefault(row[0], []).append(build(row))
    return {key: tuple(records) for key, records in groups.items()}


def maker(row: Any, seats: tuple[Seat, ...], relations: tuple[Relation, ...]) -> Maker:
    """Build a maker from id, name, categories, aliases, ambiguous aliases, confidence, sources, note."""
    categories = _texts(row[2])
    return Maker(
        id=row[0],
        name=row[1],
        category=categories[0],
        categories=categories,
        aliases=_texts(row[3]),
        ambiguous_aliases=_texts(row[4]),
        seats=seats,
        relations=relations,
        confidence=Confidence(row[5]),
        sources=_texts(row[6]),
        note=row[7],
    )


def change(row: Any) -> Change:
    """Build a change from overlay, maker, kind, id, action."""
    return Change(maker=row[1], kind=row[2], id=row[3], action=Action(row[4]))


def seat(row: Any) -> Seat:
    """Build a seat from maker, n, facet, country, grade, first, last, source."""
    return Seat(
        facet=Facet(row[2]),
        country=row[3],
        grade=Grade(row[4]),
        first=_day(row[5]),
        last=_day(row[6]),
        source=row[7],
    )


def relation(row: Any) -> Relation:
    """Build a relation from maker, n, kind, other, the dates, some goods, confidence, source, note, moments."""
    certain_from, certain_to = _day(row[6]), _day(row[7])
    return Relation(
        kind=RelationKind(row[2]),
        other=row[3],
        first=_day(row[4]),
        last=_day(row[5]),
        certain=Span(certain_from, certain_to) if certain_from and certain_to else None,
        some_goods=bool(row[8]),
        confidence=Confidence(row[9]),
        source=row[10],
        note=row[11],
        began=row[12],
        ended=row[13],
        seen=row[14],
    )


def plant(row: Any) -> Plant:
    """Build a plant from maker, id, country, activity, first, last, models, confidence, complete, source, note, moments."""
    return Plant(
        id=row[1],
        country=row[2],
        activity=row[3],
        first=_day(row[4]),
        last=_day(row[5]),
        models=_texts(row[6]),
        confidence=Confidence(row[7]),
        complete=bool(row[8]),
        source=row[9],
        note=row[10],
        began=row[11],
        ended=row[12],
    )


def model(row: Any) -> Model:
    """Build a model from its columns in the order of the query: id, maker, name, ..., cooling, date of release."""
    return Model(
        id=row[0],
        maker=row[1],
        name=row[2],
        aliases=_texts(row[3]),
        firmware_names=_texts(row[4]),
        hashrates=_texts(row[5]),
        algorithm=row[6],
        confidence=Confidence(row[7]),
        sources=_texts(row[8]),
        cooling=row[9],
        released=date.fromisoformat(f"{row[10]}-01-01"[:10]) if row[10] else None,
    )


def product_line(row: Any) -> ProductLine:
    """Build a line from maker, name, pattern, category, shared with, needs context, examples, source."""
    return ProductLine(
        maker=row[0],
        name=row[1],
        pattern=row[2],
        category=row[3],
        shared_with=_texts(row[4]),
        needs_context=bool(row[5]),
        examples=_texts(row[6]),
        source=row[7],
    )


def family(row: Any) -> Family:
    """Build a family from maker, name, category, confidence, source, note."""
    return Family(
        maker=row[0], name=row[1], category=row[2], confidence=Confidence(row[3]), source=row[4], note=row[5]
    )


def part_code(row: Any) -> PartCode:
    """Build a part code from id, maker, part, title, pattern, models, examples, confidence, sources, note."""
    return PartCode(
        id=row[0],
        maker=row[1],
        part=PartKind(row[2]),
        title=row[3],
        pattern=row[4],
        models=_texts(row[5]),
        examples=_texts(row[6]),
        confidence=Confidence(row[7]),
        sources=_texts(row[8]),
        note=row[9],
    )


def firmware(row: Any) -> Firmware:
    """Build a firmware from name, aliases, publisher, maker, runs on, confidence, source, note."""
    return Firmware(
        name=row[0],
        aliases=_texts(row[1]),
        publisher=row[2],
        maker=row[3],
        runs_on=_texts(row[4]),
        confidence=Confidence(row[5]),
        source=row[6],
        note=row[7],
    )


def serial_scheme(row: Any) -> SerialScheme:
    """Build a scheme from id, maker, part, title, pattern, the rules, codes, the two marks, confidence, sources."""
    return SerialScheme(
        id=row[0],
        maker=row[1],
        part=PartKind(row[2]),
        title=row[3],
        pattern=row[4],
        date_rule=row[5],
        country_rule=row[6],
        codes=tuple((code, country) for code, country in json.loads(row[7])),
        placeholder=bool(row[8]),
        decides_maker=bool(row[9]),
        confidence=Confidence(row[10]),
        sources=_texts(row[11]),
    )


def registration(row: Any) -> Registration:
    """Build a registration from prefix, organisation, country, maker."""
    return Registration(
        prefix=row[0], bits=BITS[len(row[0])], organisation=row[1], country=row[2], maker=row[3]
    )


def _texts(text: str) -> tuple[str, ...]:
    return () if text == "[]" else tuple(_DECODE(text)[0])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None

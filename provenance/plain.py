"""Values as plain JSON: the canonical text that digests are taken of, and frozen records written flat and read back.

A flat text holds nothing but JSON. Reading one back calls only the classes that the reader names, so that whoever
could write to the file could choose values, never code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

_Made = Callable[[list[Any]], Any]


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no blanks: the text that digests are taken of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def flat_json(value: object) -> str:
    """Return a value as JSON rows: each record, enum member, day or collection is one row, written once.

    A row is the name of its kind, its parts, and the places of those parts that are no scalars: each of these is the
    number of the row that stands for it. The last row is the value itself; a scalar stands alone.

    Args:
        value: Frozen dataclasses, enum members, days, tuples, lists, frozensets and mappings of each other, of
            texts, numbers, booleans and None. Collections come back as tuples, frozensets and dicts.

    Raises:
        TypeError: Something else is in it.
    """
    rows: list[list[Any]] = []
    known: dict[str, int] = {}
    is_row, last = _flat(value, rows, known)
    return json.dumps([rows, last, is_row], separators=(",", ":"), ensure_ascii=True)


def from_flat_json(text: str | bytes, classes: Iterable[type]) -> Any:
    """Return the value that `flat_json` wrote.

    Args:
        text: What it wrote.
        classes: The dataclasses and enums that may stand in it.

    Raises:
        ValueError: The text is no such JSON, or names another class.
    """
    makers: dict[str, _Made] = dict(_COLLECTIONS)
    for one in classes:
        makers[one.__name__] = _maker(one)
    try:
        rows, last, is_row = json.loads(text)
        made: list[Any] = []
        for kind, parts, *places in rows:
            for place in places:
                parts[place] = made[parts[place]]
            made.append(makers[kind](parts))
        return made[last] if is_row else last
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"is no flat record of these classes ({error!r})") from error


def _flat(value: object, rows: list[list[Any]], known: dict[str, int]) -> tuple[bool, Any]:
    """Return a scalar as it is, and the number of its row for anything else; and whether it is such a number."""
    if value is None or type(value) in {str, bool, int, float}:
        return False, value
    name = _name(value)
    parts = [_flat(part, rows, known) for part in _parts(value)]
    places = [place for place, (is_row, _) in enumerate(parts) if is_row]
    row = [name, [part for _, part in parts], *places]
    key = json.dumps(row)
    if key not in known:
        known[key] = len(rows)
        rows.append(row)
    return True, known[key]


def _name(value: object) -> str:
    if isinstance(value, Enum) or (is_dataclass(value) and not isinstance(value, type)):
        return type(value).__name__
    if type(value) is date:
        return "date"
    for kind, name in ((tuple, "tuple"), (list, "list"), (frozenset, "set"), (Mapping, "dict")):
        if isinstance(value, kind):
            return name
    raise TypeError(f"{type(value).__name__} has no flat form")


def _parts(value: Any) -> list[Any]:
    if isinstance(value, Enum):
        return [value.value]
    if isinstance(value, date):
        return [value.toordinal()]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return [part for pair in value.items() for part in pair]
    if isinstance(value, tuple | list):
        return list(value)
    return [getattr(value, field.name) for field in fields(value)]


def _maker(made: type) -> _Made:
    return lambda parts: made(*parts)


_COLLECTIONS: dict[str, _Made] = {
    "date": lambda parts: date.fromordinal(parts[0]),
    "tuple": tuple,
    "list": list,
    "set": frozenset,
    "dict": lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
}

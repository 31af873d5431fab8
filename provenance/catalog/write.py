"""The one way a source file is written: fixed order of keys, sorted lists, one form for every value.

A reviewer sees only what changed, and a check can rewrite a file and compare the bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from provenance.datafile import Strict

_WIDTH = 110
_INDENT = "  "
_BARE = re.compile(r"[^\W_](?:[^\s:#]|:(?=\S)|(?<=\S)#| (?=[^\s#]))*")
"""Begins with a letter or digit; a colon or a hash stands only where YAML sees no mapping and no comment."""
_BARE_IN_FLOW = re.compile(r"[^\W_](?:[^\s:#,?\[\]{}]|:(?=[^\s,\[\]{}])|(?<=\S)#| (?=[^\s#,?\[\]{}]))*")
"""The same inside brackets, where commas and brackets end a value, and where one YAML reader takes a `?` for a key."""
_RESERVED = {"null", "true", "false", "yes", "no", "on", "off", "~"}

_ORDER: dict[str, Callable[[Any], Any]] = {
    "seats": lambda row: (row["facet"], row.get("first", ""), row["country"]),
    "relations": lambda row: (row["kind"], row["other"], row.get("first", "")),
    "families": lambda row: row["name"],
    "firmwares": lambda row: row["name"],
    "hashrates": lambda row: (row["unit"], row["hashrate"]),
    "product_lines": lambda row: row["name"],
    "examples": lambda row: row if isinstance(row, str) else row["serial"],
    "codes": lambda row: row["code"],
    "collisions": lambda row: row["code"],
    "siblings": lambda row: row["code"],
    "sources": lambda row: row if isinstance(row, str) else row["source"],
}
"""How the rows of a list are sorted; lists of strings by themselves, other rows by their id."""
_KEPT = {"categories"}
"""Lists whose order means something."""


def canonical_text(entry: Strict) -> str:
    """Return the text of a source file: the same for the same facts, in whatever order they were read."""
    data = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return "\n".join(_mapping(data, 0)) + "\n"


def _mapping(data: dict[str, Any], depth: int) -> Iterator[str]:
    pad = _INDENT * depth
    for key, value in data.items():
        match value:
            case list():
                yield from _sequence(key, _sorted(key, value), depth)
            case dict():
                yield f"{pad}{key}:"
                yield from _mapping(value, depth + 1)
            case _:
                yield f"{pad}{key}: {_scalar(value)}"


def _sequence(key: str, rows: list[Any], depth: int) -> Iterator[str]:
    pad = _INDENT * depth
    if all(isinstance(row, str) for row in rows):
        line = f"{pad}{key}: [{', '.join(_scalar(row, flow=True) for row in rows)}]"
        if len(line) <= _WIDTH:
            yield line
            return
    yield f"{pad}{key}:"
    for row in rows:
        yield from _row(row, depth + 1)


def _row(row: Any, depth: int) -> Iterator[str]:
    pad = _INDENT * depth
    if not isinstance(row, dict):
        yield f"{pad}- {_scalar(row)}"
        return
    if not any(isinstance(value, list | dict) for value in row.values()):
        flow = ", ".join(f"{key}: {_scalar(value, flow=True)}" for key, value in row.items())
        if len(pad) + len(flow) + 4 <= _WIDTH:
            yield f"{pad}- {{{flow}}}"
            return
    lines = list(_mapping(row, depth + 1))
    yield f"{pad}- {lines[0].lstrip(' ')}"
    yield from lines[1:]


def _sorted(key: str, rows: list[Any]) -> list[Any]:
    if key in _KEPT:
        return rows
    return sorted(rows, key=_ORDER.get(key, lambda row: row if isinstance(row, str) else row["id"]))


def _scalar(value: Any, *, flow: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.10g}"
        case int():
            return str(value)
        case _:
            return _string(str(value), flow=flow)


def _string(text: str, *, flow: bool) -> str:
    """Return the text bare where no YAML reader could take it for anything else, else in double quotes."""
    form = _BARE_IN_FLOW if flow else _BARE
    if text.isprintable() and form.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return "".join(map(_printable, json.dumps(text, ensure_ascii=False)))


def _printable(char: str) -> str:
    """Return the character, escaped where it would be invisible to a reviewer or refused by YAML."""
    if char.isprintable():
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"

"""Reporting every fault of a rule or list file at once: those of its schema with those of its contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from provenance.datafile import Document, parse_model, read_document
from provenance.errors import DatafileError, Fault, PolicyError

ModelT = TypeVar("ModelT", bound=BaseModel)


def validated(document: Document, model: type[ModelT], others: Sequence[Fault]) -> ModelT:
    """Validate a document, and report what else is wrong in it together with the faults of its schema.

    Args:
        document: What was read.
        model: Its schema.
        others: Faults found in the raw data, which must be looked at without trusting their shape.

    Raises:
        PolicyError: There are faults; all of them, in the order of their lines.
    """
    faults: list[Fault] = list(others)
    try:
        spec = parse_model(document, model, PolicyError)
    except PolicyError as invalid:
        faults += invalid.faults
    else:
        if not faults:
            return spec
    raise PolicyError(in_order(faults))


def read(path: Path, *, name: str) -> Document:
    """Read one file of rules; see `provenance.datafile.read_document`.

    Raises:
        PolicyError: It cannot be read or is no strict YAML.
    """
    try:
        return read_document(path, name=name)
    except DatafileError as unread:
        raise PolicyError(unread.faults) from unread


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """Return faults without repetition, by file and line."""
    return sorted(dict.fromkeys(faults), key=_place)


def _place(fault: Fault) -> tuple[str, int]:
    name, _, line = fault.where.rpartition(":")
    return (name, int(line)) if line.isdecimal() else (fault.where, 0)


def mapping(value: Any, *keys: str | int) -> Mapping[str, Any]:
    """Return the mapping at a path in raw data; empty where there is none."""
    found = _at(value, keys)
    return found if isinstance(found, dict) else {}


def sequence(value: Any, *keys: str | int) -> Sequence[Any]:
    """Return the list at a path in raw data; empty where there is none."""
    found = _at(value, keys)
    return found if isinstance(found, list) else ()


def _at(value: Any, keys: tuple[str | int, ...]) -> Any:
    for key in keys:
        match value:
            case dict() if key in value:
                value = value[key]
            case list() if isinstance(key, int) and key < len(value):
                value = value[key]
            case _:
                return None
    return value

"""Frozen records: the dataclasses of the standard library, made in half of its time.

For a frozen dataclass the standard library compiles seven functions, and a run needs some two hundred such classes
before it reads a line. Equality, hash and representation are the same for all of them, so they are shared here. A
type checker sees the decorator of the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, **more: bool) -> Callable[[type], type]:
        """Return what makes a class a dataclass; see `dataclasses.dataclass`."""
        return (
            _record
            if frozen and slots and not more
            else dataclasses.dataclass(frozen=frozen, slots=slots, **more)
        )


def _record(cls: type) -> type:
    for name, function in (("__eq__", _equal), ("__hash__", _hash), ("__repr__", _shown)):
        # A class that says how it is compared has a hash of None until it says how it is hashed.
        if cls.__dict__.get(name) is None:
            setattr(cls, name, function)
    if not cls.__doc__:
        # Else the standard library inspects the class to write one.
        cls.__doc__ = cls.__name__
    return dataclasses.dataclass(frozen=True, slots=True, eq=False, repr=False)(cls)


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    values = _values(self.__class__)
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(_values(self.__class__)(self))


@recursive_repr()
def _shown(self: Any) -> str:
    names = (field.name for field in dataclasses.fields(self) if field.repr)
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
    return f"{self.__class__.__qualname__}({shown})"


@cache
def _values(cls: type) -> Callable[[Any], Any]:
    """Return what takes the compared values out of a record."""
    names = [field.name for field in dataclasses.fields(cls) if field.compare]
    return attrgetter(*names) if names else lambda _: ()

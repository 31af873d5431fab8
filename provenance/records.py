"""Frozen records: the dataclasses of the standard library, made in a quarter of its time.

For a frozen dataclass the standard library compiles seven functions, and a run needs some two hundred such classes
before it reads a line. Here `__init__` alone is compiled, when the first record of the class is made: the others are
the same for all records and shared. Of most classes not even that: how a record of five fields is filled is compiled
once, and the names are put in for each class. A type checker sees the decorator of the standard library; `fields`, `replace`,
`asdict`, `match`, `copy` and `pickle` work.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from types import FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, **more: bool) -> Callable[[type], type]:
        """Return what makes a class a dataclass; see `dataclasses.dataclass`."""
        if frozen and slots and not more:
            return _record
        return dataclasses.dataclass(frozen=frozen, slots=slots, **more)


def _record(cls: Any) -> Any:
    if any(dataclasses.is_dataclass(base) for base in cls.__bases__):
        return dataclasses.dataclass(frozen=True, slots=True)(cls)
    for name, function in _SHARED.items():
        # A class that says how it is compared has a hash of None until it says how it is hashed.
        if cls.__dict__.get(name) is None:
            setattr(cls, name, function)
    if not cls.__doc__:
        # Else the standard library inspects the class to write one.
        cls.__doc__ = cls.__name__
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    # A subclass made by the standard library asks whether its base is frozen.
    made.__dataclass_params__.frozen = True
    if "__init__" not in cls.__dict__:
        made.__init__ = _CompiledWhenAsked(made)
    return made


class _CompiledWhenAsked:
    """Stands for the `__init__` of a record until somebody makes one, or looks at how it is made."""

    def __init__(self, made: Any) -> None:
        self.made = made

    def __get__(self, record: Any, owner: type | None = None) -> Any:
        self.made.__init__ = function = _init(self.made, dataclasses.fields(self.made))
        return function.__get__(record, owner)


def _init(made: Any, shape: Sequence[Field[Any]]) -> Any:
    """Return the function that fills a record, as the standard library writes it."""
    known = [field for field in shape if field.default is not MISSING]
    simple = (
        all(field.init and not field.kw_only and field.default_factory is MISSING for field in shape)
        and list(shape[len(shape) - len(known) :]) == known
        and not hasattr(made, "__post_init__")
    )
    if simple:
        function = _filler([field.name for field in shape], tuple(field.default for field in known))
    else:
        function = _compiled(made, shape)
    function.__module__, function.__qualname__ = made.__module__, f"{made.__qualname__}.__init__"
    function.__annotations__ = {field.name: field.type for field in shape if field.init} | {"return": None}
    return function


def _filler(names: Sequence[str], defaults: tuple[Any, ...]) -> Any:
    """Return the function that fills fields of these names, the last of them by default."""
    model = _model(len(names))
    code = model.__code__
    called = {f"_{place}": name for place, name in enumerate(names)}
    code = code.replace(
        co_varnames=("self", *names),
        co_consts=tuple(called.get(one, one) if type(one) is str else one for one in code.co_consts),
    )
    return FunctionType(code, model.__globals__, "__init__", defaults, model.__closure__)


@cache
def _model(count: int) -> Any:
    """Return a function that fills a record of so many fields, which are called `_0`, `_1` and so on."""
    names = [f"_{place}" for place in range(count)]
    lines = "\n  ".join(f"_set(self, {name!r}, {name})" for name in names) or "pass"
    text = f"def make(_set):\n def __init__({', '.join(['self', *names])}):\n  {lines}\n return __init__"
    space: dict[str, Any] = {"__name__": __name__}
    exec(text, space)  # noqa: S102 - as the standard library does
    return space["make"](object.__setattr__)


def _compiled(made: Any, shape: Sequence[Field[Any]]) -> Any:
    """Return the function that fills a record with fields that are named, made or worked out."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_made": _MADE}
    given: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for field in shape:
        name, default, factory = field.name, f"_default_{field.name}", f"_factory_{field.name}"
        value = name
        if field.default is not MISSING:
            known[default] = field.default
            parameter = f"{name}={default}"
        elif field.default_factory is not MISSING:
            known[factory] = field.default_factory
            parameter = f"{name}=_made"
            value = f"{factory}() if {name} is _made else {name}"
        else:
            parameter = name
        if field.init:
            (named if field.kw_only else given).append(parameter)
        elif field.default is not MISSING or field.default_factory is not MISSING:
            value = default if field.default is not MISSING else f"{factory}()"
        else:
            continue
        body.append(f"_set(self, {name!r}, {value})")
    if hasattr(made, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join(["self", *given, *(["*", *named] if named else [])])
    lines = "\n  ".join(body or ["pass"])
    text = f"def make({', '.join(known)}):\n def __init__({parameters}):\n  {lines}\n return __init__"
    space: dict[str, Any] = {}
    exec(text, sys.modules[made.__module__].__dict__, space)  # noqa: S102 - as the standard library does
    return space["make"](**known)


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


def _refuse_set(self: Any, name: str, value: object) -> NoReturn:
    del self, value
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> NoReturn:
    del self
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: Sequence[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


@cache
def _values(cls: type) -> Callable[[Any], Any]:
    """Return what takes the compared values out of a record."""
    names = [field.name for field in dataclasses.fields(cls) if field.compare]
    return attrgetter(*names) if names else lambda _: ()


_MADE = object()
"""Stands for a value that was not given and is made."""
_SHARED: dict[str, Callable[..., Any]] = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _shown,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}

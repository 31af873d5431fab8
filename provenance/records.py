"""Frozen records: the dataclasses of the standard library, made in a tenth of its time.

For a frozen dataclass the standard library compiles seven functions and describes each field, and a run needs some two
hundred such classes before it reads a line. Here all records share their functions but `__init__`; that is compiled
when a few records were made, and the fields are described when somebody asks. A record that does more than name its
fields and give defaults, or has a base, is left to the standard library as far as it goes.
A type checker sees the decorator of the standard library; `fields`, `replace`, `asdict`, `match`, `copy` and `pickle`
work.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn

from provenance.expressions import expression

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
    if cls.__bases__ != (object,) and any(map(dataclasses.is_dataclass, cls.__bases__)):
        return dataclasses.dataclass(frozen=True, slots=True)(cls)
    types = inspect.get_annotations(cls)
    members = {name: one for name, one in cls.__dict__.items() if name not in {"__dict__", "__weakref__"}}
    for name, function in _SHARED.items():
        # A class that says how it is compared has a hash of None until it says how it is hashed.
        if members.get(name) is None:
            members[name] = function
    # Without one the standard library inspects the class to write one.
    members["__doc__"] = cls.__doc__ or cls.__name__
    if _is_plain(members, types):
        return _plain(cls, members, types)
    for name in (*_SHARED, "__doc__"):
        setattr(cls, name, members[name])
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    # A subclass made by the standard library asks whether its base is frozen.
    made.__dataclass_params__.frozen = True
    if "__init__" not in cls.__dict__:
        made.__init__ = _WhenAsked(made, "__init__", lambda: _compiled(made, dataclasses.fields(made)))
    return made


def _is_plain(members: dict[str, Any], types: dict[str, Any]) -> bool:
    """Whether a class only names its fields and gives defaults that do not change, those without one first."""
    if _SPECIAL.search("\n".join(map(str, types.values()))):
        return False
    if "__init__" in members or "__post_init__" in members or "__slots__" in members:
        return False
    with_default = [name for name in types if name in members]
    changing = any(
        isinstance(members[name], Field) or members[name].__hash__ is None for name in with_default
    )
    return not changing and with_default == list(types)[len(types) - len(with_default) :]


def _plain(cls: Any, members: dict[str, Any], types: dict[str, Any]) -> Any:
    names = tuple(types)
    defaults = {name: members.pop(name) for name in names if name in members}
    shape = {"__slots__": names, "__match_args__": names, "__dataclass_params__": _PARAMETERS}
    made: Any = type(cls)(cls.__name__, cls.__bases__, members | shape)
    made.__qualname__ = cls.__qualname__

    def described() -> Any:
        named = {"__annotations__": types, "__module__": cls.__module__, "__doc__": cls.__name__}
        like = type(cls.__name__, (), named | defaults)
        return dataclasses.dataclass(init=False, repr=False, eq=False)(like).__dataclass_fields__  # type: ignore[attr-defined]

    made.__dataclass_fields__ = _WhenAsked(made, "__dataclass_fields__", described)
    _fill(made, types, defaults)
    return made


class _WhenAsked:
    """Stands for an attribute of a class until somebody asks for it."""

    def __init__(self, made: Any, name: str, work_out: Callable[[], Any]) -> None:
        self._made, self._name, self._work_out = made, name, work_out

    def __get__(self, record: Any, owner: type | None = None) -> Any:
        setattr(self._made, self._name, self._work_out())
        return getattr(self._made if record is None else record, self._name)


def _fill(made: Any, types: dict[str, Any], defaults: dict[str, Any]) -> None:
    """Give a plain record what fills its fields, the last of them by default.

    Most classes make few records in a short run: the first are filled field by field, until it pays to compile.
    """
    names, filled = tuple(types), 0

    def compiled() -> Any:
        parameters = [name if name not in defaults else f"{name}=_defaults[{name!r}]" for name in names]
        body = [f"_set(self, {name!r}, {name})" for name in names]
        known = {"_set": object.__setattr__, "_defaults": defaults}
        return _named(_written(["self", *parameters], body, known), made, types)

    def signature() -> inspect.Signature:
        said = inspect.signature(compiled())
        return said.replace(parameters=list(said.parameters.values())[1:])

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807 - it becomes one
        nonlocal filled
        filled += 1
        values = dict(zip(names, given, strict=False))
        if filled > _FEW or len(given) > len(names) or not named.keys().isdisjoint(values):
            made.__init__ = compiled()
            made.__init__(self, *given, **named)
            return
        values = defaults | values | named
        if values.keys() != types.keys():
            compiled()(self, *given, **named)  # Which says what is missing, or not known.
        for name, value in values.items():
            object.__setattr__(self, name, value)

    made.__init__ = _named(__init__, made, types)
    made.__signature__ = _WhenAsked(made, "__signature__", signature)


def _written(
    parameters: Sequence[str], body: Sequence[str], known: dict[str, Any], space: dict[str, Any] | None = None
) -> Any:
    """Return a function `__init__` that is compiled of its parameters and lines, in which some names are known."""
    lines = "\n  ".join(body or ["pass"])
    text = (
        f"def make({', '.join(known)}):\n def __init__({', '.join(parameters)}):\n  {lines}\n return __init__"
    )
    made: dict[str, Any] = {}
    exec(text, space if space is not None else {"__name__": __name__}, made)  # noqa: S102 - as the standard library does
    return made["make"](**known)


def _named(function: Any, made: Any, types: dict[str, Any]) -> Any:
    function.__module__, function.__qualname__ = made.__module__, f"{made.__qualname__}.__init__"
    function.__annotations__ = types | {"return": None}
    return function


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
    parameters = ["self", *given, *(["*", *named] if named else [])]
    function = _written(parameters, body, known, sys.modules[made.__module__].__dict__)
    return _named(function, made, {field.name: field.type for field in shape if field.init})


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
def _values(cls: Any) -> Callable[[Any], Any]:
    """Return what takes the compared values out of a record."""
    plain = isinstance(cls.__dict__.get("__dataclass_fields__"), _WhenAsked)
    names = cls.__match_args__ if plain else [one.name for one in dataclasses.fields(cls) if one.compare]
    return attrgetter(*names) if names else lambda _: ()


_PARAMETERS: Any = dataclasses.make_dataclass("_", (), frozen=True).__dataclass_params__  # type: ignore[attr-defined]
"""What the standard library asks a frozen dataclass about itself."""
_SPECIAL = expression(r"ClassVar|InitVar|KW_ONLY")
"""What makes an annotation none of a field."""
_FEW = 12
"""So many records of a class are made before what fills them is compiled."""
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

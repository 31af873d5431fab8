"""Strict YAML with line numbers, validated by pydantic: how every data file of the project is read.

Strings stay strings (`NO` is Norway, `010` a code, `2020-02-30` a mistake that the schema reports), a key that
stands twice is an error, anchors and aliases are refused, and every fault of a file is reported at once with its
line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from provenance.errors import DatafileError, Fault
from provenance.records import dataclass
from provenance.value_faults import near, words_of

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: dict[str, object] = {"null": None, "~": None, "": None, "true": True, "false": False}

Loc = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)


class Strict(BaseModel):
    """The base of every schema of a data file: no unknown keys, frozen, only the types that are written."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Document:
    """The contents of one data file and where each value stands in it."""

    name: str
    """The name shown in messages."""
    data: Any
    """Dicts, lists, strings, booleans and None; numbers stay strings until a schema reads them."""
    lines: dict[Loc, int]
    """The line, from 1, of each value by its path from the root."""
    digest: str
    """sha256 of the bytes, in hex."""

    def line(self, loc: Loc) -> int:
        """Return the line of the value at `loc`, or of its nearest parent that has one."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def fault(self, loc: Loc, what: str, do: str = "") -> Fault:
        """Return a fault that points at the line of `loc`."""
        return Fault(f"{self.name}:{self.line(loc)}", what, do)


def read_document(path: Path, *, name: str | None = None) -> Document:
    """Read one YAML (or JSON) file.

    Args:
        path: The file.
        name: What messages call it; by default the path as given.

    Raises:
        DatafileError: It cannot be read, is not UTF-8 or is not strict YAML; all faults with their lines.
    """
    shown = name if name is not None else path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DatafileError(Fault(shown, f"cannot be read ({error.strerror})", "check the path")) from error
    return parse_document(raw, name=shown)


def parse_document(raw: bytes, *, name: str) -> Document:
    """Parse the bytes of one YAML file; see `read_document`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatafileError(Fault(name, "is not UTF-8 text", "save it as UTF-8")) from error
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark is not None else name
        raise DatafileError(
            Fault(where, f"is not valid YAML ({getattr(error, 'problem', error)})")
        ) from error
    builder = _Builder(name)
    data = builder.build(root, ()) if root is not None else None
    if builder.faults:
        raise DatafileError(builder.faults)
    return Document(name, data, builder.lines, hashlib.sha256(raw).hexdigest())


class _Builder:
    """Turns YAML nodes into plain values and remembers the line of each."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Loc, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def build(self, node: Any, loc: Loc) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(loc, line)
        if id(node) in self._seen:
            # An alias hands out the node of its anchor again.
            self.faults.append(Fault(f"{self.name}:{line}", "uses a YAML alias", "write the value out"))
            return None
        if isinstance(node, yaml.ScalarNode):
            # The C loader writes the style of a plain scalar as an empty text, the Python one as None.
            return _PLAIN.get(node.value, node.value) if not node.style else node.value
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*loc, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, loc)

    def _mapping(self, node: Any, loc: Loc) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(f"{self.name}:{line}", "a key is not a plain word"))
                continue
            key = key_node.value
            if key in result:
                self.faults.append(Fault(f"{self.name}:{line}", f"the key {key!r} stands twice", "keep one"))
                continue
            self.lines[*loc, key] = line
            result[key] = self.build(value_node, (*loc, key))
        return result


def parse_model(document: Document, model: type[ModelT], error: Callable[[list[Fault]], Exception]) -> ModelT:
    """Validate a document against its schema.

    Args:
        document: What was read.
        model: The schema, a `Strict` model.
        error: The error class of the room that owns the file.

    Raises:
        Exception: `error` with every fault, each with its line.
    """
    try:
        return model.model_validate(document.data)
    except ValidationError as invalid:
        raise error(list(_schema_faults(document, invalid, model))) from invalid


def _schema_faults(document: Document, invalid: ValidationError, model: type[BaseModel]) -> Iterable[Fault]:
    for item in invalid.errors(include_url=False):
        loc = _written(document, item["loc"])
        # The line says which item of a list it is.
        path = ".".join(part for part in loc if isinstance(part, str)) or "the file"
        match item["type"]:
            case "missing":
                yield document.fault(loc[:-1], f"the key {loc[-1]!r} is missing", "add it")
            case "extra_forbidden":
                yield document.fault(
                    loc, f"the key {loc[-1]!r} is not known here", _near_key(str(loc[-1]), loc[:-1], model)
                )
            case _:
                what, do = words_of(item)
                yield document.fault(loc, f"{path}: {what}", do)


def _written(document: Document, loc: Loc) -> Loc:
    """Return the path of a fault as the file writes it: the names of the shapes that were tried stand in no file."""
    value = document.data
    written: list[str | int] = []
    for at, part in enumerate(loc):
        if isinstance(value, dict) and part in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        elif isinstance(part, str) and ("[" in part or at < len(loc) - 1 or part in written[-1:]):
            continue
        written.append(part)
    return tuple(written)


def _near_key(wrong: str, loc: Loc, model: type[BaseModel]) -> str:
    """Return what to do about an unknown key: the near one of those that its place takes, where there is one."""
    schema = model.model_json_schema(by_alias=True)
    places = [schema]
    for part in loc:
        places = [inner for place in _shapes(places, schema) if (inner := _inside(place, part)) is not None]
    known = {key for place in _shapes(places, schema) for key in place.get("properties", {})}
    if wrong in known:
        return "it belongs to another kind of entry: remove it"
    return near(wrong, sorted(known)) or "correct or remove it"


def _shapes(places: Iterable[dict[str, Any]], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the shapes that places of a JSON Schema may have, references and alternatives followed."""
    for place in places:
        if "$ref" in place:
            yield from _shapes([schema["$defs"][place["$ref"].rpartition("/")[2]]], schema)
        else:
            yield place
            yield from _shapes((*place.get("oneOf", ()), *place.get("anyOf", ())), schema)


def _inside(place: dict[str, Any], part: str | int) -> dict[str, Any] | None:
    found = place.get("items") if isinstance(part, int) else place.get("properties", {}).get(part)
    if found is None and isinstance(part, str):
        found = place.get("additionalProperties")
    return found if isinstance(found, dict) else None

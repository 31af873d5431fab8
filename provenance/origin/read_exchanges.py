"""Reads tables of replacements, csv, workbooks or YAML: every fault of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field as Key

from provenance.datafile import Strict, parse_model, read_document
from provenance.dates import parse_iso
from provenance.errors import Fault, OriginError
from provenance.inventory.reader import read_grid
from provenance.inventory.table import column_letter
from provenance.origin.exchanges import Exchange, ExchangeKind
from provenance.origin.named_serials import normal_serials
from provenance.origin.register_rows import hint
from provenance.records import dataclass

SCHEMA = "provenance-replacements/1"
"""What a table in YAML says in its key `schema`."""
COLUMNS = ("kind", "old_serial", "new_serial", "date", "note")
REQUIRED = ("old_serial", "date")

_YAML = frozenset({".yaml", ".yml", ".json"})


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as texts, with the place of each."""

    texts: Mapping[str, str]
    place: Callable[[str], str]


class _Entry(Strict):
    kind: Literal["replacement", "board-swap", "return"] = "replacement"
    old_serial: Annotated[str, Key(min_length=1)]
    new_serial: str | None = None
    date: Annotated[str, Key(min_length=1)]
    note: str | None = None


class _File(Strict):
    schema_: Literal["provenance-replacements/1"] = Key(alias="schema")
    replacements: list[_Entry]


def read_exchanges(files: Iterable[tuple[Path, str]]) -> tuple[Exchange, ...]:
    """Read tables of replacements.

    Args:
        files: csv, workbooks or YAML, each with the name that messages call it.

    Returns:
        One entry per line, in the order of files and rows.

    Raises:
        OriginError: Lines that cannot be used, of all files, each with its cell or line.
        InventoryError: A file cannot be read at all.
        DatafileError: It is no strict YAML.
    """
    found: list[Exchange] = []
    faults: list[Fault] = []
    for path, name in files:
        for row in _yaml_rows(path, name) if path.suffix.lower() in _YAML else _rows(path, name, faults):
            exchange = _exchange(row, faults)
            if exchange is not None:
                found.append(exchange)
    faults += _against_each_other(found)
    if faults:
        raise OriginError(faults)
    return tuple(found)


def exchanges_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a table in YAML."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_File.model_json_schema(by_alias=True),
    }


def _yaml_rows(path: Path, name: str) -> Iterator[_Row]:
    document = read_document(path, name=name)
    model = parse_model(document, _File, OriginError)
    for index, entry in enumerate(model.replacements):

        def place(column: str, index: int = index) -> str:
            return f"{name}:{document.line(('replacements', index, column))}"

        yield _Row({key: str(value) for key, value in dict(entry).items() if value is not None}, place)


def _rows(path: Path, name: str, faults: list[Fault]) -> Iterator[_Row]:
    for sheet in read_grid(path, name=name).sheets:
        columns = [f"c{index}" for index in sheet.present]
        frame = sheet.rows(1).select("row", *columns).collect()
        headers = [sheet.keys[index] for index in sheet.present] if sheet.keys is not None else None
        for row, *raw in frame.iter_rows():
            cells = [" ".join((cell or "").split()) for cell in raw]
            if not any(cells):
                continue
            if headers is None:
                headers = cells
                faults += _header_faults(f"{name}:{sheet.name}" if sheet.name else name, headers)
                continue
            texts = dict(zip(headers, cells, strict=True))
            letters = {
                header: f"{column_letter(index)}{row}"
                for header, index in zip(headers, sheet.present, strict=True)
            }
            yield _Row(texts, _placed(f"{name}:{sheet.name}!" if sheet.name else f"{name}:", letters, row))


def _placed(where: str, letters: Mapping[str, str], row: int) -> Callable[[str], str]:
    return lambda column: f"{where}{letters.get(column, f'row {row}')}"


def _header_faults(name: str, headers: Iterable[str]) -> Iterator[Fault]:
    present = [header for header in headers if header]
    for header in dict.fromkeys(present):
        if present.count(header) > 1:
            yield Fault(name, f"two columns are named {header!r}", "rename or join them")
        if header not in COLUMNS:
            yield Fault(name, f"the table has a column {header!r} that is not known", hint(header, COLUMNS))
    for header in REQUIRED:
        if header not in present:
            yield Fault(name, f"the table has no column {header!r}", "add it")


def _exchange(row: _Row, faults: list[Fault]) -> Exchange | None:
    before = len(faults)

    def wrong(column: str, what: str, do: str) -> None:
        faults.append(Fault(row.place(column), f"{column}: {what}", do))

    kinds = tuple(kind.value for kind in ExchangeKind)
    said = row.texts.get("kind", "").strip().lower().replace(" ", "-").replace("_", "-")
    kind = said or ExchangeKind.REPLACEMENT.value
    if kind not in kinds:
        wrong("kind", f"{row.texts['kind']!r} is not known", hint(kind, kinds))
        kind = ExchangeKind.REPLACEMENT.value
    old, new = (_serial(row.texts.get(column, "")) for column in ("old_serial", "new_serial"))
    if old is None:
        wrong("old_serial", "is no serial number", "write the one on the nameplate")
    if kind == ExchangeKind.REPLACEMENT and new is None and said in {"", *kinds}:
        wrong("new_serial", "a replacement needs the serial of the unit that came", "fill it in")
    if kind != ExchangeKind.REPLACEMENT and row.texts.get("new_serial", "").strip():
        wrong("new_serial", f"a {kind} is of one unit", "empty it, or make the line a replacement")
    if old is not None and old == new:
        wrong("new_serial", "is the serial of the unit that it came for", "correct one of them")
    text = row.texts.get("date", "").strip()
    day = parse_iso(text)
    if day is None:
        wrong("date", f"{text!r} is no date" if text else "is empty", "write YYYY-MM-DD")
    if len(faults) > before or old is None or day is None:
        return None
    return Exchange(
        ExchangeKind(kind), old, new, day, row.texts.get("note", "").strip(), row.place("old_serial")
    )


def _serial(text: str) -> str | None:
    return next(iter(normal_serials([text])), None) if text.strip() else None


def _against_each_other(exchanges: Sequence[Exchange]) -> Iterator[Fault]:
    """Yield what two lines say that cannot both hold: a unit replaced twice, or that came for two."""
    olds: dict[str, Exchange] = {}
    news: dict[str, Exchange] = {}
    for one in exchanges:
        if one.kind is not ExchangeKind.REPLACEMENT or one.new is None:
            continue
        for known, serial, what in (
            (olds, one.old, "is replaced already by"),
            (news, one.new, "came already for another unit by"),
        ):
            if serial in known:
                yield Fault(one.place, f"{serial} {what} {known[serial].place}", "keep one of the lines")
            known.setdefault(serial, one)

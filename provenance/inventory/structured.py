"""Parquet and JSON: formats that name their columns themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import Fault, InventoryError
from provenance.inventory.encoding import find_encoding
from provenance.inventory.grid import HEAD_ROWS, Grid, Sheet, frame_sheet

if TYPE_CHECKING:
    import polars as pl


def read_parquet(path: Path, name: str) -> Grid:
    """Read one parquet file lazily, every column as text.

    Args:
        path: The file.
        name: What messages call it.

    Raises:
        InventoryError: It is no parquet file.
    """
    import polars as pl

    try:
        schema = pl.read_parquet_schema(path)
        count = pl.scan_parquet(path).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        text = str(error).splitlines()[0][:160]
        raise InventoryError(Fault(name, f"cannot be read as parquet ({text})", "export it again")) from error
    keys = tuple(schema)
    texts = [_as_text(key, dtype).alias(f"c{index}") for index, (key, dtype) in enumerate(schema.items())]

    index = "\0row"
    while index in schema:
        index += "\0"

    def rows(first: int) -> pl.LazyFrame:
        scan = pl.scan_parquet(path, row_index_name=index, row_index_offset=1)
        number = pl.col(index).cast(pl.UInt32).alias("row")
        scan = scan.select(number, pl.lit(None, dtype=pl.UInt32).alias("line"), *texts)
        return scan.filter(pl.col("row") >= first) if first > 1 else scan

    names = [f"c{index}" for index in range(len(keys))]
    head = rows(1).head(HEAD_ROWS).select(names).collect() if count else pl.DataFrame(schema=names)
    sheet = Sheet(
        name=None,
        hidden=False,
        width=len(keys),
        head=tuple(tuple(cell or "" for cell in record) for record in head.iter_rows()),
        rows=rows,
        present=tuple(range(len(keys))),
        keys=keys,
    )
    return Grid("parquet", (sheet,))


def _as_text(key: str, dtype: pl.DataType) -> pl.Expr:
    import polars as pl

    column = pl.col(key)
    if dtype == pl.String:
        return column
    if dtype.is_float():
        # What a program of statistics writes for nothing.
        column = column.fill_nan(None)
        whole = column == column.round(0)
        exact = whole & (column.abs() < 1e15)
        return (
            pl.when(exact)
            .then(column.cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(column.cast(pl.String))
        )
    if dtype == pl.Boolean:
        return pl.when(column).then(pl.lit("TRUE")).when(~column).then(pl.lit("FALSE"))
    if dtype == pl.Binary:
        return column.bin.encode("hex")
    if dtype == pl.List(pl.String):
        return column.list.join(", ")
    if dtype == pl.Duration:
        return column.dt.to_string("polars")
    if dtype.is_nested():
        return column.map_elements(_text_of_nested, return_dtype=pl.String)
    return column.cast(pl.String, strict=False)


def _text_of_nested(value: Any) -> str:
    # Lists come as series. The JSON writer of polars knows no bytes, and its casts to text know no lists.
    plain = value if isinstance(value, dict) else value.to_list()
    return json.dumps(
        plain, ensure_ascii=False, default=lambda one: one.hex() if isinstance(one, bytes) else str(one)
    )


def read_json(path: Path, name: str) -> Grid:
    """Read JSON records: an array of objects, JSON lines, or an object around one such array.

    Args:
        path: The file.
        name: What messages call it.

    Raises:
        InventoryError: It is no JSON, or holds no records.
    """
    data = path.read_bytes()
    if not data.strip():
        raise InventoryError(Fault(name, f"is empty ({len(data)} bytes)", "export it again"))
    decoding = find_encoding(data)
    text = data[decoding.bom :].decode(decoding.encoding, "replace")
    oddities = [decoding.oddity] if decoding.oddity else []
    records, wrapper = _records(text, name)
    if wrapper:
        oddities.append(f"the records stand under the key {wrapper!r}")
    flat = [_flatten(record) for record in records]
    keys = tuple(dict.fromkeys(key for record in flat for key in record))
    if not keys:
        raise InventoryError(Fault(name, "holds no records with keys", "export an array of objects"))
    rows = [[record.get(key, "") for key in keys] for record in flat]
    sheet = frame_sheet(None, rows)
    keyed = Sheet(
        name=None,
        hidden=False,
        width=len(keys),
        head=sheet.head,
        rows=sheet.rows,
        present=sheet.present,
        ascii=sheet.ascii,
        flat=sheet.flat,
        solid=sheet.solid,
        keys=keys,
    )
    return Grid("json", (keyed,), tuple(oddities), encoding=decoding.encoding)


def _records(text: str, name: str) -> tuple[list[Mapping[str, Any]], str]:
    """Return the objects of a JSON text and the key they stood under, if any."""
    try:
        root = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as whole:
        try:
            # Only these end a line: a text may hold the other characters that end one elsewhere.
            lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
            root = [json.loads(line, parse_int=str, parse_float=str, parse_constant=str) for line in lines]
        except json.JSONDecodeError:
            where = f"{name}:{whole.lineno}"
            raise InventoryError(Fault(where, f"is no JSON ({whole.msg})", "export it again")) from whole
    except RecursionError as error:
        raise InventoryError(Fault(name, "nests too deeply", "export an array of objects")) from error
    wrapper = ""
    if isinstance(root, dict):
        arrays = {
            key: value
            for key, value in root.items()
            if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        }
        if arrays:
            wrapper = max(arrays, key=lambda key: len(arrays[key]))
            root = arrays[wrapper]
        else:
            root = [root]
    if not isinstance(root, list):
        raise InventoryError(Fault(name, "holds no records", "export an array of objects"))
    return [item if isinstance(item, dict) else {"value": item} for item in root], wrapper


def _flatten(record: Mapping[str, Any]) -> dict[str, str]:
    """Return one record as text, objects one level down as `outer.inner`."""
    return dict(_pairs(record))


def _pairs(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict):
            for inner, deep in value.items():
                yield f"{key}.{inner}", _text(deep)
        else:
            yield key, _text(value)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case True:
            return "TRUE"
        case False:
            return "FALSE"
        case list() if all(isinstance(item, str) for item in value):
            return ", ".join(value)
        case _:
            return json.dumps(value, ensure_ascii=False)

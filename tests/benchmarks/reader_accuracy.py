"""How well the reader finds the columns of files that somebody has labelled by hand.

    python tests/benchmarks/reader_accuracy.py DIR [--half 0|1] [--quiet] [--only TEXT]

DIR holds an `index.json`: `{"files": [{"path", "kind", "sheet", "header_row", "mapping", "facts"}]}`. `mapping` gives for
each field the column that a careful reader takes (`{"index": 3}`, `{"key": "[].name"}`) or null for none. `facts`
are values of single records (`row` from 0). Printed are, for each field, how many columns were right, wrong (another
column, or one where none is expected) and missed, every dispute with the header that was taken, and the values that
differ. Robustness files (kind d) have no labels to speak of: what is mapped in them is listed apart and not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from provenance.catalog.database import open_catalogue
from provenance.errors import ProvenanceError
from provenance.identify.recognise import names_of
from provenance.identify.resolve import Identifier
from provenance.inventory.known import Known
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Column, Field, Table

FIELDS: dict[str, tuple[Field, ...]] = {
    "manufacturer": (Field.MAKER,),
    "model": (Field.MODEL,),
    "serial": (Field.SERIAL,),
    "country_of_origin": (Field.DECLARED_ORIGIN,),
    "mac": (Field.MAC,),
    "quantity": (Field.QUANTITY,),
    "site": (Field.SITE, Field.LOCATION),
    "hashrate": (Field.HASHRATE,),
    "asset_tag": (Field.ASSET_TAG,),
    "ip": (Field.IP,),
    "purchase_date": (Field.PURCHASE_DATE,),
}
"""Field of the index to the fields of the reader that mean it, the first that is mapped speaking."""
GRAVE = frozenset({"manufacturer", "model", "serial", "country_of_origin"})
"""Fields that decide verdicts: none may be wrong."""
UNLABELLED = "d"


@dataclass(frozen=True)
class Outcome:
    """What became of one field of one file."""

    file: str
    field: str
    verdict: str
    """right, wrong or missed."""
    found: str
    expected: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return 1 when a goal is not met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=[0, 1], help="only files whose name digests to this half")
    parser.add_argument("--only", default="", help="only files whose path holds this text")
    parser.add_argument("--quiet", action="store_true", help="figures only")
    asked = parser.parse_args(arguments)
    entries = json.loads((asked.folder / "index.json").read_text(encoding="utf-8"))["files"]
    chosen = [
        entry
        for entry in entries
        if asked.only in entry["path"] and asked.half in (None, half_of(entry["path"]))
    ]
    labelled = [entry for entry in chosen if entry.get("mapping") and not is_unlabelled(entry)]
    outcomes = [outcome for entry in labelled for outcome in compare(asked.folder, entry)]
    values = [line for entry in labelled for line in differing_values(asked.folder, entry)]
    if not asked.quiet:
        print_per_file(outcomes)
        print_values(values)
        print_unlabelled(asked.folder, [entry for entry in chosen if is_unlabelled(entry)])
    return print_figures(outcomes)


def half_of(path: str) -> int:
    """Return in which half a file falls, by the digest of its path: one to tune on, one to report on."""
    return hashlib.sha256(path.encode()).digest()[0] % 2


def is_unlabelled(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is there for robustness and says nothing of its columns."""
    return entry.get("kind") == UNLABELLED and not any((entry.get("mapping") or {}).values())


def compare(folder: Path, entry: Mapping[str, Any]) -> Iterator[Outcome]:
    """Yield what became of each field of one file."""
    name = entry["path"] + (f"!{entry['sheet']}" if entry.get("sheet") else "")
    table = find_table(folder, entry)
    columns = table.columns if table is not None else ()
    for field, meant in FIELDS.items():
        if field not in entry["mapping"]:
            continue
        label = entry["mapping"][field]
        column = taken(columns, meant)
        found, expected = shown(column), shown_label(label, columns)
        if column is None and label is None:
            continue
        if column is None:
            yield Outcome(name, field, "missed", "-", expected)
        elif label is not None and fits(column, label):
            yield Outcome(name, field, "right", found, expected)
        else:
            yield Outcome(name, field, "wrong", found, expected)


@lru_cache(maxsize=1)
def known() -> Known:
    """Return what the catalogue knows of names, as an audit has it."""
    return names_of(Identifier(open_catalogue()))


@lru_cache(maxsize=4)
def read(path: Path) -> tuple[Table, ...]:
    """Return the tables of a file, as an audit reads them."""
    return read_inventory(path, known=known()).tables


def find_table(folder: Path, entry: Mapping[str, Any]) -> Table | None:
    """Return the table that an entry speaks of: on its sheet, below its header row; None where nothing can be read."""
    try:
        tables = read(folder / entry["path"])
    except ProvenanceError as error:
        print(f"{entry['path']}: {error}", file=sys.stderr)
        return None
    sheet = entry.get("sheet")
    tables = tuple(table for table in tables if sheet is None or table.sheet in (sheet, None))
    if entry.get("header_row") is not None:
        row = entry["header_row"] + 1
        last = row + (entry.get("header_rows") or 1) - 1
        for table in tables:
            if table.header_row is not None and row <= table.header_row <= last:
                return table
    return next((table for table in tables if table.role == "inventory"), tables[0] if tables else None)


def taken(columns: Sequence[Column], meant: Sequence[Field]) -> Column | None:
    """Return the column that was taken for a field."""
    for field in meant:
        for column in columns:
            if column.field is field:
                return column
    return None


def fits(column: Column, label: Mapping[str, Any]) -> bool:
    """Whether a column is the one of a label."""
    if label.get("index") is not None:
        return column.index == label["index"]
    return column.header == str(label.get("key", "")).removeprefix("[].")


def shown(column: Column | None) -> str:
    """Return a column as it is printed."""
    return "-" if column is None else f"{column.letter} {column.header!r} ({column.reason})"


def shown_label(label: Mapping[str, Any] | None, columns: Sequence[Column]) -> str:
    """Return the expected column as it is printed, with what became of it."""
    if label is None:
        return "-"
    if label.get("index") is None:
        return str(label.get("key"))
    known = next((column for column in columns if column.index == label["index"]), None)
    if known is None:
        return f"column {label['index']} {label.get('header')!r}"
    became = known.field.value if known.field is not None else known.reason
    return f"{known.letter} {label.get('header')!r} (here: {became})"


def differing_values(folder: Path, entry: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield for each fact whether the cleaned value is the one that the index gives, with what differs."""
    import polars as pl

    table = find_table(folder, entry)
    if table is None:
        return
    frame = table.scan().collect()
    for fact in entry.get("facts", ()):
        if fact.get("row") is None or fact.get("field") not in FIELDS or fact.get("value") is None:
            continue
        column = taken(table.columns, FIELDS[fact["field"]])
        label = entry["mapping"].get(fact["field"])
        if column is None or column.field is None or label is None or not fits(column, label):
            continue
        row = frame.filter(pl.col("row") == fact["row"] + 1)
        found = row[column.field.value].to_list()
        raw = row[f"c{column.index}"].to_list()
        wanted = plain(fact["value"])
        right = any(plain(value) == wanted for value in (*found, *raw))
        yield f"{entry['path']} row {fact['row']} {fact['field']}: {found} for {fact['value']!r}", right


def plain(value: object) -> str:
    """Return a value without what cleaning may change."""
    text = "".join(str(value).split()).casefold()
    return text.removesuffix(".0").replace(":", "").replace("-", "").removesuffix("000000")


def print_per_file(outcomes: Sequence[Outcome]) -> None:
    """Print each file with its counts and its disputes."""
    files = list(dict.fromkeys(outcome.file for outcome in outcomes))
    for file in files:
        mine = [outcome for outcome in outcomes if outcome.file == file]
        counts = Counter(outcome.verdict for outcome in mine)
        print(
            f"{file}: "
            + ", ".join(f"{counts[verdict]} {verdict}" for verdict in ("right", "wrong", "missed"))
        )
        for outcome in mine:
            if outcome.verdict != "right":
                print(
                    f"    {outcome.verdict} {outcome.field}: found {outcome.found}, expected {outcome.expected}"
                )


def print_values(values: Sequence[tuple[str, bool]]) -> None:
    """Print the values that differ."""
    right = sum(fine for _, fine in values)
    print(f"\nvalues of single cells: {right} of {len(values)} as labelled")
    for text, fine in values:
        if not fine:
            print(f"    {text}")


def print_unlabelled(folder: Path, entries: Sequence[Mapping[str, Any]]) -> None:
    """Print what was mapped in files that have no labels."""
    print("\nmapped where there are no labels (not counted):")
    for entry in entries:
        try:
            tables = read(folder / entry["path"])
        except ProvenanceError:
            continue
        for table in tables:
            mapped = [
                f"{column.field.value}={column.header!r}"
                for column in table.columns
                if column.field is not None
            ]
            if mapped:
                print(f"    {entry['path']}!{table.sheet or ''} ({table.role}): {', '.join(mapped)}")


def print_figures(outcomes: Sequence[Outcome]) -> int:
    """Print the table of figures; return 1 when a goal is not met."""
    print(f"\n{'field':18} {'right':>6} {'wrong':>6} {'missed':>6}")
    for field in FIELDS:
        counts = Counter(outcome.verdict for outcome in outcomes if outcome.field == field)
        print(f"{field:18} {counts['right']:6} {counts['wrong']:6} {counts['missed']:6}")
    counts = Counter(outcome.verdict for outcome in outcomes)
    expected = sum(outcome.expected != "-" for outcome in outcomes)
    precision = counts["right"] / max(1, counts["right"] + counts["wrong"])
    recall = counts["right"] / max(1, expected)
    grave = sum(outcome.verdict == "wrong" and outcome.field in GRAVE for outcome in outcomes)
    print(f"of {counts['right'] + counts['wrong']} mapped {precision:.1%} right (goal 97 %)")
    print(f"of {expected} expected {recall:.1%} found (goal 92 %)")
    print(f"serial, maker, model and origin: {grave} wrong (goal 0)")
    return int(precision < 0.97 or recall < 0.92 or grave > 0)


if __name__ == "__main__":
    sys.exit(main())

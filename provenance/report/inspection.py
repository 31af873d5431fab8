"""How files were read, as text: what `inspect` prints on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from provenance.inventory.reader import UNREAD
from provenance.inventory.table import Role
from provenance.inventory.textfile import NAMES
from provenance.report.words import counted, one_line

_WIDTH = 100
_REJECTED_SHOWN = 10


def render_inspection(described: Mapping[str, Any]) -> str:
    """Return how files were read as text of at most 100 columns.

    Args:
        described: What `provenance.inventory.inspect.describe_inputs` returns.
    """
    lines = [line for file in described["files"] for line in _file(file)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _file(file: Mapping[str, Any]) -> Iterator[str]:
    yield f"{one_line(file['name'])}: {file['format']}, {counted(file['size'], 'byte')}, sha256 {file['sha256'][:12]}"
    if file["encoding"] is not None:
        mark = file["delimiter"]
        name = f"a {NAMES[mark]}" if mark in NAMES else repr(mark)
        yield f"  {file['encoding']}" + (f", cells separated by {name}" if mark is not None else "")
    if not file["complete"]:
        yield "  NOT READ" if file["format"] == UNREAD else "  READ ONLY IN PART"
    if file["synthetic"]:
        yield "  SYNTHETIC: the file says of itself that it is made up"
    for oddity in file["oddities"]:
        yield from _wrapped(f"mind: {one_line(oddity)}", 2)
    if not file["tables"] and file["format"] != UNREAD:
        yield "  no table found"
    shown: dict[tuple[str, ...], str] = {}
    for table in file["tables"]:
        layout = tuple(column["header"] for column in table["columns"])
        alike = shown.get(layout) if table["alike"] > 1 else None
        yield from _table(table, alike)
        shown.setdefault(layout, _place(table))
    yield ""


def _place(table: Mapping[str, Any]) -> str:
    return f"sheet {one_line(table['sheet'])}" if table["sheet"] is not None else f"row {table['header_row']}"


def _table(table: Mapping[str, Any], alike: str | None) -> Iterator[str]:
    sheet = f"sheet {one_line(table['sheet'])}" if table["sheet"] is not None else "table"
    header = f"header in row {table['header_row']}" if table["header_row"] is not None else "no header row"
    hidden = ", hidden" if table["hidden"] else ""
    rows = f", rows {table['first_row']} to {table['last_row']}" if table["rows"] else ""
    yield f"  {sheet}{hidden}: {table['role']}, {header}{rows}"
    if table["role"] == Role.INVENTORY:
        yield (
            f"    {counted(table['rows'], 'row')} = {counted(table['machines'], 'line')} of equipment + "
            f"{counted(len(table['rejected']), 'rejected row')}"
        )
    else:
        yield f"    {counted(table['rows'], 'row')}, not audited"
    if table["preset"]:
        yield f"    preset {table['preset']}"
    for oddity in table["oddities"]:
        yield from _wrapped(f"mind: {one_line(oddity)}", 4)
    if alike:
        yield f"    columns as on {alike}"
    for column in () if alike else table["columns"]:
        header_text = one_line(column["header"]) or "(no header)"
        grade = f" as {column['grade']}" if column["grade"] else ""
        unused = "withheld" if column["withheld"] else "not used"
        taken = f"{column['field']}{grade}" if column["field"] else unused
        yield from _wrapped(f"{column['letter']:>3} {header_text}: {taken} ({one_line(column['reason'])})", 4)
    for row in table["rejected"][:_REJECTED_SHOWN]:
        yield from _wrapped(f"row {row['row']} is rejected ({row['rejection']}): {one_line(row['text'])}", 4)
    if len(table["rejected"]) > _REJECTED_SHOWN:
        yield f"    ... and {len(table['rejected']) - _REJECTED_SHOWN:,} more rejected rows: see -f json"


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 4),
        break_on_hyphens=False,
    )

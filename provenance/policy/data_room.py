"""What a reader must know of the files of a data room: what was passed over, and what says the same twice."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.inventory.find import Inputs
from provenance.inventory.own_reports import REPORT
from provenance.inventory.table import InputFile, Table
from provenance.origin.register import Register

_NAMES_SHOWN = 10
"""Names of files in one warning; a data room may hold thousands of papers."""


def warnings_of_files(
    found: Inputs, inputs: Sequence[InputFile], registers: Sequence[Register]
) -> tuple[str, ...]:
    """Return what a reader must know of the files of a data room: what was passed over, and what says the same twice.

    Args:
        found: What was found for the paths that the user gave.
        inputs: The files as they were read.
        registers: The evidence registers given.
    """
    told = []
    if found.unread:
        told.append(f"Not read, for they are in no format of inventories: {_some(found.unread)}.")
    if found.companions:
        told.append(
            f"Passed over as no inventory because of the name: {_some(found.companions)}; name such a file as "
            "evidence, or as an inventory of its own, if it is to count."
        )
    told += [
        f"{one.name}: {_tables(idle)} not audited: {why}."
        for one in inputs
        for why in dict.fromkeys(table.idle for table in one.tables if table.idle)
        if (idle := [table for table in one.tables if table.idle == why and table.rows and not table.used])
    ]
    told += [f"{one.name} {REPORT}." for one in inputs if REPORT in one.oddities]
    first: dict[str, str] = {}
    for one in inputs:
        same = first.setdefault(one.sha256, one.name)
        if same != one.name and one.sha256:
            told.append(
                f"{one.name} is a copy of {same}, byte for byte: what has no serial number is counted in both."
            )
    told += [f"The register {one.name} records no document." for one in registers if not one.lines]
    told += [
        f"The register {one.name} holds {len(one.unanswered):,} requests that nobody has answered yet."
        for one in registers
        if one.unanswered
    ]
    return tuple(told)


def _tables(idle: Sequence[Table]) -> str:
    sheets = [table.sheet for table in idle if table.sheet is not None]
    rows = f"{sum(table.rows for table in idle):,} rows"
    return f"{rows} of {_some(sheets)} were" if sheets else f"{rows} were"


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")

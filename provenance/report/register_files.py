"""A register to be answered, as csv, YAML or workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from provenance.errors import Fault, ReportError
from provenance.origin.register_columns import NAMES, SCHEMA
from provenance.report.formulas import neutral
from provenance.report.requests import Request
from provenance.report.writing import write_whole

SUFFIXES = (".xlsx", ".csv", ".yaml", ".yml")


def write_requests(requests: Iterable[Request], path: Path, *, synthetic: bool) -> None:
    """Write a register to be answered; its form goes by the ending of the path.

    Args:
        requests: Its lines.
        path: Where to write: xlsx, csv, yaml or yml.
        synthetic: Whether the inventory says of itself that it is invented; each line then says so too.

    Raises:
        ReportError: The ending is another, or the file cannot be written.
    """
    lines = tuple(requests)
    match path.suffix.lower():
        case ".xlsx":
            from provenance.report.register_workbook import write_register_workbook

            write = partial(write_register_workbook, lines, synthetic=synthetic)
        case ".csv":
            write = partial(_write_csv, lines, synthetic=synthetic)
        case ".yaml" | ".yml":
            write = partial(_write_yaml, lines, synthetic=synthetic)
        case _:
            known = ", ".join(SUFFIXES)
            raise ReportError(
                Fault(path.as_posix(), "its ending says no form of a register", f"end it in {known}")
            )
    write_whole([(path, write)])


def cells_of(request: Request, *, synthetic: bool) -> dict[str, str]:
    """Return the cells of a request, without its serial numbers."""
    cells = request.cells()
    return {**cells, "note": f"SYNTHETIC; {cells.get('note', '')}".removesuffix("; ")} if synthetic else cells


def csv_text(requests: Iterable[Request], *, synthetic: bool) -> str:
    """Return a register to be answered as csv."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, NAMES, restval="", lineterminator="\n")
    writer.writeheader()
    for request in requests:
        cells = cells_of(request, synthetic=synthetic) | {"serials": ";".join(request.serials)}
        writer.writerow({name: neutral(text) for name, text in cells.items()})
    return stream.getvalue()


def _write_csv(requests: tuple[Request, ...], path: Path, *, synthetic: bool) -> None:
    path.write_text(csv_text(requests, synthetic=synthetic), encoding="utf-8", newline="")


def _write_yaml(requests: tuple[Request, ...], path: Path, *, synthetic: bool) -> None:
    import yaml

    documents = [
        {
            **cells_of(request, synthetic=synthetic),
            "country": None,
            **({"serials": list(request.serials)} if request.serials else {}),
        }
        for request in requests
    ]
    text = yaml.safe_dump(
        {"schema": SCHEMA, "documents": documents}, sort_keys=False, allow_unicode=True, width=100
    )
    path.write_text(text, encoding="utf-8", newline="\n")

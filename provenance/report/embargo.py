"""The machines that are goods under embargo, line by line: a schedule of its own in every report that lists machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.entries import place
from provenance.report.texts import as_texts

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class EmbargoLine:
    """One line of an inventory."""

    place: str
    maker: str
    model: str
    serial: str
    quantity: int
    site: str
    case: str
    verdict: Verdict
    why: str


def embargo_lines(audit: Audit) -> Iterator[EmbargoLine]:
    """Yield the lines of the cases that are goods under embargo, in the order of the inventories."""
    why = {case.id: case.embargo for case in audit.cases if case.embargo}
    if not why:
        return
    wanted = [
        "file",
        "sheet",
        "row",
        "cell",
        "maker",
        "model",
        "serial",
        "quantity",
        "site",
        "case",
        "verdict",
    ]
    for values in _rows(as_texts(audit.machines).select(wanted), why):
        cell = str(values["cell"] or f"row {values['row']}")
        yield EmbargoLine(
            place=place(str(values["file"]), values["sheet"], cell),
            maker=values["maker"] or "",
            model=values["model"] or "",
            serial=values["serial"] or "",
            quantity=values["quantity"],
            site=values["site"] or "",
            case=values["case"],
            verdict=Verdict(values["verdict"]),
            why=why[values["case"]],
        )


def _rows(machines: pl.LazyFrame, why: dict[str, str]) -> Iterator[dict[str, Any]]:
    import polars as pl

    found = machines.filter(pl.col("case").is_in(list(why))).collect(engine="streaming")
    yield from found.iter_rows(named=True)

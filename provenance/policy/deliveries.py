"""Contracted against delivered and evidenced: per lot of a schedule, what the inventory holds and documents cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from provenance.identify.resolve import Identifier
from provenance.inventory.table import Field, Table
from provenance.origin.match import is_model
from provenance.origin.register import folded
from provenance.origin.scan import Scan
from provenance.origin.schedule import ContractLine, Schedule
from provenance.policy.audit import Case
from provenance.policy.verdict import Verdict
from provenance.records import dataclass

_GOODS = (Field.BATCH, Field.ORDER, Field.MAKER, Field.MODEL)
_Lot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the schedule beside what the inventory holds of it, or goods that no line contracts for."""

    batch: str
    order: str
    model: str
    """As the schedule writes it; as the inventory does where the goods are not contracted."""
    place: str
    """Where the schedule says so; empty where the goods are not contracted."""
    contracted: int
    """Units; 0 where the goods are not contracted."""
    delivered: int
    """Units of that lot and model in the inventory."""
    unsure: int
    """Units of that lot whose model is not known for sure and may be this one."""
    covered: int
    """Units among those delivered that a document speaks of for sure."""
    by_verdict: Mapping[Verdict, int]
    """Units delivered; every verdict, worst first."""
    lot_contracted: bool
    """Whether the schedule knows the lot: if it does and the goods are not contracted, they are of a wrong model."""

    @property
    def short(self) -> int:
        """Units contracted and not found, those of unknown model included."""
        return max(0, self.contracted - self.delivered)

    @property
    def over(self) -> int:
        """Units found beyond those contracted."""
        return max(0, self.delivered - self.contracted) if self.place else 0

    @property
    def wrong_model(self) -> int:
        """Units of a model that the schedule does not have in this lot."""
        return 0 if self.place or not self.lot_contracted else self.delivered


@dataclass(frozen=True, slots=True)
class _Goods:
    """Machines alike in lot, texts and verdict."""

    batch: str
    order: str
    maker: str | None
    model: str | None
    verdict: Verdict
    covered: bool
    units: int


def compare_deliveries(
    schedule: Schedule, tables: Sequence[Table], scan: Scan, cases: Sequence[Case], identifier: Identifier
) -> tuple[Delivery, ...]:
    """Compare a schedule with the inventory, lot by lot: the lines of the schedule first, then what none contracts for.

    Args:
        schedule: What was contracted.
        tables: The inventory tables that were scanned, in order.
        scan: What was scanned.
        cases: One per set of facts, in the order of `scan.facts`.
        identifier: Reads model texts, so that a contracted model and a row's meet as models, not as texts.
    """
    goods = list(_goods(tables, scan, cases))
    sure: list[list[_Goods]] = [[] for _ in schedule.lines]
    unsure: list[list[_Goods]] = [[] for _ in schedule.lines]
    others: dict[tuple[_Lot, str, bool], list[_Goods]] = {}
    for one in goods:
        of_lot = [at for at, line in enumerate(schedule.lines) if _is_of(one, line)]
        same = {at: _is_of_model(one, schedule.lines[at], identifier) for at in of_lot}
        if certain := [at for at in of_lot if same[at]]:
            sure[certain[0]].append(one)
        elif perhaps := [at for at in of_lot if same[at] is None]:
            unsure[perhaps[0]].append(one)
        else:
            # Of goods in lots that nobody contracted for the lot is what counts, not each model.
            model = (one.model or one.maker or "") if of_lot else ""
            others.setdefault(((one.batch, one.order), model, bool(of_lot)), []).append(one)
    rows = [_contracted(*row) for row in zip(schedule.lines, sure, unsure, strict=True)]
    rows += [_uncontracted(*key, found) for key, found in sorted(others.items(), key=lambda item: item[0])]
    return tuple(rows)


def _is_of(one: _Goods, line: ContractLine) -> bool:
    """Whether goods are of the lot of a line, by all of batch and order that it gives."""
    return (line.batch is None or folded(line.batch) == folded(one.batch)) and (
        line.order is None or folded(line.order) == folded(one.order)
    )


def _is_of_model(one: _Goods, line: ContractLine, identifier: Identifier) -> bool | None:
    wanted = identifier.read_text(None, line.model)
    return is_model(line.model, wanted, one.model, identifier.read_text(one.maker, one.model))


def _goods(tables: Sequence[Table], scan: Scan, cases: Sequence[Case]) -> Iterator[_Goods]:
    shortfalls = scan.matches.named.shortfalls
    covered = [any(not shortfalls[one.line] for one in told) for told in scan.matches.mentions()]
    told = scan.rows.select(
        "counted", "case", covered=pl.Series(covered, dtype=pl.Boolean).gather(scan.rows["documents"])
    )
    keys = [field.value for field in _GOODS]
    for table, start, stop in zip(tables, scan.starts, scan.starts[1:], strict=False):
        rows = table.scan()
        present = rows.collect_schema().names()
        texts = [
            (pl.col(key).cast(pl.String) if key in present else pl.lit(None, dtype=pl.String)).alias(key)
            for key in keys
        ]
        beside = pl.concat(
            [rows.select("row", *texts), told.slice(start, stop - start).lazy()], how="horizontal"
        )
        counts = (
            beside.filter(pl.col("case").is_not_null())
            .group_by(*keys, "case", "covered")
            .agg(pl.col("counted").sum())
            .sort(*keys, "case", "covered")
            .collect()
        )
        for batch, order, maker, model, case, has_document, units in counts.iter_rows():
            if units:
                verdict = cases[case].verdict
                yield _Goods(batch or "", order or "", maker, model, verdict, bool(has_document), units)


def _by_verdict(goods: Sequence[_Goods]) -> dict[Verdict, int]:
    return {verdict: sum(one.units for one in goods if one.verdict is verdict) for verdict in Verdict}


def _contracted(line: ContractLine, sure: Sequence[_Goods], unsure: Sequence[_Goods]) -> Delivery:
    return Delivery(
        batch=line.batch or "",
        order=line.order or "",
        model=line.model,
        place=line.place,
        contracted=line.quantity,
        delivered=sum(one.units for one in sure),
        unsure=sum(one.units for one in unsure),
        covered=sum(one.units for one in sure if one.covered),
        by_verdict=_by_verdict(sure),
        lot_contracted=True,
    )


def _uncontracted(lot: _Lot, model: str, known: bool, goods: Sequence[_Goods]) -> Delivery:
    models = sorted({one.model or one.maker or "" for one in goods} - {""})
    shown = ", ".join(models[:3]) + (f" and {len(models) - 3} others" if len(models) > 3 else "")
    return Delivery(
        batch=lot[0],
        order=lot[1],
        model=model or shown,
        place="",
        contracted=0,
        delivered=sum(one.units for one in goods),
        unsure=0,
        covered=sum(one.units for one in goods if one.covered),
        by_verdict=_by_verdict(goods),
        lot_contracted=known,
    )

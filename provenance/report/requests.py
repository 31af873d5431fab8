"""The documents to ask for, as lines of a register that waits for answers: which goods each would have to name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from provenance.evidence import Facet, Grade
from provenance.identify.identity import Tier
from provenance.policy.audit import Audit, Case
from provenance.policy.settle import settling_proof
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.asks import Ask, find_asks
from provenance.report.texts import as_texts
from provenance.report.words import counted, one_line

_KEYS = ("case", "order", "batch", "site")
_SURE = frozenset({Tier.EXACT, Tier.GRAMMAR})


@dataclass(frozen=True, slots=True)
class Request:
    """One line of a register that nobody has answered yet."""

    document: str
    """`REQUEST-001`, until the document has a name."""
    kind: Grade
    facet: Facet
    settles: int
    """Units that the answer would settle."""
    serials: tuple[str, ...] = ()
    """The serial numbers it has to name, sorted; empty where the goods have none."""
    batch: str = ""
    order: str = ""
    maker: str = ""
    model: str = ""
    note: str = ""

    def cells(self) -> dict[str, str]:
        """Return the line as the register has it, without its serial numbers; what is empty is left out."""
        told = {
            "document": self.document,
            "kind": self.kind.value,
            "facet": self.facet.value,
            "batch": self.batch,
            "order": self.order,
            "maker": self.maker,
            "model": self.model,
            "quantity": str(len(self.serials)) if self.serials else "",
            "settles": str(self.settles),
            "note": self.note,
        }
        return {name: text for name, text in told.items() if text}


@dataclass(frozen=True, slots=True)
class Requests:
    """All requests, and what none of them would settle."""

    lines: tuple[Request, ...]
    open_units: int
    """Undetermined units in all."""
    settled_units: int
    """Units that all answers together would settle."""
    left: Mapping[str, int] = field(default_factory=dict)
    """Units that no document about the goods settles, by why."""


class _Lot(NamedTuple):
    """Goods without serial numbers that one document can name."""

    order: str
    batch: str
    case: str


def find_requests(audit: Audit) -> Requests:
    """Return the requests that settle most units first.

    Args:
        audit: What the run yielded; its machines are scanned twice.
    """
    undetermined = [case for case in audit.cases if case.verdict is Verdict.UNDETERMINED]
    proof = {case.id: settling_proof(case, audit.as_of) for case in undetermined}
    wanted = {
        case_id: tuple(f"{facet.value} {grade.value}" for facet, grade in needed)
        for case_id, needed in proof.items()
        if needed
    }
    left: dict[str, int] = {}
    for case in undetermined:
        if not proof[case.id] and case.units:
            left[case.reason.value] = left.get(case.reason.value, 0) + case.units
    asks = [ask for ask in find_asks(audit, wanted) if ask.units] if wanted else []
    named, lots = _goods(audit, asks)
    cases = {case.id: case for case in undetermined}
    lines: list[Request] = []
    settled = 0
    for at, ask in enumerate(asks):
        needs = [need.split() for need in ask.needs]
        requests = [
            *([_by_serial(ask, cases, named[at])] if named[at] else []),
            *(_by_lot(lot, cases[lot.case], units) for lot, units in sorted(lots[at].items())),
        ]
        for request in requests:
            if request is None:
                continue
            settled += request.settles
            lines += [replace(request, facet=Facet(facet), kind=Grade(grade)) for facet, grade in needs]
    open_units = sum(case.units for case in undetermined)
    if rest := open_units - settled - sum(left.values()):
        left["nothing names them"] = rest
    ordered = sorted(lines, key=lambda line: -line.settles)
    return Requests(
        tuple(replace(line, document=f"REQUEST-{at:03d}") for at, line in enumerate(ordered, start=1)),
        open_units,
        settled,
        left,
    )


def _by_serial(ask: Ask, cases: Mapping[str, Case], serials: Sequence[str]) -> Request:
    orders = {group.order for group in ask.groups}
    batches = {group.batch for group in ask.groups}
    maker, model = _common([cases[case] for case in ask.cases])
    return Request(
        "",
        Grade.CERTIFICATE,
        Facet.MANUFACTURE,
        len(serials),
        serials=tuple(serials),
        batch=next(iter(batches)) if len(batches) == 1 else "",
        order=next(iter(orders)) if len(orders) == 1 else "",
        maker=maker,
        model=model,
        note=one_line(f"has to name these serial numbers; {ask.goods}"),
    )


def _by_lot(lot: _Lot, case: Case, units: int) -> Request | None:
    """Return the request for goods without serial numbers; None where nothing names them for sure."""
    maker, model = _common([case])
    if not model:
        return None
    note = "the goods have no serial numbers: its quantity has to cover every unit that it could mean"
    return Request(
        "",
        Grade.CERTIFICATE,
        Facet.MANUFACTURE,
        units,
        batch=lot.batch,
        order=lot.order,
        maker=maker,
        model=model,
        note=note,
    )


def _common(cases: Iterable[Case]) -> tuple[str, str]:
    """Return the maker and model of cases where they have one each, known for sure; empty texts else."""
    identities = [case.facts.identity for case in cases]
    makers = {one.maker_name if one.maker_tier in _SURE else None for one in identities}
    models = {one.model_name if one.model_tier in _SURE else None for one in identities}
    maker = next(iter(makers)) if len(makers) == 1 else None
    model = next(iter(models)) if len(models) == 1 and maker else None
    return maker or "", model or ""


def _goods(audit: Audit, asks: Sequence[Ask]) -> tuple[list[list[str]], list[dict[_Lot, int]]]:
    """Return per request the serial numbers of its goods, and the units of those without, by lot."""
    import polars as pl

    named: list[list[str]] = [[] for _ in asks]
    lots: list[dict[_Lot, int]] = [{} for _ in asks]
    if not asks:
        return named, lots
    groups = [
        (at, group.case, group.order, group.batch, group.site)
        for at, ask in enumerate(asks)
        for group in ask.groups
    ]
    of = pl.LazyFrame(groups, schema=["ask", *_KEYS], orient="row")
    machines = (
        as_texts(audit.machines)
        .filter(pl.col("counted") > 0)
        .select(*(pl.col(key).fill_null("") for key in _KEYS), "serial", "counted")
        .join(of, on=list(_KEYS))
    )
    with_serial = (
        machines.filter(pl.col("serial").is_not_null()).group_by("ask").agg(pl.col("serial").unique().sort())
    )
    for at, serials in with_serial.collect(engine="streaming").iter_rows():
        named[at] = serials
    without = machines.filter(pl.col("serial").is_null()).group_by("ask", "order", "batch", "case")
    for at, order, batch, case, units in (
        without.agg(pl.col("counted").sum()).collect(engine="streaming").iter_rows()
    ):
        lots[at][_Lot(order, batch, case)] = units
    return named, lots


def summary(requests: Requests) -> str:
    """Return in a sentence or two what the requests would settle, and what not."""
    settled = f"{counted(len(requests.lines), 'request')} would settle {requests.settled_units:,} of "
    text = f"{settled}{counted(requests.open_units, 'undetermined unit')}."
    if not requests.left:
        return text
    reasons = ", ".join(
        f"{why} {units:,}" for why, units in sorted(requests.left.items(), key=lambda item: -item[1])
    )
    return f"{text} No document about the goods settles the others: {reasons}."

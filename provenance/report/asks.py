"""The fewest documents that would settle the most units: what to ask for, largest first."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from provenance.policy.audit import Audit, Case, Finding
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.entries import case_title
from provenance.report.texts import as_texts
from provenance.report.words import REASON_WORDS, counted, joined, one_line

_NAMED = 3
"""How many models or sites a sentence names before it counts the others."""


class _Handle(NamedTuple):
    """One possible request: what it asks for, and which goods it would name."""

    needs: tuple[str, ...]
    by: str
    value: str
    maker: str
    model: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Machines alike in everything that a request can name; texts as the inventory writes them, empty if missing."""

    case: str
    order: str
    batch: str
    site: str
    lines: int
    units: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: the document, the goods it has to name and what it would settle."""

    needs: tuple[str, ...]
    """What has to be proven; all of them together settle the units."""
    by: str
    """What the goods have in common: `order`, `batch`, or `model` where the inventory gives neither."""
    value: str
    """The order or batch; empty for `model`."""
    maker: str
    models: tuple[str, ...]
    """Most units first."""
    sites: tuple[str, ...]
    """Most units first; the empty string where none is given."""
    cases: tuple[str, ...]
    """Ids of the cases that the goods belong to, sorted."""
    groups: tuple[Group, ...]
    """The goods it covers, as the inventory writes them."""
    lines: int
    units: int
    settled_units: int
    """Units settled by this request and all before it."""

    @property
    def goods(self) -> str:
        """The goods in words: `order PO-7: Bitmain Antminer S21 at Cheyenne`."""
        what = _some(self.models) or "equipment without maker and model"
        sites = _some(tuple(site for site in self.sites if site))
        where = f" at {sites}" if sites else ""
        return f"{self.by} {self.value}: {what}{where}" if self.value else f"{what}{where}"


def open_needs(audit: Audit) -> dict[str, tuple[str, ...]]:
    """Return what would settle each undetermined case, by its id."""
    return {case.id: needs(case.findings) for case in audit.cases if case.verdict is Verdict.UNDETERMINED}


def needs(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the documents that the undetermined among some findings want, none twice."""
    wanted = (
        one_line(finding.would_clear) or REASON_WORDS[finding.reason]
        for finding in findings
        if finding.verdict is Verdict.UNDETERMINED
    )
    return tuple(dict.fromkeys(wanted))


def find_asks(
    audit: Audit, wanted: Mapping[str, tuple[str, ...]], title: Callable[[Case], str] = case_title
) -> tuple[Ask, ...]:
    """Return the requests that settle all open units, chosen greedily: always the one that settles most.

    A document speaks of an order or a batch of one maker; goods that the inventory gives neither for are asked for by
    model and site. Goods that stand in an order and a batch are asked for once.

    Args:
        audit: The facts; its machines are scanned once.
        wanted: The open cases by id, each with what would settle it.
        title: What a case's machines are called.
    """
    cases = {case.id: case for case in audit.cases if case.id in wanted}
    groups = _groups(audit, list(cases)) if cases else []
    by_handle: dict[_Handle, list[int]] = {}
    for index, group in enumerate(groups):
        case = cases[group.case]
        for handle in _handles(group, wanted[group.case], _maker(case), title(case)):
            by_handle.setdefault(handle, []).append(index)
    titles = {case_id: title(case) for case_id, case in cases.items()}
    return _greedy(groups, by_handle, titles)


def _handles(group: Group, wanted: tuple[str, ...], maker: str, model: str) -> tuple[_Handle, ...]:
    """Return the requests that would cover a group."""
    named = (("order", one_line(group.order)), ("batch", one_line(group.batch)))
    found = tuple(_Handle(wanted, by, value, maker) for by, value in named if value)
    return found or (_Handle(wanted, "model", "", maker, model, one_line(group.site)),)


def _greedy(
    groups: list[Group], by_handle: Mapping[_Handle, list[int]], titles: Mapping[str, str]
) -> tuple[Ask, ...]:
    done = [False] * len(groups)

    def gain(handle: _Handle) -> tuple[int, int]:
        members = [groups[index] for index in by_handle[handle] if not done[index]]
        return -sum(group.units for group in members), -sum(group.lines for group in members)

    # A gain only falls as groups are settled, so the top of the heap is right once its gain is still its own.
    heap = [(gain(handle), handle) for handle in by_handle]
    heapq.heapify(heap)
    asks: list[Ask] = []
    settled = 0
    while heap:
        stale, handle = heapq.heappop(heap)
        members = [index for index in by_handle[handle] if not done[index]]
        if not members:
            continue
        if (now := gain(handle)) != stale:
            heapq.heappush(heap, (now, handle))
            continue
        for index in members:
            done[index] = True
        chosen = [groups[index] for index in members]
        settled += sum(group.units for group in chosen)
        asks.append(_ask(handle, chosen, titles, settled))
    return tuple(asks)


def _ask(handle: _Handle, groups: list[Group], titles: Mapping[str, str], settled: int) -> Ask:
    return Ask(
        needs=handle.needs,
        by=handle.by,
        value=handle.value,
        maker=handle.maker,
        models=_by_units([(titles[group.case], group.units) for group in groups]),
        sites=_by_units([(one_line(group.site), group.units) for group in groups]),
        cases=tuple(sorted({group.case for group in groups})),
        groups=tuple(groups),
        lines=sum(group.lines for group in groups),
        units=sum(group.units for group in groups),
        settled_units=settled,
    )


def _by_units(pairs: list[tuple[str, int]]) -> tuple[str, ...]:
    totals: dict[str, int] = {}
    for name, units in pairs:
        totals[name] = totals.get(name, 0) + units
    return tuple(sorted(totals, key=lambda name: (-totals[name], name)))


def _some(names: tuple[str, ...]) -> str:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append(counted(len(names) - _NAMED, "other"))
    return joined(shown)


def _groups(audit: Audit, cases: list[str]) -> list[Group]:
    import polars as pl

    keys = ("case", "order", "batch", "site")
    counts = (
        as_texts(audit.machines)
        .filter(pl.col("case").is_in(cases))
        .group_by(*(pl.col(key).fill_null("") for key in keys))
        .agg(pl.len().alias("lines"), pl.col("counted").sum())
        .sort(*keys)
        .collect(engine="streaming")
    )
    return [Group(*values) for values in counts.iter_rows()]


def _maker(case: Case) -> str:
    return one_line(case.facts.identity.maker_name or next(iter(case.makers), ""))

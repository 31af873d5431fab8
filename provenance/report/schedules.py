"""Which case stands in which schedule of a notice, under the policies that the notice is given under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.evidence import Grade, Piece, Standing
from provenance.policy.audit import Audit, Case, Count, Finding
from provenance.policy.embargo import EMBARGO
from provenance.policy.explain import origin_words
from provenance.policy.policy import Policy
from provenance.policy.verdict import Verdict, worst
from provenance.records import dataclass
from provenance.report.asks import Ask, find_asks, needs
from provenance.report.entries import place
from provenance.report.terms import obligor_of, required_of
from provenance.report.texts import as_texts
from provenance.report.words import one_line, piece_words

if TYPE_CHECKING:
    import polars as pl


class Schedule(StrEnum):
    """Where a unit stands in the notice."""

    NON_CONFORMING = "A"
    TO_PROVE = "B"
    EMBARGO = "C"
    NONE = "none"
    """Conforming, waived and out of scope: a count only."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the units of one case stand in Schedule A or C."""

    case: Case
    schedule: Schedule
    obligor: str
    goods: str
    """As the inventory writes them."""
    title: str
    citation: str
    required: str
    found: str
    evidence: str
    against: str
    remedy_of: Finding


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of a schedule."""

    case: str
    site: str
    batch: str
    goods: str
    serial: str
    quantity: str
    units: int
    place: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Schedules:
    """The cases of an audit, sorted into the schedules of a notice."""

    policies: tuple[Policy, ...]
    """The clauses of the run, or all its policies where none is a clause."""
    grounds: tuple[Ground, ...]
    """Schedule A and C, by obligor, most units first."""
    asks: tuple[Ask, ...]
    """Schedule B, most units first."""
    open_findings: Mapping[str, Finding]
    """The deciding finding of each case in Schedule B."""
    counts: Mapping[Schedule, Count]
    """Every schedule, zero where nothing stands in it."""
    by_verdict: Mapping[Verdict, Count]
    embargo_named: int
    """Units of Schedule B of which a statement names an embargoed origin."""
    pointing: tuple[Ground, ...]
    """Cases of Schedule B that stand in Schedule C too: all that is known of them points to an embargo."""


def build_schedules(audit: Audit) -> Schedules:
    """Sort the cases of an audit into schedules."""
    policies = tuple(policy for policy in audit.policies if policy.clause is not None) or audit.policies
    names = inventory_names(audit)
    ids = {policy.id for policy in policies}
    grounds: list[Ground] = []
    pointing: list[Ground] = []
    opened: dict[str, Finding] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    counts = dict.fromkeys(Schedule, Count(0, 0))
    by_verdict = dict.fromkeys(Verdict, Count(0, 0))
    embargo_named = 0
    for case in audit.cases:
        findings = [finding for finding in case.findings if finding.rule.policy in ids]
        verdict = worst(finding.verdict for finding in findings)
        schedule = Schedule.NONE
        if verdict is Verdict.NON_CONFORMING:
            ground = _ground(audit, case, next(f for f in findings if f.verdict is verdict), names[case.id])
            schedule = ground.schedule
            grounds.append(ground)
        elif verdict is Verdict.UNDETERMINED:
            schedule = Schedule.TO_PROVE
            opened[case.id] = next(finding for finding in findings if finding.verdict is verdict)
            wanted[case.id] = needs(findings)
            embargo_named += case.units if _names_embargo(case) else 0
            if case.embargo:
                pointing.append(_ground(audit, case, opened[case.id], names[case.id]))
        counts[schedule] = _plus(counts[schedule], case)
        by_verdict[verdict] = _plus(by_verdict[verdict], case)
    return Schedules(
        policies=policies,
        grounds=_in_order(grounds),
        asks=find_asks(audit, wanted, lambda case: names[case.id]),
        open_findings=opened,
        counts=counts,
        by_verdict=by_verdict,
        embargo_named=embargo_named,
        pointing=_in_order(pointing),
    )


def _in_order(grounds: list[Ground]) -> tuple[Ground, ...]:
    return tuple(sorted(grounds, key=lambda ground: (ground.obligor, -ground.case.units, ground.case.id)))


def _plus(count: Count, case: Case) -> Count:
    return Count(count.lines + case.lines, count.units + case.units)


def _ground(audit: Audit, case: Case, finding: Finding, goods: str) -> Ground:
    touched = bool(case.embargo or finding.atoms & EMBARGO)
    return Ground(
        case=case,
        schedule=Schedule.EMBARGO if touched else Schedule.NON_CONFORMING,
        obligor=obligor_of(case, finding.rule),
        goods=goods,
        title=finding.rule.title,
        citation=finding.rule.citation,
        required=required_of(case, finding, audit.as_of),
        found=origin_words(finding.atoms),
        evidence=_shown(finding.decisive),
        against=_shown(finding.contesting),
        remedy_of=finding,
    )


def inventory_names(audit: Audit) -> dict[str, str]:
    """Return what the inventory calls the machines of each case: its own words, nothing from the catalogue.

    Cases of one model go by the spelling that names most of its units, so that one model has one name.
    """
    spellings: dict[tuple[str, ...], dict[str, int]] = {}
    keys = {}
    for case in audit.cases:
        identity = case.facts.identity
        known = identity.maker is not None and identity.model is not None
        keys[case.id] = (identity.maker or "", identity.model or "") if known else (case.id,)
        units = spellings.setdefault(keys[case.id], {})
        for text, count in case.models.items():
            name = as_listed(next(iter(case.makers), ""), text)
            units[name] = units.get(name, 0) + count
    best = {
        key: min(units, key=lambda name: (-units[name], name)) for key, units in spellings.items() if units
    }
    return {case_id: best.get(key, as_listed("", "")) for case_id, key in keys.items()}


def as_listed(maker: str | None, model: str | None) -> str:
    """Return the maker and model texts of a row as one; a model text that begins with the maker holds both."""
    first, second = one_line(maker or ""), one_line(model or "")
    if second.casefold().startswith(first.casefold()):
        first = ""
    return " ".join(text for text in (first, second) if text) or "equipment without maker and model"


def _shown(pieces: tuple[Piece, ...]) -> str:
    """Return pieces in words, without general knowledge and without what the catalogue could not source."""
    fit = [
        piece
        for piece in sorted(pieces, key=Piece.key)
        if piece.is_statement and piece.grade is not Grade.UNSOURCED
    ]
    return "; ".join(piece_words(piece) for piece in fit)


def _names_embargo(case: Case) -> bool:
    return any(
        piece.is_statement and piece.atoms <= EMBARGO and piece.standing is not Standing.SHOWN_ONLY
        for piece in case.facts.pieces
    )


def ground_lines(audit: Audit, grounds: tuple[Ground, ...]) -> Iterator[UnitLine]:
    """Yield the lines of some grounds, by obligor, site, batch, ground and place in the inventory."""
    import polars as pl

    obligors = sorted({ground.obligor for ground in grounds})
    order = pl.LazyFrame(
        {
            "case": [ground.case.id for ground in grounds],
            "group": [obligors.index(ground.obligor) for ground in grounds],
            "part": list(range(len(grounds))),
        },
        schema={"case": pl.String, "group": pl.UInt32, "part": pl.UInt32},
    )
    rows = (
        _joined(audit, order, ["case"])
        .sort("group", "site", "batch", "part", "at")
        .collect(engine="streaming")
    )
    for values in rows.iter_rows(named=True):
        yield _unit_line(values)


def batch_counts(audit: Audit, grounds: tuple[Ground, ...]) -> tuple[tuple[str, Count], ...]:
    """Return the batches that the units of some grounds came in, each with its lines and units; "" where none is given."""
    import polars as pl

    rows = (
        as_texts(audit.machines)
        .filter(pl.col("case").is_in([ground.case.id for ground in grounds]))
        .group_by(pl.col("batch").fill_null(""))
        .agg(pl.len().alias("lines"), pl.col("counted").sum())
        .sort("batch")
        .collect(engine="streaming")
    )
    return tuple((one_line(batch), Count(lines, units)) for batch, lines, units in rows.iter_rows())


def evidence_cited(audit: Audit, cases: Iterable[str]) -> tuple[str, ...]:
    """Return the evidence that stands beside the machines of some cases, each text once, sorted."""
    import polars as pl

    rows = as_texts(audit.machines).filter(pl.col("case").is_in(list(cases))).select("evidence").unique()
    return tuple(sorted(text for (text,) in rows.collect(engine="streaming").iter_rows() if text))


def ask_lines(audit: Audit, asks: tuple[Ask, ...]) -> Iterator[tuple[int, UnitLine]]:
    """Yield the lines that each request covers, with its position; by request, site and place in the inventory."""
    import polars as pl

    members = [(number, group) for number, ask in enumerate(asks) for group in ask.groups]
    keys = ("case", "order", "batch", "site")
    order = pl.LazyFrame(
        {key: [getattr(group, key) for _, group in members] for key in keys}
        | {"part": [number for number, _ in members]},
        schema=dict.fromkeys(keys, pl.String) | {"part": pl.UInt32},
    )
    rows = _joined(audit, order, list(keys)).sort("part", "site", "at").collect(engine="streaming")
    for values in rows.iter_rows(named=True):
        yield values["part"], _unit_line(values)


def _joined(audit: Audit, order: pl.LazyFrame, keys: list[str]) -> pl.LazyFrame:
    import polars as pl

    wanted = [
        "case",
        "order",
        "batch",
        "site",
        "file",
        "sheet",
        "row",
        "cell",
        "serial",
        "maker",
        "model",
        "quantity",
        "counted",
        "evidence",
    ]
    filled = as_texts(audit.machines).select(wanted).with_row_index("at")
    filled = filled.with_columns(pl.col(name).fill_null("") for name in ("order", "batch", "site"))
    return filled.join(order, on=keys, how="inner")


def _unit_line(values: Mapping[str, object]) -> UnitLine:
    quantity, units = values["quantity"], values["counted"]
    shown = str(quantity) if quantity == units else f"{quantity}, of which {units} counted here"
    maker, model = (str(values[name] or "") for name in ("maker", "model"))
    cell = str(values["cell"] or f"row {values['row']}")
    sheet = values["sheet"]
    return UnitLine(
        case=str(values["case"]),
        site=one_line(str(values["site"])),
        batch=one_line(str(values["batch"])),
        goods=as_listed(maker, model),
        serial=one_line(str(values["serial"] or "")) or "not stated",
        quantity=shown,
        units=int(str(units)),
        place=place(str(values["file"]), str(sheet) if sheet is not None else None, cell),
        evidence=one_line(str(values["evidence"] or "")),
    )

"""An audit built by hand: several cases of every verdict and reason, and cells that mean harm."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from provenance.catalog.records import Confidence, Plant
from provenance.countries import ALL, UA_ATOMS
from provenance.dates import Span
from provenance.evidence import Facet, FindingStatus, Grade, Piece, Standing, StatedBy
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Column, Field, InputFile, Rejected, Rejection, Role, Table
from provenance.origin.conclude import conclude
from provenance.origin.facts import CaseFacts
from provenance.origin.paper_findings import PaperFinding
from provenance.origin.register import Flag, Question, RegisterLine
from provenance.origin.schedule import Schedule
from provenance.policy.audit import (
    Audit,
    Case,
    CatalogInfo,
    Change,
    Count,
    DocumentUse,
    Finding,
    ReadingOutcome,
    Summary,
    Waived,
    WaiverStatus,
    WaiverUse,
)
from provenance.policy.deliveries import Delivery
from provenance.policy.disclosure import DisclosedUnit, Disclosure, DisclosureFile
from provenance.policy.embargo import embargo_of
from provenance.policy.explain import origin_words, waiver_words
from provenance.policy.hashrates import Hashrate
from provenance.policy.policy import Clause, ListInfo, Party, Policy, SiteParticular
from provenance.policy.rule import Effect, ListReference, Member, Obligor, Remedy, Rule, TestDate, Treatment
from provenance.policy.subject import FacetSubject
from provenance.policy.verdict import Reason, Verdict
from provenance.policy.waivers.waiver import Instrument, Scope, Waiver, WaiverKind, WaiverReason

AS_OF = date(2024, 6, 30)
DIGEST = hashlib.sha256(b"made up").hexdigest()
CN, MY, IR = frozenset({"CN"}), frozenset({"MY"}), frozenset({"IR"})
HK = frozenset({"HK"})

HEADERS = ("Maker", "Model", "Serial", "Qty", "Country of origin", "Site", "Batch", "=Note")


def rule(name="origin", *, title="Equipment origin", effect=Effect.CONDEMN, days=None, policy="sale-clause"):
    members = tuple(
        Member(
            list_id="embargoed",
            atoms=atoms,
            first=date(2014, 1, 1),
            last=None,
            certain=True,
            citation=f"List entry {'/'.join(sorted(atoms))}",
            source="a made-up source",
            verified=True,
            list_as_of=date(2024, 1, 1),
        )
        for atoms in (CN, frozenset({"CU"}), IR, frozenset({"KP"}), UA_ATOMS - {"UA-REST"})
    )
    return Rule(
        id=f"{policy}/{name}",
        policy=policy,
        title=title,
        question="Was the finished unit made in a prohibited country?",
        citation="Clause 4.2",
        help="",
        subject=FacetSubject(Facet.MANUFACTURE),
        areas={"HK": Treatment.UNSTATED, "MO": Treatment.UNSTATED, "TW": Treatment.OUT},
        members=members,
        entities=(),
        partial=False,
        allow=False,
        references=(ListReference("embargoed", (), None),),
        classes=(),
        in_force=(None, None),
        test_date=TestDate.DELIVERY,
        undated_from=date(2024, 1, 1),
        clears_from=Grade.CERTIFICATE,
        condemns_from=Grade.DECLARED,
        effect=effect,
        burden="seller",
        scope=(),
        exceptions=(),
        remedy=Remedy(
            "replacement",
            "replacement of each unit",
            days,
            (Obligor("Bitmain (made-up obligor)", "bitmain", None),),
            "obligor to be determined",
        ),
    )


ORIGIN = rule()
REVIEW = rule("watch", title="Makers to watch", effect=Effect.REVIEW)


def policy(*rules, official=False, policy_id="sale-clause"):
    return Policy(
        id=policy_id,
        kind="clause",
        title="A made-up sale clause",
        citation="Clause 4.2 of a made-up agreement",
        note="",
        rules=rules,
        readings=(),
        clause=Clause(
            agreement="Made-up purchase agreement",
            agreement_date=date(2024, 5, 8),
            wording="All equipment comes from countries other than China | or those under embargo.\nOr it is replaced.",
            wording_is_official=official,
            parties=(
                Party("buyer", "Buyer Made-up Inc.", None),
                Party("seller", "Seller Made-up LLC", None),
                Party("obligor", "Bitmain (made-up obligor)", "bitmain"),
            ),
            sites=(SiteParticular("North Range", ("Cheyenne 1",), "at least 45 MW"),),
            reading="Origin is the country where the finished unit was made.",
        ),
        lists=(
            ListInfo("embargoed", "Made-up embargo list", date(2024, 1, 1), date(2025, 1, 1), False, DIGEST),
        ),
        sha256=DIGEST,
        file="sale-clause.yaml",
    )


def identity(
    maker="bitmain", maker_name="Bitmain", model="antminer-s21", model_name="Antminer S21", **changes
):
    made = Identity(
        kind=Kind.MACHINE,
        maker=maker,
        maker_name=maker_name,
        maker_tier=Tier.EXACT if maker else Tier.NONE,
        model=model,
        model_name=model_name,
        model_tier=Tier.GRAMMAR if model else Tier.NONE,
        category="asic-miner",
        alternatives=(),
        makers=(maker,) if maker else (),
        decided_by="the model grammar of its maker",
        disagreements=(),
    )
    return replace(made, **changes)


ANTMINER = identity()
UNKNOWN = identity(None, None, None, None, kind=Kind.UNKNOWN, decided_by="no maker is named")
MICROBT = identity("microbt", "MicroBT", "whatsminer-m60s", "WhatsMiner M60S")


def piece(grade, atoms, **changes):
    return Piece(Facet.MANUFACTURE, grade, atoms, **changes)


@dataclass(frozen=True)
class Unit:
    """One row of the made-up inventory."""

    maker: str | None
    model: str | None
    serial: str | None
    quantity: int
    declared: str | None
    site: str | None
    batch: str | None
    note: str
    evidence: str
    counted: int | None = None

    @property
    def units(self):
        return self.quantity if self.counted is None else self.counted


def unit(serial, *, maker="Bitmain", model="S21", quantity=1, declared=None, site="North Range", **more):
    given = {"batch": None, "note": "", "evidence": ""} | more
    return Unit(maker, model, serial, quantity, declared, site, **given)


@dataclass(frozen=True)
class Made:
    """A case to be: its judgement and its machines."""

    verdict: Verdict
    reason: Reason
    units: tuple[Unit, ...]
    pieces: tuple[Piece, ...] = ()
    contesting: tuple[Piece, ...] = ()
    identity: Identity = ANTMINER
    rule: Rule = ORIGIN
    would_clear: str = "a certificate of origin or stronger, naming the serial numbers"
    questions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    waived: Waived | None = None


def cases():
    """Return the cases of the made-up fleet."""
    hostile = "=cmd|' /C calc'!A0"
    plate, said_my = piece(Grade.NAMEPLATE, CN), piece(Grade.DECLARED, MY)
    paper = piece(Grade.CERTIFICATE, MY)
    return (
        Made(
            Verdict.NON_CONFORMING,
            Reason.CONDEMNED,
            (
                unit(
                    "SN-0001",
                    declared="CN",
                    evidence="inventory's own statement: China (fleet.xlsx:Fleet!E2)",
                ),
                unit("SN-0002", declared="CN", site="Campstool", note="-5", quantity=2),
                unit("=1+1", maker="比特大陆", model="蚂蚁S21 | 234T", declared="中国", note="line\nbreak"),
            ),
            (piece(Grade.DECLARED, CN),),
        ),
        Made(
            Verdict.NON_CONFORMING,
            Reason.CONDEMNED,
            (
                unit(
                    "WM-1",
                    maker="MicroBT",
                    model="M60S",
                    declared="MY",
                    evidence="nameplate: China (photo-7, p. 2)",
                ),
            ),
            (plate,),
            (said_my,),
            MICROBT,
            unverified=("Entry 12 of the made-up list",),
        ),
        Made(
            Verdict.NON_CONFORMING,
            Reason.FINAL_FINDING,
            (unit("SN-0003", evidence="government determination: China (NOA-1)"),),
            (piece(Grade.FINDING, CN, status=FindingStatus.FINAL),),
        ),
        Made(
            Verdict.NON_CONFORMING,
            Reason.CONDEMNED,
            (unit("SN-0004", declared="CN", evidence="nameplate: China; invoice: Iran (INV-9)"),),
            (plate, piece(Grade.INVOICE, IR)),
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.DISPUTED,
            (
                unit(
                    "SN-0005",
                    declared="IR",
                    batch="B1",
                    evidence="certificate of origin: Malaysia (COO-1, p. 3)",
                ),
            ),
            (paper,),
            (piece(Grade.DECLARED, IR),),
            would_clear="the end of the dispute",
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.REVIEW,
            (unit("SN-0006"),),
            rule=REVIEW,
            would_clear="a decision by counsel",
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.READING,
            (unit("SN-0007", declared="Hong Kong"),),
            (piece(Grade.CERTIFICATE, HK),),
            questions=("Hong Kong is left open by the clause",),
            would_clear="an agreed reading of the clause",
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.PRESUMED,
            (unit("SN-0008", batch="B1", declared="CN"),),
            (piece(Grade.SERIAL_CODE, CN, standing=Standing.SHOWN_ONLY),),
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.UNIDENTIFIED,
            (
                unit("X`1", maker=None, model="<script>alert(1)</script>", quantity=3),
                unit(None, maker=None, model=hostile, note="@SUM(A1)"),
            ),
            identity=UNKNOWN,
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.AMBIGUOUS,
            (unit("\x1b[31mX2", maker="", model="[red]A1[/red]", site=None),),
            identity=replace(UNKNOWN, makers=("aisen", "aladdin"), alternatives=("aisen", "aladdin")),
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.OPEN,
            (
                *tuple(unit(f"OP-{number:03d}", batch="B1" if number < 6 else "B2") for number in range(10)),
                unit("OP-000", counted=0, note="again"),
                unit("OP-REP", batch="B1", quantity=40),
            ),
            flags=("serial-repeated",),
        ),
        Made(
            Verdict.UNDETERMINED,
            Reason.UNPROVEN,
            (
                unit("UP-1", declared="MY", site="Campstool"),
                unit("UP-2", declared="Malaysia", site="Campstool"),
            ),
            (said_my,),
        ),
        Made(
            Verdict.WAIVED,
            Reason.WAIVER,
            (unit("WA-1", declared="CN"),),
            (piece(Grade.DECLARED, CN),),
            waived=Waived(WAIVER, Verdict.NON_CONFORMING, Reason.CONDEMNED),
        ),
        Made(
            Verdict.CONFORMING,
            Reason.CLEARED,
            tuple(
                unit(f"OK-{number}", declared="MY", evidence="certificate of origin: Malaysia (COO-1, p. 3)")
                for number in range(5)
            ),
            (paper,),
        ),
        Made(
            Verdict.OUT_OF_SCOPE, Reason.SCOPE, (unit("OUT-1", model="R740", maker="Dell"),), identity=UNKNOWN
        ),
    )


WAIVER = Waiver(
    id="order-3",
    kind=WaiverKind.CONTRACT,
    instrument=Instrument("=Order 3", "2.1", "A. Made-up Person"),
    given=date(2024, 2, 23),
    expires=date(2024, 7, 15),
    rule="sale-clause/*",
    scope=Scope(("WA-1", "WA-2"), None, None, None, None, "serials WA-1, WA-2"),
    reason=WaiverReason.REQUIREMENT_WAIVED,
    comment="The requirement | was waived for this order.",
    owner="Made-up Owner",
    approver="Made-up Approver",
    evidence=("order 3, page 4",),
    file="waivers.yaml",
    line=3,
)
"""In force, about to expire, and naming a serial that stands nowhere."""


def waiver_use(waiver=WAIVER, status=WaiverStatus.APPLIED, **changes):
    one, none = Count(1, 1), Count(0, 0)
    use = WaiverUse(
        waiver=waiver,
        status=status,
        expires_soon=True,
        reaches=one,
        waives=one,
        was={Verdict.NON_CONFORMING: one, Verdict.UNDETERMINED: none},
        in_doubt=none,
        not_found=("WA-2",),
        note="It expires on 2024-07-15, in 15 days. Of the 2 serials that it names 1 match no machine: WA-2.",
    )
    return replace(use, **changes)


REJECTED = (
    Rejected("fleet.xlsx", "Fleet", 40, Rejection.BLANK, ""),
    Rejected("fleet.xlsx", "Fleet", 41, Rejection.TOTAL, "Total | 76"),
    Rejected("fleet.xlsx", "Fleet", 42, Rejection.QUANTITY, "Bitmain S21 | =0-1"),
)

PLANTS = (
    Plant(
        "bitmain-my", "MY", "assembly", date(2022, 1, 1), None, (), Confidence.MEDIUM, False, "a source", ""
    ),
    Plant(
        "bitmain-cn",
        "CN",
        "assembly",
        None,
        None,
        (),
        Confidence.UNVERIFIED,
        False,
        "recall",
        "NOT-FOR-NOTICES",
    ),
)


def _case(made):
    facts = CaseFacts(
        identity=made.identity,
        pieces=tuple(sorted({*made.pieces, *made.contesting}, key=Piece.key)),
        dates=((Field.DELIVERY_DATE, Span.of(date(2024, 6, 1))),),
        scope=(),
        flags=made.flags,
    )
    conclusion = conclude(Facet.MANUFACTURE, facts.pieces)
    carrying = conclude(Facet.MANUFACTURE, made.pieces)
    finding = Finding(
        rule=made.rule,
        verdict=made.verdict,
        reason=made.reason,
        explanation=f"Judged as {made.reason.value} in this made-up audit; plants: NOT-FOR-NOTICES.",
        grade=carrying.grade,
        atoms=carrying.atoms if made.pieces else ALL,
        decisive=made.pieces,
        contesting=made.contesting,
        open_questions=made.questions,
        would_clear=made.would_clear if made.verdict is Verdict.UNDETERMINED else "",
        rests_on_unverified=made.unverified,
        waived=made.waived,
    )
    key = repr((made.verdict.value, made.reason.value, [unit.serial for unit in made.units]))
    return Case(
        id=hashlib.sha256(key.encode()).hexdigest()[:16],
        facts=facts,
        conclusions=(conclusion,),
        findings=(finding,),
        verdict=made.verdict,
        reason=made.reason,
        lines=len(made.units),
        units=sum(unit.units for unit in made.units),
        makers=_by_units(made.units, lambda unit: unit.maker or ""),
        models=_by_units(made.units, lambda unit: unit.model or ""),
        sites=_by_units(made.units, lambda unit: unit.site or ""),
        plants=PLANTS if made.identity.maker == "bitmain" else (),
        embargo=embargo_of(facts, (finding,), frozenset()),
    )


def _by_units(units, key):
    totals = {}
    for one in units:
        totals[key(one)] = totals.get(key(one), 0) + one.units
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


MACHINE_SCHEMA = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.UInt32,
    "line": pl.UInt32,
    "cell": pl.String,
    "serial": pl.String,
    "maker": pl.String,
    "model": pl.String,
    "mac": pl.String,
    "site": pl.String,
    "location": pl.String,
    "batch": pl.String,
    "order": pl.String,
    "asset_tag": pl.String,
    "hashrate": pl.String,
    "declared_origin": pl.String,
    "quantity": pl.Int64,
    "counted": pl.Int64,
    "case": pl.String,
    "verdict": pl.String,
    "reason": pl.String,
    "rule": pl.String,
    "origin": pl.String,
    "evidence": pl.String,
    "flags": pl.String,
    "waiver": pl.String,
    "change": pl.String,
}


def _machine(one, case, row, file, sheet):
    return {
        "file": file,
        "sheet": sheet,
        "row": row,
        "line": None,
        "cell": f"C{row}",
        "serial": one.serial,
        "maker": one.maker or None,
        "model": one.model,
        "mac": None,
        "site": one.site,
        "location": None,
        "batch": one.batch,
        "order": None,
        "asset_tag": None,
        "hashrate": None,
        "declared_origin": one.declared,
        "quantity": one.quantity,
        "counted": one.units,
        "case": case.id,
        "verdict": case.verdict.value,
        "reason": case.reason.value,
        "rule": case.findings[0].rule.id,
        "origin": origin_words(case.worst.atoms) if case.worst.atoms else None,
        "evidence": one.evidence or None,
        "flags": "; ".join(case.facts.flags) or None,
        "waiver": waiver_words(case.worst.waived.waiver) if case.worst.waived else None,
        "change": None,
    }


def _raw(one):
    return (one.maker, one.model, one.serial, str(one.quantity), one.declared, one.site, one.batch, one.note)


def make_audit(made=None, *, several=False, rejected=REJECTED, synthetic=False, default=False, policies=None):
    """Build an audit from cases; `several` splits the rows over two tables."""
    made = cases() if made is None else made
    judged = [(_case(one), one) for one in made]
    machines, rows = [], []
    row = 2
    for case, one in judged:
        for item in one.units:
            second = several and row % 2
            machines.append(
                _machine(
                    item, case, row, "second.csv" if second else "fleet.xlsx", None if second else "Fleet"
                )
            )
            raw = dict(zip((f"c{index}" for index in range(len(HEADERS))), _raw(item), strict=True))
            rows.append(machines[-1] | raw | {"rejection": None})
            row += 1
    for gone in rejected:
        empty = dict.fromkeys(MACHINE_SCHEMA) | {"file": gone.file, "sheet": gone.sheet, "row": gone.row}
        raw = dict.fromkeys(f"c{index}" for index in range(len(HEADERS))) | {"c1": gone.text or None}
        rows.append(empty | raw | {"rejection": gone.rejection.value})
    row_schema = (
        MACHINE_SCHEMA | {f"c{index}": pl.String for index in range(len(HEADERS))} | {"rejection": pl.String}
    )
    table = _coded(pl.DataFrame(machines, schema=MACHINE_SCHEMA))
    sheet = _coded(pl.DataFrame(rows, schema=row_schema))
    found = sorted(
        (case for case, _ in judged), key=lambda case: (-case.verdict.severity, -case.units, case.id)
    )
    return Audit(
        tool="provenance 0.1.0",
        as_of=AS_OF,
        policies=policies or (policy(ORIGIN, REVIEW),),
        policy_is_default=default,
        inputs=_inputs(several=several, synthetic=synthetic, last=row),
        registers=(("register.xlsx", DIGEST),),
        catalog=CatalogInfo(DIGEST, date(2024, 6, 1), 2, 3),
        cases=tuple(found),
        summary=_summary(found, rejected),
        readings=_readings(found),
        documents=_documents(),
        paper_findings=_paper_findings(),
        schedule=Schedule("schedule.xlsx", DIGEST, (), ()),
        deliveries=_deliveries(),
        disclosure=_disclosure(),
        rejected=tuple(rejected),
        warnings=("The list embargoed was due for review on 2024-06-01.",),
        synthetic=synthetic,
        waivers=(waiver_use(),) if any(one.waived for one in made) else (),
        waiver_files=(("waivers.yaml", DIGEST),) if any(one.waived for one in made) else (),
        scan_machines=table.lazy,
        scan_rows=lambda _: sheet.lazy(),
    )


def _coded(frame):
    """Return the frame with the columns of few values as codes, as a run gives them."""
    coded = ("case", "verdict", "reason", "rule", "origin", "flags", "waiver")
    kinds = {name: pl.Enum(frame[name].drop_nulls().unique().sort()) for name in coded}
    return frame.with_columns(pl.col(name).cast(kind) for name, kind in kinds.items())


def _inputs(*, several, synthetic, last):
    columns = tuple(Column(index, header, None, 1.0, "its header") for index, header in enumerate(HEADERS))

    def table(file, sheet):
        return Table(file, sheet, False, Role.INVENTORY, 1, 2, last, columns, (), frozenset(), pl.LazyFrame)

    files = (
        InputFile("fleet.xlsx", "xlsx", 1234, DIGEST, (table("fleet.xlsx", "Fleet"),), synthetic=synthetic),
    )
    if several:
        files += (InputFile("second.csv", "csv", 99, DIGEST, (table("second.csv", None),)),)
    return files


def _summary(found, rejected):
    by_verdict = {verdict: Count(0, 0) for verdict in Verdict}
    by_reason = {}
    for case in found:
        old = by_verdict[case.verdict]
        by_verdict[case.verdict] = Count(old.lines + case.lines, old.units + case.units)
        if case.verdict is Verdict.UNDETERMINED:
            old = by_reason.get(case.reason, Count(0, 0))
            by_reason[case.reason] = Count(old.lines + case.lines, old.units + case.units)
    lines = sum(case.lines for case in found)
    return Summary(
        rows_read=lines + len(rejected),
        lines=lines,
        units=sum(case.units for case in found),
        by_verdict=by_verdict,
        by_reason=by_reason,
        rejected=len(rejected),
        also_listed=1,
        complete=True,
    )


def _readings(found):
    counts = _summary(found, ()).by_verdict
    cleared = [case for case in found if case.verdict is Verdict.CONFORMING][:1]
    return (
        ReadingOutcome("sale-clause", "adopted", "The reading adopted", "", True, counts, 0),
        ReadingOutcome(
            "sale-clause",
            "hk-in",
            "Hong Kong counts as China",
            "A made-up note",
            False,
            counts,
            1,
            hashrates={Verdict.CONFORMING: (Hashrate("SHA-256", "h", 936 * 10**12, 4, 234 * 10**12, 1),)},
            sites={"Campstool": counts},
            changes=tuple(
                Change(case.id, Verdict.CONFORMING, Verdict.UNDETERMINED, 1, 1) for case in cleared
            ),
            uncleared_units=len(cleared),
        ),
    )


def _documents():
    line = RegisterLine(
        register="register.xlsx",
        row=2,
        document="COO-1",
        kind=Grade.CERTIFICATE,
        issuer="Made-up Chamber | Malaysia",
        issuer_role=StatedBy.CHAMBER,
        day=date(2024, 5, 20),
        country="Malaysia",
        atoms=MY,
        serials=("OK-0", "OK-1", "OK-2", "OK-3", "OK-4", "SN-0005"),
        page="3",
        sha256=DIGEST,
    )
    idle = replace(line, row=3, document="COO-2", serials=(), batch="B9", quantity=500, page="")
    unread = Question(Flag.ISSUER_UNKNOWN, "the register does not say what its issuer is: who issued it?")
    return (
        DocumentUse(line, 6, "", seen="seen: papers/COO-1 | scan.pdf"),
        DocumentUse(idle, 0, "It names no machine here.", (unread,), "not seen by this program"),
    )


def _deliveries():
    none = dict.fromkeys(Verdict, 0)
    some = {**none, Verdict.NON_CONFORMING: 3, Verdict.CONFORMING: 2}
    return (
        Delivery("B1", "", "S21-200.0T", "schedule.xlsx:Exhibit 2!B4", 9, 5, 1, 2, some, lot_contracted=True),
        Delivery(
            "B1", "", "=M60S | [red]", "", 0, 4, 0, 0, {**none, Verdict.UNDETERMINED: 4}, lot_contracted=True
        ),
        Delivery("", "", "R740", "", 0, 1, 0, 0, {**none, Verdict.OUT_OF_SCOPE: 1}, lot_contracted=False),
    )


def _disclosure():
    found = DisclosedUnit("SN-0001", "fleet.xlsx", "Fleet", 2, 1, Verdict.NON_CONFORMING)
    return Disclosure(
        DisclosureFile("disclosure | seller.xlsx", DIGEST, ("=GONE-1", "SN-0001"), 1),
        disclosed=(found,),
        undisclosed=(replace(found, serial="=1+1", row=4),),
        lacking=("=GONE-1",),
    )


def _paper_findings():
    place = "register.xlsx row 3"
    return (
        PaperFinding(Flag.ISSUER_UNKNOWN, ("COO-2",), (place,), "who issued it: the maker | a chamber?", 0),
        PaperFinding(
            Flag.NOT_IN_INVENTORY, ("=COO-1",), ("register.xlsx row 2",), "whose are they?", 0, ("=1+1",)
        ),
        PaperFinding(Flag.NOT_READ, ("papers/[red]odd[/red].pdf",), (), "what is it?", 0),
    )


@pytest.fixture
def audit():
    """The whole made-up fleet, one table."""
    return make_audit()


@pytest.fixture
def audit_of():
    """The factory itself, for fleets of a test's own."""
    return make_audit


@pytest.fixture
def golden():
    """Compare a text with its golden file; PROVENANCE_GOLDEN=write rewrites the files."""
    import os

    def compare(name, text):
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("PROVENANCE_GOLDEN") == "write":
            path.write_text(text, encoding="utf-8", newline="")
        assert path.read_bytes().decode() == text

    return compare


@pytest.fixture
def made_cases():
    """The cases of the made-up fleet, to choose from."""
    return cases()

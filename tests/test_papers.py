"""Papers through the whole line: what stops one from clearing, and the promises about papers, on files written and read."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import jsonschema_rs
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import provenance
from provenance.origin.register import Flag
from provenance.origin.register_columns import NAMES
from provenance.origin.schedule import read_schedule
from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.report.document import build_document
from provenance.report.outputs import write_reports

AS_OF = date(2026, 11, 20)
CLAUSE = "cleanspark-mineone"


def machine(number: int, **cells: str) -> dict[str, str]:
    # The serial number says 2024-05-01 as the day of manufacture.
    row = {
        "Manufacturer": "Bitmain", "Model": "Antminer S21 200T", "Serial Number": serial(number),
        "Country of Origin": "", "Delivery Date": "2024-08-01", "Batch": "B1", "Order": "", "Entry Number": "",
        "Importer": "", "Quantity": "1",
    }  # fmt: skip
    return row | cells


def serial(number: int) -> str:
    return f"ZZAAHTUBDJEJA{number:04d}"


def paper(document: str = "C1", country: str = "MY", **cells: str) -> dict[str, str]:
    said = {"document": document, "kind": "certificate", "issuer_role": "chamber", "country": country}
    return dict.fromkeys(NAMES, "") | said | cells


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def audited(
    folder: Path, machines: list[dict[str, str]], papers: list[dict[str, str]], **more: object
) -> Audit:
    inventory = write_csv(folder / "fleet.csv", machines)
    evidence = [write_csv(folder / "evidence.csv", papers)] if papers else []
    return provenance.audit([inventory], policies=[CLAUSE], evidence=evidence, as_of=AS_OF, **more)  # type: ignore[arg-type]


def verdicts(audit: Audit) -> list[tuple[str, str]]:
    frame = audit.machines.select(pl.col("verdict", "reason").cast(pl.String)).collect()
    return frame.rows()


CLEARED, UNPROVEN, CONDEMNED = (
    ("conforming", "cleared"),
    ("undetermined", "unproven"),
    ("non-conforming", "condemned"),
)


def test_a_certificate_without_a_fault_clears(tmp_path):
    audit = audited(
        tmp_path, [machine(1)], [paper(serials=serial(1), date="2024-06-01", model="S21", quantity="1")]
    )
    assert (verdicts(audit), audit.paper_findings) == ([CLEARED], ())


STOPS = {
    Flag.OTHER_MAKER: {"maker": "MicroBT"},
    Flag.OTHER_MODEL: {"model": "Antminer S19 XP"},
    Flag.BEFORE_MANUFACTURE: {"date": "2024-04-30"},
    Flag.AFTER_AS_OF: {"date": "2026-11-21"},
    Flag.RANGE: {"serials": "", "serial_from": serial(1), "serial_to": f"ZZAAHTUBDJEJ{2:05d}"},
    Flag.COUNT: {"quantity": "2"},
    Flag.REPEATED: {"serials": f"{serial(1)};{serial(1)}"},
    Flag.MORE_UNITS: {"serials": "", "batch": "B1", "quantity": "2"},
    Flag.SELF_ISSUED: {"issuer_role": "seller"},
    Flag.ISSUER_UNKNOWN: {"issuer_role": ""},
    Flag.SAME_SOURCE: {"based_on": "INV-1"},
}


@pytest.mark.parametrize(
    ("flag", "cells"), STOPS.items(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_asked_of_a_document_stops_it_from_clearing_and_not_from_condemning(tmp_path, flag, cells):
    source = paper("INV-1", "Malaysia", kind="invoice", issuer_role="seller", serials=serial(9))
    kept = audited(tmp_path, [machine(1)], [paper(**{"serials": serial(1), **cells}), source])
    asked = [finding for finding in kept.paper_findings if finding.flag is flag]
    assert (verdicts(kept), [one.documents for one in asked]) == ([UNPROVEN], [("C1",)])
    assert asked[0].question.endswith("?")
    assert f"in doubt: {flag.value}" in kept.machines.collect()["evidence"][0]
    china = paper(country="China", **{"serials": serial(1), **cells})
    assert verdicts(audited(tmp_path, [machine(1)], [china, source])) == [CONDEMNED]


def test_a_name_that_the_clause_gives_the_seller_is_asked_about(tmp_path):
    audit = audited(tmp_path, [machine(1)], [paper(serials=serial(1))])
    sellers = [
        party.name
        for policy in audit.policies
        if policy.clause
        for party in policy.clause.parties
        if party.role == "seller"
    ]
    told = audited(tmp_path, [machine(1)], [paper(serials=serial(1), issuer=sellers[0])])
    assert (verdicts(told), [one.flag for one in told.paper_findings]) == ([UNPROVEN], [Flag.SELF_ISSUED])


@pytest.mark.parametrize(
    ("status", "verdict"),
    [("alleged", ("undetermined", "disputed")), ("contested", ("undetermined", "disputed")), ("final", ("non-conforming", "final-finding"))],
)  # fmt: skip
def test_only_a_final_government_statement_on_an_entry_condemns_the_entry_and_no_other_unit(
    tmp_path, status, verdict
):
    fleet = [machine(1, **{"Entry Number": "ZZ9-1"}), machine(2, **{"Entry Number": "ZZ9-2"})]
    finding = paper("N1", "CN", kind="finding", issuer_role="government", status=status, entry_number="ZZ9-1")
    both = paper(serials=f"{serial(1)};{serial(2)}")
    assert verdicts(audited(tmp_path, fleet, [finding, both])) == [verdict, CLEARED]


def test_documents_are_looked_for_in_their_folder_and_what_nobody_recorded_is_named(tmp_path):
    room = tmp_path / "papers"
    room.mkdir()
    (room / "coo.pdf").write_text("paper")
    (room / "stray.pdf").write_text("stray")
    (room / "C3.pdf").write_text("another")
    seen = hashlib.sha256(b"paper").hexdigest()
    papers = [
        paper("C1", serials=serial(1), sha256=seen),
        paper("C2", serials=serial(2)),
        paper("C3", serials=serial(3), sha256="b" * 64),
    ]
    audit = audited(tmp_path, [machine(n) for n in (1, 2, 3)], papers, documents=room)
    assert [use.seen.split(":")[0] for use in audit.documents] == [
        "seen",
        "not seen by this program",
        "not seen by this program",
    ]
    assert [(one.flag, one.documents) for one in audit.paper_findings] == [
        (Flag.OTHER_FILE, ("C3",)), (Flag.NOT_SEEN, ("C2",)), (Flag.NOT_SEEN, ("C3",)),
        (Flag.NOT_READ, ("C3.pdf",)), (Flag.NOT_READ, ("stray.pdf",)),
    ]  # fmt: skip
    assert verdicts(audit) == [CLEARED, CLEARED, UNPROVEN]


def test_a_folder_of_documents_that_holds_the_inventory_and_the_register_does_not_call_them_unread(tmp_path):
    audit = audited(tmp_path, [machine(1)], [paper(serials=serial(1))], documents=tmp_path)
    assert [one.flag for one in audit.paper_findings] == [Flag.NOT_SEEN]


# Contracted, delivered, evidenced ----------------------------------------------------------------------------------

SCHEDULE = "Made-up Exhibit 2\nBatch,Model,Shipping Period,Reference Quantity\n"


def schedule(folder: Path, *lines: str) -> Path:
    path = folder / "schedule.csv"
    path.write_text(SCHEDULE + "".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_a_schedule_is_set_beside_what_the_inventory_holds_and_documents_cover(tmp_path):
    fleet = [
        machine(1), machine(2), machine(3, Model="Antminer S19 XP 140T"), machine(4, Batch="B2"),
        machine(5, Batch="B9"), machine(6, Batch="B2"), machine(7, Batch="B2", Model="Antminer"),
    ]  # fmt: skip
    papers = [paper(serials=f"{serial(1)};{serial(5)}")]
    contract = schedule(
        tmp_path,
        "B1,S21-200.0T,May 2024,3",
        "B2,Antminer S21,May 2024,1",
        "B3,S21,May 2024,5",
        "In Total,,,8",
    )
    audit = audited(tmp_path, fleet, papers, schedule=contract)
    told = [
        (
            one.batch,
            one.contracted,
            one.delivered,
            one.unsure,
            one.covered,
            one.short,
            one.over,
            one.wrong_model,
        )
        for one in audit.deliveries
    ]
    assert told == [
        ("B1", 3, 2, 0, 1, 1, 0, 0),
        ("B2", 1, 2, 1, 0, 0, 1, 0),
        ("B3", 5, 0, 0, 0, 5, 0, 0),
        ("B1", 0, 1, 0, 0, 0, 0, 1),
        ("B9", 0, 1, 0, 1, 0, 0, 0),
    ]
    assert audit.deliveries[0].by_verdict[Verdict.CONFORMING] == 1
    remarks = [entry.remark for entry in build_document(audit).deliveries]
    assert remarks == [
        "short 1", "over 1, 1 unit more may be of this model", "short 5",
        "wrong model: not contracted in this lot", "not contracted",
    ]  # fmt: skip
    assert "schedule.csv: its total says 8 units and its lines add up to 9." in audit.warnings


@pytest.mark.parametrize(
    ("totals", "remarks"),
    [
        ("Total,,12\n", ["s.csv: its total says 12 units and its lines add up to 9."]),
        ("In Total,,12\n", ["s.csv: its total says 12 units and its lines add up to 9."]),
        ("In Total,,9\n", []),
        ("Subtotal,,9\nGrand total,,9\n", []),
        ("Subtotal,,4\nSubtotal,,5\n", []),
        ("Note: 7 of these were paid for,,\n", []),
    ],
)
def test_the_total_of_a_schedule_is_checked_however_it_is_called(tmp_path, totals, remarks):
    path = tmp_path / "s.csv"
    path.write_text(f"Batch,Model,Quantity\nB1,Antminer S21,4\nB2,Antminer S21,5\n{totals}", "utf-8")
    found = read_schedule(path)
    assert ([line.quantity for line in found.lines], list(found.remarks)) == ([4, 5], remarks)


def test_a_schedule_by_order_and_a_unit_in_two_files_is_delivered_once(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    for name in ("a", "b"):
        write_csv(room / f"{name}.csv", [machine(1, Order="PO-1", Batch="")])
    path = tmp_path / "contract.csv"
    path.write_text("Order,Model,Quantity\npo-1,S21,1\n", "utf-8")
    audit = provenance.audit([room], policies=[CLAUSE], schedule=path, as_of=AS_OF)
    assert [(one.delivered, one.short, one.over) for one in audit.deliveries] == [(1, 0, 0)]


def test_every_fault_of_a_schedule_is_named_with_its_cell(tmp_path):
    from provenance.errors import OriginError

    contract = schedule(tmp_path, "B1,S21,May,many", ",S21,May,3", "B2,,May,3")
    with pytest.raises(OriginError) as caught:
        audited(tmp_path, [machine(1)], [], schedule=contract)
    assert [str(fault).split(";")[0] for fault in caught.value.faults] == [
        "schedule.csv:D3: quantity: is no whole number above zero",
        "schedule.csv:A4: batch: neither a batch nor an order is given",
        "schedule.csv:B5: model: is empty",
    ]
    contract.write_text("Remark\nnothing\n", "utf-8")
    with pytest.raises(OriginError, match="has no table with a batch or an order, a model and a quantity"):
        audited(tmp_path, [machine(1)], [], schedule=contract)


def test_a_disclosure_tells_disclosed_undisclosed_and_lacking_units_and_changes_no_verdict(tmp_path):
    fleet = [machine(n, **{"Country of Origin": "China" if n < 3 else "Malaysia"}) for n in range(5)]
    path = tmp_path / "disclosed.csv"
    path.write_text(f"Serial Number,Model\n{serial(0)},S21\n{serial(4)},S21\nZZGONE0001,S21\n,S21\n", "utf-8")
    before, after = audited(tmp_path, fleet, []), audited(tmp_path, fleet, [], disclosed=path)
    disclosure = after.disclosure
    assert disclosure is not None
    assert verdicts(before) == verdicts(after)
    assert [unit.serial for unit in disclosure.disclosed] == [serial(0), serial(4)]
    assert [unit.serial for unit in disclosure.undisclosed] == [serial(1), serial(2)]
    assert (disclosure.lacking, disclosure.file.unnamed) == (("ZZGONE0001",), 1)
    assert (
        disclosure.disclosed_non_conforming,
        disclosure.disclosed_otherwise,
        disclosure.undisclosed_units,
    ) == (1, 1, 2)


def test_a_disclosure_without_serial_numbers_is_refused(tmp_path):
    path = tmp_path / "disclosed.csv"
    path.write_text("Batch,Model,Quantity\nB1,S21,3\n", "utf-8")
    with pytest.raises(
        provenance.errors.OriginError, match="has no column that was taken for serial numbers"
    ):
        audited(tmp_path, [machine(1)], [], disclosed=path)


def test_every_section_on_papers_stands_in_the_json_report_as_its_schema_says(tmp_path):
    from provenance.report.schema import report_schema

    disclosed = tmp_path / "disclosed.csv"
    disclosed.write_text(f"Serial Number\n{serial(1)}\n", "utf-8")
    contract = schedule(tmp_path, "B1,S21,May,3")
    papers = [paper(serials=serial(1), issuer_role="")]
    audit = audited(
        tmp_path, [machine(1)], papers, documents=tmp_path, schedule=contract, disclosed=disclosed
    )
    out = tmp_path / "report.json"
    write_reports(audit, None, [("json", out)])
    report = json.loads(out.read_text("utf-8"))
    jsonschema_rs.validate(report_schema(), report)
    assert report["deliveries"][0]["short"] == 2
    assert report["disclosure"]["disclosed_otherwise"] == 1
    assert [one["flag"] for one in report["document_findings"]] == ["issuer-not-known", "not-seen"]
    assert report["documents"][0]["questions"][0]["stops_clearing"] is True


# The promises, end to end ------------------------------------------------------------------------------------------

origins = st.sampled_from(["", "Malaysia", "CN", "n/a", "Hong Kong", "Vietnam", "CN/VN"])
countries = st.sampled_from(["China", "Malaysia", "Iran", "Hong Kong", "Thailand", "CN/MY", "United States"])
goods = st.sampled_from(
    [
        {"serials": serial(0)},
        {"serials": f"{serial(0)};{serial(1)}"},
        {"serials": f"{serial(1)};{serial(99)}"},
        {"serial_from": serial(0), "serial_to": serial(2), "quantity": "3"},
        {"serial_from": serial(2), "serial_to": serial(0), "quantity": "3"},
        {"batch": "B1", "quantity": "3"},
        {"batch": "B1", "quantity": "9"},
        {"batch": "B1"},
        {"entry_number": "E1", "quantity": "2"},
        {"importer": "Importer LLC", "quantity": "1"},
    ]
)
papers = st.builds(
    lambda named, kind, role, country, more: paper("", country, kind=kind, issuer_role=role, **named, **more),
    goods,
    st.sampled_from(
        ["certificate", "nameplate", "customs-entry", "invoice", "declared", "production-record"]
    ),
    st.sampled_from(["chamber", "chamber", "maker", "seller", ""]),
    countries,
    st.sampled_from(
        [
            {},
            {},
            {"date": "2024-06-01"},
            {"date": "2024-01-01"},
            {"model": "S21"},
            {"model": "T21"},
            {"sha256": "a" * 64},
            {"based_on": "D0"},
        ]
    ),
)
fleets = st.lists(origins, min_size=3, max_size=5).map(
    lambda said: [
        machine(
            n,
            **{
                "Country of Origin": origin,
                "Entry Number": "E1" if n < 2 else "",
                "Importer": "Importer LLC" if n else "",
            },
        )
        for n, origin in enumerate(said)
    ]
)
statements = st.lists(papers, max_size=6).map(
    lambda made: [{**one, "document": f"D{at}"} for at, one in enumerate(made)]
)
slowly = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def judged(folder: Path, fleet: list[dict[str, str]], said: list[dict[str, str]]) -> list[tuple[str, ...]]:
    frame = audited(folder, fleet, said).machines
    return frame.select(pl.col("verdict", "reason", "case", "evidence").cast(pl.String)).collect().rows()


@slowly
@given(fleets, statements, papers)
def test_a_document_wholly_in_what_is_prohibited_never_improves_a_verdict(tmp_path, fleet, said, worse):
    """Whatever it names, whoever issued it, and whichever other papers it shares its file or its source with."""
    order = [verdict.value for verdict in Verdict]
    before = judged(tmp_path, fleet, said)
    after = judged(tmp_path, fleet, [*said, {**worse, "document": "WORSE", "country": "China"}])
    for old, new in zip(before, after, strict=True):
        assert order.index(new[0]) <= order.index(old[0])


@slowly
@given(fleets, statements.filter(bool), st.integers(0, 5))
def test_a_document_recorded_twice_changes_nothing(tmp_path, fleet, said, which):
    assert judged(tmp_path, fleet, [*said, said[which % len(said)]]) == judged(tmp_path, fleet, said)


@slowly
@given(fleets, statements.flatmap(lambda said: st.tuples(st.just(said), st.permutations(said))))
def test_the_order_of_the_lines_of_a_register_changes_nothing(tmp_path, fleet, orders):
    straight, shuffled = orders
    assert judged(tmp_path, fleet, straight) == judged(tmp_path, fleet, list(shuffled))

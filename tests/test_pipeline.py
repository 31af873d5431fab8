"""The whole line on real input: worked verdicts, reconciliation, and the promises of soundness end to end."""

from __future__ import annotations

import csv
import random
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import provenance
from provenance.errors import InventoryError, PolicyError
from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict

FIXTURES = Path(__file__).parent.parent / "fixtures"
AS_OF = date(2026, 11, 20)
CLAUSE = "cleanspark-mineone"
REGISTER = ("document", "kind", "issuer_role", "status", "country", "serials", "batch", "quantity")


@pytest.fixture(scope="module")
def data_room() -> Audit:
    room = FIXTURES / "mineone"
    return provenance.audit(
        [room / "inventory.xlsx"], policies=[CLAUSE], evidence=[room / "evidence.csv"], as_of=AS_OF
    )


def worked() -> list[dict[str, str]]:
    with (FIXTURES / "mineone" / "worked.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


@pytest.mark.parametrize("row", worked(), ids=lambda row: f"{row['sheet']} {row['row']}: {row['facts']}")
def test_each_worked_machine_of_the_data_room_has_its_verdict(data_room, row):
    found = data_room.machines.filter(sheet=row["sheet"], row=int(row["row"])).collect()
    assert found["serial"].to_list() == [row["serial"]]
    assert (found["verdict"][0], found["reason"][0]) == (row["verdict"], row["reason"])


def test_the_totals_are_those_that_the_fixtures_tell_of(data_room):
    told = {
        cells[0]: (int(cells[1]), int(cells[2]))
        for line in (FIXTURES / "README.md").read_text("utf-8").splitlines()
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])[0] in set(Verdict)
    }
    counts = data_room.summary.by_verdict
    assert told == {
        verdict.value: (count.lines, count.units) for verdict, count in counts.items() if count.lines
    }


def test_every_row_comes_out_as_a_machine_or_as_rejected(data_room):
    summary = data_room.summary
    rows = sum(table.rows for file in data_room.inputs for table in file.tables)
    machines = data_room.machines.select("counted", "verdict").collect()
    assert summary.rows_read == rows
    assert summary.lines + summary.rejected == rows
    assert summary.rejected == len(data_room.rejected)
    assert machines.height == summary.lines
    assert machines["counted"].sum() == summary.units
    assert {key.value: count.lines for key, count in summary.by_verdict.items() if count.lines} == dict(
        Counter(machines["verdict"].to_list())
    )
    assert sum(case.units for case in data_room.cases) == summary.units


def test_a_machine_stands_at_the_site_that_its_sheet_is_named_for(data_room):
    sites = data_room.machines.select("sheet", "site").unique().collect()
    assert set(sites.rows()) == {("North Range", "North Range"), ("Campstool", "Campstool")}


def test_the_data_room_is_stamped_synthetic(data_room):
    assert data_room.synthetic


def test_the_declared_reading_is_that_of_the_summary_and_others_are_counted_beside_it(data_room):
    declared = next(outcome for outcome in data_room.readings if outcome.declared)
    assert declared.by_verdict == data_room.summary.by_verdict
    assert {outcome.reading for outcome in data_room.readings} == {
        "declared", "boards", "hk-mo-in", "invoice", "maker-seat", "ofac-broad",
    }  # fmt: skip
    lenient = next(outcome for outcome in data_room.readings if outcome.reading == "invoice")
    assert lenient.by_verdict[Verdict.CONFORMING].units > declared.by_verdict[Verdict.CONFORMING].units


def test_without_a_policy_the_default_pack_judges_and_says_so():
    audit = provenance.audit([FIXTURES / "procurement.csv"], as_of=AS_OF)
    assert (audit.policy_is_default, [policy.id for policy in audit.policies]) == (True, ["china-ofac"])


def test_two_policies_cumulate_to_the_worst():
    both = provenance.audit([FIXTURES / "procurement.csv"], policies=["china-ofac", CLAUSE], as_of=AS_OF)
    assert {len(case.findings) for case in both.cases} == {2}
    assert both.verdict is Verdict.NON_CONFORMING


def test_two_policies_with_one_id_are_refused(tmp_path):
    from provenance.policy.where import rules_root

    original = rules_root() / "packs" / "china-ofac.yaml"
    copy = tmp_path / "china-ofac.yaml"
    copy.write_bytes(original.read_bytes())
    with pytest.raises(PolicyError, match="carries the id 'china-ofac' of another policy"):
        provenance.audit([FIXTURES / "procurement.csv"], policies=["china-ofac", str(copy)], as_of=AS_OF)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InventoryError, match=r"nothing\.csv: does not exist"):
        provenance.audit([tmp_path / "nothing.csv"], as_of=AS_OF)


@pytest.mark.parametrize(("given", "what"), [([], "no inventory was given"), ("/", "is one text")])
def test_what_is_no_sequence_of_inventories_is_refused(given, what):
    with pytest.raises(InventoryError, match=what):
        provenance.audit(given, as_of=AS_OF)


def test_a_file_without_machines_is_an_audit_of_nothing(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("remark\nnothing here\n", "utf-8")
    audit = provenance.audit([path], as_of=AS_OF)
    assert (audit.summary.lines, audit.verdict) == (0, Verdict.OUT_OF_SCOPE)
    assert audit.machines.collect().height == 0


# Small inventories, written and read back -----------------------------------------------------------


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def machine(number: int, **cells: str) -> dict[str, str]:
    row = {
        "Manufacturer": "Bitmain",
        "Model": "Antminer S21 200T",
        "Serial Number": f"ZZAAHTUBDJAAC{number:04d}",
        "Country of Origin": "",
        "Delivery Date": "2024-08-01",
        "Batch": "B1",
        "Quantity": "1",
    }
    return row | cells


def paper(document: str, kind: str, country: str, **cells: str) -> dict[str, str]:
    said = {"document": document, "kind": kind, "country": country, "issuer_role": "chamber"}
    return dict.fromkeys(REGISTER, "") | said | cells


def judged(folder: Path, machines: list[dict[str, str]], papers: list[dict[str, str]]) -> pl.DataFrame:
    inventory = write_csv(folder / "fleet.csv", machines)
    evidence = [write_csv(folder / "evidence.csv", papers)] if papers else []
    audit = provenance.audit([inventory], policies=[CLAUSE], evidence=evidence, as_of=AS_OF)
    return audit.machines.with_columns(pl.col("verdict", "reason", "case", "flags").cast(pl.String)).collect()


def verdicts(frame: pl.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["verdict"], frame["reason"], strict=True))


def test_a_batch_certificate_clears_when_its_quantity_covers_every_unit_of_the_batch(tmp_path):
    fleet = [machine(1), machine(2), machine(3, Quantity="3", **{"Serial Number": ""})]
    five = judged(tmp_path, fleet, [paper("C1", "certificate", "MY", batch="B1", quantity="5")])
    assert verdicts(five) == [("conforming", "cleared")] * 3
    four = judged(tmp_path, fleet, [paper("C1", "certificate", "MY", batch="B1", quantity="4")])
    assert verdicts(four) == [("undetermined", "unproven")] * 3
    assert four["flags"].to_list() == ["quantity-not-covered"] * 3


def test_the_zero_of_a_spreadsheet_is_no_delivery_before_an_embargo(tmp_path):
    serials = [machine(n)["Serial Number"] for n in (1, 2)]
    fleet = [machine(1, **{"Delivery Date": "1900-01-01"}), machine(2, **{"Delivery Date": ""})]
    frame = judged(tmp_path, fleet, [paper("C1", "certificate", "Iran", serials=";".join(serials))])
    assert frame["case"].n_unique() == 1
    assert verdicts(frame) == [("non-conforming", "condemned")] * 2


def test_a_row_whose_quantity_cannot_be_read_keeps_a_batch_from_being_covered(tmp_path):
    fleet = [machine(1), machine(2), machine(3, Quantity="two dozen", **{"Serial Number": ""})]
    frame = judged(tmp_path, fleet, [paper("C1", "certificate", "MY", batch="B1", quantity="2")])
    assert verdicts(frame) == [("undetermined", "unproven")] * 2
    assert all("allocated to no unit" in evidence for evidence in frame["evidence"])


def test_a_repeated_serial_is_cleared_by_no_document_but_may_be_condemned(tmp_path):
    fleet = [machine(1), machine(1), machine(2)]
    serials = f"{fleet[0]['Serial Number']};{fleet[2]['Serial Number']}"
    cleared = judged(tmp_path, fleet, [paper("C1", "certificate", "MY", serials=serials)])
    assert verdicts(cleared) == [("undetermined", "unproven")] * 2 + [("conforming", "cleared")]
    condemned = judged(tmp_path, fleet, [paper("P1", "nameplate", "CN", serials=serials)])
    assert verdicts(condemned) == [("non-conforming", "condemned")] * 3


def test_one_unit_in_two_inventories_is_counted_once_with_the_statements_of_both(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    write_csv(room / "a.csv", [machine(1, **{"Country of Origin": "Malaysia"}), machine(2)])
    write_csv(room / "b.csv", [machine(1, **{"Country of Origin": "China"})])
    audit = provenance.audit([room], policies=[CLAUSE], as_of=AS_OF)
    found = audit.machines.select("file", "counted", "reason").collect()
    assert found.rows() == [("a.csv", 1, "disputed"), ("a.csv", 1, "open"), ("b.csv", 0, "disputed")]
    assert (audit.summary.units, audit.summary.also_listed) == (2, 1)
    both = (
        "listed at a.csv:D2: inventory's own statement, Malaysia; b.csv:D2: inventory's own statement, China"
    )
    assert audit.machines.collect()["evidence"].to_list() == [both, None, both]


def test_a_fuzzy_match_neither_clears_nor_condemns_by_the_seat_of_its_maker(tmp_path):
    """Under the reading that asks for the maker's seat, Bitmain by name is condemned and by a misspelling is not."""
    outcomes = []
    for maker, model in (("Bitmain", "Antminer S21 200T"), ("", "Antmnier S21 200T")):
        inventory = write_csv(
            tmp_path / "fleet.csv", [machine(1, Manufacturer=maker, Model=model, **{"Serial Number": ""})]
        )
        audit = provenance.audit([inventory], policies=[CLAUSE], as_of=AS_OF)
        assert audit.verdict is Verdict.UNDETERMINED
        (seat,) = [outcome for outcome in audit.readings if outcome.reading == "maker-seat"]
        outcomes.append([verdict for verdict, count in seat.by_verdict.items() if count.units])
    assert outcomes == [[Verdict.NON_CONFORMING], [Verdict.UNDETERMINED]]


def test_the_order_of_rows_and_papers_changes_nothing(tmp_path):
    fleet = [
        machine(n, **{"Country of Origin": origin}) for n, origin in enumerate(["CN", "MY", "", "TH"] * 5)
    ]
    papers = [paper(f"C{n}", "certificate", "MY", serials=fleet[n]["Serial Number"]) for n in range(0, 20, 3)]
    straight = judged(tmp_path, fleet, papers).sort("serial")
    random.Random(5).shuffle(fleet)
    random.Random(6).shuffle(papers)
    shuffled = judged(tmp_path, fleet, papers).sort("serial")
    columns = ["serial", "verdict", "reason", "case"]
    assert shuffled.select(columns).equals(straight.select(columns))


def test_a_unit_counted_at_another_file_still_counts_in_the_lot_that_only_one_file_names(tmp_path):
    """A certificate for one unit of a batch of two, one of which another file lists without its batch."""
    room = tmp_path / "room"
    room.mkdir()
    write_csv(room / "a.csv", [machine(1, Batch="")])
    write_csv(room / "b.csv", [machine(1), machine(2)])
    evidence = write_csv(
        tmp_path / "papers.csv", [paper("C1", "certificate", "MY", batch="B1", quantity="1")]
    )
    audit = provenance.audit([room], policies=[CLAUSE], evidence=[evidence], as_of=AS_OF)
    assert audit.machines.collect()["verdict"].to_list() == ["undetermined"] * 3
    assert (
        audit.documents[0].note == "covers 1 of the 2 units it could mean, not told apart: allocated to none"
    )


def test_the_evidence_of_each_listing_of_a_unit_names_the_document_that_either_is_cleared_by(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    write_csv(room / "a.csv", [machine(1, Batch="")])
    write_csv(room / "b.csv", [machine(1)])
    evidence = write_csv(
        tmp_path / "papers.csv", [paper("C1", "certificate", "MY", batch="B1", quantity="1")]
    )
    audit = provenance.audit([room], policies=[CLAUSE], evidence=[evidence], as_of=AS_OF)
    found = audit.machines.select("verdict", "evidence").collect()
    evidence_of_both = (
        "certificate of origin C1: MY, stated by chamber; "
        "listed at a.csv:row 2: no origin stated; b.csv:row 2: no origin stated"
    )
    assert found.rows() == [("conforming", evidence_of_both)] * 2


def test_a_register_given_twice_counts_once_and_two_of_one_name_are_told_apart(tmp_path):
    inventory = write_csv(tmp_path / "fleet.csv", [machine(1)])
    papers = []
    for folder, country in (("north", "MY"), ("south", "TH")):
        (tmp_path / folder).mkdir()
        line = paper("C1", "certificate", country, serials="ZZAAHTUBDJAAC0001")
        papers.append(write_csv(tmp_path / folder / "evidence.csv", [line]))
    audit = provenance.audit([inventory], policies=[CLAUSE], evidence=[*papers, papers[0]], as_of=AS_OF)
    assert [name for name, _ in audit.registers] == ["north/evidence.csv", "south/evidence.csv"]
    assert [use.line.id for use in audit.documents] == ["north/evidence.csv:C1#2", "south/evidence.csv:C1#2"]
    assert audit.warnings == ()


@pytest.mark.parametrize(
    "cells", [{"Serial Number": "ZZAAHTUBDJAAC0001", "Quantity": "2"}, {"Serial Number": "ZZAAHTUBDJAAC0002"}]
)
def test_a_certificate_for_the_whole_lot_clears_no_serial_that_repeats_or_stands_for_several(tmp_path, cells):
    fleet = [machine(2, **cells), machine(2)] if "Quantity" not in cells else [machine(1, **cells)]
    frame = judged(tmp_path, fleet, [paper("C1", "certificate", "MY", batch="B1", quantity="2")])
    assert set(frame["verdict"]) == {"undetermined"}


def test_one_serial_under_two_makers_is_cleared_by_no_document(tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    write_csv(room / "a.csv", [machine(1, **{"Serial Number": "10000001"})])
    other = {"Manufacturer": "MicroBT", "Model": "Whatsminer M50", "Serial Number": "10000001"}
    write_csv(room / "b.csv", [machine(1, **other)])
    evidence = write_csv(tmp_path / "papers.csv", [paper("C1", "certificate", "MY", serials="10000001")])
    audit = provenance.audit([room], policies=[CLAUSE], evidence=[evidence], as_of=AS_OF)
    found = audit.machines.with_columns(pl.col("flags").cast(pl.String)).collect()
    assert found["verdict"].to_list() == ["undetermined"] * 2
    assert found["flags"].to_list() == ["serial-repeated; several-listings"] * 2


def test_the_order_of_files_changes_no_verdict_case_or_total(tmp_path):
    """Names decide nothing: the same listings in the other order give the same cases and totals."""
    listings = [
        [machine(1, Batch=""), machine(2, **{"Country of Origin": "MY"}), machine(3, Batch="B2")],
        [machine(1), machine(2, **{"Country of Origin": "CN"}), machine(4), machine(3, Quantity="4")],
        [machine(1, Manufacturer="", Model="S21"), machine(5, Batch="B2")],
    ]
    papers = [
        paper("C1", "certificate", "MY", batch="B1", quantity="3"),
        paper("C2", "certificate", "TH", batch="B2", quantity="2"),
    ]
    evidence = write_csv(tmp_path / "papers.csv", papers)
    paths = [write_csv(tmp_path / f"{name}.csv", rows) for name, rows in zip("abc", listings, strict=True)]
    straight = provenance.audit(paths, policies=[CLAUSE], evidence=[evidence], as_of=AS_OF)
    back = provenance.audit(paths[::-1], policies=[CLAUSE], evidence=[evidence], as_of=AS_OF)
    columns = ["file", "row", "case", "verdict", "reason", "evidence", "flags"]
    frames = [
        audit.machines.select(pl.col(columns).cast(pl.String)).collect().sort("file", "row")
        for audit in (straight, back)
    ]
    assert frames[0].rows() == frames[1].rows()
    assert straight.summary == back.summary
    assert [(case.id, case.units) for case in straight.cases] == [
        (case.id, case.units) for case in back.cases
    ]
    assert [use.note for use in straight.documents] == [use.note for use in back.documents]


kinds = st.sampled_from(
    ["certificate", "nameplate", "customs-entry", "invoice", "declared", "production-record"]
)
countries = st.sampled_from(["China", "Malaysia", "Iran", "Hong Kong", "Thailand", "CN/MY", "United States"])
cells = st.sampled_from(["", "Malaysia", "CN", "n/a", "China?", "Hong Kong", "Vietnam", "CN/VN"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(cells, min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), kinds, countries), max_size=12),
    st.integers(0, 11),
)
def test_more_evidence_of_a_prohibited_origin_never_improves_a_verdict(tmp_path, origins, statements, worse):
    """End to end: files written, read back and judged, before and after one nameplate that says China."""
    fleet = [machine(n, **{"Country of Origin": origin}) for n, origin in enumerate(origins)]
    papers = [
        paper(f"D{n}", kind, country, serials=fleet[at % len(fleet)]["Serial Number"])
        for n, (at, kind, country) in enumerate(statements)
    ]
    order = [verdict.value for verdict in Verdict]
    before = judged(tmp_path, fleet, papers)
    plate = paper("PLATE", "nameplate", "China", serials=fleet[worse % len(fleet)]["Serial Number"])
    after = judged(tmp_path, fleet, [*papers, plate])
    for old, new in zip(before["verdict"], after["verdict"], strict=True):
        assert order.index(new) <= order.index(old)
    named = {
        fleet[at % len(fleet)]["Serial Number"]
        for at, kind, _ in statements
        if kind in {"certificate", "production-record"}
    }
    conforming = before.filter(pl.col("verdict") == "conforming")["serial"].to_list()
    assert set(conforming) <= named

"""What a document is worth on each machine that it names, and what is asked of it there."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from provenance.catalog.database import open_catalogue
from provenance.evidence import FindingStatus, Grade, Standing, StatedBy
from provenance.identify.resolve import Identifier
from provenance.origin.match import match_documents
from provenance.origin.mentions import Matches
from provenance.origin.paper_findings import find_paper_findings
from provenance.origin.questions import Asking, ask_of_lines
from provenance.origin.register import Flag, RegisterLine
from provenance.origin.register_lines import RegisterLines
from provenance.origin.weighing import weigh

TYPES = {
    "position": pl.UInt32, "serial": pl.String, "maker": pl.String, "model": pl.String, "batch": pl.String,
    "order": pl.String, "entry_number": pl.String, "importer": pl.String, "delivery_date": pl.Date,
    "counted": pl.Int64, "made": pl.Date,
}  # fmt: skip


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier(open_catalogue())


def unit(serial: str | None = None, **values: Any) -> dict[str, Any]:
    plain = dict.fromkeys(TYPES) | {"maker": "Bitmain", "model": "Antminer S21", "counted": 1}
    return plain | {"serial": serial} | values


def line(*serials: str, **values: Any) -> RegisterLine:
    plain: dict[str, Any] = {"kind": Grade.CERTIFICATE, "country": "MY", "atoms": frozenset({"MY"})}
    named: dict[str, Any] = {"issuer_role": StatedBy.CHAMBER, "serials": serials, "document": "C1"}
    return RegisterLine("evidence.csv", 2, **(plain | named | values))


def weighed(
    identifier: Identifier, units: list[dict[str, Any]], *lines: RegisterLine
) -> tuple[RegisterLines, Matches]:
    frame = pl.DataFrame([{**one, "position": at} for at, one in enumerate(units)], schema=TYPES)
    held = RegisterLines.of(lines)
    named = match_documents(frame, held, identifier)
    questions = ask_of_lines(held, Asking(date(2026, 11, 20)))
    return held, weigh(named, frame, held, questions, identifier, frame["made"].gather)


def standings(matches: Matches) -> list[list[Standing]]:
    return [[worth.piece.standing for worth in matches.worths[code]] for code in matches.worth]


def found(lines: RegisterLines, matches: Matches) -> list[tuple[Flag, int]]:
    findings = find_paper_findings(lines, matches, None)
    assert all(one.question.endswith("?") for one in findings)
    return [(one.flag, one.units) for one in findings]


@pytest.mark.parametrize(
    ("says", "flag"),
    [
        ({"model": "Antminer S21 Pro"}, Flag.OTHER_MODEL),
        ({"maker": "MicroBT"}, Flag.OTHER_MAKER),
        ({"issuer": "MicroBT", "issuer_role": StatedBy.MAKER}, Flag.OTHER_MAKER),
        ({"day": date(2024, 4, 30)}, Flag.BEFORE_MANUFACTURE),
    ],
)
def test_a_document_stops_clearing_the_machine_that_it_does_not_fit_and_that_one_only(identifier, says, flag):
    other = {"maker": "MicroBT", "model": "Whatsminer M50", "made": date(2024, 4, 1)}
    fits = {
        Flag.OTHER_MODEL: {"model": "Antminer S21 Pro"},
        Flag.BEFORE_MANUFACTURE: {"made": date(2024, 4, 30)},
    }
    fleet = [unit("A1", made=date(2024, 5, 1)), unit("A2", **fits.get(flag, other))]
    lines, matches = weighed(identifier, fleet, line("A1", "A2", **says))
    assert standings(matches) == [[Standing.CONDEMN_ONLY], [Standing.FULL]]
    assert found(lines, matches) == [(flag, 1)]


@pytest.mark.parametrize(
    ("machine", "says"),
    [
        ({"maker": None, "model": None}, {"model": "Antminer S21", "maker": "Bitmain"}),
        ({"made": None}, {"day": date(2001, 1, 1)}),
        ({}, {"model": "some miner"}),
        ({}, {"issuer": "An invented plant", "issuer_role": StatedBy.MAKER}),
    ],
)
def test_what_is_not_known_is_no_difference(identifier, machine, says):
    _, matches = weighed(identifier, [unit("A1", **machine)], line("A1", **says))
    assert standings(matches) == [[Standing.FULL]]


def test_a_lot_paper_for_more_units_than_there_are_stops_clearing(identifier):
    fleet = [unit(batch="B1", counted=3)]
    for quantity, standing, flags in (
        (3, Standing.FULL, []),
        (4, Standing.CONDEMN_ONLY, [(Flag.MORE_UNITS, 3)]),
    ):
        lines, matches = weighed(identifier, fleet, line(batch="B1", quantity=quantity))
        assert (standings(matches), found(lines, matches)) == ([[standing]], flags)


FINDING = {"kind": Grade.FINDING, "issuer_role": StatedBy.GOVERNMENT, "status": FindingStatus.FINAL}


def test_a_government_statement_on_an_entry_speaks_of_the_whole_entry_and_clears_none_of_it(identifier):
    fleet = [unit("A1", entry_number="ZZ9-0000027-2"), unit("A2", entry_number="ZZ900000272"), unit("A3")]
    _, matches = weighed(identifier, fleet, line(**FINDING, entry_number="zz9 0000027 2"))
    assert standings(matches) == [[Standing.CONDEMN_ONLY], [Standing.CONDEMN_ONLY], []]


def test_a_government_statement_on_an_importer_alone_is_allocated_to_no_unit(identifier):
    fleet = [unit("A1", importer="Importer, LLC"), unit("A2", importer="Another")]
    _, matches = weighed(identifier, fleet, line(**FINDING, importer="IMPORTER LLC"))
    assert standings(matches) == [[Standing.SHOWN_ONLY], []]


def test_a_customs_paper_on_an_entry_needs_a_quantity_like_any_lot(identifier):
    fleet = [unit("A1", entry_number="E1"), unit("A2", entry_number="E1")]
    for quantity, standing in ((None, Standing.SHOWN_ONLY), (2, Standing.FULL)):
        _, matches = weighed(
            identifier, fleet, line(kind=Grade.CUSTOMS_ENTRY, entry_number="E1", quantity=quantity)
        )
        assert standings(matches) == [[standing]] * 2


def test_machines_that_different_papers_speak_of_alike_share_what_these_are_worth(identifier):
    lines = [line(f"A{n}", document=f"C{n}") for n in range(4)]
    _, matches = weighed(identifier, [unit(f"A{n}") for n in range(5)], *lines)
    assert (len(matches.worths), matches.worth.n_unique(), matches.sets.n_unique()) == (2, 2, 5)


def test_documents_that_place_the_same_units_apart_are_a_finding_about_both(identifier):
    china = {"country": "CN", "atoms": frozenset({"CN"})}
    papers = [line("A1", "A2"), line("A2", "A3", document="C2", **china), line("A2", document="C2", **china)]
    lines, matches = weighed(identifier, [unit("A1"), unit("A2"), unit("A3")], *papers)
    (finding,) = find_paper_findings(lines, matches, None)
    assert (finding.flag, finding.documents, finding.units) == (Flag.CONTRADICTED, ("C1", "C2"), 1)
    assert finding.question == "C1 says Malaysia and C2 says China of the same unit: which is right?"
    assert not finding.flag.stops_clearing


def test_documents_that_leave_room_for_each_other_do_not_contradict(identifier):
    either = {"country": "CN/MY", "atoms": frozenset({"CN", "MY"})}
    lines, matches = weighed(identifier, [unit("A1")], line("A1"), line("A1", document="C2", **either))
    assert found(lines, matches) == []


def test_machines_that_stand_in_no_inventory_are_a_finding_about_the_document(identifier):
    papers = [line("A1", "A8", "A9"), line(batch="B9", document="C2", quantity=1)]
    lines, matches = weighed(identifier, [unit("A1")], *papers)
    one, other = find_paper_findings(lines, matches, None)
    assert (one.flag, one.serials, one.units) == (Flag.NOT_IN_INVENTORY, ("A8", "A9"), 0)
    assert (
        one.question == "2 of the 3 serial numbers it names stand in no inventory (A8, A9): whose are they?"
    )
    assert other.question == "it names batch B9, of which these inventories hold nothing: whose are they?"
    assert standings(matches) == [[Standing.FULL]]


def test_a_document_recorded_in_two_ways_is_asked_about_once(identifier):
    papers = [line("A1", day=date(2024, 1, 1)), *[line("A1", document="c1", day=date(2024, 1, 2))] * 2]
    lines, matches = weighed(identifier, [unit("A1")], *papers)
    assert found(lines, matches) == [(Flag.RECORDED_TWICE, 1)]

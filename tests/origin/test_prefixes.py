"""What documented units say of others whose serial numbers begin alike is counted, and is a lead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from provenance import audit
from provenance.evidence import Facet, Grade
from provenance.origin.prefixes import lead_of, learn_prefixes
from provenance.origin.register import RegisterLine
from provenance.policy.verdict import Verdict
from provenance.report.explain import explain_case, find_machines


def line(
    document: str, country: str, serials: tuple[str, ...], kind: Grade = Grade.CERTIFICATE
) -> RegisterLine:
    return RegisterLine(
        register="r.csv",
        row=1,
        document=document,
        kind=kind,
        country=country,
        atoms=frozenset({country}),
        serials=serials,
    )


def test_documented_units_are_counted_once_per_prefix_and_country():
    leads = learn_prefixes(
        [
            line("a", "MY", ("ZZAAATUBDJAAI0001", "ZZAAATUBDJAAI0002")),
            line("b", "MY", ("ZZAAATUBDJAAI0002",)),
            line("c", "TH", ("ZZAAATUBDJAAI0003",)),
            line("d", "CN", ("ZZBBATUBDJAAI0001",)),
        ]
    )
    assert {prefix: (lead.countries, lead.units) for prefix, lead in leads.items()} == {
        "ZZAA": ((("MY", 2), ("TH", 1)), 3)
    }
    assert leads["ZZAA"].counts() == ("2 of 3", "1 of 3")
    assert (leads["ZZAA"].piece.facet, leads["ZZAA"].piece.grade) == (Facet.MANUFACTURE, Grade.LEAD)
    assert lead_of("ZZAAATUBDJAAI0009", leads) is leads["ZZAA"]
    assert lead_of("ZZBBATUBDJAAI0009", leads) is None
    assert lead_of(None, leads) is None


def test_what_is_only_declared_or_speaks_of_boards_teaches_nothing():
    serials = ("ZZAAATUBDJAAI0001", "ZZAAATUBDJAAI0002")
    boards = RegisterLine(
        "r.csv", 1, "b", Grade.CERTIFICATE, "MY", frozenset({"MY"}), facet=Facet.BOARDS, serials=serials
    )
    assert learn_prefixes([line("a", "MY", serials, Grade.DECLARED), boards]) == {}


def test_numbers_and_short_serials_have_no_prefix_to_learn():
    assert learn_prefixes([line("a", "MY", ("100000000001", "100000000002", "AB12", "AB13"))]) == {}


def test_a_lead_is_shown_and_neither_clears_nor_condemns(tmp_path: Path):
    fleet, papers = tmp_path / "fleet.csv", tmp_path / "papers.csv"
    fleet.write_text(
        "Manufacturer,Model,Serial Number\n"
        "Bitmain,Antminer S21,ZZAAATUBDJAAI0001\n"
        "Bitmain,Antminer S21,ZZAAATUBDJAAI0002\n"
        "Bitmain,Antminer S21,ZZAAATUBDJAAI0009\n"
        "Bitmain,Antminer S21,ZZCCATUBDJAAI0009\n"
    )
    papers.write_text(
        "document,kind,country,serials\nCO-1,certificate,MY,ZZAAATUBDJAAI0001;ZZAAATUBDJAAI0002\n"
    )
    outcome = audit([fleet], evidence=[papers], as_of=date(2026, 11, 20))
    said = {}
    for serial in ("ZZAAATUBDJAAI0009", "ZZCCATUBDJAAI0009"):
        (row,) = find_machines(outcome, serial)
        case = outcome.case(row["case"])
        said[serial] = explain_case(outcome, case, row)
        assert case.verdict is Verdict.UNDETERMINED
    assert "2 of 2 documented units with this prefix: Malaysia" in said["ZZAAATUBDJAAI0009"]
    assert "documented units with this prefix" not in said["ZZCCATUBDJAAI0009"]

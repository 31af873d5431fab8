import re
from dataclasses import replace

import pytest

from provenance.policy.rule import Remedy
from provenance.policy.verdict import Reason, Verdict
from provenance.report.document import build_document
from provenance.report.matter import load_matter
from provenance.report.notice import write_notice

FULL = """\
schema: provenance-matter/1
reference: M-7
phase: before-acceptance
agreement:
  title: Sale of miners
  date: 2024-05-09
  clause: 4.2 (c)
governing_law: State of New York
parties:
  - role: buyer
    name: Matter Buyer Inc.
    notice_address: 1 Main Street
    attention: Legal
    email: legal@example.org
  - role: seller
    name: Matter Seller LLC
    notice_address: 2 Main Street
delivery_date: 2024-06-01
discovery_date: 2024-06-20
prepared_by: A. Analyst
goods_held_at: Campstool yard
signatory: B. Buyer, director
"""


@pytest.fixture
def notice(tmp_path):
    def make(audit, matter_text=None):
        matter = None
        if matter_text is not None:
            (tmp_path / "matter.yaml").write_text(matter_text, encoding="utf-8")
            matter = load_matter(tmp_path / "matter.yaml")
        path = tmp_path / "notice.md"
        write_notice(audit, build_document(audit, matter), matter, path)
        return path.read_text(encoding="utf-8")

    return make


def part(text, heading):
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## {heading}.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[0]


def rows_of(text):
    return re.findall(r"^\| \d+ \|.*$", text, re.MULTILINE)


def test_it_is_a_draft_and_says_so_first(notice, audit):
    text = notice(audit)
    assert text.startswith("# DRAFT - Notice of non-conforming equipment\n")
    assert "Not sent, and no notice until it is signed and sent as the agreement says." in text


def test_what_nobody_supplied_is_a_visible_blank_and_stands_in_the_list_of_what_is_missing(notice, audit):
    text = notice(audit)
    assert "| seller | Seller Made-up LLC | [______: notice address] |" in text
    assert "- Governing law: [______: governing law]\n" in text
    missing = part(text, "Working notes: remove before sending")
    for what in (
        "governing law",
        "date of discovery",
        "notice address of the seller Seller Made-up LLC",
        "the official wording of the clause (sale-clause)",
    ):
        assert f"- Missing: {what}\n" in missing


def test_a_blank_stands_at_most_once_in_a_paragraph_so_that_its_lines_mark_nothing_up(notice, audit_of):
    clause = audit_of().policies[0].clause
    bare = replace(audit_of().policies[0], clause=replace(clause, parties=()))
    text = notice(audit_of(policies=(bare,)))
    paragraphs = [cell for line in text.splitlines() for cell in line.split(" | ")]
    assert [text for text in paragraphs if text.count("[______: ") > 1] == []
    assert text.count("[______: name of the buyer]") > 2


def test_everything_the_matter_file_says_shows(notice, audit):
    text = notice(audit, FULL)
    for said in (
        "M-7",
        "Sale of miners",
        "2024-05-09",
        "4.2 (c)",
        "State of New York",
        "Matter Buyer Inc.",
        "1 Main Street",
        "Legal, legal@example.org",
        "Matter Seller LLC",
        "2 Main Street",
        "2024-06-01",
        "2024-06-20",
        "A. Analyst",
        "Campstool yard",
        "B. Buyer, director",
    ):
        assert said in text
    assert "Matter Buyer Inc. rejects these units, and no others." in text
    assert re.findall(r"Missing: (.*)", text) == [
        "notice address of the obligor Bitmain (made-up obligor)",
        "the official wording of the clause (sale-clause)",
    ]


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("before-signing", "asks that they be left out or replaced before signing."),
        ("before-delivery", "asks that conforming units be delivered in their place."),
        ("before-acceptance", "rejects these units, and no others."),
        ("after-acceptance", "gives notice that these units, though accepted, do not conform."),
    ],
)
def test_the_phase_decides_what_is_stated(notice, audit, phase, said):
    assert said in notice(audit, f"schema: provenance-matter/1\nphase: {phase}\n")


def test_without_a_phase_the_statement_is_left_to_counsel(notice, audit):
    assert "[______: rejection, revocation of acceptance, or notice of breach]" in notice(audit)


def test_the_wording_is_called_our_own_unless_it_is_official(notice, audit_of):
    official = replace(
        audit_of().policies[0], clause=replace(audit_of().policies[0].clause, wording_is_official=True)
    )
    assert "The clause in our own words; this is not the text of the agreement" in notice(audit_of())
    assert "Wording of the clause, as supplied:" in notice(audit_of(policies=(official,)))


def test_every_non_conforming_unit_stands_in_schedule_a_or_c_and_nowhere_else(notice, audit):
    text = notice(audit)
    in_a, in_c = part(text, "Schedule A"), part(text, "Schedule C")
    assert [row.split(" | ")[2] for row in rows_of(in_a)] == ["SN-0002", "SN-0001", "=1+1", "SN-0003", "WM-1"]
    assert [row.split(" | ")[2] for row in rows_of(in_c)] == ["SN-0004"]
    assert text.count("SN-0004") == 1


def test_schedule_a_goes_by_obligor_then_site_then_ground(notice, audit):
    headings = re.findall(r"^#{3,5} (.*)$", part(notice(audit), "Schedule A"), re.MULTILINE)
    assert headings == [
        "Obligor: Bitmain (made-up obligor)",
        "Site: Campstool",
        "Ground A.1: Bitmain S21, 2 units",
        "Site: North Range",
        "Ground A.1: Bitmain S21, 2 units",
        "Ground A.2: Bitmain S21, 1 unit",
        "Obligor: obligor to be determined",
        "Site: North Range",
        "Ground A.3: MicroBT M60S, 1 unit",
    ]


def test_a_ground_names_required_and_found_origin_the_evidence_and_what_says_otherwise(notice, audit):
    ground = part(notice(audit), "Schedule A").split("##### Ground A.3")[1]
    assert "- Required origin: any country other than China, Crimea (Ukraine), Cuba, Iran," in ground
    assert "- Found origin: China\n" in ground
    assert "- Evidence: nameplate: China\n" in ground
    assert "does not outweigh it under this reading: inventory's own statement: Malaysia\n" in ground
    assert "| WM-1 | 1 | fleet.xlsx:Fleet!C5 | nameplate: China (photo-7, p. 2) |" in ground


def test_every_undetermined_unit_stands_in_schedule_b_under_the_document_that_would_prove_it(notice, audit):
    text = part(notice(audit), "Schedule B")
    assert len(rows_of(text)) == 21
    assert text.count("Wanted: ") == len(re.findall(r"^### Request B\.", text, re.MULTILINE)) == 9
    first = text.split("### Request B.1")[1].split("###")[0]
    assert "Wanted: a certificate of origin or stronger, naming the serial numbers." in first
    assert "| OP-REP | 40 | fleet.xlsx:Fleet!C26 | open | nothing |" in first


def test_conforming_units_are_a_count_only(notice, audit):
    text = notice(audit)
    assert "OK-0" not in text
    assert "| conforming | 5 | 5 | count only |" in text


def test_the_totals_reconcile_with_the_rows_read(notice, audit):
    totals = part(notice(audit), "9. Totals")
    lines = [int(number) for number in re.findall(r"^\| [^|]+ \| (\d+) \|", totals, re.MULTILINE)]
    *verdicts, equipment, rejected, read = lines
    assert (sum(verdicts), equipment, equipment + rejected) == (equipment, 34, read)


def test_goods_under_embargo_are_set_apart_with_care(notice, audit):
    text = part(notice(audit), "7. Goods under embargo")
    assert "Schedule C sets apart 1 unit" in text
    assert "For 1 unit in Schedule B a statement names a territory under embargo" in text


def test_without_goods_under_embargo_the_section_says_so_and_none_is_missing(notice, audit_of, made_cases):
    text = notice(audit_of([made for made in made_cases if made.reason is Reason.CLEARED]))
    assert (
        part(text, "7. Goods under embargo")
        .strip()
        .endswith("No statement on a unit of these schedules names a territory under embargo.")
    )
    assert re.findall(r"^## ([0-9]+)\. ", text, re.MULTILINE) == [str(number) for number in range(1, 10)]


def test_grounds_are_numbered_in_the_order_in_which_they_are_read(notice, audit):
    numbers = re.findall(r"^##### Ground A\.([0-9]+):", part(notice(audit), "Schedule A"), re.MULTILINE)
    assert list(dict.fromkeys(numbers)) == [str(place + 1) for place in range(len(set(numbers)))]


def test_no_period_is_claimed_unless_the_clause_states_one(notice, audit_of, made_cases):
    assert "the clause states no period" in notice(audit_of())
    rule = made_cases[0].rule
    dated = replace(rule, remedy=Remedy("replacement", "replacement", 30, (), "the seller"))
    assert "within 30 days" in notice(audit_of([replace(made_cases[0], rule=dated)]))


def test_nothing_from_the_catalogue_stands_in_it_but_by_whom_the_remedy_is_owed(notice, audit):
    text = notice(audit)
    assert "NOT-FOR-NOTICES" not in text
    assert "Antminer" not in text
    assert "WhatsMiner" not in text


def test_it_never_accuses_and_says_what_it_has_not_seen(notice, audit):
    text = notice(audit)
    assert re.findall(r"forged|false|fraud|fake", text, re.IGNORECASE) == []
    assert "The program has seen no paper, only the register's record of it." in text


def test_hostile_cells_stay_text(notice, audit):
    text = notice(audit)
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "X\\`1" in text
    assert "=cmd\\|' /C calc'!A0" in text
    assert "\x1b" not in text


def test_every_row_of_a_table_has_as_many_cells_as_its_head(notice, audit):
    widths = set()
    for block in re.split(r"\n\n", notice(audit)):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        if rows:
            widths.add(len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}))
    assert widths == {1}


def test_without_anything_non_conforming_it_is_a_request_and_no_notice_is_due(notice, audit_of, made_cases):
    opened = [made for made in made_cases if made.verdict is Verdict.UNDETERMINED]
    text = notice(audit_of(opened))
    assert text.startswith("# DRAFT - Request for proof of origin\n")
    assert "No notice is due: no unit is non-conforming under this reading on the evidence listed." in text
    assert "No remedy is claimed." in text
    assert "## Schedule B" in text


def test_a_fleet_with_nothing_open_is_a_record(notice, audit_of, made_cases):
    text = notice(audit_of([made for made in made_cases if made.reason is Reason.CLEARED]))
    assert text.startswith("# DRAFT - Record of conforming equipment\n")
    assert "Nothing is claimed and nothing is asked for." in text
    assert "## Schedule B" not in text


def test_a_pack_without_a_clause_leaves_the_wording_blank(notice, audit_of):
    pack = replace(audit_of().policies[0], clause=None, kind="pack")
    text = notice(audit_of(policies=(pack,)))
    assert "No clause of an agreement was given; its wording: [______: wording of the clause]" in text


def test_beside_a_clause_other_policies_are_no_part_of_the_notice(notice, audit_of, made_cases):
    clause = audit_of().policies[0]
    pack = replace(clause, id="pack", kind="pack", clause=None)
    foreign = replace(made_cases[3], rule=replace(made_cases[3].rule, id="pack/origin", policy="pack"))
    text = notice(audit_of([made_cases[0], foreign], policies=(clause, pack)))
    assert "Also judged in this run, and no part of this notice: pack" in text
    assert "SN-0004" not in text
    assert "| non-conforming | 3 | 4 | Schedule A |" in text


def test_more_than_five_thousand_units_are_all_listed(notice, audit_of, made_cases):
    units = tuple(replace(made_cases[0].units[0], serial=f"N{number:05d}") for number in range(6_000))
    text = notice(audit_of([replace(made_cases[0], units=units)]))
    assert len(rows_of(part(text, "Schedule A"))) == 6_000


def test_made_up_data_are_stamped(notice, audit_of):
    assert "**SYNTHETIC - made-up data." in notice(audit_of(synthetic=True))

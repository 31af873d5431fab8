import re
from dataclasses import replace

import pytest

from provenance.policy.rule import Remedy
from provenance.policy.verdict import Reason, Verdict
from provenance.report.document import build_document
from provenance.report.matter_file import load_matter
from provenance.report.notice import notice_paper
from provenance.report.prose_markdown import write_markdown

FULL = """\
schema: provenance-matter/2
reference: M-7
phase: post-closing
agreement:
  title: Sale of miners
  date: 2024-05-09
  clause: 4.2 (c)
  amendments:
    - {title: First amendment, date: 2024-05-20}
governing_law: "other: State of New York"
parties:
  - role: buyer
    name: Matter Buyer Inc.
    notice_address: 1 Main Street
    attention: Legal
    email: legal@example.org
  - role: seller
    name: Matter Seller LLC
    notice_address: 2 Main Street
notice_method: by courier
batches:
  - {batch: "*", delivered: 2024-06-01, inspected: 2024-06-05, accepted: no}
discovery_date: 2024-06-20
goods: {held_at: Campstool yard, in_use: false, title_and_risk: with the buyer since closing}
cure: {days: 21, clause: section 9}
claims: {cap: the price}
inventory_prepared_by: A. Analyst
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
        write_markdown(notice_paper(audit, build_document(audit, matter), matter), path)
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


def letters(text):
    """Return the letters of a text by whom they go to."""
    found = re.split(r"\n---\n\n", text)
    return {re.search(r"^- To: ([^(]+) \(", letter, re.MULTILINE)[1]: letter for letter in found}


def test_what_nobody_supplied_is_a_visible_blank(notice, audit):
    text = notice(audit)
    assert "| seller | Seller Made-up LLC | [______: notice address] |" in text
    assert "- Governing law: [______: governing law]\n" in text


def test_the_seller_gets_a_letter_for_the_breach_and_each_obligor_one_for_what_it_has_to_replace(
    notice, audit
):
    found = letters(notice(audit))
    assert len(found) == 3
    seller, bitmain, unknown = found.values()
    assert "7 units on 6 lines, listed in Schedules A and C, are non-conforming" in seller
    assert "6 units on 5 lines, listed in Schedules A and C, are non-conforming" in bitmain
    assert "1 unit on 1 line, listed in Schedule A, is non-conforming" in unknown
    assert "- To: [______: name of the obligor to be determined] (obligor to be determined)" in unknown
    assert ["## Schedule B" in letter for letter in found.values()] == [True, False, False]
    assert "WM-1" not in bitmain
    assert "SN-0001" not in unknown


def test_a_letter_cites_only_the_documents_of_its_own_units(notice, audit):
    seller, bitmain, unknown = letters(notice(audit)).values()
    assert ["COO-1" in letter for letter in (seller, bitmain, unknown)] == [True, False, False]


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
        "First amendment of 2024-05-20",
        "by courier",
        "within 21 days (section 9)",
        "- Cap: the price",
        "they are not in use",
        "with the buyer since closing",
    ):
        assert said in text


POSITIONS = [
    (
        "ucc:WY",
        "rejection",
        "no",
        "rejected",
        "sections 2-601 and 2-602 of the Uniform Commercial Code as enacted in WY",
    ),
    ("ucc:WY", "revocation", "2024-06-10", "acceptance revoked", "under section 2-608"),
    (
        "ucc:WY",
        "none",
        "2024-06-10",
        "notice of non-conformity, all rights reserved",
        "under section 2-607(3)(a)",
    ),
    ("cisg", "substitute-goods", "no", "substitute goods required", "under article 46(2) of the Convention"),
    ("cisg", "none", "no", "notice of non-conformity, all rights reserved", "notice under article 39(1)"),
]


@pytest.mark.parametrize(("law", "elects", "accepted", "position", "cited"), POSITIONS)
def test_what_was_elected_is_done_where_the_facts_carry_it_under_the_law_stated(
    notice, audit, law, elects, accepted, position, cited
):
    matter = FULL.replace('"other: State of New York"', law).replace("accepted: no", f"accepted: {accepted}")
    text = part(notice(audit, f"{matter}elects: {elects}\n"), "5. Statement")
    assert f"| {accepted} | {position} |" in text
    assert cited in text


def test_goods_are_rejected_to_the_seller_alone(notice, audit):
    matter = FULL.replace('"other: State of New York"', "ucc:WY") + "elects: rejection\n"
    seller, *obligors = letters(notice(audit, matter)).values()
    assert "| rejected |" in seller
    assert [
        letter for letter in obligors if "rejected" in letter or "Uniform Commercial Code, " in letter
    ] == []
    assert [letter for letter in obligors if "section 2-6" in letter] == []
    assert [letter for letter in obligors if "calls for the remedy claimed below." not in letter] == []


def test_under_the_convention_the_day_of_examination_is_told_only_where_it_is_known(notice, audit):
    cisg = FULL.replace('"other: State of New York"', "cisg")
    assert "The goods were examined (article 38) on 2024-06-05." in notice(audit, cisg)
    assert "examined" not in notice(audit, cisg.replace("inspected: 2024-06-05, ", ""))


@pytest.mark.parametrize("elects", ["rejection", "revocation"])
def test_rejection_and_revocation_need_facts_of_acceptance(notice, audit, elects):
    text = notice(
        audit, f"schema: provenance-matter/2\nphase: post-closing\nelects: {elects}\ngoverning_law: ucc:WY\n"
    )
    assert "| notice of non-conformity, all rights reserved |" in text
    assert re.findall(r"rejects|revokes", text) == []


@pytest.mark.parametrize("law", ['"other: State of New York"', "unstated"])
def test_no_statute_is_cited_under_another_law(notice, audit, law):
    text = notice(audit, FULL.replace('"other: State of New York"', law) + "elects: rejection\n")
    assert re.findall(r"Uniform Commercial|Convention|2-60|[Aa]rticle \d", text) == []
    assert "| rejected |" in text


@pytest.mark.parametrize("phase", ["pre-signing", "pre-closing"])
def test_before_closing_one_request_with_a_closing_condition_goes_out_and_no_notice(notice, audit, phase):
    text = notice(
        audit, f"schema: provenance-matter/2\nphase: {phase}\ngoverning_law: ucc:WY\nelects: rejection\n"
    )
    assert text.startswith("# DRAFT - Request for proof of origin, and closing condition\n")
    assert re.findall("gives .* notice|Remedy claimed|2-60|Where the goods are", text) == []
    assert "left out of the sale or replaced" in text
    assert "makes it a condition of closing" in text
    assert "\n---\n" not in text


def test_without_a_phase_the_statement_leaves_it_to_counsel(notice, audit):
    assert "[______: phase of the deal, which decides whether this is a notice or a request]" in notice(audit)


def test_conforming_units_stand_in_it_only_on_request_and_as_no_objection_at_present(notice, audit):
    assert "no objection" not in notice(audit)
    text = notice(audit, "schema: provenance-matter/2\nmention_conforming: true\n")
    assert (
        text.count(
            "To 5 further units there is no objection at present under this reading on the documents supplied."
        )
        == 1
    )


def test_the_wording_is_called_our_own_unless_it_is_official(notice, audit_of):
    official = replace(
        audit_of().policies[0], clause=replace(audit_of().policies[0].clause, wording_is_official=True)
    )
    assert "The clause in our own words; this is not the text of the agreement" in notice(audit_of())
    assert "Wording of the clause, as supplied:" in notice(audit_of(policies=(official,)))


def test_every_non_conforming_unit_stands_in_schedule_a_or_c_and_nowhere_else(notice, audit):
    text = notice(audit)
    seller = letters(text)["Seller Made-up LLC"]
    in_a, in_c = part(seller, "Schedule A"), part(seller, "Schedule C")
    assert [row.split(" | ")[2] for row in rows_of(in_a)] == ["SN-0002", "SN-0001", "=1+1", "SN-0003", "WM-1"]
    assert [row.split(" | ")[2] for row in rows_of(in_c)] == ["SN-0004"]
    assert seller.count("SN-0004") == 1


def test_schedule_a_goes_by_obligor_then_site_and_batch_then_ground(notice, audit):
    headings = re.findall(r"^#{3,5} (.*)$", part(notice(audit), "Schedule A"), re.MULTILINE)
    assert headings == [
        "Obligor: Bitmain (made-up obligor)",
        "Site Campstool, batch not stated",
        "Ground A.1: Bitmain S21, 2 units",
        "Site North Range, batch not stated",
        "Ground A.1: Bitmain S21, 2 units",
        "Ground A.2: Bitmain S21, 1 unit",
        "Obligor: obligor to be determined",
        "Site North Range, batch not stated",
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


def test_conforming_units_are_not_in_it(notice, audit):
    text = notice(audit)
    assert re.findall("OK-0|conforming \\| 5", text) == []


def test_goods_under_embargo_are_set_apart_with_care(notice, audit):
    text = part(notice(audit, FULL), "7. Goods under embargo")
    assert "Schedule C sets apart 1 unit" in text
    assert "For 1 unit in Schedule B a statement names a territory under embargo" in text


def test_sections_are_numbered_without_a_gap(notice, audit_of, made_cases):
    text = notice(audit_of([made for made in made_cases if made.reason is Reason.CLEARED]))
    numbers = re.findall(r"^## ([0-9]+)\. ", text, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert "Goods under embargo" not in text


def test_grounds_are_numbered_in_the_order_in_which_they_are_read(notice, audit):
    numbers = re.findall(r"^##### Ground A\.([0-9]+):", part(notice(audit), "Schedule A"), re.MULTILINE)
    assert list(dict.fromkeys(numbers)) == [str(place + 1) for place in range(len(set(numbers)))]


def test_no_period_is_claimed_unless_the_clause_states_one(notice, audit_of, made_cases):
    assert "the agreement states no period" in notice(audit_of())
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
    assert text.startswith("# DRAFT - Record of equipment\n")
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
    assert "SN-0004" not in text
    assert "4 units on 3 lines, listed in Schedule A, are non-conforming" in text


def test_more_than_five_thousand_units_are_all_listed(notice, audit_of, made_cases):
    units = tuple(replace(made_cases[0].units[0], serial=f"N{number:05d}") for number in range(6_000))
    text = notice(audit_of([replace(made_cases[0], units=units)]))
    assert len(rows_of(part(letters(text)["Seller Made-up LLC"], "Schedule A"))) == 6_000


def test_made_up_data_are_stamped(notice, audit_of):
    assert "**SYNTHETIC - made-up data." in notice(audit_of(synthetic=True))

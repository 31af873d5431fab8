from datetime import date

import pytest

from provenance.errors import ReportError
from provenance.report.matter import MATTER_TEMPLATE, MatterParty, PartyRole, Phase, load_matter

FULL = """\
schema: provenance-matter/1
reference: M-7
phase: before-acceptance
agreement:
  title: Sale of miners
  date: 2024-05-08
  clause: 4.2 (c)
governing_law: State of New York
parties:
  - role: buyer
    name: Buyer Inc.
    notice_address: 1 Main Street
    attention: Legal
    email: legal@example.org
delivery_date: 2024-06-01
discovery_date: 2024-06-20
prepared_by: A. Analyst
goods_held_at: Campstool
signatory: B. Buyer, director
"""


def write(tmp_path, text):
    path = tmp_path / "matter.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_full_file_loads(tmp_path):
    matter = load_matter(write(tmp_path, FULL))
    assert (matter.file, matter.phase, matter.agreement_date) == (
        "matter.yaml",
        Phase.BEFORE_ACCEPTANCE,
        date(2024, 5, 8),
    )
    assert matter.party(PartyRole.BUYER) == MatterParty(
        PartyRole.BUYER, "Buyer Inc.", "1 Main Street", "Legal", "legal@example.org"
    )
    assert matter.party(PartyRole.SELLER) is None


def test_the_template_loads_as_it_stands_and_says_nothing(tmp_path):
    matter = load_matter(write(tmp_path, MATTER_TEMPLATE))
    assert (matter.parties, matter.agreement, matter.phase) == ((), None, None)


def test_every_fault_is_told_with_its_line(tmp_path):
    text = "schema: provenance-matter/1\nphase: whenever\ndelivery_date: 2024-02-30\nfax: 1\n"
    with pytest.raises(ReportError) as raised:
        load_matter(write(tmp_path, text))
    assert [fault.where for fault in raised.value.faults] == [
        "matter.yaml:2",
        "matter.yaml:3",
        "matter.yaml:4",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReportError, match=r"matter\.yaml: cannot be read"):
        load_matter(tmp_path / "matter.yaml")

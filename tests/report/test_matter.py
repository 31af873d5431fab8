from datetime import date

import jsonschema_rs
import pytest

from provenance.errors import ReportError
from provenance.report.matter import MatterParty, PartyRole, Phase
from provenance.report.matter_file import MATTER_TEMPLATE, load_matter, matter_schema

FULL = """\
schema: provenance-matter/2
reference: M-7
phase: post-closing
agreement:
  title: Sale of miners
  date: 2024-05-08
  clause: 4.2 (c)
governing_law: ucc:WY
parties:
  - role: buyer
    name: Buyer Inc.
    notice_address: 1 Main Street
    attention: Legal
    email: legal@example.org
batches:
  - {batch: B1, delivered: 2024-06-01, accepted: 2024-06-10}
  - {batch: B2, delivered: 2024-06-02, accepted: no}
  - {batch: "*", delivered: 2024-06-03}
goods: {in_use: true}
"""


def write(tmp_path, text):
    path = tmp_path / "matter.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_full_file_loads(tmp_path):
    matter = load_matter(write(tmp_path, FULL))
    assert (matter.file, matter.phase, matter.agreement_date) == (
        "matter.yaml",
        Phase.POST_CLOSING,
        date(2024, 5, 8),
    )
    assert matter.party(PartyRole.BUYER) == MatterParty(
        PartyRole.BUYER, "Buyer Inc.", "1 Main Street", "Legal", "legal@example.org"
    )
    assert matter.party(PartyRole.SELLER) is None
    assert matter.in_use is True


def test_a_batch_is_accepted_on_a_day_or_was_not_or_nobody_says(tmp_path):
    matter = load_matter(write(tmp_path, FULL))
    facts = [matter.batch(name) for name in ("b1", "B2", "another")]
    assert [(one.accepted, one.not_accepted) for one in facts] == [
        (date(2024, 6, 10), False),
        (None, True),
        (None, False),
    ]
    assert facts[2].delivered == date(2024, 6, 3)


def test_the_template_loads_as_it_stands_and_says_nothing(tmp_path):
    matter = load_matter(write(tmp_path, MATTER_TEMPLATE))
    assert (matter.parties, matter.agreement, matter.phase) == ((), None, None)


def test_every_fault_is_told_with_its_line(tmp_path):
    text = (
        "schema: provenance-matter/2\nphase: whenever\ndiscovery_date: 2024-02-30\nfax: 1\ngoverning_law: Wyoming\n"
        "batches:\n  - {batch: A, delivered: 2024-06-02, accepted: 2024-06-01}\n  - {batch: B, accepted: maybe}\n"
    )
    with pytest.raises(ReportError) as raised:
        load_matter(write(tmp_path, text))
    assert sorted(fault.where for fault in raised.value.faults) == [
        f"matter.yaml:{line}" for line in (2, 3, 4, 5, 7, 8)
    ]


def test_a_batch_that_stands_twice_is_a_fault(tmp_path):
    text = "schema: provenance-matter/2\nbatches:\n  - {batch: A}\n  - {batch: A}\n"
    with pytest.raises(ReportError, match="the batch 'A' stands twice"):
        load_matter(write(tmp_path, text))


def test_the_schema_takes_what_the_program_takes():
    schema = matter_schema()
    assert jsonschema_rs.is_valid(schema, {"schema": "provenance-matter/2", "phase": "pre-closing"})
    assert not jsonschema_rs.is_valid(schema, {"schema": "provenance-matter/2", "fax": "1"})


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReportError, match=r"matter\.yaml: cannot be read"):
        load_matter(tmp_path / "matter.yaml")

"""A finding in words: what would settle it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.evidence import Facet
from provenance.identify.identity import Identity, Kind, Tier
from provenance.origin.facts import LOT_NOT_COVERED, SERIAL_ON_QUANTITY, SERIAL_REPEATED, CaseFacts
from provenance.policy.explain import would_clear
from provenance.policy.load import load_policy
from provenance.policy.subject import FacetSubject
from provenance.policy.verdict import Reason, Verdict

RULE = load_policy("cleanspark-mineone").rules[0]
KNOWN = Identity(
    Kind.MACHINE, "bitmain", "Bitmain", Tier.EXACT, "antminer-s21", "Antminer S21", Tier.EXACT, "asic-miner",
    (), ("bitmain",), "the text is a known name", (),
)  # fmt: skip
PAPER = "a certificate of origin or stronger, naming the serial numbers"


def wanted(*flags: str, facet: Facet = Facet.MANUFACTURE) -> str:
    facts = CaseFacts(KNOWN, (), (), (), flags)
    return would_clear(
        replace(RULE, subject=FacetSubject(facet)), Verdict.UNDETERMINED, Reason.UNPROVEN, facts
    )


@pytest.mark.parametrize("flag", [SERIAL_REPEATED, SERIAL_ON_QUANTITY])
def test_where_a_serial_does_not_tell_units_apart_the_inventory_is_asked_for_first(flag):
    assert wanted(flag) == f"an inventory in which each unit has a serial number of its own, and {PAPER}"


def test_a_paper_alone_settles_what_its_serials_tell_apart():
    assert (wanted(), wanted(LOT_NOT_COVERED)) == (PAPER, PAPER)


def test_the_seat_of_a_maker_is_proven_without_serials():
    assert "serial" not in wanted(SERIAL_REPEATED, facet=Facet.MAKER)

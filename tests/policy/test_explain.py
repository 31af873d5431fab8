"""A finding in words: why it is so, and what would settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from provenance.evidence import Facet, Grade, Piece
from provenance.identify.identity import Identity, Kind, Tier
from provenance.origin.facts import LOT_NOT_COVERED, SERIAL_ON_QUANTITY, SERIAL_REPEATED, CaseFacts
from provenance.policy.explain import would_clear
from provenance.policy.judge import judge
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


def test_an_open_reading_asks_for_papers_only_where_a_serial_tells_the_units_apart():
    facts = CaseFacts(KNOWN, (), (), (), (SERIAL_REPEATED,))
    assert (
        "a serial number of its own, and a certificate of origin or stronger that shows another origin"
        in (would_clear(RULE, Verdict.UNDETERMINED, Reason.READING, facts))
    )


@pytest.mark.parametrize(
    ("seat", "expected"),
    [
        ("CN", "All points to China, which tx-lsipa-countries names on the day that counts."),
        ("HK", "All points to Hong Kong, which tx-lsipa-countries may name: the list, a date or the clause leaves it open."),
        (None, "Nothing shown rules out what tx-lsipa-countries names."),
    ],
)  # fmt: skip
def test_a_review_says_what_of_the_list_is_met(seat, expected):
    rule = next(one for one in load_policy("tx-lsipa").rules if one.facet is Facet.MAKER)
    pieces = (Piece(Facet.MAKER, Grade.PUBLISHED, frozenset({seat})),) if seat else ()
    finding = judge(rule, CaseFacts(KNOWN, pieces, (), (), ()), date(2026, 11, 20))
    assert finding.reason is Reason.REVIEW
    assert expected in finding.explanation


def test_a_review_of_what_points_elsewhere_says_that_proof_is_short():
    rule = next(one for one in load_policy("tx-lsipa").rules if one.facet is Facet.MAKER)
    pieces = (Piece(Facet.MAKER, Grade.UNSOURCED, frozenset({"US"})),)
    finding = judge(rule, CaseFacts(KNOWN, pieces, (), (), ()), date(2026, 11, 20))
    assert (
        "It points to United States, outside what tx-lsipa-countries names, short of" in finding.explanation
    )

"""Which machines are goods under embargo, whatever the rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece, Standing
from provenance.identify.identity import Identity, Kind, Tier
from provenance.origin.facts import CaseFacts
from provenance.policy.embargo import embargo_of
from provenance.policy.entity import EntityMember, Reach
from provenance.policy.judge import judge
from provenance.policy.load import load_policy
from provenance.policy.rule import Listing

AS_OF = date(2026, 11, 20)
RULE = load_policy("made-in-usa").rules[0]
KNOWN = Identity(
    Kind.MACHINE, "hawk", "Hawk", Tier.EXACT, None, None, Tier.NONE, None, (), ("hawk",), "", (),
)  # fmt: skip


def why(*said, blocking=frozenset(), listings=()):
    pieces = tuple(
        Piece(Facet.MANUFACTURE, grade, frozenset(atoms.split()), standing=standing)
        for grade, atoms, standing in said
    )
    facts = CaseFacts(KNOWN, tuple(sorted(pieces, key=Piece.key)), (), (), ())
    finding = replace(judge(RULE, facts, AS_OF), listings=listings)
    return embargo_of(facts, (finding,), blocking)


FULL = Standing.FULL


def test_goods_that_all_point_to_an_embargoed_country_are_set_apart_under_any_rule():
    assert why((Grade.DECLARED, "IR", FULL)) == "all that is stated of its origin points to Iran"
    assert why((Grade.NAMEPLATE, "CU", FULL), (Grade.DECLARED, "KP", FULL))


def test_one_side_of_a_contested_condemnation_is_enough():
    assert "one side" in why((Grade.CERTIFICATE, "CN", FULL), (Grade.CERTIFICATE, "IR", FULL))


def test_other_goods_and_goods_without_a_word_of_their_origin_are_not():
    assert why((Grade.DECLARED, "CN", FULL)) == ""
    assert why() == ""
    assert why((Grade.DECLARED, "IR", Standing.SHOWN_ONLY)) == ""


def test_goods_of_a_blocked_maker_are_set_apart():
    entry = EntityMember(
        "blocked", "Hawk", (), ("hawk",), None, Reach.NAMED, (), None, date(2020, 1, 1), None, "Order 1", "", True,
        date(2025, 1, 1),
    )  # fmt: skip
    days = Span(date(2020, 1, 1), date.max)
    met = Listing("hawk", entry, "", days, None, days, "")
    assert why(blocking=frozenset({"blocked"}), listings=(met,)) == (
        "its maker is Hawk, whose property is blocked (Order 1)"
    )
    assert why(blocking=frozenset(), listings=(met,)) == ""

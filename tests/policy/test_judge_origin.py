"""A rule on an origin: what bare words save, and that what is not known accuses nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.dates import Span
from provenance.evidence import STATEMENT_GRADES, Facet, FindingStatus, Grade, Piece
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.judge import verdict_under
from provenance.policy.judge_origin import rule_on_origin
from provenance.policy.load import load_policy
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import Treatment
from provenance.policy.verdict import Reason, Verdict

RULE = load_policy("cleanspark-mineone").rules[0]
AS_OF = date(2026, 11, 20)
DAY = date(2024, 8, 1)
KNOWN = Identity(
    Kind.MACHINE, "bitmain", "Bitmain", Tier.EXACT, None, None, Tier.NONE, None, (), ("bitmain",), "", (),
)  # fmt: skip
DAYS = [date(2018, 1, 1), date(2021, 5, 1), date(2022, 2, 21), date(2025, 6, 30), date(2025, 7, 1), AS_OF]
ATOMS = ["CN", "HK", "IR", "SY", "MY", "TH", "UA-DNR", "UA-REST"]


def says(grade, *atoms, status=None):
    return Piece(Facet.MANUFACTURE, grade, frozenset(atoms), status)


def facts_of(*pieces, delivered=DAY):
    span = Span.of(delivered) if delivered is not None else None
    ordered = tuple(sorted(set(pieces), key=Piece.key))
    return CaseFacts(KNOWN, ordered, ((Field.DELIVERY_DATE, span),), (), ())


def ruled(*pieces, delivered=DAY):
    return rule_on_origin(RULE, facts_of(*pieces), prohibited(RULE, Span.of(delivered)))


@pytest.mark.parametrize("word", [("MY",), ("CN", "MY"), ("HK",), ("HK", "MY"), ("CN", "HK", "MY")])
def test_no_bare_word_saves_goods_that_their_mark_condemns(word):
    mark, label = says(Grade.NAMEPLATE, "IR"), says(Grade.DECLARED, *word)
    ruling = ruled(mark, label)
    assert (ruling.verdict, ruling.atoms) == (Verdict.NON_CONFORMING, frozenset({"IR"}))
    assert (ruling.decisive, ruling.contesting) == ((mark,), (label,))


def test_a_word_that_agrees_with_the_mark_carries_the_verdict_with_it_and_contests_nothing():
    mark, label = says(Grade.NAMEPLATE, "CN"), says(Grade.DECLARED, "CN", "MY")
    ruling = ruled(mark, label)
    assert (ruling.decisive, ruling.contesting) == ((mark, label), ())


def test_a_word_is_kept_where_it_narrows_what_better_proof_leaves_open():
    mark, entry = says(Grade.NAMEPLATE, "IR"), says(Grade.CUSTOMS_ENTRY, "CN", "TH")
    word = says(Grade.DECLARED, "CN", "MY")
    lenient = replace(RULE, clears_from=Grade.CUSTOMS_ENTRY)
    ruling = rule_on_origin(lenient, facts_of(mark, entry, word), prohibited(lenient, Span.of(DAY)))
    assert (ruling.verdict, ruling.atoms) == (Verdict.NON_CONFORMING, frozenset({"IR", "CN"}))


@pytest.mark.parametrize("delivered", [None, date(2020, 1, 1), AS_OF])
def test_goods_without_a_date_are_accused_of_nothing_that_a_date_would_take_back(delivered):
    mark, word = says(Grade.NAMEPLATE, "IR"), says(Grade.DECLARED, "SY", "UA-REST")
    assert verdict_under(RULE, facts_of(mark, word, delivered=delivered), AS_OF) is Verdict.NON_CONFORMING


def _pieces():
    made = st.builds(
        lambda grade, atoms, status: Piece(
            Facet.MANUFACTURE, grade, frozenset(atoms), status if grade is Grade.FINDING else None
        ),
        st.sampled_from(sorted(STATEMENT_GRADES, key=lambda grade: grade.rank)),
        st.sets(st.sampled_from(ATOMS), min_size=1, max_size=3),
        st.sampled_from(FindingStatus),
    )
    return st.lists(made, max_size=4)


@settings(max_examples=300, deadline=None)
@given(_pieces())
def test_what_holds_of_goods_without_a_date_holds_on_each_day_that_they_can_have(pieces):
    undated = verdict_under(RULE, facts_of(*pieces, delivered=None), AS_OF)
    on_days = {verdict_under(RULE, facts_of(*pieces, delivered=day), AS_OF) for day in DAYS}
    if undated is not Verdict.UNDETERMINED:
        assert on_days == {undated}


@settings(max_examples=300, deadline=None)
@given(_pieces(), st.sampled_from([Treatment.IN, Treatment.OUT]))
def test_what_holds_while_a_clause_leaves_an_area_unstated_holds_however_it_is_read(pieces, treatment):
    stated = replace(RULE, areas={**RULE.areas, "HK": treatment})
    unstated = replace(RULE, areas={**RULE.areas, "HK": Treatment.UNSTATED})
    verdict = verdict_under(unstated, facts_of(*pieces), AS_OF)
    if verdict is not Verdict.UNDETERMINED:
        assert verdict_under(stated, facts_of(*pieces), AS_OF) is verdict


def test_a_final_determination_is_contested_by_what_lies_outside():
    final = says(Grade.FINDING, "CN", status=FindingStatus.FINAL)
    paper = says(Grade.CERTIFICATE, "MY")
    ruling = ruled(final, paper)
    assert (ruling.reason, ruling.contesting) == (Reason.FINAL_FINDING, (paper,))

"""What holds for every rule that comes with the program, on every day and in every order of its lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.catalog.database import open_catalogue
from provenance.countries.atoms import ALL
from provenance.datafile import read_document
from provenance.dates import Span
from provenance.policy.example_schema import FactsSpec
from provenance.policy.examples import case_facts
from provenance.policy.judge import judge
from provenance.policy.load import list_policies, load_policy
from provenance.policy.prohibited_makers import maker_breakpoints, prohibited_makers
from provenance.policy.prohibits import breakpoints, prohibited
from provenance.policy.reach import with_listings
from provenance.policy.subject import FacetSubject, MakersSubject
from provenance.policy.verdict import Verdict

CASES = read_document(Path(__file__).with_name("cases.yaml")).data["judged"]
AS_OF = date(2026, 11, 20)
DAYS = st.dates(date(1950, 1, 1), date(2030, 12, 31))
LONG_AGO = date(1900, 1, 1)
ONE_DAY = timedelta(days=1)


@lru_cache
def _rules():
    policies = with_listings(tuple(load_policy(one.id) for one in list_policies()), open_catalogue())
    found = {}
    for policy in policies:
        for rule in policy.rules:
            found[rule.id] = rule
        for reading in policy.readings:
            for rule in reading.rules:
                found.setdefault(f"{rule.id} as {reading.id}", rule)
    return found


ON_ORIGIN = sorted(name for name, rule in _rules().items() if isinstance(rule.subject, FacetSubject))
ON_MAKERS = sorted(name for name, rule in _rules().items() if isinstance(rule.subject, MakersSubject))


def _spans():
    return st.builds(lambda one, other: Span(min(one, other), max(one, other)), DAYS, DAYS)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ON_ORIGIN), _spans(), st.integers(0, 2000), st.integers(0, 2000))
def test_what_is_certainly_prohibited_is_possibly_prohibited_and_a_wider_interval_settles_nothing_more(
    name, span, before, after
):
    rule = _rules()[name]
    narrow = prohibited(rule, span)
    wide = prohibited(rule, Span(span.first - timedelta(days=before), span.last + timedelta(days=after)))
    assert narrow.certain <= narrow.possible <= ALL
    assert wide.certain <= narrow.certain
    assert narrow.possible <= wide.possible


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ON_MAKERS), _spans())
def test_a_maker_that_is_certainly_prohibited_is_possibly_prohibited(name, span):
    found = prohibited_makers(_rules()[name], span, None, ())
    assert found.certain <= found.possible


@pytest.mark.parametrize("name", ON_ORIGIN)
def test_nothing_changes_in_what_is_prohibited_between_two_days_of_change(name):
    rule = _rules()[name]
    changes = (LONG_AGO, *breakpoints(rule))
    for first, after in zip(changes, (*changes[1:], date(2035, 1, 1)), strict=True):
        at_first, at_last = (prohibited(rule, Span.of(day)) for day in (first, after - ONE_DAY))
        assert (at_first.certain, at_first.possible) == (at_last.certain, at_last.possible), first


@pytest.mark.parametrize("name", ON_MAKERS)
def test_nothing_changes_in_which_makers_are_prohibited_between_two_days_of_change(name):
    rule = _rules()[name]
    changes = (LONG_AGO, *sorted(maker_breakpoints(rule)))
    for first, after in zip(changes, (*changes[1:], date(2035, 1, 1)), strict=True):
        at_first, at_last = (
            prohibited_makers(rule, Span.of(day), None, ("camera",)) for day in (first, after - ONE_DAY)
        )
        assert (at_first.certain, at_first.possible) == (at_last.certain, at_last.possible), first


def _asked(case):
    rule = next(
        rule
        for name, rule in _rules().items()
        if name == case["rule"] + (f" as {case['reading']}" if "reading" in case else "")
    )
    return rule, date.fromisoformat(case.get("as_of", AS_OF.isoformat()))


PLAIN = [case for case in CASES if "lists" not in case and "areas" not in case]


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["id"])
def test_the_order_of_a_list_changes_no_verdict(case):
    rule, as_of = _asked(case)
    turned = replace(
        rule,
        members=rule.members[::-1],
        entities=rule.entities[::-1],
        listings={maker: listings[::-1] for maker, listings in rule.listings.items()},
    )
    facts = case_facts(FactsSpec.model_validate(case["facts"]), rule)
    one, other = judge(rule, facts, as_of), judge(turned, facts, as_of)
    assert (one.verdict, one.reason, one.atoms) == (other.verdict, other.reason, other.atoms)


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["id"])
def test_what_is_not_known_of_the_scope_neither_clears_a_machine_nor_takes_it_out(case):
    rule, as_of = _asked(case)
    known = FactsSpec.model_validate(case["facts"])
    unknown = known.model_copy(update={"categories": [], "scope": {}, "dates": {}})
    told, untold = (judge(rule, case_facts(facts, rule), as_of).verdict for facts in (known, unknown))
    if told not in {Verdict.OUT_OF_SCOPE, Verdict.CONFORMING}:
        assert untold not in {Verdict.OUT_OF_SCOPE, Verdict.CONFORMING}
    if rule.in_force == (None, None):
        assert untold is not Verdict.OUT_OF_SCOPE

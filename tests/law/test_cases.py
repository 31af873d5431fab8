"""Dated questions of law, each asked of the engine as a rule file asks it; the answers stand in `cases.yaml`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from provenance.catalog.database import open_catalogue
from provenance.datafile import read_document
from provenance.identify.resolve import Identifier
from provenance.policy.entity_lookup import EntityLookup
from provenance.policy.example_schema import FactsSpec
from provenance.policy.examples import case_facts
from provenance.policy.judge import judge
from provenance.policy.lists import load_list
from provenance.policy.load import load_policy
from provenance.policy.reach import with_listings
from provenance.policy.rule import Treatment

CASES = read_document(Path(__file__).with_name("cases.yaml")).data
AS_OF = "2026-11-20"


@lru_cache
def _policy(policy_id):
    (policy,) = with_listings((load_policy(policy_id),), open_catalogue())
    return policy


def _rule(case):
    """Return the rule that a case asks, with its own lists or areas where it names some."""
    policy = _policy(case["rule"].split("/")[0])
    rules = next((one.rules for one in policy.readings if one.id == case.get("reading")), policy.rules)
    rule = next(one for one in rules if one.id == case["rule"])
    if "lists" in case:
        loaded = [load_list(one) for one in case["lists"]]
        members = tuple(member for one in loaded for member in one.members())
        rule = replace(rule, members=members, partial=False)
    if "areas" in case:
        rule = replace(rule, areas={area: Treatment(word) for area, word in case["areas"].items()})
    return rule


@pytest.mark.parametrize("case", CASES["judged"], ids=lambda case: case["id"])
def test_the_law_of_a_day_is_answered_as_its_text_has_it(case):
    rule = _rule(case)
    facts = case_facts(FactsSpec.model_validate(case["facts"]), rule)
    finding = judge(rule, facts, date.fromisoformat(case.get("as_of", AS_OF)))
    assert (finding.verdict.value, finding.reason.value) == (
        case["expect"]["verdict"],
        case["expect"]["reason"],
    ), f"{case['why']} ({case['law']}): {finding.explanation}"
    if case.get("unverified"):
        assert finding.rests_on_unverified


@lru_cache
def _lookup(day):
    catalogue = open_catalogue()
    return EntityLookup(Identifier(catalogue), catalogue, day)


@pytest.mark.parametrize("case", CASES["listed"], ids=lambda case: case["id"])
def test_a_name_stands_on_a_list_on_the_days_of_its_listing(case):
    found = _lookup(date.fromisoformat(case["day"])).find(case["name"])["listings"]
    stands = {one["in_force"] for one in found if one["list"] == case["list"]}
    assert ("yes" in stands) == case["listed"]
    assert stands, "the name is not met at all, so that its absence says nothing"


def test_every_case_says_what_it_rests_on_and_why():
    ids = [case["id"] for case in (*CASES["judged"], *CASES["listed"])]
    assert len(ids) == len(set(ids))
    assert len(CASES["judged"]) >= 80
    assert all(case["law"] and case["why"] for case in CASES["judged"])

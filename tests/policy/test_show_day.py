"""Who a policy prohibits on a day, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from provenance.policy.load import load_policy
from provenance.policy.show_day import show_day

CLAUSE = load_policy("cleanspark-mineone")


def _text(policy, day):
    return " ".join(" ".join(show_day(policy, day)).split())


@pytest.mark.parametrize(("day", "listed"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_syria_stands_there_to_the_last_day_of_its_programme_with_the_order_that_ended_it(day, listed):
    text = _text(CLAUSE, day)
    assert ("Syria ofac-embargoed, 2011-08-18 to 2025-06-30: EO 13582" in text) is listed


def test_what_a_clause_leaves_open_stands_apart_and_once():
    text = _text(CLAUSE, date(2025, 7, 1))
    assert text.count("the clause does not say whether Hong Kong and Macao count with China") == 1


def test_the_next_day_on_which_something_changes_is_named():
    assert "Nothing of this changes before 2025-07-01." in _text(CLAUSE, date(2025, 6, 30))
    assert "No later change is on record." in _text(CLAUSE, date(2025, 7, 1))


def test_a_list_of_what_is_allowed_names_what_is_allowed():
    assert "Allowed: United States" in _text(load_policy("made-in-usa"), date(2025, 7, 1))


def test_before_a_rule_is_in_force_nothing_is_prohibited():
    rule = replace(CLAUSE.rules[0], in_force=(date(2027, 12, 23), None))
    text = _text(replace(CLAUSE, rules=(rule,)), date(2027, 12, 22))
    assert "nothing is prohibited. It is in force from 2027-12-23" in text
    assert "China" not in text.replace(rule.title, "")

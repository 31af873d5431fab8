"""Whether a rule reaches a machine: what is known takes it out, what is not known never clears and never condemns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.judge import judge
from provenance.policy.load import load_policy
from provenance.policy.rule import Condition, DateCondition, RuleException, TestDate, UnrecordedCondition
from provenance.policy.verdict import Reason, Verdict

AS_OF = date(2026, 11, 20)
RULE = load_policy("cleanspark-mineone").rules[0]
KNOWN = Identity(
    Kind.MACHINE, "bitmain", "Bitmain", Tier.EXACT, None, None, Tier.NONE, None, (), ("bitmain",), "", (),
)  # fmt: skip
CHINA = (Piece(Facet.MANUFACTURE, Grade.NAMEPLATE, frozenset({"CN"})),)
MALAYSIA = (Piece(Facet.MANUFACTURE, Grade.CERTIFICATE, frozenset({"MY"})),)
OPEN = (Verdict.UNDETERMINED, Reason.READING)
CONDEMNED = (Verdict.NON_CONFORMING, Reason.CONDEMNED)
OUT = (Verdict.OUT_OF_SCOPE, Reason.SCOPE)


def said(rule, pieces=CHINA, *, delivered=date(2024, 6, 1), authorised=None, categories=(), **scope):
    dates = (
        (Field.DELIVERY_DATE, Span.of(delivered) if delivered is not None else None),
        (Field.AUTHORISATION_DATE, Span.of(authorised) if authorised is not None else None),
    )
    told = tuple((Field(name), value) for name, value in scope.items())
    finding = judge(rule, CaseFacts(KNOWN, pieces, dates, told, (), categories), AS_OF)
    return finding.verdict, finding.reason


@pytest.mark.parametrize(
    ("delivered", "expected"), [(date(2024, 5, 31), OUT), (date(2024, 6, 1), CONDEMNED), (None, OPEN)]
)
def test_a_rule_reaches_back_to_its_first_day_and_an_unknown_day_condemns_nobody(delivered, expected):
    rule = replace(RULE, in_force=(date(2024, 6, 1), None))
    assert said(rule, delivered=delivered) == expected


def test_goods_of_an_unknown_day_may_still_be_cleared():
    rule = replace(RULE, in_force=(date(2024, 6, 1), None))
    assert said(rule, MALAYSIA, delivered=None)[0] is Verdict.CONFORMING


@pytest.mark.parametrize(
    ("authorised", "expected"), [(date(2026, 3, 22), OUT), (date(2026, 3, 23), CONDEMNED), (None, OPEN)]
)
def test_an_exception_by_date_is_unknown_until_the_date_is(authorised, expected):
    before = DateCondition(TestDate.AUTHORISATION, None, date(2026, 3, 22))
    rule = replace(RULE, exceptions=(RuleException("authorised-before", (before,), "the notice", ""),))
    assert said(rule, authorised=authorised) == expected


def test_an_exception_that_no_inventory_records_condemns_nobody_and_is_asked():
    approved = UnrecordedCondition("whether it holds an approval")
    rule = replace(RULE, exceptions=(RuleException("approved", (approved,), "the notice", ""),))
    assert said(rule) == OPEN
    assert said(rule, MALAYSIA)[0] is Verdict.CONFORMING


@pytest.mark.parametrize(
    ("order", "expected"),
    [("po 03", OUT), ("po-3", OPEN), ("PO 003", OPEN), ("po 02", CONDEMNED), (None, OPEN)],
)
def test_an_order_written_otherwise_may_be_the_one_that_the_instrument_names(order, expected):
    waived = RuleException("third-order", (Condition(Field.ORDER, ("PO 03",)),), "purchase order 3", "")
    assert said(replace(RULE, exceptions=(waived,)), order=order) == expected


@pytest.mark.parametrize(
    ("categories", "expected"), [(("camera",), OUT), (("network",), CONDEMNED), ((), CONDEMNED)]
)
def test_equipment_of_another_class_is_out_of_scope_and_of_an_unknown_one_is_in_it(categories, expected):
    assert said(replace(RULE, classes=("consumer-router",)), categories=categories) == expected


def test_what_is_open_of_an_exception_is_asked_for_by_name():
    before = DateCondition(TestDate.AUTHORISATION, None, date(2026, 3, 22))
    approved = UnrecordedCondition("it holds a conditional approval")
    exceptions = (
        RuleException("authorised-before", (before,), "the notice", ""),
        RuleException("approved", (approved,), "the notice", ""),
    )
    facts = CaseFacts(KNOWN, CHINA, ((Field.DELIVERY_DATE, Span.of(date(2024, 6, 1))),), (), ())
    finding = judge(replace(RULE, exceptions=exceptions), facts, AS_OF)
    assert finding.would_clear.startswith(
        "the authorisation date; or a document that shows: it holds a conditional approval; or "
    )


def test_a_duty_that_begins_after_the_day_of_the_question_reaches_nothing_undated():
    tomorrow = replace(RULE, in_force=(date(2026, 11, 21), None))
    today = replace(RULE, in_force=(AS_OF, None))
    assert (said(tomorrow, delivered=None), said(today, delivered=None)) == (OUT, OPEN)


def test_goods_still_to_come_on_a_stated_day_are_judged_by_that_day():
    assert said(replace(RULE, in_force=(date(2027, 1, 1), None)), delivered=date(2027, 2, 1)) == CONDEMNED

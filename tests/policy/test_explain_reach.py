"""A rule's reach in words: which fact takes a machine out, and what would if it were known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from provenance.dates import Span
from provenance.evidence import Facet, FindingStatus, Grade, Piece
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
THIRD_ORDER = RuleException("po-03", (Condition(Field.ORDER, ("PO 03",)),), "purchase order 03", "")
BEFORE = RuleException(
    "authorised-before",
    (DateCondition(TestDate.AUTHORISATION, None, date(2026, 3, 22)), Condition(Field.ORDER, ("PO 03",))),
    "the notice",
    "",
)
APPROVED = RuleException("approved", (UnrecordedCondition("it holds an approval"),), "the notice", "")


def found(rule, *, delivered=date(2024, 6, 1), categories=(), pieces=CHINA, as_of=AS_OF, **scope):
    dates = ((Field.DELIVERY_DATE, Span.of(delivered) if delivered is not None else None),)
    told = tuple((Field(name), value) for name, value in scope.items())
    return judge(rule, CaseFacts(KNOWN, pieces, dates, told, (), categories), as_of)


@pytest.mark.parametrize(
    ("terms", "facts", "expected"),
    [
        (
            {"exceptions": (THIRD_ORDER,)},
            {"order": "po 03"},
            "The exception po-03 takes this equipment out (purchase order 03).",
        ),
        (
            {"classes": ("consumer-router",)},
            {"categories": ("camera",)},
            "The rule reaches consumer router equipment alone, and this is camera equipment.",
        ),
        (
            {"scope": (Condition(Field.SITE, ("north range",)),)},
            {"site": "elsewhere"},
            "The rule does not reach this equipment on the facts stated: the site is elsewhere.",
        ),
        (
            {"in_force": (date(2025, 1, 1), None)},
            {},
            "The rule is in force from 2025-01-01 alone, and the delivery date is 2024-06-01.",
        ),
        (
            {"in_force": (date(2027, 12, 23), None)},
            {"delivered": None},
            "The rule is in force from 2027-12-23 alone, and no delivery date is stated as of 2026-11-20.",
        ),
        (
            {"in_force": (None, date(2020, 1, 1)), "test_date": TestDate.AS_OF},
            {},
            "The rule is in force until 2020-01-01 alone, and the day of the audit is 2026-11-20.",
        ),
    ],
)
def test_what_is_out_of_scope_says_which_fact_takes_it_out(terms, facts, expected):
    finding = found(replace(RULE, **terms), **facts)
    assert (finding.verdict, finding.explanation) == (Verdict.OUT_OF_SCOPE, expected)
    assert (finding.would_clear, finding.open_questions) == ("", ())


def test_goods_that_only_an_open_exception_spares_are_told_as_what_they_are():
    finding = found(replace(RULE, exceptions=(APPROVED,)))
    assert (finding.verdict, finding.reason) == (Verdict.UNDETERMINED, Reason.READING)
    assert finding.explanation == (
        "Shown: nameplate: China. On this evidence the country of manufacture is China, which the rule prohibits. "
        "Whether the rule reaches it is open, so that nothing is condemned."
    )
    assert finding.open_questions == ("whether the exception approved applies (the notice)",)
    assert finding.would_clear == (
        "a document that shows: it holds an approval; or a certificate of origin or stronger that shows another "
        "origin, naming the serial numbers"
    )


def test_only_what_is_not_known_of_an_exception_is_asked_for():
    finding = found(replace(RULE, exceptions=(BEFORE,)), order="po 03")
    assert finding.would_clear.startswith("the authorisation date; or a certificate of origin")


def test_no_paper_is_asked_for_against_a_final_determination():
    final = (Piece(Facet.MANUFACTURE, Grade.FINDING, frozenset({"CN"}), status=FindingStatus.FINAL),)
    finding = found(replace(RULE, exceptions=(APPROVED,)), pieces=final)
    assert finding.explanation.startswith(
        "Shown: government determination: China (final). A final government determination places it in China"
    )
    assert finding.would_clear == "a document that shows: it holds an approval"


def test_equipment_of_an_unknown_class_says_that_it_is_judged_as_of_that_class():
    finding = found(replace(RULE, classes=("drone",), exceptions=(APPROVED,)))
    assert any("whether it is drone equipment" in one for one in finding.open_questions)

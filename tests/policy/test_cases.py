"""Cases judged under every rule: what rules ask, what is counted, and how several policies and readings combine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts, case_id
from provenance.origin.mentions import no_matches
from provenance.origin.scan import Scan, Tally
from provenance.policy.audit import Case
from provenance.policy.cases import judge_cases, presented
from provenance.policy.load import load_policy
from provenance.policy.matrix import read_otherwise
from provenance.policy.policy import Policy, Reading
from provenance.policy.rule import Condition, RuleException, TestDate
from provenance.policy.subject import FacetSubject
from provenance.policy.verdict import Verdict
from provenance.policy.wanted import wanted_of

AS_OF = date(2026, 11, 20)
PACK = replace(load_policy("china-ofac"), readings=())
RULE = PACK.rules[0]
KNOWN = Identity(
    Kind.MACHINE, "bitmain", "Bitmain", Tier.EXACT, None, None, Tier.NONE, None, (), ("bitmain",), "", (),
)  # fmt: skip


def facts(*pieces: tuple[Grade, str], **scope: str | None) -> CaseFacts:
    found = tuple(Piece(Facet.MANUFACTURE, grade, frozenset({country})) for grade, country in pieces)
    dates = ((Field.DELIVERY_DATE, Span.of(date(2024, 8, 1))),)
    asked = tuple((Field(name), value) for name, value in scope.items())
    return CaseFacts(KNOWN, tuple(sorted(found, key=Piece.key)), dates, asked, ())


def scan(*told: CaseFacts, tallies: tuple[Tally, ...] | None = None) -> Scan:
    each = tuple(Tally(index, "Bitmain", "S21", "", 2, 3) for index in range(len(told)))
    nothing = no_matches(0)
    counted = each if tallies is None else tallies
    return Scan(pl.DataFrame(), (0, 0), told, tuple(case_id(one) for one in told), counted, nothing)


def judged(one: Scan, *policies: Policy) -> tuple[Case, ...]:
    return judge_cases(one, policies, lambda _: (), AS_OF)


CHINA = facts((Grade.DECLARED, "CN"))
CLEARED = facts((Grade.CERTIFICATE, "MY"))
OPEN = facts()


def test_all_that_rules_and_readings_ask_for_is_wanted():
    exception = RuleException("e", (Condition(Field.ORDER, ("PO 3",)),), "", "")
    other = replace(
        RULE,
        subject=FacetSubject(Facet.MAKER),
        test_date=TestDate.AS_OF,
        exceptions=(exception,),
        scope=(Condition(Field.SITE, ("A",)),),
    )
    wanted = wanted_of([replace(PACK, readings=(Reading("r", "", "", (other,)),))])
    assert wanted.facets == {Facet.MANUFACTURE, Facet.MAKER}
    assert wanted.scope == (Field.ORDER, Field.SITE)
    assert set(wanted.breakpoints) == {RULE.test_date.field}
    assert wanted.seats_on == (None,)


def test_rules_about_seats_say_on_which_days():
    owner = replace(RULE, subject=FacetSubject(Facet.OWNER), test_date=TestDate.CONTRACT)
    maker = replace(RULE, subject=FacetSubject(Facet.MAKER), test_date=TestDate.DELIVERY)
    assert wanted_of([replace(PACK, rules=(RULE, maker, owner))]).seats_on == (
        Field.CONTRACT_DATE, Field.DELIVERY_DATE,
    )  # fmt: skip
    assert wanted_of([PACK]).seats_on == ()


def test_lines_and_units_of_a_case_are_those_of_its_tallies():
    tallies = (Tally(0, "Bitmain", "S21", "A", 2, 5), Tally(0, "BITMAIN", "", "", 1, 7))
    (case,) = judged(scan(OPEN, tallies=tallies), PACK)
    assert (case.lines, case.units) == (3, 12)
    assert (dict(case.makers), dict(case.models), dict(case.sites)) == (
        {"BITMAIN": 7, "Bitmain": 5}, {"S21": 5}, {"": 7, "A": 5},
    )  # fmt: skip


def test_a_case_has_a_finding_per_rule_and_the_worst_decides():
    lenient = replace(PACK, id="lenient", rules=(replace(RULE, condemns_from=Grade.CERTIFICATE),))
    for policies in ((PACK, lenient), (lenient, PACK)):
        (case,) = judged(scan(CHINA), *policies)
        assert (len(case.findings), case.verdict) == (2, Verdict.NON_CONFORMING)
        assert case.worst.verdict is Verdict.NON_CONFORMING


def test_cases_are_presented_worst_first_and_those_without_lines_not_at_all():
    tallies = (Tally(0, "", "", "", 1, 1), Tally(1, "", "", "", 1, 1), Tally(2, "", "", "", 1, 9))
    empty = facts((Grade.INVOICE, "IR"))
    cases = judged(scan(CLEARED, OPEN, CHINA, empty, tallies=tallies), PACK)
    assert [case.verdict for case in presented(cases)] == [
        Verdict.NON_CONFORMING, Verdict.UNDETERMINED, Verdict.CONFORMING,
    ]  # fmt: skip
    assert presented(cases) == presented(cases[::-1])


def test_a_reading_is_counted_beside_the_declared_one_and_changes_no_verdict():
    lenient = Reading("lenient", "", "", (replace(RULE, clears_from=Grade.DECLARED),))
    policy = replace(PACK, readings=(lenient,))
    cases = judged(scan(facts((Grade.DECLARED, "MY")), CLEARED), policy)
    declared, other = read_otherwise([policy], cases, AS_OF)
    assert [case.verdict for case in cases] == [Verdict.UNDETERMINED, Verdict.CONFORMING]
    assert (declared.declared, declared.changed_units) == (True, 0)
    assert (other.reading, other.declared, other.changed_units) == ("lenient", False, 3)
    assert other.by_verdict[Verdict.CONFORMING].units == 6


def test_each_policy_reads_its_own_findings():
    strict = replace(PACK, id="strict", rules=(replace(RULE, clears_from=Grade.FINDING),))
    cases = judged(scan(CLEARED), PACK, strict)
    one, two = read_otherwise([PACK, strict], cases, AS_OF)
    assert one.by_verdict[Verdict.CONFORMING].units == 3
    assert two.by_verdict[Verdict.UNDETERMINED].units == 3

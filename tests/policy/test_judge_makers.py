"""The verdict of a rule on makers, and its promises for any lists, ties and identities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.dates import Span
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts, period_of
from provenance.policy.at import certain_days, possible_days
from provenance.policy.audit import Finding
from provenance.policy.entity import EntityMember, Reach
from provenance.policy.judge import judge
from provenance.policy.load import load_policy
from provenance.policy.prohibited_makers import prohibited_makers
from provenance.policy.prohibits import breakpoints
from provenance.policy.rule import Condition, Effect, Listing, Rule
from provenance.policy.subject import MakersSubject, Related
from provenance.policy.verdict import Reason, Verdict

AS_OF = date(2026, 11, 20)
DAY = date(2024, 6, 1)
LISTED = date(2020, 1, 1)
BASE = replace(
    load_policy("china-ofac").rules[0],
    subject=MakersSubject((Related.AFFILIATES, Related.PARENTS, Related.WHITE_LABELS)),
    members=(),
    clears_from=Tier.GRAMMAR,
    condemns_from=Tier.GRAMMAR,
)


def entry(
    first: date | None = LISTED,
    last: date | None = None,
    *,
    classes: tuple[str, ...] = (),
    purpose: str | None = None,
) -> EntityMember:
    return EntityMember(
        list_id="firms", name="Hawk", aliases=(), makers=("hawk",), country=None, reach=Reach.AFFILIATES,
        classes=classes, purpose=purpose, first=first, last=last, citation="Order 1", source="", verified=True,
        list_as_of=date(2025, 1, 1),
    )  # fmt: skip


def listing(
    maker: str = "hawk",
    member: EntityMember | None = None,
    *,
    via: str = "",
    doubt: str = "",
    until: date | None = None,
    certain: bool = True,
) -> Listing:
    own = member if member is not None else entry()
    sure = certain_days(own) if certain and not doubt else None
    return Listing(maker, own, via, possible_days(own), until, sure, doubt)


def rule(*listings: Listing, **changes: object) -> Rule:
    found: dict[str, tuple[Listing, ...]] = {}
    for one in listings:
        found[one.maker] = (*found.get(one.maker, ()), one)
    entities = tuple(one.member for one in listings if one.member is not None)
    return replace(BASE, listings=found, entities=entities, **changes)


def identity(*makers: str, tier: Tier = Tier.EXACT) -> Identity:
    maker = makers[0] if len(makers) == 1 else None
    return Identity(
        Kind.MACHINE, maker, maker, tier if maker else Tier.NONE, None, None, Tier.NONE, None, (), makers, "", (),
    )  # fmt: skip


def facts(
    *makers: str,
    tier: Tier = Tier.EXACT,
    day: date | None = DAY,
    categories: tuple[str, ...] = (),
    witnesses: tuple[tuple[str, str], ...] = (),
    made: date | None = None,
) -> CaseFacts:
    dates = (
        (Field.DELIVERY_DATE, Span.of(day) if day is not None else None),
        (Field.MANUFACTURE_DATE, Span.of(made) if made is not None else None),
    )
    return CaseFacts(identity(*makers, tier=tier), (), dates, (), (), categories, witnesses)


def said(one: Rule, told: CaseFacts) -> tuple[Verdict, Reason]:
    finding = judge(one, told, AS_OF)
    return finding.verdict, finding.reason


CONDEMNED = (Verdict.NON_CONFORMING, Reason.CONDEMNED)
CLEARED = (Verdict.CONFORMING, Reason.CLEARED)


def open_for(reason: Reason) -> tuple[Verdict, Reason]:
    return Verdict.UNDETERMINED, reason


def test_a_known_maker_on_the_list_on_the_day_does_not_conform_and_the_entry_is_cited():
    finding = judge(rule(listing()), facts("hawk"), AS_OF)
    assert (finding.verdict, finding.reason) == CONDEMNED
    assert "firms: Hawk, listed from 2020-01-01 (Order 1)" in finding.explanation


def test_a_known_maker_on_no_list_conforms():
    assert said(rule(listing()), facts("dove")) == CLEARED


@pytest.mark.parametrize(
    ("day", "expected"),
    [(LISTED, CONDEMNED), (LISTED - timedelta(days=1), CLEARED), (None, open_for(Reason.READING))],
)
def test_the_day_decides_and_a_missing_one_leaves_it_open(day, expected):
    assert said(rule(listing()), facts("hawk", day=day)) == expected


@pytest.mark.parametrize("tier", [Tier.FUZZY, Tier.NONE])
def test_a_guess_neither_condemns_nor_clears(tier):
    assert said(rule(listing()), facts("hawk", tier=tier)) == open_for(Reason.PRESUMED)
    assert said(rule(listing()), facts("dove", tier=tier)) == open_for(Reason.UNPROVEN)


def test_a_rule_may_ask_for_the_exact_name():
    strict = rule(listing(), clears_from=Tier.EXACT, condemns_from=Tier.EXACT)
    assert said(strict, facts("hawk", tier=Tier.GRAMMAR)) == open_for(Reason.PRESUMED)
    assert said(strict, facts("dove", tier=Tier.GRAMMAR)) == open_for(Reason.UNPROVEN)


def test_a_machine_of_several_possible_makers_stays_open():
    one = rule(listing(), listing("kite"))
    assert said(one, facts("hawk", "dove")) == open_for(Reason.AMBIGUOUS)
    assert said(one, facts("hawk", "kite")) == open_for(Reason.PRESUMED)
    assert said(one, facts()) == open_for(Reason.UNIDENTIFIED)


def test_a_mac_of_a_listed_firm_in_anothers_machine_is_a_sign_and_no_proof():
    witness = (("mac", "hawk"),)
    assert said(rule(listing()), facts("dove", witnesses=witness)) == open_for(Reason.OPEN)
    assert said(rule(listing()), facts("hawk", witnesses=(("mac", "dove"),))) == CONDEMNED
    assert (
        "MAC address points to hawk"
        in judge(rule(listing()), facts("dove", witnesses=witness), AS_OF).explanation
    )


def test_a_serial_number_of_another_maker_disputes_what_the_texts_say():
    assert said(rule(listing()), facts("hawk", witnesses=(("serial", "dove"),))) == open_for(Reason.DISPUTED)
    assert said(rule(listing()), facts("dove", witnesses=(("serial", "hawk"),))) == open_for(Reason.DISPUTED)


def test_a_tie_that_is_not_settled_and_a_use_that_no_inventory_records_leave_it_open():
    white = listing("dove", via="the maker of its hardware", doubt="undated")
    assert said(rule(white), facts("dove")) == open_for(Reason.READING)
    use = listing(member=entry(purpose="public safety"))
    assert said(rule(use), facts("hawk")) == open_for(Reason.READING)


def test_an_entry_for_one_class_of_equipment_bites_on_that_class_alone():
    one = rule(listing(member=entry(classes=("telecommunications",))))
    assert said(one, facts("hawk", categories=("network",))) == CONDEMNED
    assert said(one, facts("hawk", categories=("asic-miner",))) == CLEARED
    assert said(one, facts("hawk")) == open_for(Reason.READING)


def test_goods_made_before_two_firms_parted_stay_meant():
    sold = listing("dove", via="its parent Hawk", until=date(2022, 11, 23), certain=False)
    assert said(rule(sold), facts("dove")) == open_for(Reason.READING)
    assert said(rule(sold), facts("dove", made=date(2022, 11, 23))) == open_for(Reason.READING)
    assert said(rule(sold), facts("dove", made=date(2022, 11, 24))) == CLEARED


def test_absence_from_a_partial_list_clears_nobody():
    partial = rule(listing(), partial=True)
    assert said(partial, facts("dove")) == open_for(Reason.READING)
    assert said(partial, facts("hawk")) == CONDEMNED


def test_a_rule_for_review_condemns_nobody_and_clears_who_is_on_no_list():
    review = rule(listing(), effect=Effect.REVIEW)
    assert said(review, facts("hawk")) == open_for(Reason.REVIEW)
    assert said(review, facts("dove")) == CLEARED


def test_an_unverified_entry_is_named_by_the_verdict_that_rests_on_it_either_way():
    recalled = replace(entry(last=date(2023, 1, 1)), verified=False)
    one = rule(listing(member=recalled))
    for day in (date(2022, 1, 1), DAY):
        assert judge(one, facts("hawk", day=day), AS_OF).rests_on_unverified == ("Order 1",)


# -- for all lists, ties and identities ----------------------------------------------------------------------------

MAKERS = ("dove", "hawk", "kite")
days = st.dates(date(2019, 1, 1), date(2026, 1, 1))


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    first, last = draw(st.none() | days), draw(st.none() | days)
    if first is not None and last is not None and last < first:
        first, last = last, first
    member = entry(
        first,
        last,
        classes=draw(st.sampled_from([(), ("telecommunications",)])),
        purpose=draw(st.sampled_from([None, None, "public safety"])),
    )
    return listing(
        draw(st.sampled_from(MAKERS)),
        member,
        via=draw(st.sampled_from(["", "its parent"])),
        doubt=draw(st.sampled_from(["", "", "undated"])),
        until=draw(st.none() | days),
        certain=draw(st.booleans()),
    )


some_listings = st.lists(listings(), max_size=4)
spans = st.none() | st.builds(lambda one, other: Span(min(one, other), max(one, other)), days, days)
kinds = st.sampled_from([(), ("network",), ("camera",), ("asic-miner",), ("camera", "network")])
witnesses = st.lists(st.tuples(st.sampled_from(["mac", "serial"]), st.sampled_from(MAKERS)), max_size=2)
identities = st.tuples(st.lists(st.sampled_from(MAKERS), max_size=2, unique=True), st.sampled_from(Tier))


def told(
    who: tuple[list[str], Tier], span: Span | None, kind: tuple[str, ...], signs: list[tuple[str, str]]
) -> CaseFacts:
    known = facts(*sorted(who[0]), tier=who[1], categories=kind, witnesses=tuple(sorted(set(signs))))
    return replace(known, dates=((Field.DELIVERY_DATE, span),))


def _days_of(one: Rule, span: Span | None) -> Iterator[date]:
    whole = one.span(span, AS_OF)
    yield from {
        whole.first,
        whole.last,
        *(day for day in breakpoints(one) if whole.first <= day <= whole.last),
    }


@settings(max_examples=150, deadline=None)
@given(some_listings, days, days, kinds)
def test_what_is_certainly_prohibited_is_possibly_so_and_a_wider_interval_never_tightens(
    found, one, other, kind
):
    made = rule(*found)
    wide = prohibited_makers(made, Span(min(one, other), max(one, other)), None, kind)
    assert wide.certain <= wide.possible
    narrow = prohibited_makers(made, Span.of(one), None, kind)
    assert wide.certain <= narrow.certain
    assert narrow.possible <= wide.possible


@settings(max_examples=150, deadline=None)
@given(some_listings, days, kinds)
def test_within_a_period_in_which_nothing_changes_every_day_is_judged_alike(found, day, kind):
    made = rule(*found)
    period = period_of(day, breakpoints(made))
    whole = prohibited_makers(made, period, None, kind)
    single = prohibited_makers(made, Span.of(day), None, kind)
    assert (whole.certain, whole.possible) == (single.certain, single.possible)


@settings(max_examples=100, deadline=None)
@given(st.lists(listings(), max_size=3), identities, spans, kinds, witnesses)
def test_the_order_of_a_list_changes_nothing(found, who, span, kind, signs):
    case = told(who, span, kind, signs)
    verdicts = {said(rule(*order), case) for order in permutations(found)}
    assert len(verdicts) == 1


@settings(max_examples=200, deadline=None)
@given(some_listings, identities, spans, kinds, witnesses)
def test_nobody_conforms_whom_some_day_class_or_tie_left_open_could_put_on_the_list(
    found, who, span, kind, signs
):
    made, case = rule(*found), told(who, span, kind, signs)
    if judge(made, case, AS_OF).verdict is not Verdict.CONFORMING:
        return
    assert case.identity.maker is not None
    assert case.identity.maker_tier in {Tier.EXACT, Tier.GRAMMAR}
    pointed = {case.identity.maker, *(maker for _, maker in case.witnesses)}
    for day in _days_of(made, span):
        for one in found:
            met = one.maker in pointed and one.possible.first <= day <= one.possible.last
            limited = (
                one.member is not None
                and one.member.classes
                and set(kind)
                and not set(kind) & {"network", "camera"}
            )
            assert not met or limited


@settings(max_examples=200, deadline=None)
@given(some_listings, identities, spans, kinds, witnesses)
def test_nobody_is_condemned_but_a_known_maker_certainly_listed_on_every_day(found, who, span, kind, signs):
    made, case = rule(*found), told(who, span, kind, signs)
    if judge(made, case, AS_OF).verdict is not Verdict.NON_CONFORMING:
        return
    assert case.identity.maker is not None
    assert case.identity.maker_tier in {Tier.EXACT, Tier.GRAMMAR}
    for day in _days_of(made, span):
        assert any(
            one.maker == case.identity.maker
            and one.certain is not None
            and one.certain.first <= day <= one.certain.last
            and not one.doubt
            for one in found
        )


@settings(max_examples=200, deadline=None)
@given(some_listings, identities, spans, kinds, witnesses, st.sampled_from(MAKERS))
def test_a_mac_address_never_clears_and_never_condemns(found, who, span, kind, signs, maker):
    made = rule(*found)
    before = judge(made, told(who, span, kind, signs), AS_OF)
    after = judge(made, told(who, span, kind, [*signs, ("mac", maker)]), AS_OF)
    assert _no_better(before, after)
    assert (after.verdict is Verdict.NON_CONFORMING) == (before.verdict is Verdict.NON_CONFORMING)


@settings(max_examples=200, deadline=None)
@given(some_listings, listings(), identities, spans, kinds, witnesses)
def test_a_further_entry_never_clears_anybody(found, more, who, span, kind, signs):
    case = told(who, span, kind, signs)
    assert _no_better(judge(rule(*found), case, AS_OF), judge(rule(*found, more), case, AS_OF))


@settings(max_examples=200, deadline=None)
@given(some_listings, identities, spans, witnesses)
def test_what_equipment_it_is_not_being_known_never_clears(found, who, span, signs):
    unknown = judge(rule(*found), told(who, span, (), signs), AS_OF)
    if unknown.verdict is Verdict.CONFORMING:
        for kind in (("network",), ("asic-miner",), ("camera",)):
            assert judge(rule(*found), told(who, span, kind, signs), AS_OF).verdict is Verdict.CONFORMING


@settings(max_examples=200, deadline=None)
@given(some_listings, identities, spans, kinds, witnesses)
def test_an_unknown_scope_never_clears(found, who, span, kind, signs):
    scoped = rule(*found, scope=(Condition(Field.SITE, ("A",)),))
    case = told(who, span, kind, signs)
    unknown = judge(scoped, replace(case, scope=((Field.SITE, None),)), AS_OF)
    inside = judge(scoped, replace(case, scope=((Field.SITE, "a"),)), AS_OF)
    assert (unknown.verdict, unknown.reason) == (inside.verdict, inside.reason)


def _no_better(before: Finding, after: Finding) -> bool:
    return before.verdict is Verdict.CONFORMING or after.verdict is not Verdict.CONFORMING


@pytest.mark.parametrize(
    ("one", "told", "expected"),
    [
        (
            rule(listing(member=entry(classes=("telecommunications",)))),
            facts("hawk", categories=("inverter",)),
            ("firms: Hawk, listed from 2020-01-01 (Order 1) is limited to telecommunications equipment, and this is "
            "inverter equipment."),
        ),
        (
            rule(listing()),
            facts("hawk", day=date(2019, 1, 1)),
            "firms: Hawk, listed from 2020-01-01 (Order 1): the day that counts lies outside.",
        ),
        (
            rule(listing(via="its parent Hawk to 2022-01-01", until=date(2022, 1, 1))),
            facts("hawk", made=date(2023, 1, 1)),
            ("firms: Hawk, through its parent Hawk to 2022-01-01, listed from 2020-01-01 (Order 1): it was made after "
            "2022-01-01, when the two had parted."),
        ),
    ],
)  # fmt: skip
def test_a_listed_maker_that_is_cleared_is_never_told_to_be_on_no_list(one, told, expected):
    finding = judge(one, told, AS_OF)
    assert (finding.verdict, finding.reason) == CLEARED
    assert finding.explanation.endswith(f"What the lists say of it does not reach this machine: {expected}")

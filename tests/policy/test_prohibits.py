from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.countries.atoms import ALL
from provenance.dates import Span
from provenance.policy.load import load_policy
from provenance.policy.prohibits import breakpoints, prohibited
from provenance.policy.rule import Member, Treatment

RULE = load_policy("china-ofac").rules[0]
BROAD = next(reading for reading in load_policy("china-ofac").readings if reading.id == "ofac-broad").rules[1]
ALWAYS = Member("china", frozenset({"CN"}), date.min, None, True, "by definition", "", True, date(2020, 1, 1))


def _on(year, month, day):
    return Span.of(date(year, month, day))


def _rule(*members, **changes):
    return replace(RULE, members=members, **changes)


def _member(code, first=None, last=None, *, certain=True, as_of=date(2020, 1, 1)):
    return Member("example", frozenset({code}), first, last, certain, f"Order on {code}", "", True, as_of)


def test_the_seed_reading_prohibits_china_the_embargoed_countries_and_the_covered_areas():
    found = prohibited(RULE, _on(2024, 8, 1))
    embargoed = {"CU", "IR", "KP", "SY"}
    assert found.certain == {"CN", "UA-CRIMEA", "UA-SEVASTOPOL", "UA-DNR", "UA-LNR"} | embargoed
    assert found.possible == found.certain | {"HK", "MO"}


@pytest.mark.parametrize(
    ("day", "listed"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False), (date(2011, 8, 17), False)]
)
def test_syria_is_prohibited_to_the_last_day_of_its_programme(day, listed):
    assert ("SY" in prohibited(RULE, Span.of(day)).certain) is listed


def test_north_korea_is_free_in_the_gap_between_its_programmes():
    assert "KP" not in prohibited(RULE, Span(date(2008, 6, 27), date(2011, 4, 18))).possible


def test_without_a_test_date_only_syria_and_the_areas_of_2022_become_uncertain():
    found = prohibited(RULE, RULE.span(None, date(2026, 11, 20)))
    assert found.certain == {"CN", "CU", "IR", "KP", "UA-CRIMEA", "UA-SEVASTOPOL"}
    assert found.possible - found.certain == {"HK", "MO", "SY", "UA-DNR", "UA-LNR"}
    assert "SD" not in found.possible


def test_an_unstated_area_is_possible_and_says_why():
    found = prohibited(RULE, _on(2024, 8, 1))
    assert found.open_questions == {
        "HK": "the clause does not say whether Hong Kong counts with China",
        "MO": f"the clause does not say whether {_label('MO')} counts with China",
    }
    assert [member.list_id for member in found.members["HK"]] == ["china"]


def _label(atom):
    from provenance.countries.atoms import label

    return label(atom)


def test_an_area_that_counts_with_china_is_prohibited_like_it():
    rule = replace(RULE, areas={"HK": Treatment.IN, "MO": Treatment.IN, "TW": Treatment.IN})
    assert {"HK", "MO", "TW"} <= prohibited(rule, _on(2024, 8, 1)).certain


def test_an_area_left_out_is_prohibited_only_where_a_list_names_it():
    out = {"HK": Treatment.OUT, "MO": Treatment.OUT, "TW": Treatment.OUT}
    rule = _rule(ALWAYS, _member("HK", date(2021, 1, 1)), areas=out)
    assert prohibited(rule, _on(2020, 6, 1)).possible == {"CN"}
    assert prohibited(rule, _on(2021, 6, 1)).certain == {"CN", "HK"}


def test_areas_play_no_part_where_china_is_not_listed():
    assert prohibited(_rule(_member("CU", date(2000, 1, 1))), _on(2024, 8, 1)).possible == {"CU"}


def test_an_area_counts_with_china_no_more_certainly_than_china_itself():
    china = _member("CN", date(2000, 1, 1), certain=False)
    found = prohibited(
        _rule(china, areas={"HK": Treatment.IN, "MO": Treatment.OUT, "TW": Treatment.OUT}), _on(2024, 8, 1)
    )
    assert (found.certain, found.possible) == (frozenset(), {"CN", "HK"})


def test_programmes_aimed_at_persons_are_possible_only_and_say_why():
    found = prohibited(BROAD, _on(2024, 8, 1))
    assert found.certain == frozenset()
    assert "names persons, a regime or a government, not Belarus" in found.open_questions["BY"]
    assert {"HK", "RU", "VE"} <= found.possible
    assert "MO" not in found.possible


def test_memberships_of_one_country_cover_an_interval_together():
    rule = _rule(_member("CU", date(2000, 1, 1), date(2010, 5, 4)), _member("CU", date(2010, 5, 5)))
    assert prohibited(rule, Span(date(2005, 1, 1), date(2015, 1, 1))).certain == {"CU"}


def test_an_unknown_start_is_possible_before_the_lists_date_and_certain_from_it_on():
    rule = _rule(_member("CU"))
    before = prohibited(rule, _on(2019, 12, 31))
    assert (before.certain, before.possible) == (frozenset(), {"CU"})
    assert (
        before.open_questions["CU"]
        == "example: since when Cuba is listed is not known, only that it was on 2020-01-01"
    )
    assert prohibited(rule, _on(2020, 1, 1)).certain == {"CU"}


def test_absence_from_a_partial_list_never_clears():
    found = prohibited(_rule(_member("CU", date(2000, 1, 1)), partial=True), _on(2024, 8, 1))
    assert (found.certain, found.possible) == ({"CU"}, ALL)
    assert "the list is partial" in found.open_questions["MY"]
    assert found.members["MY"] == ()


def test_an_allow_list_prohibits_the_complement():
    rule = _rule(_member("US", date(2000, 1, 1)), _member("MY", date(2024, 1, 1)), allow=True)
    found = prohibited(rule, Span(date(2023, 1, 1), date(2024, 12, 31)))
    assert (found.certain, found.possible) == (ALL - {"US", "MY"}, ALL - {"US"})
    assert "Malaysia is listed from 2024-01-01 on" in found.open_questions["MY"]


def test_an_area_left_unstated_on_an_allow_list_is_not_certainly_prohibited():
    found = prohibited(_rule(ALWAYS, allow=True), _on(2024, 8, 1))
    assert found.possible - found.certain == {"HK", "MO"}


def test_what_may_be_missing_from_a_partial_allow_list_is_not_certainly_prohibited():
    found = prohibited(_rule(_member("US", date(2000, 1, 1)), allow=True, partial=True), _on(2024, 8, 1))
    assert (found.certain, found.possible) == (frozenset(), ALL - {"US"})


def test_breakpoints_are_the_days_on_which_something_changes():
    rule = _rule(ALWAYS, _member("SY", date(2011, 8, 18), date(2025, 6, 30)))
    assert breakpoints(rule) == (date(2011, 8, 18), date(2025, 7, 1))


DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
CODES = st.sampled_from(["CN", "HK", "TW", "CU", "MY"])


@st.composite
def members(draw):
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if first is not None and last is not None and last < first:
        first, last = last, first
    return _member(draw(CODES), first, last, certain=draw(st.booleans()), as_of=draw(DAYS))


@st.composite
def rules(draw):
    treatment = st.sampled_from(Treatment)
    return _rule(
        *draw(st.lists(members(), max_size=5)),
        areas={area: draw(treatment) for area in ("HK", "MO", "TW")},
        allow=draw(st.booleans()),
        partial=draw(st.booleans()),
    )


@st.composite
def spans(draw):
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Span(first, last)


@settings(deadline=None)
@given(rules(), spans())
def test_the_certain_lies_within_the_possible_and_every_gap_is_explained(rule, span):
    found = prohibited(rule, span)
    assert found.certain <= found.possible <= ALL
    assert set(found.open_questions) == found.possible - found.certain
    assert set(found.members) == found.possible
    assert "" not in found.open_questions.values()


@settings(deadline=None)
@given(rules(), spans(), st.integers(0, 800), st.integers(0, 800))
def test_a_wider_interval_never_adds_to_the_certain_nor_takes_from_the_possible(rule, span, before, after):
    wider = Span(span.first - timedelta(before), span.last + timedelta(after))
    narrow_found, wide_found = prohibited(rule, span), prohibited(rule, wider)
    assert wide_found.certain <= narrow_found.certain
    assert narrow_found.possible <= wide_found.possible


@settings(deadline=None)
@given(rules(), spans())
def test_over_an_interval_it_is_what_it_is_on_its_days(rule, span):
    found = prohibited(rule, span)
    days = [
        Span.of(span.first + timedelta(offset)) for offset in range(0, (span.last - span.first).days + 1, 7)
    ]
    assert found.certain <= frozenset.intersection(*(prohibited(rule, day).certain for day in days))
    assert frozenset().union(*(prohibited(rule, day).possible for day in days)) <= found.possible


@settings(deadline=None)
@given(rules(), DAYS, DAYS)
def test_nothing_changes_between_two_breakpoints(rule, one, other):
    days = breakpoints(rule)
    start = max((day for day in days if day <= one), default=date.min)
    end = min((day - timedelta(1) for day in days if day > one), default=date.max)
    inside = min(max(other, start), end)
    whole = prohibited(rule, Span(start, end))
    for span in (Span.of(one), Span.of(inside), Span(*sorted((one, inside)))):
        found = prohibited(rule, span)
        assert (found.certain, found.possible) == (whole.certain, whole.possible)


@settings(deadline=None)
@given(rules(), spans(), st.randoms(use_true_random=False))
def test_the_order_of_a_lists_members_changes_nothing(rule, span, random):
    shuffled = list(rule.members)
    random.shuffle(shuffled)
    one, other = prohibited(rule, span), prohibited(replace(rule, members=tuple(shuffled)), span)
    assert (one.certain, one.possible) == (other.certain, other.possible)

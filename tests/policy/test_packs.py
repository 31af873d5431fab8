from dataclasses import replace
from datetime import date

import pytest

from provenance.countries.atoms import ALL, UA_ATOMS
from provenance.dates import Span
from provenance.evidence import Facet
from provenance.policy.at import overlaps, possible_days
from provenance.policy.examples import load_examples
from provenance.policy.list_schema import ListEvidence, Scope
from provenance.policy.lists import load_list
from provenance.policy.load import list_policies, load_policy
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import Effect
from provenance.policy.show import show_policy
from provenance.policy.subject import UnrecordedSubject
from provenance.policy.verdict import Reason, Verdict

DAY = date(2026, 11, 20)
PACKS = [policy.id for policy in list_policies() if policy.kind == "pack"]
REVIEW_ONLY = [
    "ar-mining",
    "fl-concern",
    "tx-lsipa",
    "us-1260h",
    "us-bis-entity-list",
    "us-covered-nations",
    "us-foreign-adversary",
]


def _rule(ref, rule="made-in", reading=None):
    policy = load_policy(ref)
    rules = next((one.rules for one in policy.readings if one.id == reading), policy.rules)
    return next(one for one in rules if one.id == f"{ref}/{rule}")


def _on(rule, *day):
    return prohibited(rule, Span.of(date(*day)))


def _codes(list_id):
    return {atom for row in load_list(list_id).rows for atom in row.member.atoms}


def _listed(list_id, *day):
    """Return the codes that are or may be listed on a day."""
    on = Span.of(date(*day))
    return {
        atom
        for member in load_list(list_id).members()
        for atom in member.atoms
        if overlaps(possible_days(member), on)
    }


@pytest.mark.parametrize("pack", REVIEW_ONLY)
def test_a_pack_whose_law_looks_at_persons_never_condemns(pack):
    policy = load_policy(pack)
    rules = [*policy.rules, *(rule for reading in policy.readings for rule in reading.rules)]
    assert {rule.effect for rule in rules} == {Effect.REVIEW}


@pytest.mark.parametrize("pack", ["fl-concern", "tx-lsipa"])
def test_a_state_pack_asks_for_seats_and_not_for_the_country_of_manufacture(pack):
    assert [rule.facet for rule in load_policy(pack).rules] == [Facet.MAKER, Facet.OWNER]


@pytest.mark.parametrize("pack", ["us-covered-nations", "us-foreign-adversary"])
def test_a_federal_pack_clears_only_what_unit_maker_and_owner_clear_together(pack):
    assert [rule.facet for rule in load_policy(pack).rules] == [Facet.MANUFACTURE, Facet.MAKER, Facet.OWNER]


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_has_an_example_that_clears_and_one_that_does_not(pack):
    seen = {rule.id: set() for rule in load_policy(pack).rules}
    for example in load_examples(pack):
        seen.setdefault(example.rule.id, set()).add(example.verdict is Verdict.CONFORMING)
    # The seed pack shows the rule that its broad reading adds by one row.
    seen.pop("china-ofac/ofac-programmes", None)
    for rule in load_policy(pack).rules:
        if isinstance(rule.subject, UnrecordedSubject) or rule.partial:
            # Nothing in an inventory answers the one, and absence from a partial list clears nobody.
            assert seen.pop(rule.id) == {False}, rule.id
    assert {rule: answers for rule, answers in seen.items() if answers != {True, False}} == {}


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_reads_in_lines_that_fit_except_for_addresses(pack):
    lines = show_policy(load_policy(pack), DAY)
    long = [line for line in lines if len(line) > 100 and "http" not in line and "sha256" not in line]
    assert long == []


def test_the_foreign_adversaries_are_those_of_the_regulation():
    rule = _rule("us-foreign-adversary")
    found = _on(rule, 2024, 8, 1)
    assert found.certain == {"CN", "CU", "HK", "IR", "KP", "RU"}
    assert found.possible - found.certain == {"VE"}
    assert _on(rule, 2021, 3, 21).possible == set()


@pytest.mark.parametrize(("day", "listed"), [((2025, 2, 3), False), ((2025, 2, 4), True)])
def test_macau_is_a_foreign_adversary_from_the_day_of_the_final_rule(day, listed):
    assert ("MO" in _on(_rule("us-foreign-adversary"), *day).possible) is listed


def test_that_macau_is_a_foreign_adversary_is_marked_as_inferred():
    (macau,) = [
        row for row in load_list("us-foreign-adversaries").rows if row.evidence is ListEvidence.INFERRED
    ]
    assert macau.member.atoms == {"MO"}


@pytest.mark.parametrize("list_id", ["us-foreign-adversaries", "fl-countries-of-concern"])
def test_the_maduro_regime_is_a_regime_and_not_venezuela(list_id):
    (regime,) = [row for row in load_list(list_id).rows if row.scope is not Scope.COUNTRY]
    assert (regime.scope, regime.member.atoms, regime.member.certain) == (Scope.REGIME, {"VE"}, False)


def test_the_covered_nations_are_four_and_leave_hong_kong_and_macau_open():
    found = _on(_rule("us-covered-nations"), 2024, 8, 1)
    assert found.certain == {"CN", "IR", "KP", "RU"}
    assert found.possible - found.certain == {"HK", "MO"}


def test_the_first_day_of_the_covered_nations_is_marked_as_from_memory():
    notes = [member.note for member in load_list("us-covered-nations").members()]
    assert [note.endswith("The first day rests on memory and was not checked.") for note in notes] == [
        True
    ] * 4


def test_where_miners_are_assembled_is_not_designated_and_the_united_states_are_allowed():
    found = _on(_rule("us-taa", "transformed-in"), 2026, 3, 2)
    assert {"CN", "ID", "MY", "TH", "VN", "MO"} <= found.certain
    assert found.possible == found.certain
    assert found.possible == ALL - _codes("us-taa-designated") - {"US"}
    assert not {"US", "TW", "HK", "KH", "NO"} & found.possible


def test_ukraine_is_designated_with_all_its_areas():
    assert _codes("us-taa-designated") >= UA_ATOMS


def test_before_the_day_of_its_list_no_designated_country_is_certainly_allowed():
    found = _on(_rule("us-taa", "transformed-in"), 2025, 11, 9)
    assert found.possible == ALL - {"US"}
    assert found.certain == ALL - _codes("us-taa-designated") - {"US"}


def test_made_in_usa_allows_the_united_states_alone_on_every_day():
    rule = _rule("made-in-usa")
    found = prohibited(rule, rule.span(None, DAY))
    assert (found.certain, found.possible) == (ALL - {"US"}, ALL - {"US"})


def test_the_arkansas_list_is_the_federal_one_frozen_on_a_day():
    assert _codes("ar-mining-prohibited") == _listed("itar-126-1", 2024, 1, 1)
    assert _listed("itar-126-1", 2024, 3, 15) - _codes("ar-mining-prohibited") == {"NI"}


@pytest.mark.parametrize(("day", "listed"), [((2025, 11, 6), True), ((2025, 11, 7), False)])
def test_cambodia_left_the_federal_list_and_not_that_of_arkansas(day, listed):
    assert ("KH" in _listed("itar-126-1", *day)) is listed
    assert "KH" in _listed("ar-mining-prohibited", *day)


def test_every_row_of_the_arkansas_list_is_marked_as_inferred():
    assert {row.evidence for row in load_list("ar-mining-prohibited").rows} == {ListEvidence.INFERRED}


@pytest.mark.parametrize(("day", "certain"), [((2020, 11, 9), False), ((2020, 11, 10), True)])
def test_hong_kong_counts_with_china_by_its_mark_once_the_transition_is_over(day, certain):
    found = _on(_rule("china-ofac-broad", reading="hk-marked"), *day)
    assert ("HK" in found.certain, "HK" in found.possible) == (certain, certain)
    assert "MO" in found.possible - found.certain


def test_the_broad_pack_condemns_what_the_narrow_one_condemns_and_no_more():
    narrow, broad = _rule("china-ofac"), _rule("china-ofac-broad")
    assert replace(broad, id=narrow.id, policy=narrow.policy) == narrow
    assert _rule("china-ofac-broad", "ofac-programmes").effect is Effect.REVIEW


def test_syria_is_condemned_to_the_last_day_of_its_embargo_and_reviewed_after_it():
    made_in, programmes = _rule("china-ofac-broad"), _rule("china-ofac-broad", "ofac-programmes")
    assert "SY" in _on(made_in, 2025, 6, 30).certain
    assert "SY" not in _on(made_in, 2025, 7, 1).possible
    assert "SY" in _on(programmes, 2025, 7, 1).possible


def test_syria_stays_a_country_of_concern_in_florida():
    assert "SY" in _on(_rule("fl-concern", "maker-seat"), 2025, 7, 1).certain


@pytest.mark.parametrize(
    ("pack", "first"),
    [("tx-lsipa", Span.of(date(2021, 6, 18))), ("fl-concern", Span.of(date(2023, 7, 1)))],
)
def test_a_state_law_reaches_contracts_from_its_first_day_on(pack, first):
    rule = _rule(pack, "maker-seat")
    assert "RU" in prohibited(rule, first).certain
    assert prohibited(rule, Span.of(date.fromordinal(first.first.toordinal() - 1))).possible == set()


def test_an_example_of_a_review_says_review():
    reasons = {
        example.reason
        for pack in REVIEW_ONLY
        for example in load_examples(pack)
        if example.verdict is Verdict.UNDETERMINED
    }
    assert reasons == {Reason.REVIEW, Reason.DISPUTED}

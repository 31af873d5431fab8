"""Which makers of the catalogue an entry reaches, by its own words and by dated ties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from provenance.catalog.database import open_catalogue
from provenance.dates import Span
from provenance.identify.identity import Tier
from provenance.policy.entity import EntityMember, Reach
from provenance.policy.load import load_policy
from provenance.policy.prohibited_makers import prohibited_makers
from provenance.policy.reach import listings_of
from provenance.policy.rule import Rule
from provenance.policy.subject import MakersSubject, Related

CATALOGUE = open_catalogue()
EVERYBODY = MakersSubject(tuple(sorted(Related)))


def entry(maker: str, reach: Reach = Reach.AFFILIATES, name: str = "as the list writes it") -> EntityMember:
    return EntityMember(
        "firms", name, (), (maker,), None, reach, (), None, date(2019, 8, 13), None, "Order 1", "", True,
        date(2026, 1, 1),
    )  # fmt: skip


def rule(*entries: EntityMember, subject: MakersSubject = EVERYBODY) -> Rule:
    base = replace(
        load_policy("china-ofac").rules[0],
        subject=subject,
        members=(),
        entities=entries,
        clears_from=Tier.GRAMMAR,
        condemns_from=Tier.GRAMMAR,
    )
    return replace(base, listings=listings_of(base, subject, CATALOGUE))


def on(one: Rule, day: date, made: date | None = None) -> tuple[frozenset[str], frozenset[str]]:
    found = prohibited_makers(one, Span.of(day), Span.of(made) if made is not None else None, ())
    return found.certain, found.possible


def test_the_firm_named_is_certain_and_a_rebadger_is_possible():
    certain, possible = on(rule(entry("dahua")), date(2024, 6, 1))
    assert "dahua" in certain
    assert "alibi" in possible - certain


def test_a_rule_that_asks_for_the_maker_alone_reaches_nobody_else():
    alone = rule(entry("dahua"), subject=MakersSubject(()))
    assert on(alone, date(2024, 6, 1)) == (frozenset({"dahua"}), frozenset({"dahua"}))


def test_a_brand_that_was_sold_stays_possible_for_what_was_made_before():
    owned = rule(entry("dahua"), subject=MakersSubject((Related.PARENTS,)))
    day = date(2024, 6, 1)
    assert "lorex" in on(owned, day)[1]
    assert "lorex" in on(owned, day, made=date(2021, 1, 1))[1]
    assert "lorex" not in on(owned, day, made=date(2024, 1, 1))[1]


def test_an_entry_for_the_firm_alone_leaves_its_subsidiaries_open():
    ties = [
        tie
        for maker in CATALOGUE.makers()
        for tie in CATALOGUE.ties(maker.id)
        if tie.kind == "parent" and tie.catalogued and tie.certain is not None and not tie.some_goods
        and tie.confidence in {"high", "medium"}
    ]  # fmt: skip
    assert ties
    tie = ties[0]
    assert tie.certain is not None
    day = max(tie.certain.first, date(2019, 8, 13))
    subject = MakersSubject((Related.PARENTS,))
    for reach, sure in ((Reach.NAMED, False), (Reach.SUBSIDIARIES, True), (Reach.AFFILIATES, True)):
        certain, possible = on(rule(entry(tie.other, reach), subject=subject), day)
        assert tie.maker in possible
        assert (tie.maker in certain) is sure


def test_an_affiliate_of_an_affiliate_is_no_relative():
    related = MakersSubject((Related.AFFILIATES,))
    found = rule(entry("huawei"), subject=related).listings
    assert "h3c" in found
    assert "hpe" not in found


@pytest.mark.parametrize("maker", ["bitmain", "cisco", "axis"])
def test_makers_without_a_tie_to_the_firm_meet_nothing(maker):
    assert maker not in rule(entry("dahua"), entry("hikvision")).listings


def test_who_bought_a_brand_of_an_owner_is_tied_to_none_of_the_owners_other_firms():
    listed = rule(entry("dahua"))
    through = {listing.via for listing in listed.listings["lorex"]}
    assert not any("buyer of its brand" in via for via in through)
    assert any("buyer of its brand" in listing.via for listing in listed.listings["flir"])


def test_the_days_of_a_tie_are_told_as_its_source_has_them():
    (parent,) = [one for one in rule(entry("dahua")).listings["lorex"] if "parent" in one.via]
    assert parent.via == "its parent Zhejiang Dahua Technology Co., Ltd. from 2018-02 to 2022-11-23"

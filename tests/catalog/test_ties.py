"""What ties makers to each other, from both ends and on a day."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.records import Confidence
from provenance.catalog.terms import RelationKind
from provenance.catalog.ties import Holds, Tie, TieKind
from provenance.dates import Span


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


def tie(**changes: object) -> Tie:
    fields: dict[str, object] = {
        "maker": "alpha",
        "kind": TieKind.PARENT,
        "other": "beta",
        "other_name": "Beta Group",
        "catalogued": True,
        "first": None,
        "last": None,
        "certain": None,
        "some_goods": False,
        "confidence": Confidence.MEDIUM,
        "source": "https://example.org",
        "note": "",
    }
    return Tie(**(fields | changes))  # type: ignore[arg-type]


def brief(catalogue: Catalogue, maker: str) -> list[tuple[str, str]]:
    return [(tie.kind.value, tie.other) for tie in catalogue.ties(maker)]


def test_a_brand_names_its_parent_and_the_parent_its_brand(catalogue: Catalogue) -> None:
    assert brief(catalogue, "ezviz") == [("parent", "hikvision")]
    assert ("subsidiary", "ezviz") in brief(catalogue, "hikvision")


def test_a_white_label_is_seen_from_both_sides(catalogue: Catalogue) -> None:
    assert brief(catalogue, "lts") == [("white-label-source", "hikvision")]
    assert ("white-label-seller", "lts") in brief(catalogue, "hikvision")


def test_a_company_outside_the_catalogue_stands_by_its_name(catalogue: Catalogue) -> None:
    (found,) = catalogue.ties("raritan")
    assert (found.other, found.other_name, found.catalogued) == (
        "Legrand (France)",
        "Legrand (France)",
        False,
    )


def test_every_relation_of_every_file_is_a_tie_of_both_makers(catalogue: Catalogue) -> None:
    known = {maker.id for maker in catalogue.makers()}
    for maker in catalogue.makers():
        for relation in maker.relations:
            assert any(tie.other == relation.other for tie in catalogue.ties(maker.id))
            if relation.other in known:
                assert any(tie.other == maker.id for tie in catalogue.ties(relation.other))


def test_each_kind_of_relation_has_a_kind_of_tie_for_either_end(catalogue: Catalogue) -> None:
    found = {tie.kind for maker in catalogue.makers() for tie in catalogue.ties(maker.id)}
    assert {relation.kind for maker in catalogue.makers() for relation in maker.relations} == set(
        RelationKind
    )
    assert found == set(TieKind) - {TieKind.LATER_NAME}


@pytest.mark.parametrize(
    ("day", "flir", "dahua", "skywatch"),
    [
        (date(2017, 6, 1), "possible", "no", "no"),
        (date(2018, 2, 10), "possible", "possible", "no"),
        (date(2018, 3, 1), "no", "certain", "no"),
        (date(2022, 11, 22), "no", "certain", "no"),
        (date(2022, 11, 24), "no", "no", "certain"),
    ],
)
def test_the_owner_of_lorex_is_a_matter_of_the_day(
    catalogue: Catalogue, day: date, flir: str, dahua: str, skywatch: str
) -> None:
    parents = {
        tie.other: tie.holds_on(day).value for tie in catalogue.ties("lorex") if tie.kind is TieKind.PARENT
    }
    assert parents == {"flir": flir, "dahua": dahua, "Skywatch (Taiwan)": skywatch}


@pytest.mark.parametrize("day", [date.min, date(2020, 1, 1), date.max])
def test_a_tie_without_dates_is_possible_on_every_day_and_certain_on_none(day: date) -> None:
    assert tie().holds_on(day) is Holds.POSSIBLE


@pytest.mark.parametrize(
    "doubt", [{"some_goods": True}, {"confidence": Confidence.LOW}, {"confidence": Confidence.UNVERIFIED}]
)
def test_a_doubtful_tie_is_never_certain(doubt: dict[str, object]) -> None:
    always = Span(date.min, date.max)
    assert tie(certain=always).holds_on(date(2020, 1, 1)) is Holds.CERTAIN
    assert tie(certain=always, **doubt).holds_on(date(2020, 1, 1)) is Holds.POSSIBLE


def test_over_a_span_a_tie_is_certain_only_if_it_is_so_on_each_of_its_days() -> None:
    owned = tie(first=date(2020, 1, 1), certain=Span(date(2020, 1, 1), date.max))
    assert owned.holds_in(Span(date(2019, 1, 1), date(2019, 12, 31))) is Holds.NO
    assert owned.holds_in(Span(date(2019, 12, 31), date(2020, 1, 2))) is Holds.POSSIBLE
    assert owned.holds_in(Span(date(2020, 1, 1), date(2020, 1, 2))) is Holds.CERTAIN


def test_kinds_are_ordered_closest_first(catalogue: Catalogue) -> None:
    ranks = [tie.kind.rank for tie in catalogue.ties("hikvision")]
    assert ranks == sorted(ranks)
    assert TieKind.PARENT.rank == 0


@pytest.mark.parametrize(
    ("maker", "kind", "other", "days", "held"),
    [
        ("dahua", "brand-sold-to", "Central Motion Picture USA (Taiwan)", date(2024, 1, 30), "no"),
        ("luminys", "affiliate", "dahua", date(2024, 1, 20), "possible"),
        ("luminys", "affiliate", "dahua", date(2025, 1, 1), "no"),
        ("tplink-us", "affiliate", "tplink-cn", date(2023, 1, 1), "possible"),
        ("tplink-us", "affiliate", "tplink-cn", date(2025, 1, 1), "no"),
        ("hikvision", "subsidiary", "ezviz", date(2021, 1, 1), "possible"),
        ("juniper", "parent", "hpe", date(2025, 7, 1), "no"),
        ("juniper", "parent", "hpe", date(2025, 7, 2), "certain"),
        ("honeywell", "white-label-source", "hikvision", date(2019, 7, 10), "possible"),
        ("h3c", "affiliate", "huawei", date(2026, 1, 1), "possible"),
    ],
)
def test_what_tied_two_makers_is_a_matter_of_the_day(
    catalogue: Catalogue, maker: str, kind: str, other: str, days: date, held: str
) -> None:
    (found,) = [tie for tie in catalogue.ties(maker) if tie.other == other and tie.kind.value == kind]
    assert found.holds_on(days).value == held

"""Where a maker and its owners sit, and when."""

from __future__ import annotations

from typing import Any

from provenance.catalog.schema import MakerFile
from provenance.catalog.seats import seat_rows

WEB = ["https://e.org"]


def maker(maker_id: str, seats: list[dict[str, Any]], parents: list[dict[str, Any]]) -> MakerFile:
    return MakerFile.model_validate(
        {
            "schema": "provenance-maker/1",
            "id": maker_id,
            "name": maker_id,
            "categories": ["camera"],
            "confidence": "low",
            "sources": WEB,
            "seats": [{"facet": "maker", "grade": "published", "sources": WEB} | seat for seat in seats],
            "relations": [
                {"kind": "parent", "confidence": "low", "sources": ["https://deal.org"]} | parent
                for parent in parents
            ],
        }
    )


def rows(*makers: MakerFile) -> list[tuple[str | None, ...]]:
    """The rows of the first maker, without their sources."""
    return [row[:5] for row in seat_rows(makers[0], {maker.id: maker for maker in makers})]


def test_the_seat_of_a_parent_is_the_owners_for_as_long_as_it_owned() -> None:
    child = maker("child", [{"country": "CA"}], [{"other": "dad", "first": "2018-02", "last": "2022-11-23"}])
    dad = maker("dad", [{"country": "CN", "last": "2020"}, {"country": "SG", "first": "2020"}], [])
    assert rows(child, dad) == [
        ("maker", "CA", "published", None, None),
        ("owner", "CN", "published", "2018-02-01", "2020-12-31"),
        ("owner", "SG", "published", "2020-01-01", "2022-11-23"),
    ]


def test_a_seat_that_ended_before_the_parent_came_is_left_out() -> None:
    child = maker("child", [], [{"other": "dad", "first": "2021"}])
    dad = maker("dad", [{"country": "CN", "last": "2020"}], [])
    assert rows(child, dad) == []


def test_the_owners_of_an_owner_count() -> None:
    child = maker("child", [], [{"other": "dad"}])
    dad = maker("dad", [], [{"other": "granddad", "first": "2019"}])
    granddad = maker("granddad", [{"country": "FR"}], [])
    assert rows(child, dad, granddad) == [("owner", "FR", "published", "2019-01-01", None)]


def test_makers_that_name_each_other_as_parents_end() -> None:
    left = maker("left", [{"country": "CN"}], [{"other": "right"}])
    right = maker("right", [{"country": "US"}], [{"other": "left"}])
    assert rows(left, right) == [
        ("maker", "CN", "published", None, None),
        ("owner", "US", "published", None, None),
    ]


def test_an_owners_seat_cites_the_relation_and_the_seat() -> None:
    child = maker("child", [], [{"other": "dad"}])
    dad = maker("dad", [{"country": "CN"}], [])
    assert seat_rows(child, {"child": child, "dad": dad})[0][5] == "https://deal.org; https://e.org"

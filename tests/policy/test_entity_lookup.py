from datetime import date
from functools import lru_cache

import pytest

from provenance.catalog.database import open_catalogue
from provenance.identify.resolve import Identifier
from provenance.policy.entity_lookup import EntityLookup

DAY = date(2026, 11, 20)


@lru_cache
def _lookup(day):
    catalogue = open_catalogue()
    return EntityLookup(Identifier(catalogue), catalogue, day)


def _find(text, day=DAY):
    return _lookup(day).find(text)


def _lists(text, day=DAY):
    return [(one["list"], one["by"]) for one in _find(text, day)["listings"]]


def test_a_name_says_on_which_lists_it_stands_since_when_and_how_it_was_met():
    found = _find("Tiandy Technologies")
    assert (found["status"], found["maker"]) == ("listed", "tiandy")
    (listing,) = found["listings"]
    assert (listing["list"], listing["since"], listing["in_force"], listing["by"]) == (
        "bis-entity-list",
        "2022-12-16",
        "yes",
        "name",
    )
    assert listing["citation"].startswith("15 CFR 744 Supp. 4; 87 FR 77505")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Zhejiang Dahua Technology Co., Ltd.", "name"),
        ("ZHEJIANG DAHUA TECHNOLOGY CO LTD", "name"),
        ("Dahua", "alias"),
        ("Zhejiang Dahua Technology", "name-without-legal-form"),
        ("大华", "maker"),
    ],
)
def test_a_name_is_met_whole_by_alias_without_its_legal_form_or_as_a_maker(text, by):
    assert ("us-1260h", by) in _lists(text)


@pytest.mark.parametrize(
    "text",
    [
        "Huawei Holdings Export",  # not the holding that is listed
        "Inspur Power Systems Co., Ltd.",
        "Huawai Technologies Co., Ltd.",
        "Zijin",
        "TP-Link Systems Inc.",  # the company in the United States
        "ChangXin Memory",
        "Envision",
        "SMIC Solutions",
    ],
)
def test_a_name_that_is_only_near_is_never_said_to_be_listed(text):
    found = _find(text)
    by_name = [one for one in found["listings"] if one["by"] != "alias"]
    assert by_name == []
    assert all(one["why"].startswith("near, not the same: ") for one in found["near"])


@pytest.mark.parametrize("text", ["SIMATIC DEVELOPMENT CO.", "Bitmain", "Cisco"])
def test_common_words_bring_nothing_near(text):
    found = _find(text)
    assert (found["status"], found["near"]) == ("not-listed", [])


def test_a_misspelt_name_is_near_and_says_why():
    found = _find("Hikvison")
    assert found["status"] in {"near", "related"}
    assert found["listings"] == []


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 1, 6), "to-be-listed"),
        (date(2026, 2, 16), "listed"),
        (date(2026, 2, 17), "to-be-listed"),
        (date(2026, 6, 8), "listed"),
    ],
)
def test_who_leaves_a_list_and_comes_back_is_listed_on_the_days_between_and_on_no_others(day, status):
    military = [one for one in _find("CXMT", day)["listings"] if one["list"] == "us-1260h"]
    assert len(military) == 2
    assert _find("CXMT", day)["status"] == status


def test_what_has_ended_is_told_as_ended():
    found = _find("Costar Group Co., Ltd.")
    military = next(one for one in found["listings"] if one["list"] == "us-1260h")
    assert (military["until"], military["in_force"]) == ("2026-02-16", "ended")


def test_a_subsidiary_is_related_to_a_listing_and_not_listed_itself():
    found = _find("EZVIZ")
    assert (found["status"], found["listings"]) == ("related", [])
    covered = {one["list"]: one["covered"] for one in found["related"] if one["relation"] == "parent"}
    assert covered == {
        "bis-entity-list": "open",
        "ofac-ns-cmic": "no",
        "us-1260h": "open",
        "us-889-producers": "open",
        "us-fcc-producers": "open",
    }


def test_a_brand_that_was_sold_is_related_until_its_sale_and_no_longer():
    assert _find("Lorex", date(2022, 6, 1))["status"] == "related"
    later = _find("Lorex", date(2023, 6, 1))
    parents = [one for one in later["related"] if one["relation"] == "parent"]
    (meant,) = [one for one in later["related"] if one["relation"] == "meant, not named"]
    assert (parents, meant["in_force"], meant["until"]) == ([], "ended", "2023-01-01")


def test_a_firm_that_a_list_meant_until_it_was_sold_is_never_told_as_not_listed():
    found = _find("Dahua Technology USA Inc.")
    assert found["status"] == "formerly-related"
    assert [(one["list"], one["until"], one["in_force"]) for one in found["related"]] == [
        ("us-889-producers", "2024-01-31", "ended")
    ]


@pytest.mark.parametrize(("text", "maker"), [("HW", "Huawei"), ("FLIR", "FLIR")])
def test_a_name_that_may_be_of_a_listed_maker_is_near_and_not_absent(text, maker):
    found = _find(text)
    assert found["status"] == "near"
    assert any(
        maker in one["why"] and one["why"].startswith("near, not the same: it may") for one in found["near"]
    )


def test_an_entry_stands_once_however_often_its_reach_changed():
    (listing,) = [one for one in _find("Sophgo")["listings"] if one["name"] == "Sophgo Technologies Ltd."]
    assert (listing["since"], listing["until"], listing["reach"]) == ("2025-01-16", None, "unstated")
    (earlier,) = [
        one
        for one in _find("Sophgo", date(2025, 10, 1))["listings"]
        if one["name"] == "Sophgo Technologies Ltd."
    ]
    assert (earlier["until"], earlier["reach"]) == (None, "majority-owned")


def test_what_rests_on_memory_is_told_as_not_verified():
    listing = next(one for one in _find("Zhejiang Uniview Technologies Co., Ltd.")["listings"])
    assert listing["verified"] is False


def test_absence_names_the_lists_on_which_it_settles_nothing():
    found = _find("Xinjiang Example Cotton Co., Ltd.")
    assert found["listings"] == []
    assert found["partial"] == ["bis-entity-list", "us-asda", "us-uflpa-entities"]


def test_a_blank_text_is_answered_too():
    assert _find("  ")["status"] == "blank"

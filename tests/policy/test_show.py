from datetime import date

import pytest

from provenance.policy.entity_lists import load_entity_list
from provenance.policy.lists import load_list
from provenance.policy.load import list_policies, load_policy
from provenance.policy.show import show_policy, show_summaries
from provenance.policy.show_list import show_entity_list, show_list

DAY = date(2026, 11, 20)


def _text(lines):
    return " ".join(" ".join(lines).split())


def test_a_policy_shows_the_question_what_clears_what_condemns_and_the_remedy():
    text = _text(show_policy(load_policy("cleanspark-mineone"), DAY))
    for wanted in (
        "The question asked: Was the finished unit made outside China",
        "Wording (a paraphrase, not the agreement's): All equipment has to come from",
        "Site: North Range, also written North Ring:",
        "What clears: on its own, a certificate of origin",
        "What condemns: the inventory's own statement or a seller's word, or anything stronger",
        "Who has to prove: the seller",
        "Applies to: all equipment Except: nothing",
        "No time is stated. For machines of bitmain: Bitmain. For all other machines: obligor to be determined.",
        "boards: Substantial transformation, by the main boards",
        "list ofac-embargoed: as of 2026-10-06, review by 2027-04-06",
    ):
        assert wanted in text


def test_a_policy_shows_its_members_with_days_and_citations():
    text = _text(show_policy(load_policy("china-ofac"), DAY))
    assert "China: on every day" in text
    assert "Syria: 2011-08-18 to 2025-06-30, ended EO 13582 of 2011-08-17" in text
    assert "Iraq: 1990-08-02 to 2003-05-22, ended EO 12722 and EO 12724 not verified: rests on memory" in text
    assert "Taiwan: does not count with China" in text


def test_a_policy_shows_what_it_leaves_open():
    text = _text(show_policy(load_policy("china-ofac"), DAY))
    assert "the clause does not say whether Hong Kong and Macao count with China" in text
    assert (
        "Syria is listed from 2011-08-18 to 2025-06-30, and the test date may lie from 2017-10-12 to" in text
    )


def test_a_list_that_wants_review_says_so():
    policy = load_policy("china-ofac")
    assert "REVIEW IS DUE" not in _text(show_policy(policy, DAY))
    assert "list ofac-embargoed: as of 2026-10-06, review by 2027-04-06 REVIEW IS DUE" in _text(
        show_policy(policy, date(2027, 4, 6))
    )


def test_a_list_shows_every_row_with_what_it_is_aimed_at():
    text = _text(show_list(load_list("ofac-country-programmes"), DAY))
    assert "Belarus: since 2006-06-19 (list-based, published)" in text
    assert "Zimbabwe: 2003-03-07 to 2024-03-04 (list-based, published-secondary), ended" in text
    assert "The first day rests on memory and was not checked." in text


def test_a_derived_list_says_what_it_follows_from_and_what_it_leaves_open():
    text = _text(show_list(load_list("fcc-foreign-drones"), DAY))
    assert (
        "Follows from: every origin; not united-states as amended; not united-states-areas as amended" in text
    )
    assert "Puerto Rico: since 2025-12-22 (country, published) 47 USC 1601" in text


def test_a_list_of_entities_shows_whom_each_entry_means_how_far_it_goes_and_what_limits_it():
    text = _text(show_entity_list(load_entity_list("us-889-producers"), DAY))
    assert "Dahua Technology Company: since 2019-08-13 (affiliates, published)" in text
    assert "also Dahua; Zhejiang Dahua makers of the catalogue: dahua" in text
    assert (
        "limited to: telecommunications, video-surveillance limited to the purpose of public safety" in text
    )
    assert "EZVIZ: since 2019-08-13 (named, recall)" in text
    assert "not verified: rests on memory" in text


@pytest.mark.parametrize(
    ("day", "reach"),
    [(date(2025, 9, 28), "named"), (date(2025, 9, 29), "majority-owned"), (date(2026, 11, 10), "unstated")],
)
def test_an_entry_shows_once_with_the_reach_it_has_on_that_day(day, reach):
    lines = show_entity_list(load_entity_list("bis-entity-list"), day)
    assert [line for line in lines if line.startswith("  Hikvision:")] == [
        f"  Hikvision: since 2019-10-09  ({reach}, published-secondary)"
    ]


def test_a_policy_says_whom_a_list_means_without_naming_it():
    text = _text(show_policy(load_policy("us-889"), DAY))
    assert "EZVIZ: since 2019-08-13; the firm alone; not named itself: meant by the words on Hangzhou" in text


def test_policies_are_listed_on_a_line_each():
    policies = show_summaries(list_policies())
    assert [line.split()[:2] for line in policies] == [
        ["ar-mining", "pack"],
        ["china-ofac-broad", "pack"],
        ["china-ofac", "pack"],
        ["fl-concern", "pack"],
        ["made-in-usa", "pack"],
        ["tx-lsipa", "pack"],
        ["us-1260h", "pack"],
        ["us-5949", "pack"],
        ["us-889", "pack"],
        ["us-bis-entity-list", "pack"],
        ["us-covered-nations", "pack"],
        ["us-fcc-covered", "pack"],
        ["us-foreign-adversary", "pack"],
        ["us-taa", "pack"],
        ["us-uflpa", "pack"],
        ["cleanspark-mineone", "clause"],
        ["riot-microbt", "clause"],
    ]


def test_lines_are_short_enough_to_read_except_for_addresses():
    long = [
        line for line in show_policy(load_policy("china-ofac"), DAY) if len(line) > 100 and "http" not in line
    ]
    assert [line for line in long if "sha256" not in line] == []

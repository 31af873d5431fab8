from datetime import date

import pytest

from provenance.catalog.database import open_catalogue
from provenance.datafile import parse_document
from provenance.errors import PolicyError
from provenance.policy.entity import Reach
from provenance.policy.entity_lists import load_entity_list, parse_entity_list
from provenance.policy.list_files import list_ids
from provenance.policy.list_schema import ListEvidence, ListKind

HEAD = """\
schema: provenance-list/1
id: example
title: An example
kind: entity
as_of: 2024-06-01
review_by: 2025-06-01
partial: {partial}
note: Made up.
sources:
  gazette:
    url: https://example.org/gazette
    title: The gazette
    as_of: 2024-05
reach:
{reach}members:
{members}"""
REACH = """\
  - reach: {reach}
    from: {first}
    to: {last}
    citation: Section 2
    source: gazette
    evidence: published
"""
MEMBER = """\
  - name: Example Co., Ltd.
    aliases: [Example]
    makers: []
    country: CN
    reach: {reach}
    classes: [{classes}]
    purpose: null
    trade: cameras
    from: {first}
    to: {last}
    citation: Order 1
    source: {source}
    evidence: {evidence}
    dates_from_memory: []
    note: null
"""
ALWAYS = (("named", "null", "null"),)


def _text(reaches=ALWAYS, partial="false", **changes):
    terms = {
        "reach": "null",
        "classes": "",
        "first": "2020-01-01",
        "last": "null",
        "source": "gazette",
        "evidence": "published",
    }
    periods = "".join(REACH.format(reach=reach, first=first, last=last) for reach, first, last in reaches)
    return HEAD.format(partial=partial, reach=periods, members=MEMBER.format(**{**terms, **changes}))


def _parse(text):
    return parse_entity_list(parse_document(text.encode(), name="example.yaml"))


def _faults(text):
    with pytest.raises(PolicyError) as caught:
        _parse(text)
    return [str(fault) for fault in caught.value.faults]


def _members(list_id, name):
    return [member for member in load_entity_list(list_id).members if name in (member.name, *member.aliases)]


def test_a_listing_carries_its_names_its_days_and_where_it_is_written():
    (member,) = _parse(_text()).members
    assert (member.name, member.aliases, member.country, member.trade) == (
        "Example Co., Ltd.",
        ("Example",),
        "CN",
        "cameras",
    )
    assert (member.first, member.last, member.since) == (date(2020, 1, 1), None, date(2020, 1, 1))
    assert (member.citation, member.source) == ("Order 1", "The gazette, https://example.org/gazette")


def test_a_listing_is_cut_where_the_reach_of_the_list_changes():
    reaches = (
        ("named", "null", "2025-09-28"),
        ("majority-owned", "2025-09-29", "2025-11-09"),
        ("named", "2025-11-10", "null"),
    )
    found = [(member.reach, member.first, member.last) for member in _parse(_text(reaches)).members]
    assert found == [
        (Reach.NAMED, date(2020, 1, 1), date(2025, 9, 28)),
        (Reach.OWNED, date(2025, 9, 29), date(2025, 11, 9)),
        (Reach.NAMED, date(2025, 11, 10), None),
    ]


def test_an_entry_that_says_more_than_the_list_goes_as_far_as_it_says():
    (member,) = _parse(_text(reach="subsidiaries")).members
    assert member.reach is Reach.SUBSIDIARIES


def test_an_unknown_beginning_stays_unknown():
    (member,) = _parse(_text(first="null")).members
    assert (member.first, member.since) == (None, None)


def test_what_rests_on_memory_is_not_verified():
    (member,) = _parse(_text(evidence="recall", source="null")).members
    assert not member.verified


def test_a_list_of_which_no_name_is_known_is_partial_or_refused():
    text = _text(partial="true")
    empty = text[: text.index("members:")] + "members: []\n"
    assert _parse(empty).members == ()
    assert "has no members" in _faults(empty.replace("partial: true", "partial: false"))[0]


def test_the_periods_of_reach_leave_no_gap():
    gap = (("named", "null", "2025-09-28"), ("affiliates", "2025-10-01", "null"))
    assert "do not follow one another day by day" in _faults(_text(gap))[0]


def test_every_fault_of_an_entity_list_is_reported_at_once_with_its_line():
    broken = _text((("far", "null", "null"),), classes="hats", source="gazete", first="2021-02-30")
    assert [fault.split(":")[1] for fault in _faults(broken)] == ["15", "27", "30", "33"]


# What comes with the program.


def test_the_entity_lists_of_the_program_are_these():
    assert list_ids(kind=ListKind.ENTITY) == (
        "bis-entity-list",
        "ofac-ns-cmic",
        "us-1260h",
        "us-154-batteries",
        "us-5949-makers",
        "us-889-producers",
        "us-asda",
        "us-fcc-producers",
        "us-uflpa-entities",
    )


@pytest.mark.parametrize("list_id", list_ids(kind=ListKind.ENTITY))
def test_every_maker_that_a_list_names_stands_in_the_catalogue(list_id):
    known = {maker.id for maker in open_catalogue().makers()}
    named = {maker for member in load_entity_list(list_id).members for maker in member.makers}
    assert named <= known


@pytest.mark.parametrize("list_id", list_ids(kind=ListKind.ENTITY))
def test_no_row_that_rests_on_memory_passes_for_verified(list_id):
    listed = load_entity_list(list_id)
    recalled = [evidence is ListEvidence.RECALL for evidence in listed.evidence]
    assert [not member.verified for member in listed.members] == recalled


@pytest.mark.parametrize("name", ["CXMT", "YMTC"])
def test_the_memory_makers_left_the_military_list_and_came_back(name):
    days = [(member.first, member.last) for member in _members("us-1260h", name)]
    first = date(2025, 1, 7) if name == "CXMT" else date(2024, 1, 31)
    assert days == [(first, date(2026, 2, 16)), (date(2026, 6, 8), None)]


def test_188_names_stand_on_the_latest_edition_of_the_military_list():
    day = date(2026, 6, 8)
    now = [
        member
        for member in load_entity_list("us-1260h").members
        if member.first is not None and member.first <= day and (member.last is None or member.last >= day)
    ]
    assert len(now) == 188


def test_a_listing_on_the_entity_list_reached_what_the_firm_owns_for_six_weeks_and_is_open_since():
    reach = [(member.first, member.reach) for member in _members("bis-entity-list", "Sophgo")]
    assert reach == [
        (date(2025, 1, 16), Reach.NAMED),
        (date(2025, 9, 29), Reach.OWNED),
        (date(2025, 11, 10), Reach.NAMED),
        (date(2026, 11, 10), Reach.UNSTATED),
    ]


def test_the_purpose_binds_the_camera_makers_of_section_889_and_not_huawei():
    purposes = {
        maker: member.purpose is not None
        for member in load_entity_list("us-889-producers").members
        for maker in member.makers
    }
    assert purposes == {"dahua": True, "hikvision": True, "huawei": False, "hytera": True, "zte": False}


def test_the_import_list_says_how_many_names_it_does_not_have():
    listed = load_entity_list("us-uflpa-entities")
    assert listed.info.partial
    assert "38 further entities of this notice (2026-08-03)" in listed.note


def test_an_entry_with_its_subsidiaries_reaches_them_and_its_neighbours_do_not():
    (hoshine,) = _members("us-uflpa-entities", "Hoshine")
    (camel,) = _members("us-uflpa-entities", "Camel Group Co., Ltd.")
    assert (hoshine.reach, camel.reach) == (Reach.SUBSIDIARIES, Reach.NAMED)

from datetime import date

import pytest

from provenance.datafile import parse_document
from provenance.errors import PolicyError
from provenance.policy.list_files import list_ids
from provenance.policy.list_schema import ListKind, Scope
from provenance.policy.lists import load_list, parse_list

HEAD = """\
schema: provenance-list/1
id: example
title: An example
kind: country
as_of: 2024-06-01
review_by: 2025-06-01
partial: false
note: Made up.
sources:
  gazette:
    url: https://example.org/gazette
    title: The gazette
    as_of: 2024-05
members:
"""
MEMBER = """\
  - code: {code}
    from: {first}
    to: {last}
    scope: {scope}
    citation: Order 1
    source: {source}
    evidence: {evidence}
    dates_from_memory: {memory}
    note: null
"""


def _member(**changes):
    terms = {
        "code": "CU",
        "first": "2000-01-01",
        "last": "null",
        "scope": "country",
        "source": "gazette",
        "evidence": "published",
        "memory": "[]",
    }
    return MEMBER.format(**{**terms, **changes})


def _parse(*members, head=HEAD):
    return parse_list(parse_document((head + "".join(members)).encode(), name="example.yaml"))


def _only(**changes):
    (row,) = _parse(_member(**changes)).rows
    return row.member


def _faults(*members, head=HEAD):
    with pytest.raises(PolicyError) as caught:
        _parse(*members, head=head)
    return [str(fault) for fault in caught.value.faults]


def test_the_lists_of_countries_of_the_program_are_these():
    assert list_ids(kind=ListKind.COUNTRY) == (
        "ar-mining-prohibited",
        "bis-d1",
        "bis-d5",
        "bis-e1",
        "bis-e2",
        "china",
        "china-as-marked",
        "doe-bulk-power",
        "eu-territorial",
        "fcc-foreign-drones",
        "fcc-foreign-inverters",
        "fcc-foreign-robots",
        "fcc-foreign-routers",
        "fl-countries-of-concern",
        "hong-kong-marking",
        "itar-126-1",
        "ofac-country-programmes",
        "ofac-embargoed",
        "ofac-ukrainian-areas",
        "tx-lsipa-countries",
        "tx-sb17-countries",
        "united-states",
        "united-states-areas",
        "us-5949-countries",
        "us-889-country",
        "us-covered-nations",
        "us-foreign-adversaries",
        "us-taa-designated",
    )


def test_an_area_of_which_only_a_part_is_meant_is_never_certain_and_says_why():
    (rest,) = [row.member for row in load_list("eu-territorial").rows if "UA-REST" in row.member.atoms]
    assert not rest.certain
    assert rest.doubt.startswith("Only the occupied parts of the oblasts of Kherson and Zaporizhzhia")


def test_cambodia_left_both_lists_on_one_day():
    last = [
        row.member.last
        for list_id in ("itar-126-1", "bis-d5")
        for row in load_list(list_id).rows
        if row.member.atoms == {"KH"}
    ]
    assert last == [date(2025, 11, 6), date(2025, 11, 6)]


def test_syria_was_embargoed_until_the_order_that_ended_it_took_effect():
    (syria,) = [row.member for row in load_list("ofac-embargoed").rows if row.member.atoms == {"SY"}]
    assert (syria.first, syria.last) == (date(2011, 8, 18), date(2025, 6, 30))


def test_north_korea_was_not_embargoed_between_its_two_programmes():
    days = [
        (row.member.first, row.member.last)
        for row in load_list("ofac-embargoed").rows
        if row.member.atoms == {"KP"}
    ]
    assert days == [(date(1950, 12, 17), date(2008, 6, 26)), (date(2011, 4, 19), None)]


def test_china_is_a_member_by_definition_on_every_day_and_stands_alone():
    (china,) = load_list("china").members()
    assert (china.atoms, china.first, china.last, china.certain) == (frozenset({"CN"}), date.min, None, True)


def test_programmes_aimed_at_persons_are_never_certain():
    programmes = load_list("ofac-country-programmes")
    aimed_at_persons = programmes.members((Scope.LIST_BASED, Scope.GOVERNMENT))
    assert {member.certain for member in aimed_at_persons} == {False}
    territories = programmes.members((Scope.COUNTRY,))
    assert {next(iter(member.atoms)) for member in territories} == {"CU", "IR", "KP"}


def test_ukraine_as_a_whole_is_all_its_areas():
    assert _only(code="UA").atoms == {"UA-CRIMEA", "UA-SEVASTOPOL", "UA-DNR", "UA-LNR", "UA-REST"}


def test_a_regime_is_not_a_country_and_so_never_certain():
    assert not _only(scope="regime").certain
    assert _only(scope="region").certain


def test_a_member_that_rests_on_recall_is_not_verified():
    assert not _only(evidence="recall", source="null").verified
    assert _only(evidence="inferred").verified


def test_a_day_that_rests_on_memory_is_said_in_the_note():
    assert _only(memory="[from]").note == "The first day rests on memory and was not checked."


def test_an_unknown_start_stays_unknown():
    assert _only(first="null").first is None


def test_a_source_is_carried_with_its_address():
    assert _only().source == "The gazette, https://example.org/gazette"


def test_every_fault_of_a_list_is_reported_at_once_with_its_line():
    broken = HEAD.replace("partial: false", "partial: perhaps").replace("kind: country\n", "")
    found = _faults(
        _member(code="CHN"),
        _member(first="2020-02-30"),
        _member(first="2020-02-02", last="2020-02-01"),
        _member(source="gazete"),
        _member(source="null"),
        _member(scope="nation"),
        head=broken,
    )
    assert [fault.split(":")[1] for fault in found] == ["1", "6", "14", "24", "32", "46", "50", "62"]
    assert found[0] == "example.yaml:1: the key 'kind' is missing; add it"
    assert "'CHN' is no ISO 3166-1 alpha-2 code" in found[2]
    assert "'2020-02-30' is no day" in found[3]
    assert "ends on 2020-02-01, before it begins on 2020-02-02" in found[4]
    assert "'gazete' is no source of this file; did you mean gazette?" in found[5]
    assert "evidence published needs a source" in found[6]


def test_norway_is_a_country_and_not_a_no():
    assert _only(code="NO").atoms == {"NO"}


def test_a_group_of_countries_is_no_member():
    assert "'EU' is no ISO 3166-1 alpha-2 code" in _faults(_member(code="EU"))[0]


def test_a_definition_has_no_days():
    assert "a definition has no days" in _faults(_member(evidence="definition"))[0]


def test_a_list_is_not_due_before_it_was_made():
    found = _faults(_member(), head=HEAD.replace("2025-06-01", "2023-06-01"))
    assert found == [
        "example.yaml:1: the file: review_by 2023-06-01 lies before as_of 2024-06-01; correct one of them"
    ]


def test_an_unknown_list_names_the_near_one():
    with pytest.raises(PolicyError, match="there is no list 'ofac-embargo'; did you mean ofac-embargoed"):
        load_list("ofac-embargo")

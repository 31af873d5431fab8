from datetime import date

import pytest

from provenance.countries.atoms import ALL
from provenance.errors import PolicyError
from provenance.policy.lists import load_list

HEAD = """\
schema: provenance-list/1
id: {id}
title: An example
kind: country
as_of: 2024-06-01
review_by: {review_by}
partial: {partial}
note: Made up.
sources:
  gazette:
    url: https://example.org/gazette
    title: The gazette
    as_of: 2024-05
"""
MEMBER = """\
  - code: {code}
    from: {first}
    to: {last}
    scope: {scope}
    citation: Order of {code}
    source: gazette
    evidence: published
    dates_from_memory: []
    note: null
"""
DERIVED = """\
derived:
  from: {first}
  to: {last}
  citation: Act 7
  source: gazette
  evidence: {evidence}
  everywhere: {everywhere}
  union: [{union}]
  except: [{excepted}]
"""
LIVE = "{{list: {}, as_of: live}}"


@pytest.fixture
def rules(tmp_path):
    (tmp_path / "lists").mkdir()

    def write(list_id, *, members=(), review_by="2027-06-01", partial="false", **derived):
        text = HEAD.format(id=list_id, review_by=review_by, partial=partial)
        if derived:
            terms = {"first": "null", "last": "null", "evidence": "published", "everywhere": "false"}
            text += DERIVED.format(**{**terms, "union": "", "excepted": "", **derived})
        rows = "".join(
            MEMBER.format(
                code=code, first=first or "null", last=last or "null", scope=scope[0] if scope else "country"
            )
            for code, first, last, *scope in members
        )
        text += f"members:\n{rows}" if rows else "members: []\n"
        (tmp_path / "lists" / f"{list_id}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def _rows(list_id, root):
    return [
        ("".join(sorted(member.atoms)), member.first, member.last, member.certain)
        for member in load_list(list_id, root).members()
    ]


def _faults(list_id, root):
    with pytest.raises(PolicyError) as caught:
        load_list(list_id, root)
    return [str(fault) for fault in caught.value.faults]


def test_a_live_reference_follows_every_change_of_the_other_list(rules):
    rules("base", members=[("CU", "2000-01-01", "2010-12-31"), ("IR", None, None)])
    root = rules("group", union=LIVE.format("base"))
    assert _rows("group", root) == [
        ("CU", date(2000, 1, 1), date(2010, 12, 31), True),
        ("IR", None, None, True),
    ]


def test_a_frozen_reference_takes_who_stood_on_the_list_that_day_and_follows_no_change(rules):
    rules("base", members=[("CU", "2000-01-01", "2010-12-31"), ("IR", "2011-01-01", None)])
    root = rules("group", union="{list: base, as_of: 2010-12-31, unknown_start: open}")
    assert _rows("group", root) == [("CU", date.min, None, True)]


@pytest.mark.parametrize(("unknown_start", "certain"), [("in", True), ("open", False)])
def test_who_stands_on_a_list_since_when_is_not_known_counts_on_an_earlier_day_only_if_the_file_says_so(
    rules, unknown_start, certain
):
    rules("base", members=[("CU", None, None)])
    root = rules("group", union=f"{{list: base, as_of: 2001-01-01, unknown_start: {unknown_start}}}")
    assert _rows("group", root) == [("CU", date.min, None, certain)]


def test_a_derived_list_has_days_of_its_own(rules):
    rules("base", members=[("CU", "2000-01-01", None), ("IR", None, "2009-12-31")])
    root = rules("group", union=LIVE.format("base"), first="2005-01-01", last="2012-12-31")
    assert _rows("group", root) == [
        ("CU", date(2005, 1, 1), date(2012, 12, 31), True),
        ("IR", date(2005, 1, 1), date(2009, 12, 31), False),
    ]


def test_what_is_excepted_is_left_out_for_as_long_as_it_is_excepted(rules):
    rules("base", members=[("CU", "2000-01-01", None), ("IR", "2000-01-01", None)])
    rules("spared", members=[("CU", "2005-01-01", "2006-12-31")])
    root = rules("group", union=LIVE.format("base"), excepted=LIVE.format("spared"))
    assert sorted(_rows("group", root)) == [
        ("CU", date(2000, 1, 1), date(2004, 12, 31), True),
        ("CU", date(2007, 1, 1), None, True),
        ("IR", date(2000, 1, 1), None, True),
    ]


def test_an_exception_that_may_or_may_not_hold_leaves_the_member_possible_and_says_why(rules):
    rules("base", members=[("VE", "2000-01-01", None)])
    rules("spared", members=[("VE", "2000-01-01", None, "regime")])
    root = rules("group", union=LIVE.format("base"), excepted=LIVE.format("spared"))
    (member,) = load_list("group", root).members()
    assert (member.certain, member.doubt) == (
        False,
        "whether it is excepted is left open (spared: Order of VE)",
    )


def test_exceptions_that_are_not_fully_known_make_everything_doubtful(rules):
    rules("base", members=[("CU", "2000-01-01", None)])
    rules("spared", members=[("IR", "2000-01-01", None)], partial="true")
    root = rules("group", union=LIVE.format("base"), excepted=LIVE.format("spared"))
    (member,) = load_list("group", root).members()
    assert (member.certain, member.doubt) == (False, "what is excepted is not fully known (spared)")


def test_everywhere_is_every_origin_but_those_excepted(rules):
    rules("home", members=[("US", "1900-01-01", None)])
    root = rules("abroad", everywhere="true", excepted=LIVE.format("home"), first="2025-12-22")
    (member,) = load_list("abroad", root).members()
    assert (member.atoms, member.first, member.certain) == (ALL - {"US"}, date(2025, 12, 22), True)


def test_a_list_that_follows_a_partial_one_is_partial_and_wants_review_when_that_one_does(rules):
    rules("base", members=[("CU", "2000-01-01", None)], partial="true", review_by="2025-01-01")
    root = rules("group", union=LIVE.format("base"))
    info = load_list("group", root).info
    assert (info.partial, info.review_by) == (True, date(2025, 1, 1))


def test_a_frozen_list_needs_no_review_for_the_sake_of_the_other(rules):
    rules("base", members=[("CU", "2000-01-01", None)], review_by="2025-01-01")
    root = rules("group", union="{list: base, as_of: 2010-01-01, unknown_start: in}")
    assert load_list("group", root).info.review_by == date(2027, 6, 1)


def test_the_digest_of_a_derived_list_changes_with_the_list_it_follows(rules):
    rules("base", members=[("CU", "2000-01-01", None)])
    root = rules("group", union=LIVE.format("base"))
    before = load_list("group", root).info.sha256
    rules("base", members=[("CU", "2000-01-02", None)])
    assert load_list("group", root).info.sha256 != before


def test_what_a_member_rests_on_is_never_better_than_what_the_derivation_rests_on(rules):
    rules("base", members=[("CU", "2000-01-01", None)])
    root = rules("group", union=LIVE.format("base"), evidence="recall")
    (row,) = load_list("group", root).rows
    assert (row.evidence.value, row.member.verified, row.member.citation) == ("recall", False, "Act 7")
    assert row.member.note == "By way of the list base: Order of CU."


def test_lists_that_follow_from_each_other_are_refused_with_file_and_line(rules):
    rules("first", union=LIVE.format("second"))
    root = rules("second", union=LIVE.format("first"))
    (fault,) = _faults("first", root)
    assert fault.startswith(
        "rules/lists/second.yaml:21: the list follows from itself: first from second from first; name"
    )


def test_every_fault_of_a_derivation_is_reported_at_once(rules):
    root = rules(
        "group",
        union="{list: bas, as_of: live, unknown_start: in}, {list: group, as_of: 2020-13-01}",
        excepted="{list: nowhere, as_of: live}",
    )
    found = _faults("group", root)
    wanted = (
        "there is no list 'bas'; known are: group",
        "unknown_start goes with a frozen reference",
        "'2020-13-01' is no day",
        "there is no list 'nowhere'",
    )
    assert len(found) == len(wanted)
    assert all(any(said in fault for fault in found) for said in wanted)


def test_a_derivation_does_not_end_before_it_begins(rules):
    rules("base", members=[("CU", "2000-01-01", None)])
    root = rules("group", union=LIVE.format("base"), first="2021-01-01", last="2020-01-01")
    assert "ends on 2020-01-01, before it begins on 2021-01-01" in _faults("group", root)[0]


def test_a_list_of_countries_does_not_follow_from_one_of_entities(rules):
    rules("firms", members=[("CU", "2000-01-01", None)])
    root = rules("group", union=LIVE.format("firms"))
    path = root / "lists" / "firms.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: country", "kind: entity"), encoding="utf-8")
    assert "'firms' is a list of entities; name a list of countries" in _faults("group", root)[0]
    assert "is a list of entities, expected one of countries" in _faults("firms", root)[0]


def test_a_list_needs_members_or_something_to_follow_from(rules):
    assert "has no members" in _faults("empty", rules("empty"))[0]
    assert "is derived from nothing" in _faults("group", rules("group", union=""))[0]


# What comes with the program.


def test_the_arkansas_law_takes_the_federal_list_as_it_stood_and_not_as_it_is():
    members = load_list("ar-mining-prohibited").members()
    atoms = frozenset[str]().union(*(member.atoms for member in members))
    assert ("KH" in atoms, "NI" in atoms, len(members)) == (True, False, 24)


def test_foreign_drones_are_those_of_any_country_but_the_united_states_whose_areas_are_left_open():
    members = load_list("fcc-foreign-drones").members()
    certain = frozenset[str]().union(*(member.atoms for member in members if member.certain))
    possible = frozenset[str]().union(*(member.atoms for member in members)) - certain
    assert (certain, possible) == (ALL - {"US"} - possible, {"AS", "GU", "MP", "PR", "UM", "VI"})


def test_what_the_entry_on_inverters_means_was_not_read_and_so_nothing_in_it_is_certain():
    assert {member.certain for member in load_list("fcc-foreign-inverters").members()} == {False}


def test_goods_of_hong_kong_are_marked_china_from_the_day_on_which_the_transition_was_over():
    (china, hong_kong) = load_list("china-as-marked").members()
    assert (china.atoms, china.first) == ({"CN"}, date.min)
    assert (hong_kong.atoms, hong_kong.first) == ({"HK"}, date(2020, 11, 10))

"""What changed since a baseline: findings by what each machine is told by."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.policy.baseline.thought import BY_TAG, ON_RECORD
from provenance.policy.verdict import Verdict


def test_a_run_compared_with_itself_has_only_known_findings(make, tmp_path):
    fleet = [
        make.machine(1),
        make.machine(2, **{"Country of Origin": "China"}),
        make.machine(3),
        make.machine(4, Quantity="5", **{"Serial Number": ""}),
        make.machine(5, **{"Serial Number": "", "Asset Tag": "T-5"}),
        make.machine(1),
    ]
    papers = [make.paper(serials=make.serial(3))]
    audit = make.audit(tmp_path, fleet, papers, baseline=make.report(tmp_path, fleet, papers))
    assert make.counts(audit) == {"known": 3}
    assert audit.comparison.changes.height == 0
    assert audit.comparison.notes == ()
    assert audit.comparison.unidentified_now == audit.comparison.unidentified_then
    assert audit.comparison.unidentified_now[Verdict.UNDETERMINED].units == 5
    assert audit.machines.collect()["change"].to_list() == [
        "known", "known", None, None, "known", "known",
    ]  # fmt: skip


def test_findings_are_new_known_changed_and_removed_wherever_their_rows_stand(make, tmp_path):
    before = [make.machine(n) for n in (1, 2, 3)]
    after = [make.machine(4), make.machine(2, **{"Country of Origin": "China"}), make.machine(1)]
    audit = make.audit(tmp_path, after, baseline=make.report(tmp_path, before))
    assert make.changes(audit) == [
        ("new", make.serial(4), None, "undetermined", None),
        (
            "changed", make.serial(2), "undetermined", "non-conforming",
            "it was undetermined (open) and is non-conforming",
        ),
        (
            "removed", make.serial(3), "undetermined", None,
            "no machine here has its identity: removed, not shown cured",
        ),
    ]  # fmt: skip
    assert make.counts(audit) == {"new": 1, "changed": 1, "known": 1, "removed": 1}
    assert audit.machines.collect()["change"].to_list() == ["new", "changed", "known"]


def test_what_conformed_and_is_open_now_is_new(make, tmp_path):
    fleet = [make.machine(1)]
    baseline = make.report(tmp_path, fleet, [make.paper(serials=make.serial(1))])
    assert make.changes(make.audit(tmp_path, fleet, baseline=baseline)) == [
        ("new", make.serial(1), "conforming", "undetermined", None)
    ]


def test_new_clearing_evidence_for_the_same_serial_cures(make, tmp_path):
    fleet = [make.machine(1)]
    audit = make.audit(
        tmp_path, fleet, [make.paper(serials=make.serial(1))], baseline=make.report(tmp_path, fleet)
    )
    assert make.changes(audit) == [
        (
            "cured",
            make.serial(1),
            "undetermined",
            "conforming",
            "evidence that the baseline has not clears it",
        )
    ]


def test_a_document_that_names_the_serial_cures_though_one_of_its_kind_was_on_record(make, tmp_path):
    fleet = [make.machine(n) for n in (1, 2)]
    lot = make.paper(model="Antminer S21", quantity="1")
    baseline = make.report(tmp_path, fleet, [lot])
    named = make.paper("C2", serials=make.serial(1))
    audit = make.audit(tmp_path, fleet, [lot, named], baseline=baseline)
    assert make.counts(audit) == {"cured": 1, "known": 1}


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        ({}, {"page": "4"}, "changed"),
        ({}, {"sha256": "a" * 64}, "changed"),
        ({}, {"document": "c1"}, "changed"),
        ({"sha256": "a" * 64}, {"sha256": "a" * 64}, "changed"),
        ({"sha256": "a" * 64}, {"sha256": "b" * 64}, "cured"),
        ({}, {"document": "C2"}, "cured"),
    ],
)
def test_a_record_that_is_filled_in_is_no_new_evidence(make, tmp_path, then, now, change):
    fleet = [make.machine(1)]
    plain = {"page": "", "sha256": "", "serials": make.serial(1)}
    baseline = make.report(tmp_path, fleet, [make.paper(**plain | then, issuer_role="")])
    audit = make.audit(tmp_path, fleet, [make.paper(**plain | then | now)], baseline=baseline)
    assert make.counts(audit) == {change: 1}


def test_a_new_document_that_is_allocated_to_no_unit_cures_none(make, tmp_path):
    fleet = [make.machine(n) for n in (1, 2)]
    named = make.paper(serials=make.serial(1))
    baseline = make.report(tmp_path, fleet, [named | {"issuer_role": ""}])
    lot = make.paper("C2", model="Antminer S21", quantity="1")
    audit = make.audit(tmp_path, fleet, [named, lot], baseline=baseline)
    assert [
        (change, why) for change, serial, _, _, why in make.changes(audit) if serial == make.serial(1)
    ] == [("changed", ON_RECORD)]


def test_a_lot_that_shrinks_to_its_certificate_is_not_cured_by_it(make, tmp_path):
    lot = [make.paper(model="Antminer S21", quantity="1")]
    baseline = make.report(tmp_path, [make.machine(n) for n in (1, 2)], lot)
    audit = make.audit(tmp_path, [make.machine(1)], lot, baseline=baseline)
    assert [(change, why) for change, _, _, _, why in make.changes(audit)] == [
        ("changed", ON_RECORD),
        ("removed", "no machine here has its identity: removed, not shown cured"),
    ]


def test_what_is_told_by_its_tag_alone_is_not_shown_to_be_cured(make, tmp_path):
    fleet = [make.machine(1, **{"Serial Number": "", "Asset Tag": " t-1 "})]
    lot = [make.paper(model="Antminer S21", quantity="1")]
    audit = make.audit(tmp_path, fleet, lot, baseline=make.report(tmp_path, fleet))
    assert [(change, why) for change, _, _, _, why in make.changes(audit)] == [("changed", BY_TAG)]


def test_other_evidence_behind_the_same_verdict_is_a_change(make, tmp_path):
    before = [make.machine(1, **{"Country of Origin": "Malaysia"})]
    after = [make.machine(1, **{"Country of Origin": "Thailand"})]
    audit = make.audit(tmp_path, after, baseline=make.report(tmp_path, before))
    assert [why for *_, why in make.changes(audit)] == [
        "the verdict is as it was, and rests on other evidence"
    ]


def test_the_maker_tells_two_machines_of_one_number_apart_and_an_unknown_one_does_not(make, tmp_path):
    other = {"Manufacturer": "MicroBT", "Model": "Whatsminer M60S", "Serial Number": "10000001"}
    one = {"Serial Number": "10000001"}
    baseline = make.report(tmp_path, [make.machine(1, **one)])
    assert make.counts(make.audit(tmp_path, [make.machine(1, **other)], baseline=baseline)) == {
        "new": 1, "removed": 1,
    }  # fmt: skip
    unknown = one | {"Manufacturer": "", "Model": ""}
    assert make.counts(make.audit(tmp_path, [make.machine(1, **unknown)], baseline=baseline)) == {
        "changed": 1
    }


def test_what_nothing_tells_apart_is_compared_with_nothing_and_counted_apart(make, tmp_path):
    nameless = {"Serial Number": "", "Asset Tag": ""}
    baseline = make.report(tmp_path, [make.machine(1, Quantity="7", **nameless)])
    audit = make.audit(tmp_path, [make.machine(1, Quantity="4", **nameless)], baseline=baseline)
    assert make.counts(audit) == {}
    assert (
        audit.comparison.unidentified_then[Verdict.UNDETERMINED].units,
        audit.comparison.unidentified_now[Verdict.UNDETERMINED].units,
    ) == (7, 4)


def test_a_rule_that_only_one_run_judged_by_is_compared_with_nothing_and_said(make, tmp_path):
    fleet = [make.machine(1)]
    baseline = make.report(tmp_path, fleet, policies=["china-ofac"])
    audit = make.audit(tmp_path, fleet, baseline=baseline)
    assert make.counts(audit) == {}
    assert [note.split(" judge")[0] for note in audit.comparison.notes] == [
        "The rule cleanspark-mineone/origin", "The rule china-ofac/made-in",
    ]  # fmt: skip
    assert all(f"Baseline baseline.json: {note}" in audit.warnings for note in audit.comparison.notes)


def test_a_serial_on_two_rows_is_one_machine_by_its_worst_finding(make, tmp_path):
    before = [make.machine(1), make.machine(1)]
    after = [make.machine(1), make.machine(1, **{"Country of Origin": "China"})]
    audit = make.audit(tmp_path, after, baseline=make.report(tmp_path, before))
    assert [row[:4] for row in make.changes(audit)] == [
        ("changed", make.serial(1), "undetermined", "non-conforming")
    ]
    assert audit.machines.collect()["change"].to_list() == ["changed", "changed"]


def test_the_baseline_changes_no_verdict_and_stands_in_no_notice(make, tmp_path):
    fleet = [make.machine(1)]
    plain = make.audit(tmp_path, fleet)
    audit = make.audit(tmp_path, fleet, baseline=make.report(tmp_path, [make.machine(2)]))
    assert audit.summary == plain.summary
    assert audit.for_the_other_side.comparison is None


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.integers(1, 6), max_size=6, unique=True),
    after=st.lists(st.integers(1, 6), min_size=1, max_size=6, unique=True),
    china=st.sets(st.integers(1, 6)),
    cleared=st.sets(st.integers(1, 6)),
    seed=st.integers(0, 9),
)
def test_every_finding_of_either_run_is_counted_once_in_any_order(
    make, tmp_path, before, after, china, cleared, seed
):
    then = [make.machine(n) for n in before] or [make.machine(9)]
    now = [make.machine(n, **{"Country of Origin": "China" if n in china else ""}) for n in after]
    papers = [make.paper(f"C{n}", serials=make.serial(n)) for n in cleared]
    baseline = make.report(tmp_path, then)
    audit = make.audit(tmp_path, now, papers, baseline=baseline)
    found = make.counts(audit)
    opened = sum(
        count.lines
        for verdict, count in audit.summary.by_verdict.items()
        if verdict in {Verdict.NON_CONFORMING, Verdict.UNDETERMINED}
    )
    assert found.get("new", 0) + found.get("known", 0) + found.get("changed", 0) == opened
    was_open = sum(found.get(change, 0) for change in ("known", "changed", "removed", "cured"))
    assert was_open == len(then)
    random.Random(seed).shuffle(now)
    again = make.audit(tmp_path, now, papers, baseline=baseline)
    assert make.changes(again) == make.changes(audit)


@pytest.mark.parametrize("by_tag", [False, True])
def test_a_row_that_moves_is_the_machine_it_was(make, tmp_path, by_tag):
    def row(n):
        return make.machine(n, **({"Serial Number": "", "Asset Tag": f"T-{n}"} if by_tag else {}))

    baseline = make.report(tmp_path, [row(1), row(2), row(3)])
    audit = make.audit(tmp_path, [row(3), make.machine(8), row(1), row(2)], baseline=baseline)
    assert make.counts(audit) == {"new": 1, "known": 3}

from dataclasses import replace

import pytest

from provenance.errors import ReportError
from provenance.policy.audit import Count
from provenance.policy.verdict import Reason, Verdict
from provenance.report.document import build_document


def test_the_totals_split_the_undetermined_by_reason_in_lines_and_units(audit):
    document = build_document(audit)
    assert [(total.label, total.lines, total.units) for total in document.totals] == [
        ("non-conforming", 6, 7),
        ("undetermined", 21, 61),
        ("waived", 1, 1),
        ("conforming", 5, 5),
        ("out of scope", 1, 1),
    ]
    assert [(total.reason, total.units) for total in document.reasons] == [
        (Reason.DISPUTED, 1),
        (Reason.REVIEW, 1),
        (Reason.READING, 1),
        (Reason.PRESUMED, 1),
        (Reason.UNIDENTIFIED, 4),
        (Reason.AMBIGUOUS, 1),
        (Reason.OPEN, 50),
        (Reason.UNPROVEN, 2),
    ]


def test_the_rows_read_are_the_lines_and_the_rejected_rows(audit):
    assert (
        build_document(audit).reconciliation[0] == "37 rows read = 34 lines of equipment + 3 rejected rows."
    )


def test_totals_that_do_not_reconcile_stop_every_report(audit):
    wrong = replace(audit, summary=replace(audit.summary, rows_read=99))
    with pytest.raises(ReportError, match="99 rows read but 37 lines and rejected rows"):
        build_document(wrong)


def test_totals_by_verdict_that_lose_a_unit_stop_every_report(audit):
    counts = dict(audit.summary.by_verdict) | {Verdict.CONFORMING: Count(5, 4)}
    wrong = replace(audit, summary=replace(audit.summary, by_verdict=counts))
    with pytest.raises(ReportError, match="75 units but 74 the verdicts"):
        build_document(wrong)


def test_the_headline_gives_the_verdict_with_its_reading_and_remedy(audit):
    head = build_document(audit).headline
    assert head.word == "NON-CONFORMING"
    assert head.sentence == (
        "7 of 75 units are non-conforming under this reading on the evidence listed; remedy claimed: replacement. "
        "61 undetermined, 1 waived, 5 conforming. 1 is under embargo: counsel comes before any return, shipment or payment."
    )


def test_the_headline_of_a_fleet_that_is_open_claims_nothing(audit_of, made_cases):
    opened = [made for made in made_cases if made.reason is Reason.OPEN]
    head = build_document(audit_of(opened)).headline
    assert head.word == "UNDETERMINED"
    assert head.sentence == (
        "No unit is non-conforming on the evidence listed, but 50 of 50 units are not proven either way. 0 conforming."
    )


def test_a_conforming_fleet_has_nothing_left_to_prove(audit_of, made_cases):
    cleared = [made for made in made_cases if made.reason is Reason.CLEARED]
    head = build_document(audit_of(cleared)).headline
    assert head.sentence == "All 5 units are proven to conform under this reading."
    assert head.next_step.startswith("Nothing is left to prove")


def test_goods_under_embargo_are_named_first_though_no_rule_of_the_policy_minds_them(audit_of, made_cases):
    cleared = audit_of([made for made in made_cases if made.reason is Reason.CLEARED])
    points = "all that is stated of its origin points to Iran"
    head = build_document(
        replace(cleared, cases=tuple(replace(case, embargo=points) for case in cleared.cases))
    ).headline
    assert head.sentence == (
        "All 5 units are proven to conform under this reading. 5 are under embargo: counsel comes before any return, "
        "shipment or payment."
    )
    assert head.next_step == "Ask counsel before anything is done with the goods under embargo."


def test_a_fleet_without_machines_says_so(audit_of):
    head = build_document(audit_of((), rejected=())).headline
    assert (head.word, head.sentence) == ("NOTHING TO AUDIT", "No row of the inputs is a machine.")
    assert head.next_step == "Check how the files were read with `provenance inspect`."


def test_a_rule_without_a_remedy_claims_none(audit_of, made_cases):
    rule = made_cases[0].rule
    bare = replace(rule, remedy=replace(rule.remedy, kind="none-stated", text=""))
    head = build_document(audit_of([replace(made_cases[0], rule=bare)])).headline
    assert head.sentence == (
        "4 of 4 units are non-conforming under this reading on the evidence listed; no remedy is stated. "
        "0 undetermined, 0 conforming."
    )


def test_a_policy_that_nobody_chose_is_named(audit_of):
    assert build_document(audit_of(default=True)).headline.default_policy == (
        "No policy was chosen, so sale-clause was used."
    )


def test_made_up_data_are_stamped(audit_of):
    assert build_document(audit_of(synthetic=True)).stamp.startswith("SYNTHETIC")
    assert build_document(audit_of()).stamp == ""


def test_cases_stand_worst_first_and_largest_first(audit):
    order = [(-entry.verdict.severity, -entry.units) for entry in build_document(audit).cases]
    assert order == sorted(order)


def test_the_counts_of_a_policy_add_up_to_the_fleet(audit):
    policy = build_document(audit).policies[0]
    assert sum(total.units for total in policy.totals) == audit.summary.units


def test_an_unsourced_plant_is_never_called_known(audit):
    likely = {entry.likely for entry in build_document(audit).cases if entry.likely}
    assert likely == {
        (
            "Its maker is known to assemble in Malaysia; it is said, without a source, to assemble in China: general "
            "knowledge that decides nothing for a unit."
        )
    }

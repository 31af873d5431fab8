"""Waivers over the whole pipeline: what they reach, what they change, and what they may never do."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.policy.audit import WaiverStatus
from provenance.policy.verdict import Verdict
from provenance.policy.waivers.waiver import WaiverKind

NEVER = ("conforming cleared", "out-of-scope scope")


def test_a_waiver_by_serial_tells_the_waived_machine_from_those_with_the_same_facts(make, tmp_path):
    fleet = [make.machine(n) for n in (1, 2, 3)]
    without = make.audit(tmp_path, fleet)
    audit = make.audit(tmp_path, fleet, make.waiver(scope={"serials": [make.serial(2)]}))
    assert make.verdicts(audit) == ["undetermined open", "waived waiver", "undetermined open"]
    ids = audit.machines.select("case").collect().to_series().cast(str).to_list()
    assert ids[0] == ids[2] == without.cases[0].id != ids[1]
    (waived,) = [case for case in audit.cases if case.verdict is Verdict.WAIVED]
    finding = waived.worst
    assert (finding.waived.waiver.id, finding.waived.verdict) == ("w", Verdict.UNDETERMINED)
    assert finding.explanation.endswith(
        "Waived by internal acceptance of risk w, owner Made-up Owner, until 2027-12-31; without it: "
        "undetermined (open)."
    )


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        ({"site": "NORTH "}, [1, 2]),
        ({"order": "po-2"}, [2, 3]),
        ({"site": "north", "order": "PO-2"}, [2]),
        ({"maker": "MicroBT"}, [3]),
        ({"model": "Antminer S21"}, [1, 2]),
        ({"serials": ["zzaahtubdjaac0001"], "site": "South"}, []),
    ],
)
def test_the_conditions_of_a_scope_hold_together(make, tmp_path, scope, reached):
    fleet = [
        make.machine(1),
        make.machine(2, PO="PO-2"),
        make.machine(3, PO="PO-2", Site="South", Manufacturer="MicroBT", Model="Whatsminer M60S"),
    ]
    audit = make.audit(tmp_path, fleet, make.waiver(scope=scope))
    waived = [n for n, said in enumerate(make.verdicts(audit), start=1) if said == "waived waiver"]
    assert waived == reached


def test_a_maker_or_model_known_by_likeness_or_not_at_all_is_never_meant(make, tmp_path):
    fleet = [
        make.machine(1, Manufacturer="", Model="Antmnier S21 200T", **{"Serial Number": "X-1"}),
        make.machine(2, Manufacturer="", Model="", **{"Serial Number": "X-2"}),
    ]
    waivers = [make.waiver("a", scope={"maker": "bitmain"}), make.waiver("b", scope={"model": "S21"})]
    audit = make.audit(tmp_path, fleet, *waivers)
    assert Verdict.WAIVED not in {case.verdict for case in audit.cases}
    assert [use.status for use in audit.waivers] == [WaiverStatus.UNUSED] * 2


def test_what_conforms_or_is_condemned_under_another_rule_stays(make, tmp_path):
    fleet = [make.machine(1, **{"Country of Origin": "China"}), make.machine(2)]
    papers = [("C1", "certificate", "MY", make.serial(2))]
    everything = make.waiver(scope={"site": "North"})
    assert make.verdicts(make.audit(tmp_path, fleet, everything, papers=papers)) == [
        "waived waiver", "conforming cleared",
    ]  # fmt: skip
    both = make.audit(
        tmp_path, fleet, everything, papers=papers, policies=("cleanspark-mineone", "china-ofac")
    )
    assert make.verdicts(both) == ["non-conforming condemned", "conforming cleared"]


@pytest.mark.parametrize(
    ("keys", "status", "said"),
    [
        ({}, "waived waiver", ""),
        ({"expires": "2026-11-20"}, "waived waiver", "It expires on 2026-11-20, today."),
        ({"expires": "2026-12-20"}, "waived waiver", "It expires on 2026-12-20, in 30 days."),
        ({"expires": "2026-12-21"}, "waived waiver", ""),
        (
            {"expires": "2026-11-19"},
            "undetermined open",
            "It expired on 2026-11-19 and works no more; 1 unit that it would waive stands as the rules judge it.",
        ),
        (
            {"date": "2026-11-21"},
            "undetermined open",
            "It is dated 2026-11-21 and does not work before that day.",
        ),
        (
            {"rule": "cleanspark-mineon/*"},
            "undetermined open",
            "It waives nothing. No policy cleanspark-mineon judges in this run: did you mean cleanspark-mineone?",
        ),
        (
            {"scope": {"site": "Nowhere"}},
            "undetermined open",
            "It waives nothing: no machine here is in its scope for sure.",
        ),
    ],
)
def test_a_waiver_works_from_its_date_to_its_last_day_and_says_when_it_does_not(
    make, tmp_path, keys, status, said
):
    audit = make.audit(tmp_path, [make.machine(1)], make.waiver(**keys))
    assert make.verdicts(audit) == [status]
    assert [use.note for use in audit.waivers] == [said]
    told = [warning for warning in audit.warnings if warning.startswith("Waiver w (waivers.yaml:4): ")]
    assert told == ([f"Waiver w (waivers.yaml:4): {said}"] if said else [])


def test_a_waiver_that_nothing_needs_is_reported(make, tmp_path):
    papers = [("C1", "certificate", "MY", make.serial(1))]
    audit = make.audit(tmp_path, [make.machine(1)], make.waiver(), papers=papers)
    (use,) = audit.waivers
    assert (use.status, use.note) == (
        WaiverStatus.UNUSED, "It waives nothing: none of the 1 unit in its scope needs it.",
    )  # fmt: skip


def test_how_soon_is_soon_can_be_set(make, tmp_path):
    waiver = make.waiver(expires="2026-12-31")
    soon = [
        make.audit(tmp_path, [make.machine(1)], waiver, expiring_within=days).waivers[0].expires_soon
        for days in (40, 41)
    ]
    assert soon == [False, True]


def test_a_serial_that_no_machine_carries_is_reported(make, tmp_path):
    waiver = make.waiver(scope={"serials": [make.serial(1), "ZZ-NOT-HERE-1"]})
    audit = make.audit(tmp_path, [make.machine(1)], waiver)
    assert audit.waivers[0].not_found == ("ZZ-NOT-HERE-1",)
    assert audit.waivers[0].note == ("Of the 2 serials that it names 1 match no machine: ZZ-NOT-HERE-1.")


@pytest.mark.parametrize("twice", [False, True])
def test_a_serial_that_does_not_tell_one_machine_waives_none(make, tmp_path, twice):
    fleet = [make.machine(1), make.machine(1)] if twice else [make.machine(1, Quantity="3")]
    audit = make.audit(tmp_path, fleet, make.waiver())
    assert set(make.verdicts(audit)) == {"undetermined open"}
    assert "none of them is waived" in audit.waivers[0].note


def test_an_auditor_sees_the_waivers_and_judges_without_them(make, tmp_path):
    fleet = [make.machine(1), make.machine(2)]
    plain = make.audit(tmp_path, fleet)
    audit = make.audit(tmp_path, fleet, make.waiver(), waive=False)
    assert make.verdicts(audit) == make.verdicts(plain)
    assert [case.id for case in audit.cases] == [case.id for case in plain.cases]
    assert (audit.waivers[0].status, audit.waivers[0].waives.units) == (WaiverStatus.NOT_APPLIED, 1)
    assert audit.warnings[0].startswith("Waivers were given and, as asked, not applied: 1 in force")


def test_one_unit_in_two_inventories_is_waived_only_where_both_listings_are_meant(make, tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    for name, site in (("a.csv", "North"), ("b.csv", "South")):
        row = make.machine(1, Site=site)
        (room / name).write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", "utf-8")
    import provenance

    found = []
    for scope in ({"site": "North"}, {"serials": [make.serial(1)]}):
        file = make.file(tmp_path, make.waiver(scope=scope))
        audit = provenance.audit([room], policies=["cleanspark-mineone"], waivers=[file])
        found.append(make.verdicts(audit))
    assert found == [["undetermined open"] * 2, ["waived waiver"] * 2]


def test_a_finding_rests_on_the_waiver_that_binds_the_parties(make, tmp_path):
    waivers = [make.waiver("a", expires="2029-01-01"), make.waiver("b", instrument="Order 3")]
    audit = make.audit(tmp_path, [make.machine(1)], *waivers)
    assert audit.cases[0].worst.waived.waiver.id == "b"
    assert audit.cases[0].facts.waivers == ("a", "b")


def test_readings_are_read_with_the_waivers_and_the_declared_one_is_that_of_the_summary(make, tmp_path):
    fleet = [make.machine(1), make.machine(2)]
    audit = make.audit(tmp_path, fleet, make.waiver())
    declared = next(outcome for outcome in audit.readings if outcome.declared)
    assert declared.by_verdict == audit.summary.by_verdict
    seat = next(outcome for outcome in audit.readings if outcome.reading == "maker-seat")
    assert (seat.by_verdict[Verdict.NON_CONFORMING].units, seat.by_verdict[Verdict.WAIVED].units) == (1, 1)


# What the other side sees -----------------------------------------------------------------------------


def notice(audit, folder):
    from provenance.report.outputs import write_reports

    path = folder / "notice.md"
    write_reports(audit, None, [("notice-md", path)])
    return path.read_text("utf-8")


def test_an_internal_acceptance_changes_no_word_of_the_notice(make, tmp_path):
    fleet = [make.machine(n, **{"Country of Origin": "China" if n < 3 else ""}) for n in range(1, 6)]
    accepted = make.waiver(scope={"serials": [make.serial(1), make.serial(4)]}, expires="2026-12-01")
    plain = notice(make.audit(tmp_path, fleet), tmp_path)
    audit = make.audit(tmp_path, fleet, accepted)
    assert audit.summary.by_verdict[Verdict.WAIVED].units == 2
    assert notice(audit, tmp_path) == plain


def test_a_contract_waiver_takes_its_units_out_of_the_claim_and_stands_in_the_notice(make, tmp_path):
    fleet = [make.machine(n, **{"Country of Origin": "China"}) for n in (1, 2)]
    agreed = make.waiver(instrument="Purchase Order 03")
    accepted = make.waiver("internal", scope={"serials": [make.serial(2)]})
    text = notice(make.audit(tmp_path, fleet, agreed, accepted), tmp_path)
    assert "Purchase Order 03, section 2.1, signed by A. Made-up Person on 2026-01-15" in text
    assert "1 unit on 1 line, listed in Schedule A, is non-conforming" in text
    assert "internal" not in text.lower()


# Properties -------------------------------------------------------------------------------------------

SCOPES = st.lists(
    st.sampled_from(
        [
            {"serials": ["ZZAAHTUBDJAAC0001", "ZZAAHTUBDJAAC0002", "ZZAAHTUBDJAAC0004"]},
            {"maker": "bitmain"},
            {"model": "S21", "site": "North"},
            {"order": "PO-1"},
            {"site": "South"},
        ]
    ),
    min_size=1,
    max_size=3,
)


def mixed_fleet(make):
    return [
        make.machine(1),
        make.machine(2, **{"Country of Origin": "China"}),
        make.machine(3, Site="South"),
        make.machine(4, PO="PO-2", **{"Country of Origin": "Malaysia"}),
        make.machine(5, Quantity="4", **{"Serial Number": ""}),
        make.machine(6, Manufacturer="MicroBT", Model="Whatsminer M60S", Site="South"),
        make.machine(2, PO="PO-2"),
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scopes=SCOPES, reverse=st.booleans(), data=st.data())
def test_waivers_hide_nothing_worsen_nothing_clear_nothing_and_have_no_order(
    make, tmp_path, scopes, reverse, data
):
    fleet = mixed_fleet(make)
    papers = [("C1", "certificate", "MY", f"{make.serial(1)};{make.serial(6)}")]
    waivers = [
        make.waiver(f"w{at}", scope=scope, **({"instrument": "Order 3"} if data.draw(st.booleans()) else {}))
        for at, scope in enumerate(scopes)
    ]
    before = make.audit(tmp_path, fleet, papers=papers)
    after = make.audit(tmp_path, fleet, *waivers, papers=papers)
    for one in (after, after.for_the_other_side):
        assert (one.summary.lines, one.summary.units) == (before.summary.lines, before.summary.units)
        assert sum(case.units for case in one.cases) == before.summary.units
        counted = one.machines.select("verdict").collect().to_series().to_list()
        assert Counter(counted) == {
            verdict.value: count.lines for verdict, count in one.summary.by_verdict.items() if count.lines
        }
    for old, new in zip(make.verdicts(before), make.verdicts(after), strict=True):
        assert new == old or (new == "waived waiver" and old not in NEVER)
    ordered = waivers[::-1] if reverse else sorted(waivers, key=json.dumps)
    again = make.audit(tmp_path, fleet, *ordered, papers=papers)
    assert make.verdicts(again) == make.verdicts(after)
    assert [case.id for case in again.cases] == [case.id for case in after.cases]


def test_a_waiver_of_either_kind_makes_a_machine_waived_alike(make, tmp_path):
    found = [
        make.verdicts(make.audit(tmp_path, [make.machine(1)], make.waiver(**keys)))
        for keys in ({}, {"instrument": "Order 3"})
    ]
    assert found == [["waived waiver"]] * len(WaiverKind)

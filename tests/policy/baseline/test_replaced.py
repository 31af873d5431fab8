"""What the table of replacements cures, and what a board swap opens again."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.evidence import Standing
from provenance.policy.baseline.change import Parity


def test_a_named_replacement_that_conforms_cures(make, tmp_path):
    baseline = make.report(tmp_path, [make.machine(1), make.machine(2)])
    papers = [make.paper(serials=make.serial(9))]
    table = make.exchanged(tmp_path, ("replacement", make.serial(1), make.serial(9), "2026-05-01"))
    audit = make.audit(tmp_path, [make.machine(9)], papers, baseline=baseline, replacements=table)
    assert [(change, serial, why) for change, serial, _, _, why in make.changes(audit)] == [
        ("removed", make.serial(2), "no machine here has its identity: removed, not shown cured"),
        (
            "cured", make.serial(1),
            f"Replaced on 2026-05-01 by {make.serial(9)}, which conforms.",
        ),
    ]  # fmt: skip
    (use,) = audit.exchanges
    assert (use.conforms, use.cures, use.parity) == (True, True, Parity.MET)


@pytest.mark.parametrize(
    ("fleet", "day", "then", "said"),
    [
        ([9], "2026-05-01", [1], "is itself undetermined: removed, not shown cured."),
        ([2], "2026-05-01", [1], "is in none of these inventories: removed, not shown cured."),
        ([9], "2027-05-01", [1], "after the day of this report, and counts for nothing yet."),
        ([9], "2026-05-01", [1, 9], "stood in the baseline already, so that it came for nothing"),
    ],
)
def test_a_replacement_that_does_not_itself_conform_cures_nothing(make, tmp_path, fleet, day, then, said):
    cleared = [] if "undetermined" in said else [make.paper(serials=make.serial(9))]
    baseline = make.report(tmp_path, [make.machine(n) for n in then])
    table = make.exchanged(tmp_path, ("replacement", make.serial(1), make.serial(9), day))
    audit = make.audit(
        tmp_path, [make.machine(n) for n in fleet], cleared, baseline=baseline, replacements=table
    )
    removed = [why for change, serial, _, _, why in make.changes(audit) if serial == make.serial(1)]
    assert len(removed) == 1
    assert said in removed[0]
    assert "cured" not in [change for change, serial, *_ in make.changes(audit) if serial == make.serial(1)]
    assert audit.exchanges[0].cures is False


def test_of_a_chain_of_replacements_the_last_counts(make, tmp_path):
    baseline = make.report(tmp_path, [make.machine(1)])
    table = make.exchanged(
        tmp_path,
        ("replacement", make.serial(1), make.serial(2), "2026-03-01"),
        ("replacement", make.serial(2), make.serial(3), "2026-04-01"),
    )
    papers = [make.paper(serials=make.serial(3))]
    audit = make.audit(tmp_path, [make.machine(3)], papers, baseline=baseline, replacements=table)
    assert make.counts(audit) == {"cured": 1}


@pytest.mark.parametrize(
    ("old", "new", "parity"),
    [
        ({}, {}, Parity.MET),
        ({}, {"Model": "Antminer S21 188T"}, Parity.SHORT),
        ({"Hashrate (TH/s)": "180"}, {"Hashrate (TH/s)": "180.5"}, Parity.MET),
        ({"Hashrate (TH/s)": "200 TH/s"}, {"Hashrate (TH/s)": "0.19 PH/s"}, Parity.SHORT),
        ({"Manufacturer": "", "Model": "box"}, {}, Parity.UNKNOWN),
    ],
)
def test_parity_is_checked_by_the_inventory_else_by_the_model_and_unknown_is_said(
    make, tmp_path, old, new, parity
):
    baseline = make.report(tmp_path, [make.machine(1, **old)])
    table = make.exchanged(tmp_path, ("replacement", make.serial(1), make.serial(9), "2026-05-01"))
    papers = [make.paper(serials=make.serial(9))]
    audit = make.audit(tmp_path, [make.machine(9, **new)], papers, baseline=baseline, replacements=table)
    (use,) = audit.exchanges
    assert use.parity is parity
    assert ("not known" in use.hashrates) == (parity is Parity.UNKNOWN)
    assert ("does less work" in use.outcome) == (parity is Parity.SHORT)


def test_nothing_is_replaced_before_it_came(make, tmp_path):
    table = make.exchanged(
        tmp_path,
        ("replacement", make.serial(1), make.serial(2), "2026-04-01"),
        ("replacement", make.serial(2), make.serial(3), "2026-03-01"),
    )
    baseline = make.report(tmp_path, [make.machine(1)])
    papers = [make.paper(serials=make.serial(3))]
    audit = make.audit(tmp_path, [make.machine(3)], papers, baseline=baseline, replacements=table)
    assert make.counts(audit) == {"removed": 1}


@pytest.mark.parametrize(
    ("fleet", "said"),
    [
        ([9], "ZZAAHTUBDJAAC0001 is not in the baseline, so that nothing was open on it."),
        ([1, 9], "ZZAAHTUBDJAAC0001 is still in the inventory: what is open on it stays."),
    ],
)
def test_a_replacement_for_what_was_not_there_or_is_here_still_cures_nothing(make, tmp_path, fleet, said):
    baseline = make.report(tmp_path, [make.machine(n) for n in ([1] if 1 in fleet else [2])])
    table = make.exchanged(tmp_path, ("replacement", make.serial(1), make.serial(9), "2026-05-01"))
    papers = [make.paper(serials=make.serial(9))]
    audit = make.audit(
        tmp_path, [make.machine(n) for n in fleet], papers, baseline=baseline, replacements=table
    )
    (use,) = audit.exchanges
    assert (use.conforms, use.cures) == (True, False)
    assert use.outcome.endswith(said)
    assert "cured" not in make.counts(audit)


def test_replacements_are_told_without_a_baseline_too(make, tmp_path):
    table = make.exchanged(tmp_path, ("replacement", make.serial(1), make.serial(9), "2026-05-01"))
    audit = make.audit(tmp_path, [make.machine(1), make.machine(9)], replacements=table)
    assert audit.comparison is None
    assert (
        audit.exchanges[0].outcome
        == f"The replacement {make.serial(9)} is itself undetermined: removed, not shown cured."
    )


# Boards ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["board-swap", "return"])
@pytest.mark.parametrize(
    ("dated", "day", "standing"),
    [
        ("2026-04-30", "2026-05-01", Standing.CONDEMN_ONLY),
        ("", "2026-05-01", Standing.CONDEMN_ONLY),
        ("2026-05-01", "2026-05-01", Standing.FULL),
        ("2026-06-01", "2026-05-01", Standing.FULL),
        ("2026-04-30", "2027-05-01", Standing.FULL),
    ],
)
def test_a_board_swap_or_return_opens_the_boards_again(make, tmp_path, kind, dated, day, standing):
    """The pieces on the boards clear no more unless they are dated since; those on manufacture stand as they do."""
    of_boards = make.paper("B1", serials=f"{make.serial(1)};{make.serial(2)}", facet="boards", date=dated)
    plain = make.paper("C1", serials=make.serial(1), date="2025-01-01")
    table = make.exchanged(tmp_path, (kind, make.serial(1), "", day))
    audit = make.audit(tmp_path, [make.machine(1), make.machine(2)], [of_boards, plain], replacements=table)
    standings = {}
    for row in audit.machines.select("serial", "case").collect().iter_rows():
        for piece in audit.case(row[1]).facts.pieces:
            if piece.is_statement and piece.facet.value in {"boards", "manufacture"}:
                standings[row[0], piece.facet.value] = piece.standing
    assert standings == {
        (make.serial(1), "boards"): standing,
        (make.serial(1), "manufacture"): Standing.FULL,
        (make.serial(2), "boards"): Standing.FULL,
    }
    boards = next(outcome for outcome in audit.readings if outcome.reading == "boards")
    cleared = 2 if standing is Standing.FULL else 1
    assert boards.by_verdict[next(v for v in boards.by_verdict if v == "conforming")].units == cleared


def test_the_question_about_a_document_older_than_the_boards_is_asked(make, tmp_path):
    of_boards = make.paper("B1", serials=make.serial(1), facet="boards", date="2026-04-30")
    table = make.exchanged(tmp_path, ("board-swap", make.serial(1), "", "2026-05-01"))
    audit = make.audit(tmp_path, [make.machine(1)], [of_boards], replacements=table)
    assert [(one.flag.value, one.units) for one in audit.paper_findings] == [("dated-before-a-board-swap", 1)]
    assert (
        audit.exchanges[0].outcome == "What was said of its boards before 2026-05-01 clears nothing any more."
    )
    later = make.audit(tmp_path, [make.machine(1)], [of_boards], replacements=table, as_of=date(2026, 4, 30))
    assert later.paper_findings == ()

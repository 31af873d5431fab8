from provenance.policy.verdict import Reason
from provenance.report.explain import explain_case, find_machines


def account(audit, serial):
    row = next(row for row in audit.machines.collect().to_dicts() if row["serial"] == serial)
    return explain_case(audit, audit.case(row["case"]), row)


def test_a_machine_is_named_with_its_place_and_what_it_was_taken_for(audit):
    assert account(audit, "WM-1").startswith(
        'fleet.xlsx:Fleet!C5 lists "MicroBT M60S", serial number WM-1, at North Range. It is taken for MicroBT '
        "WhatsMiner M60S: the model grammar of its maker. No other line has the same facts."
    )


def test_both_sides_of_a_contested_machine_are_told(audit):
    text = account(audit, "WM-1")
    assert (
        "the statements differ (nameplate: China; inventory's own statement: Malaysia). The sides: China; Malaysia."
    ) in text
    assert "Says otherwise: inventory's own statement: Malaysia." in text


def test_a_non_conforming_machine_comes_with_the_reading_and_the_remedy(audit):
    text = account(audit, "SN-0001")
    assert "non-conforming under this reading on the evidence listed" in text
    assert "the clause states no period, owed by Bitmain (made-up obligor)." in text


def test_an_open_machine_comes_with_what_would_settle_it_and_who_has_to_prove_it(audit):
    text = account(audit, "OP-001")
    assert "Nothing on record states the country of manufacture." in text
    assert (
        "What would settle it: a certificate of origin or stronger, naming the serial numbers; the seller has to "
        "prove it."
    ) in text


def test_what_the_list_left_unverified_is_told(audit):
    assert "list entries that nobody has verified: Entry 12 of the made-up list." in account(audit, "WM-1")


def test_hostile_text_is_told_on_one_line_without_escapes(audit):
    text = account(audit, "\x1b[31mX2")
    assert "serial number \ufffd[31mX2" in text
    assert "\x1b" not in text


def test_a_listing_that_is_counted_elsewhere_says_so(audit):
    row = next(row for row in audit.machines.collect().to_dicts() if row["counted"] == 0)
    assert "Its unit is counted at another line." in explain_case(audit, audit.case(row["case"]), row)


def test_made_up_data_are_stamped(audit_of):
    assert account(audit_of(synthetic=True), "WM-1").startswith("SYNTHETIC")


def test_a_policy_that_nobody_chose_is_told_first(audit_of):
    first = account(audit_of(default=True), "WM-1").splitlines()[0]
    assert first.startswith("No policy was chosen, so ")


def test_the_account_ends_with_the_case_and_the_disclaimer(audit):
    case = next(case for case in audit.cases if case.reason is Reason.FINAL_FINDING)
    assert account(audit, "SN-0003").rstrip().endswith("only the register's record of it.")
    assert f"case {case.id}." in account(audit, "SN-0003")


def serials(audit, wanted):
    return [row["serial"] for row in find_machines(audit, wanted)]


def test_a_machine_is_found_by_its_serial_in_any_case(audit):
    assert serials(audit, " wm-1 ") == ["WM-1"]
    assert serials(audit, "op-000") == ["OP-000", "OP-000"]


def test_a_machine_is_found_by_any_cell_of_its_row(audit_of):
    audit = audit_of(several=True)
    assert serials(audit, "A5") == ["WM-1"]
    assert serials(audit, "fleet!b4") == ["=1+1"]
    assert serials(audit, "fleet.xlsx:Fleet!B4") == ["=1+1"]
    assert serials(audit, "other.xlsx:Fleet!B4") == []


def test_what_is_no_serial_and_no_cell_finds_nothing(audit):
    assert find_machines(audit, "nothing like it") == []

"""Passwords, credentials of pools and contacts never leave the reader."""

from pathlib import Path

import pytest

from provenance.inventory.reader import read_inventory
from provenance.inventory.tables import rejected_rows
from provenance.inventory.withheld import why_withheld


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("pool_1_pass", "passwords"),
        ("ssh-password", "passwords"),
        ("密码", "passwords"),
        ("pool_2_user", "credentials"),
        ("Worker 1", "credentials"),
        ("Checked Out To: Email", "contacts"),
        ("Телефон", "contacts"),
        ("使用人", "contacts"),
        ("Worker ID", None),
        ("Serial Number", None),
        ("Passive cooling", None),
        ("Customer", None),
    ],
)
def test_headers_tell_what_no_report_may_carry(header, why):
    assert why_withheld(header, ()) == why


def test_values_tell_too():
    assert why_withheld("Notes 2", ["a.b@example.com", "c@example.org"]) == "contacts"
    assert why_withheld("URL", ["stratum+tcp://eu.example:3333"]) == "credentials"


def test_withheld_cells_stand_in_no_row_and_are_told(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(
        "miner model,mac,serial,pool_1_pass,email\n"
        "S21,02:00:5e:00:00:01,AB10001,hunter2,a@example.com\n"
        "S21,02:00:5e:00:00:02,AB10002,,b@example.com\n"
        "Total,,,hunter3,c@example.com\n",
        encoding="utf-8",
    )

    (table,) = read_inventory(path).tables

    frame = table.scan().collect()
    assert frame["c3"].to_list() == ["(withheld)", None, "(withheld)"]
    assert not any(word in str(frame.rows()) for word in ("hunter", "example.com"))
    assert [row.text for row in rejected_rows(table)] == ["Total | (withheld) | (withheld)"]
    assert "column D ('pool_1_pass'): holds passwords: kept out of every report" in table.oddities

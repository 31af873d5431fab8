"""Tables of replacements in their three forms, and every fault of them."""

from __future__ import annotations

from datetime import date

import jsonschema_rs
import openpyxl
import pytest

from provenance.datafile import parse_document
from provenance.errors import OriginError
from provenance.origin.exchanges import ExchangeKind, boards_reopened
from provenance.origin.read_exchanges import exchanges_schema, read_exchanges

ROWS = [
    ("kind", "old_serial", "new_serial", "date", "note"),
    ("replacement", "ab-100001", "AB-100002", "2026-05-01", "made up"),
    ("", "AB-100003", "AB-100004", "2026-05-02", ""),
    ("Board swap", "AB-100005", "", "2026-05-03", ""),
    ("return", "AB-100005", "", "2026-06-03", ""),
]
YAML = """\
schema: provenance-replacements/1
replacements:
  - {kind: replacement, old_serial: ab-100001, new_serial: AB-100002, date: 2026-05-01, note: made up}
  - {old_serial: AB-100003, new_serial: AB-100004, date: 2026-05-02}
  - {kind: board-swap, old_serial: AB-100005, date: 2026-05-03}
  - {kind: return, old_serial: AB-100005, date: 2026-06-03}
"""


def written(folder, form):
    path = folder / f"table.{form}"
    if form == "csv":
        path.write_text("\n".join(",".join(row) for row in ROWS) + "\n", "utf-8")
    elif form == "xlsx":
        book = openpyxl.Workbook()
        for row in ROWS:
            book.active.append([date.fromisoformat(cell) if cell[:4] == "2026" else cell for cell in row])
        book.save(path)
    else:
        path.write_text(YAML, "utf-8")
    return path


def faults(*paths):
    with pytest.raises(OriginError) as caught:
        read_exchanges([(path, path.name) for path in paths])
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml"])
def test_a_table_reads_alike_in_each_form(tmp_path, form):
    found = read_exchanges([(written(tmp_path, form), "t")])
    assert [(one.kind, one.old, one.new, one.day.isoformat()) for one in found] == [
        (ExchangeKind.REPLACEMENT, "AB-100001", "AB-100002", "2026-05-01"),
        (ExchangeKind.REPLACEMENT, "AB-100003", "AB-100004", "2026-05-02"),
        (ExchangeKind.BOARD_SWAP, "AB-100005", None, "2026-05-03"),
        (ExchangeKind.RETURN, "AB-100005", None, "2026-06-03"),
    ]
    assert found[0].note == "made up"


def test_boards_are_open_since_the_last_day_that_has_come(tmp_path):
    found = read_exchanges([(written(tmp_path, "csv"), "t")])
    assert boards_reopened(found, date(2026, 12, 1)) == {"AB-100005": date(2026, 6, 3)}
    assert boards_reopened(found, date(2026, 6, 2)) == {"AB-100005": date(2026, 5, 3)}
    assert boards_reopened(found, date(2026, 5, 2)) == {}


def test_all_faults_are_told_at_once_with_their_cells(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "kind,old_serial,new_serial,date,nte\n"
        "replacment,AB-100001,AB-100002,2026-05-01,\n"
        "replacement,n/a,,soon,\n"
        "board-swap,AB-100001,AB-100002,,\n"
        "replacement,AB-100007,AB-100007,2026-05-01,\n",
        "utf-8",
    )
    assert faults(path) == [
        "t.csv: the table has a column 'nte' that is not known; did you mean 'note'?",
        "t.csv:A2: kind: 'replacment' is not known; did you mean 'replacement'?",
        "t.csv:B3: old_serial: is no serial number; write the one on the nameplate",
        "t.csv:C3: new_serial: a replacement needs the serial of the unit that came; fill it in",
        "t.csv:D3: date: 'soon' is no date; write YYYY-MM-DD",
        "t.csv:C4: new_serial: a board-swap is of one unit; empty it, or make the line a replacement",
        "t.csv:D4: date: is empty; write YYYY-MM-DD",
        "t.csv:C5: new_serial: is the serial of the unit that it came for; correct one of them",
    ]


def test_faults_of_yaml_come_with_their_lines(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(YAML.replace("kind: return", "knid: return").replace("2026-05-01", "May"), "utf-8")
    assert faults(path) == ["t.yaml:6: the key 'knid' is not known here; did you mean 'kind'?"]


def test_a_unit_is_replaced_once_and_comes_for_one(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "old_serial,new_serial,date\nAB-1001,AB-1002,2026-05-01\nAB-1001,AB-1003,2026-05-01\n"
        "AB-1004,AB-1002,2026-05-01\n",
        "utf-8",
    )
    assert faults(path) == [
        "t.csv:A3: AB-1001 is replaced already by t.csv:A2; keep one of the lines",
        "t.csv:A4: AB-1002 came already for another unit by t.csv:A2; keep one of the lines",
    ]


def test_the_schema_holds_what_files_hold():
    checker = jsonschema_rs.validator_for(exchanges_schema())
    told = parse_document(YAML.encode(), name="t.yaml").data
    assert checker.is_valid(told)
    assert not checker.is_valid(told | {"replacements": [{"old_serial": "AB-1"}]})

import csv
from dataclasses import replace

import polars as pl
import pytest

from provenance.report.annotated import Annotated
from provenance.report.csv_report import write_csv, write_sheet


def rows(audit, tmp_path):
    path = tmp_path / "out.csv"
    write_csv(audit, path)
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_one_table_comes_out_under_its_own_headers_with_the_verdict_beside(audit, tmp_path):
    first = rows(audit, tmp_path)[0]
    assert list(first)[:8] == [
        "Maker",
        "Model",
        "Serial",
        "Qty",
        "Country of origin",
        "Site",
        "Batch",
        "'=Note",
    ]
    assert {
        key: first[key] for key in ("Serial", "provenance_verdict", "provenance_reason", "provenance_origin")
    } == {
        "Serial": "SN-0001",
        "provenance_verdict": "non-conforming",
        "provenance_reason": "condemned",
        "provenance_origin": "China",
    }


def test_rejected_rows_stay_in_the_file_and_say_why(audit, tmp_path):
    told = [(row["provenance_verdict"], row["provenance_reason"]) for row in rows(audit, tmp_path)[-3:]]
    assert told == [
        ("rejected", "blank row"),
        ("rejected", "total"),
        ("rejected", "quantity is no whole number above zero"),
    ]


def test_hostile_cells_are_disarmed_and_negative_numbers_stay(audit, tmp_path):
    by_serial = {row["Serial"]: row for row in rows(audit, tmp_path)}
    assert by_serial["'=1+1"]["Maker"] == "比特大陆"
    assert by_serial["SN-0002"]["'=Note"] == "-5"
    assert by_serial[""]["Model"] in {"", "Total | 76", "Bitmain S21 | =0-1"}
    assert [row["'=Note"] for row in by_serial.values() if "SUM" in row["'=Note"]] == []
    assert "'=cmd|' /C calc'!A0" in {row["Model"] for row in rows(audit, tmp_path)}


def test_several_tables_come_out_under_the_names_of_the_fields_with_the_rejected_rows_last(
    audit_of, tmp_path
):
    audit = audit_of(several=True)
    out = rows(audit, tmp_path)
    assert len(out) == audit.summary.rows_read
    assert list(out[0])[:7] == ["file", "sheet", "row", "cell", "maker", "model", "serial"]
    assert {row["file"] for row in out} == {"fleet.xlsx", "second.csv"}
    assert [row["provenance_verdict"] for row in out[-3:]] == ["rejected"] * 3


def test_a_header_that_stands_twice_or_is_ours_is_numbered(audit, tmp_path):
    table = audit.inputs[0].tables[0]
    headers = ("A", "A", "", "provenance_verdict", "A", "", "x", "y")
    columns = tuple(
        replace(column, header=header) for column, header in zip(table.columns, headers, strict=True)
    )
    changed = replace(audit, inputs=(replace(audit.inputs[0], tables=(replace(table, columns=columns),)),))
    assert list(rows(changed, tmp_path)[0])[:8] == [
        "A",
        "A (2)",
        "column C",
        "provenance_verdict (2)",
        "A (3)",
        "column F",
        "x",
        "y",
    ]


def test_made_up_data_carry_the_stamp_on_every_row(audit_of, tmp_path):
    assert {row["provenance_stamp"] for row in rows(audit_of(synthetic=True), tmp_path)} == {"SYNTHETIC"}


def test_an_audit_without_machines_gives_the_header_alone(audit_of, tmp_path):
    path = tmp_path / "out.csv"
    write_csv(audit_of((), rejected=()), path)
    assert pl.read_csv(path).height == 0
    assert path.read_text(encoding="utf-8").startswith("Maker,Model,")


@pytest.mark.parametrize("quoting", [True, False])
def test_a_sheet_whose_own_columns_need_no_quotes_is_written_as_any_other(tmp_path, quoting):
    ours = ["a, b", "line\nbreak", "", None, "plain", 'q"uote' if quoting else "-"]
    frame = pl.LazyFrame(
        {
            "Model": ["S21", None, "T21", "'=x", " ", "M50"],
            "told": ours,
            "label": pl.Series([1, 2, 1, None, 1, 2], dtype=pl.Int64).replace_strict(
                {1: "a, b", 2: "c"}, default=None, return_dtype=pl.Enum(["a, b", "c"])
            ),
            "bare": pl.Series(["x", "y", "x", None, "x", "y"], dtype=pl.Enum(["x", "y"])),
            "row": [2, 3, 4, 5, 6, 7],
        }
    )
    written = []
    for unquoted in (True, False):
        path = tmp_path / f"{unquoted}.csv"
        write_sheet(Annotated(frame, 1, unquoted=unquoted, quoting=quoting), path)
        written.append(path.read_bytes())
    assert written[1] == written[0]
    assert pl.read_csv(written[0], infer_schema=False)["told"].to_list() == ours

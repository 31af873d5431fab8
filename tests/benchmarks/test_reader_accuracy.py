"""The measure of the reader counts what is right, wrong and missed, and fails when a goal is not met."""

import json
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def measure(load_script):
    return load_script(Path(__file__).with_name("reader_accuracy.py"))


def _labelled(folder: Path, **mapping: int | None) -> None:
    (folder / "fleet.csv").write_text("Model,Serial,Supplier,Site\nS21,AB10001,HP,North\n", "utf-8")
    labels = {
        field: None if index is None else {"index": index, "header": None} for field, index in mapping.items()
    }
    entry = {"path": "fleet.csv", "kind": "a", "header_row": 0, "mapping": labels}
    facts = [{"row": 1, "field": "serial", "value": "AB10001"}]
    (folder / "index.json").write_text(json.dumps({"files": [{**entry, "facts": facts}]}), "utf-8")


def test_a_file_read_as_labelled_meets_the_goals(measure, tmp_path, capsys):
    _labelled(tmp_path, model=0, serial=1, manufacturer=None, site=3)

    assert measure.main([str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "fleet.csv: 3 right, 0 wrong, 0 missed" in told
    assert "values of single cells: 1 of 1 as labelled" in told


def test_a_wrong_and_a_missed_column_are_told_and_fail(measure, tmp_path, capsys):
    _labelled(tmp_path, model=0, serial=None, manufacturer=2)

    assert measure.main([str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "fleet.csv: 1 right, 1 wrong, 1 missed" in told
    assert "serial, maker, model and origin: 1 wrong (goal 0)" in told

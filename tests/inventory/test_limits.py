"""Limits: their defaults, and who overrides whom."""

import pytest

from provenance.errors import InventoryError
from provenance.inventory.limits import NAMES, Limits, limits_of
from provenance.inventory.opening import Opening


def test_variables_override_settings_and_settings_defaults():
    assert limits_of(Limits(memory=10, seconds=7), {"PROVENANCE_LIMIT_MEMORY": "99", "PATH": "x"}) == Limits(
        memory=99, seconds=7
    )


def test_every_fault_of_the_variables_is_told_at_once():
    said = {"PROVENANCE_LIMIT_MEMORY": "-1", "PROVENANCE_LIMIT_RATIO": "0", "PROVENANCE_LIMIT_MEMROY": "5"}

    with pytest.raises(InventoryError) as error:
        limits_of(None, said)

    assert [str(fault) for fault in error.value.faults] == [
        "PROVENANCE_LIMIT_MEMORY: is '-1'; give a whole number above zero",
        f"PROVENANCE_LIMIT_MEMROY: names no limit; known are: {', '.join(NAMES)}",
        "PROVENANCE_LIMIT_RATIO: is '0'; give a whole number above zero",
    ]


def test_the_patience_grows_with_the_file():
    assert [Limits(seconds=10).patience(size) for size in (0, 2**20, 5 * 2**20)] == [10, 12, 20]


def test_what_a_run_says_nothing_about_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("PROVENANCE_LIMIT_CELLS", "12")
    monkeypatch.setenv("PROVENANCE_PASSWORD", "hush")

    assert (Opening().limits.cells, Opening().password) == (12, "hush")
    assert "hush" not in repr(Opening())

from pathlib import Path

import pytest

from provenance.errors import PolicyError
from provenance.policy.where import FOLDERS, rules_root


def _make(root: Path) -> Path:
    for folder in FOLDERS:
        (root / folder).mkdir(parents=True)
    return root


def test_rules_inside_the_package_come_first_as_in_a_wheel(tmp_path):
    _make(tmp_path / "rules")
    inside = _make(tmp_path / "provenance" / "rules")
    assert rules_root(tmp_path / "provenance") == inside


def test_rules_beside_the_package_are_found_as_in_a_checkout(tmp_path):
    (tmp_path / "provenance").mkdir()
    beside = _make(tmp_path / "rules")
    assert rules_root(tmp_path / "provenance") == beside


def test_a_directory_called_rules_that_holds_something_else_is_not_taken(tmp_path):
    (tmp_path / "provenance" / "rules").mkdir(parents=True)
    beside = _make(tmp_path / "rules")
    assert rules_root(tmp_path / "provenance") == beside


def test_an_installation_without_rules_is_an_error_that_says_so(tmp_path):
    with pytest.raises(PolicyError, match="not installed; install the program again"):
        rules_root(tmp_path / "provenance")


def test_the_program_finds_its_own_rules():
    assert (rules_root() / "packs" / "china-ofac.yaml").is_file()

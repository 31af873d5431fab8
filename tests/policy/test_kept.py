"""A kept policy is the policy that its files say, and nothing that decides it is left out of the digest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from provenance import kept
from provenance.errors import PolicyError
from provenance.plain import flat_json, from_flat_json
from provenance.policy.kept import CLASSES, CODE, kept_policy, shipped_policies
from provenance.policy.load import load_policy
from provenance.policy.where import policy_files, rules_root

REFS = tuple(policy_files(rules_root()))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(kept, "cache_folder", lambda: folder)
    return folder


@pytest.mark.parametrize("ref", REFS)
def test_every_policy_comes_back_from_its_kept_form_as_loaded(ref: str):
    policy = load_policy(ref)
    assert from_flat_json(flat_json(policy), CLASSES) == policy


def test_a_policy_is_the_same_the_first_and_the_second_time():
    assert kept_policy("china-ofac") == kept_policy("china-ofac") == load_policy("china-ofac")


def test_a_policy_of_ones_own_is_read_again_when_it_changes(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    text = policy_files(rules_root())["china-ofac"].read_text("utf-8")
    path.write_text(text, "utf-8")
    kept_policy(str(path))
    path.write_text(text.replace("\ntitle: ", "\ntitle: Changed ", 1), "utf-8")
    assert kept_policy(str(path)).title == load_policy(str(path)).title


def test_faults_are_told_each_time(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text("schema: provenance-policy/2\n", "utf-8")
    told = []
    for _ in range(2):
        with pytest.raises(PolicyError) as caught:
            kept_policy(str(path))
        told.append(caught.value.faults)
    assert told[0] == told[1]


def test_a_missing_file_and_an_unknown_id_are_told_as_loading_tells_them():
    for ref in ("no-such-file.yaml", "china-ofca"):
        with pytest.raises(PolicyError) as plain:
            load_policy(ref)
        with pytest.raises(PolicyError) as caught:
            kept_policy(ref)
        assert caught.value.faults == plain.value.faults


def test_a_wheel_carries_every_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path):
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for one in shipped_policies():
        one.ship(shipped)
    monkeypatch.setattr(kept, "SHIPPED", shipped)
    assert ([kept_policy(ref).id for ref in REFS], cache.exists()) == (list(REFS), False)


def test_the_digest_counts_every_module_that_loading_a_policy_takes():
    """Names of countries are not among them: lists and policies write codes."""
    told = (
        "import sys, provenance.policy.load; print(*(m for m in sys.modules if m.startswith('provenance.')))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", told], check=True, capture_output=True, text=True
    ).stdout.split()
    paths = {f"{name.removeprefix('provenance.').replace('.', '/')}.py" for name in loaded}
    modules = {path for path in paths if (kept.PACKAGE / path).is_file()}
    idle = {"_version.py", "errors.py"}
    names = {path for path in modules if path.startswith(("countries/", "catalog/"))} - {"countries/atoms.py"}
    assert modules - idle - names == set(CODE)

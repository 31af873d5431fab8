"""The wheel carries the compiled catalogue and none of its sources, and the policies compiled beside theirs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from provenance.catalog.database import open_catalogue
from provenance.catalog.sources import digest_sources

SOURCES = Path(__file__).parents[2] / "provenance" / "catalog"
"""The sources stand in the checkout; the package under test may be an installed one without them."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel from a copy of the project, offline, with the tools of this environment."""
    project = SOURCES.parents[1]
    copy = tmp_path_factory.mktemp("project")
    for name in ("provenance", "rules"):
        ignore = shutil.ignore_patterns("__pycache__", "catalog.sqlite")
        shutil.copytree(project / name, copy / name, ignore=ignore)
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(project / name, copy / name)
    (copy / "README.md").write_text("# Provenance\n", encoding="utf-8")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(copy / "dist")]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, text=True)
    (built,) = (copy / "dist").glob("*.whl")
    return built


def test_the_wheel_has_the_database_and_no_sources(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [
        name for name in names if name.startswith("provenance/catalog/") and not name.endswith(".py")
    ] == ["provenance/catalog/catalog.sqlite"]


def test_the_database_of_the_wheel_is_the_catalogue_of_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extract("provenance/catalog/catalog.sqlite", tmp_path)
    packaged = open_catalogue(tmp_path / "provenance" / "catalog" / "catalog.sqlite")
    assert (packaged.sha256, packaged.makers()) == (digest_sources(SOURCES), open_catalogue().makers())


def test_an_unpacked_wheel_opens_its_own_database_and_reads_no_sources(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r});"
        "from provenance.catalog.storage import find_database; from provenance.catalog.database import open_catalogue;"
        "print(find_database()); print(len(open_catalogue().models())); print('pydantic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    database = tmp_path / "provenance" / "catalog" / "catalog.sqlite"
    assert done.stdout.splitlines() == [str(database), str(len(open_catalogue().models())), "False"]


def test_a_catalogue_of_the_users_own_lies_over_an_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    """An installed package has no source files: the ones below come out of its database."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "own" / "makers").mkdir(parents=True)
    (tmp_path / "own" / "makers" / "bitmain.yaml").write_text(
        "schema: provenance-maker-change/1\nid: bitmain\naliases: [Bitmain KZ]\n", encoding="utf-8"
    )
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r});"
        "from provenance.catalog.database import open_catalogue;"
        f"print('Bitmain KZ' in open_catalogue(overlays=[{str(tmp_path / 'own')!r}]).maker('bitmain').aliases)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert done.stdout == "True\n"


def test_an_unpacked_wheel_carries_its_policies_and_words_compiled_and_needs_no_cache(
    wheel: Path, tmp_path: Path
) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    asked = (
        "from provenance.policy.kept import kept_policy; from provenance.policy.where import *; "
        "from provenance.inventory import presets, vocabulary; import sys; "
        "[kept_policy(ref) for ref in policy_files(rules_root())]; "
        "presets.load_presets(); vocabulary.load_vocabulary(); "
        "from provenance.catalog.database import open_catalogue; from provenance.identify.resolve import Identifier; "
        "Identifier(open_catalogue()); "
        "print(*({'yaml', 'pydantic'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert (ran.stdout.strip(), (tmp_path / "cache").exists()) == ("", False)

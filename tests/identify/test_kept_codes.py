"""The codes of a catalogue are the same whether they are worked out or come from where they are kept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from provenance import kept
from provenance.catalog.database import open_catalogue
from provenance.identify.codes import KEPT_BY, CodeIndex
from provenance.identify.names import MakerNames


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(kept, "cache_folder", lambda: folder)
    # A wheel carries them already; here they are worked out and kept anew.
    monkeypatch.setattr(kept, "SHIPPED", tmp_path / "none")
    return folder


def index(*, keep: bool) -> CodeIndex:
    catalogue = open_catalogue()
    names = MakerNames(catalogue.makers(), catalogue.families())
    content = catalogue.content if keep else None
    return CodeIndex(catalogue.models(), names, catalogue.collisions(), content)


def test_kept_codes_are_those_worked_out(cache: Path):
    plain = vars(index(keep=False))
    assert (vars(index(keep=True)), vars(index(keep=True)), len(list(cache.iterdir()))) == (plain, plain, 1)


def test_codes_without_a_digest_of_their_catalogue_are_not_kept(cache: Path):
    index(keep=False)
    assert not cache.exists()


def test_the_digest_counts_every_module_that_the_codes_are_worked_out_by():
    """Modules that only define what records and tiers are, how to find the database and what is near a name, decide no code."""
    idle = {f"catalog/{name}.py" for name in ("storage", "terms", "ties")}
    idle |= {f"identify/{name}.py" for name in ("identity", "near")}
    met: set[str] = set()
    ahead = {"identify/codes.py", "catalog/database.py"}
    while ahead:
        module = ahead.pop()
        met.add(module)
        for node in ast.walk(ast.parse((kept.PACKAGE / module).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
                paths = {f"{name.removeprefix('provenance.').replace('.', '/')}.py" for name in names}
                rooms = {path for path in paths if path.startswith(("catalog/", "identify/"))}
                ahead |= {path for path in rooms if (kept.PACKAGE / path).is_file()} - met - idle
    assert met | {"plain.py"} == set(KEPT_BY)

"""The names and codes of a catalogue are the same whether they are worked out or come from where they are kept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from provenance import kept
from provenance.catalog.database import open_catalogue
from provenance.identify import codes, names
from provenance.identify.codes import CodeIndex
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
    known = MakerNames(catalogue.makers(), catalogue.families())
    content = catalogue.content if keep else None
    return CodeIndex(catalogue.models_by_id(), known, catalogue.collisions(), content)


def tables(*, keep: bool) -> dict[str, object]:
    """All that the names of makers hold, but for the expression that is made of them."""
    catalogue = open_catalogue()
    content = catalogue.content if keep else None
    found = vars(MakerNames(catalogue.makers(), catalogue.families(), content))
    return {**found, "_cjk": found["_cjk"].pattern}


def test_kept_names_are_those_worked_out_in_the_same_order(cache: Path):
    plain = tables(keep=False)
    for found in (tables(keep=True), tables(keep=True)):
        assert (found, list(found["phrases"])) == (plain, list(plain["phrases"]))  # type: ignore[call-overload]
    assert len(list(cache.iterdir())) == 1


def test_kept_codes_are_those_worked_out(cache: Path):
    plain = vars(index(keep=False))
    assert (vars(index(keep=True)), vars(index(keep=True)), len(list(cache.iterdir()))) == (plain, plain, 1)


def test_codes_without_a_digest_of_their_catalogue_are_not_kept(cache: Path):
    index(keep=False)
    assert not cache.exists()


@pytest.mark.parametrize(
    ("module", "counted"), [("codes", codes.KEPT_BY), ("names", names.KEPT_BY)], ids=["codes", "names"]
)
def test_the_digest_counts_every_module_that_they_are_worked_out_by(module: str, counted: tuple[str, ...]):
    """Modules that only define what records and tiers are, how to find the database and what is near a name, decide none."""
    idle = {f"catalog/{name}.py" for name in ("storage", "terms", "ties")}
    idle |= {f"identify/{name}.py" for name in ("identity", "near")}
    met: set[str] = set()
    ahead = {f"identify/{module}.py", "catalog/database.py"}
    while ahead:
        path = ahead.pop()
        met.add(path)
        for node in ast.walk(ast.parse((kept.PACKAGE / path).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported = (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
                paths = {f"{name.removeprefix('provenance.').replace('.', '/')}.py" for name in imported}
                rooms = {one for one in paths if one.startswith(("catalog/", "identify/"))}
                ahead |= {one for one in rooms if (kept.PACKAGE / one).is_file()} - met - idle
    assert met | {"plain.py"} == set(counted)

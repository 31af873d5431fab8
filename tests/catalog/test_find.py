"""Which maker or model a person means."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.catalog.compile import compile_catalogue
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.find import find
from provenance.errors import CatalogError


@pytest.fixture
def small(tiny: Path, tmp_path: Path) -> Catalogue:
    compile_catalogue(tiny, tmp_path / "c.sqlite")
    return open_catalogue(tmp_path / "c.sqlite")


@pytest.mark.parametrize(
    ("name", "found"), [("alpha", "alpha"), (" Alpha A1 ", "alpha-a1"), ("RIG", "alpha")]
)
def test_an_id_a_name_or_an_alias_finds_it(small: Catalogue, name: str, found: str) -> None:
    assert find(small, name).id == found


def test_a_bare_code_that_several_makers_use_is_not_guessed(small: Catalogue) -> None:
    with pytest.raises(CatalogError, match="'a1' can be several makers or models: alpha-a1, beta-a1"):
        find(small, "a1")


@pytest.mark.parametrize(
    ("name", "near"),
    [("antminer-s21-por", "antminer-s21-pro"), ("hikvsion", "hikvision"), ("bitmian", "bitmain")],
)
def test_a_misspelt_name_brings_the_near_ones_nearest_first(name: str, near: str) -> None:
    with pytest.raises(CatalogError, match=f"no maker and no model '{name}'; did you mean {near}[,?]"):
        find(open_catalogue(), name)


def test_a_name_near_to_nothing_points_to_the_list(small: Catalogue) -> None:
    with pytest.raises(CatalogError, match="`provenance catalog list` names all makers"):
        find(small, "zzzzzzzz")


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("SuperAcme Technology (Hong Kong) Limited", "microbt"),
        ("Canaan Creative Global Pte. Ltd.", "canaan"),
        ("Cantaloupe Digital", "canaan"),
        ("HASH Super Computing Servers", "bitmain"),
    ],
)
def test_a_name_used_in_contracts_means_the_maker(name: str, maker: str) -> None:
    assert find(open_catalogue(), name).id == maker

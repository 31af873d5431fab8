"""The catalogue in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.catalog.compile import compile_catalogue
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.describe import list_makers, show, stats
from provenance.errors import CatalogError

ALPHA = """\
alpha: Alpha Miners Ltd
  asic-miner; support medium
  also: Alpha
  never decides alone: Rig

seats
  maker: Singapore (SG), published, from 2022-03-01
    source https://example.org/alpha
  owner: China (CN), registry-address, from 2020-01-01 to 2022-12-31
    source https://example.org/deal
    source ieee:AABBCC

relations
  parent beta, from 2020-01-01 to 2023-06-30
    source https://example.org/deal

plants, of which no source gives a complete list
  Malaysia (MY): assembly, support low, from 2021-01-01
    models named: alpha-a1
    A plant in Malaysia.
    source https://example.org/plant

serial schemes
  alpha-serial: Alpha serial; machine, carries a date (yymmdd), support low

models (1)
  alpha-a1  Alpha A1  100T

sources
  https://example.org/alpha"""
A1 = """\
alpha-a1: Alpha A1
  maker alpha (Alpha Miners Ltd); support unverified
  a model does not decide where a unit was made: see the plants of its maker
  facts: SHA-256
  firmware says: A1

hashrates
  100T at 3000 W

its bare code means others too
  A1: beta-a1

sources
  unverified: not named"""


@pytest.fixture
def small(tiny: Path, tmp_path: Path) -> Catalogue:
    compile_catalogue(tiny, tmp_path / "c.sqlite")
    return open_catalogue(tmp_path / "c.sqlite")


@pytest.mark.parametrize(("name", "text"), [("alpha", ALPHA), ("ALPHA miners ltd", ALPHA), ("alpha-a1", A1)])
def test_a_maker_or_model_is_shown_whole(small: Catalogue, name: str, text: str) -> None:
    assert show(small, name) == text


def test_a_maker_of_which_nothing_is_known_says_so(small: Catalogue) -> None:
    assert show(small, "gamma").splitlines()[3:6] == ["seats", "  no seat is known", ""]


def test_a_bare_code_that_several_makers_use_is_not_guessed(small: Catalogue) -> None:
    with pytest.raises(CatalogError, match="'a1' can be several makers or models: alpha-a1, beta-a1"):
        show(small, "a1")


def test_an_unknown_name_brings_the_nearest_ids(small: Catalogue) -> None:
    with pytest.raises(CatalogError, match="no maker and no model 'gama'; did you mean gamma"):
        show(small, "gama")


def test_a_name_near_to_nothing_points_to_the_list(small: Catalogue) -> None:
    with pytest.raises(CatalogError, match="`provenance catalog list` names all makers"):
        show(small, "zzzzzzzz")


def test_the_list_has_a_line_for_each_maker(small: Catalogue) -> None:
    assert list_makers(small).splitlines() == [
        "alpha  asic-miner       SG        1 models  1 plants  Alpha Miners Ltd",
        "beta   network          CN        1 models  0 plants  Beta Group",
        "gamma  camera           -         0 models  0 plants  Gamma",
    ]


def test_the_counts_say_how_much_can_be_verified(small: Catalogue) -> None:
    lines = stats(small).splitlines()
    assert lines[0] == "catalogue as of 2026-11-20"
    assert lines[-1] == "  seats: 1 published, 2 registry-address"
    assert "  models: 0 high, 0 medium, 1 low, 1 unverified" in lines


def test_every_maker_and_model_of_the_project_can_be_shown() -> None:
    catalogue = open_catalogue()
    ids = [maker.id for maker in catalogue.makers()][::20] + [model.id for model in catalogue.models()][::60]
    assert [name for name in ids if not show(catalogue, name).startswith(f"{name}: ")] == []

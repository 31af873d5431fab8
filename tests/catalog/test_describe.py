"""The catalogue in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.catalog.compile import compile_catalogue
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.describe import list_makers, listed, show, stats


@pytest.fixture
def small(tiny: Path, tmp_path: Path) -> Catalogue:
    compile_catalogue(tiny, tmp_path / "c.sqlite")
    return open_catalogue(tmp_path / "c.sqlite")


def test_a_maker_and_a_model_have_pages_of_their_own(small: Catalogue) -> None:
    assert show(small, "ALPHA miners ltd").splitlines()[0].split() == [
        "Alpha",
        "Miners",
        "Ltd",
        "maker:",
        "alpha",
    ]
    assert show(small, "alpha-a1").splitlines()[0].split() == ["Alpha", "A1", "model:", "alpha-a1"]


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
    assert [name for name in ids if f": {name}" not in "".join(show(catalogue, name).splitlines()[:2])] == []


def test_the_list_for_programs_has_the_same_makers(small: Catalogue) -> None:
    assert listed(small)[0] == {
        "id": "alpha",
        "name": "Alpha Miners Ltd",
        "categories": ["asic-miner"],
        "seats": ["SG"],
        "confidence": "medium",
        "models": 1,
        "plants": 1,
    }

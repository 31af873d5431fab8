"""The page of a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.catalog.compile import compile_catalogue
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.model_page import model_page

A1 = """\
Alpha A1                                                         model: alpha-a1
A model of Alpha Miners Ltd (alpha). SHA-256.
Unverified: no source that a reader can open, so it stands in no verdict and no
notice [1].

WRITTEN AS
  By firmware: A1
  The bare code A1 means beta-a1 too and is never read alone.

RATED AT
  A rating checks a model and never decides it.
  100T, 3000 W

WHERE IT MAY HAVE BEEN MADE
  A model does not decide where a unit was made. What is known of its maker:
  Malaysia (MY): assembly, from 2021; weakly supported [2]
    This model is named for it.

SOURCES
  [1] unverified: not named
  [2] https://example.org/plant
"""


@pytest.fixture
def small(tiny: Path, tmp_path: Path) -> Catalogue:
    compile_catalogue(tiny, tmp_path / "c.sqlite")
    return open_catalogue(tmp_path / "c.sqlite")


def test_a_model_is_shown_whole(small: Catalogue) -> None:
    page = model_page(small, small.model("alpha-a1"))
    assert page == f"{A1}\nCatalogue as of 20 November 2026, sha256 {small.sha256[:12]}."


def test_a_model_says_that_it_decides_no_origin() -> None:
    catalogue = open_catalogue()
    page = " ".join(model_page(catalogue, catalogue.model("antminer-s21-pro")).split())
    assert "A model does not decide where a unit was made." in page
    assert "United States (US): assembly, from 1 December 2024; supported" in page
    assert "Malaysia (MY): assembly" in page

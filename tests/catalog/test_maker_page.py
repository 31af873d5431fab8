"""The page of a maker."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.catalog.compile import compile_catalogue
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.maker_page import maker_page
from provenance.catalog.page import WIDTH

ALPHA = """\
Alpha Miners Ltd                                                    maker: alpha
Makes: asic miner. Supported [1].

NAMES
  Alpha
  Also, but never alone, since it means other things too: Rig

SEAT
  Of the maker: Singapore (SG), from 1 March 2022, by published sources [1]
  Of whoever controls it: China (CN), from 1 January 2020 until 31 December
    2022, by its address in the IEEE registry, which proves no seat [2] [3]

OWNERS, AFFILIATES AND BRANDS
  Controlled by Beta Group (beta): from 2020 until June 2023 [2]

WHERE IT MAKES
  No source gives a complete list: a country that is missing here is not
  excluded.
  Malaysia (MY): assembly, from 2021; weakly supported [4]
    Models named: Alpha A1.
    A plant in Malaysia.

MODELS (1)
  Alpha A1

SERIAL NUMBERS
  Alpha serial: tells when the machine was made; weakly supported [5]

SOURCES
  [1] https://example.org/alpha
  [2] https://example.org/deal
  [3] ieee:AABBCC
  [4] https://example.org/plant
  [5] https://example.org/serial
"""


@pytest.fixture
def small(tiny: Path, tmp_path: Path) -> Catalogue:
    compile_catalogue(tiny, tmp_path / "c.sqlite")
    return open_catalogue(tmp_path / "c.sqlite")


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return open_catalogue()


def test_a_maker_is_shown_whole(small: Catalogue) -> None:
    page = maker_page(small, small.maker("alpha"))
    assert page == f"{ALPHA}\nCatalogue as of 20 November 2026, sha256 {small.sha256[:12]}."


def test_a_maker_of_which_nothing_is_known_says_so(small: Catalogue) -> None:
    lines = maker_page(small, small.maker("gamma")).splitlines()
    assert "  No seat is known." in lines
    assert "  Not known." in lines
    assert any("UNVERIFIED" in line.upper() for line in lines)


@pytest.mark.parametrize("maker", ["bitmain", "hikvision", "lorex", "dahua", "cisco", "tplink-us"])
def test_only_a_source_stands_out_of_eighty_columns(real: Catalogue, maker: str) -> None:
    page = maker_page(real, real.maker(maker))
    wide = [line for line in page.splitlines() if len(line) > WIDTH]
    assert [line for line in wide if not line.lstrip().startswith("[")] == []


def test_the_owners_of_lorex_stand_with_their_days(real: Catalogue) -> None:
    page = " ".join(maker_page(real, real.maker("lorex")).split())
    assert (
        "Controlled by Zhejiang Dahua Technology Co., Ltd. (dahua): from February 2018 until 23 November 2022"
        in page
    )
    assert "Controlled by Skywatch (Taiwan): from 23 November 2022" in page


def test_a_brand_is_seen_on_the_page_of_its_owner(real: Catalogue) -> None:
    page = " ".join(maker_page(real, real.maker("hikvision")).split())
    assert "Controls Hangzhou EZVIZ Software Co., Ltd. (ezviz)" in page
    assert "Holds for some goods only; the sources do not say which." in page


def test_every_number_cited_is_listed(real: Catalogue) -> None:
    text, _, listed = maker_page(real, real.maker("bitmain")).partition("\nSOURCES\n")
    numbers = {
        word.strip(".,;") for word in text.split() if word.startswith("[") and word.strip("[].,;").isdigit()
    }
    assert numbers == {line.split()[0] for line in listed.splitlines() if line.startswith("  [")}

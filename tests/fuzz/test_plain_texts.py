"""Eight thousand names among other words, the same every time: read with others, each says what it says alone."""

from pathlib import Path

import pytest

from provenance.catalog.database import open_catalogue

COUNT = 2_000


@pytest.fixture(scope="module")
def plain(load_script):
    return load_script(Path(__file__).with_name("plain_texts.py"))


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_text_says_with_others_what_it_says_alone(plain, seed):
    assert plain.compare(open_catalogue(), COUNT, seed) == []

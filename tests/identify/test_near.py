"""The narrow fuzzy match: one error, in letters only, and only one candidate."""

from __future__ import annotations

import pytest

from provenance.identify.near import nearest

BRANDS = ("antminer", "whatsminer", "bitmain", "goldshell", "ebang")


@pytest.mark.parametrize(
    ("word", "brand"),
    [
        ("antmner", "antminer"),
        ("antmienr", "antminer"),
        ("watsminer", "whatsminer"),
        ("bitmian", "bitmain"),
        ("bitman", "bitmain"),
        ("bitmia", None),
        ("gold", None),
        ("ebag", "ebang"),
        ("miner", None),
    ],
)
def test_one_error_is_forgiven_and_more_are_not(word: str, brand: str | None):
    assert nearest(word, BRANDS) == brand


def test_two_equally_near_candidates_are_none():
    assert nearest("cable", ("cabla", "cablo")) is None

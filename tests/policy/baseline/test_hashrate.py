"""Hashrates as inventories and models name them, and whether one makes up for another."""

from __future__ import annotations

import pytest

from provenance.policy.baseline.change import Parity
from provenance.policy.baseline.hashrate import hashrate_of, parity_of, read_rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("200T", 200e12),
        ("Antminer S21 Pro 234T", 234e12),
        ("9,050 GH/s", 9.05e12),
        ("0.19 PH/s", 190e12),
        ("13,5 TH", 13.5e12),
        ("104.5 TH/s", 104.5e12),
        ("Antminer S19K Pro", None),
        ("M30S++", None),
        ("T21", None),
        ("200", None),
        ("", None),
        (None, None),
    ],
)
def test_a_hashrate_is_read_with_its_unit_and_not_without(text, rate):
    found = read_rate(text)
    assert found == (None if rate is None else pytest.approx(rate))


@pytest.mark.parametrize(
    ("old", "new", "parity"),
    [
        (("200T", None, ()), ("200T", None, ()), Parity.MET),
        (("200T", None, ()), ("199T", "S21 234T", ()), Parity.SHORT),
        ((None, None, ("188T", "200T")), (None, "S21 200T", ()), Parity.MET),
        ((None, None, ("188T", "200T")), (None, "S21 195T", ()), Parity.UNKNOWN),
        ((None, None, ()), ("200T", None, ()), Parity.UNKNOWN),
        (("200T", None, ()), (None, None, ("95T", "100T")), Parity.SHORT),
    ],
)
def test_parity_holds_only_where_the_least_of_the_new_meets_the_most_of_the_old(old, new, parity):
    assert parity_of(hashrate_of(*old), hashrate_of(*new))[0] is parity

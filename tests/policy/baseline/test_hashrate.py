"""Hashrates as inventories and models name them, and whether one makes up for another."""

from __future__ import annotations

import pytest

from provenance.policy.baseline.change import Parity
from provenance.policy.baseline.hashrate import hashrate_of, parity_of


@pytest.mark.parametrize(
    ("old", "new", "parity"),
    [
        (("200T", None, ()), ("200T", None, ()), Parity.MET),
        (("200T", None, ()), ("199T", "S21 234T", ()), Parity.SHORT),
        ((None, None, ("188T", "200T")), (None, "S21 200T", ()), Parity.MET),
        ((None, None, ("188T", "200T")), (None, "S21 195T", ()), Parity.UNKNOWN),
        ((None, None, ()), ("200T", None, ()), Parity.UNKNOWN),
        (("200T", None, ()), (None, None, ("95T", "100T")), Parity.SHORT),
        (("200", "S21 200T", ()), ("180", "S21 200T", ()), Parity.SHORT),
        (("200", None, ("188T", "200T")), ("201", None, ("188T", "200T")), Parity.MET),
        (("200T", "S21 200T", ()), ("3", "S21 200T", ()), Parity.UNKNOWN),
        (("200", "box 0T", ()), ("200", "box 0T", ()), Parity.UNKNOWN),
        (("420 kSol/s", None, ()), ("500 kH/s", None, ()), Parity.UNKNOWN),
        (("420 kSol/s", None, ()), (None, None, ("840 kSol/s",)), Parity.MET),
    ],
)
def test_parity_holds_only_where_the_least_of_the_new_meets_the_most_of_the_old(old, new, parity):
    assert parity_of(hashrate_of(*old), hashrate_of(*new))[0] is parity

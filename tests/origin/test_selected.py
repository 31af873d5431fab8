"""Which machines a selection by serial, site or order means."""

from __future__ import annotations

import polars as pl
import pytest

from provenance.origin.interning import encode
from provenance.origin.selected import Selector, select
from provenance.origin.units import Units

SERIALS = ["A1", "A2", None, "A4"]
SITES = ["North", "north ", "South", None]
ORDERS = ["PO 1", None, "po  1", "PO 2"]


def sets(*selectors, listings=()):
    machines = pl.DataFrame({"position": pl.Series(range(4), dtype=pl.UInt32), "serial": SERIALS})
    nothing = pl.Series([False] * 4)
    units = Units(pl.Series([1] * 4), nothing, nothing, listings)
    site, order = (encode(pl.Series(texts, dtype=pl.String)) for texts in (SITES, ORDERS))
    selected = select(machines, site, order, selectors, units)
    return [selected.sets[code] for code in selected.codes.to_list()], selected.found


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        (Selector(), [0, 1, 2, 3]),
        (Selector(serials=("A2", "A4", "B9")), [1, 3]),
        (Selector(site="north"), [0, 1]),
        (Selector(order="po 1"), [0, 2]),
        (Selector(serials=("A1", "A2"), order="po 1"), [0]),
        (Selector(site="nowhere"), []),
    ],
)
def test_a_selection_means_the_rows_that_say_all_it_asks_for(selector, meant):
    found, _ = sets(selector)
    assert [at for at, members in enumerate(found) if members] == meant


def test_several_selections_are_told_apart_on_each_row_and_say_which_serials_they_found():
    found, serials = sets(Selector(serials=("A1", "B9")), Selector(site="north"), Selector())
    assert found == [(0, 1, 2), (1, 2), (2,), (2,)]
    assert serials == (frozenset({"A1"}), frozenset(), frozenset())


def test_a_unit_that_several_files_list_is_meant_by_what_means_every_listing():
    found, _ = sets(Selector(site="north"), Selector(order="po 1"), listings=((0, 2),))
    assert found == [(1,), (0,), (1,), ()]

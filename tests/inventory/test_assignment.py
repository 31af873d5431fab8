"""Fields and columns are matched so that all gains together are greatest."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from provenance.inventory.assignment import assign


def test_a_column_that_two_fields_want_goes_where_all_are_served():
    gains = {("supplier", 0): 0.2, ("maker", 0): 0.1, ("supplier", 1): 0.2}

    assert assign(gains) == {"maker": 0, "supplier": 1}


def test_a_field_without_a_bid_stays_without_a_column():
    assert assign({("model", 3): 0.1, ("maker", 3): 0.05}) == {"model": 3}
    assert assign({}) == {}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.integers(0, 4)), st.floats(0.01, 1.0), min_size=1, max_size=12
    )
)
def test_no_other_assignment_gains_more(gains):
    fields = sorted({field for field, _ in gains})
    places = [0, 1, 2, 3, 4, *[None] * len(fields)]
    best = max(
        sum(gains.get((field, place), 0.0) for field, place in zip(fields, order, strict=True))
        for order in set(permutations(places, len(fields)))
    )

    found = assign(gains)

    assert len(set(found.values())) == len(found)
    assert abs(sum(gains[pair] for pair in found.items()) - best) < 1e-9

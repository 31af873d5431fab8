"""Columns as codes: what comes back is what went in, once per distinct combination."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from provenance.origin import interning
from provenance.origin.interning import Coded, combine, encode

texts = st.lists(st.none() | st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=40)


def by_engine(column: pl.Series) -> Coded:
    """Encode as many rows are encoded."""
    with patch.object(interning, "_FEW", 0):
        return encode(column)


@given(texts)
def test_codes_stand_for_the_values_that_were_encoded(values):
    for coded in (encode(pl.Series(values, dtype=pl.String)), by_engine(pl.Series(values, dtype=pl.String))):
        assert [coded.values[code] for code in coded.codes] == values
        assert len(set(coded.values)) == len(coded.values)


@given(
    st.sampled_from([pl.String, pl.Categorical]).flatmap(lambda kind: st.tuples(st.just(kind), texts))
    | st.tuples(
        st.just(pl.Date), st.lists(st.none() | st.sampled_from([date(2024, 2, 29), date(1970, 1, 1)]))
    )
    | st.tuples(st.just(pl.UInt32), st.lists(st.none() | st.integers(0, 3)))
    | st.tuples(st.just(pl.Boolean), st.lists(st.none() | st.booleans()))
)
def test_few_rows_are_coded_as_many_are(column):
    kind, values = column
    few, many = (how(pl.Series(values, dtype=kind)) for how in (encode, by_engine))
    assert (few.values, few.codes.to_list(), few.codes.dtype) == (
        many.values,
        many.codes.to_list(),
        many.codes.dtype,
    )


@given(texts)
def test_thinking_happens_once_per_distinct_value_and_merges_equal_thoughts(values):
    asked = []

    def thought(value: str | None) -> bool:
        asked.append(value)
        return value in {"a", "b"}

    coded = encode(pl.Series(values, dtype=pl.String)).think(thought)
    assert sorted(asked, key=str) == sorted(set(values), key=str)
    assert [coded.values[code] for code in coded.codes] == [value in {"a", "b"} for value in values]


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 3), st.booleans()), min_size=1, max_size=40))
def test_every_row_gets_the_combination_it_has(rows):
    letters, numbers, flags = zip(*rows, strict=True)
    codes, combinations = combine(
        {
            "letter": encode(pl.Series(letters)),
            "number": encode(pl.Series(numbers)),
            "flag": encode(pl.Series(flags)),
        }
    )
    found = [tuple(combinations[code].values()) for code in codes]
    assert found == rows
    assert len(combinations) == len(set(rows))


def test_combinations_past_64_bits_are_brought_down_to_what_occurs():
    wide = {f"c{index}": encode(pl.Series(range(3000))) for index in range(7)}
    codes, combinations = combine(wide)
    assert codes.n_unique() == 3000
    assert set(combinations[int(codes[17])].values()) == {17}

"""The characters that a numbering can begin with: none too few, for the others are never tried."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.catalog.database import Catalogue
from provenance.identify.beginnings import first_characters


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("^WS-C[0-9]{4}", "W"),
        ("^(DH-)?IPC-", "DI"),
        ("^(DELL |R[0-9]|[ST]1)", "DRST"),
        ("^[0-2]{1,2}\\.[0-9]C", "012"),
        ("^[0-1]{0,2}A", "01A"),
        ("^AS|^B(C|D)?", "AB"),
        ("^\\+A?", "+"),
        ("^(?:X|Y)+Z", "XY"),
    ],
)
def test_a_pattern_begins_with_these(pattern: str, characters: str):
    assert first_characters(pattern) == frozenset(characters)


@pytest.mark.parametrize(
    "pattern", ["^.A", "^\\d", "^[^A]", "^A?", "^", "^(A|.*)", "^A?$", "^(B?)A", "^(?=A)B"]
)
def test_of_what_goes_beyond_nothing_is_claimed(pattern: str):
    assert first_characters(pattern) is None


def test_every_example_of_the_catalogue_begins_as_its_numbering_can(catalogue: Catalogue):
    lines = [(line.pattern, example) for line in catalogue.product_lines() for example in line.examples]
    first = {pattern: first_characters(pattern) for pattern, _ in lines}
    assert [
        (pattern, text) for pattern, text in lines if text[0].upper() not in (first[pattern] or text)
    ] == []


@given(
    st.lists(
        st.sampled_from(["A", "B", "[CD]", "(E|F)", "(G|H?)", "?", "*", "{0,1}", "+", "|", "$"]), max_size=6
    )
)
def test_no_text_that_matches_begins_otherwise(parts: list[str]):
    pattern = "^" + "".join(parts)
    try:
        compiled = re.compile(pattern)
    except re.error:
        return
    first = first_characters(pattern)
    if first is not None:
        assert [text for text in ("", *"ABCDEFGH") if compiled.match(text) and text not in first] == []

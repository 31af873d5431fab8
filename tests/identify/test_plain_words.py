"""Which words say nothing depends on the names of the catalogue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.catalog.database import open_catalogue
from provenance.identify.codes import CodeIndex
from provenance.identify.names import MakerNames
from provenance.identify.plain_words import PlainWords, plain_words
from provenance.identify.resolve import Identifier

CUT = frozenset({"lot"})


@pytest.fixture(scope="module")
def embedded(identifier: Identifier) -> PlainWords:
    return plain_words(identifier._names, identifier._codes, CUT)


def words_beside(*models: str, maker_name: str = "Plainco") -> PlainWords:
    catalogue = open_catalogue()
    maker = replace(
        catalogue.makers()[0], id="plainco", name=maker_name, aliases=(), ambiguous_aliases=(), relations=()
    )
    like = catalogue.models()[0]
    listed = [
        replace(
            like, id=f"plainco-{at}", name=f"Plainco {name}", maker="plainco", aliases=(), firmware_names=()
        )
        for at, name in enumerate(models)
    ]
    names = MakerNames([maker])
    return plain_words(names, CodeIndex({one.id: one for one in listed}, names, {}), CUT)


def test_words_on_condition_and_offer_say_nothing(embedded: PlainWords):
    assert {"used", "tested", "texas", "warranty", "stock", "in", "ready", "ship"} <= embedded.behind
    assert {"used", "tested", "hosted", "lot"} <= embedded.in_front


@pytest.mark.parametrize("word", ["pro", "hyd", "psu", "and", "hashboard", "rack", "x", "nopic", "power"])
def test_what_tells_siblings_parts_and_lists_apart_always_says_something(word: str, embedded: PlainWords):
    assert word not in embedded.behind


def test_no_word_in_front_begins_a_name(embedded: PlainWords, identifier: Identifier):
    assert embedded.in_front < embedded.behind
    assert embedded.in_front.isdisjoint(identifier._codes.prefixes | identifier._names.prefixes)


def test_the_word_that_a_name_ends_with_says_something():
    assert "texas" in words_beside("QR7").behind
    assert "texas" not in words_beside("QR7", "QR7 Texas").behind
    assert "stock" not in words_beside("QR7", "QR7 Texas Stock").behind


def test_a_name_that_goes_on_with_a_number_is_known_by_what_the_number_begins_with():
    assert {key: set(found) for key, found in words_beside("QR7", "QR7 12", "QR7 x5").numbers.items()} == {
        "qr7": {"12", "x5"},
        "plaincoqr7": {"12", "x5"},
    }


def test_a_name_that_goes_on_with_words_that_are_always_cut_is_known_as_such():
    assert words_beside("QR7", "QR7 lot 4711").continued == {"qr7", "plaincoqr7"}
    assert words_beside("QR7", "QR7 Ultra 4711").continued == frozenset()
    assert words_beside("QR7", "QR7 v1.4.4").continued == {"qr7", "plaincoqr7"}


def test_nothing_is_told_apart_where_a_name_begins_like_what_is_always_cut(embedded: PlainWords):
    assert embedded.apart
    assert words_beside("QR7").apart
    assert not words_beside("QR7", maker_name="Lot").apart
    assert not words_beside("Lot 33").apart

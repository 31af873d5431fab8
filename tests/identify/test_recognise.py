"""What the catalogue tells the reader of inventories about names."""

import pytest

from provenance.catalog.database import open_catalogue
from provenance.identify.recognise import names_of
from provenance.identify.resolve import Identifier


@pytest.fixture(scope="module")
def known():
    return names_of(Identifier(open_catalogue()))


@pytest.mark.parametrize("text", ["Bitmain", "DELL", "比特大陆", "HP"])
def test_the_name_of_a_maker_is_a_maker_and_no_product(known, text):
    assert (known.maker(text), known.product(text)) == (True, False)


@pytest.mark.parametrize("text", ["Antminer S19 Pro 110T", "s21+", "Whatsminer M63S(390T)", "WS-C2960-24"])
def test_the_name_of_a_product_is_a_product_and_no_maker(known, text):
    assert (known.maker(text), known.product(text)) == (False, True)


@pytest.mark.parametrize("text", ["Tiles and slabs for paving", "Server", "1", "a", "Laptop 14 inch"])
def test_a_word_for_goods_is_neither(known, text):
    assert (known.maker(text), known.product(text)) == (False, False)


def test_a_serial_is_known_by_the_shape_of_a_scheme_and_a_tag_is_not(known):
    assert [known.serial(text) for text in ("SMTTYRHBDJAAI0037", "ASSET-TAG-00001", "20230901")] == [
        True,
        False,
        False,
    ]

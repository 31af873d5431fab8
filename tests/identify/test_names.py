"""Names of makers: legal forms do not matter, ambiguous names never decide, unknown names name nobody."""

from __future__ import annotations

import pytest

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.identify.identity import Tier
from provenance.identify.names import MakerNames
from provenance.identify.resolve import Identifier

LABELS_OF_BITMAIN = {"apw", "antspace"}


def test_every_maker_is_known_by_its_name_unless_the_name_is_ambiguous(
    catalogue: Catalogue, identifier: Identifier
):
    wrong = {}
    for maker in catalogue.makers():
        if maker.id in LABELS_OF_BITMAIN or maker.ambiguous_aliases:
            continue
        found = identifier.read_maker(maker.name)
        if found.maker != maker.id:
            wrong[maker.name] = found.maker
    assert wrong == {}


def test_no_name_of_a_maker_leads_to_another_maker(catalogue: Catalogue, identifier: Identifier):
    names = [(maker, alias) for maker in catalogue.makers() for alias in maker.aliases]
    wrong = [
        alias
        for maker, alias in names
        if maker.id not in LABELS_OF_BITMAIN and identifier.read_maker(alias).maker not in {maker.id, None}
    ]
    assert wrong == []


def test_an_ambiguous_name_never_decides_alone(catalogue: Catalogue, identifier: Identifier):
    names = [alias for maker in catalogue.makers() for alias in maker.ambiguous_aliases]
    assert [name for name in names if identifier.read_maker(name).maker is not None] == []


@pytest.mark.parametrize(
    "text",
    [
        "Bitmain",
        "BITMAIN TECHNOLOGIES LTD.",
        "Bitmain Technologies Georgia Limited",
        "Bitmain (Antminer)",
        "比特大陆科技有限公司",
        "Bitmian",
    ],
)
def test_a_maker_is_known_in_many_spellings(text: str, identifier: Identifier):
    assert identifier.read_maker(text).maker == "bitmain"


def test_a_typing_error_in_a_name_is_only_a_fuzzy_answer(identifier: Identifier):
    assert identifier.read_maker("Bitmian").maker_tier is Tier.FUZZY


@pytest.mark.parametrize(
    "text", ["", "  ", "N/A", "various", "Kaboomracks", "Compass Mining", "Acme Ltd", "Galaxy", "11420 CORP."]
)
def test_blank_generic_and_unknown_names_name_nobody(text: str, identifier: Identifier):
    found = identifier.read_maker(text)
    assert (found.maker, found.maker_tier) == (None, Tier.NONE)


def test_a_cell_that_names_two_makers_names_neither(identifier: Identifier):
    found = identifier.read_maker("Bitmain / MicroBT")
    assert (found.maker, found.alternatives) == (None, ("bitmain", "microbt"))


def test_words_that_happen_to_spell_a_name_are_no_name(identifier: Identifier):
    assert identifier.read_text(None, "STAINLESS STEEL PAD EYE").maker is None
    assert identifier.read_text(None, "A b b e y House").maker is None


def test_names_stand_in_one_order_whatever_the_hash_seed():
    names = list(MakerNames(open_catalogue().makers()).phrases)
    assert names == sorted(names)

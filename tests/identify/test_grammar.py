"""The grammar explains every token: a sibling that nobody knows is never taken for one that is known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.catalog.database import Catalogue
from provenance.identify.identity import Kind, Tier
from provenance.identify.resolve import Identifier

UNKNOWN_SIBLINGS = (
    "Antminer S19{}",
    "Antminer S21 Pro{}",
    "Whatsminer M30S{}",
    "Antminer L7{}",
    "Avalon A1246{}",
    "IceRiver KS3{}",
)


@pytest.mark.parametrize("name", UNKNOWN_SIBLINGS)
@pytest.mark.parametrize(
    "suffix", ["+++", " Ultra Max", "-B", "q", " Extreme", " Gen2", " Super Duper", "zz"]
)
def test_an_unknown_suffix_leaves_the_model_open_and_the_maker_known(
    name: str, suffix: str, identifier: Identifier
):
    found = identifier.read_text(None, name.format(suffix))
    assert found.model is None
    assert found.maker is not None
    assert found.alternatives


@pytest.mark.parametrize("text", ["S19 Pro", "M30S++", "S21 XP Hyd", "L7"])
@given(number=st.integers(min_value=0, max_value=99_999))
@settings(max_examples=25)
def test_another_number_is_never_the_model(
    text: str, number: int, identifier: Identifier, catalogue: Catalogue
):
    by_id = {model.id: model for model in catalogue.models()}
    changed = f"{text[0]}{number}{text[1:].lstrip('0123456789')}"
    found = identifier.read_text(None, changed)
    names = [model.name, *model.firmware_names] if (model := by_id.get(found.model or "")) else []
    assert not names or any(str(number) in re.findall(r"\d+", name) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "S19 (104T, 2022, lot 7)",
        "5 x S19 104T",
        "S19 104 T/s 3250 W PSU included",
        "S19 104T - new in box, warranty",
    ],
)
def test_ratings_quantities_and_additions_are_explained(text: str, identifier: Identifier):
    found = identifier.read_text("Bitmain", text)
    assert (found.model, found.model_tier) == ("antminer-s19", Tier.GRAMMAR)


def test_an_unexplained_word_makes_the_model_fuzzy_and_is_named(identifier: Identifier):
    found = identifier.read_text(None, "Antminer S19j Pro (Rockdale)")
    assert (found.model, found.model_tier, found.maker_tier) == (
        "antminer-s19j-pro",
        Tier.FUZZY,
        Tier.GRAMMAR,
    )
    assert "rockdale" in found.decided_by


def test_a_strange_word_beside_a_short_bare_code_leaves_the_maker_open(identifier: Identifier):
    for text in ("Greatwolf Miner B1", "ThinkCentre M70", "Tesla M60", "6c:d7:1f:76:72:a7"):
        assert identifier.read_text(None, text).maker is None


@pytest.mark.parametrize(
    ("text", "kind", "maker"),
    [
        ("fan for Antminer S19", Kind.PART, None),
        ("Antminer S19 fan", Kind.PART, "bitmain"),
        ("Antminer S19 with fan", Kind.MACHINE, "bitmain"),
        ("Antminer S9 + APW3", Kind.MACHINE, "bitmain"),
        ("APW3 for Antminer S9", Kind.PART, "bitmain"),
    ],
)
def test_a_part_is_a_part_unless_it_comes_with_the_machine(
    text: str, kind: Kind, maker: str | None, identifier: Identifier
):
    found = identifier.read_text(None, text)
    assert (found.kind, found.maker) == (kind, maker)


@given(text=st.text(alphabet="SMTLKsmtlk0123456789+ -/jkxproXPhydHyd.", max_size=24))
@settings(max_examples=300)
def test_whatever_the_text_a_model_belongs_to_the_maker_that_is_named(text: str, identifier: Identifier):
    found = identifier.read_text(None, text)
    assert found.model is None or found.maker is not None
    assert (found.model is None) == (found.model_tier is Tier.NONE)
    assert (found.maker is None) == (found.maker_tier is Tier.NONE)
    assert list(found.alternatives) == sorted(set(found.alternatives))


@pytest.mark.parametrize(
    "beside",
    [
        "lot of 20 {}",
        "purchase of 10,000 {}",
        "{} USD 1200 each",
        "{} (vnish 1.2.6)",
        "{} SHA-256",
        "{} 2024",
    ],
)
def test_lots_prices_versions_and_algorithms_are_explained(beside: str, identifier: Identifier):
    found = identifier.read_text(None, beside.format("Antminer S19 Pro"))
    assert (found.model, found.model_tier) == ("antminer-s19-pro", Tier.GRAMMAR)


@pytest.mark.parametrize("beside", ["{} 4711", "20 {}", "{} used 1.2"])
def test_other_numbers_without_a_unit_leave_the_answer_to_review(beside: str, identifier: Identifier):
    found = identifier.read_text(None, beside.format("Antminer S19 Pro"))
    assert (found.model, found.model_tier) == ("antminer-s19-pro", Tier.FUZZY)


def test_a_short_number_is_a_model_only_of_the_brand_that_counts_to_it(identifier: Identifier):
    counted = [
        identifier.read_text(None, text).model for text in ("FutureBit Apollo 2", "FutureBit Moonlander 2")
    ]
    assert counted == ["futurebit-apollo-ii", None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Antminer T17+ PSU", Kind.PART),
        ("M30S++ Hash Board", Kind.PART),
        ("Antminer T17 + PSU", Kind.MACHINE),
        ("Antminer T17+ & PSU", Kind.MACHINE),
        ("Antminer S19 + 2 PSUs", Kind.MACHINE),
    ],
)
def test_a_plus_of_the_name_joins_no_part_to_it(text: str, kind: Kind, identifier: Identifier):
    assert identifier.read_text(None, text).kind is kind


def test_firmware_named_in_front_of_a_machine_of_another_maker_is_no_maker(identifier: Identifier):
    found = [identifier.read_text(None, f"braiins-am2-{name}") for name in ("s19jpro", "x17")]
    assert [(one.maker, one.model) for one in found] == [("bitmain", "antminer-s19j-pro"), (None, None)]


def test_a_list_of_machines_of_several_makers_names_them_all_and_takes_none(identifier: Identifier):
    listed = ("S19 or M30S", "S19 110T/M30S 88T", "Whatsminer M70 & S19j XP", "Antminer S19, M30S")
    found = [identifier.read_text(None, text) for text in listed]
    assert [(one.maker, one.decided_by) for one in found] == [
        (None, "the model text names several makers")
    ] * len(listed)

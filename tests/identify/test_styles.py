"""Every model of the catalogue in every style of writing, and never in a text that is one sign away from it."""

from __future__ import annotations

import pytest

from provenance.catalog.database import Catalogue
from provenance.catalog.records import Model
from provenance.identify.normalise import fold, key_of, tokens
from provenance.identify.resolve import Identifier

STYLES = (
    "{name}",
    "{upper}",
    "{lower}",
    "{slug}",
    "{snake}",
    "{nbsp}",
    "{name} {rate}",
    "{name} ({rate}) ~3.4 kW",
    "{name}-{rate}",
    "{maker} {name}",
    "{upper} (vnish 1.2.6)",
    "{name} x120",
    "{name} 120 шт",
    "Lot of 20 {name} {rate} used, tested",
    "Асик майнер {name} {rate} б/у, гарантия",
    "{name} 全新 100台",
    "{name} miners",
    "Hosted {name} {rate} in Texas, 7.5c/kWh",
    "{name} 13,5T/с",
)
SUFFIXES = (" Max", "j", "k", "b", " SE", "-B", "+++", " Elite", "9", " Custom", "x")


def written(style: str, model: Model, maker: str) -> str:
    name = model.name.split(" / ")[0]
    rate = model.hashrates[0] if model.hashrates else "104T"
    return style.format(
        name=name,
        upper=name.upper(),
        lower=name.lower(),
        slug=name.lower().replace(" ", "-"),
        snake=name.replace(" ", "_"),
        nbsp=name.replace(" ", "\u00a0") + "\u00a0",
        rate=rate,
        maker=maker,
    )


@pytest.mark.parametrize("style", STYLES)
def test_every_model_is_found_in_every_style_or_left_open_and_never_taken_for_another(
    style: str, catalogue: Catalogue, identifier: Identifier
):
    found = {
        model.id: identifier.read_text(None, written(style, model, identifier.maker_name(model.maker)))
        for model in catalogue.models()
    }
    wrong = {key: reading.model for key, reading in found.items() if reading.model not in {key, None}}
    missed = [key for key, reading in found.items() if reading.model is None]
    assert wrong == {}
    assert len(missed) <= len(found) // 100


def test_one_digit_changed_is_no_known_model_unless_the_catalogue_has_it(
    catalogue: Catalogue, identifier: Identifier
):
    wrong = {
        text: found.model
        for model in catalogue.models()
        for text in one_digit_changed(model.name.split(" / ")[0])
        if (found := identifier.read_text(None, text)).model is not None
        and not has_digits(catalogue, found.model, text)
    }
    assert wrong == {}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_suffix_more_is_no_known_model_unless_the_catalogue_has_it(
    suffix: str, catalogue: Catalogue, identifier: Identifier
):
    names = {
        key
        for model in catalogue.models()
        for name in (*model.name.split(" / "), *model.aliases, *model.firmware_names)
        for key in (plain(name), plain(name.split(" ", 1)[-1]))
    }
    wrong = {}
    for model in catalogue.models():
        text = f"{model.name.split(' / ')[0]}{suffix}"
        if plain(text) in names or plain(text.split(" ", 1)[-1]) in names:
            continue
        found = identifier.read_text(None, text)
        if found.model is not None:
            wrong[text] = found.model
    assert {text: found for text, found in wrong.items() if not long_word(text)} == {}


def one_digit_changed(name: str) -> list[str]:
    return [
        f"{name[:index]}{(int(char) + step) % 10}{name[index + 1 :]}"
        for index, char in enumerate(name)
        if char.isdigit()
        for step in (1, 4)
    ]


def has_digits(catalogue: Catalogue, found: str, text: str) -> bool:
    """Whether a model is written with the first number of a text, or its firmware reports it so."""
    model = next(model for model in catalogue.models() if model.id == found)
    number = first_number(text)
    return any(number == first_number(name) for name in (model.name, *model.aliases, *model.firmware_names))


def first_number(text: str) -> str:
    return next((token.text for token in tokens(fold(text)) if token.is_number), "")


def plain(name: str) -> str:
    return key_of(tokens(fold(name))).replace("~", "").replace("-", "")


def long_word(text: str) -> bool:
    """Whether the suffix stands glued to a word so long that it may be a typing error in it."""
    return len(tokens(fold(text))[-1].text) > 5

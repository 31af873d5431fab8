"""What the catalogue calls a machine is found again, in any spelling, and never as another machine."""

from __future__ import annotations

import pytest

from provenance.catalog.database import Catalogue
from provenance.identify.identity import Tier
from provenance.identify.resolve import Identifier

SPELLINGS = ("{}", "{} 100TH", "10x {}", "{} x5", "Used {} (2022)", "{} + PSU")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_model_is_found_by_its_name(spelling: str, catalogue: Catalogue, identifier: Identifier):
    wrong = {}
    for model in catalogue.models():
        for text in (model.name, model.name.upper(), model.name.lower().replace(" ", "-")):
            found = identifier.read_text(None, spelling.format(text)).model
            if found != model.id:
                wrong[spelling.format(text)] = found
    assert wrong == {}


def test_no_alias_or_firmware_name_leads_to_a_sibling(catalogue: Catalogue, identifier: Identifier):
    sibling = {
        (model.id, name): found
        for model in catalogue.models()
        for name in (*model.aliases, *model.firmware_names)
        if (found := identifier.read_text(model.maker, name).model) not in {model.id, None}
    }
    assert sibling == {}


def test_no_alias_or_firmware_name_leads_to_a_model_of_another_maker(
    catalogue: Catalogue, identifier: Identifier
):
    names = [
        (model, name) for model in catalogue.models() for name in (*model.aliases, *model.firmware_names)
    ]
    readings = [(model, name, identifier.read_text(None, name)) for model, name in names]
    wrong = [name for model, name, reading in readings if reading.maker not in {model.maker, None}]
    assert wrong == []


def test_the_name_of_a_model_is_an_exact_answer(identifier: Identifier):
    found = identifier.read_text("Bitmain", "Antminer S19j Pro")
    assert (found.maker_tier, found.model_tier) == (Tier.EXACT, Tier.EXACT)


def test_a_code_that_several_makers_use_is_ambiguous_in_every_spelling(
    catalogue: Catalogue, identifier: Identifier
):
    for code, pairs in catalogue.collisions().items():
        for text in (code, code.lower(), f"{code} 100TH"):
            found = identifier.read_text(None, text)
            assert found.maker is None
            assert {model for _, model in pairs} <= set(found.alternatives)


def test_the_maker_column_decides_a_code_that_several_makers_use(
    catalogue: Catalogue, identifier: Identifier
):
    for code, pairs in catalogue.collisions().items():
        for maker, model in pairs:
            found = identifier.read_text(catalogue.maker(maker).name, code)
            assert (found.maker, found.model) == (maker, model)

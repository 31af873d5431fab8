"""Equipment outside mining is known by its numbering: the label it carries, never a guess."""

from __future__ import annotations

import re

import pytest

from provenance.catalog.database import Catalogue
from provenance.identify.identity import Kind
from provenance.identify.lines import ProductLines, categories_of
from provenance.identify.resolve import Identifier

LABELS_OF_BITMAIN = {"apw", "antspace"}


def test_no_example_of_a_product_line_is_given_to_another_maker(catalogue: Catalogue, identifier: Identifier):
    wrong = []
    for line in catalogue.product_lines():
        for example in line.examples:
            found = identifier.read_text(None, example).maker
            if found not in {line.maker, None} and line.maker not in LABELS_OF_BITMAIN:
                wrong.append((example, found))
    assert wrong == []


def test_with_its_maker_named_every_example_is_found(catalogue: Catalogue, identifier: Identifier):
    missed = []
    for line in catalogue.product_lines():
        for example in line.examples:
            found = identifier.read_text(catalogue.maker(line.maker).name, example)
            if found.maker != line.maker and line.maker not in LABELS_OF_BITMAIN:
                missed.append((line.maker, example, found.decided_by))
    assert missed == []


def test_a_match_names_the_text_as_the_model_and_its_category(identifier: Identifier):
    found = identifier.read_text(None, " WS-C2960X-48FPD-L ")
    assert (found.kind, found.maker, found.model) == (Kind.MACHINE, "cisco", None)
    assert (found.model_name, found.category) == ("WS-C2960X-48FPD-L", "switch")


def test_a_numbering_that_two_makers_share_names_both_and_neither(identifier: Identifier):
    found = identifier.read_text(None, "TL-SG108E")
    assert (found.maker, found.alternatives) == (None, ("tplink-cn", "tplink-us"))


@pytest.mark.parametrize(
    ("category", "maker"), [(None, None), ("server", "dell"), ("access point", "ruckus")]
)
def test_a_short_number_needs_a_category_that_tells_its_makers_apart(
    category: str | None, maker: str | None, identifier: Identifier
):
    assert identifier.read_text(None, "R350", category).maker == maker


def test_a_brand_in_the_text_and_a_numbering_of_another_maker_name_nobody(identifier: Identifier):
    found = identifier.read_text(None, "Juniper WS-C2960X-48FPD-L")
    assert (found.maker, found.alternatives) == (None, ("cisco", "juniper"))


def test_categories_come_from_the_words_of_a_column():
    assert categories_of("PoE Switch 24 port") == {"network"}
    assert categories_of("Miner") == frozenset()
    assert categories_of("IPCameras / NVRs") == {"camera", "nvr"}
    assert categories_of("Medium-voltage switchgear") == frozenset()
    assert categories_of("Power groups and backups") == frozenset()
    assert categories_of("Environmental monitoring") == frozenset()
    assert categories_of("UPS-system") == {"ups"}
    assert categories_of(None) == frozenset()


def test_lines_that_sort_a_text_differently_leave_what_they_have_in_common(identifier: Identifier):
    assert identifier.read_text(None, "Cisco Nexus 9336C-FX2").category == "network"
    assert identifier.read_text("Cisco", "N9K-C9336C-FX2").category == "switch"


def test_a_text_is_held_against_the_numberings_that_can_begin_like_it_and_no_others(
    catalogue: Catalogue, identifier: Identifier
):
    lines = ProductLines(catalogue.product_lines(), identifier._names)
    every = [re.compile(line.pattern) for line in catalogue.product_lines()]
    for text in ("WS-C2960X", "QFX5100", "R640", "5PX1500", "!", "ИБП"):
        tried = dict(lines._beginning_with(text[0]).each)
        assert {at for at, pattern in enumerate(every) if pattern.match(text)} <= set(tried)
        assert len(tried) < len(every) // 4

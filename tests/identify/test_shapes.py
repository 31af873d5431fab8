"""Texts of one shape name the same model: what a shape leaves out changes no answer."""

from __future__ import annotations

import random

import pytest

from provenance.catalog.database import Catalogue
from provenance.identify.identity import TextReading
from provenance.identify.resolve import Identifier
from provenance.identify.shapes import Shapes

ENDS = (
    "",
    " 104T",
    " 721TH/s used",
    " used, tested",
    " x250",
    " lot 4711",
    " (335T) ~5.36 kW",
    " – $1299",
    " 3250W, batch 77",
    "9",
    " 9",
    " Ultra 104T",
    " hashboard used",
    "/L7 104T",
)


@pytest.fixture
def shapes(identifier: Identifier) -> Shapes:
    return Shapes(identifier._names, identifier._codes)


def said(reading: TextReading) -> tuple[object, ...]:
    return reading.kind, reading.maker, reading.maker_tier, reading.model, reading.model_tier


def test_what_was_read_before_changes_no_answer(catalogue: Catalogue, identifier: Identifier):
    texts = [f"{model.name}{end}" for model in catalogue.models()[::3] for end in ENDS]
    random.Random(5).shuffle(texts)
    warm, alone = Identifier(catalogue), identifier._texts
    different = []
    for text, reading in zip(texts, warm.read_texts(texts), strict=True):
        alone._known.clear()
        if said(reading) != said(alone.read(None, text, None, None)):
            different.append(text)
    assert different == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S19 Pro lot 4711", "S19 Pro lot 31337"),
        ("S19 Pro 744T", "S19 Pro 733 T"),
        ("5x S19 Pro", "77x S19 Pro"),
        ("S19 Pro 733T used", "S19 Pro 744T tested, sealed"),
        ("S19\u00a0Pro", "S19 pro"),
    ],
)
def test_texts_that_differ_in_lots_and_ratings_have_one_shape(one: str, other: str, shapes: Shapes):
    assert shapes.core(shapes.of(one)) == shapes.core(shapes.of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S19 Pro", "S17 Pro"),
        ("S19 Pro", "S19 Pro used"),
        ("M30S 88T", "M30S+ 88T"),
        ("Avalon 1246", "Avalon 1266"),
        ("L7 9500", "L7 9300"),
        ("S19 2", "S19 3"),
    ],
)
def test_texts_that_may_name_other_models_have_other_shapes(one: str, other: str, shapes: Shapes):
    assert shapes.core(one.lower()) != shapes.core(other.lower())

"""Many rows read together say what each says alone."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.identify.identity import RowTexts
from provenance.identify.resolve import Identifier

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
    " 9050",
    " v1.2.6",
    " 3,250 W",
)
MAKERS = (None, "Bitmain", "MicroBT", "Canaan", "n/a", "Acme Mining", "Cisco")
CATEGORIES = (None, "ASIC miner", "Network switch")
FIRMWARE = (None, "vnish 1.2.6", "Whatsminer 20230911")


def test_every_model_says_with_other_rows_what_it_says_alone(catalogue: Catalogue, identifier: Identifier):
    texts = [f"{model.name}{end}" for model in catalogue.models() for end in ENDS]
    alone = [identifier.read_text(None, text) for text in texts]
    different = [
        text
        for text, one, other in zip(texts, Identifier(catalogue).read_texts(texts), alone, strict=True)
        if one != other
    ]
    assert different == []


def test_the_other_columns_say_with_other_rows_what_they_say_alone(
    catalogue: Catalogue, identifier: Identifier
):
    models = [
        f"{model.name}{end}" for model in catalogue.models()[::9] for end in (" 104T used", " x250", "")
    ]
    rows: list[RowTexts] = [
        (maker, model, category, firmware)
        for maker, model, category, firmware in product(MAKERS, [*models, None], CATEGORIES, FIRMWARE)
    ]
    alone = [identifier.read_text(*row) for row in rows]
    together = Identifier(catalogue).read_rows(rows)
    assert [row for row, one, other in zip(rows, together, alone, strict=True) if one != other] == []


def test_a_text_says_the_same_behind_one_that_differs_in_signs_and_blanks_only():
    pairs = [
        ("M10S_V10", "M10S V10"),
        ("Elphapex DG1 plus/grade", "elphapex-dg1-plus/grade"),
        ("Antminer L11 Hyd 2U-88%", "Antminer L11 Hyd 2U 88%"),
        ("Antminer S19 Pro", "Antminer S19" + " " * 400 + "Pro"),
        ("used Antminer S19", " " * 400 + "used Antminer S19"),
        ("$11 M53S VJ30", "$11_M53S_VJ30"),
    ]
    for pair in pairs:
        together = Identifier(open_catalogue()).read_texts(pair)
        assert [Identifier(open_catalogue()).read_text(None, text) for text in pair] == together


def test_words_that_say_nothing_elsewhere_stay_in_the_names_of_a_catalogue_of_ones_own(tmp_path: Path):
    (tmp_path / "makers").mkdir()
    (tmp_path / "makers" / "plainco.yaml").write_text(
        """
schema: provenance-maker/1
id: plainco
name: Plainco
categories: [asic-miner]
confidence: medium
sources: ["document: supplier file 12"]
models:
  - {id: plainco-q7, name: Plainco QR7, confidence: medium, sources: ["document: supplier file 12"]}
  - {id: plainco-q7-texas, name: Plainco QR7 Texas, confidence: medium, sources: ["document: supplier file 12"]}
  - {id: plainco-q7-4711, name: Plainco QR7 lot 4711, confidence: medium, sources: ["document: supplier file 12"]}
  - {id: plainco-q8, name: Plainco QR8, confidence: medium, sources: ["document: supplier file 12"]}
  - {id: plainco-q8-used, name: Plainco QR8 Used, confidence: medium, sources: ["document: supplier file 12"]}
  - {id: plainco-q8-v, name: Plainco QR8 v1.4.4, confidence: medium, sources: ["document: supplier file 12"]}
"""
    )
    identifier = Identifier(open_catalogue(overlays=[tmp_path]))
    texts = [
        "Plainco QR7 used",
        "Plainco QR7 Texas used",
        "Plainco QR7 104T, Texas",
        "Plainco QR7 lot 4711",
        "Plainco QR7 lot 9",
        "Plainco QR8 б/у",
        "Plainco QR8 二手",
        "Plainco QR8 v1.4.4 tested",
        "Plainco QR8 104T",
    ]
    expected = [
        "plainco-q7",
        "plainco-q7-texas",
        "plainco-q7",
        "plainco-q7-4711",
        "plainco-q7",
        "plainco-q8-used",
        "plainco-q8-used",
        "plainco-q8-v",
        "plainco-q8",
    ]
    assert [reading.model for reading in identifier.read_texts(texts)] == expected
    assert [identifier.read_text(None, text).model for text in texts] == expected

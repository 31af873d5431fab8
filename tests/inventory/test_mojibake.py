"""Texts that were decoded wrongly before they came say what they said."""

from pathlib import Path

import pytest

from provenance.inventory.mojibake import mend
from provenance.inventory.reader import read_inventory


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1 AÃ‘O", "1 AÑO"),
        ("TÃ¼rkiye", "Türkiye"),
        ("CÃ´te dâ€™Ivoire", "Côte d’Ivoire"),
        ("ä¸­å›½", "中国"),
        ("Türkiye", None),
        ("ÑÂ", None),
        ("Año", None),
        ("plain", None),
    ],
)
def test_a_text_is_mended_only_where_its_bytes_are_utf_8(text, meant):
    assert mend(text) == meant


def test_a_country_that_was_decoded_wrongly_is_read_and_told(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("Model,Serial,Country of origin\nS21,AB10001,TÃ¼rkiye\nS21,AB10002,Malaysia\n", "utf-8")

    (table,) = read_inventory(path).tables

    frame = table.scan().collect()
    assert frame["declared_origin"].to_list() == ["Türkiye", "Malaysia"]
    assert frame["c2"].to_list() == ["TÃ¼rkiye", "Malaysia"]
    assert "texts that were decoded wrongly are mended: 'TÃ¼rkiye' is 'Türkiye'" in table.oddities

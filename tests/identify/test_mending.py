"""Typing errors: mended in letters only, and the answer is never better than fuzzy."""

from __future__ import annotations

import pytest

from provenance.identify.identity import Tier
from provenance.identify.resolve import Identifier


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("M3OS++", "whatsminer-m30s-plus-plus"),
        ("IceRiver KS71", "iceriver-ks7"),
        ("S21 XPHydio", "antminer-s21-xp-hyd"),
        ("Antmner S19 Pro", "antminer-s19-pro"),
    ],
)
def test_a_mended_text_is_a_fuzzy_answer_that_says_what_was_read(
    text: str, model: str, identifier: Identifier
):
    found = identifier.read_text(None, text)
    assert (found.model, found.model_tier) == (model, Tier.FUZZY)


@pytest.mark.parametrize(
    "text", ["Antminer S191", "Antminer S212", "Antmner S91", "IceRiver KS3171", "Antminer S1O"]
)
def test_digits_are_never_mended_into_another_model(text: str, identifier: Identifier):
    assert identifier.read_text(None, text).model is None

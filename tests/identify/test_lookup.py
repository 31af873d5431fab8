"""The answers of a lookup have the keys that others build on, for every text."""

from __future__ import annotations

import json

import pytest

from provenance.identify.lookup import LOOKUPS, lookup
from provenance.identify.resolve import Identifier

TEXT_KEYS = {
    "text",
    "kind",
    "maker",
    "maker_name",
    "maker_tier",
    "model",
    "model_name",
    "model_tier",
    "decided_by",
    "alternatives",
}


@pytest.mark.parametrize("kind", ["maker", "model"])
@pytest.mark.parametrize(
    "text", ["Antminer S19j Pro", "Bitmain", "", "   ", "\x00", "KS5", "矿机", "a" * 2000]
)
def test_a_text_is_answered_with_every_key_and_goes_into_json(kind: str, text: str, identifier: Identifier):
    answer = lookup(identifier, kind, text)
    assert set(answer) >= TEXT_KEYS
    assert json.loads(json.dumps(answer))["text"] == text


def test_a_model_is_answered_with_its_ids_and_tiers(identifier: Identifier):
    answer = lookup(identifier, "model", "Antminer S21 Pro 234T")
    assert {
        key: answer[key] for key in ("kind", "maker", "maker_tier", "model", "model_tier", "alternatives")
    } == {
        "kind": "machine",
        "maker": "bitmain",
        "maker_tier": "grammar",
        "model": "antminer-s21-pro",
        "model_tier": "grammar",
        "alternatives": [],
    }


def test_a_maker_is_answered_with_its_name(identifier: Identifier):
    answer = lookup(identifier, "maker", "Canaan Creative Co., Ltd.")
    assert (answer["maker"], answer["maker_name"]) == ("canaan", "Canaan Inc. (Canaan Creative)")


def test_a_serial_lists_the_schemes_that_would_hold_for_a_known_maker(identifier: Identifier):
    answer = lookup(identifier, "serial", "FOC2639R2H0")
    assert answer["scheme"] is None
    assert [scheme["if_maker"] for scheme in answer["schemes"]] == ["cisco"]


def test_a_mac_is_answered_with_its_registrant_and_a_warning(identifier: Identifier):
    answer = lookup(identifier, "mac", "B4:A2:EB:31:2F:7C")
    assert (answer["maker"], answer["bits"]) == ("canaan", 28)
    assert "nothing of the maker of the machine" in answer["reason"]


def test_every_kind_of_lookup_answers_a_blank_text(identifier: Identifier):
    assert [lookup(identifier, kind, "")["maker"] for kind in LOOKUPS] == [None] * len(LOOKUPS)


def test_an_unknown_kind_of_lookup_is_refused(identifier: Identifier):
    with pytest.raises(ValueError, match="there is no lookup of 'planet'"):
        lookup(identifier, "planet", "Mars")


def test_what_is_no_address_is_said_to_be_none(identifier: Identifier):
    answer = lookup(identifier, "mac", "02:55:97:22:3M:72")
    assert (answer["address"], answer["maker"]) == ("not-an-address", None)
    assert "no MAC address" in str(answer["reason"])


def test_a_serial_says_what_it_speaks_of_and_what_is_odd(identifier: Identifier):
    assert "not the machine" in str(lookup(identifier, "serial", "CN0J7DDWWS20074S009IA00")["speaks_of"])
    assert lookup(identifier, "serial", "1.23E+15")["oddities"] == ["serial-in-scientific-notation"]

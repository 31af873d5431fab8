"""The identity that texts, serial numbers and MAC addresses add up to."""

from __future__ import annotations

import pytest

from provenance.identify.identity import Identity, Kind, Tier
from provenance.identify.resolve import Identifier

ANTMINER = "SMTTATUBDJAAI00A5"
WHATSMINER = "BTM3CS40HD24083100000000000000000"
DELL = "KR06GD9C00K006BQ0013"
HIKVISION_MAC = "4419B6001122"
CANAAN_MAC = "B4A2EB312F7C"


def combined(
    identifier: Identifier,
    maker: str | None,
    model: str | None,
    serial: str | None = None,
    mac: str | None = None,
) -> Identity:
    text = identifier.read_text(maker, model)
    return identifier.combine(text, identifier.read_serial(serial), identifier.read_mac(mac))


def test_a_text_alone_is_its_own_identity(identifier: Identifier):
    found = combined(identifier, "Bitmain", "S19j Pro")
    assert (found.maker, found.model, found.makers, found.disagreements) == (
        "bitmain",
        "antminer-s19j-pro",
        ("bitmain",),
        (),
    )


def test_witnesses_that_agree_change_nothing(identifier: Identifier):
    alone = combined(identifier, "Bitmain", "S19j Pro")
    assert combined(identifier, "Bitmain", "S19j Pro", ANTMINER, "3CA308112233") == alone


def test_a_serial_never_overrides_a_text_and_the_disagreement_is_said(identifier: Identifier):
    found = combined(identifier, None, "Whatsminer M30S++", ANTMINER)
    assert (found.maker, found.maker_tier, found.makers) == ("microbt", Tier.EXACT, ("microbt",))
    assert len(found.disagreements) == 1
    assert "Bitmain" in found.disagreements[0]
    assert "MicroBT" in found.disagreements[0]


def test_a_serial_and_a_fuzzy_text_that_disagree_leave_the_maker_open_between_them(identifier: Identifier):
    found = combined(identifier, None, "M3OS++", ANTMINER)
    assert (found.maker, found.model, found.makers) == (None, None, ("bitmain", "microbt"))


def test_an_inferred_serial_scheme_names_the_maker_only_at_tier_fuzzy(identifier: Identifier):
    found = combined(identifier, None, None, WHATSMINER)
    assert (found.maker, found.maker_tier, found.model) == ("microbt", Tier.FUZZY, None)


def test_a_scheme_that_its_maker_documents_names_the_maker_at_tier_grammar(identifier: Identifier):
    assert combined(identifier, None, None, DELL).maker_tier is Tier.GRAMMAR


def test_a_serial_decides_a_code_that_several_makers_use_but_proves_nothing(identifier: Identifier):
    found = combined(identifier, None, "KS5", ANTMINER)
    assert (found.maker, found.maker_tier) == ("bitmain", Tier.FUZZY)
    assert (found.model, found.model_tier) == ("antminer-ks5", Tier.FUZZY)


def test_a_serial_of_a_maker_that_does_not_use_the_code_decides_nothing(identifier: Identifier):
    found = combined(identifier, None, "KS5", WHATSMINER)
    assert (found.maker, found.makers) == (None, ("bitmain", "iceriver"))
    assert len(found.disagreements) == 1


def test_a_placeholder_is_no_witness(identifier: Identifier):
    assert combined(identifier, None, "KS5", "0000000000000000") == combined(identifier, None, "KS5")


def test_a_mac_never_names_the_maker_and_says_so(identifier: Identifier):
    found = combined(identifier, None, None, None, CANAAN_MAC)
    assert (found.maker, found.maker_tier, found.alternatives, found.makers) == (
        None,
        Tier.NONE,
        ("canaan",),
        (),
    )
    assert "not proof of the maker" in found.decided_by


def test_a_camera_with_a_prefix_of_another_maker_is_a_disagreement(identifier: Identifier):
    found = combined(identifier, "Axis", "P3245-V", None, HIKVISION_MAC)
    assert found.maker == "axis"
    assert len(found.disagreements) == 1
    assert "Hikvision" in found.disagreements[0]


def test_an_ambiguous_brand_with_a_prefix_of_another_maker_is_a_disagreement(identifier: Identifier):
    found = combined(identifier, "Honeywell", "H4D8PR1", None, HIKVISION_MAC)
    assert (found.maker, found.makers) == (None, ())
    assert len(found.disagreements) == 1


@pytest.mark.parametrize("mac", ["000A35000000", "3CA308112233", "02509309DAD9", "50D448000001", None])
def test_makers_of_interfaces_defaults_and_local_addresses_are_no_witness(
    mac: str | None, identifier: Identifier
):
    alone = combined(identifier, None, "Antminer S19j Pro")
    assert combined(identifier, None, "Antminer S19j Pro", None, mac) == alone


def test_several_possible_makers_are_all_named(identifier: Identifier):
    assert combined(identifier, None, "KS5").makers == ("bitmain", "iceriver")
    assert combined(identifier, "HP", "Latitude 5420").makers == ("dell", "hp-inc")


def test_nothing_known_may_be_of_any_maker(identifier: Identifier):
    found = combined(identifier, None, "Mixed Fleet")
    assert (found.kind, found.maker, found.makers) == (Kind.UNKNOWN, None, ())


def test_the_order_of_reading_changes_nothing(identifier: Identifier):
    texts = ["S19", "KS5", "Avalon", "M30S++", "S19"]
    first = [identifier.read_text(None, text) for text in texts]
    assert [identifier.read_text(None, text) for text in reversed(texts)] == first[::-1]

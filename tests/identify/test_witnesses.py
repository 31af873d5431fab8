"""Every witness is heard by itself, so that a reader sees who says what and what it is worth."""

from __future__ import annotations

import pytest

from provenance.identify.resolve import Identifier
from provenance.identify.witnesses import witnesses_of


def test_witnesses_stand_side_by_side_each_with_what_it_points_to(identifier: Identifier):
    found = witnesses_of(
        identifier,
        maker="Canaan",
        model="M30S++",
        serial="ZZAAATUBDJAAI00A5",
        mac="8C:C7:D0:00:00:01",
        firmware="Sealminer 2.1",
    )
    assert [(one.name, one.makers) for one in found] == [
        ("maker column", ("canaan",)),
        ("model text", ("microbt",)),
        ("serial number", ("bitmain",)),
        ("MAC address", ("ebang",)),
        ("firmware", ("bitdeer",)),
    ]


@pytest.mark.parametrize(
    ("mac", "says"),
    [
        ("02:11:22:33:44:55", "chosen by somebody"),
        ("00:0A:35:00:00:00", "default that many boards share"),
        ("not known", "no MAC address"),
    ],
)
def test_an_address_that_is_no_evidence_says_so(mac: str, says: str, identifier: Identifier):
    (witness,) = witnesses_of(identifier, mac=mac)
    assert witness.makers == ()
    assert says in witness.says


def test_a_camera_relabelled_and_a_laptop_of_another_maker_disagree(identifier: Identifier):
    camera = witnesses_of(identifier, maker="Honeywell", model="DS-2CD2143G2-I")
    laptop = witnesses_of(identifier, maker="HP", model="Latitude 5420")
    assert [one.makers for one in camera] == [(), ("hikvision",)]
    assert "also means something else" in camera[0].says
    assert [one.makers for one in laptop] == [(), ()]
    assert set(identifier.read_text("HP", "Latitude 5420").alternatives) >= {"dell", "hp-inc"}


@pytest.mark.parametrize(
    ("maker", "model", "serial", "mac"),
    [
        ("Honeywell", "HC30W42R3", None, "44:19:B6:00:00:01"),
        ("MicroBT", "M30S++", "ZZAAATUBDJAAI00A5", None),
    ],
)
def test_a_witness_against_the_texts_is_reported(
    maker: str, model: str, serial: str | None, mac: str | None, identifier: Identifier
):
    text = identifier.read_text(maker, model)
    found = identifier.combine(text, identifier.read_serial(serial, text.maker), identifier.read_mac(mac))
    assert len(found.disagreements) == 1


def test_a_serial_of_a_part_says_that_it_is_not_the_machines(identifier: Identifier):
    (witness,) = witnesses_of(identifier, serial="CN0J7DDWWS20074S009IA00")
    assert "not of the machine" in witness.says


def test_silent_witnesses_are_left_out(identifier: Identifier):
    assert witnesses_of(identifier) == ()

"""One text, serial number or MAC address looked up: the answers of `provenance lookup` as plain values."""

from __future__ import annotations

from provenance.catalog.records import PartKind
from provenance.identify.identity import Kind, MacReading, SerialReading, TextReading
from provenance.identify.macs import MacStanding
from provenance.identify.oddities import oddities_of
from provenance.identify.resolve import Identifier

LOOKUPS = ("maker", "model", "serial", "mac")
"""What can be looked up here."""


def lookup(identifier: Identifier, kind: str, text: str) -> dict[str, object]:
    """Return the answer to one lookup, ready for JSON.

    Args:
        identifier: The identifier of a catalogue.
        kind: One of `LOOKUPS`.
        text: What to look up; a blank one is answered too.

    Raises:
        ValueError: There is no such kind of lookup.
    """
    match kind:
        case "maker":
            return lookup_maker(identifier, text)
        case "model":
            return lookup_model(identifier, text)
        case "serial":
            return lookup_serial(identifier, text)
        case "mac":
            return lookup_mac(identifier, text)
        case _:
            raise ValueError(f"there is no lookup of {kind!r}, expected one of {', '.join(LOOKUPS)}")


def lookup_model(identifier: Identifier, text: str) -> dict[str, object]:
    """Return what a model text names."""
    return _text_answer(text, identifier.read_text(None, text))


def lookup_maker(identifier: Identifier, text: str) -> dict[str, object]:
    """Return what a text for a maker names."""
    return _text_answer(text, identifier.read_maker(text))


def lookup_serial(identifier: Identifier, text: str) -> dict[str, object]:
    """Return what a serial number says.

    The shape of many serial numbers is not peculiar to one maker: `schemes` lists every reading that it allows, and
    the answer itself is only what holds without knowing the maker.
    """
    reading = identifier.read_serial(text)
    answer: dict[str, object] = {"text": text, **_serial_answer(identifier, reading)}
    answer["oddities"] = [str(oddity) for oddity in oddities_of(text.strip().upper())]
    answer["schemes"] = [
        {"if_maker": maker, **_serial_answer(identifier, each)}
        for maker, each in identifier.read_serial_for_every_maker(text)
    ]
    return answer


def lookup_mac(identifier: Identifier, text: str) -> dict[str, object]:
    """Return who registered the block of a MAC address."""
    reading, standing = identifier.read_mac(text), identifier.mac_standing(text)
    shared = standing is MacStanding.DEFAULT
    found = (
        reading if reading is not None and not shared else MacReading("", None, 0, locally_administered=False)
    )
    return {
        "text": text,
        "organisation": found.organisation or None,
        "maker": found.maker,
        "maker_name": identifier.maker_name(found.maker) if found.maker is not None else None,
        "bits": found.bits or None,
        "locally_administered": found.locally_administered,
        "address": standing.value,
        "reason": _MAC_REASONS[standing],
    }


def _text_answer(text: str, reading: TextReading) -> dict[str, object]:
    return {
        "text": text,
        "kind": reading.kind.value,
        "maker": reading.maker,
        "maker_name": reading.maker_name,
        "maker_tier": reading.maker_tier.value,
        "model": reading.model,
        "model_name": reading.model_name,
        "model_tier": reading.model_tier.value,
        "decided_by": reading.decided_by,
        "alternatives": list(reading.alternatives),
        "category": reading.category,
    }


def _serial_answer(identifier: Identifier, reading: SerialReading | None) -> dict[str, object]:
    if reading is None:
        return {"kind": Kind.UNKNOWN.value, "scheme": None, "maker": None, "maker_name": None, "part": None}
    made = reading.made
    return {
        "kind": Kind.UNKNOWN.value if reading.placeholder else Kind.MACHINE.value,
        "scheme": reading.scheme,
        "maker": reading.maker,
        "maker_name": identifier.maker_name(reading.maker) if reading.maker is not None else None,
        "part": reading.part.value,
        "placeholder": reading.placeholder,
        "made_first": made.first.isoformat() if made is not None else None,
        "made_last": made.last.isoformat() if made is not None else None,
        "country": reading.country,
        "speaks_of": _SPEAKS_OF[reading.part],
        "verified": reading.verified,
    }


_SPEAKS_OF = {
    PartKind.MACHINE: "the whole machine",
    PartKind.HASHBOARD: "a hash board, not the machine it sits in",
    PartKind.CONTROL_BOARD: "a control board, not the machine it sits in",
    PartKind.PSU: "a power supply, not the machine it feeds",
    PartKind.OTHER: "the part that bears it, not the machine it sits in",
}
_MAC_REASONS = {
    MacStanding.NOT_AN_ADDRESS: "this is no MAC address: it is not twelve hexadecimal digits, nor the beginning of them",
    MacStanding.NOBODYS: "no address of one device: all zeros, all ones, or the address of a group",
    MacStanding.LOCAL: "locally administered: somebody chose it and nobody registered it, so it is no evidence",
    MacStanding.DEFAULT: "a default that many boards share: it is no evidence",
    MacStanding.UNREGISTERED: "nobody registered this block, so it is no evidence",
    MacStanding.REGISTERED: (
        "the registrant made the network interface; it says nothing of the maker of the machine or its origin"
    ),
}

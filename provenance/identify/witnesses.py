"""The witnesses for what a machine is, side by side: what is written, what it says of the maker, and what that is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.catalog.records import PartKind
from provenance.identify.identity import Kind, SerialReading, TextReading, Tier
from provenance.identify.macs import MacStanding
from provenance.records import dataclass

if TYPE_CHECKING:
    from provenance.identify.resolve import Identifier

_WORTH = {
    Tier.EXACT: "an exact name",
    Tier.GRAMMAR: "read by the grammar of names",
    Tier.FUZZY: "with a typing error, so that it proves nothing",
    Tier.NONE: "decides nothing",
}
_PARTS = {
    PartKind.MACHINE: "a machine",
    PartKind.HASHBOARD: "a hash board, not of the machine it sits in",
    PartKind.CONTROL_BOARD: "a control board, not of the machine it sits in",
    PartKind.PSU: "a power supply, not of the machine it feeds",
    PartKind.OTHER: "a part, not of the machine it sits in",
}
_ADDRESSES = {
    MacStanding.NOT_AN_ADDRESS: "is no MAC address",
    MacStanding.NOBODYS: "is no address of one device",
    MacStanding.LOCAL: "was chosen by somebody and registered by nobody",
    MacStanding.DEFAULT: "is a default that many boards share",
    MacStanding.UNREGISTERED: "lies in a block that nobody registered",
}


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness for the maker of a machine."""

    name: str
    """`maker column`, `model text`, `serial number`, `MAC address` or `firmware`."""
    written: str
    says: str
    """What it says, as the end of a sentence whose subject it is."""
    makers: tuple[str, ...]
    """The makers that it points to, sorted; empty where it points to none."""


def witnesses_of(
    identifier: Identifier,
    *,
    maker: str | None = None,
    model: str | None = None,
    serial: str | None = None,
    mac: str | None = None,
    firmware: str | None = None,
) -> tuple[Witness, ...]:
    """Return what each witness says by itself, in a fixed order; those that are silent are left out.

    Args:
        identifier: The identifier of a catalogue.
        maker: The maker column.
        model: The model text.
        serial: The serial number.
        mac: The MAC address.
        firmware: The firmware column.
    """
    found: list[Witness] = []
    named = identifier.read_text(maker, model, None, firmware)
    if maker:
        found.append(_by_text("maker column", maker, identifier.read_maker(maker)))
    if model:
        found.append(_by_text("model text", model, identifier.read_text(None, model)))
    if serial:
        found.append(_by_serial(identifier, serial, identifier.read_serial(serial, named.maker)))
    if mac:
        found.append(_by_mac(identifier, mac))
    if firmware:
        makers = identifier.makers_of_firmware(firmware)
        shown = " or ".join(identifier.maker_name(each) for each in makers)
        says = f"names {shown}; it tells makers of one code apart and decides nothing alone" if makers else ""
        found.append(Witness("firmware", firmware, says or "names no maker of miners", makers))
    return tuple(found)


def _by_text(name: str, written: str, reading: TextReading) -> Witness:
    if reading.maker is None:
        return Witness(name, written, f"decides no maker: {reading.decided_by}", ())
    what = reading.model_name or reading.maker_name
    part = "a part by " if reading.kind is Kind.PART else ""
    why = f"{_WORTH[reading.maker_tier]}; {reading.decided_by}"
    return Witness(name, written, f"says {part}{what} ({why})", (reading.maker,))


def _by_serial(identifier: Identifier, written: str, reading: SerialReading | None) -> Witness:
    name = "serial number"
    if reading is None:
        return Witness(name, written, "fits no scheme that tells a maker", ())
    if reading.placeholder:
        return Witness(name, written, "stands for no serial number", ())
    made = f", made {reading.made}" if reading.made is not None else ""
    country = (
        f", with the country code {reading.country}" if reading.country is not None else ", with no country"
    )
    worth = (
        "documented by its maker" if reading.verified else "inferred from samples, so that it proves nothing"
    )
    shape = f"has the shape of {identifier.maker_name(reading.maker)}" if reading.maker else "fits the scheme"
    says = f"{shape} ({reading.scheme}) for {_PARTS[reading.part]}{made}{country}; the scheme is {worth}"
    return Witness(name, written, says, (reading.maker,) if reading.maker is not None else ())


def _by_mac(identifier: Identifier, written: str) -> Witness:
    standing, reading = identifier.mac_standing(written), identifier.read_mac(written)
    if standing is not MacStanding.REGISTERED or reading is None:
        return Witness("MAC address", written, f"{_ADDRESSES[standing]}, so it is no evidence", ())
    maker = identifier.maker_behind(reading)
    says = f"is registered to {reading.organisation}, who made the network interface"
    return Witness("MAC address", written, says, (maker,) if maker is not None else ())

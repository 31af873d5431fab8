"""The words of the catalogue: its closed vocabularies, kinds of source and partial dates.

A partial date (`2021`, `2021-10`) stands for all its days: as a beginning it means the earliest of them, as an end
the latest, so that what is not known widens a set of countries and never narrows it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

from provenance.dates import Span

_MOMENT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class SourceKind(StrEnum):
    """Where a reader can open a source."""

    WEB = "web"
    CODE = "code"
    """A file of a public repository."""
    REGISTRY = "registry"
    """A block of the IEEE registry that the catalogue carries."""
    UNVERIFIED = "unverified"
    """Nowhere: the source is not named, or nobody checked."""


def source_kind(source: str) -> SourceKind:
    """Return where the source `https://…`, `github:…`, `ieee:…` or `unverified: …` can be opened."""
    match source.partition(":")[0]:
        case "http" | "https":
            return SourceKind.WEB
        case "github":
            return SourceKind.CODE
        case "ieee":
            return SourceKind.REGISTRY
        case _:
            return SourceKind.UNVERIFIED


def span_of(moment: str) -> Span:
    """Return the days that a date, a month or a year can mean.

    Raises:
        ValueError: It is none of these.
    """
    match = _MOMENT.fullmatch(moment)
    if match is None:
        raise ValueError(f"{moment!r} is no date, expected 2021, 2021-10 or 2021-10-05")
    year, month, day = int(match[1]), match[2], match[3]
    if day is not None:
        return Span.of(date(year, int(month), int(day)))
    if month is not None:
        return Span(date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1]))
    return Span(date(year, 1, 1), date(year, 12, 31))


class Category(StrEnum):
    """What a maker makes, or a product line consists of."""

    ASIC_CHIP = "asic-chip"
    ASIC_MINER = "asic-miner"
    BATTERY = "battery"
    CABLING = "cabling"
    CAMERA = "camera"
    CELLULAR_MODULE = "cellular-module"
    COMPONENT = "component"
    CONTAINER = "container"
    CONTROLS = "controls"
    DRONE = "drone"
    FIRMWARE = "firmware"
    IMMERSION = "immersion"
    INTERCOM = "intercom"
    INVERTER = "inverter"
    IOT = "iot"
    NETWORK = "network"
    NVR = "nvr"
    PC = "pc"
    PDU = "pdu"
    POWER = "power"
    RADIO = "radio"
    RELAY = "relay"
    SERVER = "server"
    TRANSFORMER = "transformer"
    UPS = "ups"


class RelationKind(StrEnum):
    """What ties a maker to another, as its own file says it; `ties` reads it from both ends."""

    AFFILIATE = "affiliate"
    """Held in common, in part or by the same people, without control of one over the other being shown."""
    BRAND_SOLD_TO = "brand-sold-to"
    """The other bought the brand, or the business that the note names."""
    PARENT = "parent"
    """The other controls the maker."""
    RENAMED_FROM = "renamed-from"
    """The other is an earlier name of the maker."""
    WHITE_LABEL_OF = "white-label-of"
    """The maker puts its own brand on goods of the other."""


class Extent(StrEnum):
    """Whether a relation holds for everything that the maker sells."""

    ALL = "all"
    SOME = "some"
    """For some goods, and the sources do not say which: about a given machine it is never certain."""


class Activity(StrEnum):
    """What is known to happen in a country. Only assembly bears on manufacture."""

    ASSEMBLY = "assembly"
    ASSEMBLY_ANNOUNCED = "assembly-announced"
    ASSEMBLY_CLAIMED = "assembly-claimed"
    ASSEMBLY_PILOT = "assembly-pilot"
    CHIP_FAB = "chip-fab"
    CONTESTED_ORIGIN = "contested-origin"
    """A government says that imports came from here and the importer disputes it."""
    SEAT = "seat"

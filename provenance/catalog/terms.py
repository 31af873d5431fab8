"""The words of the catalogue's source files: sources, partial dates and the closed vocabularies.

A partial date (`2021`, `2021-10`) stands for all its days: as a beginning it means the earliest of them, as an end
the latest, so that what is not known widens a set of countries and never narrows it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, StringConstraints

from provenance.dates import Span

ValueT = TypeVar("ValueT")

_SOURCE = re.compile(
    r"https?://\S+"
    r"|github:[\w.-]+/[\w.-]+(@[0-9a-f]{7,40})?(:\S.*)?"
    r"|ieee:([0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9})"
    r"|unverified: \S.*"
)
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


def some(values: tuple[ValueT, ...]) -> tuple[ValueT, ...]:
    """Refuse an empty list; unlike a minimal length it says nothing when the entries themselves are refused.

    Raises:
        ValueError: There is no entry.
    """
    if not values:
        raise ValueError("needs at least one entry")
    return values


def _checked_source(text: str) -> str:
    if _SOURCE.fullmatch(text) is None:
        raise ValueError(f"{text!r} is no source, expected https://…, github:…, ieee:… or unverified: …")
    return text


def _checked_moment(text: str) -> str:
    span_of(text)
    return text


def _checked_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"the pattern {text!r} does not compile ({error})") from error
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Word = Annotated[str, StringConstraints(min_length=1)]
Words = tuple[Word, ...]
Source = Annotated[str, AfterValidator(_checked_source)]
Sources = Annotated[tuple[Source, ...], AfterValidator(some)]
Pattern = Annotated[str, AfterValidator(_checked_pattern)]
Moment = Annotated[str, AfterValidator(_checked_moment)]


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
    """What ties a maker to another."""

    AFFILIATE = "affiliate"
    BRAND_SOLD_TO = "brand-sold-to"
    PARENT = "parent"
    RENAMED_FROM = "renamed-from"
    WHITE_LABEL_OF = "white-label-of"


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

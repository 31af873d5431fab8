"""The words of the catalogue: its closed vocabularies, kinds of source and partial dates.

A partial date (`2021`, `2021-10`) stands for all its days: as a beginning it means the earliest of them, as an end
the latest, so that what is not known widens a set of countries and never narrows it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

from provenance.dates import Span
from provenance.expressions import expression

_MOMENT = expression(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class SourceKind(StrEnum):
    """Where a reader can open a source."""

    WEB = "web"
    CODE = "code"
    """A file of a public repository."""
    REGISTRY = "registry"
    """A block of the IEEE registry that the catalogue carries."""
    DOCUMENT = "document"
    """A paper that whoever wrote the fact holds, such as a maker's letter; only in a catalogue of the user's own."""
    UNVERIFIED = "unverified"
    """Nowhere: the source is not named, or nobody checked."""


def source_kind(source: str) -> SourceKind:
    """Return where the source `https://…`, `github:…`, `ieee:…`, `document: …` or `unverified: …` can be opened."""
    match source.partition(":")[0]:
        case "http" | "https":
            return SourceKind.WEB
        case "github":
            return SourceKind.CODE
        case "ieee":
            return SourceKind.REGISTRY
        case "document":
            return SourceKind.DOCUMENT
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
    """What a machine, a product line or a maker's business is: the closed vocabulary that rules test.

    The words form two levels. A narrower word (`consumer-router`) says all that its broader word (`network`) says;
    the broader word alone leaves open which of the narrower ones it is, so a rule about consumer routers cannot
    exclude a machine of which only `network` is known. A maker has the words of its business, the main one first;
    they are no complete list, and the word of a machine known by its maker alone is a presumption.
    """

    ASIC_MINER = "asic-miner"
    """Complete miners with chips made for one algorithm."""
    ASIC_CHIP = "asic-chip"
    """Mining chips sold as such."""
    BATTERY = "battery"
    """Batteries and cells."""
    BESS = "bess"
    """Energy storage systems: cabinets and containers of batteries with their electronics."""
    CABLING = "cabling"
    """Patch panels, fibre boxes, cords: passive."""
    CAMERA = "camera"
    """Cameras for video surveillance."""
    CELLULAR_MODULE = "cellular-module"
    """Radio modules for building into other equipment."""
    COMPONENT = "component"
    """Chips and boards that others build in."""
    CONTAINER = "container"
    """Mobile data centres and containers."""
    CONTROLS = "controls"
    """Industrial controllers and computers."""
    COOLING = "cooling"
    """Air handlers, dry coolers, chillers, coolant distribution."""
    DRONE = "drone"
    """Uncrewed aircraft."""
    FIRMWARE = "firmware"
    """Software for miners, sold apart from them."""
    IMMERSION = "immersion"
    """Tanks and fluids for immersion cooling."""
    INTERCOM = "intercom"
    """Door stations and access control."""
    INVERTER = "inverter"
    """Solar and storage inverters."""
    IOT = "iot"
    """Sensors and gateways for the internet of things."""
    MEMORY = "memory"
    """Memory chips and modules."""
    NETWORK = "network"
    """Network equipment of any kind, or of a kind that is not told."""
    ACCESS_POINT = "access-point"
    """Wireless access points and their controllers."""
    BASE_STATION = "base-station"
    """Base stations and core equipment of mobile networks."""
    CONSUMER_ROUTER = "consumer-router"
    """Routers and mesh systems sold for homes and small offices, installed by the customer."""
    CONSOLE_SERVER = "console-server"
    """Console servers and keyboard-video-mouse switches."""
    FIREWALL = "firewall"
    """Firewalls and security gateways for organisations."""
    ROUTER = "router"
    """Routers for organisations and carriers."""
    SATELLITE_TERMINAL = "satellite-terminal"
    """User terminals of satellite networks."""
    SWITCH = "switch"
    """Ethernet and data-centre switches."""
    TRANSPORT = "transport"
    """Optical transport and access nodes of carriers."""
    NVR = "nvr"
    """Recorders for video surveillance."""
    PC = "pc"
    """Computers, printers and other equipment of an office."""
    PDU = "pdu"
    """Rack power distribution and transfer switches."""
    POWER = "power"
    """Power equipment of any kind, or of a kind that is not told."""
    PSU = "psu"
    """Power supplies that are part of a machine."""
    SWITCHGEAR = "switchgear"
    """Panels, breakers and busways."""
    RADIO = "radio"
    """Two-way radios and radio links."""
    RELAY = "relay"
    """Protection relays."""
    ROBOT = "robot"
    """Ground robots."""
    SERVER = "server"
    """Servers and their boards."""
    STORAGE = "storage"
    """Disk arrays and storage systems."""
    TRANSFORMER = "transformer"
    """Power transformers."""
    UPS = "ups"
    """Uninterruptible power supplies."""

    @property
    def broader(self) -> Category:
        """The word of the upper level that says the same with less detail; a word of that level says itself."""
        return _BROADER.get(self, self)

    @property
    def narrower(self) -> frozenset[Category]:
        """The words below this one; what is only known by this word may be any of them."""
        return frozenset(word for word, above in _BROADER.items() if above is self)


_BROADER = {
    Category.ACCESS_POINT: Category.NETWORK,
    Category.BASE_STATION: Category.NETWORK,
    Category.CONSOLE_SERVER: Category.NETWORK,
    Category.CONSUMER_ROUTER: Category.NETWORK,
    Category.FIREWALL: Category.NETWORK,
    Category.ROUTER: Category.NETWORK,
    Category.SATELLITE_TERMINAL: Category.NETWORK,
    Category.SWITCH: Category.NETWORK,
    Category.TRANSPORT: Category.NETWORK,
    Category.BESS: Category.BATTERY,
    Category.IMMERSION: Category.COOLING,
    Category.MEMORY: Category.COMPONENT,
    Category.PSU: Category.POWER,
    Category.STORAGE: Category.SERVER,
    Category.SWITCHGEAR: Category.POWER,
}


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

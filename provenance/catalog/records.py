"""What the catalogue says: makers, models, product lines, plants, seats, serial schemes, registry blocks."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from provenance.catalog.terms import Category, RelationKind
from provenance.dates import Span
from provenance.evidence import Facet, Grade
from provenance.records import dataclass


class Confidence(StrEnum):
    """How well a fact is supported by its sources."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNVERIFIED = "unverified"
    """No source that a reader can open; shown, never used in a verdict or a notice."""


class PartKind(StrEnum):
    """What a serial number, or a model text, is the number of."""

    MACHINE = "machine"
    HASHBOARD = "hashboard"
    CONTROL_BOARD = "control-board"
    PSU = "psu"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Seat:
    """The seat of a maker, or of whoever controls it, over a time."""

    facet: Facet
    """`maker` or `owner`."""
    country: str
    """ISO 3166-1 alpha-2."""
    grade: Grade
    """register, published, registry-address or unsourced."""
    first: date | None
    last: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One maker's tie to another maker or outside company: parent, affiliate, white label, sold brand, former name."""

    kind: RelationKind
    other: str
    """A maker id where there is one, else a name."""
    first: date | None
    """The earliest day on which it can have begun; None where no source dates the beginning."""
    last: date | None
    """The latest day on which it can have ended; None where no source dates an end."""
    certain: Span | None
    """The days on which its sources show that it held; None where they show none, however likely it is."""
    some_goods: bool
    """Whether it holds for some goods of the maker only, and the sources do not say which."""
    confidence: Confidence
    source: str
    note: str
    began: str = ""
    """The beginning as its file has it, `2018-02`; empty where no source dates it."""
    ended: str = ""
    """The end as its file has it; `?` where it came on a day that no source names."""
    seen: str = ""
    """A day on which a source describes it as it then stood; empty where none does."""


@dataclass(frozen=True, slots=True)
class Plant:
    """One country where a maker is known to have assembled, over a time."""

    id: str
    country: str | None
    """None: a plant is known, its country is not."""
    activity: str
    """assembly, assembly-announced, contested-origin, chip-fab, ...; only assembly bears on manufacture."""
    first: date | None
    last: date | None
    models: tuple[str, ...]
    confidence: Confidence
    complete: bool
    """Whether its source calls the maker's list of plants complete; never assumed."""
    source: str
    note: str
    began: str = ""
    """The beginning as its file has it, `2021-10`; empty where no source dates it."""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """One maker."""

    id: str
    name: str
    category: str
    """The main word of its business, of `terms.Category`."""
    categories: tuple[str, ...]
    """All words of its business, the main one first; no complete list."""
    aliases: tuple[str, ...]
    """Names and brands that mean this maker, as written in the sources."""
    ambiguous_aliases: tuple[str, ...]
    """Aliases that also mean something else and never decide alone."""
    seats: tuple[Seat, ...]
    relations: tuple[Relation, ...]
    confidence: Confidence
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Model:
    """One model of a maker."""

    id: str
    maker: str
    name: str
    aliases: tuple[str, ...]
    firmware_names: tuple[str, ...]
    hashrates: tuple[str, ...]
    """Labels of its hashrate bins, `234T`; a check, never what decides a model."""
    algorithm: str | None
    confidence: Confidence
    sources: tuple[str, ...]
    cooling: str | None = None
    """air, hydro or immersion; None where no source says."""
    released: date | None = None
    """The first day on which it can have come on the market; None where no source says."""


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A numbering of a maker outside mining: a match names the label, never the hardware's maker or origin."""

    maker: str
    name: str
    pattern: str
    """Anchored at the start, matched on upper case text; linear-time syntax."""
    category: str
    """A word of `terms.Category`, as narrow as its sources allow."""
    shared_with: tuple[str, ...]
    needs_context: bool
    examples: tuple[str, ...]
    source: str

    @property
    def group(self) -> str:
        """The broader category: what a category column or a class of equipment in general terms means."""
        return Category(self.category).broader.value


@dataclass(frozen=True, slots=True)
class Family:
    """A name of a product family: it says whose label a machine bears, never the model."""

    maker: str
    name: str
    category: str
    confidence: Confidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class PartCode:
    """How firmware, labels and repair tools write a part of a maker's machines. It never decides a model."""

    id: str
    maker: str
    part: PartKind
    title: str
    pattern: str
    """Anchored at both ends, for text in upper case without blanks."""
    models: tuple[str, ...]
    """Ids of models that a source names for it; rarely all of them."""
    examples: tuple[str, ...]
    confidence: Confidence
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Firmware:
    """Firmware for miners, sold apart from them; it may change the model that a miner reports."""

    name: str
    aliases: tuple[str, ...]
    publisher: str | None
    """Who publishes it; None where no source says so."""
    maker: str | None
    """The publisher's id, where it is a maker of the catalogue."""
    runs_on: tuple[str, ...]
    """Ids of makers whose miners it is made for, as far as a source names them."""
    confidence: Confidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class SerialScheme:
    """A documented format of serial numbers."""

    id: str
    maker: str
    part: PartKind
    title: str
    pattern: str
    """Anchored at both ends; named groups are the fields that `date_rule` and `country_rule` read."""
    date_rule: str | None
    """How its groups date the unit: a name known to `serial_codes`."""
    country_rule: str | None
    """How its groups name a country: a name known to `serial_codes`; None for all miners."""
    codes: tuple[tuple[str, str], ...]
    """Location code to ISO country, where documented."""
    placeholder: bool
    """Whether a match means that there is no serial at all."""
    decides_maker: bool
    """Whether the shape is peculiar enough to be a witness for the maker."""
    confidence: Confidence
    sources: tuple[str, ...]


class Action(StrEnum):
    """What a catalogue of the user's own does to an entry of the embedded one."""

    ADDED = "added"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that a catalogue of the user's own adds, replaces or withdraws."""

    maker: str
    """Empty where the entry belongs to no maker."""
    kind: str
    """The list it stands in: `models`, `plants`, `relations`, ...; `maker` for a whole one."""
    id: str
    """What tells the entry from the others of its list."""
    action: Action


@dataclass(frozen=True, slots=True)
class OverlayInfo:
    """A catalogue of the user's own that lies over the embedded one."""

    name: str
    """The name of its folder."""
    sha256: str
    """Over the names and bytes of its files, in hex."""
    changes: tuple[Change, ...]

    def count(self, action: Action) -> int:
        """Return how many entries it adds, replaces or withdraws."""
        return sum(change.action is action for change in self.changes)


@dataclass(frozen=True, slots=True)
class Registration:
    """One block of the IEEE registry."""

    prefix: str
    """Upper-case hexadecimal digits."""
    bits: int
    """24, 28 or 36."""
    organisation: str
    country: str | None
    """Of the registrant's address; never evidence of origin."""
    maker: str | None
    """The catalogue's maker, where the registrant is one."""

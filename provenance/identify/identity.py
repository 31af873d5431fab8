"""What identifying a machine yields: readings of its texts, serial and MAC, and the identity they add up to."""

from __future__ import annotations

from enum import StrEnum

from provenance.catalog.records import PartKind
from provenance.dates import Span
from provenance.records import dataclass


class Tier(StrEnum):
    """How an answer was reached, best first; never a number."""

    EXACT = "exact"
    GRAMMAR = "grammar"
    FUZZY = "fuzzy"
    NONE = "none"

    @property
    def rank(self) -> int:
        """Position from 0, best first."""
        return _TIERS.index(self)


_TIERS = tuple(Tier)


class Kind(StrEnum):
    """What the text names."""

    MACHINE = "machine"
    PART = "part"
    OTHER = "other"
    UNKNOWN = "unknown"


RowTexts = tuple[str | None, str | None, str | None, str | None]
"""Maker, model, category and firmware of a row; None where there is no such column or the cell is empty."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """What the maker and model texts of one row say."""

    kind: Kind
    maker: str | None
    """Maker id; None when unknown or ambiguous."""
    maker_name: str | None
    maker_tier: Tier
    model: str | None
    """Model id; None when unknown or ambiguous."""
    model_name: str | None
    model_tier: Tier
    decided_by: str
    """In words: what decided, or why it abstains."""
    alternatives: tuple[str, ...]
    """Ids of models, or of makers, between which it abstains; sorted."""
    category: str | None
    """The category of the model, product line or maker."""


@dataclass(frozen=True, slots=True)
class SerialReading:
    """What a serial number says by a documented scheme."""

    scheme: str
    maker: str | None
    """The maker, where the shape is peculiar enough to say so."""
    part: PartKind
    placeholder: bool
    made: Span | None
    """When it was made, as far as the scheme dates it."""
    country: str | None
    """ISO country of a documented code, else None."""
    verified: bool
    """Whether the scheme is documented by its maker; an inferred one neither clears nor condemns."""


@dataclass(frozen=True, slots=True)
class SerialReadings:
    """What a serial number says, by the maker of the machine where the shape alone does not tell."""

    general: SerialReading | None
    """By a scheme whose shape is peculiar to one maker."""
    own: tuple[tuple[str, SerialReading | None], ...]
    """Per maker, by a scheme of that maker."""
    oddities: tuple[str, ...] = ()
    """What is odd about its text by itself; see `oddities.Oddity`."""
    zeros_lost: tuple[str, ...] = ()
    """Makers whose scheme it would fit with zeros in front, sorted."""

    def of(self, maker: str | None) -> SerialReading | None:
        """Return what it says on a machine of a maker."""
        return dict(self.own).get(maker, self.general) if maker is not None else self.general

    @property
    def placeholder(self) -> bool:
        """Whether it stands for no serial number at all, whoever made the machine."""
        return self.general is not None and self.general.placeholder

    @property
    def tells_units_apart(self) -> bool:
        """Whether it is a number of one unit: no placeholder, and not cut short by a spreadsheet."""
        return not self.placeholder and "serial-in-scientific-notation" not in self.oddities

    @property
    def made(self) -> Span | None:
        """When the unit was made, where all readings of the number for a machine date it alike."""
        readings = [self.general, *(reading for _, reading in self.own)]
        dated = {
            reading.made
            for reading in readings
            if reading is not None and not reading.placeholder and reading.part is PartKind.MACHINE
        }
        return dated.pop() if len(dated) == 1 else None


@dataclass(frozen=True, slots=True)
class MacReading:
    """Who registered the block of a MAC address: a witness for the maker of the network interface only."""

    organisation: str
    maker: str | None
    bits: int
    locally_administered: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """What a machine is, after all witnesses: the part of a case key that identification owns."""

    kind: Kind
    maker: str | None
    maker_name: str | None
    maker_tier: Tier
    model: str | None
    model_name: str | None
    model_tier: Tier
    category: str | None
    alternatives: tuple[str, ...]
    makers: tuple[str, ...]
    """Every maker it may be, sorted; empty means any."""
    decided_by: str
    disagreements: tuple[str, ...]
    """Sentences on witnesses that contradict each other, sorted."""

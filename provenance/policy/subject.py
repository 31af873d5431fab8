"""What a rule asks about: an origin of the goods, who their possible makers are, or what no inventory records."""

from __future__ import annotations

from enum import StrEnum

from provenance.evidence import Facet
from provenance.records import dataclass


class Related(StrEnum):
    """Which firms related to the maker of a machine a rule asks about too."""

    PARENTS = "parents"
    """Those that own or control the maker, and those that bought its brand."""
    SUBSIDIARIES = "subsidiaries"
    AFFILIATES = "affiliates"
    WHITE_LABELS = "white-labels"
    """Those whose hardware the maker sells under its own brand."""
    FORMER_NAMES = "former-names"


@dataclass(frozen=True, slots=True)
class FacetSubject:
    """The rule asks for one facet of the origin."""

    facet: Facet


@dataclass(frozen=True, slots=True)
class MakersSubject:
    """The rule asks whether a possible maker, or a firm related to it on the test date, is on a list."""

    include: tuple[Related, ...]
    """Sorted; empty: the maker alone."""


@dataclass(frozen=True, slots=True)
class UnrecordedSubject:
    """The rule asks what no inventory records: nothing that the program reads clears or condemns."""

    asks: str
    """In words: `who owns the business that runs the machine`."""


Subject = FacetSubject | MakersSubject | UnrecordedSubject

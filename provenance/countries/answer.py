"""What the resolver answers: the status of a text, the countries it names and the atoms it leaves open."""

from __future__ import annotations

from enum import StrEnum

from provenance.records import dataclass


class CountryStatus(StrEnum):
    """What a text says about a country of origin."""

    COUNTRY = "country"
    """It names one country."""
    SEVERAL = "several"
    """It lists several countries; the origin is one of them."""
    AMBIGUOUS = "ambiguous"
    """It can mean several countries, contradicts itself, or voices doubt."""
    UNKNOWN = "unknown"
    """It names no country of origin."""


@dataclass(frozen=True, slots=True)
class CountryAnswer:
    """The country of origin that a text gives, or why it gives none."""

    text: str
    """The text as it was asked."""
    status: CountryStatus
    """Whether a country is named."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes (or XK), sorted: those named, or the candidates of an ambiguous text."""
    atoms: frozenset[str]
    """The origins that the text leaves open; all of them where it names none or voices doubt."""
    reason: str
    """One short sentence for people."""

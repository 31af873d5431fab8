"""Countries of origin: the atoms that sets of origins are made of, and the reading of texts that name countries."""

from __future__ import annotations

from provenance.countries.answer import CountryAnswer, CountryStatus
from provenance.countries.atoms import ALL, UA_ATOMS, atoms_of, country_of, describe, label
from provenance.countries.names import resolve_country

__all__ = [
    "ALL",
    "UA_ATOMS",
    "CountryAnswer",
    "CountryStatus",
    "atoms_of",
    "country_of",
    "describe",
    "label",
    "resolve_country",
]

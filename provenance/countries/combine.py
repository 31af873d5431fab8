"""Two or more readings of parts of one text, made into one reading."""

from __future__ import annotations

from provenance.countries.answer import CountryStatus
from provenance.countries.atoms import ALL, label
from provenance.countries.table import Kind, Reading, ambiguous_reading

# Territories that ISO lists apart, and the state that is often written beside them.
_STATE_OF = {
    territory: state
    for state, territories in {
        "CN": "HK MO TW",
        "US": "PR GU VI AS MP UM",
        "FR": "RE GP MQ GF YT PM BL MF WF PF NC TF",
        "GB": "GI BM KY VG TC MS AI FK GG IM JE SH GS PN IO",
        "NL": "AW CW SX BQ",
        "DK": "GL FO",
        "NO": "SJ BV",
        "AU": "CX CC NF HM",
        "NZ": "CK NU TK",
        "FI": "AX",
    }.items()
    for territory in territories.split()
}


def pair(first: Reading, second: Reading) -> Reading | None:
    """Two names of what should be one country: "CN (China)", "Crimea, Ukraine", "CH - China".

    Returns:
        The country both agree on; an ambiguous reading if they disagree; None if one names no country at all.
    """
    if CountryStatus.UNKNOWN in (first.status, second.status):
        return _pair_with_union(first, second)
    if Kind.DOUBT in (first.kind, second.kind):
        return open_list([first, second])
    countries = set(first.countries) & set(second.countries)
    statuses = {first.status, second.status}
    if len(countries) == 1 and CountryStatus.COUNTRY in statuses and CountryStatus.SEVERAL not in statuses:
        atoms = first.atoms & second.atoms
        return _agreed(countries.pop(), atoms or first.atoms | second.atoms, first, second)
    one, other = first.countries, second.countries
    if len(one) == 1 and other == (_STATE_OF.get(one[0]),):
        return _with_state(first, other[0])
    bare_code = one == ("CN",) and first.kind is Kind.CODE  # "CN (Taiwan)": a list's code against its label
    if len(other) == 1 and one == (_STATE_OF.get(other[0]),) and not bare_code:
        return _with_state(second, one[0])
    if first.countries == second.countries:
        return first
    reason = f"contradicts itself: {_named(first)} and {_named(second)}"
    return ambiguous_reading({*first.countries, *second.countries}, first.atoms | second.atoms, reason)


def listing(readings: list[Reading]) -> Reading:
    """A list of countries ("CN/VN"): the origin is one of them.

    Args:
        readings: at least one, none of them unknown.
    """
    countries = {country for reading in readings for country in reading.countries}
    atoms = frozenset[str]().union(*(reading.atoms for reading in readings))
    if any(reading.status is CountryStatus.AMBIGUOUS for reading in readings):
        vague = next(reading for reading in readings if reading.status is CountryStatus.AMBIGUOUS)
        return ambiguous_reading(countries, atoms, vague.reason)
    if len(countries) == 1:
        return _agreed(countries.pop(), atoms, *readings[:2])
    places = [reading for reading in readings if reading.kind is Kind.PLACE]
    if places and len(readings) == 2:
        return ambiguous_reading(
            countries, atoms, f"contradicts itself: {' and '.join(map(_named, readings))}"
        )
    names = ", ".join(label(country) for country in sorted(countries))
    return Reading(CountryStatus.SEVERAL, tuple(sorted(countries)), atoms, f"lists {names}", Kind.NAME)


def open_list(readings: list[Reading]) -> Reading:
    """A list that leaves the door open ("China and others"): the candidates named, any origin possible."""
    countries = {country for reading in readings for country in reading.countries}
    return ambiguous_reading(countries, ALL, "names a country beside an unnamed or doubtful one", Kind.DOUBT)


def doubted(reading: Reading) -> Reading:
    """A reading of a text that voices doubt: the candidates named, any origin possible."""
    return ambiguous_reading(set(reading.countries), ALL, "voices doubt", Kind.DOUBT)


def pair_or_open(first: Reading, second: Reading) -> Reading | None:
    """Like `pair`, but a placeholder beside a country ("China - pending") leaves the list open."""
    named = [reading for reading in (first, second) if reading.countries]
    vague = [reading for reading in (first, second) if not reading.countries and reading.atoms == ALL]
    return open_list(named) if named and vague else pair(first, second)


def _with_state(territory: Reading, state: str) -> Reading:
    reason = f"{label(territory.countries[0])}, written with {label(state)}"
    return Reading(territory.status, territory.countries, territory.atoms, reason, Kind.NAME)


def _pair_with_union(first: Reading, second: Reading) -> Reading | None:
    known, other = (second, first) if first.status is CountryStatus.UNKNOWN else (first, second)
    agrees = known.status is CountryStatus.COUNTRY and known.atoms <= other.atoms != ALL
    return known if agrees else None


def _agreed(country: str, atoms: frozenset[str], *readings: Reading) -> Reading:
    first = readings[0]
    reason = first.reason if len(readings) == 1 else f"names {label(country)} more than once"
    return Reading(CountryStatus.COUNTRY, (country,), atoms, reason, first.kind)


def _named(reading: Reading) -> str:
    return " or ".join(label(country) for country in reading.countries)

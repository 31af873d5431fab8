"""Takes a text apart: statements of origin, brackets, lists and doubt, until only phrases of the table are left.

Each step is a fixed rule that either reads the whole text or leaves it to the next; a part that no rule reads
leaves the whole unread.
"""

from __future__ import annotations

import re

from provenance.countries import runs, wording
from provenance.countries.answer import CountryStatus
from provenance.countries.combine import doubted, listing, open_list, pair, pair_or_open
from provenance.countries.table import UNNAMED, Kind, Reading, ambiguous_reading, find_phrase
from provenance.expressions import expression

_DEEPEST = 6  # Nested brackets and prefixes; nothing seen goes beyond three.
_SHARE = expression(r"\(?\b\d{1,3}(?:[.,]\d+)?\s*%\)?")
_YEAR = expression(r"(?:[,(\s]+|^)(?:19|20)\d\d\s?(?:г\.?\s?в?\.?|года?|year|年)?\)?$", re.IGNORECASE)
_OPEN_END = expression(r"[,\s]*\b(?:etc|et\s?al|usw|и\s(?:др|т\.\s?д)|等)\.?$", re.IGNORECASE)
_STRONG = expression(
    r"\s*(?:[/;|\n+、；／｜]|\band/or\b|&|\bor\b|\bи/или\b|\bили\b|\boder\b|(?<=\s)ou\b|\bhoặc\b|或者?|または|또는)\s*",
    re.IGNORECASE,
)
_AND = expression(
    r"\s+(?:and|und|y|et|e|и|та|i|en|och|og|ve|và|dan|و|as well as|plus)\s+|\s*(?:和|与|及|と)\s*",
    re.IGNORECASE,
)
_BRACKETS = expression(
    r"(?P<outer>[^()\[\]{}<>]*?)\s*[(\[{<](?P<inner>[^()\[\]{}<>]+)[)\]}>]\s*(?P<after>[^()\[\]{}<>]*)"
)


def read(text: str, depth: int = 0) -> Reading | None:
    """The reading of a text.

    Args:
        text: a cleaned text, not empty.
        depth: how many steps have been taken apart already.

    Returns:
        The reading, or None if the text holds anything that is no country and no word of origin.
    """
    bare = wording.trim(text)
    for phrase in (text, bare):
        found = find_phrase(phrase) if phrase and not phrase.endswith(("?", "？")) else None
        if found is not None:
            return found
    if not bare or depth > _DEEPEST:
        return None
    found = runs.code_beside_name(bare) or _doubt(text, depth + 1)
    if found is not None or wording.denies(bare):
        return found
    for step in (_statements, _suffixed, _open_ended, _bracketed, _articled, _listed, _run):
        found = step(bare, depth + 1)
        if found is not None:
            return found
    return None


def _doubt(text: str, depth: int) -> Reading | None:
    """Reads "China?", "probably China": the country named is a candidate only."""
    sure = wording.strip_doubt(text)
    inner = read(sure, depth) if sure else None
    if inner is None or inner.status is CountryStatus.UNKNOWN:
        return find_phrase(text)
    return doubted(inner)


def _statements(text: str, depth: int) -> Reading | None:
    """Reads "Designed in X, assembled in Y": the origin is what the statements of making say."""
    clauses = wording.split_clauses(text)
    if len(clauses) == 1:
        return UNNAMED if wording.speaks_of_another_act(text) else _prefixed(text, depth)
    makings = [clause for clause in clauses if not wording.speaks_of_another_act(clause)]
    return _all_named([read(clause, depth) for clause in makings])


def _prefixed(text: str, depth: int) -> Reading | None:
    """Reads "Made in X", "Made in X of Chinese parts"."""
    rest = wording.strip_origin_prefix(text)
    if rest is None:
        return None
    foreign = wording.split_foreign_parts(rest)
    if foreign is None:
        return read(rest, depth) or _read_other(wording.strip_article(rest), rest, depth)
    place, source = (read(part, depth) for part in foreign)
    if place is None or not place.countries:
        return None
    reason = "made in one country of parts from another: where it originates must be decided"
    if source is None or not source.countries:
        return ambiguous_reading(set(place.countries), UNNAMED.atoms, reason)
    return ambiguous_reading({*place.countries, *source.countries}, place.atoms | source.atoms, reason)


def _suffixed(text: str, depth: int) -> Reading | None:
    """Reads "China made", "中国製"."""
    rest = wording.strip_origin_suffix(text)
    return read(rest, depth) if rest is not None else None


def _open_ended(text: str, depth: int) -> Reading | None:
    """Reads "China, etc."; also shares ("60% China") and years, which say nothing about where."""
    closed = _SHARE.sub("", _OPEN_END.sub("", text)).strip()
    if _OPEN_END.search(text):
        found = read(closed, depth) if closed else None
        return open_list([found]) if found is not None and found.countries else None
    return _read_other(_YEAR.sub("", closed), text, depth)


def _bracketed(text: str, depth: int) -> Reading | None:
    """Reads "CN (China)", "China [CN]", "(CN) China"."""
    match = _BRACKETS.fullmatch(text)
    if match is None:
        return None
    outer = " ".join(part for part in (match["outer"].strip(" ,-"), match["after"].strip(" ,-")) if part)
    if not outer:
        return read(match["inner"].strip(), depth)
    first, second = read(outer, depth), read(match["inner"].strip(), depth)
    return None if first is None or second is None else pair_or_open(first, second)


def _articled(text: str, depth: int) -> Reading | None:
    return _read_other(wording.strip_article(text), text, depth)


def _listed(text: str, depth: int) -> Reading | None:
    """Reads "CN/VN", "China; Vietnam", "China or Vietnam", "China and Vietnam"."""
    for separator in (_STRONG, _AND):
        parts = [part for part in separator.split(text) if part]
        if len(parts) > 1:
            return _list_of(parts, depth) or _read_other(text.replace("\n", " "), text, depth)
    return None


def _list_of(parts: list[str], depth: int) -> Reading | None:
    readings = [reading for part in parts if (reading := read(part, depth)) is not None]
    if len(readings) < len(parts):
        return None
    if len(readings) == 2 and {reading.kind for reading in readings} == {Kind.CODE, Kind.NAME}:
        both = pair(*readings)
        if both is not None and all(set(both.countries) <= set(reading.countries) for reading in readings):
            return both
    named = [reading for reading in readings if reading.countries]
    if not named:
        return UNNAMED
    return listing(named) if len(named) == len(readings) else open_list(named)


def _run(text: str, depth: int) -> Reading | None:
    """Names in a row: with commas, with hyphens, or side by side."""
    parts = runs.split_commas(text)
    if len(parts) > 1:
        return runs.read_commas(parts) or _list_of(parts, depth)
    if parts and parts[0] != text:
        return read(parts[0], depth)
    pieces = runs.split_dashes(text)
    if len(pieces) > 1:
        return runs.read_dashes(pieces) or (_list_of(pieces, depth) if len(pieces) > 2 else None)
    return runs.read_side_by_side(text)


def _all_named(readings: list[Reading | None]) -> Reading | None:
    named = [
        reading for reading in readings if reading is not None and reading.status is not CountryStatus.UNKNOWN
    ]
    return listing(named) if named and len(named) == len(readings) else None


def _read_other(text: str, before: str, depth: int) -> Reading | None:
    return read(text, depth) if text and text != before else None

"""Names in a row, parted by commas, hyphens or blanks: one country twice, a list, or an address.

A comma may belong to a name ("Korea, Republic of"), part a list ("China, Vietnam"), or lead to the country of an
address ("Unit III, Chennai, India"); the rules here say which.
"""

from __future__ import annotations

import re

from provenance.countries import wording
from provenance.countries.answer import CountryStatus
from provenance.countries.combine import listing, open_list, pair, pair_or_open
from provenance.countries.table import UNNAMED, Kind, Reading, ambiguous_reading, find_phrase
from provenance.expressions import expression

_COMMA = expression(r"\s*[,，]\s*")
_DASH = expression(r"\s*[-–—:=~]+>?\s*")
_LIST_SIGN = expression(r"[/;|\n+、]|\bor\b", re.IGNORECASE)
# Parts of a line in an inventory that say nothing about where: a year of make, an inventory number.
_NOISE = expression(
    r"""(?:19|20)\d\d\s?(?:г\.?\s?в?\.?|года?(\sвыпуска)?|year)?|г\.?\s?в\.?\s?(?:19|20)\d\d
    |(?:инв|сер|зав)\.?\s?(?:№|no\.?)\s?[\d.\s-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_SCRIPTS = expression(
    r"(?<=[\u2e80-\u9fff\uac00-\ud7af])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u2e80-\u9fff\uac00-\ud7af])"
)
_PHRASES_OF_CODES = frozenset(
    {"to be", "is it", "as is", "in do", "so be it", "by me", "as in", "as per", "is in"}
)
_LONGEST_NAME = 4  # commas in no name part more than three
_MOST_WORDS = 8


def split_commas(text: str) -> list[str]:
    """The parts between commas that may say where."""
    return [part for part in _COMMA.split(text) if part and not _NOISE.fullmatch(part)]


def read_commas(parts: list[str]) -> Reading | None:
    """What parts between commas say together, or None."""
    segments = _segments(parts)
    if segments is None:
        inverted = find_phrase(f"{parts[1]} {parts[0]}") if len(parts) == 2 else None
        return inverted or _address(parts)
    named = [segment for segment in segments if segment.countries]
    if len(named) < len(segments):
        return open_list(named) if named else UNNAMED
    if len(segments) == 2 and _is_one_country_twice(*segments):
        return pair(*segments)
    return _nested(named) if any(segment.kind is Kind.PLACE for segment in segments) else listing(named)


def split_dashes(text: str) -> list[str]:
    """The parts between hyphens, dashes, colons and equal signs."""
    return [part for part in _DASH.split(text) if part]


def read_dashes(parts: list[str]) -> Reading | None:
    """Reads "CHINA - CN" and "CN: China" name one country; "China-Vietnam" lists two; "CH - China" contradicts itself."""
    for cut in range(1, len(parts)):
        first, second = find_phrase("-".join(parts[:cut])), find_phrase("-".join(parts[cut:]))
        if first is not None and second is not None:
            both = pair_or_open(first, second)
            same_kind = first.kind is second.kind is not Kind.PLACE
            disagree = both is not None and both.status is CountryStatus.AMBIGUOUS
            return (
                listing([first, second])
                if same_kind and disagree and first.countries and second.countries
                else both
            )
    return None


def read_side_by_side(text: str) -> Reading | None:
    """Reads "中国 China", "CN VN", "中国广东": names or codes parted by blanks, by a change of script or by nothing."""
    words = _SCRIPTS.sub(" ", text).split()
    if len(words) == 1:
        return _ideographs(text)
    if len(words) > _MOST_WORDS:
        return None
    readings = [find_phrase(word) for word in words]
    codes = [reading for reading in readings if reading is not None and reading.kind is Kind.CODE]
    if len(codes) == len(words):
        return None if text.lower() in _PHRASES_OF_CODES else listing(codes)
    for cut in range(1, len(words)):
        first, second = find_phrase(" ".join(words[:cut])), find_phrase(" ".join(words[cut:]))
        if first is not None and second is not None and first.countries and second.countries:
            both = pair(first, second)
            if both is not None and both.status is CountryStatus.COUNTRY:
                return both
            countries = {*first.countries, *second.countries}
            return ambiguous_reading(countries, first.atoms | second.atoms, "two countries side by side")
    return None


def code_beside_name(text: str) -> Reading | None:
    """Reads "NO - Norway", "IN, INDIA": a code and a name that agree, read before small words count as words."""
    words = re.split(r"[\s,:=/-]+", text)
    if len(words) < 2:
        return None
    for code, rest in ((words[0], text[len(words[0]) :]), (words[-1], text[: -len(words[-1]) or None])):
        if len(code) not in (2, 3) or not code.isupper() or not code.isalnum():
            continue
        first, second = find_phrase(code), find_phrase(wording.trim(rest))
        kinds = (first.kind, second.kind) if first is not None and second is not None else None
        if first is not None and second is not None and kinds == (Kind.CODE, Kind.NAME):
            both = pair(first, second)
            if both is not None and both.countries == first.countries == second.countries:
                return both
    return None


def _is_one_country_twice(first: Reading, second: Reading) -> bool:
    """Whether "X, Y" reads as one country twice: a code and a name, or a territory and its state after it."""
    if (first.kind is Kind.CODE) != (second.kind is Kind.CODE):
        return True
    both = pair(first, second)
    return both is not None and both.status is CountryStatus.COUNTRY and both.countries == first.countries


def _nested(segments: list[Reading]) -> Reading:
    """Joins "Shenzhen, Guangdong, China": each part lies in the next."""
    joined = segments[0]
    for segment in segments[1:]:
        joined = pair(joined, segment) or joined
    return joined


def _segments(parts: list[str]) -> list[Reading] | None:
    """Cut parts into runs that are each one name, the longest run first; None if that leaves a part over."""
    if not parts:
        return []
    for size in range(min(len(parts), _LONGEST_NAME), 0, -1):
        head = find_phrase(", ".join(parts[:size]))
        if head is None and size == 1:
            head = find_phrase(wording.trim(parts[0])) or code_beside_name(parts[0])
        rest = _segments(parts[size:]) if head is not None else None
        if head is not None and rest is not None:
            return [head, *rest]
    return None


def _address(parts: list[str]) -> Reading | None:
    """Reads "Unit III, Chennai, India": a company or a place before the name of a country at the end."""
    for size in (2, 1):
        tail, before = parts[-size:], parts[:-size]
        found = find_phrase(wording.trim(", ".join(tail)))
        if (
            found is None
            or not found.countries
            or found.kind is Kind.CODE
            or not before
            or tail[0][0].islower()
        ):
            continue
        if any(_LIST_SIGN.search(part) or wording.speaks_of_another_act(part) for part in before):
            return None
        others = [
            other
            for part in before
            if (other := find_phrase(part)) is not None and other.kind is not Kind.CODE
        ]
        if any(other.status is CountryStatus.UNKNOWN for other in others):
            return open_list([found])
        return _nested([*others, found])
    return None


def _ideographs(text: str) -> Reading | None:
    """Reads "中国广东": a country and a place in it, written without a blank."""
    if not 3 <= len(text) <= 12 or text[0] < "\u2e80":
        return None
    for cut in range(2, len(text) - 1):
        first, second = find_phrase(text[:cut]), find_phrase(text[cut:])
        both = pair(first, second) if first is not None and second is not None else None
        if both is not None and both.status is CountryStatus.COUNTRY:
            return both
    return None

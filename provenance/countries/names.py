"""A country-of-origin text in any style and language, turned into atoms.

The text as a whole is looked up first; only then is it taken apart by fixed rules (`reader`). Nothing is matched by
likeness. A text that holds anything else beside countries and words of origin stays unread.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from provenance.countries.answer import CountryAnswer
from provenance.countries.fold import repair_encoding
from provenance.countries.table import UNNAMED, Reading, find_phrase
from provenance.expressions import expression

LONGEST = 300
"""Characters beyond which a text is prose, not an origin."""
REMEMBERED = 1 << 16
"""Texts whose answers are kept: a fleet repeats few of them."""

_SPACE = expression(r"[^\S\n]+")
_BREAKS = expression(r"\s*[\n\r\t\v\f\u2028\u2029]+\s*")
_INVISIBLE = expression("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff]")
_ORDINAL = expression(r"\d+(?:st|nd|rd|th|г|年|月|日)", re.IGNORECASE)
_TOKEN = expression(r"[^\W_]+(?:-\d[^\W_]*)?")


def resolve_country(text: str) -> CountryAnswer:
    """The country of origin that a text gives.

    Args:
        text: the text of a cell, a label or a field, in any language.

    Returns:
        The answer; "ambiguous" and "unknown" are answers, and no text raises.
    """
    return _resolve(text)


@lru_cache(maxsize=REMEMBERED)
def _resolve(text: str) -> CountryAnswer:
    cleaned = _clean(text)
    found = _find(cleaned) if 0 < len(cleaned) <= LONGEST else None
    if found is None:
        return CountryAnswer(text, UNNAMED.status, (), UNNAMED.atoms, _why_unread(cleaned))
    return CountryAnswer(text, found.status, found.countries, found.atoms, found.reason)


def _find(text: str) -> Reading | None:
    if not text.endswith(("?", "？")):
        found = find_phrase(text)
        if found is not None:
            return found
    if _has_model_code(text):
        return None
    # Few texts are not in the table as they stand; what takes one apart is loaded for the first of them.
    from provenance.countries.reader import read

    return read(text)


def _why_unread(text: str) -> str:
    if not text:
        return "blank"
    if len(text) > LONGEST:
        return "too long to be an origin"
    from provenance.countries import wording

    if wording.denies(text):
        return "says what the origin is not, or names none"
    return UNNAMED.reason


def _clean(text: str) -> str:
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", repair_encoding(text)))
    return _SPACE.sub(" ", _BREAKS.sub("\n", text.replace("\0", " ").strip())).strip()


def _has_model_code(text: str) -> bool:
    """Whether a word mixes letters and digits as model numbers do: such a text speaks of a machine."""
    if not any(map(str.isdigit, text)):
        return False
    for token in _TOKEN.findall(text):
        mixed = any(c.isdigit() for c in token) and any(c.isalpha() for c in token)
        if mixed and not _ORDINAL.fullmatch(token) and find_phrase(token) is None:
            return True
    return False

"""The table of names: `codes.json` and `names.txt`, loaded once at first use, and the lookup of one phrase in it.

NOTICE: These files hold names and codes of territories from the Unicode CLDR, copyright Unicode, Inc., under the
Unicode License v3 (https://www.unicode.org/license.txt), joined with hand-checked aliases by
`tools/build_country_names.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

from provenance.countries.answer import CountryStatus
from provenance.countries.atoms import ALL, atoms_of, country_of, label
from provenance.countries.fold import damaged, fold, strip_marks, unmix, word_bag
from provenance.countries.subdivisions import subdivision
from provenance.expressions import expression
from provenance.records import dataclass


class Kind(StrEnum):
    """What sort of text a reading rests on."""

    CODE = "code"
    NAME = "name"
    PLACE = "place"
    DOUBT = "doubt"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one phrase means, before it is tied to the text asked about."""

    status: CountryStatus
    """Whether it names a country."""
    countries: tuple[str, ...]
    """The countries named, or the candidates."""
    atoms: frozenset[str]
    """What it leaves open."""
    reason: str
    """Why, in a sentence."""
    kind: Kind
    """Code, name, place or nothing."""


@dataclass(frozen=True, slots=True)
class _Data:
    """The file of codes: alpha-2, alpha-3 and numeric ones, each with its alpha-2 code; English labels."""

    codes: dict[str, str]
    labels: dict[str, str]


_WHY = {
    "adjective": "adjective of nationality",
    "cldr": "name",
    "declined": "declined form of the name",
    "former": "former name, today",
    "misspelt": "usual misspelling",
    "name": "name",
    "other": "name",
    "rare": "name",
    "region": "area inside the country",
    "short": "usual short code",
}
_WHY_NOTHING = {
    "placeholder": "a placeholder, not a country",
    "several": "names no country in particular",
    "word": "a word that names no country",
    "region": "a part of the world, not a country",
    "european-union": "the European Union: a member state, not told which",
}
# Small words of English that are codes too: only capitals read as the code.
_WORDS_LIKE_CODES = frozenset(
    """am an and ang are as at ban be bel ben bot bra by cam can cm co cod cog col com cub din do dom est fin gin gum
    id in is it jam kg km lie mac mad mar me mg ml mm mr ms my no nor pan per pm sin so spa sur tan to ton tv
    vat""".split()  # noqa: SIM905 - a table reads better as text
)
# Texts with one candidate that may just as well name no country: "Columbia", "NA", "Mainland", a free zone.
_PERHAPS_NONE = frozenset({"CO", "NA", "CN", "PA"})
_CODE = expression(r"[A-Za-z]{2,3}|[0-9]{3}")
_DAMAGED = expression(r"\w[?\ufffd]|[?\ufffd]\w")
_JOINED = expression(r"[/;|\n+、；]")
_FLAG_A = 0x1F1E6
_NOT_AVAILABLE = expression(r"#?n\s*[./\\]\s*a\.?", re.IGNORECASE)
UNNAMED = Reading(CountryStatus.UNKNOWN, (), ALL, "names no country that is known", Kind.NOTHING)


def find_phrase(text: str) -> Reading | None:
    """What a phrase means that is nothing but a code, a name, a place or a known non-country.

    Args:
        text: a phrase without blanks around it.

    Returns:
        The reading, or None if the phrase as a whole is not in the table.
    """
    if _NOT_AVAILABLE.fullmatch(text):
        return _nothing("placeholder")
    coded = _find_code(text)
    if coded is not None:
        return coded
    joined = _JOINED.search(text) is not None
    for key in _keys(text):
        found = _named(key)
        if joined and found is not None and found[0] != "nothing":
            return None  # "China/Taiwan" is a list, whatever its letters spell without the stroke
        if found is not None and (found[0] != "short" or text.isupper()):
            return _reading(*found)
    return None


def labels() -> dict[str, str]:
    """English short names by alpha-2 code."""
    return _data().labels


def country_reading(code: str, reason: str, kind: Kind) -> Reading:
    """The reading of a text that names one country."""
    return Reading(CountryStatus.COUNTRY, (code,), atoms_of(code), reason, kind)


def ambiguous_reading(
    countries: set[str], atoms: frozenset[str], reason: str, kind: Kind = Kind.NAME
) -> Reading:
    """The reading of a text that can mean several things."""
    return Reading(CountryStatus.AMBIGUOUS, tuple(sorted(countries)), atoms, reason, kind)


def _find_code(text: str) -> Reading | None:
    if not _CODE.fullmatch(text):
        return _find_flag_or_subdivision(text)
    lower = text.lower()
    if lower in _WORDS_LIKE_CODES and not text.isupper():
        return _word_or_code(text)
    code = _codes().get(text.upper())
    if code is None or (text.istitle() and len(text) == 3 and _named(lower) is not None):
        return None  # "Nga" is Vietnamese for Russia; the code is written NGA
    return country_reading(code, f"ISO 3166-1 code of {label(code)}", Kind.CODE)


def _find_flag_or_subdivision(text: str) -> Reading | None:
    if len(text) == 2 and all(0 <= ord(c) - _FLAG_A < 26 for c in text):
        code = "".join(chr(ord("A") + ord(c) - _FLAG_A) for c in text)
        found = _codes().get(code)
        if found is not None:
            return country_reading(found, f"flag of {label(found)}", Kind.CODE)
        return _nothing("european-union") if code == "EU" else None
    inside = subdivision(text, _codes())
    if inside is None:
        return None
    country, atoms = inside
    why = f"ISO 3166-2 code of a part of {label(country)}"
    return Reading(CountryStatus.COUNTRY, (country,), atoms, why, Kind.CODE)


def _word_or_code(text: str) -> Reading | None:
    lower = text.lower()
    if lower == "no":
        return _nothing("word")
    code = _codes().get(text.upper())
    if code is None or len(text) == 3:
        return None
    return ambiguous_reading({code}, ALL, f"the code of {label(code)} or the word “{text}”")


def _keys(text: str) -> Iterator[str]:
    key = fold(text)
    yield key
    if " " in text or "," in text or "-" in text:
        yield word_bag(text)
    if not text.isascii():
        yield strip_marks(key)
        yield from unmix(key)
    if _DAMAGED.search(text):
        yield damaged(text)


@cache
def _reading(section: str, target: str) -> Reading:
    if section == "nothing":
        return _nothing(target)
    targets = target.split()
    atoms = frozenset[str]().union(*map(atoms_of, targets))
    countries = tuple(sorted({country_of(t) for t in targets}))
    names = " or ".join(label(c) for c in countries)
    if section == "ambiguous" or len(countries) > 1:
        if target in _PERHAPS_NONE:
            atoms = ALL
        return Reading(CountryStatus.AMBIGUOUS, countries, atoms, f"can mean {names}", Kind.NAME)
    kind = {"region": Kind.PLACE, "short": Kind.CODE}.get(section, Kind.NAME)
    return Reading(CountryStatus.COUNTRY, countries, atoms, f"{_WHY[section]} of {names}", kind)


@cache
def _nothing(why: str) -> Reading:
    atoms = atoms_of("EU") if why == "european-union" else ALL
    return Reading(CountryStatus.UNKNOWN, (), atoms, _WHY_NOTHING[why], Kind.NOTHING)


def _named(key: str) -> tuple[str, str] | None:
    """What the table says of a key: the section and the target."""
    begin = f"{key}\t".encode("utf-8", "surrogatepass")
    table = _table()
    # Few keys are asked for, so that none are indexed: the line is found by halving what is left of the table.
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        stop = table.index(b"\n", start) + 1
        line = table[start:stop]
        if line.startswith(begin):
            section, target = line[len(begin) :].decode().rstrip().split("\t")
            return section, target
        low, high = (stop, high) if line < begin else (low, start)
    return None


@cache
def _table() -> bytes:
    """Lines of key, section and target, parted by tabs, in the order of their bytes."""
    return Path(__file__).with_name("names.txt").read_bytes()


def _codes() -> dict[str, str]:
    return _data().codes


@cache
def _data() -> _Data:
    return _Data(**json.loads(Path(__file__).with_name("codes.json").read_bytes()))

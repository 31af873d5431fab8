"""What the values of a column look like, read from a sample: addresses, codes, dates, countries, amounts, running numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from provenance.expressions import expression
from provenance.inventory.known import Known
from provenance.inventory.vocabulary import load_vocabulary, squash
from provenance.records import dataclass

_SAMPLE = 400
"""Values looked at; the head of a sheet is longer, but more values change no decision."""
_LONGEST = 256
"""Characters of a cell that are looked at: what a cell holds shows in its beginning, and patterns take their time."""
_ASKED = 40
"""Distinct values that are asked whether they name a country, a maker or a product: more change no decision."""
_NAME = 120
"""Characters above which a value is no name but a text."""

MAC = expression(
    r"^(?:[0-9A-Fa-f]{2}([:\- .]))(?:[0-9A-Fa-f]{2}\1){3,6}[0-9A-Fa-f]{2}$|^(?:[0-9A-Fa-f]{4}[.:\-]){2}[0-9A-Fa-f]{4}$"
)
_MAC_BARE = expression(r"^[0-9A-Fa-f]{12}$")
_IP = expression(r"^(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5}|/\d{1,2}|\s*[-/]\s*[\d.]+)?$")
_UUID = expression(r"^\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?$")
_DATE = expression(
    r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}年\d{1,2}月\d{1,2}日?"
    r"|\d{1,2}[ -][A-Za-z]{3,9}[ -,]+\d{2,4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4})(?:[ T]\d{1,2}:\d{2}.*)?$"
)
_YEAR = expression(r"^(?:19|20)\d{2}(?:[-/.]\d{1,2})?$|^[A-Za-z]{3,9}[ -](?:19|20)\d{2}$")
_NUMBER = expression(r"^[-+]?[$€£¥]?\s?\d[\d ,.'\u00a0]*(?:[eE][-+]?\d+)?\s?%?$")
_AMOUNT = expression(r"^[-+]?[$€£¥]?\s?\d[\d ,.']*\s?[^\W\d_]{0,6}(?:/[^\W\d_]{1,4})?\.?$")
_INTEGER = expression(r"^\d+(?:\.0+)?$")
_HASHRATE = expression(
    r"^\d[\d.,]*\s?(?:[kKMGTPE](?:[hH](?:/?[sS])?|[sS]ol(?:/?s)?)?|[kKMGTPE]?[hH]/[sS]|[tT][hH][sS]?|[sS]ol/s)$"
)
_WATT = expression(r"^\d[\d.,]*\s?k?W$", re.IGNORECASE)
_CODE = expression(r"^[A-Za-z0-9][A-Za-z0-9\-_/.:]{4,63}$")
_SENTENCE = expression(r"^(?:\S+\s+){4,}\S+\.$")
_PROSE = expression(r"^(?:[^\s\d]+\s+){5,}[^\s\d]+$|^(?:\S+\s+){4,}\S+\.$")
_END = expression(r"(\d{1,9})$")
_MODEL_WORDS = expression(r"[A-Za-z][A-Za-z\- ]*\d|\d[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Content:
    """Shares, from 0 to 1, of the filled values of one column; placeholders and comments are left out."""

    count: int
    distinct: float
    """Distinct values per value."""
    mac: float
    ip: float
    uuid: float
    date: float
    year: float
    """Years and months without a day."""
    number: float
    amount: float
    """Numbers, with or without a unit."""
    integer: float
    hashrate: float
    watt: float
    running: bool
    """Whether it only counts the rows."""
    code: float
    """One word of five characters and more with a digit, as serial numbers are."""
    letters: float
    """Values with a letter in them."""
    words: float
    """Values of two words and more."""
    modelish: float
    """Values in which letters and digits meet, as model names have it."""
    sentences: float
    """Values of five words and more that end in a full stop."""
    prose: float
    """Values of six words and more without a digit, or sentences."""
    boolean: float
    """Values that say yes or no."""
    brand: float
    """Values that are nothing but the name of a known brand."""
    brand_first: float
    """Values that begin with the name of a known brand."""
    length: float
    """Mean number of characters."""
    values: tuple[str, ...]
    """The distinct values of the sample, in order."""

    def country(self) -> float:
        """Return the share of distinct values that name one country or several; asked only where it matters."""
        from provenance.countries import CountryStatus, resolve_country

        asked = self.values[:_ASKED]
        named = sum(resolve_country(value).status is not CountryStatus.UNKNOWN for value in asked)
        return named / len(asked) if asked else 0.0

    def makers(self, known: Known) -> float:
        """Return the share of distinct values that are the name of a maker."""
        return self._share(known.maker)

    def products(self, known: Known) -> float:
        """Return the share of distinct values that name a product."""
        return self._share(known.product)

    def serials(self, known: Known) -> float:
        """Return the share of distinct values that have the shape of a maker's serial numbers."""
        return self._share(known.serial)

    def _share(self, question: Callable[[str], bool]) -> float:
        asked = [value for value in self.values if len(value) <= _NAME][:_ASKED]
        return sum(map(question, asked)) / len(asked) if asked else 0.0


def read_content(values: Iterable[str]) -> Content:
    """Describe the values of a column.

    Args:
        values: Its cells as text, in order; blank ones are passed over.
    """
    sample = _sample(values)
    distinct = tuple(dict.fromkeys(sample))
    count = len(sample)
    vocabulary = load_vocabulary()
    brands = vocabulary.brands

    def share(pattern: re.Pattern[str]) -> float:
        return sum(pattern.search(value) is not None for value in sample) / count if count else 0.0

    def part(hits: int) -> float:
        return hits / count if count else 0.0

    macs = sum(
        MAC.match(value) is not None or (_MAC_BARE.match(value) is not None and _mixed(value))
        for value in sample
    )
    return Content(
        count=count,
        distinct=part(len(distinct)),
        mac=part(macs),
        ip=share(_IP),
        uuid=share(_UUID),
        date=share(_DATE),
        year=share(_YEAR),
        number=share(_NUMBER),
        amount=share(_AMOUNT),
        integer=share(_INTEGER),
        hashrate=share(_HASHRATE),
        watt=share(_WATT),
        running=_counts(sample),
        code=part(
            sum(_CODE.match(value) is not None and any(c.isdigit() for c in value) for value in sample)
        ),
        letters=part(sum(any(letter.isalpha() for letter in value) for value in sample)),
        words=part(sum(" " in value for value in sample)),
        modelish=share(_MODEL_WORDS),
        sentences=share(_SENTENCE),
        prose=share(_PROSE),
        boolean=part(sum(value.casefold() in vocabulary.boolean for value in sample)),
        brand=part(sum(squash(value) in brands for value in sample)),
        brand_first=part(sum(_begins_with_brand(value, brands) for value in sample)),
        length=part(sum(map(len, sample))),
        values=distinct,
    )


def is_placeholder(value: str) -> bool:
    """Return whether a cell says nothing: blank, or a word for nothing."""
    text = value.strip()
    return not text or text.casefold() in load_vocabulary().placeholder


def numbered(values: Sequence[str]) -> bool:
    """Return whether texts end in figures that mostly go up by one, as tags that somebody gave out do."""
    ends = [int(match[1]) for value in values if (match := _END.search(value))]
    steps = [after - before for before, after in pairwise(ends)]
    return bool(steps) and sum(step == 1 for step in steps) >= 0.5 * len(steps)


def counts_rows(values: Iterable[str]) -> bool:
    """Return whether the values of a column only count its rows."""
    return _counts(_sample(values))


def _sample(values: Iterable[str]) -> list[str]:
    placeholder = load_vocabulary().placeholder
    sample: list[str] = []
    for value in values:
        text = value[:_LONGEST].strip()
        if text and text.casefold() not in placeholder and not text.startswith("# "):
            sample.append(text)
            if len(sample) == _SAMPLE:
                break
    return sample


def _mixed(value: str) -> bool:
    """Whether twelve hex digits hold letters and digits; all digits may be any number."""
    return not value.isdigit() and not value.isalpha()


@lru_cache(maxsize=4)
def _beginnings(brands: frozenset[str]) -> frozenset[str]:
    """The first two letters of brands: hardly any other text begins like one of them."""
    return frozenset(brand[:2] for brand in brands)


def _begins_with_brand(value: str, brands: frozenset[str]) -> bool:
    begin = value[:2].casefold()
    if begin.isascii() and begin.isalnum() and begin not in _beginnings(brands):
        return False
    words = value.split(" ", 2)
    return squash(words[0]) in brands or (len(words) > 1 and squash(words[0] + words[1]) in brands)


def _counts(sample: Sequence[str]) -> bool:
    """Whether the values only count the rows: small whole numbers going up by one, repeats and new starts allowed."""
    if len(sample) < 3:
        return False
    numbers: list[int] = []
    for value in sample:
        if not _INTEGER.match(value) or len(value) > 9:
            return False
        numbers.append(int(float(value)))
    steps = [after - before for before, after in pairwise(numbers)]
    up = sum(step == 1 for step in steps)
    same = sum(step == 0 for step in steps)
    again = sum(step < 0 and after <= 1 for step, after in zip(steps, numbers[1:], strict=True))
    counted = up + same + (again if up > 2 * again else 0)
    return numbers[0] <= 1000 and up >= 0.5 * len(steps) and counted >= 0.9 * len(steps)

"""What the values of a column look like, read from a sample: addresses, codes, dates, countries, amounts, running numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from provenance.expressions import expression
from provenance.inventory.known import Known
from provenance.inventory.vocabulary import load_vocabulary, squash

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


class Content:
    """Shares, from 0 to 1, of the filled values of one column; placeholders and comments are left out.

    A share is worked out when it is asked for, and each distinct value is looked at once: of most columns few shares
    are asked, and most columns say the same thing again and again.
    """

    def __init__(self, sample: Sequence[str]) -> None:
        self._sample = sample
        self._times = Counter(sample)
        self.count = len(sample)
        self.values = tuple(self._times)
        """The distinct values of the sample, in order."""

    def _of(self, question: Callable[[str], object]) -> float:
        """Return the share of values of which something is true."""
        hits = sum(times for value, times in self._times.items() if question(value))
        return hits / self.count if self.count else 0.0

    @property
    def distinct(self) -> float:
        """Distinct values per value."""
        return len(self.values) / self.count if self.count else 0.0

    @cached_property
    def mac(self) -> float:
        """MAC addresses."""
        return self._of(
            lambda value: MAC.match(value) or (_MAC_BARE.match(value) is not None and _mixed(value))
        )

    @cached_property
    def ip(self) -> float:
        """IP addresses."""
        return self._of(_IP.search)

    @cached_property
    def uuid(self) -> float:
        """Identifiers of databases."""
        return self._of(_UUID.search)

    @cached_property
    def date(self) -> float:
        """Days."""
        return self._of(_DATE.search)

    @cached_property
    def year(self) -> float:
        """Years and months without a day."""
        return self._of(_YEAR.search)

    @cached_property
    def number(self) -> float:
        """Bare numbers."""
        return self._of(_NUMBER.search)

    @cached_property
    def amount(self) -> float:
        """Numbers, with or without a unit."""
        return self._of(_AMOUNT.search)

    @cached_property
    def integer(self) -> float:
        """Whole numbers."""
        return self._of(_INTEGER.search)

    @cached_property
    def hashrate(self) -> float:
        """Hash rates with their unit."""
        return self._of(_HASHRATE.search)

    @cached_property
    def watt(self) -> float:
        """Powers with their unit."""
        return self._of(_WATT.search)

    @cached_property
    def running(self) -> bool:
        """Whether it only counts the rows."""
        return _counts(self._sample)

    @cached_property
    def code(self) -> float:
        """One word of five characters and more with a digit, as serial numbers are."""
        return self._of(lambda value: _CODE.match(value) and any(map(str.isdigit, value)))

    @cached_property
    def letters(self) -> float:
        """Values with a letter in them."""
        return self._of(lambda value: any(map(str.isalpha, value)))

    @cached_property
    def words(self) -> float:
        """Values of two words and more."""
        return self._of(lambda value: " " in value)

    @cached_property
    def modelish(self) -> float:
        """Values in which letters and digits meet, as model names have it."""
        return self._of(_MODEL_WORDS.search)

    @cached_property
    def sentences(self) -> float:
        """Values of five words and more that end in a full stop."""
        return self._of(_SENTENCE.search)

    @cached_property
    def prose(self) -> float:
        """Values of six words and more without a digit, or sentences."""
        return self._of(_PROSE.search)

    @cached_property
    def boolean(self) -> float:
        """Values that say yes or no."""
        yes_and_no = load_vocabulary().boolean
        return self._of(lambda value: value.casefold() in yes_and_no)

    @cached_property
    def brand(self) -> float:
        """Values that are nothing but the name of a known brand."""
        brands = load_vocabulary().brands
        return self._of(lambda value: squash(value) in brands)

    @cached_property
    def brand_first(self) -> float:
        """Values that begin with the name of a known brand."""
        brands = load_vocabulary().brands
        return self._of(lambda value: _begins_with_brand(value, brands))

    @cached_property
    def length(self) -> float:
        """Mean number of characters."""
        return sum(map(len, self._sample)) / self.count if self.count else 0.0

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
    """Return what is to be asked about the values of a column.

    Args:
        values: Its cells as text, in order; blank ones are passed over.
    """
    return Content(list(_filled(values)))


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
    return _counts(_filled(values))


def _filled(values: Iterable[str]) -> Iterator[str]:
    """The first filled values of a column."""
    placeholder = load_vocabulary().placeholder
    taken = 0
    for value in values:
        text = value[:_LONGEST].strip()
        if text and text.casefold() not in placeholder and not text.startswith("# "):
            yield text
            taken += 1
            if taken == _SAMPLE:
                return


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


def _counts(values: Iterable[str]) -> bool:
    """Whether values only count the rows: small whole numbers going up by one, repeats and new starts allowed."""
    numbers: list[int] = []
    for value in values:
        if not _INTEGER.match(value) or len(value) > 9:
            return False
        numbers.append(int(float(value)))
    if len(numbers) < 3:
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    up = sum(step == 1 for step in steps)
    same = sum(step == 0 for step in steps)
    again = sum(step < 0 and after <= 1 for step, after in zip(steps, numbers[1:], strict=True))
    counted = up + same + (again if up > 2 * again else 0)
    return numbers[0] <= 1000 and up >= 0.5 * len(steps) and counted >= 0.9 * len(steps)

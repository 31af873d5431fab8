"""Product lines outside mining: numberings of network, camera, server and power equipment.

A match names the label on the unit, never who made the hardware inside and never where. Lines that several makers
use stay ambiguous unless a brand, the maker column or the category tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from provenance.catalog.records import ProductLine
from provenance.expressions import expression
from provenance.identify.beginnings import first_characters
from provenance.identify.names import Claim, MakerNames
from provenance.identify.normalise import fold, tokens
from provenance.records import dataclass

_REMEMBERED = 1 << 14
"""So many of the words that texts begin with are remembered."""
_LONGEST_BRAND = 4
"""Words of the longest name in front of a number."""
_CATEGORY_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("switch", frozenset({"network"})),
    ("router", frozenset({"network"})),
    ("firewall", frozenset({"network"})),
    ("access point", frozenset({"network"})),
    ("wifi", frozenset({"network"})),
    ("wireless", frozenset({"network", "radio"})),
    ("network", frozenset({"network"})),
    ("server", frozenset({"server"})),
    ("camera", frozenset({"camera"})),
    ("cctv", frozenset({"camera", "nvr"})),
    ("nvr", frozenset({"nvr"})),
    ("dvr", frozenset({"nvr"})),
    ("recorder", frozenset({"nvr"})),
    ("intercom", frozenset({"intercom"})),
    ("transformer", frozenset({"transformer"})),
    ("ups", frozenset({"ups"})),
    ("pdu", frozenset({"pdu"})),
    ("power supply", frozenset({"power"})),
    ("psu", frozenset({"power"})),
    ("inverter", frozenset({"inverter"})),
    ("battery", frozenset({"battery"})),
    ("batterie", frozenset({"battery"})),
    ("storage", frozenset({"battery", "server"})),
    ("radio", frozenset({"radio"})),
    ("drone", frozenset({"drone"})),
    ("uav", frozenset({"drone"})),
    ("laptop", frozenset({"pc"})),
    ("notebook", frozenset({"pc"})),
    ("desktop", frozenset({"pc"})),
    ("printer", frozenset({"pc"})),
    ("monitor", frozenset({"pc"})),
    ("phone", frozenset({"pc"})),
    ("mobile", frozenset({"pc"})),
    ("tablet", frozenset({"pc"})),
    ("gpu", frozenset({"pc"})),
)
"""What words of a category column mean, in the categories of the catalogue; `pc` stands for office equipment."""

_CATEGORY_PATTERNS = tuple(
    # The word ends there, but for a plural: switchgear is no switch. A short one begins there too: groups are no UPS.
    (expression(rf"{r'(?<![a-z])' if len(word) <= 3 else ''}{re.escape(word)}(?:e?s)?(?![a-z])"), found)
    for word, found in _CATEGORY_WORDS
)


def categories_of(text: str | None) -> frozenset[str]:
    """Return the catalogue's categories that a category column can mean; empty when it says nothing known."""
    if not text:
        return frozenset()
    lowered = text.lower()
    return frozenset().union(*(found for word, found in _CATEGORY_PATTERNS if word.search(lowered)))


@dataclass(frozen=True, slots=True)
class LineMatch:
    """The product lines that a text belongs to."""

    makers: tuple[str, ...]
    """Every maker whose label it can be, sorted."""
    names: tuple[str, ...]
    """The lines, `cisco: Catalyst WS-C`, sorted."""
    category: str
    brand: Claim | None
    """The name of a maker that the text begins with."""


class _Possible(NamedTuple):
    """Numberings that a text can follow."""

    any: re.Pattern[str]
    """A quick no for texts that follow none."""
    each: list[tuple[int, re.Pattern[str]]]
    """With the positions of their lines."""


class ProductLines:
    """Matches model texts against the numberings of the catalogue; compiled when the first text gets here."""

    def __init__(self, lines: Sequence[ProductLine], names: MakerNames) -> None:
        self._lines = tuple(lines)
        self._names = names
        self._keys: dict[str, str] = {}
        """The tokens of words, without separators; texts share their first words."""
        self._firsts = [first_characters(line.pattern) for line in self._lines]
        self._patterns: dict[int, re.Pattern[str]] = {}
        """Of the lines that a text was held against, by their positions."""
        self._possible: dict[str, _Possible] = {}
        """What a text can follow, by the character that it begins with."""

    def match(self, text: str, hint: frozenset[str], categories: frozenset[str]) -> LineMatch | None:
        """Return the lines whose numbering a model text follows.

        Args:
            text: The model text as written.
            hint: Makers that other columns point to, so that short numbers may be read.
            categories: What the category column means, see `categories_of`.
        """
        upper = " ".join(text.upper().split())
        brand, rest = self._split_brand(upper)
        fits: set[int] = set()
        for form in (upper, rest):
            if form:
                possible = self._possible.get(form[0]) or self._beginning_with(form[0])
                if possible.any.match(form):
                    fits.update(index for index, pattern in possible.each if pattern.match(form))
        if not fits:
            return None
        context = hint | frozenset(brand.makers if brand is not None else ())
        fitting = [self._lines[index] for index in sorted(fits)]
        found = [
            line
            for line in fitting
            if not line.needs_context or line.maker in context or line.group in categories
        ]
        if not found:
            return None
        chosen = [line for line in found if line.group in categories] or found
        makers = {line.maker for line in chosen}
        makers.update(
            maker
            for line in chosen
            for maker in line.shared_with
            if not self._elsewhere(maker, line, categories)
        )
        names = tuple(sorted({f"{line.maker}: {line.name}" for line in chosen}))
        return LineMatch(tuple(sorted(makers)), names, _category(chosen), brand)

    def _beginning_with(self, char: str) -> _Possible:
        """The numberings that a text with this first character can follow; compiled when the first such text comes."""
        found = [index for index, first in enumerate(self._firsts) if first is None or char in first]
        for index in found:
            if index not in self._patterns:
                self._patterns[index] = expression(self._lines[index].pattern)
        each = [(index, self._patterns[index]) for index in found]
        any_of = "|".join(f"(?:{pattern.pattern})" for _, pattern in each)
        possible = _Possible(re.compile(any_of or r"(?!)"), each)
        if len(self._possible) < _REMEMBERED:
            self._possible[char] = possible
        return possible

    def _elsewhere(self, maker: str, line: ProductLine, categories: frozenset[str]) -> bool:
        """Whether a maker that shares a numbering puts it on things of other categories than the row's."""
        back = [each for each in self._lines if each.maker == maker and line.maker in each.shared_with]
        return bool(categories and back) and all(each.group not in categories for each in back)

    def _split_brand(self, upper: str) -> tuple[Claim | None, str]:
        """The maker's name in front of a number, and the number."""
        words = upper.split(" ")
        found: tuple[Claim | None, str] = None, ""
        key = ""
        for count in range(1, min(_LONGEST_BRAND + 1, len(words))):
            key += self._key(words[count - 1])
            claim = self._names.claim(key)
            if claim is not None:
                found = claim, " ".join(words[count:])
            if not self._names.goes_on(key):
                break
        return found

    def _key(self, word: str) -> str:
        key = self._keys.get(word)
        if key is None:
            if len(self._keys) >= _REMEMBERED:
                self._keys.clear()
            key = self._keys[word] = "".join([token.text for token in tokens(fold(word))])
        return key


def _category(lines: Sequence[ProductLine]) -> str:
    """The category of what follows several numberings: the one narrow word among them, else what they have in common."""
    group = lines[0].group
    narrow = {line.category for line in lines if line.group == group} - {group}
    return narrow.pop() if len(narrow) == 1 else group

"""Product lines outside mining: numberings of network, camera, server and power equipment.

A match names the label on the unit, never who made the hardware inside and never where. Lines that several makers
use stay ambiguous unless a brand, the maker column or the category tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.catalog.records import ProductLine
from provenance.identify.names import Claim, MakerNames
from provenance.identify.normalise import fold, tokens
from provenance.records import dataclass

_REMEMBERED = 1 << 14
"""So many beginnings of texts are remembered."""
_BLANKS = re.compile(r"\s+")
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
    (re.compile(rf"{r'(?<![a-z])' if len(word) <= 3 else ''}{re.escape(word)}(?:e?s)?(?![a-z])"), found)
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


class ProductLines:
    """Matches model texts against the numberings of the catalogue; compiled when the first text gets here."""

    def __init__(self, lines: Sequence[ProductLine], names: MakerNames) -> None:
        self._lines = tuple(lines)
        self._names = names
        self._claims: dict[str, Claim | None] = {}
        self._any: re.Pattern[str] | None = None
        self._patterns: tuple[re.Pattern[str], ...] = ()

    def match(self, text: str, hint: frozenset[str], categories: frozenset[str]) -> LineMatch | None:
        """Return the lines whose numbering a model text follows.

        Args:
            text: The model text as written.
            hint: Makers that other columns point to, so that short numbers may be read.
            categories: What the category column means, see `categories_of`.
        """
        if self._any is None:
            self._any = re.compile("|".join(f"(?:{line.pattern})" for line in self._lines) or r"(?!)")
        upper = _BLANKS.sub(" ", text.upper().replace(" ", " ")).strip()
        brand, rest = self._split_brand(upper)
        possible = self._any.match
        forms = [form for form in dict.fromkeys((upper, rest)) if form and possible(form)]
        if not forms:
            return None
        if not self._patterns:
            self._patterns = tuple(re.compile(line.pattern) for line in self._lines)
        context = hint | frozenset(brand.makers if brand is not None else ())
        fits = {
            index for form in forms for index, pattern in enumerate(self._patterns) if pattern.match(form)
        }
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

    def _elsewhere(self, maker: str, line: ProductLine, categories: frozenset[str]) -> bool:
        """Whether a maker that shares a numbering puts it on things of other categories than the row's."""
        back = [each for each in self._lines if each.maker == maker and line.maker in each.shared_with]
        return bool(categories and back) and all(each.group not in categories for each in back)

    def _split_brand(self, upper: str) -> tuple[Claim | None, str]:
        """The maker's name in front of a number, and the number."""
        words = upper.split(" ")
        for count in range(min(4, len(words) - 1), 0, -1):
            claim = self._claim(" ".join(words[:count]))
            if claim is not None:
                return claim, " ".join(words[count:])
        return None, ""

    def _claim(self, name: str) -> Claim | None:
        """The maker that the words in front of a number name; texts share their first words."""
        if name not in self._claims:
            if len(self._claims) >= _REMEMBERED:
                self._claims.clear()
            self._claims[name] = self._names.claim("".join(token.text for token in tokens(fold(name))))
        return self._claims[name]


def _category(lines: Sequence[ProductLine]) -> str:
    """The category of what follows several numberings: the one narrow word among them, else what they have in common."""
    group = lines[0].group
    narrow = {line.category for line in lines if line.group == group} - {group}
    return narrow.pop() if len(narrow) == 1 else group

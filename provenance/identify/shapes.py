"""The shape of a text: the text without what no model hangs on, so that texts of one shape are read once.

A list of machines repeats its models with other hashrates, quantities, lot numbers and words on condition. A number that
stands in no code and is no hashrate of any model says nothing about the model, nor do words that explain themselves at the ends of a
text: the former are replaced, the latter drop to a sign that something stood there.
"""

from __future__ import annotations

import re

from provenance.identify.codes import CodeIndex
from provenance.identify.names import MakerNames
from provenance.identify.words import HASH_UNITS, IDLE, JOINERS, PART_PAIRS

_NUMBERS = re.compile(r"(\d[\d.,]*(?: ?(?:[tgm]h/s|[tgm]h|t|kw|w)(?![\w/.+-]))?)")
"""Numbers with the unit behind them."""
_TOKEN = re.compile(r"\d+(?:\.\d+)*")
_DIGITS = re.compile(r"\d+")
_ALL_NINE = str.maketrans("012345678", "999999999")
_STAND_IN = "999"
_KEPT_LENGTH = 2
"""Numbers of so few digits are kept: they may belong to a name."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_REMEMBERED = 1 << 16
"""So many distinct numbers are remembered."""
_RATED = re.compile(r"999(?:\.999)*(t|th|th/s|gh?|gh/s|mh?|mh/s|w|kw)")
_AROUND = ",;:.()[]~–-"
"""Signs around a word that change nothing at the end of a text."""
_LOOKED_AT = JOINERS | frozenset(
    [
        "a",
        "the",
        "its",
        "original",
        "oem",
        "new",
        "in",
        "open",
        "or",
        "no",
        "for",
        "next",
        "latest",
        "current",
        "last",
        "x",
        "lot",
        "batch",
        "qty",
        "quantity",
        "sku",
        "order",
        "po",
        "item",
        "ver",
        "version",
        "v",
        "out",
        "e",
        "et",
        "y",
        "und",
        "n",
        "na",
    ]
)
"""Words that explain themselves and that what stands beside them is read by."""
_SOMETHING, _NOTHING, _HASHRATE, _POWER = " used", " -", " 999t", " 999w"
_QUANTITY, _PRICE, _LOT, _NUMBER, _OTHER = " x999", " $999", " lot 999", " 999", ""
"""What the words at the end of a text are, each as a word that stands for all its like."""
_NUMBERED = frozenset({"lot", "batch", "qty", "order", "po", "sku"})
"""Words whose number says nothing."""
_LEAD = re.compile(r"^\d+ ?x (?=\D)")
"""A quantity in front."""


class Shapes(dict[str, str]):
    """The shapes of texts; itself the memory of what stands for each number met."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        super().__init__()
        starts = codes.prefixes | names.prefixes | set(names.families) | _LOOKED_AT
        self._tail: dict[str, str] = {}
        self._inert = frozenset(
            word
            for word in IDLE
            if len(word) > 1 and word not in starts and not any(pair.startswith(word) for pair in PART_PAIRS)
        )
        self._in_codes = codes.digits
        self._tokens = frozenset(number for key in codes.codes for number in _TOKEN.findall(key))
        self._rates = frozenset(
            f"{value:g}" for rates in codes.rates.values() for rate in rates for value in (rate, rate * 1000)
        )

    def of(self, text: str) -> str:
        """Return the shape of a text: two texts of one shape name the same model, if they name any."""
        parts = _NUMBERS.split(text.lower().replace("\u00a0", " "))
        parts[1::2] = map(self.__getitem__, parts[1::2])
        return "".join(parts)

    def core(self, folded: str) -> str:
        """Return the shape of a folded text without the words at its end that say nothing of a model.

        Of these stay what the first is, for it stands directly behind the name, and whether there is a hashrate.
        """
        words = _LEAD.sub("5x ", self.of(folded)).split(" ")
        stop, first, mining = len(words), "", False
        while stop > 1:
            word = words[stop - 1]
            kind = self._tail.get(word)
            if kind is None:
                kind = self._tail[word] = self._kind(word)
            if kind == _NUMBER and words[stop - 2] in _NUMBERED:
                kind, stop = _LOT, stop - 1
            if kind in (_NUMBER, _OTHER):
                break
            first, mining = kind, mining or kind == _HASHRATE
            stop -= 1
        tail = f"{first}{_HASHRATE}" if mining and first != _HASHRATE else first
        return " ".join(words[:stop]) + tail

    def _kind(self, word: str) -> str:
        """What a word at the end of a shape is, as a word that stands for all its like."""
        bare = word.strip(_AROUND)
        if bare in self._inert or not bare:
            return _SOMETHING if bare else _NOTHING
        if (rated := _RATED.fullmatch(bare)) is not None:
            return _HASHRATE if rated[1].removesuffix("/s") in HASH_UNITS else _POWER
        return {"x999": _QUANTITY, "$999": _PRICE, "999": _NUMBER}.get(bare, _OTHER)

    def __missing__(self, number: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
            self._tail.clear()
        shape = number
        if not self._tells(number):
            # Behind a comma the count of digits tells decimals from thousands.
            shape = number.translate(_ALL_NINE) if "," in number else _DIGITS.sub(_STAND_IN, number)
            shape = shape.replace(" ", "")
        self[number] = shape
        return shape

    def _tells(self, number: str) -> bool:
        """Whether a model may hang on a number, or on what its digits would be made."""
        bare = number.rstrip(".,")
        if bare[-1].isalpha():
            return "," in bare or any(token in self._tokens for token in _TOKEN.findall(bare))
        for run in _DIGITS.findall(bare):
            if run in self._in_codes or "9" * len(run) in self._in_codes:
                return True
            if len(run) <= _KEPT_LENGTH or _YEAR.fullmatch(run) or run in self._rates:
                return True
        return bare.replace(",", ".") in self._rates or bare.translate(_ALL_NINE) in self._rates

"""Texts that are one name among words that say nothing, told from others by columns: `12x Antminer S19 Pro 104T used, lot 4711`.

Of a hundred thousand texts nearly all differ, and most differ in hashrates, quantities, lots and words on condition only. What
says nothing wherever it stands is cut from both ends, in all texts at once, and what is left is read once. Where that is a name
that decides its text, and the grammar reads on from it with no such word, it decides all texts it was cut from. All other
texts are read whole, one by one; nothing is known of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from itertools import accumulate
from typing import TYPE_CHECKING

from provenance.expressions import expression
from provenance.identify.codes import CodeIndex
from provenance.identify.names import MakerNames
from provenance.identify.parse import Parse
from provenance.identify.plain_words import plain_words
from provenance.identify.texts import LONGEST

if TYPE_CHECKING:
    import polars as pl

_BLANKS = "[ \\t\u00a0\u2007\u202f]+"
_NUMBER = r"[0-9]+(?:,[0-9]{1,3})*(?:\.[0-9]+)*"
_UNITS = "h/s|ths?|thps|t|ghs?|mhs?|kh|ksol|kw|watts?|w|vac|volts?|v|hz|mhz|jt|jth|j|db|kg|pcs?|units?|ea|days?|months?|years?|usdt?|eur"
"""Units of `words.UNITS` but those that are letters of names, or that tell siblings apart as sizes of memory do."""
_RATING = rf"{_NUMBER} ?(?:{_UNITS})(?:/(?:s|с|t|th|gh|mh))*"
_COUNTED = rf"{_NUMBER} ?(?:x|pcs?|units?|шт\.?)|(?:lot|batch|sku|qty|quantity|order|po|item):? #?[0-9]+"
_FOREIGN = {
    "б/у": "used",
    "асик": "miner",
    "майнер": "miner",
    "новый": "new",
    "гарантия": "warranty",
    "全新": "new",
    "二手": "used",
}
"""Words of other scripts, and what folding makes of them."""
_MINER = "miner"
"""Stands in front of so many names that it is cut there although some begin with it: `Miner F5`."""
_PARTS = "(?:psus?|power supply|power cords?|cables?|fans?)(?: included)?"
_VERSION = r"v?[0-9]+\.[0-9]+\.[0-9]+"
_SAYING_NOTHING = (
    rf"[$€#] ?{_NUMBER}|usdt? {_NUMBER}|{_NUMBER} ?台|(?:19|20)[0-9][0-9]|{_VERSION}"
    rf"|sha-?256|in box|{_NUMBER} ?c/kwh|(?:with|incl\.?|including) {_PARTS}"
)
_JOINED = rf"x ?[0-9]{{2,}}|w/(?: ?{_PARTS})?|[+&] ?{_PARTS}"
"""What a hyphen in front would join to the name."""
_CUT = frozenset(
    form
    for word in re.findall("[a-z]{2,}", f"{_COUNTED}|{_SAYING_NOTHING}|{_JOINED}")
    for form in (word, word.removesuffix("s"))
)
"""The words of these patterns, and parts of some."""
_OPENING, _CLOSING = r"[(\[~≈]*", r"[)\],;:.]*"
_IN_LIST = r"(?:[;|&/]|, |[^0-9],)[ (\[~≈#$€–—-]*"
"""What makes the number behind it an item of a list, by which a bare number may be a name: `A1246, 1166`."""
_FIRST_NUMBER = expression(r"\d+(?:\.\d+)*")
_FIRST_BEHIND = expression(r"[^a-z0-9]*([0-9]+(?:,[0-9]+)*|x[0-9]?(?![a-z])|[a-z]+)")
_RATED = expression(rf"[^a-z0-9]*(?:{_RATING}(?![a-z0-9])|{_NUMBER} ?(?:шт|台))")
_SHOWN = 24
"""Characters behind a name that a decision may hang on."""
_REVISION = r"- ?\(?88|-[ _(-]*v|/ ?v?[0-9]+\.[0-9]"
"""A revision of the board or of the hardware behind a hyphen, and the version of an agent."""
_BOUNDED = "^[a-z0-9].*[a-z0-9+]$"
_PIECE = expression(r"[a-z]+|[0-9]+|\++")
_TRAILING = " ,;:–—"


class PlainTexts:
    """Cuts texts down to the name that may decide them."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        self._words = words = plain_words(names, codes, _CUT)
        in_front = words.in_front | (words.behind & {_MINER})
        in_front_words = f"{_COUNTED}|lot of [0-9]+|{_either(_written(in_front))}"
        self._in_front = rf"^(?:{_OPENING}(?:{in_front_words}){_CLOSING} (?:[-–—] )?)+"
        behind_words = f"{_COUNTED}|{_RATING}|{_SAYING_NOTHING}|{_either(_written(words.behind))}"
        self._behind = rf"(?:-{_RATING})?(?:,? (?:(?:[-–—] )?{_OPENING}(?:{behind_words})|{_OPENING}(?:{_JOINED})){_CLOSING})*$"
        self._codes = frozenset("".join(_PIECE.findall(key)) for key in codes.codes)
        self._starts = codes.prefixes | names.prefixes
        numbers = _either(key for key in codes.codes if _FIRST_NUMBER.fullmatch(key))
        self._number_in_front = rf"(?:^|[^0-9.])(?:{numbers})(?:[^0-9.x]|$)"
        self._not_plain = rf"{_IN_LIST}(?:{numbers})(?:[^0-9.]|$)|{_REVISION}"

    def cut(self, texts: pl.Series) -> pl.DataFrame:
        """Return what is left of texts without the words that say nothing.

        Args:
            texts: Model texts, null where there is none.

        Returns:
            A row for each: `name`, in lower case, null where nothing was cut, nothing is known of the text or it is too
            long to be read whole; and the beginning of what stood `behind` it.
        """
        import polars as pl

        whole, front, name = pl.col("whole"), pl.col("front"), pl.col("name")
        before = front.str.head(front.str.len_chars() - name.str.len_chars())
        telling = whole.str.contains(self._not_plain) | before.str.contains(self._number_in_front)
        bare = name.str.strip_chars_end(_TRAILING)
        read = bare.str.contains(_BOUNDED) & (bare != whole.str.strip_chars_end(_TRAILING)) & ~telling
        return (
            texts.to_frame("whole")
            .select(pl.when(whole.str.len_chars() <= LONGEST).then(whole))
            .select(whole.str.to_lowercase().str.replace_all(_BLANKS, " ").str.strip_chars(" "))
            .with_columns(front=whole.str.replace(self._behind, ""))
            .with_columns(name=front.str.replace(self._in_front, ""))
            .select(
                name=pl.when(read).then(bare),
                behind=whole.str.slice(front.str.len_chars(), _SHOWN),
            )
        )

    def may_decide(self, name: str) -> bool:
        """Return whether a name begins as one can and ends in a code: a quick no for most texts that are none."""
        pieces = _PIECE.findall(name) if self._words.apart else []
        if not pieces or pieces[0] not in self._starts:
            return False
        ends = accumulate(reversed(pieces), lambda end, piece: f"{piece}{end}")
        return not self._codes.isdisjoint(ends)

    def decides(self, parse: Parse) -> bool:
        """Return whether a name that was read by itself reads the same among words that say nothing.

        Args:
            parse: What the grammar made of the name.
        """
        if not parse.plain or parse.infrastructure or parse.memory:
            return False
        (hit,) = parse.hits
        first, last = parse.run[0], parse.run[-1]
        begin = min([hit.start, *(at for at, _ in parse.brands)])
        placed = hit.code.branded or (hit.key[0].isalpha() and any(char.isdigit() for char in hit.key))
        whole = not begin and hit.stop == len(parse.run)
        # An x behind a number is a quantity; a plus or a letter that stands apart is read by what follows.
        apart = not last.glued and (
            last.is_plus or ("-" in last.sep and len(last.text) == 1 and last.text.isalpha())
        )
        completed = f"{_MINER}{first.text}" in self._starts
        plain = placed and whole and not apart and not completed
        return plain and first.text != "x" and hit.key not in self._words.continued

    def unless_behind(self, parse: Parse) -> Callable[[str], bool] | None:
        """Return what tells whether a name that decides does so with this behind it, None where it always does.

        A number may make a code a longer one; behind a name without a number, it may be the number of the name.
        """
        key = parse.hits[0].key
        numbers = self._words.numbers.get(key, frozenset())
        word = not any(char.isdigit() for char in key)
        if not numbers and not word:
            return None

        def decides(behind: str) -> bool:
            found = _FIRST_BEHIND.match(behind)
            if found is None:
                return True
            first = found[1]
            if first[0] == "x" and len(first) <= len("x1"):
                # `x12` is a quantity where no name goes on like this, `x 12` where none ends in x either.
                return not any(number[:-1] == "x" for number in numbers) and (
                    first != "x" or first not in numbers
                )
            if first[0].isalpha():
                return first not in numbers and (len(first) > 1 or not word)
            return numbers.isdisjoint((first.split(",")[0], first.replace(",", ""))) and (
                not word or _RATED.match(behind) is not None
            )

        return decides


def _written(words: AbstractSet[str]) -> AbstractSet[str]:
    """The words in every script."""
    return words | {foreign for foreign, meaning in _FOREIGN.items() if meaning in words}


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

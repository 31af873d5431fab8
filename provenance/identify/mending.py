"""Other readings of a text that names no known model: a letter for a digit, a board revision, a typing error.

What comes out is never better than fuzzy. Digits and pluses stay as they are written, but for the letter O that
stands where only a zero can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from provenance.expressions import expression
from provenance.identify.codes import CodeIndex
from provenance.identify.names import MakerNames
from provenance.identify.near import nearest
from provenance.identify.normalise import Token, token_of, tokens
from provenance.identify.parse import Parse
from provenance.identify.words import COOLING, NOISE, PART_WORDS, UNITS, VARIANTS

_MISREAD_ZERO = expression(r"(?<=\d)o(?=[\dsk+ ]|$)")
_TRAILING_REVISION = expression(r"([a-z]+)(\d)[12]")
_REVISED_SERIES = {"l": "bitmain", "ks": "iceriver"}
"""Series to whose number the firmware of their maker appends a board revision: L71, L72, L91, KS71."""
_REVISED_SUFFIXES = {"hyd": "bitmain"}
"""Suffix words behind which firmware does the same: `Hyd1`, `Hyd2`."""
_SUFFIXES = {
    "hydro": "hyd",
    "immersion": "imm",
    "turbo": "turbo",
    "ultra": "ultra",
    "lite": "lite",
    "mini": "mini",
}
"""Suffix words long enough for a typing error, and their folded form."""
_SHORTEST = 4
"""Shorter words are not mended."""
_REMEMBERED = 1 << 15
"""So many distinct words are remembered."""
_GLUED = expression(r"(jxp|exp|xp|jpro|kpro|pro|j|e)?([a-z]{4,})")

Mended = Iterator[tuple[list[Token], str]]


class Mender:
    """Mends texts by the names and codes of a catalogue."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        self._codes = codes
        self._meant = _Meant(names)

    def mended(self, run: Sequence[Token], parse: Parse) -> Mended:
        """Yield other readings of a text, most careful first, each with what was changed.

        Args:
            run: The tokens of the text.
            parse: What the grammar made of them.
        """
        if any(token.text[0] == "o" for token in run):
            folded = "".join(token.sep + token.text for token in run)
            zeroed = _MISREAD_ZERO.sub("0", folded)
            if zeroed != folded:
                yield tokens(zeroed), "the letter O is read as a zero"
        moved = _with_cooling_behind(run, parse)
        if moved is not None:
            yield moved, "the word for the cooling is read behind the name"
        unrevised = _without_revision(run, parse, self._codes)
        if unrevised is not None:
            yield unrevised, "a board revision behind the number is left out"
        if any(token.is_number for token in run):
            yield from self._retyped(run, parse)

    def _retyped(self, run: Sequence[Token], parse: Parse) -> Mended:
        """One typing error in a brand or in a suffix word."""
        for index, token in enumerate(run):
            word = token.text
            meant = self._meant[word]
            if meant is None or any(run[at].text == word for at, _ in parse.brands):
                continue
            if meant.brand is not None:
                changed = token.reading(meant.brand)
                yield [*run[:index], changed, *run[index + 1 :]], f"{word!r} is read as {meant.brand!r}"
            if meant.suffix is not None and index > 0:
                changed = token.reading(meant.begun + _SUFFIXES[meant.suffix])
                yield (
                    [*run[:index], changed, *run[index + 1 :]],
                    f"{word!r} is read with the suffix {meant.suffix!r}",
                )


def _with_cooling_behind(run: Sequence[Token], parse: Parse) -> list[Token] | None:
    """The name with its word for the cooling at the end, where dealers put it in front or inside: `Hydro S21 Pro`."""
    if len(parse.hits) != 1:
        return None
    cooling = [index for index, token in enumerate(run) if token.text in COOLING]
    if len(cooling) != 1 or run[cooling[0]].glued:
        return None
    (at,), hit = cooling, parse.hits[0]
    stop = max(hit.stop, at + 1) if hit.start <= at <= hit.stop else hit.stop
    while stop < len(run) and (run[stop].text in VARIANTS or run[stop].is_plus):
        stop += 1
    if at + 1 < len(run) and run[at + 1].is_plus:
        return None  # `Hyd+`: whose plus it is, nobody can say.
    if not (at == hit.start - 1 or (hit.start < at < stop - 1)):
        return None
    return [*run[:at], *run[at + 1 : stop], token_of(run[at].text, " ", glued=False), *run[stop:]]


def _without_revision(run: Sequence[Token], parse: Parse, codes: CodeIndex) -> list[Token] | None:
    makers = {maker for _, claim in parse.brands for maker in claim.makers}
    makers.update(maker for hit in parse.hits if hit.code.branded for maker in hit.code.makers)
    if not makers:
        return None
    for index in range(1, len(run)):
        if _is_revised_suffix(run, index) and _REVISED_SUFFIXES[run[index - 1].text] in makers:
            return [*run[:index], *run[index + 1 :]]
        match = _TRAILING_REVISION.fullmatch(run[index - 1].text + run[index].text)
        if match is None or not run[index].glued or match[1] not in _REVISED_SERIES:
            continue
        plain = codes.codes.get(f"{match[1]}{match[2]}")
        if plain is not None and _REVISED_SERIES[match[1]] in makers & set(plain.makers):
            return [*run[:index], run[index].reading(match[2]), *run[index + 1 :]]
    return None


def _is_revised_suffix(run: Sequence[Token], index: int) -> bool:
    """Whether a 1 or 2 is glued to a suffix word that firmware revises, and nothing goes on behind it: no `Hyd2U`."""
    token = run[index]
    following = run[index + 1] if index + 1 < len(run) else None
    ends = following is None or not (following.glued or following.text in UNITS)
    return token.glued and token.text in {"1", "2"} and run[index - 1].text in _REVISED_SUFFIXES and ends


class _Correction(NamedTuple):
    """What a word with a typing error is meant for."""

    brand: str | None
    begun: str
    """What stands in front of the suffix in the same word: `jpro`."""
    suffix: str | None


class _Meant(dict[str, _Correction | None]):
    """What every word met is meant for; None for one that has no error in a brand or a suffix."""

    def __init__(self, names: MakerNames) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, word: str) -> _Correction | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = self._look_up(word)
        return found

    def _look_up(self, word: str) -> _Correction | None:
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
            return None
        if word in NOISE or word in PART_WORDS or word in self._names.phrases:
            return None
        brand, glued = self._brand(word), _GLUED.fullmatch(word)
        suffix = _suffix(glued[2]) if glued is not None else None
        if brand is None and suffix is None:
            return None
        return _Correction(brand, (glued[1] or "") if glued is not None else "", suffix)

    def _brand(self, word: str) -> str | None:
        """The brand that a word is meant for: one it is the beginning of (`Inno T2T`), or one error away."""
        names = self._names
        begun = [
            brand for brand in names.mining_brands if brand.startswith(word) and len(brand) <= 3 * len(word)
        ]
        if word in VARIANTS:
            begun = []
        one_maker = len({names.makers_of(brand) for brand in begun}) == 1
        meant = begun[0] if one_maker else nearest(word, names.mining_brands, meaning=names.makers_of)
        return meant if meant != word else None


def _suffix(word: str) -> str | None:
    """The suffix that a word is one error away from; a letter more may be a sibling's: `Minix` is no Mini."""
    suffix = nearest(word, tuple(_SUFFIXES), shortest=_SHORTEST)
    return suffix if suffix is not None and (word == suffix or not word.startswith(suffix)) else None

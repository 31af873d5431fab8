"""Other readings of a text that names no known model: a letter for a digit, a board revision, a typing error.

What comes out is never better than fuzzy. Digits and pluses stay as they are written, but for the letter O that
stands where only a zero can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from provenance.expressions import expression
from provenance.identify.codes import CodeIndex
from provenance.identify.names import MakerNames
from provenance.identify.near import nearest
from provenance.identify.normalise import Token, token_of, tokens
from provenance.identify.parse import Parse
from provenance.identify.words import COOLING, NOISE, PART_WORDS, VARIANTS

_MISREAD_ZERO = expression(r"(?<=\d)o(?=[\dsk+ ]|$)")
_TRAILING_REVISION = expression(r"([a-z]+)(\d)[12]")
_REVISED_SERIES = {"l": "bitmain", "ks": "iceriver"}
"""Series to whose number the firmware of their maker appends a board revision: L71, L72, L91, KS71."""
_SUFFIXES = {
    "hydro": "hyd",
    "immersion": "imm",
    "turbo": "turbo",
    "ultra": "ultra",
    "lite": "lite",
    "mini": "mini",
}
"""Suffix words long enough for a typing error, and their folded form."""
_GLUED = expression(r"(jxp|exp|xp|jpro|kpro|pro|j|e)?([a-z]{4,})")

Mended = Iterator[tuple[list[Token], str]]


def mended(run: Sequence[Token], parse: Parse, names: MakerNames, codes: CodeIndex) -> Mended:
    """Yield other readings of a text, most careful first, each with what was changed.

    Args:
        run: The tokens of the text.
        parse: What the grammar made of them.
        names: The names of makers.
        codes: The model codes.
    """
    folded = "".join(token.sep + token.text for token in run)
    zeroed = _MISREAD_ZERO.sub("0", folded)
    if zeroed != folded:
        yield tokens(zeroed), "the letter O is read as a zero"
    moved = _with_cooling_behind(run, parse)
    if moved is not None:
        yield moved, "the word for the cooling is read behind the name"
    unrevised = _without_revision(run, parse, codes) if parse.brands else None
    if unrevised is not None:
        yield unrevised, "a board revision behind the number is left out"
    if any(token.is_number for token in run):
        yield from _retyped(run, parse, names)


def _with_cooling_behind(run: Sequence[Token], parse: Parse) -> list[Token] | None:
    """The name with its word for the cooling at the end, where dealers put it in front or inside: `Hydro S21 Pro`."""
    cooling = [index for index, token in enumerate(run) if token.text in COOLING]
    if len(cooling) != 1 or len(parse.hits) != 1 or run[cooling[0]].glued:
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
    for index in range(1, len(run)):
        match = _TRAILING_REVISION.fullmatch(run[index - 1].text + run[index].text)
        if match is None or not run[index].glued or match[1] not in _REVISED_SERIES:
            continue
        plain = codes.codes.get(f"{match[1]}{match[2]}")
        if plain is not None and _REVISED_SERIES[match[1]] in makers & set(plain.makers):
            return [*run[:index], run[index].reading(match[2]), *run[index + 1 :]]
    return None


def _brand_meant(word: str, names: MakerNames) -> str | None:
    """The brand that a word of a text is meant for: one it is the beginning of (`Inno T2T`), or one error away."""
    if word not in names.meant:
        begun = [
            brand for brand in names.mining_brands if brand.startswith(word) and len(brand) <= 3 * len(word)
        ]
        if word in VARIANTS:
            begun = []
        one_maker = len({names.makers_of(brand) for brand in begun}) == 1
        meant = begun[0] if one_maker else nearest(word, names.mining_brands, meaning=names.makers_of)
        names.remember_meant(word, meant if meant != word else None)
    return names.meant[word]


@lru_cache(maxsize=1 << 14)
def _suffix_meant(word: str) -> str | None:
    """The suffix that a word is one error away from; a letter more may be a sibling's: `Minix` is no Mini."""
    suffix = nearest(word, tuple(_SUFFIXES), shortest=4)
    return suffix if suffix is not None and (word == suffix or not word.startswith(suffix)) else None


def _retyped(run: Sequence[Token], parse: Parse, names: MakerNames) -> Mended:
    """One typing error in a brand or in a suffix word."""
    known = {"".join(t.text for t in run[at : at + 1]) for at, _ in parse.brands} | NOISE | PART_WORDS
    for index, token in enumerate(run):
        word = token.text
        if len(word) < 4 or not (word.isascii() and word.isalpha()) or word in known or word in names.phrases:
            continue
        brand = _brand_meant(word, names)
        if brand is not None:
            changed = token.reading(brand)
            yield [*run[:index], changed, *run[index + 1 :]], f"{word!r} is read as {brand!r}"
        if index > 0 and (match := _GLUED.fullmatch(word)) is not None:
            suffix = _suffix_meant(match[2])
            if suffix is not None:
                changed = token.reading((match[1] or "") + _SUFFIXES[suffix])
                yield (
                    [*run[:index], changed, *run[index + 1 :]],
                    f"{word!r} is read with the suffix {suffix!r}",
                )

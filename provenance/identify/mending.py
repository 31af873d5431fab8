"""Other readings of a text that names no known model: a letter for a digit, a board revision, a typing error.

What comes out is never better than fuzzy. Digits and pluses stay as they are written, but for the letter O that
stands where only a zero can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from provenance.identify.codes import CodeIndex
from provenance.identify.names import MINING, MakerNames
from provenance.identify.near import nearest
from provenance.identify.normalise import Token, tokens
from provenance.identify.parse import Parse
from provenance.identify.words import COOLING, NOISE, PART_WORDS, VARIANTS

_MISREAD_ZERO = re.compile(r"(?<=\d)o(?=[\dsk+ ]|$)")
_TRAILING_REVISION = re.compile(r"([a-z]+)(\d)[12]")
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
_GLUED = re.compile(r"(jxp|exp|xp|jpro|kpro|pro|j|e)?([a-z]{4,})")

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
    return [*run[:at], *run[at + 1 : stop], run[at]._replace(sep=" ", glued=False), *run[stop:]]


def _without_revision(run: Sequence[Token], parse: Parse, codes: CodeIndex) -> list[Token] | None:
    makers = {maker for _, claim in parse.brands for maker in claim.makers}
    for index in range(1, len(run)):
        match = _TRAILING_REVISION.fullmatch(run[index - 1].text + run[index].text)
        if match is None or not run[index].glued or match[1] not in _REVISED_SERIES:
            continue
        plain = codes.codes.get(f"{match[1]}{match[2]}")
        if plain is not None and _REVISED_SERIES[match[1]] in makers & set(plain.makers):
            return [*run[:index], run[index]._replace(text=match[2]), *run[index + 1 :]]
    return None


def _shortened(word: str, brands: Sequence[str], names: MakerNames) -> str | None:
    """The brand that a word is the beginning of, where it is that of one maker alone: `Inno T2T`."""
    if word in VARIANTS:
        return None
    meant = [brand for brand in brands if brand.startswith(word) and len(brand) <= 3 * len(word)]
    return meant[0] if meant and len({names.makers_of(brand) for brand in meant}) == 1 else None


def _retyped(run: Sequence[Token], parse: Parse, names: MakerNames) -> Mended:
    """One typing error in a brand or in a suffix word."""
    known = {"".join(t.text for t in run[at : at + 1]) for at, _ in parse.brands} | NOISE | PART_WORDS
    brands = [
        phrase
        for phrase, claim in names.phrases.items()
        if len(phrase) >= 5
        and phrase.isascii()
        and names.categories[claim.makers[0]] == MINING
        and not claim.weak
    ]
    for index, token in enumerate(run):
        word = token.text
        if len(word) < 4 or not (word.isascii() and word.isalpha()) or word in known or word in names.phrases:
            continue
        brand = _shortened(word, brands, names) or nearest(word, brands, meaning=names.makers_of)
        if brand is not None and brand != word:
            changed = token._replace(text=brand)
            yield [*run[:index], changed, *run[index + 1 :]], f"{word!r} is read as {brand!r}"
        if index > 0 and (match := _GLUED.fullmatch(word)) is not None:
            suffix = nearest(match[2], tuple(_SUFFIXES), shortest=4)
            if suffix is not None and not (match[2] != suffix and match[2].startswith(suffix)):
                # A letter more may be a sibling's: `Minix` is no Mini.
                changed = token._replace(text=(match[1] or "") + _SUFFIXES[suffix])
                yield (
                    [*run[:index], changed, *run[index + 1 :]],
                    f"{word!r} is read with the suffix {suffix!r}",
                )

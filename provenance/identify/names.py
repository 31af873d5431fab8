"""Names of makers: which maker a maker column means, and which brand words stand in a model text.

A name decides alone only where it can mean nothing else. Aliases that the catalogue calls ambiguous, and brands
that are everyday words, only ever support what a model code says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from provenance.catalog.records import Family, Maker
from provenance.expressions import expression
from provenance.identify.identity import Tier
from provenance.identify.normalise import Token, fold, key_of, name_core, tokens, words_of
from provenance.identify.words import EVERYDAY, NO_MAKER, NOISE, RESELLERS
from provenance.kept import Kept, code_digest
from provenance.records import dataclass

MINING = "asic-miner"


_SEGMENTS = expression(r"[/|()\[\];,&+]|\bby\b|\baka\b|\bformerly\b")
_REMEMBERED = 1 << 16
"""So many distinct maker cells are remembered."""
_LONGEST_NAME = 6
"""More tokens than a brand in a model text has."""
_LONG_BRAND = 5
_BRACKET = expression(r"[(/]")
_DIGIT = expression(r"\d")
KEPT_BY = (
    "catalog/database.py",
    "catalog/records.py",
    "catalog/rows.py",
    "identify/names.py",
    "identify/normalise.py",
    "identify/words.py",
    "plain.py",
)
"""The modules that decide what the names of a catalogue are."""
_TABLES = (
    "names", "categories", "folded_into", "ties", "families", "phrases", "prefixes", "_spaced", "ambiguous", "_whole",
    "_cores", "_generic", "_own_phrases", "mining_brands",
)  # fmt: skip
"""What `MakerNames` works out and keeps."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a name says about the maker."""

    makers: tuple[str, ...]
    """Ids of the makers it can mean, sorted."""
    weak: bool
    """Whether it may also mean something that is not in the catalogue, so that it never decides alone."""


@dataclass(frozen=True, slots=True)
class MakerReading:
    """What a maker column says."""

    makers: tuple[str, ...] = ()
    """Makers it can mean, sorted; empty when blank or unknown."""
    tier: Tier = Tier.NONE
    weak: bool = False
    blank: bool = True
    """Whether it says nothing: empty, `N/A`, or the name of a shop."""

    @property
    def decided(self) -> str | None:
        """The one maker that it names beyond doubt."""
        return self.makers[0] if len(self.makers) == 1 and not self.weak else None


_Entry = tuple[str, bool, bool]
"""A maker that uses a name, whether the name is ambiguous, and whether it is the maker's own name."""
SILENT = MakerReading()
"""The reading of a blank maker column."""


class MakerNames:
    """The names of all makers, and how to find them in a text."""

    def __init__(
        self, makers: Sequence[Maker], families: Sequence[Family] = (), content: str | None = None
    ) -> None:
        """Work out the names.

        Args:
            makers: All makers.
            families: The names of product families.
            content: The digest of the catalogue that both come from; with it the names are worked out once for that
                catalogue and kept.
        """
        self.names: dict[str, str] = {}
        """What each maker is called."""
        self.categories: dict[str, str] = {}
        """What each maker makes."""
        self.folded_into: dict[str, str] = {}
        self.ties: frozenset[tuple[str, str]] = frozenset()
        """Pairs of makers that the catalogue ties, each in the order of their ids."""
        self.families: dict[str, str] = {}
        """Makers by the product family whose name says whose label it is; never used to tell a model."""
        self.phrases: dict[str, Claim] = {}
        """Names that may stand anywhere in a model text, as keys without separators."""
        self.prefixes: frozenset[str] = frozenset()
        """Every beginning of a phrase."""
        self._spaced: frozenset[str] = frozenset()
        """Names of several words, as they are written."""
        self.ambiguous: frozenset[str] = frozenset()
        """Names that the catalogue calls ambiguous, as keys."""
        self._whole: dict[str, Claim] = {}
        self._cores: dict[str, Claim] = {}
        self._generic: dict[str, Claim] = {}
        self._own_phrases: dict[str, frozenset[str]] = {}
        self.mining_brands: tuple[str, ...] = ()
        """Brands of miners that are long enough for a typing error."""
        if content is not None:
            for name, table in kept_names(makers, families, content).get().items():
                setattr(self, name, table)
        else:
            self._work_out(makers, families)
        cjk = sorted((p for p in self.phrases if not p.isascii()), key=len, reverse=True)
        self._cjk = expression("|".join(map(re.escape, cjk))) if cjk else None
        self._memo: dict[str, MakerReading] = {}
        self._ordered: list[str] = []
        """The names, in order, when first asked for."""

    def _work_out(self, makers: Sequence[Maker], families: Sequence[Family]) -> None:
        self.names = {maker.id: maker.name for maker in makers}
        self.categories = {maker.id: maker.category for maker in makers}
        self.folded_into = _children_of_miner_makers(makers)
        self.ties = _ties(makers)
        self.families = {key_of(tokens(fold(family.name))): family.maker for family in families}
        self._collect(makers)
        self.mining_brands = tuple(
            phrase
            for phrase, claim in self.phrases.items()
            if len(phrase) >= _LONG_BRAND
            and phrase.isascii()
            and self.categories[claim.makers[0]] == MINING
            and not claim.weak
        )

    def _collect(self, makers: Sequence[Maker]) -> None:
        spaced: set[str] = set()
        ambiguous_keys: set[str] = set()
        own_phrases: dict[str, set[str]] = {}
        whole: dict[str, list[_Entry]] = {}
        cores: dict[str, list[_Entry]] = {}
        generic: dict[str, list[_Entry]] = {}
        in_text: set[str] = set()
        for maker in makers:
            house = self.folded_into.get(maker.id, maker.id)
            own_words = words_of(fold(maker.name))
            own_core = name_core(own_words, generic=True) or name_core(own_words)
            for folded, ambiguous in _spellings(maker):
                words = words_of(folded)
                key = "".join(words)
                if not key:
                    continue
                core = name_core(words)
                owner = bool(core) and own_core.startswith(core)
                everyday = key in EVERYDAY
                weak = ambiguous or (everyday and not owner)
                if ambiguous:
                    ambiguous_keys.add(key)
                whole.setdefault(key, []).append((house, weak, owner))
                if core:
                    cores.setdefault(core, []).append((house, weak, owner))
                bare = name_core(words, generic=True)
                if len(bare) >= 3:
                    generic.setdefault(bare, []).append((house, weak, owner))
                if _fit_for_text(
                    key, core or key, mining=self.categories[house] == MINING, own_core=own_core
                ):
                    in_text.add(key)
                    in_text.add(core or key)
                    whole.setdefault(core or key, []).append((house, weak, owner))
                if len(words) > 1:
                    spaced.add(" ".join(words))
                own_phrases.setdefault(house, set()).update({key, core or key})
        self.ambiguous, self._spaced = frozenset(ambiguous_keys), frozenset(spaced)
        self._own_phrases = {house: frozenset(phrases) for house, phrases in own_phrases.items()}
        self._whole = {key: _claim(entries) for key, entries in whole.items()}
        self._cores = {key: _claim(entries) for key, entries in cores.items()}
        self._generic = {key: _claim(entries) for key, entries in generic.items()}
        for key in sorted(in_text):
            claim = self._whole[key]
            self.phrases[key] = Claim(claim.makers, weak=True) if key in EVERYDAY else claim
        self.prefixes = frozenset(key[:end] for key in in_text for end in range(1, len(key) + 1))

    def house(self, maker: str) -> str:
        """Return the maker under whose name a line of containers or power supplies of a miner maker goes."""
        return self.folded_into.get(maker, maker)

    def claim(self, key: str) -> Claim | None:
        """Return what a name means, given as its tokens without separators."""
        return self._whole.get(key)

    def goes_on(self, key: str) -> bool:
        """Return whether a longer name begins like this, given as for `claim`."""
        self._ordered = self._ordered or sorted(self._whole)
        at = bisect_right(self._ordered, key)
        return at < len(self._ordered) and self._ordered[at].startswith(key)

    def makers_of(self, phrase: str) -> tuple[str, ...]:
        """Return the makers that a phrase can mean; see `phrases`."""
        return self.phrases[phrase].makers

    def could_be(self, text: str | None, maker: str) -> bool:
        """Return whether a maker column may be short for this maker: `HP` for `HP Enterprise`."""
        key = "".join(token.text for token in tokens(fold(text or "")))
        return bool(key) and any(own.startswith(key) for own in self._own_phrases.get(maker, ()))

    def shortened_before_family(self, run: Sequence[Token], maker: str) -> bool:
        """Return whether a product family of a maker stands behind a short name of it: `HP EliteDesk`.

        A name too short to be looked for in texts counts there; `dock for HP EliteDesk` is another's thing.
        """
        if any(token.text in {"for", "fuer", "fur"} for token in run):
            return False
        return any(
            self.families.get(family.text) == maker
            and len(name.text) >= 2
            and self.could_be(name.text, maker)
            for name, family in pairwise(run)
        )

    def own_phrases(self, maker: str, run: Sequence[Token]) -> list[int]:
        """Return how many tokens at the beginning of a run are a name of this maker: every such count, rising."""
        own = self._own_phrases.get(maker, frozenset())
        joined = ""
        counts: list[int] = []
        for count, token in enumerate(run[:_LONGEST_NAME], start=1):
            joined += token.text
            if joined in own:
                counts.append(count)
        return counts

    def spread(self, folded: str) -> str:
        """Return the text with blanks around names in Chinese script, which are written without any."""
        return self._cjk.sub(r" \g<0> ", folded) if self._cjk is not None and not folded.isascii() else folded

    def tied(self, one: str, other: str) -> bool:
        """Return whether the catalogue ties two makers: parent, affiliate, white label, sold brand."""
        return _pair(one, other) in self.ties

    def read(self, text: str | None) -> MakerReading:
        """Return what a maker column says; memoised.

        Args:
            text: The cell, None when there is no such column.
        """
        if text is None or not text.strip():
            return SILENT
        known = self._memo.get(text)
        if known is None:
            if len(self._memo) >= _REMEMBERED:
                self._memo.clear()
            known = self._memo[text] = self._read(text)
        return known

    def _read(self, text: str) -> MakerReading:
        folded = self.spread(fold(text))
        run = tokens(folded)
        key = "".join(token.text for token in run)
        if (
            not key
            or key in NO_MAKER
            or key in RESELLERS
            or name_core(words_of(folded), generic=True) in RESELLERS
        ):
            return SILENT
        claim, tier = self._lookup(folded, key)
        if claim is None:
            claim, tier = self._by_segment(folded)
        if claim is None:
            claim, tier = self._by_phrase(run)
        if claim is None:
            claim, tier = self._nearly(folded)
        if claim is None:
            return MakerReading(blank=False)
        return MakerReading(claim.makers, tier, claim.weak, blank=False)

    def _lookup(self, folded: str, key: str) -> tuple[Claim | None, Tier]:
        if key in self._whole:
            return self._whole[key], Tier.EXACT
        words = words_of(folded)
        core = name_core(words)
        if core in self._cores:
            return self._cores[core], Tier.GRAMMAR
        bare = name_core(words, generic=True)
        if len(bare) >= 3 and bare in self._generic:
            return self._generic[bare], Tier.GRAMMAR
        return None, Tier.NONE

    def _by_segment(self, folded: str) -> tuple[Claim | None, Tier]:
        found: list[Claim] = []
        segments = [part.strip() for part in _SEGMENTS.split(folded)]
        if len(segments) < 2:
            return None, Tier.NONE
        for segment in segments:
            key = "".join(token.text for token in tokens(segment))
            claim, _ = self._lookup(segment, key) if key else (None, Tier.NONE)
            if claim is not None:
                found.append(claim)
        return _agree(found), Tier.GRAMMAR

    def _by_phrase(self, run: list[Token]) -> tuple[Claim | None, Tier]:
        """The brand that a longer cell begins with, when all brands in it agree."""
        found: list[Claim] = []
        index, leading = 0, False
        while index < len(run):
            count = self.phrase_at(run, index)
            if count:
                leading = leading or index == 0 or all(token.text in NOISE for token in run[:index])
                found.append(self.phrase(run[index : index + count]))
            index += count or 1
        return (_agree(found), Tier.GRAMMAR) if leading else (None, Tier.NONE)

    def phrase(self, run: Sequence[Token]) -> Claim:
        """Return what the name that a run of tokens is means; see `phrase_at`."""
        joined = "".join([token.text for token in run])
        return self.phrases[joined] if joined in self.phrases else self.phrases[joined[:-1]]

    def phrase_at(self, run: Sequence[Token], start: int) -> int:
        """Return how many tokens from `start` on are a maker's name; 0 for none, the longest name wins."""
        joined, longest = "", 0
        for index in range(start, min(start + _LONGEST_NAME, len(run))):
            joined += run[index].text
            if joined not in self.prefixes:
                # `Antminers`: the plural of a name.
                if len(run[index].text) > 5 and joined[-1] == "s" and joined[:-1] in self.phrases:
                    longest = index - start + 1
                break
            if joined in self.phrases and (index == start or self._one_name(run[start : index + 1])):
                longest = index - start + 1
        return longest

    def _one_name(self, run: Sequence[Token]) -> bool:
        """Whether several tokens are one name and not words that happen to spell it: `BLOCK PAD EYE` is no Deye."""
        if all(token.glued for token in run[1:]) or all(len(token.text) >= 3 for token in run):
            return True
        return " ".join([token.text for token in run]) in self._spaced

    def _nearly(self, folded: str) -> tuple[Claim | None, Tier]:
        core = name_core(words_of(folded))
        if len(core) < 6 or _DIGIT.search(core):
            return None, Tier.NONE
        from provenance.identify.near import nearest

        name = nearest(core, [key for key in self.phrases if key.isascii()], meaning=self.makers_of)
        return (self.phrases[name], Tier.FUZZY) if name is not None else (None, Tier.NONE)


def kept_names(makers: Sequence[Maker], families: Sequence[Family], content: str) -> Kept:
    """Return the tables of `MakerNames`, by attribute, as they are kept; the arguments are its own."""

    def work_out() -> dict[str, Any]:
        names = MakerNames(makers, families)
        return {name: getattr(names, name) for name in _TABLES}

    return Kept("names", lambda: (content.encode(), code_digest(*KEPT_BY)), (Claim,), work_out)


def _spellings(maker: Maker) -> Iterable[tuple[str, bool]]:
    """Every spelling of a maker's name, folded, and whether it is ambiguous; a name before brackets counts alone."""
    ambiguous = {fold(alias) for alias in maker.ambiguous_aliases}
    head = _BRACKET.split(maker.name)[0]
    listed = [maker.name, head, *maker.aliases, maker.id]
    for folded in dict.fromkeys([*map(fold, listed), *ambiguous]):
        yield folded, folded in ambiguous


def _fit_for_text(key: str, core: str, *, mining: bool, own_core: str) -> bool:
    """Whether a name may be looked for inside a model text: no code, no short word, no mere product word."""
    if not key.isascii():
        return len(core) >= 2
    if _DIGIT.search(core):
        return core == "h3c"
    if mining:
        return len(core) >= 4
    return len(core) >= 3 and core in own_core


def _claim(entries: list[_Entry]) -> Claim:
    """One claim from all makers that use a name; the maker whose own name it is goes before those that sell it."""
    if len(entries) == 1:
        maker, weak, _ = entries[0]
        return Claim((maker,), weak)
    owners = {maker for maker, _, owner in entries if owner}
    makers = owners if len(owners) == 1 else {maker for maker, _, _ in entries}
    return Claim(tuple(sorted(makers)), any(weak for _, weak, _ in entries))


def _agree(found: list[Claim]) -> Claim | None:
    """The makers that all names found can mean; all of them, when they contradict each other."""
    if not found:
        return None
    firm = [claim for claim in found if not claim.weak] or found
    common = set(firm[0].makers).intersection(*(claim.makers for claim in firm[1:]))
    if common:
        return Claim(tuple(sorted(common)), all(claim.weak for claim in found))
    return Claim(tuple(sorted({maker for claim in firm for maker in claim.makers})), weak=False)


def _children_of_miner_makers(makers: Sequence[Maker]) -> dict[str, str]:
    """Rows for the containers and power supplies of a maker of miners: its label, not a company of their own."""
    categories = {maker.id: maker.category for maker in makers}
    return {
        maker.id: relation.other
        for maker in makers
        for relation in maker.relations
        if relation.kind == "parent" and categories.get(relation.other) == MINING and maker.category != MINING
    }


def _ties(makers: Sequence[Maker]) -> frozenset[tuple[str, str]]:
    ids = {maker.id for maker in makers}
    return frozenset(
        _pair(maker.id, relation.other)
        for maker in makers
        for relation in maker.relations
        if relation.other in ids
    )


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)

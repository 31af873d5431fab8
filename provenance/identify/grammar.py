"""The grammar of model texts: which tokens are a brand, a model code, a rating, an addition, and which are not.

Every token is accounted for. One that could tell a sibling apart and belongs to no known name makes the model
unknown; one that nothing explains costs the answer its tier. Nothing here guesses: digits and pluses are compared
as they stand.
"""

from __future__ import annotations

from typing import NamedTuple

from provenance.expressions import expression
from provenance.identify.behind import Behind
from provenance.identify.codes import CodeIndex
from provenance.identify.explain import explain_token, glued, in_list, joins, never_explained, quantity_at
from provenance.identify.names import Claim, MakerNames
from provenance.identify.normalise import Token, joint
from provenance.identify.parse import Hit, Parse
from provenance.identify.words import (
    BOARD_NOISE,
    EVERYDAY,
    FIRMWARE,
    HASH_UNITS,
    IDLE,
    INFRASTRUCTURE,
    MINING_MAKERS,
    NOISE,
    PART_PAIRS,
    VARIANTS,
)

_CHIP = expression(r"bm1\d{3}")
_PECULIAR = 6
"""A word of so many letters that is a model's name needs its brand in the text, though not right in front."""
_SHORT = 2
"""Digits of a number that many series count to."""


_REMEMBERED = 1 << 15
"""So many distinct words are remembered."""


class _Begun(NamedTuple):
    """What a word can be the beginning of."""

    code: bool
    name: bool
    family: str | None
    """The maker of the product family that the word is."""


_BEGINS_NOTHING = _Begun(code=False, name=False, family=None)
_IDLE = _Begun(code=False, name=False, family=None)
"""Of a word that explains itself wherever it stands."""
_STRANGE = _Begun(code=False, name=False, family=None)
"""Of a word that nothing explains wherever it stands."""


class _Beginnings(dict[str, _Begun]):
    """What every word met can be the beginning of."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        super().__init__()
        self._names = names
        self._codes = codes

    def __missing__(self, word: str) -> _Begun:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = begun = self._look_up(word)
        return begun

    def _look_up(self, word: str) -> _Begun:
        named = word in self._names.prefixes or word[:-1] in self._names.phrases
        begun = _Begun(word in self._codes.prefixes, named, self._names.families.get(word))
        if begun != _BEGINS_NOTHING:
            return begun
        if word in IDLE and not any(pair.startswith(word) for pair in PART_PAIRS):
            return _IDLE
        return _STRANGE if never_explained(word) else _BEGINS_NOTHING


class Grammar:
    """Reads model texts against the codes and names of a catalogue."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        self._names = names
        self._codes = codes
        self._behind = Behind(names, codes)
        self._begins = _Beginnings(names, codes)

    def parse(self, run: list[Token], owners: frozenset[str] = frozenset()) -> Parse:
        """Return what each token of a text is.

        Args:
            run: The tokens of the text.
            owners: Makers that the maker column means: codes of theirs need no brand in front.
        """
        parse = Parse(run, owners=owners)
        index, begins = 0, self._begins
        while index < len(run):
            word = run[index].text
            begun = begins[word]
            if begun is _STRANGE:
                parse.unexplained.append(word)
            if begun is _IDLE or begun is _STRANGE:
                index += 1
            else:
                index = self._step(parse, index, begun)
        if len(parse.hits) > 1:
            self._reconcile(parse)
        return parse

    def _step(self, parse: Parse, index: int, begun: _Begun) -> int:
        run = parse.run
        token = run[index]
        first = token.text
        if (token.is_number or first == "x") and (quantity := quantity_at(parse, index)):
            return quantity
        hit = self._code_at(parse, index) if begun.code else None
        count = self._names.phrase_at(run, index) if begun.name else 0
        if (
            hit is not None
            and hit.stop - index >= count
            and not self._reaches_further(parse, hit, index + count)
        ):
            return self._take_code(parse, hit)
        if count and not (parse.hits and first in VARIANTS):
            self._take_brand(parse, index, count)
            return index + count
        if begun.family is not None:
            parse.families.append(begun.family)
            return index + 1
        return explain_token(parse, index)

    def _reaches_further(self, parse: Parse, hit: Hit, index: int) -> bool:
        """Whether behind the brand a longer code stands than the brand has: `ANTMINER` + `S19J PRO DUAL`."""
        if not hit.code.branded or not hit.start < index < hit.stop or hit.stop == len(parse.run):
            return False
        if parse.run[hit.stop].is_number:
            return False
        alone = self._longest_code(parse.run, index)
        return alone is not None and alone.stop > hit.stop

    def _take_brand(self, parse: Parse, index: int, count: int) -> None:
        phrase = "".join(token.text for token in parse.run[index : index + count])
        claim = self._names.phrase(parse.run[index : index + count])
        if phrase in INFRASTRUCTURE:
            parse.infrastructure = True
        if parse.hits and (phrase in NOISE or phrase in BOARD_NOISE):
            return  # Firmware and control boards of a machine that is already named.
        if phrase in FIRMWARE:
            claim = Claim(claim.makers, weak=True)  # `braiins-s19jpro`: what runs on a machine of another.
        if parse.hits and not self._of_mining(claim):
            parse.unexplained.append(phrase)
        parse.brands.append((index, claim))

    def _of_mining(self, claim: Claim) -> bool:
        return any(self._names.categories[maker] in MINING_MAKERS for maker in claim.makers)

    def _code_at(self, parse: Parse, start: int) -> Hit | None:
        """The longest code that begins at a token, if it may stand there."""
        if parse.run[start].glued and start and parse.run[start - 1].is_number:
            return None  # `4KS2`: the middle of another number.
        hit = self._longest_code(parse.run, start)
        return hit if hit is not None and self._allowed(parse, hit) else None

    def _longest_code(self, run: list[Token], start: int) -> Hit | None:
        prefixes, codes = self._codes.prefixes, self._codes.codes
        key, found, stop = "", "", start
        for index in range(start, len(run)):
            token = run[index]
            if token.glued or index == start:
                longer = key + token.text
            elif not joins(run, index):
                break
            else:
                following = run[index + 1] if index + 1 < len(run) else None
                longer = key + joint(key, token, following) + token.text
            if longer not in prefixes:
                # `S19 Pros`: the plural of a code that ends here.
                if index > start and longer.endswith("s") and len(token.text) > 2 and longer[:-1] in codes:
                    found, stop = longer[:-1], index + 1
                break
            key = longer
            # `V2 x5` is a quantity of V2, not a V2X.
            if key in codes and not (token.text == "x" and not token.glued and glued(run, index + 1)):
                found, stop = key, index + 1
        return Hit(found, codes[found], start, stop) if found else None

    def _allowed(self, parse: Parse, hit: Hit) -> bool:
        """Codes that are bare words or bare numbers need their brand directly in front, chips their maker's name."""
        if not hit.code.branded and hit.start and _CHIP.fullmatch(hit.key):
            return parse.run[hit.start - 1].text in hit.code.makers  # `NerdAxe/BM1370` is no Bitaxe.
        if hit.code.branded or (hit.key[0].isalpha() and any(char.isdigit() for char in hit.key)):
            return True
        if hit.code.alone and hit.start == 0 and hit.stop == len(parse.run):
            return True
        if hit.start == 0 and parse.owners & set(hit.code.makers):
            return True
        if hit.start > 0 and parse.run[hit.start - 1].text in VARIANTS:
            return False  # `Avalon Nano 4`: the word belongs to the code.
        if hit.key.isdigit() and len(hit.key) <= _SHORT and not self._numbered(parse, hit):
            return False
        if self._brand_behind(parse.run, hit) or self._listed_too(parse, hit):
            return True
        if not parse.brands:
            return len(hit.key) > 4 and hit.code.alone and not hit.key[0].isdigit()
        at, claim = parse.brands[-1]
        if hit.key.isalpha() and self._of_another_line(parse.run[at : hit.start], hit.key):
            return False
        before = {"".join(t.text for t in parse.run[at:end]) for end in range(at + 1, hit.start + 1)}
        peculiar = len(hit.key) >= _PECULIAR and hit.key.isalpha() and hit.key not in EVERYDAY
        close = any(phrase in self._names.phrases for phrase in before) and (
            peculiar
            or all(token.text in NOISE for token in parse.run[self._brand_end(parse, at) : hit.start])
        )
        return close and bool(set(claim.makers) & set(hit.code.makers))

    def _of_another_line(self, brand: list[Token], key: str) -> bool:
        """Whether a brand begins names of its own, and this word is in none of them: `NerdAxe Ultra` is no Bitaxe."""
        line = "".join(token.text for token in brand)
        return line in self._codes.prefixes and f"{line}{key}" not in self._codes.codes

    def _numbered(self, parse: Parse, hit: Hit) -> bool:
        """Whether the brand before a short number is the one it counts models of: no `Moonlander 2` is an Apollo 2."""
        texts = [token.text for token in parse.run[: hit.start]]
        return any(f"{''.join(texts[at:])}{hit.key}" in self._codes.codes for at in range(hit.start))

    @staticmethod
    def _listed_too(parse: Parse, hit: Hit) -> bool:
        """Whether a number follows another model of its maker in a list: `Avalon 1246/1166`."""
        if not parse.hits or not in_list(parse.run, hit.start) or len(hit.key) < 3:
            return False
        return bool(set(parse.hits[-1].code.makers) & set(hit.code.makers))

    def _brand_behind(self, run: list[Token], hit: Hit) -> bool:
        """Whether a text begins with a code and its brand, `1246 AvalonMiner`, or its rate and its brand."""
        at = hit.stop
        if at + 2 < len(run) and run[at].is_number and run[at + 1].text in HASH_UNITS:
            at += 2
        count = self._names.phrase_at(run, at) if at < len(run) else 0
        if not count or any(token.text not in NOISE for token in run[: hit.start]):
            return False
        claim = self._names.phrase(run[at : at + count])
        return not claim.weak and bool(set(claim.makers) & set(hit.code.makers))

    def _brand_end(self, parse: Parse, at: int) -> int:
        return at + max(1, self._names.phrase_at(parse.run, at))

    def _take_code(self, parse: Parse, hit: Hit) -> int:
        run = parse.run
        if parse.hits and in_list(run, hit.start) and hit.code.models != parse.hits[-1].code.models:
            parse.several = True
        parse.hits.append(hit)
        return self._behind.read(parse, hit)

    def _supports(self, parse: Parse, at: int, claim: Claim) -> bool:
        """Whether directly behind a brand that decides nothing alone a code of its maker stands: `Avalon A16XP`."""
        end = self._brand_end(parse, at)
        return any(
            hit.start == end and not set(claim.makers).isdisjoint(hit.code.makers) for hit in parse.hits
        )

    def _reconcile(self, parse: Parse) -> None:
        """Several codes in one text: the same model twice is one, a code inside a list is several."""
        makers = {
            maker
            for at, claim in parse.brands
            if not claim.weak or self._supports(parse, at, claim)
            for maker in claim.makers
        }
        firm = [hit for hit in parse.hits if hit.code.alone or makers & set(hit.code.makers)]
        meant = {hit.code.models for hit in firm}
        if len(meant) > 1:
            parse.several = True
        elif firm and not parse.several:
            doubtful = [hit for hit in parse.hits if hit not in firm]
            parse.unexplained += [hit.key for hit in doubtful]
            parse.hits = firm[:1]
        elif not firm:
            parse.several = True

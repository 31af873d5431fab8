"""The grammar of model texts: which tokens are a brand, a model code, a rating, an addition, and which are not.

Every token is accounted for. One that could tell a sibling apart and belongs to no known name makes the model
unknown; one that nothing explains costs the answer its tier. Nothing here guesses: digits and pluses are compared
as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from provenance.identify.codes import Code, CodeIndex
from provenance.identify.names import MINING, Claim, MakerNames
from provenance.identify.normalise import Token, joint
from provenance.identify.words import (
    BOARD_NOISE,
    FAMILIES,
    HASH_UNITS,
    INFRASTRUCTURE,
    JOINERS,
    MINING_WORDS,
    NOISE,
    PART_PAIRS,
    PART_WORDS,
    RESELLERS,
    UNITS,
    VARIANTS,
)

_MINING = frozenset({MINING, "component", "asic-chip", "firmware"})
"""Categories of the makers of miners and of what sits inside them."""
_FORM_DIGITS = frozenset("236")
_LIST_SEPARATORS = ("/", ",", "&", ";", "|")
_LIST_WORDS = frozenset({"and", "or", "и", "або", "und", "y", "e", "et"})
_NUMBERED = frozenset(
    {"x", "qty", "quantity", "lot", "batch", "sku", "no", "order", "po", "item", "ver", "version", "v"}
)


class Hit(NamedTuple):
    """One model code found in a text."""

    key: str
    code: Code
    start: int
    stop: int
    """Positions among the tokens; the end is not included."""


@dataclass(slots=True)
class Parse:
    """What the tokens of one text are."""

    run: list[Token]
    owners: frozenset[str] = frozenset()
    brands: list[tuple[int, Claim]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    """Words or signs that could tell a sibling apart and that no known name accounts for."""
    cooling: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """Numbers without a unit; a hashrate perhaps."""
    form: str | None = None
    """The rack form, `3u`."""
    families: list[str] = field(default_factory=list)
    """Makers of product families that are named."""
    part: str | None = None
    """The part that the text is about."""
    part_first: bool = False
    """Whether the part is named before the model: `fan for S19`."""
    infrastructure: bool = False
    mining: bool = False
    """Whether a hashrate or a word of the trade places the text in mining."""
    several: bool = False
    """Whether more than one model is named."""

    @property
    def plain(self) -> bool:
        """Whether it is one code, and everything beside it is explained."""
        return len(self.hits) == 1 and not (
            self.variants
            or self.unexplained
            or self.cooling
            or self.numbers
            or self.several
            or self.families
            or self.form
            or self.part
        )


class Grammar:
    """Reads model texts against the codes and names of a catalogue."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        self._names = names
        self._codes = codes

    def parse(self, run: list[Token], owners: frozenset[str] = frozenset()) -> Parse:
        """Return what each token of a text is.

        Args:
            run: The tokens of the text.
            owners: Makers that the maker column means: codes of theirs need no brand in front.
        """
        parse = Parse(run, owners=owners)
        index = 0
        while index < len(run):
            index = self._step(parse, index)
        self._reconcile(parse)
        return parse

    def _step(self, parse: Parse, index: int) -> int:
        run = parse.run
        first = run[index].text
        quantity = _quantity(parse, index)
        if quantity:
            return quantity
        hit = self._code_at(parse, index) if first in self._codes.prefixes else None
        count = (
            self._names.phrase_at(run, index)
            if first in self._names.prefixes or first[:-1] in self._names.phrases
            else 0
        )
        if (
            hit is not None
            and hit.stop - index >= count
            and not self._reaches_further(parse, hit, index + count)
        ):
            return self._take_code(parse, hit)
        if count and not (parse.hits and first in VARIANTS):
            self._take_brand(parse, index, count)
            return index + count
        return _explain(parse, index)

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
        if parse.hits and not self._of_mining(claim):
            parse.unexplained.append(phrase)
        parse.brands.append((index, claim))

    def _of_mining(self, claim: Claim) -> bool:
        return any(self._names.categories[maker] in _MINING for maker in claim.makers)

    def _code_at(self, parse: Parse, start: int) -> Hit | None:
        """The longest code that begins at a token, if it may stand there."""
        hit = self._longest_code(parse.run, start)
        return hit if hit is not None and self._allowed(parse, hit) else None

    def _longest_code(self, run: list[Token], start: int) -> Hit | None:
        prefixes, codes = self._codes.prefixes, self._codes.codes
        key, found, stop = "", "", start
        for index in range(start, len(run)):
            token = run[index]
            if token.glued or index == start:
                longer = key + token.text
            elif not _joins(run, index):
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
            if key in codes and not (token.text == "x" and not token.glued and _glued(run, index + 1)):
                found, stop = key, index + 1
        return Hit(found, codes[found], start, stop) if found else None

    def _allowed(self, parse: Parse, hit: Hit) -> bool:
        """Codes that are bare words or bare numbers need their brand directly in front."""
        if hit.code.branded or (hit.key[0].isalpha() and any(char.isdigit() for char in hit.key)):
            return True
        if hit.code.alone and hit.start == 0 and hit.stop == len(parse.run):
            return True
        if hit.start == 0 and parse.owners & set(hit.code.makers):
            return True
        if not parse.brands:
            return len(hit.key) > 4 and hit.code.alone and not hit.key[0].isdigit()
        at, claim = parse.brands[-1]
        before = {"".join(t.text for t in parse.run[at:end]) for end in range(at + 1, hit.start + 1)}
        close = any(phrase in self._names.phrases for phrase in before) and not any(
            token.text not in NOISE for token in parse.run[self._brand_end(parse, at) : hit.start]
        )
        return close and bool(set(claim.makers) & set(hit.code.makers))

    def _brand_end(self, parse: Parse, at: int) -> int:
        return at + max(1, self._names.phrase_at(parse.run, at))

    def _take_code(self, parse: Parse, hit: Hit) -> int:
        run = parse.run
        if parse.hits and _in_list(run, hit.start) and hit.code.models != parse.hits[-1].code.models:
            parse.several = True
        parse.hits.append(hit)
        index = hit.stop
        if index < len(run) and run[index].glued and run[index].text == "s" and not _glued(run, index + 1):
            return index + 1  # `S19s`: a plural.
        return self._after_code(parse, index)

    def _after_code(self, parse: Parse, index: int) -> int:
        """What directly follows a code decides whether it is a known name or an unknown sibling."""
        run = parse.run
        while index < len(run):
            token = run[index]
            if token.is_plus and (token.glued or len(token.text) > 1 or _ends_name(run, index)):
                parse.variants.append(token.text)
            elif token.glued and token.text.isalpha() and not _is_unit_of_number(run, index):
                if token.text in BOARD_NOISE:
                    pass
                elif token.text == "x" and index + 1 < len(run) and run[index + 1].text == "88":
                    index += 1
                else:
                    parse.variants.append(token.text)
            elif token.text == "88" and (token.glued or "-" in token.sep):
                pass  # Board revision: 88 chips in a row.
            elif token.text == "i" and "_" in token.sep:
                pass  # Board revision `_I`.
            elif "/" in token.sep and (token.is_plus or token.text in VARIANTS):
                parse.several = True
                parse.variants.append(token.text)
            elif (
                "-" in token.sep
                and len(token.text) == 1
                and token.text.isalpha()
                and not _glued(run, index + 1)
            ):
                parse.variants.append(f"-{token.text}")
            elif _plain_word(token) and not _known_word(run, index) and not self._miner_brand(run, index):
                parse.variants.append(token.text)
            else:
                return index
            index += 1
        return index

    def _miner_brand(self, run: list[Token], index: int) -> bool:
        """Whether a brand of miners, or what sits inside them, begins at a token: `S19 Antminer`."""
        count = self._names.phrase_at(run, index)
        return bool(count) and self._of_mining(self._names.phrase(run[index : index + count]))

    def _reconcile(self, parse: Parse) -> None:
        """Several codes in one text: the same model twice is one, a code inside a list is several."""
        if len(parse.hits) < 2:
            return
        makers = {maker for _, claim in parse.brands if not claim.weak for maker in claim.makers}
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


def _glued(run: list[Token], index: int) -> bool:
    return index < len(run) and run[index].glued


def _joins(run: list[Token], index: int) -> bool:
    """Whether a token may continue the code before it."""
    token = run[index]
    if token.glued:
        return True
    if "/" in token.sep or "," in token.sep or ";" in token.sep:
        return False
    if token.text == "+":
        # A plus apart from the name may also join an addition: `S19 + PSU`.
        return _ends_name(run, index)
    # Words of English and Ukrainian.
    return token.text not in {"a", "i"} or "-" in token.sep


def _ends_name(run: list[Token], index: int) -> bool:
    """Whether a plus that stands apart belongs to the name before it, by what follows."""
    if "-" in run[index].sep:
        return True  # `s21-plus-miner`, as addresses write it.
    following = run[index + 1] if index + 1 < len(run) else None
    return (
        following is None or following.is_number or following.text in VARIANTS or following.text in HASH_UNITS
    )


def _in_list(run: list[Token], index: int) -> bool:
    return any(sep in run[index].sep for sep in _LIST_SEPARATORS) or (
        index > 0 and run[index - 1].text in _LIST_WORDS
    )


def _quantity(parse: Parse, index: int) -> int:
    """The position behind a quantity at a token (`5x`, `x 5`), 0 where there is none."""
    run = parse.run
    token = run[index]
    following = run[index + 1] if index + 1 < len(run) else None
    if token.is_number and following is not None and following.text == "x" and not _glued(run, index + 2):
        return index + 2
    if token.text == "x" and following is not None and following.is_number and not _glued(run, index + 2):
        after_number = index > 0 and run[index - 1].is_number
        if parse.hits or after_number:
            return index + 2
    return 0


def _plain_word(token: Token) -> bool:
    """Whether a token may be a suffix that nobody knows: a word directly behind a code, not in brackets."""
    return token.text.isalpha() and token.text.isascii() and not set(token.sep) & set("([,;:|")


def _known_word(run: list[Token], index: int) -> bool:
    text = run[index].text
    pair = text + run[index + 1].text if index + 1 < len(run) else ""
    return (
        text in NOISE
        or text in VARIANTS
        or text in BOARD_NOISE
        or text in PART_WORDS
        or pair in PART_PAIRS
        or text in INFRASTRUCTURE
        or text in JOINERS
        or text in UNITS
        or text in RESELLERS
        or _glued(run, index + 1)
    )


def _is_unit_of_number(run: list[Token], index: int) -> bool:
    return index > 0 and run[index - 1].is_number and run[index].text in UNITS and len(run[index].text) > 1


def _explain(parse: Parse, index: int) -> int:
    """Account for one token that is neither code nor brand; return the position behind it."""
    run = parse.run
    token = run[index]
    if token.is_number:
        return _explain_number(parse, index)
    if token.is_plus:
        if token.glued and parse.hits:
            parse.variants.append(token.text)
        return index + 1
    following = run[index + 1] if index + 1 < len(run) else None
    pair = token.text + following.text if following is not None else ""
    if token.text == "u" and following is not None and following.glued and following.text in _FORM_DIGITS:
        parse.form = f"{following.text}u"
        return index + 2
    if pair in PART_PAIRS:
        _take_part(parse, index, pair)
        return index + 2
    if token.text in PART_WORDS or token.text.startswith("apw"):
        _take_part(parse, index, token.text)
        return index + (2 if token.text == "apw" and following is not None and following.glued else 1)
    _explain_word(parse, index, token)
    return index + 1


def _explain_word(parse: Parse, index: int, token: Token) -> None:
    text = token.text
    if text in MINING_WORDS:
        parse.mining = True
    elif text in INFRASTRUCTURE:
        parse.infrastructure = True
    elif text in FAMILIES:
        parse.families.append(FAMILIES[text])
    elif text == "box" and index > 0 and parse.run[index - 1].text in {"in", "open", "original"}:
        pass  # `new in box`
    elif text in VARIANTS:
        (parse.cooling if text in {"hyd", "imm", "air"} else parse.variants).append(text)
    elif text in NOISE or text in BOARD_NOISE or text in RESELLERS or (text in UNITS and len(text) > 1):
        if text in HASH_UNITS and len(text) > 1:
            parse.mining = True
    elif text == "s" and index > 0 and (token.glued or "/" in token.sep or not token.sep.strip("'")):
        pass  # A plural, or the second of `TH/s`.
    elif text.endswith("s") and text[:-1] in VARIANTS:
        parse.variants.append(text)
    else:
        parse.unexplained.append(text)


def _explain_number(parse: Parse, index: int) -> int:
    run = parse.run
    token = run[index]
    following = run[index + 1] if index + 1 < len(run) else None
    if following is not None and following.text == "u" and following.glued and not _glued(run, index + 2):
        parse.form = f"{token.text}u"
        return index + 2
    if following is not None and following.text in UNITS and not _begins_code(run, index + 1):
        parse.mining = parse.mining or following.text in HASH_UNITS
        return _unit_tail(parse, index + 2)
    before = run[index - 1].text if index > 0 else ""
    if before in _NUMBERED or "#" in token.sep or "$" in token.sep or "€" in token.sep or "±" in token.sep:
        return index + 1
    if len(token.text) == 4 and token.text[:2] in {"19", "20"} and not token.glued:
        return index + 1  # A year.
    parse.numbers.append(token.text)
    return index + 1


def _begins_code(run: list[Token], index: int) -> bool:
    """Whether a unit letter is in truth the series letter of a code: `10 T19`, `2 M30S`."""
    return not run[index].glued and _glued(run, index + 1) and run[index + 1].is_number


def _unit_tail(parse: Parse, index: int) -> int:
    """The position behind what follows a unit: `/s`, `/th`, `per th`."""
    run = parse.run
    while index < len(run) and "/" in run[index].sep and (run[index].text in UNITS or run[index].text == "s"):
        parse.mining = parse.mining or run[index].text in HASH_UNITS
        index += 1
    return index


def _take_part(parse: Parse, index: int, part: str) -> None:
    """A part is what the text is about, unless a joining word makes it an addition to a machine."""
    run = parse.run
    before = run[index - 1].text if index > 0 else ""
    back = 2 if before in {"a", "the", "its", "original", "oem", "new"} and index > 1 else 1
    joined = index >= back and (run[index - back].text in JOINERS or run[index - back].text == "out")
    after = run[index + 1].text if index + 1 < len(run) else ""
    if parse.hits and (joined or after in {"included", "incl", "includes"} or _plus_before(run, index)):
        return
    if parse.part is None:
        parse.part = part
        parse.part_first = not parse.hits


def _plus_before(run: list[Token], index: int) -> bool:
    sep = run[index].sep
    return "&" in sep or (index > 0 and run[index - 1].is_plus and bool(sep))

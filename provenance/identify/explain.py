"""How the tokens beside a code are explained: ratings, quantities, additions, parts, words of the trade."""

from __future__ import annotations

from provenance.identify.normalise import Token
from provenance.identify.parse import Parse
from provenance.identify.words import (
    BOARD_NOISE,
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

_MACHINE_WORDS = MINING_WORDS | {"machine", "machines", "used", "refurbished", "units", "for"}
"""Words that go on about the machine whose name they follow."""
_FORM_DIGITS = frozenset("236")
_CHIPS = frozenset({"chip", "chips"})
_RACK_DIGITS = 2
"""Digits of a height in rack units."""
_LIST_SEPARATORS = ("/", ",", "&", ";", "|")
LIST_WORDS = frozenset({"and", "or", "и", "або", "und", "y", "e", "et"})
"""Words between the items of a list."""
_NUMBERED = frozenset(
    {"x", "qty", "quantity", "lot", "batch", "sku", "no", "order", "po", "item", "ver", "version", "v"}
)
_CURRENCIES = frozenset({"usd", "usdt", "eur", "cny", "rmb"})
_PASSED_OVER = frozenset({"a", "the", "its", "original", "oem", "new"})
"""Words between a joining word and the part that it adds."""
_INCLUDED = frozenset({"included", "incl", "includes"})
_BEFORE_BOX = frozenset({"in", "open", "original", "sealed", "retail", "no", "without"})
_BEFORE_GENERATION = frozenset({"next", "new", "latest", "current", "last"})
_SPARE = frozenset({"parts", "spares", "part", "spare"})

_PAIRS = PART_PAIRS | BOARD_NOISE
_EXPLAINED = (
    BOARD_NOISE
    | HASH_UNITS
    | INFRASTRUCTURE
    | MINING_WORDS
    | NOISE
    | PART_WORDS
    | RESELLERS
    | UNITS
    | VARIANTS
    | {"bm"}
)
"""Words that are explained, at least beside some others."""


def glued(run: list[Token], index: int) -> bool:
    """Return whether there is a token at a position and nothing stands between it and the one before."""
    return index < len(run) and run[index].glued


def joins(run: list[Token], index: int) -> bool:
    """Return whether a token may continue the code before it."""
    token = run[index]
    if token.glued:
        return True
    if any(mark in token.sep for mark in _LIST_SEPARATORS):
        return False
    if token.text == "+":
        # A plus apart from the name may also join an addition: `S19 + PSU`.
        return ends_name(run, index)
    # Words of English and Ukrainian.
    return token.text not in {"a", "i"} or "-" in token.sep


def ends_name(run: list[Token], index: int) -> bool:
    """Return whether a plus that stands apart belongs to the name before it, by what follows."""
    if "-" in run[index].sep:
        return True  # `s21-plus-miner`, as addresses write it.
    following = run[index + 1] if index + 1 < len(run) else None
    if following is not None and following.is_number:
        return not any(token.text in PART_WORDS for token in run[index + 2 : index + 4])  # `S19 + 2 PSUs`
    if following is None or following.text in VARIANTS or following.text in HASH_UNITS:
        return True
    # `Pro Plus miner` is a name; `S19 + used PSU` an addition.
    return following.text in _MACHINE_WORDS and not any(
        token.text in PART_WORDS for token in run[index + 2 :]
    )


def in_list(run: list[Token], index: int) -> bool:
    """Return whether a token is a further item of a list."""
    return any(sep in run[index].sep for sep in _LIST_SEPARATORS) or (
        index > 0 and run[index - 1].text in LIST_WORDS
    )


def ends_item(run: list[Token], index: int) -> bool:
    """Return whether an item of a list ends in front of a position, or behind the rating there, and another follows."""
    if index + 2 < len(run) and run[index].is_number and run[index + 1].text in HASH_UNITS:
        index += 2
    return index < len(run) and (in_list(run, index) or run[index].text in LIST_WORDS)


def quantity_at(parse: Parse, index: int) -> int:
    """Return the position behind a quantity at a token (`5x`, `x 5`), 0 where there is none."""
    run = parse.run
    token = run[index]
    following = run[index + 1] if index + 1 < len(run) else None
    if token.is_number and following is not None and following.text == "x" and not glued(run, index + 2):
        return index + 2
    if token.text == "x" and following is not None and following.is_number and not glued(run, index + 2):
        after_number = index > 0 and run[index - 1].is_number
        if parse.hits or after_number:
            return index + 2
    return 0


def plain_word(token: Token) -> bool:
    """Return whether a token may be a suffix that nobody knows: a word directly behind a code, not in brackets."""
    return token.text.isalpha() and token.text.isascii() and not set(token.sep) & set("([,;:|")


def known_word(run: list[Token], index: int) -> bool:
    """Return whether a word behind a code is of the vocabulary, so that it is explained where it stands."""
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
        or text in HASH_UNITS
        or text in RESELLERS
        or (glued(run, index + 1) and pair.replace("0", "o") not in VARIANTS)
    )


def never_explained(word: str) -> bool:
    """Return whether a word stays unexplained whatever stands beside it, if nothing in the catalogue begins with it."""
    return (
        len(word) > 1
        and word.isalpha()
        and word not in _EXPLAINED
        and word.removesuffix("s") not in VARIANTS
        and not word.startswith("apw")
        and not any(pair.startswith(word) for pair in _PAIRS)
    )


def explain_token(parse: Parse, index: int) -> int:
    """Account for one token that is neither code nor brand; return the position behind it."""
    run = parse.run
    token = run[index]
    if token.is_number:
        return _explain_number(parse, index)
    if token.is_plus:
        before = run[index - 1] if index else token
        if token.glued and parse.hits and (before.is_number or before.text in VARIANTS):
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
    if pair in BOARD_NOISE:
        return index + 2  # `am1`: letters and number of one word.
    if token.text == "bm" and (parse.hits or parse.brands) and pair[2:3] == "1" and pair[3:].isdigit():
        return index + 2  # `NerdQAxe++/BM1370`: the chip of a machine that is named.
    if token.text in PART_WORDS or token.text.startswith("apw"):
        _take_part(parse, index, token.text)
        index += 1
        while token.text.startswith("apw") and glued(run, index):
            index += 1  # `APW3++`: number and signs are those of the part.
        return index
    _explain_word(parse, index, token)
    return index + 1


def _explain_word(parse: Parse, index: int, token: Token) -> None:
    text = token.text
    if text in MINING_WORDS:
        parse.mining = True
    elif text in INFRASTRUCTURE:
        parse.infrastructure = True
    elif text == "box" and index > 0 and parse.run[index - 1].text in _BEFORE_BOX:
        pass  # `new in box`
    elif text == "gen" and index > 0 and parse.run[index - 1].text in _BEFORE_GENERATION:
        pass  # `next-gen miners`
    elif (
        text == "mix"
        and index > 1
        and ("(" in token.sep or _priced(parse.run, index + 1) or _rated(parse.run, index - 1))
    ):
        pass  # `216T mix`, `S21 (mix)`: one model, of several bins.
    elif text == "super" and index + 1 < len(parse.run) and parse.run[index + 1].text.startswith("comput"):
        parse.mining = parse.mining or (
            index > 0 and parse.run[index - 1].text == "hash"
        )  # As customs call it.
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


def _priced(run: list[Token], index: int) -> bool:
    """Whether a price stands behind a colon, `T21 mix: 14.3u`."""
    return index < len(run) and run[index].is_number and ":" in run[index].sep


def _rated(run: list[Token], index: int) -> bool:
    """Whether a token is the unit of a rating, or of a price for one."""
    return run[index].text in HASH_UNITS or (run[index].text in UNITS and run[index - 1].is_number)


def _explain_number(parse: Parse, index: int) -> int:
    run = parse.run
    token = run[index]
    following = run[index + 1] if index + 1 < len(run) else None
    if following is not None and following.text == "u" and following.glued and not glued(run, index + 2):
        if not _is_price(run, index):
            parse.form = f"{token.text}u"
        return _unit_tail(parse, index + 2)
    if following is not None and following.text in UNITS and not _begins_code(run, index + 1):
        parse.mining = parse.mining or following.text in HASH_UNITS
        if following.text == "gb":
            parse.memory = f"{token.text}gb"
        return _unit_tail(parse, index + 2)
    if following is not None and following.text in _CHIPS and parse.hits and _counts_chips(run, index):
        return index + 2
    before = run[index - 1].text if index > 0 else ""
    if before in _NUMBERED or "#" in token.sep or "$" in token.sep or "€" in token.sep or "±" in token.sep:
        return index + 1
    if _says_nothing(run, index):
        return index + 1
    parse.numbers.append(token.text)
    return index + 1


def _is_price(run: list[Token], index: int) -> bool:
    """Whether a number before a u is one of a stablecoin, as dealers write it, and no rack form: `15u/t`, `980u`."""
    behind = run[index + 2] if index + 2 < len(run) else None
    per_unit = behind is not None and "/" in behind.sep and behind.text in HASH_UNITS
    return per_unit or "." in run[index].text or len(run[index].text) > _RACK_DIGITS


def _says_nothing(run: list[Token], index: int) -> bool:
    """Whether a number without a unit is a year, a version, a price, the size of a lot (`lot of 20`), or of SHA-256."""
    token = run[index]
    before = run[index - 1].text if index > 0 else ""
    if len(token.text) == 4 and token.text[:2] in {"19", "20"} and not token.glued:
        return True
    return (
        token.text.count(".") > 1
        or before in _CURRENCIES
        or before == "of"
        or before + token.text == "sha256"
    )


def _begins_code(run: list[Token], index: int) -> bool:
    """Whether a unit letter is in truth the series letter of a code: `10 T19`, `2 M30S`."""
    return not run[index].glued and glued(run, index + 1) and run[index + 1].is_number


def _unit_tail(parse: Parse, index: int) -> int:
    """The position behind what follows a unit, `/s` or `/th`; not the code of another machine: `104T / M30S`."""
    run = parse.run
    while (
        index < len(run)
        and "/" in run[index].sep
        and (run[index].text in UNITS or run[index].text == "s")
        and not _begins_code(run, index)
    ):
        parse.mining = parse.mining or run[index].text in HASH_UNITS
        index += 1
    return index


def _take_part(parse: Parse, index: int, part: str) -> None:
    """A part is what the text is about, unless a joining word makes it an addition to a machine."""
    run = parse.run
    before = run[index - 1].text if index > 0 else ""
    if before == "for" and part in _SPARE:
        return  # The condition of a machine: `for parts or repair`.
    back = 2 if index > 1 and _passed_over(before) else 1
    joiner = run[index - back] if index >= back else None
    joined = joiner is not None and not joiner.is_plus and (joiner.text in JOINERS or joiner.text == "out")
    after = run[index + 1].text if index + 1 < len(run) else ""
    if parse.hits and parse.part is None and any(_is_part(token) for token in run[max(index - 2, 0) : index]):
        return  # `with PSU APW12`: what an addition is called.
    if parse.hits and (joined or after in _INCLUDED or _plus_before(parse, index - back + 1)):
        return
    if part.startswith("apw"):
        parse.part = part  # The number of a power supply says more than any word for one.
    elif parse.part is None:
        parse.part = part
        parse.part_first = not parse.hits


def _is_part(token: Token) -> bool:
    return token.text in PART_WORDS or token.text.startswith("apw")


def _counts_chips(run: list[Token], index: int) -> bool:
    """Whether a number counts the chips on a board, `S19 86T 126 Chip`; that of a chip's own name is glued to it."""
    token = run[index]
    return token.is_number and not token.glued and len(token.text) in {2, 3}


def _passed_over(text: str) -> bool:
    """Whether a token between a joining word and a part is passed over: `with original PSU`."""
    return text in _PASSED_OVER or text.isdigit()


def _plus_before(parse: Parse, index: int) -> bool:
    """Whether a plus or an ampersand that belongs to no name joins a part to what stands before it."""
    sep = parse.run[index].sep
    if "&" in sep or index == 0 or not parse.run[index - 1].is_plus:
        return "&" in sep
    in_name = any(hit.start < index <= hit.stop for hit in parse.hits)
    return bool(sep) and not in_name  # `S19 + PSU`; the PSU of a T17+ is a PSU.

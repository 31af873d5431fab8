"""What stands directly behind a model code: it decides whether the code is a known name or an unknown sibling.

A plus, a letter, a digit or a word there belongs to the name unless the vocabulary explains it. What is explained is
left to `explain`; what is not is a variant, and a variant leaves the model open.
"""

from __future__ import annotations

from itertools import pairwise

from provenance.expressions import expression
from provenance.identify.codes import CodeIndex
from provenance.identify.explain import ends_name, glued, known_word, plain_word
from provenance.identify.names import MakerNames
from provenance.identify.normalise import Token
from provenance.identify.parse import Hit, Parse
from provenance.identify.words import BOARD_NOISE, MINING_MAKERS, UNITS, VARIANTS

_LONE_LETTERS = frozenset("awv")
"""Letters that stand alone behind a name without telling a sibling: a board revision, `w/ PSU`, `v 1.2`."""
_NO_SUFFIXES = frozenset({"st", "nd", "rd", "th", "u"})
"""Letters behind a number of its own: `1st`, `3U`, `9u/t`."""
_DIGIT = expression(r"\d")
_INDEX_DIGITS = 2
"""A glued number of so few digits is no hashrate and no number of a worker."""


class Behind:
    """Reads what follows a code, against the codes and names of a catalogue."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        self._names = names
        self._codes = codes

    def read(self, parse: Parse, hit: Hit) -> int:
        """Account for what belongs to the name behind a code; return the position behind it."""
        run, index = parse.run, hit.stop
        if index >= len(run):
            return index
        if self._plural(run, hit):
            return index + 1
        token = run[index]
        if token.is_number and self._number_of_sibling(run, hit):
            parse.several = True
            index += 1
        elif token.is_number and self._number_of_name(run, hit):
            parse.variants.append(token.text)
            index += 1
        while index < len(run):
            behind = self._step(parse, hit, index)
            if not behind:
                break
            index = behind
        return index

    def _plural(self, run: list[Token], hit: Hit) -> bool:
        """Whether an s behind a code is a plural: `S19s`, but not where the series has models that end in s."""
        token = run[hit.stop]
        if not token.glued or token.text != "s" or glued(run, hit.stop + 1) or len(hit.key) == 1:
            return False
        return hit.key[-1] == "s" or not self._codes.has_s_models(hit.key, hit.code.makers)

    def _number_of_sibling(self, run: list[Token], hit: Hit) -> bool:
        """Whether behind a code and a stroke the number of another one of its series stands: `E9.2/9.3`."""
        token = run[hit.stop]
        following = run[hit.stop + 1] if hit.stop + 1 < len(run) else None
        if "/" not in token.sep or (following is not None and following.text in UNITS):
            return False
        pairs = pairwise(run[hit.start : hit.stop])
        series = next((one.text for one, two in pairs if two.is_number and not one.is_number), "")
        makers = self._codes.numbers.get(f"{series}{token.text}", frozenset())
        return bool(makers & set(hit.code.makers)) and not self._codes.is_rate(token.text, hit.code.models)

    def _number_of_name(self, run: list[Token], hit: Hit) -> bool:
        """Whether a number behind a code belongs to the name, so that it is another one: `KS3L2`, `LT5 2`."""
        token = run[hit.stop]
        following = run[hit.stop + 1] if hit.stop + 1 < len(run) else None
        if "(" in token.sep or (following is not None and following.text in UNITS | {"x"}):
            return False
        if token.glued and len(token.text) == 1:
            return True
        if following is not None and following.is_number and following.sep == "-" == token.sep:
            return False  # `kd-max-40-2t`: a decimal, as addresses write it.
        if token.text == "88" or self._codes.is_rate(token.text, hit.code.models):
            return False
        if token.glued:  # `Giant X10`, `Baikal N240`: letters without a number of their own get it here.
            return len(token.text) <= _INDEX_DIGITS or (
                len(run[hit.stop - 1].text) == 1 and not _DIGIT.search(hit.key)
            )
        if following is not None and following.glued and following.text.isalpha():
            return following.text not in _NO_SUFFIXES  # `3Uk`: no rack form.
        if not _DIGIT.search(hit.key):
            return not set(token.sep) & set("([,;:|#")  # `Supra 401`: its number is its name.
        return following is None and len(token.text) == 1 and not token.sep.strip()

    def _step(self, parse: Parse, hit: Hit, index: int) -> int:
        """The position behind a token that belongs to the name or its board, 0 for one that does not."""
        run = parse.run
        token = run[index]
        if token.is_plus and (token.glued or len(token.text) > 1 or ends_name(run, index)):
            parse.variants.append(token.text)
        elif token.glued and token.text.isalpha():
            if token.text == "x" and index + 1 < len(run) and run[index + 1].text == "88":
                return index + 2
            if token.text not in BOARD_NOISE:
                parse.variants.append(token.text)
        elif token.text == "88" and (token.glued or "-" in token.sep) and not glued(run, index + 1):
            pass  # Board revision: 88 chips in a row.
        elif token.text == "i" and "_" in token.sep:
            pass  # Board revision `_I`.
        elif "/" in token.sep and (token.is_plus or token.text in VARIANTS):
            parse.several = True
            parse.variants.append(token.text)
        elif _hyphenated_letter(run, index):
            parse.variants.append(f"-{token.text}")
        elif plain_word(token) and not self._explained(parse, hit, index):
            parse.variants.append(token.text)
        else:
            return 0
        return index + 1

    def _explained(self, parse: Parse, hit: Hit, index: int) -> bool:
        """Whether a word directly behind a code is of the vocabulary, or a brand."""
        run = parse.run
        word = run[index].text
        following = run[index + 1] if index + 1 < len(run) else None
        if word == "x":
            # `Giant x5` is a quantity, `Giant X11` a sibling of the Giant X10.
            sibling = any(f"{hit.key}x{digit}" in self._codes.prefixes for digit in "123456789")
            return following is not None and following.is_number and not (sibling and len(following.text) > 1)
        if len(word) == 1 and (word not in _LONE_LETTERS or hit.key.isalpha()):
            # `S19 K`, `Giant N`; `with` and `volt` only where something follows.
            return following is not None and following.glued and not following.text.isalpha()
        return known_word(run, index) or self._miner_brand(run, index)

    def _miner_brand(self, run: list[Token], index: int) -> bool:
        """Whether a brand of miners, or what sits inside them, begins at a token: `S19 Antminer`."""
        count = self._names.phrase_at(run, index)
        if not count:
            return False
        makers = self._names.phrase(run[index : index + count]).makers
        return any(self._names.categories[maker] in MINING_MAKERS for maker in makers)


def _hyphenated_letter(run: list[Token], index: int) -> bool:
    token = run[index]
    return "-" in token.sep and len(token.text) == 1 and token.text.isalpha() and not glued(run, index + 1)

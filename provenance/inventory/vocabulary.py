"""The words of `vocabulary.yaml`, and how a header is compared with them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from provenance.expressions import expression
from provenance.inventory.table import Field
from provenance.kept import Kept, code_digest
from provenance.records import dataclass

_CAMEL = expression(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = expression(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)
"""Runs of letters and digits; Chinese, Japanese and Korean ones apart from the rest, as in `CPU型号`."""
_ASCII_WORD = expression(r"[A-Za-z0-9]+")
_PAREN = expression(r"[(\[（【][^)\]）】]*[)\]）】]")
_TAILS = frozenset(
    {"en", "str", "txt", "text", "name", "names", "value", "the", "no", "s", "nr", "required", "optional"}
)
"""Words that a system adds to a header without changing what it is."""

FILE = Path(__file__).with_name("vocabulary.yaml")
CODE = ("datafile.py", "inventory/table.py", "inventory/vocabulary.py", "inventory/vocabulary_file.py")
"""The modules that decide what the file becomes."""
STRONG, FAIR, WEAK = 0.95, 0.87, 0.6
_FLOOR = 0.55
"""A phrase inside a longer header counts down to this score."""
_LOST_WORD = 0.08
"""What each word that a header has beyond the known phrase takes from its score."""


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """How well a header names a field."""

    score: float
    phrase: str
    """The known phrase that it was matched with."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words, folded for comparing."""

    exact: dict[str, dict[Field, float]]
    """Squashed phrase to what it says, `STRONG`, `FAIR` or `WEAK`."""
    phrases: dict[str, tuple[tuple[str, Field, float], ...]]
    """First word of a phrase to the phrases of two words and more that begin with it, and single strong words."""
    han: tuple[tuple[str, Field, float], ...]
    """Chinese, Japanese and Korean phrases, found inside a header without blanks."""
    never: dict[Field, tuple[str, ...]]
    units: frozenset[str]
    total: frozenset[str]
    note: frozenset[str]
    placeholder: frozenset[str]
    serial_placeholder: frozenset[str]
    boolean: frozenset[str]
    """Words for yes and no."""
    numbers: dict[str, int]
    """Words for small whole numbers, in lower case."""
    kinds: frozenset[str]
    """Words of headers that name what kind of thing a thing is."""
    withheld: dict[str, tuple[str, ...]]
    """What must not be shown, by kind: phrases of headers, folded."""
    register: tuple[frozenset[str], ...]
    """Groups of headers, folded; an evidence register has one of each."""
    brands: frozenset[str]
    openings: tuple[str, ...]
    """First words of totals and notes, as written and folded, for a pattern that finds such rows."""


def fold(text: str) -> str:
    """Return a header or word as lower-case words without accents, joined by single blanks.

    Cases are split (`deviceModel`), emoji and punctuation fall away, `#` and `№` count as "no".
    """
    text = text.replace("№", " no ").replace("#", " no ")
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(_CAMEL.sub(" ", text).lower()))
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text)
    return " ".join(word.lower() for word in _WORD.findall(_CAMEL.sub(" ", text)))


def has_han(text: str) -> bool:
    """Return whether letters of Chinese, Japanese or Korean stand in a text."""
    return not text.isascii() and any(
        "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af"
        for letter in text
    )


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Return folded text without blanks."""
    return fold(text).replace(" ", "")


def _compile() -> Vocabulary:
    from provenance.inventory.vocabulary_file import read_vocabulary

    return read_vocabulary(FILE)


KEPT = Kept("vocabulary", lambda: (code_digest(*CODE), FILE.read_bytes()), (Vocabulary, Field), _compile)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Return the words that come with the program."""
    vocabulary: Vocabulary = KEPT.get()
    return vocabulary


@lru_cache(maxsize=4096)
def match_header(header: str) -> dict[Field, HeaderMatch]:
    """Return the fields a header may name, with a score from 0 to 1 each.

    Args:
        header: As written. Headers in two languages on two lines are read by each line.
    """
    best: dict[Field, HeaderMatch] = {}
    for index, reading in enumerate(_readings(header)):
        for field, match in _match_folded(reading).items():
            # Readings after the first have lost something of the header.
            score = match.score - (0.02 if index else 0.0)
            if field not in best or score > best[field].score:
                best[field] = HeaderMatch(score, match.phrase)
    words = f" {fold(header)} "
    return {field: match for field, match in best.items() if not _speaks_against(words, field, match.phrase)}


def _speaks_against(words: str, field: Field, phrase: str) -> bool:
    """Whether a header, padded with blanks, has a word that denies a field; words of the known phrase itself do not."""
    besides = words.replace(f" {phrase} ", " ", 1)
    # Chinese, Japanese and Korean words stand without blanks.
    return any(
        (word if has_han(word) else f" {word} ") in besides for word in load_vocabulary().never[field] if word
    )


def _readings(header: str) -> list[str]:
    """Return the ways to read a header: whole where that is known, else without brackets, by its parts, without its tail."""
    vocabulary = load_vocabulary()
    if squash(header) in vocabulary.exact:
        return [fold(header)]
    texts = [header, _PAREN.sub(" ", header)]
    texts += [
        part for separator in ("\n", "/", "|") for part in header.split(separator) if separator in header
    ]
    if "." in header and " " not in header:
        texts.append(header.rsplit(".", 1)[-1])  # a key inside a key: `device_info.model`
    found: list[str] = []
    for text in texts:
        words = fold(text).split(" ")
        while len(words) > 1 and words[-1] in vocabulary.units:
            words.pop()
        found.append(" ".join(words))
        if len(words) > 1 and words[-1] in _TAILS:
            found.append(" ".join(words[:-1]))
            if len(words) > 2 and words[-2] in _TAILS:
                found.append(" ".join(words[:-2]))
    return list(dict.fromkeys(text for text in found if text))


def _match_folded(text: str) -> dict[Field, HeaderMatch]:
    vocabulary = load_vocabulary()
    squashed = text.replace(" ", "")
    found = {field: HeaderMatch(score, text) for field, score in vocabulary.exact.get(squashed, {}).items()}
    whole = frozenset(found)
    words = text.split(" ")
    for at, word in enumerate(words):
        for phrase, field, score in vocabulary.phrases.get(word, ()):
            size = phrase.count(" ") + 1
            # What a field calls the whole header says more than a word of it.
            if field in whole or words[at : at + size] != phrase.split(" "):
                continue
            extra = len(words) - size
            # A single common word inside a longer header says little: "on hand" is a phrase, "order" is not.
            left = score - _LOST_WORD * extra - (0.2 if size == 1 and extra else 0.0)
            if left > _FLOOR and (field not in found or left > found[field].score):
                found[field] = HeaderMatch(left, phrase)
    if has_han(squashed):
        for phrase, field, score in vocabulary.han:
            if phrase in squashed and phrase != squashed:
                left = score - 0.05 * (len(squashed) - len(phrase))
                if left > _FLOOR and (field not in found or left > found[field].score):
                    found[field] = HeaderMatch(left, phrase)
    return found

"""The words that say nothing of a model where they stand beside a name of a catalogue, and the names that go on with them.

`Texas` says nothing behind `S19`, until somebody's catalogue has an `S19 Texas`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from provenance.expressions import expression
from provenance.identify.codes import CodeIndex
from provenance.identify.explain import LIST_WORDS
from provenance.identify.names import MakerNames
from provenance.identify.words import IDLE, INFRASTRUCTURE, MINING_WORDS, PART_PAIRS, VARIANTS
from provenance.records import dataclass

_BEGINS_WITH_NUMBER = expression("[0-9]+|x[0-9]?")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The words that say nothing beside the names of a catalogue."""

    behind: AbstractSet[str]
    """Behind a name: no name ends with one, and none is made of them, of numbers and of one another."""
    in_front: AbstractSet[str]
    """In front of a name too: nothing begins with one that the name could complete."""
    continued: AbstractSet[str]
    """Codes that words which are cut all the same make longer ones: `lot 4711`."""
    numbers: Mapping[str, AbstractSet[str]]
    """Codes that a number, or an x, makes longer ones, with what it begins with: `1`, `x`, `x8`."""
    apart: bool
    """Whether no name begins like what is cut all the same; where somebody's `Lot 33` is a maker, nothing can be cut."""


def plain_words(names: MakerNames, codes: CodeIndex, cut: AbstractSet[str]) -> PlainWords:
    """Return the words that say nothing beside the names of a catalogue.

    Args:
        names: Its makers.
        codes: Its models.
        cut: Words that are cut whatever the catalogue says, for they are found with their numbers.
    """
    longer = [
        (key[:end], key[end:].lstrip("~-"))
        for key in codes.codes
        for end in range(1, len(key))
        if key[:end] in codes.codes
    ]
    behind = _behind(names, codes, {rest for _, rest in longer})
    starts = codes.prefixes | names.prefixes | names.families.keys()
    numbers: dict[str, set[str]] = {}
    for key, rest in longer:
        if (found := _BEGINS_WITH_NUMBER.match(rest)) is not None:
            numbers.setdefault(key, set()).add(found[0])
    every = behind | cut
    continued = {
        key
        for key, rest in longer
        if rest[:1].isalpha() and _BEGINS_WITH_NUMBER.match(rest) is None and _made_of(rest, every)
    }
    in_front = {word for word in behind - starts if not any(pair.startswith(word) for pair in PART_PAIRS)}
    return PlainWords(behind, in_front, continued, numbers, _apart(names, codes, every))


def _behind(names: MakerNames, codes: CodeIndex, endings: AbstractSet[str]) -> AbstractSet[str]:
    named = {*codes.codes, *names.phrases, *names.families, *PART_PAIRS}
    telling = INFRASTRUCTURE | VARIANTS | LIST_WORDS | codes.surnames.keys() | named | endings
    words = {
        word
        for word in (IDLE | MINING_WORDS) - telling
        if len(word) > 1 and word.isalpha() and word[:-1] not in names.phrases
    }
    return words - set(_first_words(named, words)) - set(_last_words(endings, words))


def _apart(names: MakerNames, codes: CodeIndex, words: AbstractSet[str]) -> bool:
    called = names.phrases.keys() | names.families.keys()
    return (
        codes.codes.keys().isdisjoint(words)
        and not any(_made_of(name, words) for name in called)
        and not any(_first_words(codes.codes, words))
    )


def _first_words(named: Iterable[str], words: AbstractSet[str]) -> Iterable[str]:
    """The words that names begin with which are made of nothing else."""
    for name in named:
        for end in range(2, len(name)):
            if name[:end] in words and _made_of(name[end:], words):
                yield name[:end]


def _last_words(endings: Iterable[str], words: AbstractSet[str]) -> Iterable[str]:
    """The words that what makes names longer ends with, where it is made of nothing else."""
    for ending in endings:
        for at in range(len(ending)):
            word = ending[at:].removesuffix("s")
            if word in words and _made_of(ending[:at], words):
                yield word


def _made_of(text: str, words: AbstractSet[str]) -> bool:
    """Whether a text is made of words, numbers and signs."""
    reached = {0}
    for at in range(len(text)):
        if at in reached:
            reached |= {end for end in range(at + 2, len(text) + 1) if text[at:end] in words}
            # `x5` is a quantity, `v1.2` a version.
            if text[at] in "xv" or not text[at].isalpha():
                reached.add(at + 1)
    return len(text) in reached

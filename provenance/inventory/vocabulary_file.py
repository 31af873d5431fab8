"""The schema of `vocabulary.yaml`, and what its words become."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from provenance.datafile import Strict, parse_model, read_document
from provenance.errors import DatafileError
from provenance.inventory.table import Field
from provenance.inventory.vocabulary import FAIR, STRONG, WEAK, Vocabulary, fold, has_han, squash

_SHORT = 2
"""Letters up to which the first word of a phrase opens many names too: `in` does so with Innosilicon, `as` with ASUS."""


class _FieldWords(Strict):
    strong: list[str]
    fair: tuple[str, ...] = ()
    weak: list[str]
    never: list[str]


class _File(Strict):
    schema_: Literal["provenance-vocabulary/1"]
    fields: dict[Field, _FieldWords]
    units: list[str]
    total: list[str]
    note: list[str]
    placeholder: list[str]
    serial_placeholder: list[str]
    boolean: list[str]
    numbers: list[list[str]]
    kinds: list[str]
    withheld: dict[str, list[str]]
    register_: list[list[str]]
    brands: list[str]


def read_vocabulary(path: Path) -> Vocabulary:
    """Read a file of words.

    Raises:
        DatafileError: It does not fit its schema; every fault with its line.
    """
    document = read_document(path, name=path.name)
    data = dict(document.data)
    data["schema_"] = data.pop("schema", None)
    data["register_"] = data.pop("register", None)
    file = parse_model(
        type(document)(document.name, data, document.lines, document.digest), _File, DatafileError
    )
    exact: dict[str, dict[Field, float]] = {}
    phrases: dict[str, list[tuple[str, Field, float]]] = {}
    han: list[tuple[str, Field, float]] = []
    for field, words in file.fields.items():
        for score, group in ((STRONG, words.strong), (FAIR, list(words.fair)), (WEAK, words.weak)):
            for phrase in group:
                folded = fold(phrase)
                known = exact.setdefault(folded.replace(" ", ""), {})
                known[field] = max(score, known.get(field, 0.0))
                if has_han(folded):
                    han.append((folded.replace(" ", ""), field, score))
                elif score > WEAK and len(folded) >= 3:
                    phrases.setdefault(folded.split(" ")[0], []).append((folded, field, score))
    return Vocabulary(
        exact=exact,
        phrases={
            word: tuple(sorted(group, key=lambda item: -len(item[0]))) for word, group in phrases.items()
        },
        han=tuple(sorted(han, key=lambda item: -len(item[0]))),
        never={field: tuple(fold(word) for word in words.never) for field, words in file.fields.items()},
        units=frozenset(fold(word) for word in file.units),
        total=frozenset(fold(word) for word in file.total),
        note=frozenset(fold(word) for word in file.note),
        placeholder=frozenset(word.lower() for word in file.placeholder),
        serial_placeholder=frozenset(word.lower() for word in file.serial_placeholder),
        numbers={
            word.lower(): number for number, words in enumerate(file.numbers, start=1) for word in words
        },
        kinds=frozenset(fold(word) for word in file.kinds),
        boolean=frozenset(word.casefold() for word in file.boolean),
        withheld={
            kind: tuple(dict.fromkeys(fold(word) for word in words)) for kind, words in file.withheld.items()
        },
        register=tuple(frozenset(fold(word) for word in group) for group in file.register_),
        brands=frozenset(squash(word) for word in file.brands),
        openings=tuple(
            sorted({_opening(form(word)) for word in (*file.total, *file.note) for form in (str.lower, fold)})
        ),
    )


def _opening(phrase: str) -> str:
    """Return the word that a phrase begins with; with the next one where it is so short that names begin with it."""
    first, *more = phrase.split(" ")
    return f"{first} {more[0]}" if more and first.isascii() and len(first) <= _SHORT else first

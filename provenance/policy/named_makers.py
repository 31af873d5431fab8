"""What a rule or list file names of the catalogue, and whether it is there: makers by id, categories by their word.

A misspelt maker maps a remedy to nobody, and a misspelt category is equipment of an unknown kind: neither is an error
when a machine is judged, so it is one when the file is checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from provenance.catalog.terms import Category
from provenance.datafile import Document
from provenance.errors import Fault
from provenance.policy.scalars import suggestion

_Loc = tuple[str | int, ...]
_MAKERS = frozenset({"maker", "makers", "witnesses"})


def unknown_names(document: Document) -> Iterator[Fault]:
    """Yield the makers and categories that a file names and the catalogue does not know."""
    for key, loc, word in _words((), document.data, None):
        known = _maker_ids() if key in _MAKERS else tuple(Category)
        if word not in known:
            what = "maker of the catalogue" if key in _MAKERS else "category"
            yield document.fault(loc, f"there is no {what} {word!r}", suggestion(word, known))


def _words(loc: _Loc, value: object, key: str | None) -> Iterator[tuple[str, _Loc, str]]:
    """Yield every word that stands under a key for makers or categories, with the key and its place."""
    match value:
        case dict():
            for name, below in value.items():
                yield from _words((*loc, name), below, name if name in {*_MAKERS, "categories"} else None)
        case list():
            for index, below in enumerate(value):
                yield from _words((*loc, index), below, key)
        case str() if key is not None:
            yield key, loc, value
        case _:
            pass


@cache
def _maker_ids() -> tuple[str, ...]:
    from provenance.catalog.database import open_catalogue

    return tuple(sorted(maker.id for maker in open_catalogue().makers()))

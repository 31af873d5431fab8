"""Finds the maker or the model that a person means, and suggests the near one where there is none."""

from __future__ import annotations

from difflib import get_close_matches

from provenance.catalog.database import Catalogue
from provenance.catalog.records import Maker, Model
from provenance.errors import CatalogError, Fault

_SUGGESTED = 5


def find(catalogue: Catalogue, name: str) -> Maker | Model:
    """Return the maker or model that a name means.

    Args:
        catalogue: The catalogue.
        name: An id, or a name or alias in any case.

    Raises:
        CatalogError: Nothing has this name, or several have; with the nearest ids.
    """
    wanted = name.strip().casefold()
    named = _names(catalogue)
    found = named.get(wanted, set())
    exact = [record for record in found if record.id == wanted]
    if exact or len(found) == 1:
        return (exact or list(found))[0]
    if found:
        ids = ", ".join(sorted(record.id for record in found))
        raise CatalogError(
            Fault("", f"{name!r} can be several makers or models: {ids}", "give one of the ids")
        )
    near = [record.id for text in get_close_matches(wanted, named, n=_SUGGESTED) for record in named[text]]
    first = list(dict.fromkeys(near))[:_SUGGESTED]
    do = f"did you mean {', '.join(first)}?" if first else "`provenance catalog list` names all makers"
    raise CatalogError(Fault("", f"the catalogue has no maker and no model {name!r}", do))


def _names(catalogue: Catalogue) -> dict[str, set[Maker | Model]]:
    """Return everything by each of its names in lower case; a bare code names every model that it can mean."""
    named: dict[str, set[Maker | Model]] = {}
    for maker in catalogue.makers():
        for text in (maker.id, maker.name, *maker.aliases, *maker.ambiguous_aliases):
            named.setdefault(text.casefold(), set()).add(maker)
    for model in catalogue.models():
        for text in (model.id, model.name, *model.aliases, *model.firmware_names):
            named.setdefault(text.casefold(), set()).add(model)
    for code, pairs in catalogue.collisions().items():
        named.setdefault(code.casefold(), set()).update(catalogue.model(model) for _, model in pairs)
    return named

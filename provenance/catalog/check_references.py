"""What the files point at: makers, models, countries and blocks of the registry that must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.catalog.fields import Source
from provenance.catalog.sources import CatalogSources, MakerSource
from provenance.catalog.terms import SourceKind, source_kind
from provenance.countries import ALL, country_of
from provenance.datafile import Loc
from provenance.errors import Fault

COUNTRIES = frozenset(country_of(atom) for atom in ALL)
"""Every ISO 3166-1 alpha-2 code, and XK."""
CITED = (
    "seats",
    "relations",
    "models",
    "product_lines",
    "families",
    "part_codes",
    "serial_schemes",
)
"""The lists of a maker whose entries carry sources of their own."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def reference_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield every reference of the makers' files that leads nowhere."""
    makers = frozenset(source.maker.id for source in sources.makers)
    models = {model.id: source.maker.id for source in sources.makers for model in source.maker.models}
    prefixes = {block.prefix for block in sources.blocks}
    for index, firmware in enumerate(sources.firmware.firmwares):
        named = {*firmware.runs_on, *((firmware.maker,) if firmware.maker is not None else ())}
        for other in sorted(named - makers):
            yield sources.firmware_placed.fault(("firmwares", index), f"{other!r} is no maker")
    for source in sources.makers:
        yield from _maker_faults(source, makers)
        yield from _model_faults(source, models)
        yield from _country_faults(source)
        yield from _ieee_faults(source, prefixes)


def _maker_faults(source: MakerSource, makers: frozenset[str]) -> Iterator[Fault]:
    for index, line in enumerate(source.maker.product_lines):
        for other in sorted(set(line.shared_with) - makers):
            yield source.fault(("product_lines", index, "shared_with"), f"{other!r} is no maker")
    for index, relation in enumerate(source.maker.relations):
        if relation.other == source.maker.id:
            yield source.fault(("relations", index, "other"), "relates the maker to itself")
        elif _ID.fullmatch(relation.other) and relation.other not in makers:
            what = f"{relation.other!r} is written as the id of a maker and is none"
            yield source.fault(("relations", index, "other"), what, "correct it, or write the name out")


def _model_faults(source: MakerSource, models: dict[str, str]) -> Iterator[Fault]:
    for index, plant in enumerate(source.maker.plants):
        for model in plant.models:
            if models.get(model) != source.maker.id:
                yield source.fault(("plants", index, "models"), f"{model!r} is no model of this maker")
    for index, code in enumerate(source.maker.part_codes):
        for model in code.models:
            if model not in models:
                yield source.fault(("part_codes", index, "models"), f"{model!r} is no model")


def _country_faults(source: MakerSource) -> Iterator[Fault]:
    places: list[tuple[Loc, str | None]] = [(("founded_country",), source.maker.founded_country)]
    for kind in ("seats", "plants"):
        entries = getattr(source.maker, kind)
        places.extend(((kind, index, "country"), entry.country) for index, entry in enumerate(entries))
    for index, scheme in enumerate(source.maker.serial_schemes):
        for at, code in enumerate(scheme.codes):
            places.append((("serial_schemes", index, "codes", at, "country"), code.country))
        for at, example in enumerate(scheme.examples):
            places.append((("serial_schemes", index, "examples", at, "country"), example.country))
    for place, country in places:
        if country is not None and country not in COUNTRIES:
            yield source.fault(place, f"{country!r} is no country of ISO 3166-1", "use its alpha-2 code")


def cited(source: MakerSource) -> Iterator[tuple[str, int, tuple[Source, ...]]]:
    """Yield the sources of a maker and of each of its entries: the list, the position in it, the sources."""
    yield "sources", 0, source.maker.sources
    for kind in CITED:
        for index, entry in enumerate(getattr(source.maker, kind)):
            yield kind, index, entry.sources
    for index, plant in enumerate(source.maker.plants):
        yield "plants", index, tuple(row.source for row in plant.sources)


def _ieee_faults(source: MakerSource, prefixes: set[str]) -> Iterator[Fault]:
    for kind, index, refs in cited(source):
        loc: Loc = (kind,) if kind == "sources" else (kind, index, "sources")
        for ref in refs:
            if source_kind(ref) is SourceKind.REGISTRY and ref.removeprefix("ieee:") not in prefixes:
                yield source.fault(loc, f"{ref} is no block of the registry")

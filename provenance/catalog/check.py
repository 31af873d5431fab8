"""Checks across the catalogue's source files: what no single file can know to be wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from provenance.catalog.fields import Source
from provenance.catalog.schema import MakerFile
from provenance.catalog.sources import CatalogSources, MakerSource, read_sources
from provenance.catalog.terms import SourceKind, source_kind
from provenance.catalog.write import canonical_text
from provenance.countries import ALL, country_of
from provenance.datafile import Loc
from provenance.errors import CatalogError, Fault

COUNTRIES = frozenset(country_of(atom) for atom in ALL)
"""Every ISO 3166-1 alpha-2 code, and XK."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LOOK_AROUND = re.compile(r"\(\?[=!<](?!P)|\\[1-9]|\(\?P=")


def check_sources(root: Path) -> list[Fault]:
    """Return every fault of the source files below `root`: schema, facts across files, canonical form.

    Args:
        root: The folder that holds `makers` and `registry`.
    """
    try:
        sources = read_sources(root)
    except CatalogError as error:
        return list(error.faults)
    faults = list(cross_faults(sources))
    for source in sources.makers:
        faults.extend(_form_faults(source.path, source.document.name, canonical_text(source.maker)))
    registry = root / "registry"
    name = sources.collisions_document.name
    faults.extend(_form_faults(registry / "collisions.yaml", name, canonical_text(sources.collisions)))
    name = sources.state_document.name
    faults.extend(_form_faults(registry / "catalogue.yaml", name, canonical_text(sources.state)))
    return faults


def cross_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield what is wrong between files that are each valid; a database is compiled only if nothing is."""
    yield from _id_faults(sources)
    yield from _name_faults(sources)
    yield from _registrant_faults(sources)
    yield from _reference_faults(sources)
    prefixes = {block.prefix for block in sources.blocks}
    for source in sources.makers:
        yield from _pattern_faults(source)
        yield from _country_faults(source)
        yield from _ieee_faults(source, prefixes)
    yield from _collision_faults(sources)
    if sources.state.ieee.blocks != len(sources.blocks):
        what = f"says {sources.state.ieee.blocks} blocks, the registry has {len(sources.blocks)}"
        yield sources.state_document.fault(("ieee", "blocks"), what, "correct the number")


def _form_faults(path: Path, name: str, text: str) -> Iterator[Fault]:
    lines, expected = path.read_text(encoding="utf-8").split("\n"), text.split("\n")
    if lines != expected:
        pairs = enumerate(zip(lines, expected, strict=False), start=1)
        line = next((at for at, (left, right) in pairs if left != right), min(len(lines), len(expected)))
        wanted = expected[line - 1] if line <= len(expected) else "the end of the file"
        yield Fault(f"{name}:{line}", f"is not in canonical form, expected {wanted.strip()!r}", "rewrite it")


def _id_faults(sources: CatalogSources) -> Iterator[Fault]:
    for source in sources.makers:
        if source.maker.id != source.path.stem:
            yield source.fault(("id",), f"the id {source.maker.id!r} is not the file's name", "rename one")
    for kind in ("models", "plants", "serial_schemes"):
        seen: dict[str, str] = {}
        for source in sources.makers:
            for index, entry in enumerate(getattr(source.maker, kind)):
                where = source.fault((kind, index, "id"), "").where
                if entry.id in seen:
                    yield Fault(where, f"the id {entry.id!r} stands in {seen[entry.id]} too", "rename one")
                seen.setdefault(entry.id, where)


def _name_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield names that two makers claim as theirs alone."""
    claims: dict[str, dict[str, MakerSource]] = defaultdict(dict)
    for source in sources.makers:
        maker = source.maker
        for key in ("aliases", "brands"):
            for index, name in enumerate(getattr(maker, key)):
                if name in maker.ambiguous_aliases:
                    what = f"{name!r} is ambiguous and yet an alias or brand"
                    yield source.fault((key, index), what, "keep one of the two")
                claims[name.casefold()].setdefault(maker.id, source)
        claims[maker.name.casefold()].setdefault(maker.id, source)
    for name, holders in sorted(claims.items()):
        if len(holders) > 1:
            for maker_id, source in sorted(holders.items()):
                others = ", ".join(sorted(holders.keys() - {maker_id}))
                do = "move it to ambiguous_aliases or drop it"
                yield source.fault(_name_loc(source.maker, name), f"{name!r} names {others} too", do)


def _name_loc(maker: MakerFile, folded: str) -> Loc:
    for key in ("aliases", "brands"):
        for index, name in enumerate(getattr(maker, key)):
            if name.casefold() == folded:
                return (key, index)
    return ("name",)


def _registrant_faults(sources: CatalogSources) -> Iterator[Fault]:
    known = {block.organisation for block in sources.blocks}
    claimed: dict[str, str] = {}
    for source in sources.makers:
        for index, name in enumerate(source.maker.registrants):
            if name not in known:
                yield source.fault(
                    ("registrants", index), f"{name!r} has no block in the registry", "drop it"
                )
            if name in claimed:
                yield source.fault(("registrants", index), f"{name!r} belongs to {claimed[name]} too")
            claimed.setdefault(name, source.maker.id)


def _reference_faults(sources: CatalogSources) -> Iterator[Fault]:
    makers = {source.maker.id for source in sources.makers}
    models = {model.id: source.maker.id for source in sources.makers for model in source.maker.models}
    for source in sources.makers:
        for index, line in enumerate(source.maker.product_lines):
            for other in sorted(set(line.shared_with) - makers):
                yield source.fault(("product_lines", index, "shared_with"), f"{other!r} is no maker")
        for index, plant in enumerate(source.maker.plants):
            for model in plant.models:
                if models.get(model) != source.maker.id:
                    yield source.fault(("plants", index, "models"), f"{model!r} is no model of this maker")
        for index, relation in enumerate(source.maker.relations):
            if relation.other == source.maker.id:
                yield source.fault(("relations", index, "other"), "relates the maker to itself")
            elif _ID.fullmatch(relation.other) and relation.other not in makers:
                what = f"{relation.other!r} is written as the id of a maker and is none"
                yield source.fault(("relations", index, "other"), what, "correct it, or write the name out")


def _pattern_faults(source: MakerSource) -> Iterator[Fault]:
    for index, line in enumerate(source.maker.product_lines):
        loc: Loc = ("product_lines", index)
        yield from _syntax_faults(source, loc, line.pattern, end="")
        # The texts are matched in upper case, and from the start only.
        examples = [text.upper() for text in line.examples]
        yield from _example_faults(source, loc, f"(?:{line.pattern}).*", examples)
    for index, scheme in enumerate(source.maker.serial_schemes):
        loc = ("serial_schemes", index)
        yield from _syntax_faults(source, loc, scheme.pattern, end="$")
        examples = [example.serial for example in scheme.examples]
        yield from _example_faults(source, loc, scheme.pattern, examples)


def _syntax_faults(source: MakerSource, loc: Loc, pattern: str, *, end: str) -> Iterator[Fault]:
    if not (pattern.startswith("^") and pattern.endswith(end)):
        anchors = "^ and $" if end else "^"
        yield source.fault((*loc, "pattern"), "the pattern is not anchored", f"add {anchors}")
    if _LOOK_AROUND.search(pattern):
        what = "the pattern looks around or back"
        yield source.fault((*loc, "pattern"), what, "use syntax that runs in linear time")


def _example_faults(source: MakerSource, loc: Loc, pattern: str, texts: Sequence[str]) -> Iterator[Fault]:
    for at, text in enumerate(texts):
        if re.fullmatch(pattern, text) is None:
            what = f"the example {text!r} does not match the pattern"
            yield source.fault((*loc, "examples", at), what, "correct one of them")


def _country_faults(source: MakerSource) -> Iterator[Fault]:
    places: list[tuple[Loc, str | None]] = [(("founded_country",), source.maker.founded_country)]
    for kind in ("seats", "plants"):
        entries = getattr(source.maker, kind)
        places.extend(((kind, index, "country"), entry.country) for index, entry in enumerate(entries))
    for index, scheme in enumerate(source.maker.serial_schemes):
        for at, code in enumerate(scheme.codes):
            loc: Loc = ("serial_schemes", index, "codes", at, "country")
            places.append((loc, code.country))
    for place, country in places:
        if country is not None and country not in COUNTRIES:
            yield source.fault(place, f"{country!r} is no country of ISO 3166-1", "use its alpha-2 code")


def _ieee_faults(source: MakerSource, prefixes: set[str]) -> Iterator[Fault]:
    cited: list[tuple[Loc, tuple[Source, ...]]] = [(("sources",), source.maker.sources)]
    for kind in ("seats", "relations", "models", "product_lines", "serial_schemes"):
        entries = getattr(source.maker, kind)
        cited.extend(((kind, index, "sources"), entry.sources) for index, entry in enumerate(entries))
    for loc, refs in cited:
        for ref in refs:
            if source_kind(ref) is SourceKind.REGISTRY and ref.removeprefix("ieee:") not in prefixes:
                yield source.fault(loc, f"{ref} is no block of the registry")


def _collision_faults(sources: CatalogSources) -> Iterator[Fault]:
    models = {model.id: source.maker.id for source in sources.makers for model in source.maker.models}
    listed = {collision.code.casefold() for collision in sources.collisions.collisions}
    yield from _unlisted_faults(sources, listed)
    for index, collision in enumerate(sources.collisions.collisions):
        unknown = [model for model in collision.models if model not in models]
        for model in unknown:
            yield sources.collisions_document.fault(("collisions", index), f"{model!r} is no model")
        if len({models[model] for model in collision.models if model in models}) < 2 and not unknown:
            what = f"{collision.code!r} is shared by models of one maker only"
            yield sources.collisions_document.fault(("collisions", index), what, "drop it")


def _unlisted_faults(sources: CatalogSources, listed: set[str]) -> Iterator[Fault]:
    """Yield names that models of two makers bear and that no collision lists."""
    bearers: dict[str, str] = {}
    for source in sources.makers:
        for index, model in enumerate(source.maker.models):
            for name in sorted({model.name, *model.aliases, *model.firmware_names}):
                maker = bearers.setdefault(name.casefold(), source.maker.id)
                if maker != source.maker.id and name.casefold() not in listed:
                    what = f"{name!r} names a model of {maker} too"
                    yield source.fault(("models", index), what, "list it in registry/collisions.yaml")

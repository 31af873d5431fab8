"""Who claims a name: no id, alias, brand, family, firmware or registrant is claimed twice without saying so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from provenance.catalog.schema import MakerFile
from provenance.catalog.sources import CatalogSources, MakerSource
from provenance.datafile import Loc
from provenance.errors import Fault

_NAMES = ("aliases", "brands")


def name_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield every id, name or code of the makers' files that two of them claim."""
    yield from _id_faults(sources)
    yield from _claim_faults(sources)
    yield from _registrant_faults(sources)
    yield from _firmware_faults(sources)
    yield from _collision_faults(sources)


def _id_faults(sources: CatalogSources) -> Iterator[Fault]:
    for source in sources.makers:
        if source.maker.id != source.stem:
            yield source.fault(("id",), f"the id {source.maker.id!r} is not the file's name", "rename one")
    for kind in ("models", "part_codes", "plants", "serial_schemes"):
        seen: dict[str, str] = {}
        for source in sources.makers:
            for index, entry in enumerate(getattr(source.maker, kind)):
                where = source.fault((kind, index, "id"), "").where
                if entry.id in seen:
                    yield Fault(where, f"the id {entry.id!r} stands in {seen[entry.id]} too", "rename one")
                seen.setdefault(entry.id, where)


def _claim_faults(sources: CatalogSources) -> Iterator[Fault]:
    """Yield names that two makers claim as theirs alone."""
    claims: dict[str, dict[str, tuple[MakerSource, Loc, str]]] = defaultdict(dict)
    for source in sources.makers:
        for name, loc in _claims(source.maker):
            if name in source.maker.ambiguous_aliases and loc != ("name",):
                what = f"{name!r} is ambiguous and yet an alias or brand"
                yield source.fault(loc, what, "keep one of the two")
            claims[name.casefold()].setdefault(source.maker.id, (source, loc, name))
    for _, holders in sorted(claims.items()):
        if len(holders) > 1:
            for maker_id, (source, loc, name) in sorted(holders.items()):
                others = ", ".join(sorted(holders.keys() - {maker_id}))
                do = "move it to ambiguous_aliases or drop it"
                yield source.fault(loc, f"{name!r} names {others} too", do)


def _claims(maker: MakerFile) -> Iterator[tuple[str, Loc]]:
    for key in _NAMES:
        for index, name in enumerate(getattr(maker, key)):
            yield name, (key, index)
    for index, family in enumerate(maker.families):
        yield family.name, ("families", index)
    yield maker.name, ("name",)


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


def _firmware_faults(sources: CatalogSources) -> Iterator[Fault]:
    claimed: dict[str, str] = {}
    for index, firmware in enumerate(sources.firmware.firmwares):
        for name in sorted({text.casefold() for text in (firmware.name, *firmware.aliases)}):
            other = claimed.setdefault(name, firmware.name)
            if other != firmware.name:
                what = f"{name!r} names {other} too"
                yield sources.firmware_placed.fault(("firmwares", index), what, "drop one of the two")


def _collision_faults(sources: CatalogSources) -> Iterator[Fault]:
    models = {model.id: source.maker.id for source in sources.makers for model in source.maker.models}
    listed = {collision.code.casefold() for collision in sources.collisions.collisions}
    yield from _unlisted_faults(sources, listed)
    yield from _sibling_faults(sources, models)
    for index, collision in enumerate(sources.collisions.collisions):
        unknown = [model for model in collision.models if model not in models]
        for model in unknown:
            yield sources.collisions_placed.fault(("collisions", index), f"{model!r} is no model")
        if len({models[model] for model in collision.models if model in models}) < 2 and not unknown:
            what = f"{collision.code!r} is shared by models of one maker only"
            yield sources.collisions_placed.fault(("collisions", index), what, "drop it")


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


def _sibling_faults(sources: CatalogSources, models: dict[str, str]) -> Iterator[Fault]:
    """Yield names that two models of one maker bear and that are not listed, and listings that are none."""
    listed = {sibling.code.casefold(): set(sibling.models) for sibling in sources.collisions.siblings}
    for index, sibling in enumerate(sources.collisions.siblings):
        if len({models.get(model) for model in sibling.models}) != 1 or len(sibling.models) < 2:
            what = f"{sibling.code!r} is not shared by models of one maker"
            yield sources.collisions_placed.fault(("siblings", index), what, "correct or drop it")
    for source in sources.makers:
        bearers: dict[str, str] = {}
        for index, model in enumerate(source.maker.models):
            for name in sorted(
                {text.casefold() for text in (model.name, *model.aliases, *model.firmware_names)}
            ):
                other = bearers.setdefault(name, model.id)
                if other != model.id and not {other, model.id} <= listed.get(name, set()):
                    what = f"{name!r} names {other} too"
                    yield source.fault(
                        ("models", index), what, "list it under siblings in registry/collisions.yaml"
                    )

"""Lays a catalogue of the user's own over the embedded one: adds, puts in place of, and withdraws, entry by entry.

The result is the same kind of thing as the embedded sources, so that every check and the compiler see no difference.
Each entry remembers the file that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from typing import Any, TypeVar

from provenance.catalog.change_schema import ENTRY_KEYS, NAME_LISTS, Key, Withdrawal
from provenance.catalog.overlay import ChangeSource, Overlay
from provenance.catalog.records import Action, Change
from provenance.catalog.registry_schema import CollisionEntry, FirmwareEntry
from provenance.catalog.sources import CatalogSources, MakerSource, Placed
from provenance.datafile import Document, Loc
from provenance.errors import CatalogError, Fault
from provenance.records import dataclass

EntryT = TypeVar("EntryT")

_Placing = tuple[Any, tuple[Document, Loc]]
"""An entry and where it stands."""


@dataclass(slots=True)
class _Log:
    """What was done, and what could not be."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def lay_over(base: CatalogSources, overlay: Overlay) -> tuple[CatalogSources, tuple[Change, ...]]:
    """Return the sources with a catalogue of the user's own laid over them, and what it changed.

    Args:
        base: The embedded sources, or these with other catalogues laid over them already.
        overlay: The user's own.

    Raises:
        CatalogError: It changes or withdraws what is not there, or adds what is; every fault, with file and line.
    """
    log = _Log()
    makers = {source.maker.id: source for source in base.makers}
    for source in overlay.makers:
        _put_maker(makers, source, log)
    for change in overlay.changes:
        _change_maker(makers, change, log)
    if log.faults:
        raise CatalogError(log.faults)
    gone = _models(base.makers) - _models(makers.values())
    merged = tuple(_pruned(source, gone) for _, source in sorted(makers.items()))
    collisions, places = _collisions(base, overlay, gone)
    firmwares, firmware_places = _firmwares(base, overlay, log)
    laid = replace(
        base,
        makers=merged,
        collisions=base.collisions.model_copy(update=collisions),
        collisions_placed=Placed(base.collisions_placed.document, places),
        firmware=base.firmware.model_copy(update={"firmwares": firmwares}),
        firmware_placed=Placed(base.firmware_placed.document, firmware_places),
    )
    return laid, tuple(log.changes)


def _models(makers: Iterable[MakerSource]) -> frozenset[str]:
    return frozenset(model.id for source in makers for model in source.maker.models)


def _put_maker(makers: dict[str, MakerSource], source: MakerSource, log: _Log) -> None:
    known = source.maker.id in makers
    if known and not source.maker.replaces:
        what = f"the catalogue has a maker {source.maker.id!r}"
        do = "write `replaces: true`, or change it with schema provenance-maker-change/1"
        log.faults.append(source.fault(("id",), what, do))
    elif source.maker.replaces and not known:
        log.faults.append(
            source.fault(("replaces",), f"there is no maker {source.maker.id!r} to replace", "drop the key")
        )
    makers[source.maker.id] = source
    action = Action.REPLACED if known else Action.ADDED
    log.changes.append(Change(source.maker.id, "maker", source.maker.id, action))


def _change_maker(makers: dict[str, MakerSource], source: ChangeSource, log: _Log) -> None:
    change = source.change
    base = makers.get(change.id)
    if base is None:
        what = f"there is no maker {change.id!r} to change"
        log.faults.append(source.placed.fault(("id",), what, "write a whole maker, provenance-maker/1"))
        return
    update: dict[str, Any] = {}
    places: dict[Loc, tuple[Document, Loc]] = {}
    lists = [*((kind, _name_key) for kind in NAME_LISTS), *ENTRY_KEYS.items()]
    for kind, key in lists:
        added = [(entry, source.placed.place((kind, at))) for at, entry in enumerate(getattr(change, kind))]
        held = [(entry, base.placed.place((kind, at))) for at, entry in enumerate(getattr(base.maker, kind))]
        gone = _withdrawn(change.withdraw, kind)
        merged = _merged(held, added, gone, key, log, (change.id, kind), source)
        update[kind] = tuple(entry for entry, _ in merged)
        places |= {(kind, at): place for at, (_, place) in enumerate(merged)}
    for name in ("name", "categories", "confidence", "note"):
        value = getattr(change, name)
        if value is not None:
            update[name] = value
            places[name,] = source.placed.place((name,))
            log.changes.append(Change(change.id, name, change.id, Action.REPLACED))
    if change.sources is not None:
        update["sources"] = tuple(dict.fromkeys((*base.maker.sources, *change.sources)))
    merged_file = base.maker.model_copy(update=update)
    makers[change.id] = MakerSource(
        Placed(base.placed.document, {**base.placed.places, **places}), merged_file
    )


def _name_key(name: str) -> Key:
    return (name,)


def _withdrawn(withdraw: Withdrawal | None, kind: str) -> tuple[Key, ...]:
    return withdraw.keys(kind) if withdraw is not None else ()


def _merged(
    held: list[_Placing],
    added: list[_Placing],
    gone: tuple[Key, ...],
    key: Any,
    log: _Log,
    whose: tuple[str, str],
    source: ChangeSource,
) -> list[_Placing]:
    """Return the entries of one list: those held, less those gone, each in its new form, and the new ones."""
    maker, kind = whose
    entries = {key(entry): (entry, place) for entry, place in held}
    for at, dropped in enumerate(gone):
        if entries.pop(dropped, None) is None:
            what = f"there is no {' '.join(part for part in dropped if part)!r} among the {kind} to withdraw"
            log.faults.append(source.placed.fault(("withdraw", kind, at), what, "correct it"))
        log.changes.append(Change(maker, kind, _shown(dropped), Action.WITHDRAWN))
    for entry, place in added:
        action = Action.REPLACED if key(entry) in entries else Action.ADDED
        log.changes.append(Change(maker, kind, _shown(key(entry)), action))
        entries[key(entry)] = (entry, place)
    return list(entries.values())


def _shown(key: Key) -> str:
    return " ".join(part for part in key if part)


def _pruned(source: MakerSource, gone: frozenset[str]) -> MakerSource:
    """Return a maker whose plants and part codes name no model that was withdrawn."""
    update = {
        kind: tuple(_without(entry, gone) for entry in getattr(source.maker, kind))
        for kind in ("plants", "part_codes")
    }
    return MakerSource(source.placed, source.maker.model_copy(update=update)) if gone else source


def _without(entry: EntryT, gone: frozenset[str]) -> EntryT:
    models: tuple[str, ...] = getattr(entry, "models")  # noqa: B009 - plants, part codes and collisions alike
    kept = tuple(model for model in models if model not in gone)
    return entry.model_copy(update={"models": kept}) if kept != models else entry  # type: ignore[attr-defined]


def _collisions(
    base: CatalogSources, overlay: Overlay, gone: frozenset[str]
) -> tuple[dict[str, tuple[CollisionEntry, ...]], dict[Loc, tuple[Document, Loc]]]:
    """Return the shared names: the embedded ones that are left to several models, and the user's own."""
    update: dict[str, tuple[CollisionEntry, ...]] = {}
    places: dict[Loc, tuple[Document, Loc]] = {}
    for kind in ("collisions", "siblings"):
        entries: dict[str, _Placing] = {}
        for at, entry in enumerate(getattr(base.collisions, kind)):
            left = _without(entry, gone)
            if len(left.models) > 1:
                entries[entry.code] = (left, base.collisions_placed.place((kind, at)))
        if overlay.collisions is not None:
            placed, file = overlay.collisions
            for at, entry in enumerate(getattr(file, kind)):
                entries[entry.code] = (entry, placed.place((kind, at)))
        update[kind] = tuple(entry for entry, _ in entries.values())
        places |= {(kind, at): place for at, (_, place) in enumerate(entries.values())}
    return update, places


def _firmwares(
    base: CatalogSources, overlay: Overlay, log: _Log
) -> tuple[tuple[FirmwareEntry, ...], dict[Loc, tuple[Document, Loc]]]:
    entries: dict[str, _Placing] = {
        entry.name: (entry, base.firmware_placed.place(("firmwares", at)))
        for at, entry in enumerate(base.firmware.firmwares)
    }
    if overlay.firmware is not None:
        placed, file = overlay.firmware
        for at, entry in enumerate(file.firmwares):
            action = Action.REPLACED if entry.name in entries else Action.ADDED
            log.changes.append(Change("", "firmwares", entry.name, action))
            entries[entry.name] = (entry, placed.place(("firmwares", at)))
    places: dict[Loc, tuple[Document, Loc]] = {
        ("firmwares", at): place for at, (_, place) in enumerate(entries.values())
    }
    return tuple(entry for entry, _ in entries.values()), places

"""Finding and reading list files: which there are, of what kind, and what is wrong in one before anything is built."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from provenance.datafile import Document, Loc
from provenance.errors import Fault, PolicyError
from provenance.policy.faults import mapping, read, sequence, validated
from provenance.policy.list_schema import CountryListFile, EntityListFile, ListKind, SourceSpec
from provenance.policy.scalars import suggestion
from provenance.policy.where import imported_folder, rules_root


def list_ids(root: Path | None = None, kind: ListKind | None = None) -> tuple[str, ...]:
    """Return the ids of all lists, or of those of one kind, sorted."""
    folder = (root if root is not None else rules_root()) / "lists"
    found = tuple(sorted(path.stem for path in folder.glob("*.yaml")))
    return found if kind is None else tuple(one for one in found if kind_of(one, root) is kind)


def imported_ids() -> tuple[str, ...]:
    """Return the ids of the lists that the user imported and that the program does not have itself, sorted."""
    own = list_ids()
    return tuple(sorted(path.stem for path in imported_folder().glob("*.json") if path.stem not in own))


def known_ids(root: Path | None = None) -> tuple[str, ...]:
    """Return the ids of every list that a rule may use: those of a rules directory, and imported ones beside the program's."""
    beside = imported_ids() if root is None or root == rules_root() else ()
    return (*list_ids(root), *beside)


def kind_of(list_id: str, root: Path | None = None) -> ListKind | None:
    """Return what stands on a list; None where its file cannot be read or does not say.

    Raises:
        PolicyError: There is none of that id.
    """
    try:
        document = list_document(list_id, root)
    except PolicyError:
        if list_id not in known_ids(root):
            raise
        return None
    return raw_kind(document)


def raw_kind(document: Document) -> ListKind | None:
    """Return what the file says stands on it; None where it does not say."""
    written = mapping(document.data).get("kind")
    return next((kind for kind in ListKind if kind.value == written), None)


def list_document(list_id: str, root: Path | None = None) -> Document:
    """Read the file of a list.

    Args:
        list_id: Its id, which is its file's name.
        root: A rules directory; by default the program's own.

    Raises:
        PolicyError: There is none of that id, or its file is no strict YAML.
    """
    known = known_ids(root)
    if list_id not in known:
        raise PolicyError(Fault("", f"there is no list {list_id!r}", suggestion(list_id, known)))
    path = (root if root is not None else rules_root()) / "lists" / f"{list_id}.yaml"
    if not path.is_file():
        path = imported_folder() / f"{list_id}.json"
    stamp = path.stat()
    return _read(path, (stamp.st_mtime_ns, stamp.st_size))


@lru_cache(maxsize=128)
def _read(path: Path, _stamp: tuple[int, int]) -> Document:
    # Several policies share a list; the stamp sees to it that a changed file is read again.
    return read(path, name=f"rules/lists/{path.name}" if path.suffix == ".yaml" else path.name)


def country_file(document: Document, root: Path | None = None) -> CountryListFile:
    """Validate the file of a list of countries.

    Raises:
        PolicyError: It does not fit the schema, or names sources or lists that there are not; all faults at once.
    """
    _of_kind(document, ListKind.COUNTRY)
    others = [*_unknown_sources(document), *_unknown_lists(document, root)]
    return validated(document, CountryListFile, others)


def entity_file(document: Document) -> EntityListFile:
    """Validate the file of a list of entities; see `country_file`."""
    _of_kind(document, ListKind.ENTITY)
    return validated(document, EntityListFile, list(_unknown_sources(document)))


def _of_kind(document: Document, expected: ListKind) -> None:
    # Against the wrong schema every key of the file would be a fault, and none of them the one that matters.
    found = raw_kind(document)
    if found is not None and found is not expected:
        words = {ListKind.COUNTRY: "countries", ListKind.ENTITY: "entities"}
        raise PolicyError(
            document.fault(("kind",), f"is a list of {words[found]}, expected one of {words[expected]}")
        )


def cited(source: SourceSpec) -> str:
    """Return a source's title and address."""
    return f"{source.title}, {source.url}"


def references(document: Document) -> Iterator[tuple[Loc, str]]:
    """Yield where a file names another list that it is derived from, and which; its shape is not trusted."""
    for key in ("union", "except"):
        for index, reference in enumerate(sequence(document.data, "derived", key)):
            named = mapping(reference).get("list")
            if isinstance(named, str):
                yield ("derived", key, index, "list"), named


def _unknown_lists(document: Document, root: Path | None) -> Iterator[Fault]:
    for loc, named in references(document):
        known = list_ids(root)
        if named not in known:
            yield document.fault(loc, f"there is no list {named!r}", suggestion(named, known))
        elif kind_of(named, root) is ListKind.ENTITY:
            yield document.fault(loc, f"{named!r} is a list of entities", "name a list of countries")


def _unknown_sources(document: Document) -> Iterator[Fault]:
    sources = tuple(sorted(mapping(document.data, "sources")))
    places: list[Loc] = [("derived",)]
    places += [
        (key, index) for key in ("reach", "members") for index in range(len(sequence(document.data, key)))
    ]
    for place in places:
        named = mapping(document.data, *place).get("source")
        if isinstance(named, str) and named not in sources:
            yield document.fault(
                (*place, "source"), f"{named!r} is no source of this file", suggestion(named, sources)
            )

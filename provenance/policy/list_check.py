"""What a list file owes to its readers beyond its schema: order, no idle source, no row twice, a day for review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from provenance.datafile import Document
from provenance.errors import Fault, PolicyError
from provenance.policy.entity_lists import parse_entity_list
from provenance.policy.faults import in_order, mapping, read
from provenance.policy.list_files import raw_kind
from provenance.policy.list_schema import ListKind
from provenance.policy.lists import parse_list
from provenance.policy.named_makers import unknown_names


def check_lists(root: Path, as_of: date) -> list[Fault]:
    """Check every list file of a rules directory.

    Args:
        root: The directory with lists, clauses and packs.
        as_of: The day of the check.

    Returns:
        All faults, by file and line; empty where there is none.
    """
    faults: list[Fault] = []
    for path in sorted((root / "lists").glob("*")):
        shown = f"rules/lists/{path.name}"
        if path.suffix != ".yaml":
            faults.append(not_yaml(shown))
            continue
        try:
            document = read(path, name=shown)
        except PolicyError as unread:
            faults += unread.faults
            continue
        faults += misnamed(document, path)
        try:
            faults += list_faults(document, root, as_of)
        except PolicyError as invalid:
            faults += invalid.faults
    return in_order(faults)


def check_list(path: Path, root: Path, as_of: date) -> list[Fault]:
    """Check one list file, wherever it stands; see `check_lists`."""
    try:
        document = read(path, name=path.as_posix())
        return in_order([*misnamed(document, path), *list_faults(document, root, as_of)])
    except PolicyError as invalid:
        return in_order(invalid.faults)


def not_yaml(shown: str) -> Fault:
    """Return the fault of a file that has no business in a rules directory."""
    return Fault(shown, "is no .yaml file", "rename or remove it")


def misnamed(document: Document, path: Path) -> Iterator[Fault]:
    """Yield the fault of a file whose name is not its id."""
    named = mapping(document.data).get("id")
    if isinstance(named, str) and named != path.stem:
        yield document.fault(
            ("id",), f"the id is {named!r} and the file's name {path.stem!r}", "make them equal"
        )


def list_faults(document: Document, root: Path, as_of: date) -> Iterator[Fault]:
    """Yield what is wrong in a list file.

    Args:
        document: The file as read.
        root: The rules directory whose lists it may follow from.
        as_of: The day of the check: a list whose `review_by` is not after it wants review.

    Raises:
        PolicyError: It cannot be loaded at all; with all the reasons.
    """
    if raw_kind(document) is ListKind.ENTITY:
        parse_entity_list(document)
        names = "name"
    else:
        parse_list(document, root)
        names = "code"
    review_by = date.fromisoformat(document.data["review_by"])
    if review_by <= as_of:
        yield document.fault(
            ("review_by",), f"wants review since {review_by}", "check its members and set both days anew"
        )
    yield from unknown_names(document)
    yield from _idle_sources(document)
    yield from _disorder(document, names)


def _idle_sources(document: Document) -> Iterator[Fault]:
    rows = [*document.data["members"], *document.data.get("reach", ())]
    used = {row["source"] for row in (*rows, *filter(None, (document.data.get("derived"),)))}
    sources = document.data["sources"]
    for key in sources:
        if key not in used:
            yield document.fault(
                ("sources", key), f"no member rests on the source {key!r}", "use or remove it"
            )
    if list(sources) != sorted(sources):
        yield document.fault(("sources",), "the sources are not sorted by key", "sort them")


def _disorder(document: Document, names: str) -> Iterator[Fault]:
    members = document.data["members"]
    order = [(member[names].casefold(), member["from"] or "") for member in members]
    if order != sorted(order):
        yield document.fault(
            ("members",), f"the members are not sorted by {names} and first day", "sort them"
        )
    seen: set[tuple[str, str]] = set()
    for index, (member, place) in enumerate(zip(members, order, strict=True)):
        if place in seen:
            yield document.fault(
                ("members", index), f"{member[names]} begins twice on one day", "join the two rows"
            )
        seen.add(place)

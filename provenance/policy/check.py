"""Checking a rules directory: every file, and what holds between files; all faults with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from provenance.datafile import Document
from provenance.errors import Fault, PolicyError
from provenance.policy.examples import example_faults
from provenance.policy.faults import in_order, read, sequence
from provenance.policy.list_check import check_lists, misnamed, not_yaml
from provenance.policy.load import PolicySource, read_file, used_list
from provenance.policy.named_makers import unknown_names
from provenance.policy.where import POLICY_FOLDERS


def check_rules(root: Path, as_of: date) -> list[Fault]:
    """Check every file of a rules directory.

    Args:
        root: The directory with lists, clauses and packs.
        as_of: The day of the check: a list whose `review_by` is not after it wants review.

    Returns:
        All faults, by file and line; empty where there is none.
    """
    faults = check_lists(root, as_of)
    owners: dict[str, Path] = {}
    for folder in POLICY_FOLDERS:
        for path in sorted((root / folder).glob("*")):
            shown = f"rules/{folder}/{path.name}"
            if path.suffix != ".yaml":
                faults.append(not_yaml(shown))
                continue
            faults += check_policy(path, shown, root)
            if path.stem in owners:
                other = f"rules/{owners[path.stem].parent.name}"
                faults.append(
                    Fault(shown, f"{other} has a policy of the same id", "give one of them another id")
                )
            owners[path.stem] = path
    return in_order(faults)


def check_policy(path: Path, shown: str, root: Path) -> list[Fault]:
    """Check one policy file: its schema, what it names, and that each of its examples is judged as it says.

    Args:
        path: The file.
        shown: What messages call it.
        root: The rules directory whose lists it may use.

    Returns:
        All faults; its examples are judged where there is no other.
    """
    try:
        document = read(path, name=shown)
    except PolicyError as unread:
        return list(unread.faults)
    faults = [*_named(document, path, root), *unknown_names(document)]
    try:
        source = read_file(path, shown=shown, root=root)
    except PolicyError as invalid:
        return in_order([*faults, *invalid.faults])
    faults += _policy_faults(source, root, document)
    return in_order(faults) or example_faults(source, root)


def _named(document: Document, path: Path, root: Path) -> Iterator[Fault]:
    """Yield whether a file of the directory is not named by its id; a user's own may be called anything."""
    if path.is_relative_to(root):
        yield from misnamed(document, path)


def _policy_faults(source: PolicySource, root: Path, document: Document) -> Iterator[Fault]:
    for list_id in source.lists:
        try:
            used_list(list_id, root)
        except PolicyError:
            # The list's own faults are reported at its file.
            yield document.fault((), f"uses the list {list_id!r}, which has faults", "correct the list first")
    examined = {(example.reading, example.rule) for example in source.spec.examples}
    for index, rule in enumerate(source.spec.rules):
        if (None, rule.id) not in examined:
            yield document.fault(
                ("rules", index), f"the rule {rule.id!r} has no example", "add rows under examples"
            )
    for index, reading in enumerate(sequence(document.data, "readings")):
        for at, added in enumerate(reading["add"]):
            if (reading["id"], added["id"]) not in examined:
                loc = ("readings", index, "add", at)
                yield document.fault(
                    loc, f"the rule {added['id']!r} has no example", "add rows under examples"
                )

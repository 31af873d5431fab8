"""What the schema of one value cannot see: names that must exist, grades that must fit, ids that must differ.

Works on the raw data and trusts no shape, so that these faults are reported beside those of the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from provenance.datafile import Document, Loc
from provenance.errors import Fault
from provenance.evidence import Facet, Grade
from provenance.policy.faults import mapping, sequence
from provenance.policy.list_schema import ListKind
from provenance.policy.scalars import suggestion
from provenance.policy.schema import IDENTITY_PROOF, proof_grades

_FACETS = {facet.value: facet for facet in Facet}
_GRADES = {grade.value: grade for grade in Grade}
_TIERS = {tier.value: tier for tier in IDENTITY_PROOF}

Kinds = Mapping[str, ListKind | None]
"""The lists there are by id, each with its kind; None where its file does not say."""

Place = Callable[[Loc], Loc]
"""Where a value of a rule stands in the document, by its path inside the rule."""


def policy_faults(document: Document, lists: Kinds) -> list[Fault]:
    """Return what is wrong between the parts of a policy file.

    Args:
        document: The file as read; its shape is not trusted.
        lists: The lists there are, each with its kind.
    """
    return [
        *_all_rules(document, lists),
        *_repeated(document, ("rules",)),
        *_repeated(document, ("readings",)),
        *_readings(document),
        *_examples(document),
    ]


def rule_faults(document: Document, raw: Mapping[str, Any], place: Place, lists: Kinds) -> Iterator[Fault]:
    """Yield what is wrong in one rule beyond its schema.

    Args:
        document: The file it stands in.
        raw: The rule, perhaps with the changes of a reading.
        place: Where each of its values is written.
        lists: The lists there are, each with its kind.
    """
    yield from _list_faults(document, raw, place, lists)
    yield from _proof_faults(document, raw, place)
    seen: set[str] = set()
    for index, exception in enumerate(sequence(raw, "exceptions")):
        exception_id = mapping(exception).get("id")
        if isinstance(exception_id, str) and exception_id in seen:
            where = place(("exceptions", index, "id"))
            yield document.fault(
                where, f"the exception {exception_id!r} stands twice", "give each its own id"
            )
        elif isinstance(exception_id, str):
            seen.add(exception_id)


def _list_faults(document: Document, raw: Mapping[str, Any], place: Place, lists: Kinds) -> Iterator[Fault]:
    subject = mapping(raw, "subject")
    for index, use in enumerate(sequence(raw, "prohibits")):
        named = mapping(use).get("list")
        if not isinstance(named, str):
            continue
        where = place(("prohibits", index, "list"))
        if named not in lists:
            yield document.fault(where, f"there is no list {named!r}", suggestion(named, tuple(lists)))
            continue
        kind = lists[named]
        if "facet" in subject and kind is ListKind.ENTITY:
            yield document.fault(
                where,
                f"{named} is a list of firms, and the rule asks for an origin",
                "name a list of countries",
            )
        if "makers" in subject and kind is ListKind.COUNTRY:
            yield document.fault(
                where, f"{named} is a list of countries, and the rule asks for makers", "name a list of firms"
            )
        if kind is ListKind.ENTITY and mapping(use).get("only") is not None:
            where = place(("prohibits", index, "only"))
            yield document.fault(where, "scopes belong to lists of countries", "write only: null")
    if "makers" in subject and raw.get("allow") is True:
        yield document.fault(
            place(("allow",)), "a list of firms that are allowed is not known here", "write allow: false"
        )


def _proof_faults(document: Document, raw: Mapping[str, Any], place: Place) -> Iterator[Fault]:
    subject = mapping(raw, "subject")
    facet = _known(_FACETS, subject.get("facet"))
    for key in ("clears_from", "condemns_from"):
        written = raw.get(key)
        grade, tier = _known(_GRADES, written), _known(_TIERS, written)
        if facet is not None and (
            tier is not None or (grade is not None and grade not in proof_grades(facet))
        ):
            yield document.fault(
                place((key,)),
                f"{key}: {written} cannot prove the facet {facet}",
                f"use one of {', '.join(proof_grades(facet))}",
            )
        if "makers" in subject and grade is not None:
            yield document.fault(
                place((key,)),
                f"{key}: {written} says nothing of who made a machine",
                f"use one of {', '.join(IDENTITY_PROOF)}",
            )


def _known(values: Mapping[str, Any], written: object) -> Any:
    return values.get(written) if isinstance(written, str) else None


def _all_rules(document: Document, lists: Kinds) -> Iterator[Fault]:
    places: list[Loc] = [("rules", index) for index in range(len(sequence(document.data, "rules")))]
    for index, reading in enumerate(sequence(document.data, "readings")):
        places += [("readings", index, "add", added) for added in range(len(sequence(reading, "add")))]
    for base in places:
        raw = mapping(document.data, *base)
        yield from rule_faults(document, raw, lambda loc, base=base: (*base, *loc), lists)  # type: ignore[misc]


def _ids(document: Document, path: Loc) -> tuple[str, ...]:
    found = (mapping(item).get("id") for item in sequence(document.data, *path))
    return tuple(item for item in found if isinstance(item, str))


def _repeated(document: Document, path: Loc) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, item in enumerate(sequence(document.data, *path)):
        item_id = mapping(item).get("id")
        if not isinstance(item_id, str):
            continue
        if item_id in seen:
            yield document.fault(
                (*path, index, "id"), f"the id {item_id!r} stands twice", "give each its own"
            )
        seen.add(item_id)


def _readings(document: Document) -> Iterator[Fault]:
    rules = _ids(document, ("rules",))
    for index, reading in enumerate(sequence(document.data, "readings")):
        base: Loc = ("readings", index)
        named = [((*base, "change", key), key) for key in mapping(reading, "change")]
        named += [((*base, "drop", at), key) for at, key in enumerate(sequence(reading, "drop"))]
        for loc, key in named:
            if str(key) not in rules:
                yield document.fault(loc, f"there is no rule {key!r} in this file", suggestion(key, rules))
        dropped = sequence(reading, "drop")
        for at, key in enumerate(_ids(document, (*base, "add"))):
            if key in rules and key not in dropped:
                yield document.fault(
                    (*base, "add", at, "id"),
                    f"the reading adds the rule {key!r}, which the file already has",
                    "change it, drop it, or give the added rule its own id",
                )
        yield from _repeated(document, (*base, "add"))


def _examples(document: Document) -> Iterator[Fault]:
    rules = _ids(document, ("rules",))
    readings = _ids(document, ("readings",))
    for index, example in enumerate(sequence(document.data, "examples")):
        reading, rule = mapping(example).get("reading"), mapping(example).get("rule")
        if isinstance(reading, str) and reading not in readings:
            loc: Loc = ("examples", index, "reading")
            yield document.fault(
                loc, f"there is no reading {reading!r} in this file", suggestion(reading, readings)
            )
            continue
        known = rules if reading is None else _rules_of(document, readings.index(reading), rules)
        if isinstance(rule, str) and rule not in known:
            yield document.fault(
                ("examples", index, "rule"), f"there is no rule {rule!r} here", suggestion(rule, known)
            )


def _rules_of(document: Document, reading: int, rules: tuple[str, ...]) -> tuple[str, ...]:
    dropped = sequence(document.data, "readings", reading, "drop")
    return (*(rule for rule in rules if rule not in dropped), *_ids(document, ("readings", reading, "add")))

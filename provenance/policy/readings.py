"""Readings: the rules of a policy with the terms that a reading changes, leaves out or adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from provenance.datafile import Document, Loc
from provenance.errors import Fault
from provenance.policy.crosscheck import Kinds, rule_faults
from provenance.policy.faults import mapping, sequence
from provenance.policy.scalars import suggestion
from provenance.policy.schema import PolicyFile, RuleSpec
from provenance.records import dataclass
from provenance.value_faults import words_of

_KEYS: Mapping[str, str] = {field.alias or name: name for name, field in RuleSpec.model_fields.items()}
CHANGEABLE: tuple[str, ...] = tuple(key for key in _KEYS if key != "id")
"""The keys of a rule that a reading may change; its id is permanent."""


def rules_by_reading(document: Document, spec: PolicyFile) -> Mapping[str, tuple[RuleSpec, ...]]:
    """Return the rules of each reading, in the order of the file, added ones last.

    Args:
        document: The file as read.
        spec: The same, validated and without `reading_faults`.
    """
    found: dict[str, tuple[RuleSpec, ...]] = {}
    for reading in spec.readings:
        kept = (
            RuleSpec.model_validate({**raw, **reading.change[rule.id]}) if rule.id in reading.change else rule
            for rule, raw in zip(spec.rules, document.data["rules"], strict=True)
            if rule.id not in reading.drop
        )
        found[reading.id] = (*kept, *reading.add)
    return found


def reading_faults(document: Document, lists: Kinds) -> Iterator[Fault]:
    """Yield what is wrong in the changes that readings make to rules.

    Args:
        document: The file as read; its shape is not trusted.
        lists: The lists there are, each with its kind.
    """
    rules = {
        mapping(rule).get("id"): mapping(rule) for rule in sequence(document.data, "rules") if mapping(rule)
    }
    for index, reading in enumerate(sequence(document.data, "readings")):
        dropped = [rule for rule in sequence(reading, "drop") if isinstance(rule, str)]
        if rules and all(rule in dropped for rule in rules) and not sequence(reading, "add"):
            yield document.fault(("readings", index), "the reading leaves no rule", "keep or add one")
        for rule_id, changes in mapping(reading, "change").items():
            base: Loc = ("readings", index, "change", rule_id)
            if rule_id in dropped:
                yield document.fault(
                    base, f"the reading changes the rule {rule_id!r} and drops it", "do one of them"
                )
            if rule_id in rules and isinstance(changes, dict):
                yield from _Change(document, base, rules[rule_id], changes).faults(lists)


@dataclass(frozen=True, slots=True)
class _Change:
    """What one reading changes in one rule, and where that is written."""

    document: Document
    base: Loc
    raw: Mapping[str, Any]
    """The rule as the file has it."""
    changes: Mapping[str, Any]

    def faults(self, lists: Kinds) -> Iterator[Fault]:
        for key in self.changes:
            if key not in CHANGEABLE:
                what = "a rule's id is permanent" if key == "id" else f"a rule has no key {key!r}"
                yield self.document.fault((*self.base, key), what, suggestion(key, CHANGEABLE))
        changed = {key: value for key, value in {**self.raw, **self.changes}.items() if key in _KEYS}
        yield from self._schema_faults(changed)
        # What is wrong in the rule itself is reported there.
        known = {fault.what for fault in rule_faults(self.document, self.raw, self._place, lists)}
        for fault in rule_faults(self.document, changed, self._place, lists):
            if fault.what not in known:
                yield fault

    def _schema_faults(self, changed: Mapping[str, Any]) -> Iterator[Fault]:
        try:
            RuleSpec.model_validate(changed)
        except ValidationError as invalid:
            for error in invalid.errors(include_url=False):
                loc = error["loc"]
                if loc and loc[0] in self.changes:
                    path = ".".join(part for part in loc if isinstance(part, str))
                    what, do = words_of(error)
                    yield self.document.fault((*self.base, *loc), f"{path}: {what}", do)

    def _place(self, loc: Loc) -> Loc:
        # An unchanged term that no longer fits is the fault of the change.
        return (*self.base, *loc) if loc and loc[0] in self.changes else self.base

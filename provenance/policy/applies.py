"""Whether a rule reaches a machine: its days in force, its classes of equipment, its scope and its exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from provenance.dates import Span
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.at import common_days
from provenance.policy.classes import in_classes
from provenance.policy.rule import (
    Answer,
    AnyCondition,
    Condition,
    DateCondition,
    Rule,
    RuleException,
    UnrecordedCondition,
)
from provenance.records import dataclass

_WRITTEN_VARIOUSLY = frozenset({Field.MAKER, Field.MODEL, Field.SUPPLIER, Field.OWNER, Field.IMPORTER})
"""Facts whose texts do not tell for sure that two of them differ."""


@dataclass(frozen=True, slots=True)
class Applies:
    """Whether a rule reaches a machine, and what would take it out if it were known."""

    scope: Answer
    """Whether the facts that limit the rule hold; unknown is judged as in scope."""
    equipment: Answer
    """Whether the machine is of a class that the rule reaches; unknown is judged as in scope."""
    in_force: Answer
    """Whether the test date lies in the days on which the rule is in force; unknown condemns nothing."""
    excepted: RuleException | None
    """The exception that takes the machine out."""
    open_exceptions: tuple[RuleException, ...]
    """Exceptions that may hold: they condemn nothing."""

    @property
    def out(self) -> bool:
        """Whether a known fact takes the machine out of the rule."""
        return Answer.NO in {self.scope, self.equipment, self.in_force} or self.excepted is not None

    @property
    def open(self) -> bool:
        """Whether something unknown may take it out, so that it cannot be condemned."""
        return self.in_force is Answer.UNKNOWN or bool(self.open_exceptions)


def applies(rule: Rule, facts: CaseFacts, as_of: date) -> Applies:
    """Return whether a rule reaches the machines of a case, asked on a day."""
    answers = {item: holds(item.conditions, facts) for item in rule.exceptions}
    return Applies(
        scope=holds(rule.scope, facts),
        equipment=in_classes(rule.classes, facts.categories),
        in_force=_in_force(rule, facts, as_of),
        excepted=next((item for item, answer in answers.items() if answer is Answer.YES), None),
        open_exceptions=tuple(item for item, answer in answers.items() if answer is Answer.UNKNOWN),
    )


def holds(conditions: Iterable[AnyCondition], facts: CaseFacts) -> Answer:
    """Return whether every one of some conditions holds; no condition is no limit."""
    return _worst(_one(condition, facts) for condition in conditions)


def _worst(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    if Answer.NO in found:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.YES


def _one(condition: AnyCondition, facts: CaseFacts) -> Answer:
    match condition:
        case Condition():
            return _text(condition, dict(facts.scope).get(condition.field))
        case DateCondition():
            field = condition.on.field
            known = dict(facts.dates).get(field) if field is not None else None
            return _day(known, condition.first, condition.last)
        case UnrecordedCondition():
            return Answer.UNKNOWN
        case _:
            assert_never(condition)


def _text(condition: Condition, value: str | None) -> Answer:
    if value is None:
        return Answer.UNKNOWN
    folded = value.casefold()
    wanted = {one.casefold() for one in condition.values}
    if folded in wanted:
        return Answer.YES
    # One maker or model is written in many ways: a text that differs is no known fact that takes a machine out.
    if condition.field in _WRITTEN_VARIOUSLY or _bare(folded) in map(_bare, wanted):
        return Answer.UNKNOWN
    return Answer.NO


def _bare(text: str) -> str:
    """Return a text without blanks, marks and leading zeros of its numbers: `PO-003` and `po 3` are one."""
    digits = "".join(char if char.isalnum() else " " for char in text)
    return "".join(word.lstrip("0") or word for word in digits.split())


def _in_force(rule: Rule, facts: CaseFacts, as_of: date) -> Answer:
    first, last = rule.in_force
    if first is None and last is None:
        return Answer.YES
    field = rule.test_date.field
    if field is None:
        return _day(Span.of(as_of), first, last)
    known = dict(facts.dates).get(field)
    # No day is stated, but none lies after the day on which the question is asked: what begins later reaches nothing.
    return _day(known if known is not None else Span(date.min, as_of), first, last)


def _day(known: Span | None, first: date | None, last: date | None) -> Answer:
    if known is None:
        return Answer.UNKNOWN
    shared = common_days(known, Span(first or date.min, last or date.max))
    if shared is None:
        return Answer.NO
    return Answer.YES if shared == known else Answer.UNKNOWN

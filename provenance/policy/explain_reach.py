"""Whether a rule reaches a machine, in words: what takes the machine out, and what would if it were known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from provenance.origin.facts import CaseFacts
from provenance.policy.applies import Applies, holds
from provenance.policy.rule import (
    Answer,
    AnyCondition,
    Condition,
    DateCondition,
    Rule,
    TestDate,
    UnrecordedCondition,
)


def not_reached(rule: Rule, reached: Applies, facts: CaseFacts, as_of: date) -> str:
    """Return why a known fact takes a machine out of a rule, in a sentence."""
    if reached.excepted is not None:
        return (
            f"The exception {reached.excepted.id} takes this equipment out ({reached.excepted.instrument})."
        )
    if reached.equipment is Answer.NO:
        return f"The rule reaches {_classes(rule)} equipment alone, and this is {_joined(facts.categories)} equipment."
    if reached.scope is Answer.NO:
        told = [_fact_stated(one, facts) for one in rule.scope if holds((one,), facts) is Answer.NO]
        return f"The rule does not reach this equipment on the facts stated: {'; '.join(told)}."
    field = rule.test_date.field
    known = dict(facts.dates).get(field) if field is not None else None
    if rule.test_date is TestDate.AS_OF:
        met = f"the day of the audit is {as_of}"
    elif known is not None:
        met = f"the {rule.test_date.value} date is {known}"
    else:
        met = f"no {rule.test_date.value} date is stated as of {as_of}"
    return f"The rule is in force {_period(*rule.in_force)} alone, and {met}."


def barred(said: str) -> str:
    """Return what was said of goods that only the open reach of a rule keeps from being condemned."""
    return f"{said} Whether the rule reaches it is open, so that nothing is condemned."


def questions(rule: Rule, reached: Applies) -> Iterator[str]:
    """Yield what is open of a rule's reach, in words."""
    for item in reached.open_exceptions:
        yield f"whether the exception {item.id} applies ({item.instrument})"
    if reached.in_force is Answer.UNKNOWN:
        days = _period(*rule.in_force)
        yield f"whether the {rule.test_date.value} date lies in the days on which the rule is in force ({days})"
    if reached.equipment is Answer.UNKNOWN:
        yield f"whether it is {_classes(rule)} equipment, which the rule is limited to; until it is known it is judged as such"
    if reached.scope is Answer.UNKNOWN:
        asked = "; ".join(dict.fromkeys(map(_fact, rule.scope)))
        yield f"whether the rule reaches it ({asked}); until it is known it is judged as reached"


def would_take_out(rule: Rule, reached: Applies, facts: CaseFacts, proof: str) -> str:
    """Return what would show that a rule does not reach goods that it would condemn, besides proof of another origin."""
    wanted = [
        _fact(condition)
        for exception in reached.open_exceptions
        for condition in exception.conditions
        if holds((condition,), facts) is Answer.UNKNOWN
    ]
    if reached.in_force is Answer.UNKNOWN:
        wanted.append(f"the {rule.test_date.value} date")
    return "; or ".join(dict.fromkeys(one for one in (*wanted, proof) if one))


def _fact(condition: AnyCondition) -> str:
    match condition:
        case Condition():
            return f"the {condition.field.replace('_', ' ')}, as the instrument names it"
        case DateCondition():
            return f"the {condition.on.value} date"
        case UnrecordedCondition():
            return f"a document that shows: {condition.asks}"
        case _:
            assert_never(condition)


def _fact_stated(condition: AnyCondition, facts: CaseFacts) -> str:
    match condition:
        case Condition():
            field = condition.field
            return f"the {field.replace('_', ' ')} is {dict(facts.scope).get(field)}"
        case DateCondition():
            known = dict(facts.dates).get(condition.on.field) if condition.on.field is not None else None
            return f"the {condition.on.value} date is {known}"
        case UnrecordedCondition():
            return condition.asks
        case _:
            assert_never(condition)


def _classes(rule: Rule) -> str:
    return _joined(rule.classes)


def _joined(words: Iterable[str]) -> str:
    return " or ".join(word.replace("-", " ") for word in words)


def _period(first: date | None, last: date | None) -> str:
    return " ".join([f"from {first}"] * (first is not None) + [f"until {last}"] * (last is not None))

"""What the loaded rules ask of each machine: the scan reads that and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from provenance.evidence import Facet
from provenance.inventory.table import Field
from provenance.origin.facts import Wanted
from provenance.policy.at import limits
from provenance.policy.policy import Policy
from provenance.policy.prohibited_makers import tie_ends
from provenance.policy.prohibits import breakpoints
from provenance.policy.rule import Condition, DateCondition, Rule
from provenance.policy.subject import MakersSubject


def wanted_of(policies: Sequence[Policy]) -> Wanted:
    """Return what the rules of policies, their readings included, ask of each machine."""
    rules = [rule for policy in policies for rule in policy.all_rules()]
    asked = {
        condition.field
        for rule in rules
        for condition in rule.conditions()
        if isinstance(condition, Condition)
    }
    owed = {Field.ORDER for rule in rules for obligor in rule.remedy.obligors if obligor.order is not None}
    return Wanted(
        # Where the unit was made is asked for even where no rule does: goods of an embargoed origin stand apart.
        facets=frozenset({Facet.MANUFACTURE, *(rule.facet for rule in rules if rule.facet is not None)}),
        breakpoints=_breakpoints(rules),
        scope=tuple(sorted(asked | owed)),
        seats_on=tuple(
            sorted(
                {rule.test_date.field for rule in rules if rule.facet in {Facet.MAKER, Facet.OWNER}},
                key=lambda field: field or "",
            )
        ),
        classes=any(rule.classes or any(entry.classes for entry in rule.entities) for rule in rules),
        makers=any(isinstance(rule.subject, MakersSubject) for rule in rules),
    )


def _breakpoints(rules: Iterable[Rule]) -> dict[Field, tuple[date, ...]]:
    """Return, by date of a machine, the days on which something that a rule asks of it changes."""
    points: dict[Field, set[date]] = {}
    for rule in rules:
        field = rule.test_date.field
        if field is not None:
            points.setdefault(field, set()).update(breakpoints(rule))
        if rule.listings:
            points.setdefault(Field.MANUFACTURE_DATE, set()).update(tie_ends(rule))
        for condition in rule.conditions():
            if isinstance(condition, DateCondition) and condition.on.field is not None:
                points.setdefault(condition.on.field, set()).update(limits(condition.first, condition.last))
    return {field: tuple(sorted(days)) for field, days in sorted(points.items())}

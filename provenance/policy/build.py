"""From what a policy file writes to the rules that judging takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from provenance.inventory.table import Field
from provenance.policy.entity import EntityMember
from provenance.policy.entity_lists import EntityList
from provenance.policy.frozen import as_of
from provenance.policy.list_rows import CountryList
from provenance.policy.policy import Clause, Party, SiteParticular
from provenance.policy.rule import (
    AnyCondition,
    Condition,
    DateCondition,
    ListReference,
    Member,
    Obligor,
    Remedy,
    Rule,
    RuleException,
    Treatment,
    UnrecordedCondition,
)
from provenance.policy.schema import (
    ClauseSpec,
    ConditionSpec,
    DateConditionSpec,
    FacetSpec,
    FieldConditionSpec,
    MakersSpec,
    RemedySpec,
    RuleSpec,
    SubjectSpec,
    UnrecordedSpec,
)
from provenance.policy.subject import FacetSubject, MakersSubject, Subject, UnrecordedSubject

Lists = Mapping[str, CountryList | EntityList]
"""The lists that a policy uses, by id."""


def rule_of(spec: RuleSpec, policy: str, lists: Lists, sites: tuple[SiteParticular, ...]) -> Rule:
    """Return a rule, complete.

    Args:
        spec: The rule as the file writes it.
        policy: The policy's id, which goes before the rule's.
        lists: The lists it names, by id.
        sites: The sites that the clause names; their aliases are expanded in conditions.
    """
    return Rule(
        id=f"{policy}/{spec.id}",
        policy=policy,
        title=spec.title,
        question=spec.question,
        citation=spec.citation,
        help=spec.help,
        subject=_subject(spec.subject),
        areas=dict(
            sorted({area: Treatment(getattr(spec.areas, area)) for area in ("HK", "MO", "TW")}.items())
        ),
        # A list named twice with different scopes still gives each membership once.
        members=tuple(dict.fromkeys(_members(spec, lists))),
        entities=tuple(dict.fromkeys(_entities(spec, lists))),
        partial=any(lists[use.list_id].info.partial for use in spec.prohibits),
        allow=spec.allow,
        references=tuple(
            ListReference(use.list_id, tuple(scope.value for scope in use.only or ()), use.as_of)
            for use in spec.prohibits
        ),
        classes=tuple(spec.classes),
        in_force=(spec.in_force.first, spec.in_force.last),
        test_date=spec.test_date,
        undated_from=spec.undated_from,
        clears_from=spec.clears_from,
        condemns_from=spec.condemns_from,
        effect=spec.effect,
        burden=spec.burden,
        scope=_conditions(spec.scope, sites),
        exceptions=tuple(
            RuleException(item.id, _conditions(item.conditions, sites), item.instrument, item.note or "")
            for item in spec.exceptions
        ),
        remedy=_remedy(spec.remedy),
    )


def clause_of(spec: ClauseSpec) -> Clause:
    """Return what only a contract clause has."""
    return Clause(
        agreement=spec.agreement,
        agreement_date=spec.agreement_date,
        wording=spec.wording,
        wording_is_official=spec.wording_is_official,
        parties=tuple(Party(party.role, party.name, party.maker) for party in spec.parties),
        sites=tuple(SiteParticular(site.name, tuple(site.aliases), site.note) for site in spec.sites),
        reading=spec.reading,
    )


def _subject(spec: SubjectSpec) -> Subject:
    match spec:
        case FacetSpec():
            return FacetSubject(spec.facet)
        case MakersSpec():
            return MakersSubject(tuple(sorted(set(spec.makers.include))))
        case UnrecordedSpec():
            return UnrecordedSubject(spec.unrecorded)
        case _:
            assert_never(spec)


def _members(spec: RuleSpec, lists: Lists) -> Iterator[Member]:
    for use in spec.prohibits:
        used = lists[use.list_id]
        if isinstance(used, CountryList):
            yield from as_of(used.members(tuple(use.only or ())), use.as_of)


def _entities(spec: RuleSpec, lists: Lists) -> Iterator[EntityMember]:
    for use in spec.prohibits:
        used = lists[use.list_id]
        if isinstance(used, EntityList):
            yield from as_of(used.members, use.as_of)


def _conditions(
    specs: Iterable[ConditionSpec], sites: tuple[SiteParticular, ...]
) -> tuple[AnyCondition, ...]:
    return tuple(_condition(spec, sites) for spec in specs)


def _condition(spec: ConditionSpec, sites: tuple[SiteParticular, ...]) -> AnyCondition:
    match spec:
        case FieldConditionSpec():
            aliased = spec.field is Field.SITE
            return Condition(spec.field, _with_aliases(spec.values, sites) if aliased else tuple(spec.values))
        case DateConditionSpec():
            return DateCondition(spec.date, spec.first, spec.last)
        case UnrecordedSpec():
            return UnrecordedCondition(spec.unrecorded)
        case _:
            assert_never(spec)


def _with_aliases(values: Iterable[str], sites: tuple[SiteParticular, ...]) -> tuple[str, ...]:
    expanded: list[str] = []
    for value in values:
        expanded.append(value)
        for site in sites:
            names = (site.name, *site.aliases)
            if value.casefold() in {name.casefold() for name in names}:
                expanded += names
    return tuple(dict.fromkeys(expanded))


def _remedy(spec: RemedySpec) -> Remedy:
    return Remedy(
        kind=spec.kind,
        text=spec.text,
        days=spec.days,
        obligors=tuple(Obligor(one.name, one.maker, one.order) for one in spec.obligors),
        otherwise=spec.otherwise,
    )

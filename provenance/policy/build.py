"""From what a policy file writes to the rules that judging takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from provenance.inventory.table import Field
from provenance.policy.list_rows import CountryList
from provenance.policy.rule import (
    Clause,
    Condition,
    Member,
    Party,
    Remedy,
    Rule,
    RuleException,
    SiteParticular,
    Treatment,
)
from provenance.policy.schema import ClauseSpec, ConditionSpec, RemedySpec, RuleSpec


def rule_of(
    spec: RuleSpec, policy: str, lists: Mapping[str, CountryList], sites: tuple[SiteParticular, ...]
) -> Rule:
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
        facet=spec.subject.facet,
        areas=dict(
            sorted({area: Treatment(getattr(spec.areas, area)) for area in ("HK", "MO", "TW")}.items())
        ),
        members=_members(spec, lists),
        partial=any(lists[use.list_id].info.partial for use in spec.prohibits),
        allow=spec.allow,
        lists=tuple(dict.fromkeys(use.list_id for use in spec.prohibits)),
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


def _members(spec: RuleSpec, lists: Mapping[str, CountryList]) -> tuple[Member, ...]:
    # A list named twice with different scopes still gives each membership once.
    found = (member for use in spec.prohibits for member in lists[use.list_id].members(tuple(use.only or ())))
    return tuple(dict.fromkeys(found))


def _conditions(specs: Iterable[ConditionSpec], sites: tuple[SiteParticular, ...]) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            spec.field, _with_aliases(spec.values, sites) if spec.field is Field.SITE else tuple(spec.values)
        )
        for spec in specs
    )


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
        obligors=tuple((obligor.maker, obligor.name) for obligor in spec.obligors),
        otherwise=spec.otherwise,
    )

"""Showing who a policy prohibits on one day, and why: by membership and citation, and what is open on that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from provenance.countries.atoms import ALL, label
from provenance.dates import Span
from provenance.policy.at import limits, overlaps, possible_days
from provenance.policy.entity import EntityMember
from provenance.policy.explain_makers import entry_words
from provenance.policy.policy import Policy
from provenance.policy.prohibited_makers import prohibited_makers
from provenance.policy.prohibits import breakpoints, prohibited
from provenance.policy.rule import Member, Prohibited, Rule
from provenance.policy.show_list import wrapped
from provenance.policy.show_members import days_words, show_entries, show_members
from provenance.policy.show_rule import folded
from provenance.policy.subject import FacetSubject, MakersSubject


def show_day(policy: Policy, day: date) -> tuple[str, ...]:
    """Return who the rules of a policy prohibit on a day, in lines of plain text.

    Args:
        policy: The policy; its rules on makers with the makers that their lists reach.
        day: The test date.
    """
    lines = [f"{policy.title}  ({policy.kind} {policy.id}), on {day}"]
    for rule in policy.rules:
        lines += ["", f"RULE {rule.id}: {rule.title}", *_rule(rule, day)]
    return tuple(lines)


def _rule(rule: Rule, day: date) -> Iterator[str]:
    yield from wrapped(f"where that is the {rule.test_date.value} date of a machine", 2)
    first, last = rule.in_force
    if not overlaps(Span(first or date.min, last or date.max), Span.of(day)):
        began = f" It is in force from {first}." if first is not None and day < first else ""
        yield from wrapped(f"The rule is not in force on that day: nothing is prohibited.{began}", 2)
        return
    if isinstance(rule.subject, FacetSubject):
        yield from _places(rule, prohibited(rule, Span.of(day)))
    elif isinstance(rule.subject, MakersSubject):
        yield from _firms(rule, day)
    else:
        yield "  Listed, and a person has to find out who is meant:"
        yield from show_members((one for one in rule.members if _holds(one, day)), day)
        yield from show_entries((one for one in rule.entities if _holds(one, day)), day)
    if rule.partial:
        yield from wrapped(
            f"A list is partial ({', '.join(rule.lists)}): whoever is not on it may be prohibited too.", 2
        )
    following = [point for point in _turns(rule) if point > day]
    yield (
        f"  Nothing of this changes before {following[0]}."
        if following
        else "  No later change is on record."
    )


def _places(rule: Rule, banned: Prohibited) -> Iterator[str]:
    if rule.allow:
        allowed = ALL - banned.possible
        yield from wrapped(f"Allowed: {'; '.join(sorted(map(label, allowed))) or 'nowhere for certain'}", 2)
        yield from wrapped(f"Prohibited: {len(banned.certain)} places, everywhere that is not allowed", 2)
    else:
        yield "  Prohibited:" if banned.certain else "  Prohibited for certain: nowhere"
        grouped: dict[tuple[Member, ...], list[str]] = {}
        for atom in sorted(banned.certain, key=label):
            grouped.setdefault(banned.members[atom], []).append(label(atom))
        for members, places in grouped.items():
            yield from wrapped(f"{'; '.join(places)}", 4)
            for member in members:
                unsure = "" if member.verified else " [not verified: rests on memory]"
                yield from wrapped(f"{member.list_id}, {days_words(member)}: {member.citation}{unsure}", 8)
    if banned.open_questions and not rule.partial:
        yield "  Left open:"
        for question in folded(banned.open_questions.items()):
            yield from wrapped(question, 4)


def _firms(rule: Rule, day: date) -> Iterator[str]:
    yield "  Prohibited, as far as each entry reaches:"
    yield from show_entries((one for one in rule.entities if _holds(one, day)), day)
    banned = prohibited_makers(_whatever_class(rule), Span.of(day), None, ())
    yield f"  Makers of the catalogue that are prohibited for certain, within these limits:{'' if banned.certain else ' none'}"
    for maker in sorted(banned.certain):
        yield from wrapped(f"{maker}: {'; '.join(entry_words(one) for one in banned.listings[maker])}", 4)
    if banned.open_questions:
        yield "  Makers of the catalogue that may be prohibited:"
    for maker, question in sorted(banned.open_questions.items()):
        yield from wrapped(f"{maker}: {question}", 4)


def _whatever_class(rule: Rule) -> Rule:
    """Return a rule without its entries' limits to equipment: these stand with the entries."""
    listings = {
        maker: tuple(
            replace(one, member=replace(one.member, classes=())) if one.member is not None else one
            for one in met
        )
        for maker, met in rule.listings.items()
    }
    return replace(rule, listings=listings)


def _holds(member: Member | EntityMember, day: date) -> bool:
    return overlaps(possible_days(member), Span.of(day))


def _turns(rule: Rule) -> tuple[date, ...]:
    entries = {point for one in rule.entities for point in limits(one.first, one.last)}
    return tuple(sorted({*breakpoints(rule), *entries}))

"""What there is to know of every list at a glance: how far it is dated, whether it wants review, who stands on it now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from provenance.countries.atoms import UA_ATOMS
from provenance.policy.entity import EntityMember
from provenance.policy.entity_lists import load_entity_list
from provenance.policy.list_files import kind_of
from provenance.policy.list_schema import ListKind
from provenance.policy.lists import load_list
from provenance.policy.policy import ListInfo
from provenance.policy.rule import Member
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class ListStatus:
    """One list on a day."""

    info: ListInfo
    members: int
    """Memberships in force on the day: countries with their areas apart, or names of entities."""
    unverified: int
    """How many of these rest on memory."""
    derived_from: tuple[str, ...]
    past_review: bool


def status_of(list_id: str, as_of: date, root: Path | None = None) -> ListStatus:
    """Return the state of one list on a day.

    Raises:
        PolicyError: There is none of that id, or its file has faults.
    """
    derived: tuple[str, ...] = ()
    if kind_of(list_id, root) is ListKind.ENTITY:
        entities = load_entity_list(list_id, root)
        info = entities.info
        listed = [member.verified for member in entities.members if in_force(member, as_of)]
    else:
        countries = load_list(list_id, root)
        info, derived = countries.info, countries.derived_from
        listed = [
            member.verified
            for member in countries.members()
            if in_force(member, as_of)
            for _ in range(_places(member.atoms))
        ]
    return ListStatus(info, len(listed), listed.count(False), derived, past_review=info.review_by <= as_of)


def _places(atoms: frozenset[str]) -> int:
    """How many countries and areas a membership names: Ukraine as a whole is one."""
    return len(atoms - UA_ATOMS) + (1 if atoms >= UA_ATOMS else len(atoms & UA_ATOMS))


def in_force(member: Member | EntityMember, day: date) -> bool:
    """Return whether a membership is or may be in force on a day."""
    return (member.first is None or member.first <= day) and (member.last is None or day <= member.last)


def show_status(statuses: Iterable[ListStatus]) -> tuple[str, ...]:
    """Return one line per list: id, kind, members in force, dates, what a reader has to mind, title."""
    found = list(statuses)
    width = max((len(one.info.id) for one in found), default=0)
    return tuple(
        f"{one.info.id:<{width}}  {one.members:>3} in force  as of {one.info.as_of}, review by {one.info.review_by}  "
        f"{one.info.title}{_marks(one)}"
        for one in found
    )


def _marks(status: ListStatus) -> str:
    marks = [status.info.kind] if status.info.kind == ListKind.ENTITY.value else []
    marks += ["REVIEW IS DUE"] if status.past_review else []
    marks += ["partial"] if status.info.partial else []
    marks += [f"{status.unverified} unverified"] if status.unverified else []
    marks += [f"from {', '.join(status.derived_from)}"] if status.derived_from else []
    return f"  [{'; '.join(marks)}]" if marks else ""

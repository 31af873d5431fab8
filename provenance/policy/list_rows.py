"""A list of countries as loaded: its memberships, and what each is aimed at."""

from __future__ import annotations

from provenance.policy.list_schema import ListEvidence, Scope
from provenance.policy.policy import ListInfo
from provenance.policy.rule import Member
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class ListRow:
    """One membership and what it is aimed at."""

    scope: Scope
    evidence: ListEvidence
    member: Member


@dataclass(frozen=True, slots=True)
class CountryList:
    """One list, loaded."""

    info: ListInfo
    note: str
    rows: tuple[ListRow, ...]
    sources: tuple[str, ...]
    """Title and address of each source, by key."""
    derived_from: tuple[str, ...] = ()
    """The lists that it follows from, each with the day as of which."""

    def members(self, only: tuple[Scope, ...] = ()) -> tuple[Member, ...]:
        """Return its memberships, or those of some scopes alone."""
        return tuple(row.member for row in self.rows if not only or row.scope in only)

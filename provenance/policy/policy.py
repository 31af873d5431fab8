"""What a loaded policy is: its rules, alternative readings, a clause's particulars, the lists that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from provenance.policy.rule import Rule
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """An alternative reading of a policy: the same rules with changed terms, for the matrix only."""

    id: str
    title: str
    note: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One party named in a clause."""

    role: str
    """seller, buyer, obligor, ..."""
    name: str
    maker: str | None
    """The catalogue's maker, where the party is one."""


@dataclass(frozen=True, slots=True)
class SiteParticular:
    """A site that the agreement names: a particular, not a limit of scope."""

    name: str
    aliases: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Clause:
    """What only a contract clause has."""

    agreement: str
    agreement_date: date | None
    wording: str
    """The clause as the user gives it; else our own words, and `wording_is_official` is False."""
    wording_is_official: bool
    parties: tuple[Party, ...]
    sites: tuple[SiteParticular, ...]
    reading: str
    """How the clause is read here, in words."""


@dataclass(frozen=True, slots=True)
class ListInfo:
    """A list that a policy uses, for the report: its date and whether it wants review."""

    id: str
    title: str
    as_of: date
    review_by: date
    partial: bool
    sha256: str
    kind: str = "country"
    """`country` or `entity`."""
    blocking: bool = False
    """Whether the firms on it are blocked, so that dealing with them at all may be prohibited."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One pack or clause, loaded."""

    id: str
    kind: str
    """`pack` or `clause`."""
    title: str
    citation: str
    note: str
    rules: tuple[Rule, ...]
    readings: tuple[Reading, ...]
    clause: Clause | None
    lists: tuple[ListInfo, ...]
    sha256: str
    file: str
    """The file's name without directories."""

    def all_rules(self) -> Iterator[Rule]:
        """Yield the rules as declared and then those of every alternative reading."""
        yield from self.rules
        for reading in self.readings:
            yield from reading.rules

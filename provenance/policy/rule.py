"""What a loaded policy is: rules with what they prohibit on a date, alternative readings, a clause's particulars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provenance.dates import Span
from provenance.evidence import Facet, Grade
from provenance.inventory.table import Field


class Effect(StrEnum):
    """What a rule does with a machine that meets it."""

    CONDEMN = "condemn"
    REVIEW = "review"


class TestDate(StrEnum):
    """Which day's membership counts."""

    __test__ = False  # pytest would collect it for its name

    CONTRACT = "contract"
    PURCHASE = "purchase"
    DELIVERY = "delivery"
    INSTALLATION = "installation"
    MANUFACTURE = "manufacture"
    AS_OF = "as-of"

    @property
    def field(self) -> Field | None:
        """The inventory field that holds the day; None for the as-of date."""
        return None if self is TestDate.AS_OF else Field(f"{self.value}_date")


class Treatment(StrEnum):
    """How a clause treats an area that is sometimes counted with a country."""

    IN = "in"
    OUT = "out"
    UNSTATED = "unstated"


class Answer(StrEnum):
    """Whether a scope or an exception holds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Member:
    """One dated membership of a list."""

    list_id: str
    atoms: frozenset[str]
    first: date | None
    """First day in force; None when not known."""
    last: date | None
    """Last day in force; None while open."""
    certain: bool
    """False for a regime that is not a country, and for whatever else a country of origin alone cannot meet."""
    citation: str
    source: str
    verified: bool
    """False for rows that rest on recall."""
    list_as_of: date
    """The list's own date: an unknown start counts as begun from this day on, as possible before it."""
    note: str = ""
    recalled: tuple[str, ...] = ()
    """Which of its days nobody has checked: `from`, `to`."""
    doubt: str = ""
    """Why it is not certain, in words; empty where it is, or names persons, a regime or a government."""


@dataclass(frozen=True, slots=True)
class Prohibited:
    """What a rule prohibits on a day or over an interval: P-plus inside P-question."""

    certain: frozenset[str]
    """Prohibited on every day of the interval, whatever the open questions."""
    possible: frozenset[str]
    """Prohibited on some day of it, or under some answer to an open question; contains `certain`."""
    members: Mapping[str, tuple[Member, ...]]
    """Per atom of `possible`, the memberships behind it, for citation."""
    open_questions: Mapping[str, str]
    """Per atom that is possible and not certain, what is left open, in words."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one fact of a machine: holds where its value is one of the values, unknown where it is missing."""

    field: Field
    values: tuple[str, ...]
    """Compared case-insensitively; aliases of a site are expanded by the loader."""


@dataclass(frozen=True, slots=True)
class RuleException:
    """A case that a rule leaves out, with the instrument that says so."""

    id: str
    conditions: tuple[Condition, ...]
    instrument: str
    note: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the clause gives when a machine does not conform."""

    kind: str
    """`replacement`, `removal`, `refund`, `none-stated`."""
    text: str
    days: int | None
    """None: not stated."""
    obligors: tuple[tuple[str, str], ...]
    """Maker id to obligor's name."""
    otherwise: str
    """Who owes it for all other machines, in words: "obligor to be determined"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, complete: the loader supplies nothing that the file does not say."""

    id: str
    """`policy/rule`, permanent."""
    policy: str
    title: str
    question: str
    """The question asked of each machine, in a sentence."""
    citation: str
    help: str
    facet: Facet
    areas: Mapping[str, Treatment]
    """HK, MO and TW: in, out or unstated."""
    members: tuple[Member, ...]
    """All memberships of all lists it prohibits; areas not included."""
    partial: bool
    """Whether one of its lists is partial: absence from it then never clears."""
    allow: bool
    """An allow-list: what is not a member is prohibited."""
    lists: tuple[str, ...]
    test_date: TestDate
    undated_from: date
    """A machine without the test date is taken to have it on or after this day, up to the as-of date."""
    clears_from: Grade
    condemns_from: Grade
    effect: Effect
    burden: str
    """Who has to prove: seller, buyer, supplier."""
    scope: tuple[Condition, ...]
    """Empty: all equipment."""
    exceptions: tuple[RuleException, ...]
    remedy: Remedy

    def span(self, known: Span | None, as_of: date) -> Span:
        """Return the interval the test date lies in, given what the inventory says of it."""
        if self.test_date is TestDate.AS_OF:
            return Span.of(as_of)
        if known is not None:
            return known
        # Asked as of a day before the first that an undated machine can have, nothing says when it was.
        return (
            Span(self.undated_from, as_of)
            if self.undated_from <= as_of
            else Span(date.min, self.undated_from)
        )


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

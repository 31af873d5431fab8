"""What a loaded rule is: what it asks, what it prohibits on a date, whom it reaches, and what is owed under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from provenance.dates import Span
from provenance.evidence import Facet, Grade
from provenance.identify.identity import Tier
from provenance.inventory.table import Field
from provenance.policy.entity import EntityMember
from provenance.policy.subject import FacetSubject, Subject
from provenance.records import dataclass


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
    AUTHORISATION = "authorisation"
    """The day on which the model's radio equipment was authorised."""
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
    """Which of its days nobody has checked, though the membership is sourced: `from`, `to`."""
    doubt: str = ""
    """Why it is not certain, in words; empty where the list's own terms say it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of a list of firms that a maker meets, itself or through a related firm."""

    maker: str
    """The catalogue's maker whose machines are meant."""
    member: EntityMember | None
    """None where only who made the hardware is open."""
    via: str
    """How the maker meets it, in words; empty where it is the firm named."""
    possible: Span
    """The test dates on which it may be covered, as far as the entry goes and the beginning of what relates the two."""
    related_until: date | None
    """The last day on which the two may have been related; None: no end is known. Goods made until then stay meant."""
    certain: Span | None
    """The days on which it is covered for certain; None where there is no such day."""
    doubt: str
    """What keeps it from being certain, in words; empty where only the days do."""


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
class DateCondition:
    """A test of one date of a machine: holds where it lies within days, unknown where it is missing or may lie outside."""

    on: TestDate
    first: date | None
    """The first day that holds; None: however early."""
    last: date | None
    """The last day that holds; None: however late."""


@dataclass(frozen=True, slots=True)
class UnrecordedCondition:
    """A test of what no inventory records: always unknown, and asked of the reader."""

    asks: str


AnyCondition = Condition | DateCondition | UnrecordedCondition


@dataclass(frozen=True, slots=True)
class RuleException:
    """A case that a rule leaves out, with the instrument that says so."""

    id: str
    conditions: tuple[AnyCondition, ...]
    instrument: str
    note: str


@dataclass(frozen=True, slots=True)
class Obligor:
    """Who owes the remedy for the machines of one maker, or of one order; the order goes before the maker."""

    name: str
    maker: str | None
    """Of the catalogue."""
    order: str | None
    """As inventories write it."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the clause gives when a machine does not conform."""

    kind: str
    """`replacement`, `removal`, `refund`, `none-stated`."""
    text: str
    days: int | None
    """None: not stated."""
    obligors: tuple[Obligor, ...]
    otherwise: str
    """Who owes it for all other machines, in words: "obligor to be determined"."""


@dataclass(frozen=True, slots=True)
class ListReference:
    """How a rule uses a list."""

    list_id: str
    only: tuple[str, ...]
    """The scopes of membership that count; empty: all."""
    frozen: date | None
    """The day as of which the list is read, whatever became of it; None: as amended."""


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
    subject: Subject
    areas: Mapping[str, Treatment]
    """HK, MO and TW: in, out or unstated."""
    members: tuple[Member, ...]
    """All memberships of all lists of countries it prohibits; areas not included."""
    entities: tuple[EntityMember, ...]
    """All entries of all lists of firms it prohibits."""
    partial: bool
    """Whether one of its lists is partial: absence from it then never clears."""
    allow: bool
    """An allow-list: what is not a member is prohibited."""
    references: tuple[ListReference, ...]
    classes: tuple[str, ...]
    """The classes of equipment that it reaches (`policy.classes`); empty: all."""
    in_force: tuple[date | None, date | None]
    """The first and last test date that it reaches; None: no such limit."""
    test_date: TestDate
    undated_from: date
    """A machine without the test date is taken to have it on or after this day, up to the as-of date."""
    clears_from: Grade | Tier
    """For a rule on makers, how well the maker has to be known; else the least grade of evidence."""
    condemns_from: Grade | Tier
    effect: Effect
    burden: str
    """Who has to prove: seller, buyer, supplier."""
    scope: tuple[AnyCondition, ...]
    """Empty: all equipment."""
    exceptions: tuple[RuleException, ...]
    remedy: Remedy
    listings: Mapping[str, tuple[Listing, ...]] = field(default_factory=dict)
    """For a rule on makers: what each maker of the catalogue meets; filled by `policy.reach`."""

    @property
    def facet(self) -> Facet | None:
        """The facet of the origin that it asks for; None where it asks for something else."""
        return self.subject.facet if isinstance(self.subject, FacetSubject) else None

    @property
    def lists(self) -> tuple[str, ...]:
        """Ids of its lists, each once."""
        return tuple(dict.fromkeys(reference.list_id for reference in self.references))

    def conditions(self) -> Iterator[AnyCondition]:
        """Yield every condition of its scope and its exceptions."""
        yield from self.scope
        for exception in self.exceptions:
            yield from exception.conditions

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

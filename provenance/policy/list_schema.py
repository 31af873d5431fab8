"""The schema of list files: countries as dated memberships, entities as dated listings, lists derived from lists.

Every key is required, except `derived` and what belongs to it; nothing is supplied.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StrictBool, WithJsonSchema, model_validator

from provenance.datafile import Strict
from provenance.policy.classes import EquipmentClass
from provenance.policy.entity import Reach
from provenance.policy.scalars import Code, Day, Id, PartialDay, Text, day_of

LIST_SCHEMA = "provenance-list/1"


class ListKind(StrEnum):
    """What stands on a list."""

    COUNTRY = "country"
    ENTITY = "entity"


class Scope(StrEnum):
    """What a membership of a country is aimed at."""

    COUNTRY = "country"
    """The territory as a whole: goods that come from there are meant."""
    REGION = "region"
    """An area inside a country, as a whole."""
    REGIME = "regime"
    """A government or its head by name, not the country."""
    LIST_BASED = "list-based"
    """Listed persons; the country only gives the programme its name."""
    GOVERNMENT = "government"
    """The government and what it owns, not goods of the country."""
    OPEN = "open"
    """Whether it is meant, as a whole or in part, is left open; the note says why."""

    @property
    def territorial(self) -> bool:
        """Whether a country of origin alone meets it."""
        return self in {Scope.COUNTRY, Scope.REGION}


class ListEvidence(StrEnum):
    """How a membership is known, the best known first."""

    DEFINITION = "definition"
    """The rule names the country itself: no instrument lists it, on no day."""
    PUBLISHED = "published"
    PUBLISHED_SECONDARY = "published-secondary"
    INFERRED = "inferred"
    RECALL = "recall"
    """Background knowledge that nobody has checked."""

    @property
    def rank(self) -> int:
        """Position from 0; the higher, the less is known."""
        return list(ListEvidence).index(self)


class SourceSpec(Strict):
    """One source of a list."""

    url: Text
    title: Text
    as_of: PartialDay | None
    """What its text is dated; null where it is undated."""


class _Dated(Strict):
    """What every row has: its days, and how it is known."""

    first: Day | None = Field(alias="from")
    last: Day | None = Field(alias="to")
    citation: Text
    source: Id | None
    """A key of `sources`; null only for a definition and for what is recalled."""
    evidence: ListEvidence

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError(
                f"ends on {self.last}, before it begins on {self.first}; correct one of the days"
            )
        unsourced = self.evidence in {ListEvidence.DEFINITION, ListEvidence.RECALL}
        if self.source is None and not unsourced:
            raise ValueError(f"evidence {self.evidence} needs a source; name one of the file's sources")
        return self


class MemberSpec(_Dated):
    """One dated membership of a country as a list file writes it."""

    code: Code
    scope: Scope
    dates_from_memory: list[Literal["from", "to"]]
    """Which of the two days nobody has checked, though the membership is sourced."""
    note: Text | None

    @model_validator(mode="after")
    def _undated(self) -> Self:
        if self.evidence is ListEvidence.DEFINITION and (self.first or self.last):
            raise ValueError("a definition has no days; write from: null and to: null")
        return self


class EntitySpec(_Dated):
    """One dated listing of an entity as a list file writes it."""

    name: Text
    aliases: list[Text]
    """Other names that the list or a source gives to this entity itself."""
    makers: list[Id]
    """The makers of the catalogue that are this entity; not its subsidiaries, which have names of their own."""
    country: Code | None
    reach: Reach | None
    """How far this entry goes where it says more than the list does; null: as the list says."""
    classes: list[EquipmentClass]
    """What the listing is limited to by its own terms; empty: nothing limits it."""
    purpose: Text | None
    """The purpose of use to which it is limited, in words."""
    through: Text | None = None
    """The entry by whose words it is meant, where the list does not name it itself; null or left out otherwise."""
    trade: Text | None
    """What the entity makes or deals in, as a source has it; it limits nothing."""
    dates_from_memory: list[Literal["from", "to"]]
    note: Text | None


class ReachSpec(_Dated):
    """How far every entry of an entity list goes, over a time."""

    reach: Reach


def _as_of(value: object) -> date | None:
    return None if value == "live" else day_of(value)


AsOf = Annotated[
    date | None,
    BeforeValidator(_as_of),
    WithJsonSchema({"anyOf": [{"const": "live"}, {"type": "string", "format": "date"}]}),
]
"""`live`: as the other list is amended (None); a day: as it stood then, frozen."""


class ReferenceSpec(Strict):
    """Another list that a list takes its members from, or leaves them out by."""

    list_id: Id = Field(alias="list")
    as_of: AsOf
    only: Annotated[list[Scope], Field(min_length=1)] | None = None
    """Only its memberships of some scopes."""
    unknown_start: Literal["in", "open"] | None = None
    """Frozen only: whether a member since when is not known counts as one on that day, or is left open."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.as_of is None) != (self.unknown_start is None):
            raise ValueError(
                "unknown_start goes with a frozen reference: write it where as_of is a day, leave it out where it is live"
            )
        return self


class DerivedSpec(_Dated):
    """How a list follows from others: a union, less what is excepted, within its own days."""

    everywhere: StrictBool
    """Whether the union begins with every origin there is."""
    doubt: Text | None = None
    """Why nothing that follows is certain; null or left out where nothing makes it doubtful."""
    union: list[ReferenceSpec]
    except_: list[ReferenceSpec] = Field(alias="except")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.everywhere and not self.union:
            raise ValueError("is derived from nothing; name lists under union, or write everywhere: true")
        if self.evidence is ListEvidence.DEFINITION:
            raise ValueError(
                "a derivation rests on an instrument or an inference; evidence: definition is for members"
            )
        return self


class ListHead(Strict):
    """What every list file begins with."""

    schema_: Literal["provenance-list/1"] = Field(alias="schema")
    id: Id
    title: Text
    as_of: Day
    """The day up to which the memberships were checked."""
    review_by: Day
    """The day from which the list wants checking again."""
    partial: StrictBool
    """Whether members are known to be missing: absence from it then never clears."""
    note: Text
    sources: dict[Id, SourceSpec]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.review_by < self.as_of:
            raise ValueError(
                f"review_by {self.review_by} lies before as_of {self.as_of}; correct one of them"
            )
        return self


def _kind(value: object) -> object:
    if isinstance(value, str) and value not in set(ListKind):
        raise ValueError(f"{value!r} is no kind of list; write country or entity")
    return value


class CountryListFile(ListHead):
    """A list of countries, whole."""

    kind: Annotated[Literal["country"], BeforeValidator(_kind)]
    derived: DerivedSpec | None = None
    """Lists that this one follows from; null or left out where it stands alone."""
    members: list[MemberSpec]

    @model_validator(mode="after")
    def _filled(self) -> Self:
        if not self.members and self.derived is None:
            raise ValueError("has no members; add some, or say under derived what it follows from")
        return self


class EntityListFile(ListHead):
    """A list of entities, whole."""

    kind: Literal["entity"]
    reach: list[ReachSpec] = Field(min_length=1)
    """How far every entry goes, over time: periods that follow one another without a gap."""
    blocking: StrictBool = False
    """Whether those who stand on it are blocked, so that dealing with them at all may be prohibited."""
    members: list[EntitySpec]

    @model_validator(mode="after")
    def _filled(self) -> Self:
        if not self.members and not self.partial:
            raise ValueError("has no members; add some, or write partial: true where none of them is known")
        return self

    @model_validator(mode="after")
    def _continuous(self) -> Self:
        for before, after in zip(self.reach, self.reach[1:], strict=False):
            if before.last is None or after.first is None or (after.first - before.last).days != 1:
                raise ValueError(
                    "the periods of reach do not follow one another day by day; correct their days"
                )
        if self.reach[0].first is not None or self.reach[-1].last is not None:
            raise ValueError(
                "the first period of reach begins with from: null and the last ends with to: null"
            )
        return self

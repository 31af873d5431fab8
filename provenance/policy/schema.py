"""The schema of pack and clause files. Every key is required: what a rule asks is written, never supplied."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, StrictBool, Tag, model_validator
from pydantic import Field as Key

from provenance.datafile import Strict
from provenance.evidence import STATEMENT_GRADES, Facet, Grade
from provenance.identify.identity import Tier
from provenance.inventory.table import DATE_FIELDS, Field
from provenance.policy.classes import EquipmentClass
from provenance.policy.example_schema import ExampleSpec
from provenance.policy.list_schema import AsOf, Scope
from provenance.policy.rule import Effect, TestDate, Treatment
from provenance.policy.scalars import Day, Id, Text
from provenance.policy.subject import Related

POLICY_SCHEMA = "provenance-policy/2"

_SEAT_FACETS = frozenset({Facet.MAKER, Facet.OWNER})
_SEAT_PROOF = (Grade.REGISTER, Grade.PUBLISHED)
# An address in a registry proves no seat, and an unsourced seat must not drive a verdict.


IDENTITY_PROOF: tuple[Tier, ...] = (Tier.EXACT, Tier.GRAMMAR)
"""How well the maker has to be known before a rule on makers says anything of it; a guess proves nothing."""


def proof_grades(facet: Facet) -> tuple[Grade, ...]:
    """Return the grades that a rule on this facet may clear or condemn from, strongest first."""
    return _SEAT_PROOF if facet in _SEAT_FACETS else STATEMENT_GRADES


def _machine_date(value: TestDate) -> TestDate:
    if value is TestDate.AS_OF:
        raise ValueError("a condition tests a date of the machine; the day of the audit is none")
    return value


def _text_field(value: Field) -> Field:
    if value in DATE_FIELDS or value is Field.QUANTITY:
        raise ValueError(f"a condition compares texts, and {value} is none; use another field")
    return value


class FacetSpec(Strict):
    """A question about the origin of the goods."""

    facet: Facet


class RelatedSpec(Strict):
    """Which firms related to the possible makers are asked about too."""

    include: list[Related]


class MakersSpec(Strict):
    """A question about who made the goods."""

    makers: RelatedSpec


class UnrecordedSpec(Strict):
    """A question that no inventory answers, or a fact that none records, in words."""

    unrecorded: Text


def _subject_kind(value: object) -> str | None:
    return _kind(value, ("facet", "makers", "unrecorded"))


def _condition_kind(value: object) -> str | None:
    return _kind(value, ("field", "date", "unrecorded"))


def _kind(value: object, keys: tuple[str, ...]) -> str | None:
    """Return the first of some keys that a value has, which tells what it is."""
    if isinstance(value, dict):
        return next((key for key in keys if key in value), None)
    return next((key for key in keys if hasattr(value, key)), None)


SubjectSpec = Annotated[
    Annotated[FacetSpec, Tag("facet")]
    | Annotated[MakersSpec, Tag("makers")]
    | Annotated[UnrecordedSpec, Tag("unrecorded")],
    Discriminator(
        _subject_kind,
        custom_error_type="subject",
        custom_error_message="a subject has one of the keys facet, makers or unrecorded",
    ),
]
"""What the rule asks about each machine."""


class ListUse(Strict):
    """A list that the rule uses, whole or only its memberships of some scopes."""

    list_id: Id = Key(alias="list")
    only: Annotated[list[Scope], Key(min_length=1)] | None
    """For lists of countries; null: the whole list."""
    as_of: AsOf


class AreasSpec(Strict):
    """How areas that are sometimes counted with China are treated."""

    HK: Treatment
    MO: Treatment
    TW: Treatment


class FieldConditionSpec(Strict):
    """A test of one fact of a machine."""

    field: Annotated[Field, AfterValidator(_text_field)]
    values: list[Text] = Key(min_length=1)


class DateConditionSpec(Strict):
    """A test of one date of a machine: on or after `from`, up to and with `until`; unknown where it is missing."""

    date: Annotated[TestDate, AfterValidator(_machine_date)]
    first: Day | None = Key(alias="from")
    last: Day | None = Key(alias="until")

    @model_validator(mode="after")
    def _limited(self) -> Self:
        if self.first is None and self.last is None:
            raise ValueError("a date condition limits something; write from, until or both")
        return self


ConditionSpec = Annotated[
    Annotated[FieldConditionSpec, Tag("field")]
    | Annotated[DateConditionSpec, Tag("date")]
    | Annotated[UnrecordedSpec, Tag("unrecorded")],
    Discriminator(
        _condition_kind,
        custom_error_type="condition",
        custom_error_message="a condition has one of the keys field, date or unrecorded",
    ),
]
"""A test of one fact of a machine that a scope or an exception asks for."""


class ExceptionSpec(Strict):
    """A case that the rule leaves out."""

    id: Id
    conditions: list[ConditionSpec] = Key(min_length=1)
    instrument: Text
    note: Text | None


class ObligorSpec(Strict):
    """Who owes the remedy for the machines of one maker or of one order."""

    maker: Id | None
    order: Text | None
    name: Text

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.maker is None) == (self.order is None):
            raise ValueError(
                "an obligor is named for a maker or for an order; fill one and set the other to null"
            )
        return self


class RemedySpec(Strict):
    """What the clause gives when a machine does not conform."""

    kind: Literal["replacement", "removal", "refund", "none-stated"]
    text: Text
    days: Annotated[int, Key(ge=0)] | None
    obligors: list[ObligorSpec]
    otherwise: Text


class PeriodSpec(Strict):
    """The days on which a rule is in force."""

    first: Day | None = Key(alias="from")
    last: Day | None = Key(alias="until")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError(
                f"ends on {self.last}, before it begins on {self.first}; correct one of the days"
            )
        return self


class RuleSpec(Strict):
    """One rule, complete."""

    id: Id
    title: Text
    question: Text
    citation: Text
    help: Text
    subject: SubjectSpec
    prohibits: list[ListUse] = Key(min_length=1)
    allow: StrictBool
    areas: AreasSpec
    classes: list[EquipmentClass]
    """The classes of equipment that it reaches; empty: all."""
    in_force: PeriodSpec
    """The test dates that it reaches: a machine of a known other date is out of scope."""
    test_date: TestDate
    undated_from: Day
    clears_from: Grade | Literal[Tier.EXACT, Tier.GRAMMAR]
    """The least grade of evidence that clears; for a rule on makers, how well the maker has to be known."""
    condemns_from: Grade | Literal[Tier.EXACT, Tier.GRAMMAR]
    effect: Effect
    burden: Literal["seller", "buyer", "supplier"]
    scope: list[ConditionSpec]
    exceptions: list[ExceptionSpec]
    remedy: RemedySpec


class ReadingSpec(Strict):
    """An alternative reading: changed terms, rules left out, rules added."""

    id: Id
    title: Text
    note: Text
    change: dict[Id, dict[str, Any]]
    """Per rule, the keys that read otherwise; each replaces the key's whole value."""
    drop: list[Id]
    add: list[RuleSpec]


class PartySpec(Strict):
    """One party to the agreement."""

    role: Text
    name: Text
    maker: Id | None


class SiteSpec(Strict):
    """A site that the agreement names."""

    name: Text
    aliases: list[Text]
    note: Text


class ClauseSpec(Strict):
    """What only a contract clause has."""

    agreement: Text
    agreement_date: Day | None
    wording: Text
    wording_is_official: StrictBool
    parties: list[PartySpec] = Key(min_length=1)
    sites: list[SiteSpec]
    reading: Text


class PolicyFile(Strict):
    """A pack or clause file, whole."""

    schema_: Literal["provenance-policy/2"] = Key(alias="schema")
    id: Id
    kind: Literal["pack", "clause"]
    title: Text
    citation: Text
    note: Text
    clause: ClauseSpec | None
    rules: list[RuleSpec] = Key(min_length=1)
    readings: list[ReadingSpec]
    examples: list[ExampleSpec]

    @model_validator(mode="after")
    def _clause(self) -> Self:
        if (self.kind == "clause") != (self.clause is not None):
            raise ValueError(
                "a clause has the key clause filled, a pack has clause: null; correct kind or clause"
            )
        return self

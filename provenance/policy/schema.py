"""The schema of pack and clause files. Every key is required: what a rule asks is written, never supplied."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, StrictBool, model_validator
from pydantic import Field as Key

from provenance.datafile import Strict
from provenance.evidence import STATEMENT_GRADES, Facet, FindingStatus, Grade, Standing
from provenance.identify.identity import Tier
from provenance.inventory.table import DATE_FIELDS, Field
from provenance.policy.list_schema import Scope
from provenance.policy.rule import Effect, TestDate, Treatment
from provenance.policy.scalars import Code, Day, Id, Text
from provenance.policy.verdict import Reason, Verdict

POLICY_SCHEMA = "provenance-policy/1"

_SEAT_FACETS = frozenset({Facet.MAKER, Facet.OWNER})
_SEAT_PROOF = (Grade.REGISTER, Grade.PUBLISHED)
# An address in a registry proves no seat, and an unsourced seat must not drive a verdict.


def proof_grades(facet: Facet) -> tuple[Grade, ...]:
    """Return the grades that a rule on this facet may clear or condemn from, strongest first."""
    return _SEAT_PROOF if facet in _SEAT_FACETS else STATEMENT_GRADES


def _text_field(value: Field) -> Field:
    if value in DATE_FIELDS or value is Field.QUANTITY:
        raise ValueError(f"a condition compares texts, and {value} is none; use another field")
    return value


class SubjectSpec(Strict):
    """Which question about a machine's origin the rule asks."""

    facet: Facet


class ListUse(Strict):
    """A list that the rule uses, whole or only its memberships of some scopes."""

    list_id: Id = Key(alias="list")
    only: Annotated[list[Scope], Key(min_length=1)] | None = None


class AreasSpec(Strict):
    """How areas that are sometimes counted with China are treated."""

    HK: Treatment
    MO: Treatment
    TW: Treatment


class ConditionSpec(Strict):
    """A test of one fact of a machine."""

    field: Annotated[Field, AfterValidator(_text_field)]
    values: list[Text] = Key(min_length=1)


class ExceptionSpec(Strict):
    """A case that the rule leaves out."""

    id: Id
    conditions: list[ConditionSpec] = Key(min_length=1)
    instrument: Text
    note: Text | None


class ObligorSpec(Strict):
    """Who owes the remedy for the machines of one maker."""

    maker: Id
    name: Text


class RemedySpec(Strict):
    """What the clause gives when a machine does not conform."""

    kind: Literal["replacement", "removal", "refund", "none-stated"]
    text: Text
    days: Annotated[int, Key(ge=0)] | None
    obligors: list[ObligorSpec]
    otherwise: Text


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
    test_date: TestDate
    undated_from: Day
    clears_from: Grade
    condemns_from: Grade
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


class StatementSpec(Strict):
    """A piece of evidence in an example."""

    grade: Grade
    countries: list[Code] = Key(min_length=1)
    facet: Facet | None = None
    """The rule's own where it is left out."""
    status: FindingStatus | None = None
    standing: Standing = Standing.FULL

    @model_validator(mode="after")
    def _status(self) -> Self:
        if (self.grade is Grade.FINDING) != (self.status is not None):
            raise ValueError("a finding has a status (alleged, contested or final), and nothing else has one")
        return self


class FactsSpec(Strict):
    """The facts of an example: what judging would know of such a machine."""

    statements: list[StatementSpec]
    test_date: Day | None = None
    """The rule's test date; unknown where it is left out."""
    identity: Tier = Tier.EXACT
    """How well maker and model are known."""
    scope: dict[Field, Text] = Key(default_factory=dict)
    flags: list[Id] = Key(default_factory=list)


class ExpectSpec(Strict):
    """What the rule has to say of an example."""

    verdict: Verdict
    reason: Reason


class ExampleSpec(Strict):
    """One row of examples: they run as tests."""

    rule: Id
    reading: Id | None = None
    """The declared reading where it is left out."""
    as_of: Day | None = None
    """The latest day of the policy's lists where it is left out."""
    facts: FactsSpec
    expect: ExpectSpec
    why: Text


class PolicyFile(Strict):
    """A pack or clause file, whole."""

    schema_: Literal["provenance-policy/1"] = Key(alias="schema")
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

"""The schema of the examples in pack and clause files: the facts of a machine, and what a rule has to say of it."""

from __future__ import annotations

from typing import Self

from pydantic import Field as Key
from pydantic import model_validator

from provenance.datafile import Strict
from provenance.evidence import Facet, FindingStatus, Grade, Standing
from provenance.identify.identity import Tier
from provenance.inventory.table import Field
from provenance.policy.rule import TestDate
from provenance.policy.scalars import Code, Day, Id, Text
from provenance.policy.verdict import Reason, Verdict


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
    maker: Id | None = None
    """The catalogue's maker; some maker that no list names where it is left out."""
    makers: list[Id] = Key(default_factory=list)
    """The makers between which it is open."""
    categories: list[Text] = Key(default_factory=list)
    """The catalogue's categories of equipment that it may be of; any where it is left out."""
    witnesses: list[Id] = Key(default_factory=list)
    """Makers that a MAC address or the shape of the serial number points to."""
    dates: dict[TestDate, Day] = Key(default_factory=dict)
    """Dates that conditions test, other than the test date."""
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

"""The schema of waiver files. Every key is required but within `scope`, where at least one is."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import Discriminator, StringConstraints, Tag, model_validator
from pydantic import Field as Key

from provenance.datafile import Strict
from provenance.policy.scalars import Day, Id, Text
from provenance.policy.waivers.waiver import WaiverKind, WaiverReason

WAIVERS_SCHEMA = "provenance-waivers/1"

RuleRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/(\*|[a-z0-9]+(-[a-z0-9]+)*)$")]
"""`policy/rule`, or `policy/*` for every rule of a policy."""


class ScopeSpec(Strict):
    """Which machines are meant: all conditions that are given hold together."""

    serials: Annotated[list[Text], Key(min_length=1)] | None = None
    maker: Text | None = None
    """Name or id of a maker of the catalogue; a machine counts as its by identity, not by text."""
    model: Text | None = None
    """Name or id of a model of the catalogue."""
    site: Text | None = None
    order: Text | None = None

    @model_validator(mode="after")
    def _some(self) -> ScopeSpec:
        if not any(value is not None for value in dict(self).values()):
            raise ValueError("the scope names nothing; give serials, maker, model, site or order")
        return self


class _WaiverSpec(Strict):
    id: Id
    date: Day
    """The day on which it was signed or approved; it works from this day on."""
    rule: RuleRef
    scope: ScopeSpec
    reason: WaiverReason
    comment: Text
    owner: Text
    approver: Text
    expires: Day
    """The last day on which it works."""
    evidence: list[Text] = Key(min_length=1)


class ContractWaiverSpec(_WaiverSpec):
    """A party gave up a requirement of the agreement in writing."""

    kind: Literal["contract-waiver"]
    instrument: Text
    section: Text
    signatory: Text


class RiskAcceptanceSpec(_WaiverSpec):
    """Somebody of the house accepts a risk for a time."""

    kind: Literal["risk-acceptance"]


def _kind(raw: Any) -> str:
    """Return the kind that an entry is checked as, also where its own is misspelt, so that all faults are told."""
    if not isinstance(raw, dict):
        return WaiverKind.RISK
    near = get_close_matches(str(raw.get("kind")), list(WaiverKind), n=1, cutoff=0)
    signed = {"instrument", "section", "signatory"} & raw.keys()
    return near[0] if "kind" in raw else WaiverKind.CONTRACT if signed else WaiverKind.RISK


WaiverSpec = Annotated[
    Annotated[ContractWaiverSpec, Tag(WaiverKind.CONTRACT)]
    | Annotated[RiskAcceptanceSpec, Tag(WaiverKind.RISK)],
    Discriminator(_kind),
]


class WaiverFile(Strict):
    """A waiver file, whole."""

    schema_: Literal["provenance-waivers/1"] = Key(alias="schema")
    waivers: list[WaiverSpec]


def waivers_json_schema() -> dict[str, Any]:
    """Return the schema of a waiver file as JSON Schema."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **WaiverFile.model_json_schema(by_alias=True)}

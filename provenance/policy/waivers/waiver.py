"""What a waiver is, when it is in force, and which machines and rules it speaks of."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from provenance.identify.identity import Tier
from provenance.origin.facts import SERIAL_ON_QUANTITY, SERIAL_REPEATED, CaseFacts
from provenance.origin.selected import Selector
from provenance.policy.verdict import Verdict
from provenance.records import dataclass

EVERY_RULE = "*"
"""Stands for all rules of a policy: `policy/*`."""
EXPIRING_WITHIN = 30
"""Days before its last one from which on a waiver is said to expire soon, unless the user sets others."""

_SURE = frozenset({Tier.EXACT, Tier.GRAMMAR})
_OPEN = frozenset({Verdict.NON_CONFORMING, Verdict.UNDETERMINED})


class WaiverKind(StrEnum):
    """Who gives something up, and towards whom."""

    CONTRACT = "contract-waiver"
    """A party gave up a requirement of the agreement in writing: it holds between the parties."""
    RISK = "risk-acceptance"
    """Somebody of the house accepts a risk for a time: nothing that the other side may rely on or should learn of."""


class WaiverReason(StrEnum):
    """Why a waiver was given; the comment says it in words."""

    REQUIREMENT_WAIVED = "requirement-waived"
    OTHER_ORIGIN_AGREED = "other-origin-agreed"
    READING_AGREED = "reading-agreed"
    PRICE_ADJUSTED = "price-adjusted"
    REPLACEMENT_UNDER_WAY = "replacement-under-way"
    REMOVAL_UNDER_WAY = "removal-under-way"
    PROOF_AWAITED = "proof-awaited"
    PROOF_UNOBTAINABLE = "proof-unobtainable"
    DISPUTE_PENDING = "dispute-pending"
    EXPOSURE_ACCEPTED = "exposure-accepted"


class Force(StrEnum):
    """Whether a waiver works on a day."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet-in-force"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which machines a waiver speaks of; conditions that are given hold together, and at least one is given."""

    serials: tuple[str, ...]
    """Normalised; empty: not limited to serials."""
    maker: str | None
    """Maker id."""
    model: str | None
    """Model id."""
    site: str | None
    """As the file writes it, or as the clause calls the site that it names by another name."""
    order: str | None
    words: str
    """The scope in words, as the file writes it."""

    @property
    def selector(self) -> Selector:
        """What a row must say; maker and model are matters of identity and not of the row's texts."""
        return Selector(self.serials, self.site, self.order)


@dataclass(frozen=True, slots=True)
class Instrument:
    """Where a contract waiver is written."""

    name: str
    section: str
    signatory: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver, complete."""

    id: str
    kind: WaiverKind
    instrument: Instrument | None
    """Only contract waivers have one."""
    given: date
    """The day on which it was signed or approved; it works from this day on."""
    expires: date
    """The last day on which it works."""
    rule: str
    """`policy/rule`, or `policy/*` for all rules of a policy."""
    scope: Scope
    reason: WaiverReason
    comment: str
    owner: str
    approver: str
    evidence: tuple[str, ...]
    file: str
    line: int
    """Where it begins in its file."""

    @property
    def policy(self) -> str:
        """The policy whose rules it waives."""
        return self.rule.partition("/")[0]

    def force(self, day: date) -> Force:
        """Return whether it works on a day; its own first and last day count."""
        if day < self.given:
            return Force.NOT_YET
        return Force.EXPIRED if day > self.expires else Force.IN_FORCE

    def expires_within(self, day: date, days: int) -> bool:
        """Return whether it works on a day and stops working so many days later at the latest."""
        return self.force(day) is Force.IN_FORCE and self.expires - day <= timedelta(days=days)

    def covers_rule(self, rule: str) -> bool:
        """Return whether it waives a rule, `policy/rule`."""
        policy, _, name = self.rule.partition("/")
        return rule == self.rule or (name == EVERY_RULE and rule.partition("/")[0] == policy)

    def in_doubt(self, facts: CaseFacts) -> bool:
        """Return whether it names a serial that does not tell one machine: which of them is meant nobody knows."""
        return bool(self.scope.serials) and not {SERIAL_REPEATED, SERIAL_ON_QUANTITY}.isdisjoint(facts.flags)

    def fits(self, facts: CaseFacts) -> bool:
        """Return whether machines of these facts are of its maker and model for sure, and are told apart."""
        identity, scope = facts.identity, self.scope
        if scope.maker is not None and not (identity.maker == scope.maker and identity.maker_tier in _SURE):
            return False
        if scope.model is not None and not (
            identity.model == scope.model and {identity.maker_tier, identity.model_tier} <= _SURE
        ):
            return False
        return not self.in_doubt(facts)


def waives(waiver: Waiver, rule: str, verdict: Verdict) -> bool:
    """Return whether a waiver that is in force makes a verdict of a rule `waived`: only what is open can be waived."""
    return verdict in _OPEN and waiver.covers_rule(rule)


def strongest(waivers: tuple[Waiver, ...]) -> Waiver:
    """Return the waiver that a finding rests on: one that binds the parties, then the one that lasts longest."""
    return min(
        waivers, key=lambda one: (one.kind is not WaiverKind.CONTRACT, -one.expires.toordinal(), one.id)
    )


@dataclass(frozen=True, slots=True)
class WaiverFiles:
    """What waiver files say."""

    waivers: tuple[Waiver, ...] = ()
    """By id; ids are unique over all files."""
    files: tuple[tuple[str, str], ...] = ()
    """Name and sha256 of each file."""

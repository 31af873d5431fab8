"""The verdict of a rule on makers: who may have made the machine, and whether one of them is on a list.

Who the maker is comes from identification alone. A name that is only guessed proves nothing; a MAC address or the
shape of a serial number that points to a listed firm keeps a machine of another brand from being cleared, for its
hardware may be the listed firm's, and condemns nothing.
"""

from __future__ import annotations

from provenance.dates import Span
from provenance.identify.identity import Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.prohibited_makers import ProhibitedMakers, prohibited_makers
from provenance.policy.rule import Effect, Listing, Rule
from provenance.policy.ruling import Ruling
from provenance.policy.verdict import Reason, Verdict


def banned_makers(rule: Rule, facts: CaseFacts, span: Span) -> ProhibitedMakers:
    """Return which makers a rule prohibits of a case whose test date lies in an interval."""
    return prohibited_makers(rule, span, dict(facts.dates).get(Field.MANUFACTURE_DATE), facts.categories)


def rule_on_makers(rule: Rule, facts: CaseFacts, banned: ProhibitedMakers) -> Ruling:
    """Return what a rule on makers says of a case.

    Args:
        rule: The rule, with its listings.
        facts: The case.
        banned: From `banned_makers`.
    """
    identity = facts.identity
    makers = (identity.maker,) if identity.maker is not None else identity.makers
    listings = _listings(makers, facts, banned)
    if _condemns(rule, facts, makers, banned):
        return Ruling(Verdict.NON_CONFORMING, Reason.CONDEMNED, makers=makers, listings=listings)
    if _clears(rule, facts, banned):
        return Ruling(Verdict.CONFORMING, Reason.CLEARED, makers=makers)
    reason = _first_reason(rule, facts, makers, banned)
    return Ruling(Verdict.UNDETERMINED, reason, makers=makers, listings=listings)


def _condemns(rule: Rule, facts: CaseFacts, makers: tuple[str, ...], banned: ProhibitedMakers) -> bool:
    return (
        rule.effect is Effect.CONDEMN
        and _known(facts, rule.condemns_from)
        and frozenset(makers) <= banned.certain
        and not _by_serial(facts) - banned.certain
    )


def _clears(rule: Rule, facts: CaseFacts, banned: ProhibitedMakers) -> bool:
    pointed = {maker for _, maker in facts.witnesses}
    return _known(facts, rule.clears_from) and not any(
        map(banned.may_be, {facts.identity.maker or "", *pointed})
    )


def _known(facts: CaseFacts, proof: object) -> bool:
    """Whether the maker is known as well as the rule asks."""
    identity = facts.identity
    return identity.maker is not None and isinstance(proof, Tier) and identity.maker_tier.rank <= proof.rank


def _by_serial(facts: CaseFacts) -> frozenset[str]:
    return frozenset(maker for witness, maker in facts.witnesses if witness == "serial")


def _first_reason(rule: Rule, facts: CaseFacts, makers: tuple[str, ...], banned: ProhibitedMakers) -> Reason:
    named = frozenset(makers)
    reached = {maker for maker in named if banned.may_be(maker)}
    serial = _by_serial(facts)
    if (named and named <= banned.certain and serial - banned.certain) or (
        named and not reached and any(map(banned.may_be, serial))
    ):
        return Reason.DISPUTED
    if rule.effect is Effect.REVIEW:
        return Reason.REVIEW
    if named and named <= banned.certain:
        return Reason.PRESUMED
    if named and reached == named:
        return Reason.READING
    if not named:
        return Reason.UNIDENTIFIED
    if facts.identity.maker is None:
        return Reason.AMBIGUOUS
    return Reason.OPEN if any(banned.may_be(maker) for _, maker in facts.witnesses) else Reason.UNPROVEN


def _listings(makers: tuple[str, ...], facts: CaseFacts, banned: ProhibitedMakers) -> tuple[Listing, ...]:
    pointed = (maker for _, maker in facts.witnesses)
    found = (one for maker in (*makers, *pointed) for one in banned.listings.get(maker, ()))
    return tuple(dict.fromkeys(found))

"""Which machines are goods under embargo: to return, ship or pay for them may itself be prohibited.

Whatever the rule, they are set apart before anybody claims a replacement. The test is wider than that of a verdict:
care is due where all that is known points there, and where one side of a contested condemnation does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from provenance.countries import UA_ATOMS, describe
from provenance.evidence import Facet, Standing
from provenance.origin.conclude import concluded_atoms
from provenance.origin.facts import CaseFacts
from provenance.policy.audit import Finding
from provenance.policy.policy import Policy
from provenance.policy.rule import Listing
from provenance.policy.verdict import Verdict

EMBARGO: frozenset[str] = frozenset({"CU", "IR", "KP", "SY"}) | (UA_ATOMS - {"UA-REST"})
"""Origins whose goods are set apart, whatever the rule: to send them back or to replace them may itself be
restricted. Syria stays among them although the programme of the United States ended in 2025, since others go on."""

WARNING = (
    "Goods under embargo: their return, shipment, replacement, sale or payment may itself be prohibited. Counsel "
    "comes first; until counsel has advised, nothing is to be done with them and no remedy is to be taken up."
)
"""Stands wherever these goods are listed."""


def blocking_lists(policies: Iterable[Policy]) -> frozenset[str]:
    """Return the ids of the lists whose firms are blocked."""
    return frozenset(info.id for policy in policies for info in policy.lists if info.blocking)


def embargo_of(facts: CaseFacts, findings: Sequence[Finding], blocking: frozenset[str]) -> str:
    """Return why the machines of a case are goods under embargo, in words; empty where they are not.

    Args:
        facts: The case.
        findings: What the rules say of it.
        blocking: From `blocking_lists`.
    """
    statements = [
        piece
        for piece in facts.pieces
        if piece.facet is Facet.MANUFACTURE
        and piece.is_statement
        and piece.standing is not Standing.SHOWN_ONLY
    ]
    concluded = concluded_atoms(statements)
    if statements and concluded <= EMBARGO:
        return f"all that is stated of its origin points to {describe(concluded)}"
    for finding in findings:
        touched = finding.atoms & EMBARGO
        if finding.verdict is Verdict.NON_CONFORMING and touched:
            return f"the evidence, or one side of it, points to {describe(touched)}"
        blocked = [one for one in finding.listings if _blocks(one, blocking)]
        if finding.verdict is not Verdict.OUT_OF_SCOPE and blocked:
            return "; ".join(dict.fromkeys(map(_blocked, blocked)))
    return ""


def _blocks(listing: Listing, blocking: frozenset[str]) -> bool:
    return listing.member is not None and listing.member.list_id in blocking


def _blocked(listing: Listing) -> str:
    if listing.member is None:
        return ""
    may_be = "is" if listing.certain is not None and not listing.via else "may be covered by"
    entry = f"{listing.member.name}, whose property is blocked ({listing.member.citation})"
    return f"its maker {may_be} {entry}"

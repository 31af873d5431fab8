"""Who, by the clauses in force and the matter, trades in the goods or answers for them: their own papers are their own word."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.identify.identity import Tier
from provenance.identify.resolve import Identifier
from provenance.origin.questions import Interested, company_key
from provenance.policy.policy import Policy

_INTERESTED = frozenset({"seller", "obligor", "supplier", "importer", "buyer"})
_SURE = frozenset({Tier.EXACT, Tier.GRAMMAR})


def interested_parties(policies: Iterable[Policy]) -> dict[str, Interested]:
    """Return the parties that clauses name and that are no third party, by the key of their name."""
    return {
        company_key(party.name): Interested(party.role, makes=party.maker is not None)
        for policy in policies
        if policy.clause is not None
        for party in policy.clause.parties
        if party.role in _INTERESTED
    }


def named_parties(named: Iterable[tuple[str, str]], identifier: Identifier) -> dict[str, Interested]:
    """Return the same of parties by name and role; one that the catalogue knows as a maker makes the goods.

    Args:
        named: Names and roles; those of other roles (counsel, ...) are passed over.
        identifier: Knows the makers.
    """
    return {
        company_key(name): Interested(role, makes=identifier.read_text(name, None).maker_tier in _SURE)
        for name, role in named
        if role in _INTERESTED
    }

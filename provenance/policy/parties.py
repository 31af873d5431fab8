"""Who, by the clauses in force, trades in the goods or answers for them: their own papers are their own word."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.origin.questions import Interested, company_key
from provenance.policy.policy import Policy

_INTERESTED = frozenset({"seller", "obligor", "buyer"})


def interested_parties(policies: Iterable[Policy]) -> dict[str, Interested]:
    """Return the sellers, obligors and buyers that clauses name, by the key of their name."""
    return {
        company_key(party.name): Interested(party.role, makes=party.maker is not None)
        for policy in policies
        if policy.clause is not None
        for party in policy.clause.parties
        if party.role in _INTERESTED
    }

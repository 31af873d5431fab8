"""Who, by the clauses in force, sells the goods or answers for them: their own papers are their own word."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.origin.register import folded
from provenance.policy.policy import Policy

_INTERESTED = frozenset({"seller", "obligor"})


def interested_parties(policies: Iterable[Policy]) -> dict[str, str]:
    """Return the names of sellers and obligors that clauses name, folded, each with its role."""
    return {
        folded(party.name): party.role
        for policy in policies
        if policy.clause is not None
        for party in policy.clause.parties
        if party.role in _INTERESTED
    }

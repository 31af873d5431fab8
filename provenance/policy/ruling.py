"""A verdict with what carries it, before it is put into words."""

from __future__ import annotations

from dataclasses import field

from provenance.evidence import Piece
from provenance.policy.rule import Listing
from provenance.policy.verdict import Reason, Verdict
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule says of a case."""

    verdict: Verdict
    reason: Reason
    atoms: frozenset[str] = frozenset()
    """The origins concluded."""
    decisive: tuple[Piece, ...] = ()
    contesting: tuple[Piece, ...] = ()
    makers: tuple[str, ...] = ()
    """For a rule on makers: those that the machine may be of, sorted; empty: any."""
    listings: tuple[Listing, ...] = field(default=())
    """The entries of lists of firms that these makers meet."""

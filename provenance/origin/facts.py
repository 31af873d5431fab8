"""The facts that a case is made of: exactly what judging uses of a machine, and nothing that tells machines apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from datetime import date, timedelta

from provenance.dates import Span
from provenance.evidence import Facet, Piece
from provenance.identify.identity import Identity
from provenance.inventory.table import Field
from provenance.plain import canonical_json
from provenance.records import dataclass

SERIAL_REPEATED = "serial-repeated"
"""The serial stands on several rows of one file, with different quantities, or under two makers: no document clears it."""
SERIAL_ON_QUANTITY = "serial-on-quantity"
"""One serial on a line of several units: a document that names it speaks of one of them."""
ORIGIN_NOT_READ = "origin-not-read"
"""The inventory says something of the origin that names no country."""
LOT_NOT_COVERED = "quantity-not-covered"
"""A document covers fewer units than the lot holds, or does not tell which of its machines it means."""
SEVERAL_LISTINGS = "several-listings"
"""The same serial stands in several inventories: one unit, its statements taken together."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What judging uses of a machine; machines with equal facts form one case."""

    identity: Identity
    pieces: tuple[Piece, ...]
    """Sorted by `Piece.key`, none twice."""
    dates: tuple[tuple[Field, Span | None], ...]
    """The interval of each test date that a rule asks for, widened to the period in which no membership changes."""
    scope: tuple[tuple[Field, str | None], ...]
    """The facts that scopes and exceptions ask for, in lower case; None where missing."""
    flags: tuple[str, ...]
    """Ids of oddities that bear on judging, sorted."""
    categories: tuple[str, ...] = ()
    """The catalogue's categories that the machine may be of, sorted; empty: any, or no rule asks."""
    witnesses: tuple[tuple[str, str], ...] = ()
    """Makers other than the one named that a MAC address (`mac`) or the shape of the serial number (`serial`) points
    to, sorted; only where a rule asks for makers."""
    waivers: tuple[str, ...] = ()
    """Ids of the waivers that change what is said of it, sorted; they tell cases apart and are no evidence."""

    def key(self) -> tuple[object, ...]:
        """Return what tells cases apart, as plain values; words and raw texts of the identity play no part."""
        identity = self.identity
        return (
            (identity.kind, identity.maker, identity.maker_tier, identity.model, identity.model_tier),
            (
                identity.category,
                list(identity.alternatives),
                list(identity.makers),
                list(identity.disagreements),
            ),
            [list(piece.key()) for piece in self.pieces],
            [[name, str(span) if span is not None else None] for name, span in self.dates],
            [[name, value] for name, value in self.scope],
            list(self.flags),
            # Only where rules ask: a case keeps its id whatever other rules there are.
            *([list(self.categories)] if self.categories or self.witnesses else []),
            *([[list(pair) for pair in self.witnesses]] if self.witnesses else []),
            # Without a waiver the key is what it always was, and so is the case's id.
            *([["waivers", *self.waivers]] if self.waivers else []),
        )

    def words(self) -> tuple[str, str]:
        """Return what equal facts may still differ in, to choose one of them in every order alike."""
        return self.identity.decided_by, self.identity.model_name or ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the loaded rules, readings included, ask of each machine."""

    facets: frozenset[Facet]
    breakpoints: Mapping[Field, tuple[date, ...]] = field(default_factory=dict)
    """Per test date, the days on which what is prohibited changes, sorted."""
    scope: tuple[Field, ...] = ()
    """The fields that scopes and exceptions test, sorted."""
    seats_on: tuple[Field | None, ...] = ()
    """The test dates of the rules about the maker and its owner, None for the as-of date; sorted, each once."""
    classes: bool = False
    """Whether a rule is limited to classes of equipment."""
    makers: bool = False
    """Whether a rule asks who the possible makers are."""


def period_of(day: date, breakpoints: tuple[date, ...]) -> Span:
    """Return the interval around a day within which nothing changes, so that such days share a case."""
    first = max((point for point in breakpoints if point <= day), default=date.min)
    after = min((point for point in breakpoints if point > day), default=None)
    return Span(first, date.max if after is None else after - timedelta(days=1))


def case_id(facts: CaseFacts) -> str:
    """Return the id of the case: a digest of its key, 12 hexadecimal digits, the same in every order of rows."""
    return hashlib.sha256(canonical_json(facts.key()).encode()).hexdigest()[:12]

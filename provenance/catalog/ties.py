"""What ties a maker to others on a day, read from both ends: parents and subsidiaries, white labels, sold brands.

The files hold each relation once, in the file of the maker that it says most about. A rule asks from either side:
EZVIZ has Hikvision for a parent, and Hikvision has EZVIZ for a subsidiary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import assert_never

from provenance.catalog.records import Confidence, Maker, Relation
from provenance.catalog.terms import RelationKind
from provenance.dates import Span
from provenance.records import dataclass


class TieKind(StrEnum):
    """What the other is to the maker that was asked for; the closest tie first."""

    PARENT = "parent"
    """The other controls this maker."""
    SUBSIDIARY = "subsidiary"
    """This maker controls the other."""
    AFFILIATE = "affiliate"
    """Held in common, in part or by the same people; control is not shown either way."""
    WHITE_LABEL_SOURCE = "white-label-source"
    """The other makes goods that carry this maker's brand."""
    WHITE_LABEL_SELLER = "white-label-seller"
    """The other puts its brand on goods of this maker."""
    BRAND_SOLD_TO = "brand-sold-to"
    """The other bought the brand, or the business that the note names, from this maker."""
    BRAND_BOUGHT_FROM = "brand-bought-from"
    """This maker bought the brand, or the business that the note names, from the other."""
    FORMER_NAME = "former-name"
    """The other is an earlier name of this maker."""
    LATER_NAME = "later-name"
    """The other is a later name of this maker."""

    @property
    def rank(self) -> int:
        """Position from 0, closest first."""
        return _KINDS.index(self)


_KINDS = tuple(TieKind)


class Holds(StrEnum):
    """Whether a tie holds on a day."""

    NO = "no"
    """Its dates exclude the day."""
    POSSIBLE = "possible"
    """Nothing excludes the day, and nothing shows it: a reason for review, no proof."""
    CERTAIN = "certain"
    """Sources that a reader can open, of medium weight or better, show it for that day and for all goods."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties one maker to one other, as a rule reads it."""

    maker: str
    """Id of the maker that was asked for."""
    kind: TieKind
    other: str
    """Id of the other maker, or the name of a company outside the catalogue."""
    other_name: str
    """Its name in words."""
    catalogued: bool
    """Whether `other` is an id of the catalogue."""
    first: date | None
    """The earliest day on which it can have begun; None where no source dates the beginning."""
    last: date | None
    """The latest day on which it can have ended; None where no end is reported or its day is not known."""
    certain: Span | None
    """The days on which the sources show that it held; None where they show none."""
    some_goods: bool
    """Whether it holds for some goods only, and the sources do not say which."""
    confidence: Confidence
    source: str
    """The sources, joined by `; `."""
    note: str
    began: str = ""
    """The beginning as the files have it, `2018-02`; empty where no source dates it."""
    ended: str = ""
    """The end as the files have it; `?` where it came on a day that no source names."""
    seen: str = ""
    """A day on which a source describes it as it then stood; empty where none does."""

    @property
    def verified(self) -> bool:
        """Whether a reader can open a source of it; an unverified tie stands in no verdict and no notice."""
        return self.confidence is not Confidence.UNVERIFIED

    def holds_on(self, day: date) -> Holds:
        """Return whether the tie holds on a day.

        A tie without dates is possible on every day and certain on none; one for some goods only, of low confidence
        or unverified is never certain.
        """
        return self.holds_in(Span.of(day))

    def holds_in(self, days: Span) -> Holds:
        """Return whether the tie holds on the one day, not known better, that lies in `days`.

        `no` if it holds on none of them, `certain` if it is certain on each.
        """
        if self.first is not None and days.last < self.first:
            return Holds.NO
        if self.last is not None and self.last < days.first:
            return Holds.NO
        firm = self.confidence in {Confidence.HIGH, Confidence.MEDIUM} and not self.some_goods
        if (
            firm
            and self.certain is not None
            and self.certain.first <= days.first <= days.last <= self.certain.last
        ):
            return Holds.CERTAIN
        return Holds.POSSIBLE


def ties_of(makers: Iterable[Maker]) -> dict[str, tuple[Tie, ...]]:
    """Return the ties of every maker that has any, from both ends of each relation.

    Args:
        makers: Every maker of the catalogue.

    Returns:
        By maker id, sorted by kind, other and first day.
    """
    known = {maker.id: maker for maker in makers}
    found: dict[str, list[Tie]] = defaultdict(list)
    for maker in known.values():
        for relation in maker.relations:
            for tie in _both_ends(maker, relation, known.get(relation.other)):
                found[tie.maker].append(tie)
    return {maker_id: _sorted(ties) for maker_id, ties in sorted(found.items())}


def _both_ends(maker: Maker, relation: Relation, other: Maker | None) -> Iterator[Tie]:
    own, reverse = _kinds(relation.kind)
    yield _tie(
        maker.id, own, relation.other, other.name if other else relation.other, relation, other is not None
    )
    if other is not None:
        yield _tie(other.id, reverse, maker.id, maker.name, relation, catalogued=True)


def _kinds(kind: RelationKind) -> tuple[TieKind, TieKind]:
    """Return what the other is to the maker, and the maker to the other."""
    match kind:
        case RelationKind.PARENT:
            return TieKind.PARENT, TieKind.SUBSIDIARY
        case RelationKind.AFFILIATE:
            return TieKind.AFFILIATE, TieKind.AFFILIATE
        case RelationKind.WHITE_LABEL_OF:
            return TieKind.WHITE_LABEL_SOURCE, TieKind.WHITE_LABEL_SELLER
        case RelationKind.BRAND_SOLD_TO:
            return TieKind.BRAND_SOLD_TO, TieKind.BRAND_BOUGHT_FROM
        case RelationKind.RENAMED_FROM:
            return TieKind.FORMER_NAME, TieKind.LATER_NAME
        case _:
            assert_never(kind)


def _tie(maker: str, kind: TieKind, other: str, name: str, relation: Relation, catalogued: bool) -> Tie:
    return Tie(
        maker=maker,
        kind=kind,
        other=other,
        other_name=name,
        catalogued=catalogued,
        first=relation.first,
        last=relation.last,
        certain=relation.certain,
        some_goods=relation.some_goods,
        confidence=relation.confidence,
        source=relation.source,
        note=relation.note,
        began=relation.began,
        ended=relation.ended,
        seen=relation.seen,
    )


def _sorted(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Return the ties in order, an affiliation that both files state once for each statement."""
    return tuple(
        sorted(set(ties), key=lambda tie: (tie.kind.rank, tie.other, tie.first or date.min, tie.source))
    )

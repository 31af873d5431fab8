"""One name looked up on every entity list: where it stands and since when, and what is near and not the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from provenance.catalog.database import Catalogue
from provenance.catalog.ties import Holds, Tie, TieKind
from provenance.identify.identity import TextReading, Tier
from provenance.identify.resolve import Identifier
from provenance.policy.entity import EntityMember, Reach
from provenance.policy.entity_lists import load_entity_list
from provenance.policy.entity_names import By, EntityNames, Met
from provenance.policy.list_files import kind_of, known_ids
from provenance.policy.list_schema import ListKind
from provenance.policy.list_status import in_force

_REACHED_AS: dict[TieKind, frozenset[Reach]] = {
    TieKind.PARENT: frozenset({Reach.SUBSIDIARIES, Reach.AFFILIATES, Reach.OWNED}),
    TieKind.AFFILIATE: frozenset({Reach.AFFILIATES}),
    TieKind.SUBSIDIARY: frozenset({Reach.AFFILIATES}),
    TieKind.WHITE_LABEL_SOURCE: frozenset(),
    TieKind.BRAND_SOLD_TO: frozenset(),
    TieKind.FORMER_NAME: frozenset(Reach),
    TieKind.LATER_NAME: frozenset(Reach),
}
"""The ties that bear on a listing of the other, and the reaches whose terms take them in."""

_OF_GOODS = frozenset({TieKind.WHITE_LABEL_SOURCE, TieKind.BRAND_SOLD_TO})
"""Ties that say who made some goods, and nothing of who owns whom: no terms of an entry settle them."""

_NEAR = 5
"""How many near names are shown."""


class EntityLookup:
    """Every entity list there is, on one day."""

    def __init__(
        self, identifier: Identifier, catalogue: Catalogue, as_of: date, root: Path | None = None
    ) -> None:
        self._identifier, self._catalogue, self._as_of = identifier, catalogue, as_of
        self._makers = {maker.id: maker.name for maker in catalogue.makers()}
        lists = [
            load_entity_list(one, root) for one in known_ids(root) if kind_of(one, root) is ListKind.ENTITY
        ]
        self._titles = {one.info.id: one.info.title for one in lists}
        self._partial = [one.info.id for one in lists if one.info.partial]
        self._members = tuple(member for one in lists for member in one.members)
        self._names = EntityNames(self._members)

    def find(self, text: str) -> dict[str, object]:
        """Return where a name stands, ready for JSON.

        Args:
            text: The name of a company, or of a maker; a blank one is answered too.

        Returns:
            `text, status (listed | formerly-listed | to-be-listed | related | formerly-related | near | not-listed |
            blank), as_of, maker, listings[], related[], near[], partial`. Only `listings` says that the named entity
            stands on a list; `related` are listings of others by whose words it is meant, or to which the catalogue ties
            the maker, `near` are other names, and `partial` names the lists on which absence settles nothing.
        """
        reading = self._identifier.read_maker(text)
        sure = reading.maker_tier is Tier.EXACT
        met = self._met(text, reading.maker if sure else None)
        listings = [self._listing(one) for one in met if one.member.through is None]
        related = [*self._meant(met), *self._related(reading, listings)]
        near = [] if listings else [*self._nearly(reading), *self._near(text, met, known=sure)][:_NEAR]
        return {
            "text": text,
            "status": _status(text, listings, related, near),
            "as_of": self._as_of.isoformat(),
            "maker": reading.maker,
            "listings": listings,
            "related": related,
            "near": near,
            "partial": self._partial,
        }

    def _near(self, text: str, met: Iterable[Met], *, known: bool) -> Iterator[dict[str, str]]:
        same = {(one.member.list_id, one.member.name) for one in met}
        for one in self._names.near(text, misspelt=not known):
            if (one.list_id, one.name) in same:
                continue
            yield {"list": one.list_id, "name": one.name, "why": f"near, not the same: {one.why}"}

    def _nearly(self, reading: TextReading) -> Iterator[dict[str, str]]:
        """Yield the entries of a maker that the text may name, and those of others to which such a maker is tied."""
        if reading.maker_tier is Tier.EXACT:
            return
        for maker in (reading.maker,) if reading.maker is not None else reading.alternatives:
            name = self._makers.get(maker)
            if name is None:
                continue
            may = f"near, not the same: it may name {name}, which the entry is"
            yield from self._entries_of(maker, may)
            if reading.maker is not None:
                continue
            for tie in self._catalogue.ties(maker):
                if tie.kind in _REACHED_AS and tie.verified:
                    tied = f"near, not the same: it may name {name}, which the catalogue ties to it ({tie.kind.value})"
                    yield from self._entries_of(tie.other, tied)

    def _entries_of(self, maker: str, why: str) -> Iterator[dict[str, str]]:
        told = dict.fromkeys(
            (member.list_id, member.name) for member in self._members if maker in member.makers
        )
        yield from ({"list": list_id, "name": name, "why": why} for list_id, name in told)

    def _met(self, text: str, maker: str | None) -> list[Met]:
        """Return the entries that the text is, each listing once: as its terms stand on the day, else at its end."""
        found = list(self._names.meet(text))
        known = {id(met.member) for met in found}
        if maker is not None:
            found += [
                Met(member, By.MAKER, member.name)
                for member in self._members
                if maker in member.makers and id(member) not in known
            ]
        latest: dict[tuple[str, str, date | None], Met] = {}
        for met in found:
            key = (met.member.list_id, met.member.name, met.member.since)
            if key not in latest or in_force(met.member, self._as_of):
                latest[key] = met
        return sorted(latest.values(), key=lambda met: (met.member.list_id, met.member.since or date.min))

    def _listing(self, met: Met) -> dict[str, object]:
        member = met.member
        until = self._until(member)
        return {
            "list": member.list_id,
            "title": self._titles[member.list_id],
            "name": member.name,
            "by": met.by.value,
            "matched": met.matched,
            "since": member.since.isoformat() if member.since else None,
            "until": until.isoformat() if until else None,
            "in_force": _stands(member.since, until, self._as_of),
            "reach": member.reach.value,
            "classes": list(member.classes),
            "purpose": member.purpose,
            "citation": member.citation,
            "source": member.source or None,
            "verified": member.verified and not member.recalled,
            "note": member.note or None,
        }

    def _until(self, member: EntityMember) -> date | None:
        """Return the last day of a listing, whose terms may have changed meanwhile; None while it is open."""
        parts = [
            one.last
            for one in self._members
            if (one.list_id, one.name, one.since) == (member.list_id, member.name, member.since)
        ]
        return None if None in parts else max(last for last in parts if last is not None)

    def _meant(self, met: Iterable[Met]) -> Iterator[dict[str, object]]:
        """Yield what a list means by its words without naming it."""
        for one in met:
            member = one.member
            if member.through is None:
                continue
            yield {
                "list": member.list_id,
                "title": self._titles[member.list_id],
                "name": member.through,
                "through": member.name,
                "relation": "meant, not named",
                "tie": "certain" if member.verified and not member.recalled else "possible",
                "covered": "yes" if member.verified and not member.recalled else "open",
                "reach": member.reach.value,
                "since": member.since.isoformat() if member.since else None,
                "until": member.last.isoformat() if member.last else None,
                "in_force": _stands(member.since, member.last, self._as_of),
                "citation": member.citation,
                "verified": member.verified and not member.recalled,
                "note": member.note or None,
            }

    def _related(
        self, reading: TextReading, listings: Sequence[dict[str, object]]
    ) -> Iterator[dict[str, object]]:
        """Yield listings of others, in force that day, to which the catalogue ties the maker."""
        if reading.maker is None or reading.maker_tier not in {Tier.EXACT, Tier.GRAMMAR}:
            return
        own = {(listing["list"], listing["name"]) for listing in listings}
        for tie in self._catalogue.ties(reading.maker):
            holds = tie.holds_on(self._as_of)
            if tie.kind not in _REACHED_AS or not tie.verified or holds is Holds.NO:
                continue
            for member in self._members:
                if (
                    tie.other in member.makers
                    and in_force(member, self._as_of)
                    and (member.list_id, member.name) not in own
                ):
                    yield self._relation(tie, member, holds)

    def _relation(self, tie: Tie, member: EntityMember, holds: Holds) -> dict[str, object]:
        return {
            "list": member.list_id,
            "title": self._titles[member.list_id],
            "name": member.name,
            "through": tie.other,
            "relation": tie.kind.value,
            "tie": holds.value,
            "covered": _covered(tie, member, holds),
            "reach": member.reach.value,
            "since": member.since.isoformat() if member.since else None,
            "until": member.last.isoformat() if member.last else None,
            "in_force": _stands(member.since, member.last, self._as_of),
            "citation": member.citation,
            "verified": member.verified,
            "note": tie.note or None,
        }


def _covered(tie: Tie, member: EntityMember, holds: Holds) -> str:
    """Return whether the terms of the entry take the maker in: `yes`, `no` or `open`."""
    if member.reach is Reach.UNSTATED or tie.kind in _OF_GOODS:
        return "open"
    if member.reach not in _REACHED_AS[tie.kind]:
        return "no"
    return "yes" if holds is Holds.CERTAIN and not tie.some_goods else "open"


def _stands(since: date | None, until: date | None, day: date) -> str:
    if until is not None and until < day:
        return "ended"
    return "not-yet" if since is not None and since > day else "yes"


def _status(
    text: str,
    listings: Sequence[dict[str, object]],
    related: Sequence[dict[str, object]],
    near: Sequence[dict[str, str]],
) -> str:
    stands = {listing["in_force"] for listing in listings}
    if not text.strip():
        return "blank"
    if "yes" in stands:
        return "listed"
    if listings:
        return "to-be-listed" if "not-yet" in stands else "formerly-listed"
    if related:
        return "formerly-related" if {one["in_force"] for one in related} == {"ended"} else "related"
    return "near" if near else "not-listed"

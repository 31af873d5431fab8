"""Which makers of the catalogue an entry of a list of firms reaches: itself, and through dated ties to others.

A firm that owns the maker counts for certain only where the entry covers what it owns and a source dates the tie.
Everything else (white labels, undated ties, affiliates beyond the entry's words) leaves the question open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from provenance.catalog.database import Catalogue
from provenance.catalog.records import Confidence
from provenance.catalog.ties import Tie, TieKind
from provenance.dates import Span
from provenance.policy.at import certain_days, common_days, possible_days
from provenance.policy.entity import EntityMember, Reach
from provenance.policy.policy import Policy
from provenance.policy.rule import Listing, Rule
from provenance.policy.subject import MakersSubject, Related
from provenance.records import dataclass

_EVER = Span(date.min, date.max)
_STEPS = 3
"""So many ties may lie between a maker and a listed firm; a longer chain of firms says nothing of goods."""

_RELATED: dict[TieKind, Related] = {
    TieKind.PARENT: Related.PARENTS,
    TieKind.BRAND_SOLD_TO: Related.PARENTS,
    TieKind.SUBSIDIARY: Related.SUBSIDIARIES,
    TieKind.AFFILIATE: Related.AFFILIATES,
    TieKind.WHITE_LABEL_SOURCE: Related.WHITE_LABELS,
    TieKind.FORMER_NAME: Related.FORMER_NAMES,
    TieKind.LATER_NAME: Related.FORMER_NAMES,
}
"""What a tie is to a rule. Whoever sells a maker's goods under another brand, or sold it one, makes nothing of it."""

_WORDS: dict[TieKind, str] = {
    TieKind.PARENT: "its parent",
    TieKind.BRAND_SOLD_TO: "the buyer of its brand",
    TieKind.SUBSIDIARY: "its subsidiary",
    TieKind.AFFILIATE: "its affiliate",
    TieKind.WHITE_LABEL_SOURCE: "the maker of hardware that it sells as its own",
    TieKind.FORMER_NAME: "its former name",
    TieKind.LATER_NAME: "its later name",
}

_SAME = frozenset({Related.FORMER_NAMES})
_OWNED = frozenset({Related.FORMER_NAMES, Related.PARENTS})
_LAST = frozenset({Related.AFFILIATES, Related.SUBSIDIARIES})
"""Ties that no other follows."""
_COVERED: dict[Reach, frozenset[Related]] = {
    Reach.NAMED: _SAME,
    Reach.OWNED: _SAME,
    Reach.UNSTATED: _SAME,
    Reach.SUBSIDIARIES: _OWNED,
    Reach.AFFILIATES: _OWNED | {Related.AFFILIATES},
}
"""By what ties an entry reaches a maker for certain. A parent may own less than the half that `majority-owned` asks."""


@dataclass(frozen=True, slots=True)
class _Path:
    """A chain of ties from a maker to a firm."""

    at: str
    """A maker's id, or the name of a firm outside the catalogue."""
    named: str
    steps: tuple[Tie, ...]

    @property
    def relations(self) -> frozenset[Related]:
        return frozenset(_RELATED[tie.kind] for tie in self.steps)


def with_listings(policies: tuple[Policy, ...], catalogue: Catalogue) -> tuple[Policy, ...]:
    """Return policies whose rules on makers know which makers of the catalogue their lists reach."""
    return tuple(
        replace(
            policy,
            rules=tuple(_bound(rule, catalogue) for rule in policy.rules),
            readings=tuple(
                replace(reading, rules=tuple(_bound(rule, catalogue) for rule in reading.rules))
                for reading in policy.readings
            ),
        )
        for policy in policies
    )


def _bound(rule: Rule, catalogue: Catalogue) -> Rule:
    if not isinstance(rule.subject, MakersSubject):
        return rule
    return replace(rule, listings=listings_of(rule, rule.subject, catalogue))


def listings_of(
    rule: Rule, subject: MakersSubject, catalogue: Catalogue
) -> Mapping[str, tuple[Listing, ...]]:
    """Return, by maker, the entries that each maker of the catalogue meets; makers that meet none are left out.

    Args:
        rule: The rule, with its entries.
        subject: Which related firms it asks about.
        catalogue: Says how makers are related.
    """
    entries: dict[str, list[EntityMember]] = {}
    for member in rule.entities:
        if member.through is not None:
            # Written for readers: the entry that it is meant by reaches the maker through its ties.
            continue
        for key in {*member.makers, *map(_folded, (member.name, *member.aliases))}:
            entries.setdefault(key, []).append(member)
    found = {
        maker.id: tuple(dict.fromkeys(_listings(maker.id, maker.name, entries, subject, catalogue)))
        for maker in catalogue.makers()
    }
    return {maker: listings for maker, listings in found.items() if listings}


def _listings(
    maker: str,
    name: str,
    entries: Mapping[str, list[EntityMember]],
    subject: MakersSubject,
    catalogue: Catalogue,
) -> Iterator[Listing]:
    met: set[int] = set()
    for path in _paths(maker, name, subject, catalogue):
        keys = (path.at, _folded(path.named)) if path.steps else (path.at,)
        for member in {id(one): one for key in keys for one in entries.get(key, ())}.values():
            # Paths come shortest first: what a maker meets itself is not met again through a relative.
            if id(member) not in met and (listing := _listing(maker, member, path)) is not None:
                yield listing
        if not path.steps:
            met.update(id(one) for one in entries.get(path.at, ()))
    if Related.WHITE_LABELS in subject.include:
        yield from (_unknown_hardware(tie) for tie in catalogue.ties(maker) if _hides_hardware(tie))


def _paths(maker: str, name: str, subject: MakersSubject, catalogue: Catalogue) -> Iterator[_Path]:
    """Yield the chains from a maker to the firms that the rule asks about, shortest first; the first is itself."""
    waiting = [_Path(maker, name, ())]
    while waiting:
        path = waiting.pop(0)
        yield path
        if len(path.steps) == _STEPS:
            continue
        seen = {maker, *(tie.other for tie in path.steps)}
        waiting += [
            _Path(tie.other, tie.other_name, (*path.steps, tie))
            for tie in catalogue.ties(path.at)
            if tie.other not in seen and _follows(path, tie, subject)
        ]


def _follows(path: _Path, tie: Tie, subject: MakersSubject) -> bool:
    """Whether a tie leads on: who owns an owner is asked for, and neither an affiliate's affiliate nor its owner."""
    kind = _RELATED.get(tie.kind)
    if kind is None or kind not in subject.include or path.relations & _LAST:
        return False
    if tie.kind is TieKind.BRAND_SOLD_TO and path.relations - _SAME:
        # Whoever bought a brand of an owner owns nothing of the owner's other firms.
        return False
    return kind is not Related.WHITE_LABELS or not path.relations - _SAME


def _listing(maker: str, member: EntityMember, path: _Path) -> Listing | None:
    doubt = _doubt(member, path)
    first = max((tie.first for tie in path.steps if tie.first is not None), default=date.min)
    ends = [tie.last for tie in path.steps if tie.last is not None]
    days = common_days(possible_days(member), Span(first, date.max))
    if days is None:
        return None
    certain = None if doubt else certain_days(member)
    for tie in path.steps:
        if certain is not None:
            certain = common_days(certain, tie.certain) if tie.certain is not None else None
    return Listing(
        maker=maker,
        member=member,
        via="; ".join(_step(tie) for tie in path.steps),
        possible=days,
        related_until=min(ends, default=None),
        certain=certain,
        doubt=doubt,
    )


def _doubt(member: EntityMember, path: _Path) -> str:
    """Return why an entry does not reach a maker for certain, whatever the day; empty where only the days decide."""
    if member.doubt:
        return member.doubt
    if member.purpose is not None:
        return f"the entry is limited to a use that no inventory records: {member.purpose}"
    if not path.relations <= _COVERED[member.reach]:
        return "that the entry covers a firm related in this way is not settled"
    if any(tie.some_goods for tie in path.steps):
        return "the tie is known for some goods only"
    if any(tie.confidence not in {Confidence.HIGH, Confidence.MEDIUM} for tie in path.steps):
        return "the source of the tie is weak"
    if any(tie.kind is TieKind.BRAND_SOLD_TO for tie in path.steps):
        return "what was sold with the brand is not settled"
    return ""


def _step(tie: Tie) -> str:
    # As the files have them: a month is no day.
    days = f" from {tie.began}" if tie.began else ""
    days += f" to {'a day not known' if tie.ended == '?' else tie.ended}" if tie.ended else ""
    return f"{_WORDS[tie.kind]} {tie.other_name}{days or ', undated'}"


def _hides_hardware(tie: Tie) -> bool:
    return tie.kind is TieKind.WHITE_LABEL_SOURCE and not tie.catalogued


def _unknown_hardware(tie: Tie) -> Listing:
    return Listing(
        maker=tie.maker,
        member=None,
        via=_step(tie),
        possible=_EVER,
        related_until=tie.last,
        certain=None,
        doubt="it sells the hardware of others under its own brand",
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())

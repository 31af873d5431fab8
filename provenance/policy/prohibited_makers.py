"""Which makers a rule prohibits when its test date lies in an interval: for certain, possibly, and what is left open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from provenance.dates import Span
from provenance.policy.at import cover, overlaps, turning_days
from provenance.policy.classes import in_classes
from provenance.policy.rule import Answer, Listing, Rule
from provenance.records import dataclass

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProhibitedMakers:
    """Makers that a rule prohibits of a case: P-plus inside P-question."""

    certain: frozenset[str]
    possible: frozenset[str]
    """Contains `certain`; where the rule's lists are partial every other maker is possible too."""
    partial: bool
    listings: Mapping[str, tuple[Listing, ...]]
    """Per maker of `possible`, the entries behind it."""
    open_questions: Mapping[str, str]
    """Per maker that is possible and not certain, what is left open, in words."""

    def may_be(self, maker: str) -> bool:
        """Whether a maker is possibly prohibited."""
        return self.partial or maker in self.possible


def prohibited_makers(
    rule: Rule, span: Span, made: Span | None, categories: tuple[str, ...]
) -> ProhibitedMakers:
    """Return the makers that a rule prohibits.

    Args:
        rule: A rule on makers, with its listings.
        span: The days on which the test date may lie.
        made: When the machine was made, as far as it is known: goods made before two firms parted stay meant.
        categories: What equipment it may be; empty: any.

    Returns:
        The certain set inside the possible one. A wider interval never adds to the first, nor takes from the second.
    """
    met = {
        maker: found
        for maker, listings in rule.listings.items()
        if (found := tuple(one for one in listings if _possible(one, span, made, categories)))
    }
    certain = frozenset(
        maker
        for maker, listings in met.items()
        if cover(
            (one.certain for one in listings if _biting(one, categories) and one.certain is not None), span
        )
    )
    return ProhibitedMakers(
        certain=certain,
        possible=frozenset(met),
        partial=rule.partial,
        listings=met,
        open_questions={
            maker: "; ".join(dict.fromkeys(_left_open(one, span, categories) for one in listings))
            for maker, listings in met.items()
            if maker not in certain
        },
    )


def _possible(listing: Listing, span: Span, made: Span | None, categories: tuple[str, ...]) -> bool:
    if not overlaps(listing.possible, span) or _classes(listing, categories) is Answer.NO:
        return False
    ended = listing.related_until is not None and span.first > listing.related_until
    return not ended or made is None or listing.related_until is None or made.first <= listing.related_until


def _biting(listing: Listing, categories: tuple[str, ...]) -> bool:
    return _classes(listing, categories) is Answer.YES


def _classes(listing: Listing, categories: tuple[str, ...]) -> Answer:
    return in_classes(listing.member.classes if listing.member is not None else (), categories)


def maker_breakpoints(rule: Rule) -> frozenset[date]:
    """Return the test dates on which anything changes in which makers a rule prohibits."""
    days: set[date] = set()
    for listings in rule.listings.values():
        for listing in listings:
            days |= turning_days(listing.member) if listing.member is not None else set()
            for period in (listing.possible, listing.certain):
                if period is not None:
                    days |= {period.first, *_after(period.last)}
            days |= _after(listing.related_until)
    return frozenset(days - {date.min})


def tie_ends(rule: Rule) -> frozenset[date]:
    """Return the days after those on which firms parted: from then on goods are made by others."""
    ends = (listing.related_until for listings in rule.listings.values() for listing in listings)
    return frozenset(day for end in ends for day in _after(end))


def _after(day: date | None) -> frozenset[date]:
    return frozenset({day + _ONE_DAY}) if day is not None and day < date.max else frozenset()


def _left_open(listing: Listing, span: Span, categories: tuple[str, ...]) -> str:
    member = listing.member
    if member is None:
        return f"{listing.via}: {listing.doubt}"
    entry = f"{member.list_id}: {member.name}"
    if listing.doubt and (member.doubt or member.purpose is not None):
        # It is the entry's own, whoever leads to it, and is said once.
        return f"{entry}: {listing.doubt} ({member.citation})"
    entry += f" ({listing.via})" if listing.via else ""
    if listing.doubt:
        return f"{entry}: {listing.doubt} ({member.citation})"
    if not _biting(listing, categories):
        return (
            f"{entry}: whether it is {' or '.join(member.classes)} equipment is not known ({member.citation})"
        )
    if listing.related_until is not None and span.last > listing.related_until:
        return f"{entry}: goods made until then stay meant, and when it was made is not known ({member.citation})"
    if listing.via and listing.certain is None:
        return f"{entry}: since when is not known ({member.citation})"
    days = f"from {member.first}" if member.first is not None else "since when is not known"
    days += f" to {member.last}" if member.last is not None else ""
    return f"{entry}: listed {days}, and the test date may lie outside ({member.citation})"

"""Which unverified facts of lists a verdict rests on: for it, or because they end, begin or leave out something.

A machine is cleared because a country or firm is not prohibited on a day. Where that is so only by a row, or by a
day in a row, that nobody has checked, the clearance rests on it as much as a condemnation would.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.policy.entity import EntityMember
from provenance.policy.rule import Member, Prohibited, Rule
from provenance.policy.ruling import Ruling
from provenance.policy.verdict import Reason, Verdict

_WORDS = {"from": "its first day", "to": "its last day"}


def unverified_members(rule: Rule, ruling: Ruling, banned: Prohibited) -> tuple[str, ...]:
    """Return the unverified memberships that a verdict on an origin rests on."""
    if not _rests(ruling):
        return ()
    if ruling.verdict is Verdict.UNDETERMINED:
        return _cited(member for atom in ruling.atoms for member in banned.members.get(atom, ()))
    listed = {atom: [member for member in rule.members if atom in member.atoms] for atom in ruling.atoms}
    if (ruling.verdict is Verdict.CONFORMING) is not rule.allow:
        # It is not on the list on the day: every row that would have put it there counts, whatever its days.
        return _cited(member for members in listed.values() for member in members)
    met = listed if rule.allow else {atom: banned.members.get(atom, ()) for atom in ruling.atoms}
    shaky = (members for members in met.values() if not any(_solid(member) for member in members))
    return _cited(member for members in shaky for member in members)


def unverified_entries(rule: Rule, ruling: Ruling) -> tuple[str, ...]:
    """Return the unverified entries that a verdict on makers rests on."""
    if not _rests(ruling):
        return ()
    listings = (listing for maker in ruling.makers for listing in rule.listings.get(maker, ()))
    met = [
        listing.member
        for listing in (listings if ruling.verdict is Verdict.CONFORMING else ruling.listings)
        if listing.member is not None
    ]
    solid = ruling.verdict is Verdict.NON_CONFORMING and any(_solid(member) for member in met)
    return () if solid else _cited(met)


def _rests(ruling: Ruling) -> bool:
    """Whether what lists say decides the verdict, rather than the lack of evidence."""
    decided = ruling.verdict in {Verdict.NON_CONFORMING, Verdict.CONFORMING}
    return decided or ruling.reason in {Reason.READING, Reason.PRESUMED}


def _solid(member: Member | EntityMember) -> bool:
    return member.certain and member.verified and not member.recalled


def _cited(members: Iterable[Member | EntityMember]) -> tuple[str, ...]:
    found = set()
    for member in members:
        if not member.verified:
            found.add(member.citation)
        elif member.recalled:
            days = " and ".join(_WORDS.get(day, day) for day in member.recalled)
            found.add(f"{member.citation} ({days})")
    return tuple(sorted(found))

"""A finding on makers in words: who made the machine, which entries they meet, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.identify.identity import Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.classes import in_classes
from provenance.policy.prohibited_makers import ProhibitedMakers
from provenance.policy.rule import Answer, Listing, Rule
from provenance.policy.ruling import Ruling
from provenance.policy.verdict import Reason, Verdict

_SHOWN = 4
"""Entries in one sentence; a firm may stand on a list several times."""

_KNOWN: dict[Tier, str] = {
    Tier.EXACT: "by its exact name",
    Tier.GRAMMAR: "by its name or model number",
    Tier.FUZZY: "by a guess from a similar text",
    Tier.NONE: "by nothing",
}

_WITNESSES = {"mac": "the block of its MAC address", "serial": "the shape of its serial number"}


def explanation(rule: Rule, facts: CaseFacts, ruling: Ruling, banned: ProhibitedMakers) -> str:
    """Return the reasoning of a finding on makers in one to three sentences."""
    parts = [_named(facts), _because(rule, facts, ruling), _met(ruling), _pointed(facts, banned)]
    return " ".join(part for part in parts if part)


def entry_words(listing: Listing) -> str:
    """Return one entry that a maker meets: `ndaa-889: Dahua Technology Company, through its parent ... (citation)`."""
    if listing.member is None:
        return f"{listing.via}: {listing.doubt}"
    through = f", through {listing.via}" if listing.via else ""
    days = f", listed from {listing.member.first}" if listing.member.first is not None else ""
    days += f" to {listing.member.last}" if listing.member.last is not None else ""
    return f"{listing.member.list_id}: {listing.member.name}{through}{days} ({listing.member.citation})"


def would_clear(facts: CaseFacts, ruling: Ruling) -> str:
    """Return what would settle an undetermined finding on makers; empty for all others."""
    if ruling.verdict is not Verdict.UNDETERMINED:
        return ""
    match ruling.reason:
        case Reason.REVIEW:
            return "a decision by counsel whether the list named reaches this equipment"
        case Reason.READING if any(listing.via for listing in ruling.listings):
            return "a statement of whoever made the hardware of this model, and when, or counsel's decision on the entry"
        case Reason.READING:
            return "the date that counts, what the equipment is and what it is used for, or counsel's decision on the entry"
        case Reason.UNIDENTIFIED | Reason.AMBIGUOUS | Reason.UNPROVEN | Reason.PRESUMED:
            return "the maker and model as its nameplate has them"
        case _:
            named = f"the {facts.identity.maker_name} brand" if facts.identity.maker_name else "the brand"
            return f"a statement of {named} of whoever made the hardware of this model"


def _named(facts: CaseFacts) -> str:
    identity = facts.identity
    if identity.maker is not None:
        return f"The maker is {identity.maker_name or identity.maker}, known {_KNOWN[identity.maker_tier]}."
    if identity.makers:
        return f"It may be of several makers ({', '.join(identity.makers)})."
    return f"Who made it could not be established ({identity.decided_by})."


def _because(rule: Rule, facts: CaseFacts, ruling: Ruling) -> str:
    lists = ", ".join(rule.lists)
    match ruling.reason:
        case Reason.CONDEMNED:
            return "It is on a list that the rule prohibits on the day that counts."
        case Reason.CLEARED if spared := _spared(rule, facts, ruling):
            return f"What the lists say of it does not reach this machine: {spared}."
        case Reason.CLEARED:
            return f"Neither it nor a related firm that the rule asks about is on {lists} on any day that counts."
        case Reason.DISPUTED:
            return "What points to the maker disagrees; the program does not choose."
        case Reason.REVIEW:
            met = "" if ruling.listings else f"No entry of {lists} is met by what is known of the maker. "
            return f"{met}The rule asks for review by a person and condemns nothing by itself."
        case Reason.READING if rule.partial and not ruling.listings:
            return f"The list is partial ({lists}), so that absence from it settles nothing."
        case Reason.READING:
            return "It may be covered: the entry, a date or a tie between firms leaves it open."
        case Reason.PRESUMED:
            return "Every maker that it may be of is on the list, but who made it is not known well enough."
        case Reason.UNPROVEN:
            return "No entry of the lists reaches a machine of that maker, but who made it is not known well enough."
        case Reason.OPEN:
            return "Another firm may have made its hardware."
        case _:
            return ""


def _spared(rule: Rule, facts: CaseFacts, ruling: Ruling) -> str:
    """Return the entries that a cleared maker stands on, each with why it does not reach the machine."""
    listings = (listing for maker in ruling.makers for listing in rule.listings.get(maker, ()))
    told = list(dict.fromkeys(_why_not(listing, facts) for listing in listings))
    more = [f"and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
    return "; ".join([*told[:_SHOWN], *more])


def _why_not(listing: Listing, facts: CaseFacts) -> str:
    entry = entry_words(listing)
    classes = listing.member.classes if listing.member is not None else ()
    if in_classes(classes, facts.categories) is Answer.NO:
        return f"{entry} is limited to {_plain(classes)} equipment, and this is {_plain(facts.categories)} equipment"
    made = dict(facts.dates).get(Field.MANUFACTURE_DATE)
    parted = listing.related_until
    if parted is not None and made is not None and made.first > parted:
        return f"{entry}: it was made after {parted}, when the two had parted"
    return f"{entry}: the day that counts lies outside"


def _plain(words: Iterable[str]) -> str:
    return " or ".join(word.replace("-", " ") for word in words)


def _met(ruling: Ruling) -> str:
    if not ruling.listings:
        return ""
    told = [entry_words(listing) for listing in ruling.listings]
    more = f"; and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return f"On record: {'; '.join(told[:_SHOWN])}{more}."


def _pointed(facts: CaseFacts, banned: ProhibitedMakers) -> str:
    found = [
        f"{_WITNESSES[witness]} points to {maker}, which is or may be listed"
        for witness, maker in facts.witnesses
        if maker in banned.possible
    ]
    sentence = "; ".join(found)
    return (
        f"{sentence[:1].upper()}{sentence[1:]}: a sign of goods sold under another name, no proof."
        if found
        else ""
    )

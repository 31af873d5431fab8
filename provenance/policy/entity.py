"""What a member of a list of firms is: whom it names, how far its terms reach, and on which days."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from provenance.records import dataclass


class Reach(StrEnum):
    """Which firms beside the one that is named an entry covers by its own terms."""

    NAMED = "named"
    """The firm alone."""
    SUBSIDIARIES = "subsidiaries"
    """The firm and whatever it controls."""
    AFFILIATES = "affiliates"
    """The firm, its subsidiaries and its affiliates."""
    OWNED = "majority-owned"
    """The firm and what listed firms own half of or more."""
    UNSTATED = "unstated"
    """The entry does not say; whoever is related to the firm may be covered."""


@dataclass(frozen=True, slots=True)
class EntityMember:
    """One dated entry of a list of firms."""

    list_id: str
    name: str
    """As the list writes it."""
    aliases: tuple[str, ...]
    makers: tuple[str, ...]
    """The catalogue's makers that the firm is; empty where it is none of them."""
    country: str | None
    """ISO alpha-2 of its seat as the list gives it; None where it gives none."""
    reach: Reach
    classes: tuple[str, ...]
    """Equipment classes (`policy.classes`) that the entry is limited to; empty: all equipment."""
    purpose: str | None
    """The use that the entry is limited to, in words; None: whatever the use."""
    first: date | None
    """First day in force; None when not known."""
    last: date | None
    """Last day in force; None while open."""
    citation: str
    source: str
    verified: bool
    """False for rows that rest on recall."""
    list_as_of: date
    """The list's own date: an unknown start counts as begun from this day on, as possible before it."""
    note: str = ""
    trade: str = ""
    """What the firm makes or deals in, as a source has it; it limits nothing."""
    since: date | None = None
    """First day of the entry itself, of which these terms may be a part; None when not known."""
    recalled: tuple[str, ...] = ()
    """Which of the entry's two days nobody has checked: `from`, `to`."""
    through: str | None = None
    """The entry by whose words it is meant, where the list does not name it itself."""
    doubt: str = ""
    """Why it is not certain, in words; empty where the list's own terms say it."""

    @property
    def certain(self) -> bool:
        """Whether the entry bites on its days whatever is open."""
        return not self.doubt and self.purpose is None

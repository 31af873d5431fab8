"""Verdicts and reasons: ordered enums, combined in one place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a rule says of a machine, worst first."""

    NON_CONFORMING = "non-conforming"
    UNDETERMINED = "undetermined"
    WAIVED = "waived"
    CONFORMING = "conforming"
    OUT_OF_SCOPE = "out-of-scope"

    @property
    def severity(self) -> int:
        """Higher is worse."""
        return len(_VERDICTS) - _VERDICTS.index(self)


_VERDICTS = tuple(Verdict)


class Reason(StrEnum):
    """Why a verdict is what it is. Those of undetermined stand in the order in which they are tried."""

    DISPUTED = "disputed"
    """Statements on both sides, or an open government claim."""
    REVIEW = "review"
    """The rule only asks for review."""
    READING = "reading"
    """All points into what is possibly prohibited: the clause, a date, an area or an exception left open decides."""
    PRESUMED = "presumed"
    """All that is known points into what is prohibited, short of proof."""
    UNIDENTIFIED = "unidentified"
    AMBIGUOUS = "ambiguous"
    OPEN = "open"
    """What is known leaves prohibited and other origins open."""
    UNPROVEN = "unproven"
    """What is known avoids the prohibited origins, short of proof."""
    FINAL_FINDING = "final-finding"
    """A final government determination."""
    CONDEMNED = "condemned"
    """Statements that the rule accepts as proof of a prohibited origin."""
    CLEARED = "cleared"
    """Statements that the rule accepts as proof exclude every prohibited origin."""
    WAIVER = "waiver"
    SCOPE = "scope"

    @property
    def order(self) -> int:
        """Position in the order in which reasons are listed."""
        return _REASONS.index(self)


_REASONS = tuple(Reason)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of several verdicts; out-of-scope where there is none."""
    return max(verdicts, key=lambda verdict: verdict.severity, default=Verdict.OUT_OF_SCOPE)

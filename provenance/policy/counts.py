"""Lines and units of cases by what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from provenance.policy.audit import Case, Count
from provenance.policy.verdict import Reason, Verdict

K = TypeVar("K", Verdict, Reason)


def count_by(kinds: Iterable[K], cases: Iterable[tuple[Case, K]]) -> dict[K, Count]:
    """Return lines and units per verdict or reason, all of `kinds` in their order."""
    totals = {kind: Count(0, 0) for kind in kinds}
    for case, kind in cases:
        known = totals[kind]
        totals[kind] = Count(known.lines + case.lines, known.units + case.units)
    return totals

"""What became of one finding: thought once per pair of a case then and a case now."""

from __future__ import annotations

from provenance.evidence import Piece
from provenance.plain import canonical_json
from provenance.policy.audit import Finding
from provenance.policy.baseline.change import Change
from provenance.policy.baseline.report_file import OldCase, OldFinding, piece_key
from provenance.policy.verdict import Reason, Verdict
from provenance.records import dataclass

_OPEN = frozenset({Verdict.NON_CONFORMING, Verdict.UNDETERMINED, Verdict.WAIVED})

ON_RECORD = "it conforms now on evidence that the baseline has too: the rule, a list or what else is known has changed"
BY_TAG = "it conforms now, and is told by maker and asset tag alone: not shown to be the same unit"


@dataclass(frozen=True, slots=True)
class Thought:
    """What became of one finding, as plain values."""

    change: Change | None
    """None where neither then nor now a finding is open."""
    why: str | None
    verdict_before: str | None
    reason_before: str | None
    verdict: str | None
    reason: str | None


def think(
    old: OldFinding | None, new: Finding | None, case: OldCase | None, *, fresh: bool, by_serial: bool
) -> Thought:
    """Return what became of a finding.

    Args:
        old: The finding then; None where its machine was not there.
        new: The finding now; None where its machine is not here.
        case: The case then.
        fresh: Whether a document that may clear, and that the baseline has not, names the machine now.
        by_serial: Whether the machine is told by its serial.
    """
    change, why = _change(old, new, case, fresh=fresh, by_serial=by_serial)
    return Thought(
        change,
        why,
        old.verdict.value if old else None,
        old.reason.value if old else None,
        new.verdict.value if new else None,
        new.reason.value if new else None,
    )


def _change(
    old: OldFinding | None, new: Finding | None, case: OldCase | None, *, fresh: bool, by_serial: bool
) -> tuple[Change | None, str | None]:
    was_open = old is not None and old.verdict in _OPEN
    is_open = new is not None and new.verdict in _OPEN
    if not was_open:
        return (Change.NEW, None) if is_open else (None, None)
    if new is None:
        return Change.REMOVED, "no machine here has its identity: removed, not shown cured"
    if old is not None and is_open:
        same = (old.verdict, old.reason, old.signature) == (new.verdict, new.reason, signature(new))
        return (Change.KNOWN, None) if same else (Change.CHANGED, _difference(old, new))
    if new.verdict is not Verdict.CONFORMING:
        return Change.CHANGED, "a known fact takes it out of the rule's scope now"
    if not by_serial:
        return Change.CHANGED, BY_TAG
    known = case.evidence if case is not None else frozenset()
    more = any(_key(piece) not in known for piece in new.decisive)
    return (
        (Change.CURED, "evidence that the baseline has not clears it")
        if more or fresh
        else (Change.CHANGED, ON_RECORD)
    )


def _difference(old: OldFinding, new: Finding) -> str:
    if (old.verdict, old.reason) != (new.verdict, new.reason):
        return f"it was {_words(old.verdict, old.reason)} and is {_words(new.verdict, new.reason)}"
    return "the verdict is as it was, and rests on other evidence"


def _words(verdict: Verdict, reason: Reason) -> str:
    return f"{verdict.value} ({reason.value})" if verdict is Verdict.UNDETERMINED else verdict.value


def signature(finding: Finding) -> str:
    """Return all that a finding rests on, as a text to compare with that of a baseline."""
    waiver = finding.waived.waiver.id if finding.waived is not None else None
    return canonical_json(
        {
            "set": sorted(finding.atoms),
            "evidence": sorted(canonical_json(_told(piece)) for piece in finding.decisive),
            "contesting": sorted(canonical_json(_told(piece)) for piece in finding.contesting),
            "waiver": waiver,
        }
    )


def _told(piece: Piece) -> dict[str, object]:
    return {
        "facet": piece.facet.value,
        "grade": piece.grade.value,
        "set": sorted(piece.atoms),
        "status": piece.status.value if piece.status is not None else None,
        "standing": piece.standing.value,
    }


def _key(piece: Piece) -> str:
    status = piece.status.value if piece.status is not None else None
    return piece_key(piece.facet.value, piece.grade.value, sorted(piece.atoms), status)

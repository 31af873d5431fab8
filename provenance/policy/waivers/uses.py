"""What became of each waiver: what it reaches, what it waives, and what a reader must be told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from provenance.origin.scan import Scan, Tally
from provenance.policy.audit import Case, Count, WaiverStatus, WaiverUse
from provenance.policy.policy import Policy
from provenance.policy.verdict import Verdict, worst
from provenance.policy.waivers.apply import Judged
from provenance.policy.waivers.waiver import Force, Waiver, WaiverKind, waives

_SERIALS_SHOWN = 10
_NOBODY = Count(0, 0)


def waiver_uses(
    judged: Judged,
    waivers: Sequence[Waiver],
    policies: Sequence[Policy],
    as_of: date,
    *,
    applied: bool,
    expiring_within: int,
) -> tuple[WaiverUse, ...]:
    """Return what each waiver does, or would do.

    Args:
        judged: The cases as the rules alone judge them.
        waivers: Every waiver that was given, in the order of the scan's selectors.
        policies: What judged.
        as_of: The day on which the question is asked.
        applied: Whether the run applies waivers at all.
        expiring_within: Days before its last one from which on a waiver is said to expire soon.
    """
    tallies: dict[int, list[Tally]] = {}
    for tally in judged.scan.tallies:
        for index in judged.scan.selected.sets[tally.selected]:
            tallies.setdefault(index, []).append(tally)
    return tuple(
        _use(
            waiver,
            _reached(waiver, tallies.get(index, ()), judged.cases),
            not_found=_not_found(waiver, index, judged.scan),
            judging=tuple(policy.id for policy in policies),
            as_of=as_of,
            applied=applied,
            expiring_within=expiring_within,
        )
        for index, waiver in enumerate(waivers)
    )


def _reached(
    waiver: Waiver, tallies: Iterable[Tally], cases: Sequence[Case]
) -> dict[Verdict | bool | None, Count]:
    """Count machines by the worst verdict that is waived; True: in scope, None: in doubt."""
    found: dict[Verdict | bool | None, Count] = {}

    def add(key: Verdict | bool | None, tally: Tally) -> None:
        known = found.get(key, _NOBODY)
        found[key] = Count(known.lines + tally.lines, known.units + tally.units)

    for tally in tallies:
        case = cases[tally.case]
        if waiver.in_doubt(case.facts):
            add(None, tally)
        elif waiver.fits(case.facts):
            add(True, tally)
            open_ones = [
                finding.verdict
                for finding in case.findings
                if waives(waiver, finding.rule.id, finding.verdict)
            ]
            if open_ones:
                add(worst(open_ones), tally)
    return found


def _not_found(waiver: Waiver, index: int, scan: Scan) -> tuple[str, ...]:
    return tuple(serial for serial in waiver.scope.serials if serial not in scan.selected.found[index])


def _use(
    waiver: Waiver,
    reached: Mapping[Verdict | bool | None, Count],
    *,
    not_found: tuple[str, ...],
    judging: tuple[str, ...],
    as_of: date,
    applied: bool,
    expiring_within: int,
) -> WaiverUse:
    was = {
        verdict: reached.get(verdict, _NOBODY) for verdict in (Verdict.NON_CONFORMING, Verdict.UNDETERMINED)
    }
    waived = Count(sum(count.lines for count in was.values()), sum(count.units for count in was.values()))
    reaches, in_doubt = reached.get(True, _NOBODY), reached.get(None, _NOBODY)
    status = _status(waiver, as_of, waived, applied=applied)
    soon = waiver.expires_within(as_of, expiring_within)
    notes = [
        _of_status(waiver, status, reaches, waived, judging),
        _of_policy(waiver, judging),
        f"It expires on {waiver.expires}, {_days((waiver.expires - as_of).days)}." if soon else "",
        _of_serials(waiver, not_found, in_doubt),
    ]
    return WaiverUse(
        waiver=waiver,
        status=status,
        expires_soon=soon,
        reaches=reaches,
        waives=waived,
        was=was,
        in_doubt=in_doubt,
        not_found=not_found,
        note=" ".join(note for note in notes if note),
    )


def _status(waiver: Waiver, as_of: date, waived: Count, *, applied: bool) -> WaiverStatus:
    match waiver.force(as_of):
        case Force.EXPIRED:
            return WaiverStatus.EXPIRED
        case Force.NOT_YET:
            return WaiverStatus.NOT_YET
        case Force.IN_FORCE:
            if not applied:
                return WaiverStatus.NOT_APPLIED
            return WaiverStatus.APPLIED if waived.lines else WaiverStatus.UNUSED


def _of_status(
    waiver: Waiver, status: WaiverStatus, reaches: Count, waived: Count, judging: tuple[str, ...]
) -> str:
    match status:
        case WaiverStatus.APPLIED:
            return ""
        case WaiverStatus.EXPIRED:
            verb = "stands as the rules judge it" if waived.units == 1 else "stand as the rules judge them"
            return f"It expired on {waiver.expires} and works no more; {_units(waived)} that it would waive {verb}."
        case WaiverStatus.NOT_YET:
            return f"It is dated {waiver.given} and does not work before that day."
        case WaiverStatus.NOT_APPLIED:
            return f"It was given and, as asked, is not applied; it would waive {_units(waived)}."
        case WaiverStatus.UNUSED:
            if waiver.policy not in judging:
                return "It waives nothing."
            if not reaches.lines:
                return "It waives nothing: no machine here is in its scope for sure."
            return f"It waives nothing: none of the {_units(reaches)} in its scope needs it."


def _of_policy(waiver: Waiver, judging: tuple[str, ...]) -> str:
    if waiver.policy in judging:
        return ""
    from difflib import get_close_matches

    near = get_close_matches(waiver.policy, judging, n=1)
    return f"No policy {waiver.policy} judges in this run{f': did you mean {near[0]}?' if near else '.'}"


def _of_serials(waiver: Waiver, not_found: tuple[str, ...], in_doubt: Count) -> str:
    told = []
    if not_found:
        rest = len(not_found) - _SERIALS_SHOWN
        named = ", ".join(not_found[:_SERIALS_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")
        of = len(waiver.scope.serials)
        told.append(f"Of the {of:,} serials that it names {len(not_found):,} match no machine: {named}.")
    if in_doubt.lines:
        told.append(
            f"{_units(in_doubt)} carry a serial that it names and that does not tell one machine: none of them is "
            "waived."
        )
    return " ".join(told)


def _units(count: Count) -> str:
    return f"{count.units:,} {'unit' if count.units == 1 else 'units'}"


def _days(days: int) -> str:
    return "today" if not days else "tomorrow" if days == 1 else f"in {days} days"


def in_force(uses: Sequence[WaiverUse], *kinds: WaiverKind) -> dict[int, Waiver]:
    """Return the waivers of some kinds that the run applies, by the selector of the scan that finds their machines."""
    working = {WaiverStatus.APPLIED, WaiverStatus.UNUSED}
    return {
        index: use.waiver
        for index, use in enumerate(uses)
        # One that waives nothing under the rules as declared may do so under another reading of them.
        if use.status in working and use.waiver.kind in kinds
    }


def warnings_of_waivers(uses: Sequence[WaiverUse]) -> tuple[str, ...]:
    """Return what every report must say of the waivers before anyone relies on it."""
    unapplied = [use for use in uses if use.status is WaiverStatus.NOT_APPLIED]
    told = []
    if unapplied:
        told.append(
            f"Waivers were given and, as asked, not applied: {len(unapplied)} in force on this day are left out of "
            "every verdict below."
        )
    return (
        *told,
        *(
            f"Waiver {use.waiver.id} ({use.waiver.file}:{use.waiver.line}): {use.note}"
            for use in uses
            if use.note
        ),
    )

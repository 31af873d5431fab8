"""What the other side may see of a run: the same verdicts without what the house accepted for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from provenance.policy.audit import Audit
from provenance.policy.cases import presented
from provenance.policy.machines import Machines
from provenance.policy.matrix import read_otherwise
from provenance.policy.summary import summarize
from provenance.policy.waivers.apply import Judged, apply_waivers
from provenance.policy.waivers.uses import in_force, warnings_of_waivers
from provenance.policy.waivers.waiver import WaiverKind


def with_outward(
    audit: Audit,
    judged: Judged,
    machines_of: Callable[[Judged], Machines],
    completed: Callable[[Judged], Judged] = lambda one: one,
) -> Audit:
    """Return an audit that knows what a notice to the other side is drawn from.

    An internal acceptance of risk gives up no right. If its units fell out of the notice, a ground that is not stated
    in time could be lost, and their absence, or the number of waivers, would tell what was decided. So the notice is
    drawn from an audit to which no such acceptance was ever given; contract waivers bind the parties and stay.

    Args:
        audit: The run, waivers applied.
        judged: The cases as the rules alone judge them.
        machines_of: Makes the machine columns of judged cases; called only when a notice is written.
        completed: Adds to judged cases what is added after waivers are applied.
    """
    internal = any(use.waiver.kind is WaiverKind.RISK for use in audit.waivers)
    # What the house compared the run with is its own business too.
    plain = (
        replace(audit, comparison=None, exchanges=(), compared_files=audit.compared_files[1:])
        if audit.comparison is not None
        else audit
    )
    if not internal:
        return replace(audit, outward=lambda: plain) if plain is not audit else audit

    def seen() -> Audit:
        agreed = in_force(audit.waivers, WaiverKind.CONTRACT)
        judged_so = completed(apply_waivers(judged, agreed, audit.policies, audit.as_of))
        return _without_acceptances(plain, judged_so, machines_of)

    return replace(audit, outward=cache(seen))


def _without_acceptances(audit: Audit, seen: Judged, machines_of: Callable[[Judged], Machines]) -> Audit:
    agreed = tuple(use for use in audit.waivers if use.waiver.kind is WaiverKind.CONTRACT)
    files = {use.waiver.file for use in agreed}
    told = warnings_of_waivers(audit.waivers)
    columns = cache(lambda: machines_of(seen))
    return replace(
        audit,
        cases=presented(seen.cases),
        summary=summarize(seen.scan, seen.cases, audit.inputs),
        readings=read_otherwise(audit.policies, seen.cases, audit.as_of),
        waivers=agreed,
        waiver_files=tuple(file for file in audit.waiver_files if file[0] in files),
        warnings=(
            *(warning for warning in audit.warnings if warning not in told),
            *warnings_of_waivers(agreed),
        ),
        outward=None,
        scan_machines=lambda: columns().machines(),
        scan_rows=lambda index: columns().rows(index),
    )

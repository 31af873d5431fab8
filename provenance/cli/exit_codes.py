"""The exit codes: a public interface, the same whatever the format."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.policy.audit import Audit


class ExitCode(IntEnum):
    """What a run ends with."""

    CLEAR = 0
    """Nothing worse than conforming, waived or out of scope."""
    FAILED = 1
    """The program failed or could read nothing."""
    USAGE = 2
    NOTHING_TO_AUDIT = 3
    """No machine to audit, or none in the scope of any rule."""
    UNDETERMINED = 10
    """Something undetermined, or an input only partly read."""
    NON_CONFORMING = 11


class FailOn(StrEnum):
    """The mildest verdict that makes a run fail."""

    NON_CONFORMING = "non-conforming"
    UNDETERMINED = "undetermined"
    NEVER = "never"


def exit_code(audit: Audit, fail_on: FailOn) -> ExitCode:
    """Return the exit code of an audit.

    Args:
        audit: What was found.
        fail_on: The mildest verdict that fails; a partly read input and an empty one fail at every level.
    """
    from provenance.policy.verdict import Verdict

    if not audit.summary.lines and audit.summary.complete:
        return ExitCode.NOTHING_TO_AUDIT
    if audit.summary.lines and audit.verdict is Verdict.OUT_OF_SCOPE:
        return ExitCode.NOTHING_TO_AUDIT
    if audit.verdict is Verdict.NON_CONFORMING and fail_on is not FailOn.NEVER:
        return ExitCode.NON_CONFORMING
    if not audit.summary.complete:
        return ExitCode.UNDETERMINED
    if audit.verdict is Verdict.UNDETERMINED and fail_on is FailOn.UNDETERMINED:
        return ExitCode.UNDETERMINED
    return ExitCode.CLEAR

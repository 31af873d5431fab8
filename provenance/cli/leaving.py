"""How the command ends: at once, when everything is written and cleaned up.

On its way out the interpreter would take every object and module apart, which takes a short run longer than reading
its inventory; the system takes the memory of a process back in one piece.
"""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn

from provenance.cli.exit_codes import ExitCode


def leave(code: int) -> NoReturn:
    """End the process, which no caller outlives: for the program's own entry, never for a library.

    What was registered for the end of the process (`atexit`) is done, and what was written is handed to the system.

    Args:
        code: The exit code. Where it is 0 and yet a stream takes no more, the process fails.
    """
    if _is_watched() or _works_on():
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public way to have done now what is done at the end
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            # Nobody is left who could be told why.
            code = code or ExitCode.FAILED
    os._exit(code)


def _is_watched() -> bool:
    """Whether a debugger, a profiler or a measurement of coverage waits for the end to say what it saw."""
    monitoring = getattr(sys, "monitoring", None)  # From Python 3.12 on.
    tools = any(monitoring.get_tool(tool) for tool in range(6)) if monitoring is not None else False
    return tools or sys.gettrace() is not None or sys.getprofile() is not None


def _works_on() -> bool:
    """Whether a thread still has work to finish, for which the interpreter would wait."""
    threading = sys.modules.get("threading")
    if threading is None:
        return False
    return any(not one.daemon for one in threading.enumerate() if one is not threading.main_thread())

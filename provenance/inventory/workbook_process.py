"""The process that reads a workbook, seen from outside: started, watched, and its sheets taken over.

A sheet that makes it abort, run out of memory or never end is lost alone: the next process goes on behind it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import IO, Any

from provenance.errors import Fault, InventoryError
from provenance.inventory.limits import Limits
from provenance.inventory.opening import PASSWORD
from provenance.records import dataclass

_CHILD = Path(__file__).with_name("workbook_child.py")
_LIMITED = sys.platform != "win32"
"""Whether the reading process can limit its own memory."""
_SAVE_AGAIN = "open it in a spreadsheet and save it again as xlsx, or export the sheet as csv"


@dataclass(slots=True)
class RawSheet:
    """What the reading process says of one sheet."""

    index: int
    name: str
    visible: bool
    kind: str
    """`WorkSheet`, or what else a sheet may be: a chart, a macro, a dialog."""
    body: bytes = b""
    """Its cells as csv, from its first row and column that hold anything."""
    said: Mapping[str, Any] = field(default_factory=dict)
    """`rows`, `column` (the first, from 0), `columns` of the csv, `width` of those that hold text, `merged`, `rounded`."""
    fault: Fault | None = None
    """Why it could not be read."""


@dataclass(frozen=True, slots=True)
class _End:
    """How one life of the reading process ended."""

    kind: str = ""
    """`end`, the kind of an error that it told, or nothing if it died without a word."""
    message: str = ""
    code: int = 0
    late: bool = False
    """Whether it was ended because it took too long."""


def read_sheets(
    path: Path, name: str, limits: Limits, look: Callable[[], Mapping[str, Fault]], *, named: bool = True
) -> list[RawSheet]:
    """Read the sheets of a workbook in a process of its own.

    Args:
        path: The file, let through by the guard of containers.
        name: What messages call it.
        limits: What the process may take.
        look: Looks through the file meanwhile and returns the sheets that must not be read, with the reason.
        named: Whether its suffix says what it is.

    Returns:
        Every sheet in order; those that could not be read carry the fault.

    Raises:
        InventoryError: No sheet can be read.
    """
    deadline = monotonic() + limits.patience(path.stat().st_size)
    # What holds its own memory down may start at once; elsewhere it is first known what must not be touched.
    refused = None if _LIMITED else look()
    sheets: list[RawSheet] = []
    while True:
        with _reading(path, limits, deadline, len(sheets), refused or (), named=named) as child:
            if refused is None:
                refused = look()
                if refused:
                    continue
            end = _take_over(child, sheets, deadline)
        if end.kind == "end":
            break
        if not sheets or sheets[-1].said:
            # It died before or between sheets: no use in another one.
            raise InventoryError(_fault(name, end, limits))
        sheets[-1].fault = _fault(f"{name}:{sheets[-1].name}", end, limits)
        sheets[-1].said = {"unread": True}
    for sheet in sheets:
        if sheet.name in refused:
            sheet.fault = refused[sheet.name]
        elif sheet.fault is None and "unread" in sheet.said:
            reason = f"cannot be read ({sheet.said['unread']})"
            sheet.fault = Fault(f"{name}:{sheet.name}", reason, _SAVE_AGAIN)
    return sheets


@contextmanager
def _reading(
    path: Path, limits: Limits, deadline: float, first: int, skip: Collection[str], *, named: bool
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the reading process at one sheet, and have it ended on leaving and at the deadline."""
    job = {
        "path": str(path.absolute()),
        "named": named,
        "calamine": _home("python_calamine"),
        "memory": limits.memory_bytes,
        "first": first,
        "skip": list(skip),
    }
    # Out of memory, a backtrace of the reader itself needs memory and waits for ever on its own lock.
    environment = {key: value for key, value in os.environ.items() if key != PASSWORD} | {
        "RUST_BACKTRACE": "0"
    }
    with subprocess.Popen(  # noqa: S603 - our own interpreter on our own file
        [sys.executable, "-I", "-S", "-X", "utf8", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        patience = threading.Timer(max(0.0, deadline - monotonic()), child.kill)
        patience.start()
        assert child.stdin is not None  # noqa: S101 - asked for above
        try:
            with suppress(BrokenPipeError):  # it died at once; what it leaves says so
                child.stdin.write(json.dumps(job).encode() + b"\n")
                child.stdin.flush()
            yield child
        finally:
            patience.cancel()
            child.kill()
            with suppress(BrokenPipeError):  # what it did not live to read is still in the pipe
                child.stdin.close()


@cache
def _home(package: str) -> str:
    """Return the folder that a package is imported from."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise InventoryError(Fault("", f"{package} is not installed", "install this program again"))
    return str(Path(spec.origin).parents[1])


def _take_over(child: subprocess.Popen[bytes], sheets: list[RawSheet], deadline: float) -> _End:
    """Append the sheets that the process writes; the last one says nothing if it was not finished."""
    assert child.stdout is not None  # noqa: S101 - asked for when it was started
    parts: list[bytes] = []
    while (record := _record(child.stdout)) is not None:
        match record:
            case {"sheet": int(index), "name": str(title), "visible": str(visible), "kind": str(kind)}:
                parts = []
                sheets.append(RawSheet(index, title, visible == "Visible", kind))
            case {"bytes": int(size)}:
                parts.append(child.stdout.read(size))
            case {"rows": int()}:
                sheets[-1].said, sheets[-1].body = record, b"".join(parts)
            case {"error": str(kind), "message": str(message)}:
                return _End(kind, message)
            case _:
                return _End("end")
    child.wait()
    return _End(code=child.returncode, late=monotonic() >= deadline)


def _record(stream: IO[bytes]) -> dict[str, Any] | None:
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    record = json.loads(line)
    return record if isinstance(record, dict) else None


def _fault(where: str, end: _End, limits: Limits) -> Fault:
    if end.late:
        return Fault(
            where,
            f"took the workbook reader more than {limits.seconds} seconds",
            "split it, export csv, or raise the limit `seconds`",
        )
    if end.kind in {"memory", "MemoryError"}:
        return Fault(
            where,
            f"needs more than {limits.memory} MiB to read as a workbook",
            "split it, export csv, or raise the limit `memory`",
        )
    if end.kind == "PasswordError":
        return Fault(where, "is protected by a password", "save a copy without the password and read that")
    if "Codepage" in end.message:
        # What calamine says of an xls obfuscated by a password (XOR): the record it stumbles over is scrambled.
        return Fault(
            where,
            f"is protected by a password or damaged ({end.message})",
            "save a copy without the password",
        )
    if end.kind and end.kind != "PanicException":
        return Fault(where, f"cannot be read as a workbook ({end.message or end.kind})", _SAVE_AGAIN)
    return Fault(
        where,
        f"made the workbook reader stop ({end.message or f'code {end.code}'}): out of memory, a cell far outside the table or a damaged part",
        "delete empty rows and columns beyond the table and save it again, or export the sheet as csv",
    )

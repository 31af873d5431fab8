"""How much of the machine one input may take: the limits that guard the reader, and how they are set.

Each has a default that no real inventory seen comes near. `[limits]` in provenance.toml sets them, and variables such as
`PROVENANCE_LIMIT_MEMORY` override the file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields, replace

from provenance.errors import Fault, InventoryError
from provenance.records import dataclass

PREFIX = "PROVENANCE_LIMIT_"
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; above it an input is refused with a message that names the limit."""

    memory: int = 4096
    """MiB of address space of the process that reads a workbook; a sheet of a million rows by twelve columns takes a
    third. Systems without such limits (Windows) rely on the others."""
    seconds: int = 120
    """Seconds after which the process that reads a workbook is ended, plus two for every MiB of the file: twenty
    times slower than the slowest workbook measured."""
    unpacked: int = 6144
    """MiB of all parts of a workbook, or all files of a zip, together: a full sheet of a million rows by forty
    columns stays below."""
    ratio: int = 400
    """How many times a part above 32 MiB may be larger than it is packed: only one byte repeated reaches 1032, and
    sheets of real files stay below 60."""
    members: int = 20_000
    """Parts of a workbook, or files in a zip: no workbook seen holds more than a few thousand."""
    cells: int = 40_000_000
    """Cells of the rectangle around everything on a sheet that is nearly empty: a stray cell in the last corner makes
    it 17,179,869,184."""

    @property
    def memory_bytes(self) -> int:
        """The memory of the reading process in bytes."""
        return self.memory * _MIB

    @property
    def unpacked_bytes(self) -> int:
        """The size of all parts together in bytes."""
        return self.unpacked * _MIB

    def patience(self, size: int) -> float:
        """Return the seconds that reading a file of some bytes may take."""
        return self.seconds + size * 2 / _MIB


NAMES = tuple(field.name for field in fields(Limits))
"""The limits by the names that settings and variables give them."""


def limits_of(base: Limits | None = None, environ: Mapping[str, str] | None = None) -> Limits:
    """Return the limits in force: those of the variables over those of the settings over the defaults.

    Args:
        base: What the settings say; the defaults when None.
        environ: The variables; those of the process when None.

    Raises:
        InventoryError: A variable is no whole number above zero, or names no limit; every fault at once.
    """
    given = os.environ if environ is None else environ
    said: dict[str, int] = {}
    faults: list[Fault] = []
    for variable, text in sorted(given.items()):
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in NAMES:
            faults.append(Fault(variable, "names no limit", f"known are: {', '.join(NAMES)}"))
        elif not text.isascii() or not text.isdigit() or int(text) == 0:
            faults.append(Fault(variable, f"is {text!r}", "give a whole number above zero"))
        else:
            said[name] = int(text)
    if faults:
        raise InventoryError(faults)
    return replace(base if base is not None else Limits(), **said)

"""Workbooks that a password protects: opened with the one a person or the environment gives, into a file that soon goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from provenance.errors import Fault, InventoryError
from provenance.inventory.guard import Container, Kind
from provenance.inventory.opening import PASSWORD, Opening

EXTRA = "hardware-provenance[encrypted]"
"""What to install to open them."""
_CHILD = Path(__file__).with_name("unlock_child.py")
_BY_DEFAULT = "VelvetSweatshop"
"""What Excel encrypts with when a workbook is only protected from changes: it opens without asking for anything."""
_TRIES = 3
_COPY = "save a copy without the password and read that"


def unlock(path: Path, name: str, container: Container, opening: Opening, folder: Path) -> Path:
    """Return a readable copy of a workbook that a password protects.

    Args:
        path: The file.
        name: What messages and the question for the password call it.
        container: What the guard says of it.
        opening: The password, and whom to ask.
        folder: Where the copy is written; whoever made it removes it.

    Raises:
        InventoryError: No password is known, none fits, it is encrypted in a way that is not opened, or the extra for
            opening is not installed.
    """
    if container.kind not in {Kind.PACKAGE, Kind.XLS}:
        raise InventoryError(
            Fault(name, "is protected by a password in a way that is not opened here", _COPY)
        )
    if find_spec("msoffcrypto") is None:
        raise InventoryError(
            Fault(name, "is protected by a password", f"install {EXTRA} and set {PASSWORD}, or {_COPY}")
        )
    target = folder / ("unlocked.xls" if container.kind is Kind.XLS else "unlocked.xlsx")
    given = [word for word in (opening.password, _BY_DEFAULT) if word] if opening.password is not None else []
    if given and _fits(path, target, name, given, opening):
        return target
    for _ in range(_TRIES if opening.ask is not None else 0):
        answer = opening.ask(name) if opening.ask is not None else None
        if not answer:
            break
        if _fits(path, target, name, [answer], opening):
            return target
    if opening.password is None and opening.ask is None:
        do = f"set {PASSWORD} (to {_BY_DEFAULT} if a spreadsheet opens it without asking), or {_COPY}"
        raise InventoryError(Fault(name, "is protected by a password", do))
    raise InventoryError(
        Fault(
            name,
            "is protected by a password, and the one given does not open it",
            f"give the right one, or {_COPY}",
        )
    )


def _fits(path: Path, target: Path, name: str, passwords: list[str], opening: Opening) -> bool:
    """Decrypt with the first password that fits, and return whether one did."""
    limits = opening.limits
    job: dict[str, Any] = {
        "path": str(path.absolute()),
        "target": str(target),
        "passwords": passwords,
        "memory": limits.memory_bytes,
        "unpacked": limits.unpacked_bytes,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter on our own file
            [sys.executable, "-P", "-X", "utf8", str(_CHILD)],
            input=json.dumps(job).encode() + b"\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: value for key, value in os.environ.items() if key != PASSWORD},
            timeout=limits.patience(path.stat().st_size),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        what = f"took more than {limits.seconds} seconds to decrypt"
        raise InventoryError(Fault(name, what, f"{_COPY}, or raise the limit `seconds`")) from error
    try:
        said = json.loads(done.stdout)
    except ValueError:
        said = {"error": "", "message": f"the process that decrypts ended with code {done.returncode}"}
    if "opened" in said:
        return bool(said["opened"])
    what = f"is protected by a password or damaged ({said['message'] or said['error']})"
    raise InventoryError(Fault(name, what, _COPY))

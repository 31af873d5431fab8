"""Decrypts one workbook in a process of its own, run by path with one line of JSON on standard input.

What it parses is untrusted and how long the key takes is up to the file, so a limit of memory and of time ends this process
and not the run. The password comes through the pipe: a command line is seen by every user of a machine.
"""

from __future__ import annotations

import json
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Decrypt what the job on standard input names, with the first password that fits; say on standard output how it went."""
    job = json.loads(sys.stdin.readline())
    _limit(job["memory"], job["unpacked"])
    try:
        said: dict[str, Any] = {"opened": _unlock(job)}
    except BaseException as error:  # noqa: BLE001 - whatever a damaged file ends in is told in words
        said = {"error": type(error).__name__, "message": str(error)[:300]}
    sys.stdout.write(json.dumps(said))


def _limit(memory: int, unpacked: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (unpacked, unpacked))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # a lower limit of the system stands
        return


def _unlock(job: dict[str, Any]) -> bool:
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    for password in job["passwords"]:
        with open(job["path"], "rb") as file:  # noqa: PTH123 - it comes as text
            office = msoffcrypto.OfficeFile(file)
            try:
                office.load_key(password=password)
                with open(job["target"], "wb") as target:  # noqa: PTH123 - it comes as text
                    office.decrypt(target)
            except InvalidKeyError:
                continue
            return True
    return False


if __name__ == "__main__":
    main()

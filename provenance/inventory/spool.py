"""What must be written down before it can be read: standard input, members of zips. It is gone when the process ends.

The rows of an inventory are streamed again whenever a report is written, so these files stay for as long as the process.
"""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from typing import IO

from provenance.errors import Fault, InventoryError
from provenance.inventory.limits import Limits, limits_of

STANDARD_INPUT = "standard-input"
"""What reports call an inventory that came through a pipe."""
_CHUNK = 1 << 20


@cache
def _folder() -> Path:
    import shutil
    from tempfile import mkdtemp

    folder = Path(mkdtemp(prefix="provenance-"))  # for this user alone to read
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder.resolve()


def new_folder() -> Path:
    """Return an empty folder of its own that lasts as long as the process."""
    from tempfile import mkdtemp

    return Path(mkdtemp(dir=_folder()))


def is_spooled(path: Path) -> bool:
    """Tell whether a file is one that this process wrote down, and none of the user's own."""
    return _folder.cache_info().currsize > 0 and path.resolve().is_relative_to(_folder())


def spool(stream: IO[bytes], limits: Limits | None = None) -> Path:
    """Write a stream down and return the file, named `standard-input`.

    Args:
        stream: To its end.
        limits: How much is taken; those of the environment when None.

    Raises:
        InventoryError: It is longer than an inventory may be unpacked.
    """
    most = (limits if limits is not None else limits_of()).unpacked
    path = new_folder() / STANDARD_INPUT
    left = most << 20
    with path.open("wb") as file:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                what = f"is longer than {most} MiB"
                raise InventoryError(
                    Fault(STANDARD_INPUT, what, "give a file, or raise the limit `unpacked`")
                )
            file.write(chunk)
    return path

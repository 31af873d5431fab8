"""Finding the rules directory: inside an installed package, else beside it in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

from provenance.errors import Fault, PolicyError

_PACKAGE = Path(__file__).resolve().parent.parent
POLICY_FOLDERS: tuple[str, ...] = ("clauses", "packs")
"""Where the policies of a rules directory stand."""
FOLDERS: tuple[str, ...] = ("lists", *POLICY_FOLDERS)
"""What a rules directory holds."""


def rules_root(package: Path = _PACKAGE) -> Path:
    """Return the directory with the lists, clauses and packs.

    Args:
        package: The directory of the package `provenance`. A wheel carries the rules inside it; a checkout, and so
            an editable install, has them beside it.

    Raises:
        PolicyError: Neither is there: the installation is incomplete.
    """
    for root in (package / "rules", package.parent / "rules"):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    raise PolicyError(
        Fault("", "the rules that belong to the program are not installed", "install the program again")
    )


IMPORTED_VARIABLE = "PROVENANCE_LISTS"
"""The variable that names another folder for imported lists."""


def imported_folder() -> Path:
    """Return the folder of the lists that a user imported, which need not exist."""
    told = os.environ.get(IMPORTED_VARIABLE)
    if told:
        return Path(told)
    from platformdirs import user_data_path

    return user_data_path("provenance", appauthor=False) / "lists"

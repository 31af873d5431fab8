"""Finding the rules directory, inside an installed package, else beside it in a checkout, and the files in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from provenance.errors import Fault, PolicyError
from provenance.records import dataclass

_PACKAGE = Path(__file__).resolve().parent.parent
POLICY_FOLDERS: tuple[str, ...] = ("clauses", "packs")
"""Where the policies of a rules directory stand."""
FOLDERS: tuple[str, ...] = ("lists", *POLICY_FOLDERS)
"""What a rules directory holds."""
_SUFFIXES = frozenset({".yaml", ".yml", ".json"})


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


@dataclass(frozen=True, slots=True)
class PolicyPlace:
    """Where a policy stands."""

    path: Path
    shown: str
    """What messages call it: `rules/packs/china-ofac.yaml`, or the path as given."""


def policy_files(root: Path) -> Mapping[str, Path]:
    """Return the files of a rules directory by policy id, packs first."""
    folders = ("packs", "clauses")
    return {path.stem: path for folder in folders for path in sorted((root / folder).glob("*.yaml"))}


def find_policy(ref: str, root: Path) -> PolicyPlace:
    """Return where a policy stands.

    Args:
        ref: The id of a pack or clause of a rules directory, or the path of a file.
        root: The rules directory.

    Raises:
        PolicyError: There is none of that id.
    """
    known = policy_files(root)
    if ref in known:
        path = known[ref]
        return PolicyPlace(path, f"rules/{path.parent.name}/{path.name}")
    path = Path(ref)
    if path.suffix.lower() in _SUFFIXES or path.is_file():
        return PolicyPlace(path, path.as_posix())
    from provenance.policy.scalars import suggestion

    raise PolicyError(
        Fault(
            "",
            f"there is no policy {ref!r}",
            f"{suggestion(ref, tuple(known))}; or give the path of a YAML file",
        )
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

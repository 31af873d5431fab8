"""Settings from `provenance.toml`, found upwards from the working directory; options and variables override them."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from provenance.cli.exit_codes import FailOn
from provenance.errors import DatafileError, Fault

FILE_NAME = "provenance.toml"

_LISTS = ("policy", "evidence")
_TEXTS = ("columns", "matter", "fail_on")
_LEVELS = tuple(level.value for level in FailOn)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says; empty where it is silent or absent."""

    file: Path | None = None
    policy: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    columns: str | None = None
    matter: str | None = None
    fail_on: str | None = None


def find_settings(start: Path) -> Path | None:
    """Return the nearest settings file in a directory or above it."""
    return next(
        (folder / FILE_NAME for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None
    )


def load_settings(start: Path) -> Settings:
    """Read the settings in force in a directory.

    Paths in the file count from the file's own folder.

    Raises:
        DatafileError: The file is not TOML, or has keys or values that mean nothing; all of them at once.
    """
    path = find_settings(start)
    if path is None:
        return Settings()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatafileError(Fault(path.name, f"is not valid TOML ({error})")) from error
    except OSError as error:
        raise DatafileError(
            Fault(str(path), f"cannot be read ({error.strerror})", "check its rights")
        ) from error
    faults = [fault for key, value in data.items() if (fault := _fault(path.name, key, value)) is not None]
    if faults:
        raise DatafileError(faults)
    here = path.parent
    return Settings(
        file=path,
        policy=tuple(_policy(here, ref) for ref in data.get("policy", [])),
        evidence=tuple(str(here / name) for name in data.get("evidence", [])),
        columns=str(here / data["columns"]) if "columns" in data else None,
        matter=str(here / data["matter"]) if "matter" in data else None,
        fail_on=data.get("fail_on"),
    )


def _policy(here: Path, ref: str) -> str:
    """Return a policy's id as it stands, or the path of its file from the settings file's folder."""
    return str(here / ref) if ref.endswith((".yaml", ".yml")) else ref


def _fault(name: str, key: str, value: object) -> Fault | None:
    if key in _LISTS:
        good = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if good else Fault(name, f"{key} is no list of texts", f'write {key} = ["..."]')
    if key in _TEXTS:
        if not isinstance(value, str):
            return Fault(name, f"{key} is no text", f'write {key} = "..."')
        if key == "fail_on" and value not in _LEVELS:
            return Fault(name, f"fail_on is {value!r}", f"write one of {', '.join(_LEVELS)}")
        return None
    near = difflib.get_close_matches(key, (*_LISTS, *_TEXTS), 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join((*_LISTS, *_TEXTS))}"
    return Fault(name, f"the key {key!r} is not known", hint)

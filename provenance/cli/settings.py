"""Settings from `provenance.toml`, found upwards from the working directory; variables and options override them.

A key of the file is the name of an option, so that one table says what may be set, and a command takes its settings as
the defaults of its options.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Any, assert_never

import click
from click.core import ParameterSource

from provenance.cli.exit_codes import FailOn
from provenance.errors import DatafileError, Fault
from provenance.inventory.limits import NAMES
from provenance.records import dataclass

FILE_NAME = "provenance.toml"


class Kind(StrEnum):
    """What a setting's value is."""

    FILE = "file"
    FILES = "files"
    FOLDER = "folder"
    FOLDERS = "folders"
    POLICIES = "policies"
    """Ids of packs and clauses, or paths of YAML files."""
    LIMITS = "limits"
    """A table of names and whole numbers."""
    LEVEL = "level"
    """How mild a verdict may be that fails a run."""
    DAYS = "days"
    """A number of days."""

    @property
    def many(self) -> bool:
        """Whether the value is a list."""
        return self in {Kind.FILES, Kind.FOLDERS, Kind.POLICIES}


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the settings file."""

    key: str
    """Also the name of the option's parameter."""
    kind: Kind
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("policy", Kind.POLICIES, "Packs or clauses by name, or YAML files; all of them judge."),
    Setting("evidence", Kind.FILES, "Evidence registers: one line per document."),
    Setting("documents", Kind.FOLDER, "The folder that holds the documents themselves."),
    Setting("schedule", Kind.FILE, "What was contracted: batch or order, model and quantity."),
    Setting("disclosed", Kind.FILE, "The seller's disclosure schedule."),
    Setting("waivers", Kind.FILES, "Waiver files: what is accepted for a time, by whom and why."),
    Setting("expiring_within", Kind.DAYS, "Waivers that expire within so many days are reported."),
    Setting(
        "catalog", Kind.FOLDERS, "Folders with catalogues of your own, laid over the embedded one in order."
    ),
    Setting("baseline", Kind.FILE, "An earlier report (-f json) to compare with."),
    Setting(
        "replacements", Kind.FILES, "Tables of which unit came for which, and of boards that were changed."
    ),
    Setting("columns", Kind.FILE, "A YAML file that says what columns mean, where the header does not."),
    Setting("matter", Kind.FILE, "A YAML file of what only people know: parties, addresses, dates."),
    Setting("notice_template", Kind.FILE, "Counsel's own Word template for the notice."),
    Setting("fail_on", Kind.LEVEL, "The mildest verdict that fails a run."),
    Setting("limits", Kind.LIMITS, "How much one input may take of the machine."),
)
"""All keys, in the order in which they are taught."""

_LEVELS = tuple(level.value for level in FailOn)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says; empty where it is silent or absent."""

    file: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    """By key; paths are as seen from the working directory."""


class SettledCommand(click.Command):
    """A command whose options have the settings in force as their defaults."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Make the context; whoever asks for help gets it whatever the settings say."""
        if not {"-h", "--help"} & set(args):
            extra.setdefault("default_map", load_settings(Path.cwd()).values)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.BadParameter as error:
            source = _source(error)
            if not source:
                raise
            said = f"{error.message.removesuffix('.')} ({source})."
            raise click.BadParameter(said, error.ctx, error.param, error.param_hint) from None


def _source(error: click.BadParameter) -> str:
    """Return where a value that makes no sense came from, when it was not typed."""
    if error.ctx is None or error.param is None or error.param.name is None:
        return ""
    match error.ctx.get_parameter_source(error.param.name):
        case ParameterSource.DEFAULT_MAP:
            return f"from {FILE_NAME}"
        case ParameterSource.ENVIRONMENT:
            return f"from the variable {error.param.envvar}"
        case _:
            return ""


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
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatafileError(Fault(path.name, f"is not valid TOML ({error})")) from error
    except OSError as error:
        raise DatafileError(
            Fault(str(path), f"cannot be read ({error.strerror})", "check its rights")
        ) from error
    known = {setting.key: setting for setting in SETTINGS}
    faults = [
        fault for key, value in data.items() if (fault := _fault(path.name, known, key, value)) is not None
    ]
    if faults:
        raise DatafileError(faults)
    return Settings(path, {key: _placed(known[key].kind, path.parent, value) for key, value in data.items()})


def _placed(kind: Kind, here: Path, value: Any) -> Any:
    match kind:
        case Kind.LEVEL | Kind.DAYS:
            return value
        case Kind.LIMITS:
            return [f"{name}={number}" for name, number in value.items()]
        case Kind.FILE | Kind.FOLDER:
            return str(here / value)
        case Kind.FILES | Kind.FOLDERS:
            return [str(here / name) for name in value]
        case Kind.POLICIES:
            return [str(here / ref) if ref.endswith((".yaml", ".yml")) else ref for ref in value]
        case _:
            assert_never(kind)


def _fault(name: str, known: Mapping[str, Setting], key: str, value: object) -> Fault | None:
    if key not in known:
        return Fault(name, f"the key {key!r} is not known", _near_or_all(key, known))
    kind = known[key].kind
    if kind is Kind.LIMITS:
        return _limits_fault(name, value)
    if kind.many:
        good = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return None if good else Fault(name, f"{key} is no list of texts", f'write {key} = ["..."]')
    if kind is Kind.DAYS:
        good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return None if good else Fault(name, f"{key} is no number of days", f"write {key} = 30")
    if not isinstance(value, str):
        return Fault(name, f"{key} is no text", f'write {key} = "..."')
    if kind is Kind.LEVEL and value not in _LEVELS:
        return Fault(name, f"{key} is {value!r}", f"write one of {', '.join(_LEVELS)}")
    return None


def _near_or_all(wrong: str, known: Iterable[str]) -> str:
    from provenance.value_faults import near

    return near(wrong, known) or f"known are: {', '.join(known)}"


def _limits_fault(name: str, value: object) -> Fault | None:
    if not isinstance(value, dict):
        return Fault(name, "limits is no table", "write [limits] and a line such as memory = 4096")
    for key, number in value.items():
        if key not in NAMES:
            return Fault(name, f"the limit {key!r} is not known", _near_or_all(key, NAMES))
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            return Fault(name, f"the limit {key} is {number!r}", "write a whole number above zero")
    return None


def settings_schema() -> dict[str, Any]:
    """Return the JSON Schema of the settings file, for editors that complete and check TOML."""
    properties = {
        setting.key: {"description": setting.help, **_value_schema(setting.kind)} for setting in SETTINGS
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "provenance-settings/1",
        "title": f"{FILE_NAME}, the settings of provenance",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def _value_schema(kind: Kind) -> dict[str, Any]:
    match kind:
        case Kind.LEVEL:
            return {"enum": list(_LEVELS)}
        case Kind.DAYS:
            return {"type": "integer", "minimum": 0}
        case Kind.LIMITS:
            limit = {"type": "integer", "minimum": 1}
            return {
                "type": "object",
                "additionalProperties": False,
                "properties": dict.fromkeys(NAMES, limit),
            }
        case Kind.FILES | Kind.FOLDERS | Kind.POLICIES:
            return {"type": "array", "items": {"type": "string"}}
        case Kind.FILE | Kind.FOLDER:
            return {"type": "string"}
        case _:
            assert_never(kind)

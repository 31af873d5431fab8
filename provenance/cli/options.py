"""The options that several commands share, and the sign of life on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from glob import has_magic
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

import click
from click.core import ParameterSource

from provenance.dates import parse_iso
from provenance.inventory.limits import NAMES, Limits

if TYPE_CHECKING:
    from provenance.inventory.opening import Opening

P = ParamSpec("P")
R = TypeVar("R")


def option(
    *names: str, of: str = "", **settings: Any
) -> Callable[[Callable[P, R] | click.Command], Callable[P, R] | click.Command]:
    """Return an option that a variable of the environment sets too: `--as-of` is `PROVENANCE_AS_OF`.

    Args:
        names: As click takes them; the last that begins with two dashes gives the variable its name.
        of: The command that alone has the option under this name, put into the variable's: `PROVENANCE_LOOKUP_FORMAT`.
        settings: As click takes them.
    """
    long = next(name for name in reversed(names) if name.startswith("--")).split("/")[0]
    words = [part for part in ("provenance", of, long.removeprefix("--")) if part]
    return click.option(*names, envvar="_".join(words).replace("-", "_").upper(), **settings)


class InventoryPath(click.Path):
    """A file, a folder, a zip, a pattern that the shell left as it is, or `-` for standard input."""

    def __init__(self) -> None:
        super().__init__(exists=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; only a plain one must exist already."""
        if str(value) == STDIN or (has_magic(str(value)) and not Path(value).exists()):
            return Path(value)
        return super().convert(value, param, ctx)


STDIN = "-"

INVENTORIES = click.argument(
    "inventories", nargs=-1, required=True, type=InventoryPath(), metavar="INVENTORIES..."
)

POLICY = option(
    "--policy",
    multiple=True,
    metavar="NAME|FILE",
    help="A pack or clause by name (see `provenance rules list`), or a YAML file. Several cumulate.",
)

EVIDENCE = option(
    "--evidence",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An evidence register, csv, workbook or YAML: one line per document. May be given several times.",
)

DOCUMENTS = option(
    "--documents",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that holds the documents themselves: each is looked for by its sha256.",
)

COLUMNS = option(
    "--columns",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A YAML file that says what columns mean, where the header does not.",
)

WAIVERS = option(
    "--waivers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A YAML file of waivers (see `provenance waivers schema`). May be given several times.",
)

NO_WAIVERS = option(
    "--no-waivers",
    is_flag=True,
    help="Apply no waiver, as an auditor would; the report says which were given.",
)

CATALOG = option(
    "--catalog",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with a catalogue of your own, laid over the embedded one. Several lie over each other in order.",
)

MATTER = option(
    "--matter",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What only people know: parties, addresses, dates, who prepared the inventory.",
)

REPLACEMENTS = option(
    "--replacements",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table, csv, workbook or YAML: old_serial, new_serial, date, kind (replacement, board-swap, return).",
)

AS_OF = option(
    "--as-of",
    metavar="YYYY-MM-DD",
    help="The day on which the question is asked; the same day gives the same report. [default: today]",
)


def _limits_of(context: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Limits:
    """Return the limits in force: typed ones over those of the variables over those of the settings."""
    from provenance.inventory.limits import limits_of

    settings = (context.default_map or {}).get("limits", ())
    typed = () if context.get_parameter_source("limits") is ParameterSource.DEFAULT_MAP else value
    return replace(limits_of(replace(Limits(), **_numbers(settings, param))), **_numbers(typed, param))


def _numbers(given: Sequence[str], param: click.Parameter) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for text in given:
        name, _, number = text.partition("=")
        if name not in NAMES:
            raise click.BadParameter(f"{name!r} is no limit; known are {', '.join(NAMES)}", param=param)
        if not number.isascii() or not number.isdigit() or int(number) == 0:
            raise click.BadParameter(f"{text!r}: write {name}= and a whole number above zero", param=param)
        numbers[name] = int(number)
    return numbers


LIMITS = option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    callback=_limits_of,
    help=f"How much one input may take of the machine: {', '.join(NAMES)}. May be given several times.",
)


def opening_of(limits: Limits, progress: Progress) -> Opening:
    """Return how a command opens its inputs: a person who sits there is asked for passwords.

    Args:
        limits: What the option returned.
        progress: What must be silent while somebody types.
    """
    from provenance.inventory.opening import Opening

    def ask(name: str) -> str | None:
        progress.stop()
        answer: str = click.prompt(
            f"Password of {name}", hide_input=True, default="", show_default=False, err=True
        )
        return answer or None

    seen = sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")
    return Opening(limits, ask=ask if seen else None)


def taken(inventories: Sequence[Path], limits: Limits) -> list[Path]:
    """Return the paths of inventories, standard input written down where `-` stands for it."""
    from provenance.inventory.spool import spool

    return [
        spool(sys.stdin.buffer, limits) if str(path) == STDIN else path for path in dict.fromkeys(inventories)
    ]


def day_of(text: str | None) -> date | None:
    """Return the day of an `--as-of` option.

    Raises:
        click.BadParameter: It is no date.
    """
    if text is None:
        return None
    day = parse_iso(text)
    if day is None:
        raise click.BadParameter(f"{text!r} is no date; write YYYY-MM-DD", param_hint="--as-of")
    return day


class Progress:
    """Says on standard error what is being done, to a person who waits; silent in pipes and in CI."""

    def __init__(self) -> None:
        self._status: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and not os.environ.get("CI"):
            from rich.console import Console

            self._status = Console(stderr=True).status("starting")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Say no more. While it speaks it holds standard output too, so a report there has to wait for this."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def tell(self, what: str) -> None:
        """Say what is being done now."""
        if self._status is not None:
            self._status.update(what)

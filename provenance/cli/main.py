"""The `provenance` command: a group whose commands are imported when they are called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any, NoReturn

import click

from provenance._version import __version__
from provenance.cli.choices import meant
from provenance.cli.exit_codes import ExitCode
from provenance.cli.leaving import leave
from provenance.errors import ProvenanceError

_COMMANDS: dict[str, tuple[str, str]] = {
    "audit": ("provenance.cli.audit", "Judge an inventory and write what does not conform."),
    "questions": ("provenance.cli.questions", "Write the list of what to ask the seller for."),
    "inspect": ("provenance.cli.inspect", "Show how a file is read: tables, columns, rejected rows."),
    "explain": ("provenance.cli.explain", "Explain one machine: evidence, reasoning, what would clear it."),
    "lookup": ("provenance.cli.lookup", "Look one thing up: a country, maker, model, serial or MAC."),
    "rules": ("provenance.cli.rules", "List, show and check packs, clauses and lists."),
    "lists": ("provenance.cli.lists", "List, show and check lists of countries and entities."),
    "catalog": ("provenance.cli.catalog", "List, show and check the catalogue of makers and models."),
    "matter": ("provenance.cli.matter", "Check a matter file; print its schema."),
    "notice": ("provenance.cli.notice", "What counsel's own template for the notice may use."),
    "config": ("provenance.cli.config", "Show which setting is in force, and where it came from."),
    "evidence": ("provenance.cli.evidence", "Start, check and describe a register of documents."),
    "waivers": ("provenance.cli.waivers", "Check waiver files, and print their schema."),
    "schema": ("provenance.cli.schema", "Print the JSON Schema of a file that is read or written."),
    "init": ("provenance.cli.init", "Write settings, a policy, a matter and a waiver file to start from."),
}
"""Command to its module and its line in the help, so that asking for help imports no command."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they are taught."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now; None for a name that is not one."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; a name that is none is told with the near one."""
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            ctx.fail(f"No such command {args[0]!r}{meant(args[0], list(_COMMANDS))}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Exit codes
  0   nothing worse than conforming, waived or out of scope
  1   the program failed or could read nothing
  2   wrong usage
  3   no machine to audit, or none in the scope of any rule
  10  something is undetermined, or an input was only partly read
  11  something is non-conforming

\b
Settings
  provenance.toml, found upwards from the working directory; then variables: --as-of is PROVENANCE_AS_OF, and lists
  are parted by blanks (names) or as in PATH (files); then options. `provenance config` shows what is in force.

\b
Example
  provenance audit fixtures/mineone/inventory.xlsx --policy cleanspark-mineone --as-of 2026-11-20
""",
)
@click.version_option(__version__, prog_name="provenance")
def cli() -> None:
    """Check where hardware comes from.

    Reads equipment inventories, identifies the machines, weighs the evidence of their origin and tests it against
    country rules and contract clauses. Nothing is sent anywhere: no run opens a network connection.
    """


_ALLOCATOR = "_RJEM_MALLOC_CONF"
"""How the columnar engine's allocator is told what to keep; it looks once, when the engine is loaded."""


def keep_pages() -> None:
    """Have the columnar engine keep the memory it has, to be called before it is loaded.

    A run allocates large columns again and again: giving pages back in between costs a tenth of its time.
    """
    os.environ.setdefault(_ALLOCATOR, "dirty_decay_ms:-1,muzzy_decay_ms:-1,narenas:2")


_ALLOCATED = 100_000
"""Objects made and not freed before the interpreter looks for cycles; by default it looks at every 700."""


def collect_rarely() -> None:
    """Have the interpreter look for cycles of garbage seldom: looking costs a short run a tenth of its time.

    Most of what a run makes while it starts (modules, classes, tables of names) it keeps to the end.
    """
    gc.set_threshold(_ALLOCATED, 20, 20)


def run() -> int:
    """Run the command, turn errors into messages, in this one place, and return the exit code."""
    arguments: dict[str, Any] = {"prog_name": "provenance", "standalone_mode": False}
    try:
        code = cli.main(**arguments)
        if sys.stdout is not None:
            # What a full disk refuses is told while it can be told.
            sys.stdout.flush()
    except ProvenanceError as error:
        for fault in error.faults:
            click.echo(f"error: {fault}", err=True)
        return ExitCode.FAILED
    except click.UsageError as error:
        error.show()
        return ExitCode.USAGE
    except click.ClickException as error:
        error.show()
        return ExitCode.FAILED
    except click.Abort:
        click.echo("aborted", err=True)
        return ExitCode.FAILED
    except BrokenPipeError:
        # The reader has seen enough (`| head`): nothing is wrong, and Python must not complain on its way out.
        sys.stdout = None
        return ExitCode.FAILED
    except OSError as error:
        # A full disk behind a redirection, a folder without rights: the system says what it refused.
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"error: {where}{error.strerror or error}", err=True)
        return ExitCode.FAILED
    return code if isinstance(code, int) else ExitCode.CLEAR


def main() -> NoReturn:
    """Be the program: run the command and end the process."""
    collect_rarely()
    keep_pages()
    leave(run())


if __name__ == "__main__":
    main()

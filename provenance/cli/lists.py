"""`provenance lists`: the lists of countries and of entities that rules use, as data with citations and days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from provenance.cli.choices import NearChoice
from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import AS_OF, day_of, option
from provenance.dates import parse_iso

_OWN_NAME = 6
"""From how many letters on a company name is taken for the maker of that name."""


@click.group("lists")
def command() -> None:
    """List, show and check the lists of countries and entities, and print their schema.

    Example: provenance lists show china
    """


@command.command("list")
@AS_OF
def list_(as_of: str | None) -> ExitCode:
    """List every list: how many stand on it, how far it is dated, whether it wants review or is partial.

    Example: provenance lists list
    """
    from provenance.policy.list_files import imported_ids, list_ids
    from provenance.policy.list_status import show_status, status_of

    day = day_of(as_of) or date.today()  # noqa: DTZ011
    lines = show_status(status_of(one, day) for one in list_ids())
    imported = show_status(status_of(one, day) for one in imported_ids())
    click.echo("\n".join((*lines, *(("", "Imported", *imported) if imported else ()))))
    return ExitCode.CLEAR


@command.command("show")
@click.argument("list_id", metavar="ID")
@AS_OF
def show(list_id: str, as_of: str | None) -> ExitCode:
    """Print a list as a lawyer reads it: every row with its days, citation and source, and what is not verified.

    Example: provenance lists show us-889-producers
    """
    from provenance.policy.entity_lists import load_entity_list
    from provenance.policy.list_files import kind_of
    from provenance.policy.list_schema import ListKind
    from provenance.policy.lists import load_list
    from provenance.policy.show_list import show_entity_list, show_list

    day = day_of(as_of) or date.today()  # noqa: DTZ011
    if kind_of(list_id) is ListKind.ENTITY:
        lines = show_entity_list(load_entity_list(list_id), day)
    else:
        lines = show_list(load_list(list_id), day)
    click.echo("\n".join(lines))
    return ExitCode.CLEAR


@command.command("check")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(dir_okay=False, path_type=Path))
@AS_OF
def check(files: tuple[Path, ...], as_of: str | None) -> ExitCode:
    """Check every list file, or those named: all faults with file and line; a list past its day of review is one.

    Example: provenance lists check
    """
    from provenance.policy.list_check import check_list, check_lists
    from provenance.policy.where import rules_root

    day, root = day_of(as_of) or date.today(), rules_root()  # noqa: DTZ011
    faults = (
        [fault for file in files for fault in check_list(file, root, day)]
        if files
        else check_lists(root, day)
    )
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "the lists are in order", err=True)
    return ExitCode.FAILED if faults else ExitCode.CLEAR


@command.command("schema")
def schema() -> ExitCode:
    """Print the JSON Schema of a list file, for editors.

    Example: provenance lists schema > lists.schema.json
    """
    from provenance.policy.json_schema import list_json_schema

    click.echo(json.dumps(list_json_schema(), indent=2, ensure_ascii=True))
    return ExitCode.CLEAR


@command.command(
    "import",
    epilog="""\b
Examples
  provenance lists import ofac-sdn sdn.csv alt.csv add.csv --dated 2026-11-18
  provenance lists import csl consolidated.csv --dated 2026-11-18
""",
)
@click.argument("kind", type=NearChoice(("ofac-sdn", "ofac-consolidated", "csl")))
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@option(
    "--dated",
    of="lists",
    required=True,
    metavar="YYYY-MM-DD",
    help="The day of the files: the list's own date.",
)
@option("--shrunk", of="lists", is_flag=True, help="Accept a list that lost more than a tenth of its names.")
def import_(kind: str, files: tuple[Path, ...], dated: str, shrunk: bool) -> ExitCode:
    """Import a large list from files that you fetched, into your own data folder; no connection is opened.

    Companies alone are kept. A rule names the list by its id: `ofac-sdn`, `ofac-consolidated`, or one list per office
    of the Consolidated Screening List, such as `csl-el`. PROVENANCE_LISTS names another folder for them.
    """
    from provenance.catalog.database import open_catalogue
    from provenance.identify.identity import Tier
    from provenance.identify.resolve import Identifier
    from provenance.policy.imported_lists import import_list

    day = parse_iso(dated)
    if day is None:
        raise click.BadParameter(f"{dated!r} is no date; write YYYY-MM-DD", param_hint="--dated")
    identifier = Identifier(open_catalogue())

    def maker_of(name: str) -> str | None:
        found = identifier.read_maker(name)
        # A short name collides: only a name of its own length is taken for a maker of the catalogue.
        return found.maker if found.maker_tier is Tier.EXACT and len(name) >= _OWN_NAME else None

    for one in import_list(kind, files, day, maker_of, shrunk=shrunk):
        click.echo(f"{one.list_id}: {one.names:,} names, as of {day}, in {one.path.as_posix()}")
    return ExitCode.CLEAR

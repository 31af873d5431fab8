"""`provenance lists`: the lists of countries and of entities that rules use, as data with citations and days."""

from __future__ import annotations

import json
from datetime import date

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import AS_OF, day_of


@click.group("lists")
def command() -> None:
    """List, show and check the lists of countries and entities, and print their schema."""


@command.command("list")
@AS_OF
def list_(as_of: str | None) -> ExitCode:
    """List every list: how many stand on it, how far it is dated, whether it wants review or is partial."""
    from provenance.policy.list_files import list_ids
    from provenance.policy.list_status import show_status, status_of

    day = day_of(as_of) or date.today()  # noqa: DTZ011
    click.echo("\n".join(show_status(status_of(one, day) for one in list_ids())))
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
@AS_OF
def check(as_of: str | None) -> ExitCode:
    """Check every list file: all faults at once, with file and line; a list past its day of review is one."""
    from provenance.policy.list_check import check_lists
    from provenance.policy.where import rules_root

    faults = check_lists(rules_root(), day_of(as_of) or date.today())  # noqa: DTZ011
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "the lists are in order", err=True)
    return ExitCode.FAILED if faults else ExitCode.CLEAR


@command.command("schema")
def schema() -> ExitCode:
    """Print the JSON Schema of a list file, for editors."""
    from provenance.policy.json_schema import list_json_schema

    click.echo(json.dumps(list_json_schema(), indent=2, ensure_ascii=True))
    return ExitCode.CLEAR

"""`provenance rules`: the packs and clauses that judge, as a lawyer reads them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import AS_OF, day_of
from provenance.dates import parse_iso


@click.group("rules")
def command() -> None:
    """List, show and check packs, clauses and lists.

    Example: provenance rules show china-ofac
    """


@command.command("list")
@AS_OF
def list_(as_of: str | None) -> ExitCode:
    """List the packs and clauses that can be named with --policy, and the lists of countries that they use.

    Example: provenance rules list
    """
    from provenance.policy.list_files import list_ids
    from provenance.policy.list_status import show_status, status_of
    from provenance.policy.load import list_policies
    from provenance.policy.show import show_summaries

    day = day_of(as_of) or date.today()  # noqa: DTZ011
    lists = show_status(status_of(one, day) for one in list_ids())
    click.echo("\n".join((*show_summaries(list_policies()), "", "Lists", *lists)))
    return ExitCode.CLEAR


@command.command("show")
@click.argument("policy", metavar="NAME|FILE")
@AS_OF
def show(policy: str, as_of: str | None) -> ExitCode:
    """Print a policy as a lawyer reads it: the question, the lists, what clears, what condemns, what is left open.

    Example: provenance rules show china-ofac
    """
    from provenance.policy.load import load_policy
    from provenance.policy.show import show_policy

    click.echo("\n".join(show_policy(load_policy(policy), day_of(as_of) or date.today())))  # noqa: DTZ011
    return ExitCode.CLEAR


@command.command("at")
@click.argument("policy", metavar="NAME|FILE")
@click.argument("day", metavar="DATE")
def at(policy: str, day: str) -> ExitCode:
    """List who a policy prohibits on a day, and why.

    Example: provenance rules at cleanspark-mineone 2025-07-01
    """
    from provenance.catalog.database import open_catalogue
    from provenance.policy.load import load_policy
    from provenance.policy.reach import with_listings
    from provenance.policy.show_day import show_day

    on = parse_iso(day)
    if on is None:
        raise click.BadParameter(f"{day!r} is no date; write YYYY-MM-DD", param_hint="DATE")
    (loaded,) = with_listings((load_policy(policy),), open_catalogue())
    click.echo("\n".join(show_day(loaded, on)))
    return ExitCode.CLEAR


@command.command("schema")
def schema() -> ExitCode:
    """Print the JSON Schema of a pack or clause file, for editors; that of a list file is `lists schema`.

    Example: provenance rules schema > rules.schema.json
    """
    import json

    from provenance.policy.json_schema import policy_json_schema

    click.echo(json.dumps(policy_json_schema(), indent=2, ensure_ascii=True))
    return ExitCode.CLEAR


@command.command("check")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@AS_OF
def check(files: tuple[Path, ...], as_of: str | None) -> ExitCode:
    """Check every rule and list file, or the policy files named: all faults at once, with file and line.

    The examples of a file run too, and one that is judged otherwise than it says is a fault of its line.

    Example: provenance rules check
    """
    from provenance.policy.check import check_policy, check_rules
    from provenance.policy.where import rules_root

    root = rules_root()
    faults = (
        [fault for path in files for fault in check_policy(path, path.as_posix(), root)]
        if files
        else check_rules(root, day_of(as_of) or date.today())  # noqa: DTZ011
    )
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "the rules are in order", err=True)
    return ExitCode.FAILED if faults else ExitCode.CLEAR

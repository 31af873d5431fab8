"""`provenance waivers`: what waiver files say, and their schema."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import AS_OF, POLICY, day_of


@click.group("waivers")
def command() -> None:
    """Check waiver files, and print their JSON Schema.

    Example: provenance waivers check waivers.yaml
    """


@command.command("schema")
def schema() -> ExitCode:
    """Print the JSON Schema of waiver files, for editors and for whoever writes them by program.

    Example: provenance waivers schema > waivers.schema.json
    """
    from provenance.policy.waivers.schema import waivers_json_schema

    click.echo(json.dumps(waivers_json_schema(), indent=2, sort_keys=True))
    return ExitCode.CLEAR


@command.command("check")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@POLICY
@AS_OF
def check(files: tuple[Path, ...], policy: tuple[str, ...], as_of: str | None) -> ExitCode:
    """Check waiver files: all faults at once, with file and line; else say which waivers are in force.

    Example: provenance waivers check waivers.yaml --policy cleanspark-mineone
    """
    from provenance.catalog.database import open_catalogue
    from provenance.given import load_policies
    from provenance.identify.resolve import Identifier
    from provenance.inventory.find import named_apart
    from provenance.policy.explain import waiver_words
    from provenance.policy.waivers.load import Names, load_waivers

    day = day_of(as_of) or date.today()  # noqa: DTZ011 - the user's own day is meant
    catalogue = open_catalogue()
    known = Names(Identifier(catalogue), catalogue, load_policies(policy))
    loaded = load_waivers(named_apart((path, path.name) for path in files), known)
    for waiver in loaded.waivers:
        words = waiver_words(waiver)
        click.echo(
            f"{waiver.force(day).value.replace('-', ' ')}: {words}; {waiver.rule}: {waiver.scope.words}"
        )
    click.echo(f"{len(loaded.waivers)} waivers in order", err=True)
    return ExitCode.CLEAR

"""`provenance matter`: what only people know of a deal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode


@click.group("matter")
def command() -> None:
    """Check a matter file, and print the schema that editors complete it by.

    Example: provenance matter check matter.yaml
    """


@command.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> ExitCode:
    """Read a matter file and list what a notice would still lack.

    Example: provenance matter check matter.yaml
    """
    from provenance.report.matter_file import load_matter
    from provenance.report.particulars import particulars

    missing = particulars(None, load_matter(file)).missing()
    for what in missing:
        click.echo(f"missing: {what}")
    click.echo(f"{len(missing)} things are missing" if missing else "nothing is missing", err=True)
    return ExitCode.CLEAR


@command.command("schema")
def schema() -> ExitCode:
    """Print the JSON Schema of the matter file.

    Example: provenance matter schema > matter.schema.json
    """
    from provenance.report.matter_file import matter_schema

    click.echo(json.dumps(matter_schema(), indent=2, sort_keys=True))
    return ExitCode.CLEAR

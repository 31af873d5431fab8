"""`provenance inspect`: how a file is read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import COLUMNS, INVENTORIES
from provenance.cli.settings import load_settings


@click.command(
    "inspect",
    epilog="""\b
Example
  provenance inspect fleet.xlsx
""",
)
@INVENTORIES
@COLUMNS
@click.option("-f", "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
def command(inventories: tuple[Path, ...], columns: Path | None, form: str) -> ExitCode:
    """Show how files are read, before anything is judged.

    Prints the tables found, the header row of each, what every column was taken for and why, the rows that are no
    machines, and whatever is odd. Write a columns file where a column was misread.
    """
    from provenance.inventory.columnsfile import load_columns_file
    from provenance.inventory.inspect import describe_inputs
    from provenance.pipeline import find_inventories, read_inputs

    said = columns or load_settings(Path.cwd()).columns
    overrides = load_columns_file(Path(said)) if said is not None else None
    inputs = read_inputs(find_inventories(inventories), overrides)
    if form == "json":
        click.echo(json.dumps(describe_inputs(inputs), indent=2, ensure_ascii=False))
    else:
        from provenance.report.inspection import render_inspection

        click.echo(render_inspection(describe_inputs(inputs)), nl=False)
    return ExitCode.CLEAR if all(one.complete for one in inputs) else ExitCode.UNDETERMINED

"""`provenance catalog`: what is known of makers, models and plants, and from where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from provenance.cli.choices import NearChoice
from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import CATALOG, option
from provenance.cli.settings import SettledCommand

FILES = ("maker", "change", "collisions", "firmware")
"""The kinds of source files, in the order of `catalog.json_schema`, which is not imported to say so."""

FORMAT = option(
    "-f",
    "--format",
    "form",
    of="catalog",
    type=NearChoice(["terminal", "json"]),
    default="terminal",
    help="json for programs.",
)


@click.group("catalog")
def command() -> None:
    """List, show and check the catalogue of makers and models.

    Example: provenance catalog show bitmain
    """


@command.command("list", cls=SettledCommand)
@CATALOG
@FORMAT
def list_(catalog: tuple[Path, ...], form: str) -> ExitCode:
    """List the makers.

    Example: provenance catalog list
    """
    from provenance.catalog.database import open_catalogue
    from provenance.catalog.describe import list_makers, listed

    catalogue = open_catalogue(overlays=catalog)
    click.echo(_json(listed(catalogue)) if form == "json" else list_makers(catalogue))
    return ExitCode.CLEAR


@command.command("show", cls=SettledCommand)
@click.argument("name", metavar="MAKER|MODEL")
@CATALOG
@FORMAT
def show(name: str, catalog: tuple[Path, ...], form: str) -> ExitCode:
    """Show a maker or a model: names, seat, owners, where it makes, serial numbers, each with dates and sources.

    Example: provenance catalog show bitmain
    """
    from provenance.catalog.database import open_catalogue
    from provenance.catalog.describe import show as describe
    from provenance.catalog.find import find
    from provenance.catalog.show_json import entry_json

    catalogue = open_catalogue(overlays=catalog)
    if form == "json":
        click.echo(_json(entry_json(catalogue, find(catalogue, name))))
    else:
        click.echo(describe(catalogue, name))
    return ExitCode.CLEAR


@command.command("stats", cls=SettledCommand)
@CATALOG
def stats(catalog: tuple[Path, ...]) -> ExitCode:
    """Count what the catalogue holds, and how much of it is verified.

    Example: provenance catalog stats
    """
    from provenance.catalog.database import open_catalogue
    from provenance.catalog.describe import stats as describe

    click.echo(describe(open_catalogue(overlays=catalog)))
    return ExitCode.CLEAR


@command.command("check")
@click.argument(
    "folders", type=click.Path(exists=True, file_okay=False, path_type=Path), nargs=-1, metavar="[FOLDER]..."
)
def check(folders: tuple[Path, ...]) -> ExitCode:
    """Check the sources of a catalogue: all faults at once, with file and line.

    FOLDER is a catalogue of your own, checked as it lies over the embedded one; several lie over each other in order.
    Without one, the sources of the checkout that the program runs from: an installed package carries these compiled.

    Example: provenance catalog check
    """
    from provenance.catalog.check import check_folders

    faults = check_folders(folders)
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "the catalogue is in order", err=True)
    return ExitCode.FAILED if faults else ExitCode.CLEAR


@command.command("schema")
@click.argument("file", type=NearChoice(FILES), default="maker")
def schema(file: str) -> ExitCode:
    """Print the JSON Schema of a source file, for editors: a whole maker, or a change to an embedded one.

    Example: provenance catalog schema change
    """
    from provenance.catalog.json_schema import SourceFile, catalogue_json_schema

    click.echo(_json(catalogue_json_schema(SourceFile(file))))
    return ExitCode.CLEAR


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True, default=str)

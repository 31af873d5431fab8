"""`provenance catalog`: what is known of makers, models and plants, and from where."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode


@click.group("catalog")
def command() -> None:
    """List, show and check the catalogue of makers and models."""


@command.command("list")
def list_() -> ExitCode:
    """List the makers."""
    from provenance.catalog.database import open_catalogue
    from provenance.catalog.describe import list_makers

    click.echo(list_makers(open_catalogue()))
    return ExitCode.CLEAR


@command.command("show")
@click.argument("name", metavar="MAKER|MODEL")
def show(name: str) -> ExitCode:
    """Show a maker or a model: names, seat, plants with dates, serial schemes, sources.

    Example: provenance catalog show bitmain
    """
    from provenance.catalog.database import open_catalogue
    from provenance.catalog.describe import show as describe

    click.echo(describe(open_catalogue(), name))
    return ExitCode.CLEAR


@command.command("stats")
def stats() -> ExitCode:
    """Count what the catalogue holds, and how much of it is verified."""
    from provenance.catalog.database import open_catalogue
    from provenance.catalog.describe import stats as describe

    click.echo(describe(open_catalogue()))
    return ExitCode.CLEAR


@command.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def check(folder: Path | None) -> ExitCode:
    """Check the sources of the catalogue: all faults at once, with file and line.

    FOLDER holds `makers/` and `registry/`; by default the sources of the checkout that the program runs from. An
    installed package carries the compiled catalogue only.
    """
    from provenance.catalog.check import check_sources
    from provenance.catalog.sources import sources_root

    faults = check_sources(folder or sources_root())
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "the catalogue is in order", err=True)
    return ExitCode.FAILED if faults else ExitCode.CLEAR

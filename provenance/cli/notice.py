"""`provenance notice`: what a template for the notice may use."""

from __future__ import annotations

import click

from provenance.cli.exit_codes import ExitCode


@click.group("notice")
def command() -> None:
    """What counsel's own Word template for the notice may use.

    Example: provenance notice fields
    """


@command.command("fields")
def fields() -> ExitCode:
    """List the fields of a template, for --notice-template of an audit.

    Example: provenance notice fields
    """
    from provenance.report.notice_fields import FIELDS

    for name, what in FIELDS:
        click.echo(f"{name}\n    {what}")
    return ExitCode.CLEAR

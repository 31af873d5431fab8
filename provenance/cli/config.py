"""`provenance config`: which setting is in force, and where it came from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from provenance.cli.exit_codes import ExitCode
from provenance.cli.settings import load_settings


@click.command("config")
def command() -> ExitCode:
    """Show every option of an audit as it stands here: its value, and whether a variable or provenance.toml set it.

    Example: provenance config
    """
    from provenance.cli.audit import command as audit

    settings = load_settings(Path.cwd())
    file = os.path.relpath(settings.file) if settings.file is not None else "none found from here upwards"
    click.echo(f"settings file: {file}")
    context = click.Context(audit, info_name="audit", default_map=dict(settings.values))
    for param in audit.params:
        if isinstance(param, click.Option):
            value, source = param.consume_value(context, {})
            click.echo(f"{param.opts[-1]}: {_shown(value)}{_from(param, source, settings.file)}")
    return ExitCode.CLEAR


def _shown(value: Any) -> str:
    if value is None or value == () or not isinstance(value, str | int | list | tuple):
        return "not set"
    return ", ".join(str(item) for item in value) if isinstance(value, list | tuple) else str(value)


def _from(param: click.Option, source: ParameterSource, file: Path | None) -> str:
    match source:
        case ParameterSource.ENVIRONMENT:
            return f" (from the variable {param.envvar})"
        case ParameterSource.DEFAULT_MAP if file is not None:
            return f" (from {os.path.relpath(file)})"
        case _:
            return ""

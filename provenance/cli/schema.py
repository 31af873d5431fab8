"""`provenance schema`: the JSON Schemas of all files that the program reads and writes."""

from __future__ import annotations

import importlib
import json

import click

from provenance.cli.choices import NearChoice
from provenance.cli.exit_codes import ExitCode

SCHEMAS: dict[str, tuple[str, str]] = {
    "report": ("provenance.report.schema", "report_schema"),
    "settings": ("provenance.cli.settings", "settings_schema"),
    "rules": ("provenance.policy.json_schema", "policy_json_schema"),
    "lists": ("provenance.policy.json_schema", "list_json_schema"),
    "matter": ("provenance.report.matter_file", "matter_schema"),
    "waivers": ("provenance.policy.waivers.schema", "waivers_json_schema"),
    "evidence": ("provenance.origin.register_columns", "register_json_schema"),
    "replacements": ("provenance.origin.read_exchanges", "exchanges_schema"),
}
"""Name of a schema to the function that returns it."""


@click.command("schema")
@click.argument("name", type=NearChoice(list(SCHEMAS)))
def command(name: str) -> ExitCode:
    """Print the JSON Schema of a file that the program reads or writes.

    Example: provenance schema report > report.schema.json
    """
    module, function = SCHEMAS[name]
    found = getattr(importlib.import_module(module), function)()
    click.echo(json.dumps(found, indent=2, sort_keys=True))
    return ExitCode.CLEAR

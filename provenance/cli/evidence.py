"""`provenance evidence`: registers of documents, to be filled in, checked and described."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import (
    AS_OF,
    CATALOG,
    COLUMNS,
    DOCUMENTS,
    EVIDENCE,
    INVENTORIES,
    MATTER,
    POLICY,
    Progress,
    day_of,
    option,
)
from provenance.cli.settings import SettledCommand


@click.group("evidence")
def command() -> None:
    """Start, check and describe an evidence register: one line per document.

    Example: provenance evidence check register.csv
    """


@command.command("new", cls=SettledCommand)
@INVENTORIES
@POLICY
@EVIDENCE
@CATALOG
@COLUMNS
@MATTER
@AS_OF
@option(
    "-o",
    "--output",
    of="evidence",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write: xlsx (with dropdowns), csv or yaml. [default: csv on standard output]",
)
def new(
    inventories: tuple[Path, ...],
    policy: tuple[str, ...],
    evidence: tuple[Path, ...],
    catalog: tuple[Path, ...],
    columns: Path | None,
    matter: Path | None,
    as_of: str | None,
    output: Path | None,
) -> ExitCode:
    """Write a register with one line for each document that would settle something, and the goods it has to name.

    Fill in what the answers say: the document's name, its issuer and what that is to the goods, its date and its
    country. Lines without a country are requests that nobody has answered yet, and count for nothing.

    Example: provenance evidence new fleet.xlsx --policy cleanspark-mineone -o register.xlsx
    """
    from provenance.beside import parties_in, read_matter
    from provenance.pipeline import audit
    from provenance.report.register_files import csv_text, write_requests
    from provenance.report.requests import find_requests, summary

    if output is not None and output.exists():
        raise click.UsageError(f"{output} exists already; answers in it would be lost: name another file")
    with Progress() as progress:
        outcome = audit(
            inventories,
            policies=policy,
            evidence=evidence,
            catalogs=catalog,
            columns=columns,
            parties=parties_in(read_matter(matter)),
            as_of=day_of(as_of),
            tell=progress.tell,
        )
        requests = find_requests(outcome)
    if output is not None:
        write_requests(requests.lines, output, synthetic=outcome.synthetic)
        click.echo(f"wrote {output}", err=True)
    else:
        click.echo(csv_text(requests.lines, synthetic=outcome.synthetic), nl=False)
    click.echo(summary(requests), err=True)
    return ExitCode.CLEAR


@command.command("check")
@click.argument(
    "registers", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@DOCUMENTS
@AS_OF
def check(registers: tuple[Path, ...], documents: Path | None, as_of: str | None) -> ExitCode:
    """Check REGISTERS by themselves: every fault at once, then what is to be asked of each document.

    With --documents each document is looked for by its sha256, and files that no line records are named. The exit code
    is 10 where something is to be asked or was not seen.

    Example: provenance evidence check evidence.csv --documents papers/
    """
    from provenance.origin.check_register import check_registers

    lines = check_registers(registers, documents, day_of(as_of) or date.today())  # noqa: DTZ011
    for line in lines.told:
        click.echo(line)
    click.echo(lines.summary, err=True)
    return ExitCode.UNDETERMINED if lines.told else ExitCode.CLEAR


@command.command("schema")
def schema() -> ExitCode:
    """Print the JSON Schema of a register in YAML.

    Example: provenance evidence schema > evidence.schema.json
    """
    from provenance.origin.register_columns import register_json_schema

    click.echo(json.dumps(register_json_schema(), indent=2, ensure_ascii=True))
    return ExitCode.CLEAR

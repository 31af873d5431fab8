"""`provenance questions`: the list of what to ask the seller for."""

from __future__ import annotations

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
    NO_WAIVERS,
    POLICY,
    WAIVERS,
    Progress,
    day_of,
    option,
)
from provenance.cli.settings import SettledCommand


@click.command(
    "questions",
    cls=SettledCommand,
    epilog="""\b
Examples
  provenance questions data-room/ --policy cleanspark-mineone -o requests.docx
  provenance questions fleet.xlsx -o requests.xlsx
""",
)
@INVENTORIES
@POLICY
@EVIDENCE
@DOCUMENTS
@CATALOG
@WAIVERS
@NO_WAIVERS
@COLUMNS
@AS_OF
@MATTER
@option(
    "-o",
    "--output",
    of="questions",
    type=click.Path(path_type=Path),
    help="Where to write; the ending says the form: .md, .docx, .pdf or .xlsx. Without it Markdown on standard output.",
)
def command(
    inventories: tuple[Path, ...],
    policy: tuple[str, ...],
    evidence: tuple[Path, ...],
    documents: Path | None,
    catalog: tuple[Path, ...],
    waivers: tuple[Path, ...],
    no_waivers: bool,
    columns: Path | None,
    as_of: str | None,
    matter: Path | None,
    output: Path | None,
) -> ExitCode:
    """Write the list of what to ask the seller for.

    The documents that would settle most units come first, then each document with the units that it has to name, a
    sample of nameplates to photograph, and the standing items of diligence.
    """
    from provenance.beside import parties_in, read_matter
    from provenance.pipeline import audit
    from provenance.report.outputs import write_questions

    known = read_matter(matter)
    with Progress() as progress:
        outcome = audit(
            inventories,
            policies=policy,
            evidence=evidence,
            documents=documents,
            catalogs=catalog,
            waivers=waivers,
            waive=not no_waivers,
            columns=columns,
            as_of=day_of(as_of),
            besides=[one for one in (matter, output) if one is not None],
            parties=parties_in(known),
            tell=progress.tell,
        )
        progress.stop()
        write_questions(outcome, known, output)
    if output is not None:
        click.echo(f"wrote {output}", err=True)
    return ExitCode.CLEAR

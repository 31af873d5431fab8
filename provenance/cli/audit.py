"""`provenance audit`: inventories in, verdicts and reports out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from provenance.cli.choices import NearChoice
from provenance.cli.exit_codes import ExitCode, FailOn, exit_code
from provenance.cli.options import (
    AS_OF,
    CATALOG,
    COLUMNS,
    DOCUMENTS,
    EVIDENCE,
    INVENTORIES,
    LIMITS,
    MATTER,
    NO_WAIVERS,
    POLICY,
    REPLACEMENTS,
    WAIVERS,
    Progress,
    day_of,
    opening_of,
    option,
    taken,
)
from provenance.cli.settings import SettledCommand
from provenance.errors import ReportError
from provenance.inventory.limits import Limits

FORMATS = (
    "terminal", "json", "csv", "xlsx", "parquet", "notice-md", "notice-docx", "notice-pdf", "memo-md",
    "memo-docx", "memo-pdf", "sarif", "junit", "github", "gitlab", "cyclonedx",
    "summary-md",
)  # fmt: skip
"""The formats offered, in the order of `report.registry`, which is not imported to say so; a test compares them."""


@click.command(
    "audit",
    cls=SettledCommand,
    epilog="""\b
Examples
  provenance audit fleet.xlsx
  provenance audit data-room/ --policy cleanspark-mineone --evidence data-room/evidence.csv -o notice.md
  provenance audit procurement.csv -f json --fail-on non-conforming
""",
)
@INVENTORIES
@POLICY
@EVIDENCE
@DOCUMENTS
@option(
    "--schedule",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was contracted: batch or order, model and quantity. Set beside what was delivered.",
)
@option(
    "--disclosed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The seller's disclosure schedule. Set beside the verdicts, which it does not change.",
)
@CATALOG
@COLUMNS
@WAIVERS
@NO_WAIVERS
@option(
    "--expiring-within",
    type=click.IntRange(min=0),
    metavar="DAYS",
    default=30,
    show_default=True,
    help="Report waivers that expire within so many days.",
)
@LIMITS
@option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier report (-f json): what is new, known, changed, removed and cured since. The exit code stays.",
)
@REPLACEMENTS
@AS_OF
@MATTER
@option(
    "--notice-template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Counsel's own Word template for notice-docx; `provenance notice fields` lists what it may use.",
)
@option(
    "-f",
    "--format",
    "formats",
    type=NearChoice(FORMATS),
    metavar="FORMAT",
    multiple=True,
    help=f"What to write: {', '.join(FORMATS)}. Without -o one format, on standard output; with as many -o, they pair "
    "in order.",
)
@option(
    "-o",
    "--output",
    "outputs",
    type=click.Path(),
    multiple=True,
    help="Where to write. Alone its suffix says the format (.md, .docx and .pdf are the notice); a directory takes every "
    "format, and one that ends in a slash is made.",
)
@option(
    "--fail-on",
    type=NearChoice([level.value for level in FailOn]),
    default=FailOn.UNDETERMINED.value,
    show_default=True,
    help="The mildest verdict that makes the exit code 10 or 11.",
)
def command(
    inventories: tuple[Path, ...],
    policy: tuple[str, ...],
    evidence: tuple[Path, ...],
    documents: Path | None,
    schedule: Path | None,
    disclosed: Path | None,
    catalog: tuple[Path, ...],
    columns: Path | None,
    waivers: tuple[Path, ...],
    no_waivers: bool,
    expiring_within: int,
    limits: Limits,
    baseline: Path | None,
    replacements: tuple[Path, ...],
    as_of: str | None,
    matter: Path | None,
    notice_template: Path | None,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    fail_on: str,
) -> ExitCode:
    """Judge inventories against policies and write what does not conform.

    INVENTORIES are workbooks (xlsx, xlsm, xls, xlsb, ods), csv, tsv, parquet or json files, or folders of them. Without
    --policy, and without one in provenance.toml, the pack china-ofac judges.

    The exit code says what was found: 0 nothing, 10 something undetermined, 11 something non-conforming.
    """
    from provenance.beside import parties_in, read_matter
    from provenance.pipeline import audit
    from provenance.report.document import build_document
    from provenance.report.outputs import plan_outputs, takes_all, write_reports
    from provenance.report.terminal import show

    try:
        plan = plan_outputs(formats, outputs)
    except ReportError as error:
        raise click.UsageError(str(error)) from error
    written_to = [path for _, path in plan if path is not None]
    for output in written_to:
        read = (*inventories, *evidence, *waivers, *replacements, *([baseline] if baseline else []))
        if any(output.resolve() == given.resolve() for given in read):
            raise click.UsageError(f"{output} is an input; a report would overwrite it")
    known = read_matter(matter)
    with Progress() as progress:
        outcome = audit(
            taken(inventories, limits),
            policies=policy,
            evidence=evidence,
            documents=documents,
            schedule=schedule,
            disclosed=disclosed,
            catalogs=catalog,
            columns=columns,
            waivers=waivers,
            waive=not no_waivers,
            expiring_within=expiring_within,
            baseline=baseline,
            replacements=replacements,
            as_of=day_of(as_of),
            opening=opening_of(limits, progress),
            parties=parties_in(known),
            besides=[*written_to, *([matter] if matter is not None else [])],
            tell=progress.tell,
        )
        if len(written_to) == len(plan):
            progress.tell("writing reports")
        else:
            progress.stop()
        written = write_reports(outcome, known, plan, notice_template, spare=takes_all(formats, outputs))
    if len(written_to) == len(plan):
        # Standard output is free for pipes; whoever asked for files still wants to read what was found.
        show(build_document(outcome, known), sys.stderr)
    for reason in written.left_out:
        click.echo(f"left out {reason}", err=True)
    for path in written.files:
        click.echo(f"wrote {path}", err=True)
    return exit_code(outcome, FailOn(fail_on))

"""`provenance init`: files to start from."""

from __future__ import annotations

import re
from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import option
from provenance.cli.settings import FILE_NAME

_SETTINGS = """\
# Settings of provenance, found upwards from the working directory. Options and PROVENANCE_* variables override them.
# Paths count from this file's folder.

# Packs or clauses by name (`provenance rules list`), or YAML files. All of them judge.
policy = ["policy.yaml"]

# Evidence registers: one line per document.
# evidence = ["evidence.csv"]

# The folder that holds these documents, to look for each by its sha256.
# documents = "documents"

# What was contracted, and what the seller disclosed.
# schedule = "schedule.xlsx"
# disclosed = "disclosure.xlsx"

# Waivers, each with an owner and a last day.
waivers = ["waivers.yaml"]

# Folders with catalogues of your own, laid over the embedded one (`provenance catalog schema` says how to write one).
# catalog = ["catalog"]

# What only people know: parties, addresses, dates.
matter = "matter.yaml"

# The mildest verdict that fails a run: non-conforming, undetermined or never.
fail_on = "undetermined"
"""


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@option(
    "--policy",
    "base",
    of="init",
    default="china-ofac",
    show_default=True,
    help="The pack or clause to copy.",
)
def command(folder: Path, base: str) -> ExitCode:
    """Write provenance.toml, a policy to adapt, a matter and a waiver file into FOLDER. Nothing is overwritten.

    Example: provenance init matter-2026-17 --policy cleanspark-mineone
    """
    from provenance.policy.load import load_policy
    from provenance.policy.waivers.template import WAIVERS_TEMPLATE
    from provenance.policy.where import policy_files, rules_root
    from provenance.report.matter_file import MATTER_TEMPLATE

    load_policy(base)  # refuses an unknown name and suggests the near one
    original = policy_files(rules_root())[base].read_text("utf-8")

    texts = {
        FILE_NAME: _SETTINGS,
        "policy.yaml": re.sub(r"(?m)^id: .*$", "id: policy", original, count=1),
        "matter.yaml": MATTER_TEMPLATE,
        "waivers.yaml": WAIVERS_TEMPLATE,
    }
    there = [name for name in texts if (folder / name).exists()]
    if there:
        raise click.UsageError(f"{folder / there[0]} exists already; remove it or name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
        click.echo(f"wrote {folder / name}", err=True)
    return ExitCode.CLEAR

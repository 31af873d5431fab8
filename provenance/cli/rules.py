"""`provenance rules`: the packs and clauses that judge, as a lawyer reads them."""

from __future__ import annotations

from datetime import date

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import AS_OF, day_of


@click.group("rules")
def command() -> None:
    """List, show and check packs, clauses and lists."""


@command.command("list")
@AS_OF
def list_(as_of: str | None) -> ExitCode:
    """List the packs and clauses that can be named with --policy, and the lists of countries that they use."""
    from provenance.policy.list_files import list_ids
    from provenance.policy.list_status import show_status, status_of
    from provenance.policy.load import list_policies
    from provenance.policy.show import show_summaries

    day = day_of(as_of) or date.today()  # noqa: DTZ011
    lists = show_status(status_of(one, day) for one in list_ids())
    click.echo("\n".join((*show_summaries(list_policies()), "", "Lists", *lists)))
    return ExitCode.CLEAR


@command.command("show")
@click.argument("policy", metavar="NAME|FILE")
@AS_OF
def show(policy: str, as_of: str | None) -> ExitCode:
    """Print a policy as a lawyer reads it: the question, the lists, what clears, what condemns, what is left open.

    Example: provenance rules show china-ofac
    """
    from provenance.policy.load import load_policy
    from provenance.policy.show import show_policy

    click.echo("\n".join(show_policy(load_policy(policy), day_of(as_of) or date.today())))  # noqa: DTZ011
    return ExitCode.CLEAR


@command.command("check")
@AS_OF
def check(as_of: str | None) -> ExitCode:
    """Check every rule and list file: all faults at once, with file and line; run the examples of the rules."""
    from provenance.policy.check import check_rules
    from provenance.policy.examples import check_examples
    from provenance.policy.where import rules_root

    faults = check_rules(rules_root(), day_of(as_of) or date.today())  # noqa: DTZ011
    faults = faults or check_examples()
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults" if faults else "the rules are in order", err=True)
    return ExitCode.FAILED if faults else ExitCode.CLEAR

"""Which site a machine stands at, where a clause names its sites: aliases, and sheets that carry a site's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from provenance.inventory.table import Field, Table
from provenance.policy.policy import Policy
from provenance.policy.rule import Condition


def site_names(policies: Sequence[Policy]) -> dict[str, str]:
    """Return the names and aliases of the sites that clauses name, folded, with the name each stands for.

    A name that policies use for several sites, or that a condition of any of them tells from the name it would stand
    for, is left out: renaming may not put a machine out of a rule's scope.
    """
    found: dict[str, set[str]] = {}
    for policy in policies:
        for site in policy.clause.sites if policy.clause is not None else ():
            for name in (site.name, *site.aliases):
                found.setdefault(_folded(name), set()).add(site.name)
    tested = [frozenset(map(_folded, condition.values)) for condition in _conditions(policies)]
    return {
        name: min(sites)
        for name, sites in found.items()
        if len({_folded(site) for site in sites}) == 1
        and all((name in values) == (_folded(min(sites)) in values) for values in tested)
    }


def _conditions(policies: Iterable[Policy]) -> Iterator[Condition]:
    for policy in policies:
        for rule in policy.all_rules():
            yield from (
                condition
                for condition in rule.conditions()
                if isinstance(condition, Condition) and condition.field is Field.SITE
            )


def placed(tables: Sequence[Table], names: Mapping[str, str]) -> list[Table]:
    """Return tables whose rows carry the sites as the clauses name them.

    A site column keeps its own texts but for aliases; a table without one stands at the site whose name its sheet
    carries, and at none that is known otherwise.

    Args:
        tables: The tables of the inventories.
        names: From `site_names`.
    """
    return [_placed(table, names) for table in tables] if names else list(tables)


def _placed(table: Table, names: Mapping[str, str]) -> Table:
    if table.column(Field.SITE) is not None:
        return replace(table, scan=lambda: table.scan().with_columns(_renamed(names)))
    site = names.get(_folded(table.sheet or ""))
    if site is None:
        return table
    return replace(table, scan=lambda: table.scan().with_columns(site=pl.lit(site)))


def _renamed(names: Mapping[str, str]) -> pl.Expr:
    site = pl.col("site").cast(pl.String)
    folded = site.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    known = folded.replace_strict(
        pl.Series(list(names), dtype=pl.String),
        pl.Series(list(names.values()), dtype=pl.String),
        default=None,
        return_dtype=pl.String,
    )
    return pl.coalesce(known, site).alias("site")


def _folded(name: str) -> str:
    return " ".join(name.lower().split())

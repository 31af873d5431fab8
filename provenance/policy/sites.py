"""Which site a machine stands at, where a clause names its sites: aliases, and sheets that carry a site's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from provenance.inventory.table import Field, Table
from provenance.policy.rule import Policy


def site_names(policies: Sequence[Policy]) -> dict[str, str]:
    """Return the names and aliases of the sites that clauses name, folded, with the name each stands for."""
    return {
        _folded(name): site.name
        for policy in policies
        if policy.clause is not None
        for site in policy.clause.sites
        for name in (site.name, *site.aliases)
    }


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
    folded = site.str.to_lowercase()
    known = folded.replace_strict(
        pl.Series(list(names), dtype=pl.String),
        pl.Series(list(names.values()), dtype=pl.String),
        default=None,
        return_dtype=pl.String,
    )
    return pl.coalesce(known, site).alias("site")


def _folded(name: str) -> str:
    return " ".join(name.lower().split())

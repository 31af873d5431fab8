"""Where machines stand: aliases and sheet names, and names that would put a machine out of a rule's scope."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from provenance.inventory.table import Column, Field, Role, Table
from provenance.policy.load import load_policy
from provenance.policy.policy import Policy, SiteParticular
from provenance.policy.rule import Condition
from provenance.policy.sites import placed, site_names

CLAUSE = load_policy("cleanspark-mineone")
PACK = load_policy("china-ofac")


def clause(*sites: tuple[str, tuple[str, ...]]) -> Policy:
    assert CLAUSE.clause is not None
    named = tuple(SiteParticular(name, aliases, "") for name, aliases in sites)
    return replace(CLAUSE, clause=replace(CLAUSE.clause, sites=named), readings=())


def scoped(*values: str) -> Policy:
    rule = replace(PACK.rules[0], scope=(Condition(Field.SITE, values),))
    return replace(PACK, rules=(rule,), readings=())


def table(sheet: str | None, *sites: str | None) -> Table:
    frame = pl.LazyFrame({"row": [*range(2, 2 + max(1, len(sites)))]})
    columns: tuple[Column, ...] = ()
    if sites:
        frame = frame.with_columns(site=pl.Series(sites, dtype=pl.String))
        columns = (Column(0, "Site", Field.SITE, 1.0, ""),)
    return Table("a.xlsx", sheet, False, Role.INVENTORY, 1, 2, 9, columns, (), frozenset(), lambda: frame)


def sites_of(one: Table, names: dict[str, str]) -> list[str | None]:
    (moved,) = placed([one], names)
    return moved.scan().collect()["site"].to_list()


def test_aliases_stand_for_the_site_whatever_their_case_and_blanks():
    names = site_names([clause(("North Range", ("NR 1",)))])
    assert sites_of(table(None, "nr  1", "NORTH RANGE", "Campstool", None), names) == [
        "North Range", "North Range", "Campstool", None,
    ]  # fmt: skip


def test_a_table_without_a_site_column_stands_at_the_site_that_its_sheet_is_named_for():
    names = site_names([clause(("North Range", ()))])
    assert sites_of(table("north range"), names) == ["North Range"]
    (elsewhere,) = placed([table("Sheet1")], names)
    assert "site" not in elsewhere.scan().collect_schema()


def test_a_site_column_goes_before_the_name_of_the_sheet():
    names = site_names([clause(("North Range", ()))])
    assert sites_of(table("North Range", "Campstool", None), names) == ["Campstool", None]


def test_a_name_that_two_clauses_use_for_two_sites_is_left_as_written_in_either_order():
    one, other = clause(("North Range", ("NR",))), clause(("Northern Rail", ("NR",)))
    assert site_names([one, other]) == site_names([other, one])
    assert "nr" not in site_names([one, other])


def test_an_alias_is_not_renamed_where_a_rule_asks_for_it_and_not_for_the_site():
    assert "nr" in site_names([clause(("North Range", ("NR",))), scoped("NR", "North Range")])
    assert "nr" not in site_names([clause(("North Range", ("NR",))), scoped("NR")])


def test_policies_without_sites_change_no_table():
    one = table("North Range")
    assert placed([one], site_names([PACK])) == [one]

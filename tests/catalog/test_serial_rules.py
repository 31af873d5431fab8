"""The rules that serial schemes may name."""

from __future__ import annotations

from provenance.catalog.serial_rules import COUNTRY_GROUPS, DATE_GROUPS, CountryRule, DateRule


def test_every_rule_says_which_groups_it_reads() -> None:
    assert (set(DATE_GROUPS), set(COUNTRY_GROUPS)) == (set(DateRule), set(CountryRule))

"""Which rows count: repeated serials stay, one unit in several files counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece, Standing
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import SERIAL_REPEATED, SEVERAL_LISTINGS, CaseFacts
from provenance.origin.units import count_units, merge_facts, merge_listings


def machines(*rows: tuple[int, str | None, int]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "position": pl.Series(range(len(rows)), dtype=pl.UInt32),
            "file": pl.Series([row[0] for row in rows], dtype=pl.UInt32),
            "serial": pl.Series([row[1] for row in rows], dtype=pl.String),
            "quantity": pl.Series([row[2] for row in rows], dtype=pl.Int64),
        }
    )


def identity(maker: str | None) -> Identity:
    tier = Tier.EXACT if maker else Tier.NONE
    named = (maker,) if maker else ()
    return Identity(Kind.MACHINE, maker, maker, tier, None, None, Tier.NONE, None, (), named, "", ())


def facts(maker: str | None, *countries: str, delivered: date | None = None) -> CaseFacts:
    pieces = tuple(Piece(Facet.MANUFACTURE, Grade.DECLARED, frozenset({country})) for country in countries)
    span = Span.of(delivered) if delivered else None
    return CaseFacts(identity(maker), pieces, ((Field.DELIVERY_DATE, span),), ((Field.SITE, None),), ())


def test_a_serial_on_two_rows_of_one_file_is_repeated_and_both_count():
    units = count_units(machines((0, "A", 1), (0, "A", 1), (0, "B", 1), (0, None, 3)))
    assert units.repeated.to_list() == [True, True, False, False]
    assert units.counted.to_list() == [1, 1, 1, 3]


def test_one_serial_in_two_files_is_one_unit_counted_at_the_first():
    units = count_units(machines((0, "A", 1), (0, "B", 1), (1, "A", 1)))
    assert units.counted.to_list() == [1, 1, 0]
    assert units.listed_at.to_list() == [None, None, 0]
    assert units.repeated.to_list() == [False, False, False]
    assert units.listings == ((0, 2),)


def test_a_serial_in_two_files_with_a_quantity_above_one_is_repeated():
    units = count_units(machines((0, "A", 1), (1, "A", 10)))
    assert units.repeated.to_list() == [True, True]
    assert units.counted.to_list() == [1, 10]


def test_rows_without_a_serial_are_never_merged():
    assert count_units(machines((0, None, 1), (1, None, 1))).counted.to_list() == [1, 1]


def test_listings_of_one_unit_put_their_statements_side_by_side():
    merged = merge_listings([facts("bitmain", "MY"), facts("bitmain", "CN", delivered=date(2024, 8, 1))])
    assert {atom for piece in merged.pieces for atom in piece.atoms} == {"MY", "CN"}
    assert merged.flags == (SEVERAL_LISTINGS,)
    assert dict(merged.dates)[Field.DELIVERY_DATE] == Span.of(date(2024, 8, 1))


def test_listings_that_name_two_makers_leave_the_machine_to_either():
    merged = merge_listings([facts("microbt"), facts("bitmain")])
    assert (merged.identity.maker, merged.identity.makers) == (None, ("bitmain", "microbt"))


def test_listings_that_name_two_makers_are_cleared_by_nothing():
    merged = merge_listings([facts("microbt", "MY"), facts("bitmain", "MY")])
    assert [piece.standing for piece in merged.pieces] == [Standing.CONDEMN_ONLY]
    assert merged.flags == (SERIAL_REPEATED, SEVERAL_LISTINGS)


def test_a_scope_fact_on_which_listings_differ_is_unknown_and_a_date_lies_between():
    one = replace(facts("bitmain", delivered=date(2024, 8, 1)), scope=((Field.SITE, "north range"),))
    other = replace(facts("bitmain", delivered=date(2019, 8, 1)), scope=((Field.SITE, "campstool"),))
    merged = merge_listings([one, other])
    assert merged.scope == ((Field.SITE, None),)
    assert merged.dates == ((Field.DELIVERY_DATE, Span(date(2019, 8, 1), date(2024, 8, 1))),)


def test_of_merged_facts_that_differ_in_words_alone_one_is_kept_in_every_order():
    def told(words: str) -> CaseFacts:
        one = facts("bitmain", "MY")
        return replace(one, identity=replace(one.identity, decided_by=words))

    def kept(*listings: tuple[int, int]) -> list[str]:
        units = count_units(machines((0, "A", 1), (0, "B", 1), (1, "A", 1), (1, "B", 1)))
        case = pl.Series([0, 1, 0, 1], dtype=pl.UInt32)
        _, merged = merge_facts(case, [told("b"), told("a")], replace(units, listings=listings))
        return [one.identity.decided_by for one in merged[2:]]

    assert kept((0, 2), (1, 3)) == kept((1, 3), (0, 2)) == ["a"]

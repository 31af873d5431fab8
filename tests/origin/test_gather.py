"""From what a row says to the facts of a case: which pieces, how well they stand, and what plays no part."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.countries import resolve_country
from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece, Standing
from provenance.identify.identity import SerialReadings, Tier
from provenance.identify.resolve import Identifier
from provenance.inventory.table import Field
from provenance.origin.facts import ORIGIN_NOT_READ, SERIAL_REPEATED, CaseFacts, Wanted
from provenance.origin.gather import Declared, Gatherer
from provenance.origin.mentions import no_matches

NO_PAPERS = no_matches(0)
MADE = Wanted(frozenset({Facet.MANUFACTURE}))
SEATED = Wanted(frozenset({Facet.MAKER}), seats_on=(Field.DELIVERY_DATE,))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue()


@pytest.fixture(scope="module")
def identifier(catalogue: Catalogue) -> Identifier:
    return Identifier(catalogue)


@pytest.fixture(scope="module")
def gatherer(identifier: Identifier, catalogue: Catalogue) -> Gatherer:
    return Gatherer(identifier, catalogue)


def row(**values: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "maker": "Bitmain", "model": "Antminer S21", "category": None, "firmware": None, "mac": None,
        "late": False, "lead": None, "serial": SerialReadings(None, ()), "declared": Declared(None, unread=False), "grade": Grade.DECLARED,
        "manufactured": None, "documents": 0, "repeated": False, "several": False,
    }  # fmt: skip
    return plain | values


def says(text: str) -> Declared:
    return Declared.of(resolve_country(text))


def statements(facts: CaseFacts) -> list[Piece]:
    return [piece for piece in facts.pieces if piece.is_statement]


def of_scheme(identifier: Identifier, serial: str) -> SerialReadings:
    return identifier.read_stems(pl.Series([serial]))[serial]


def test_a_row_without_a_word_of_origin_states_nothing_and_shows_the_plants(gatherer):
    facts = gatherer.gather(row(), MADE, NO_PAPERS)
    assert statements(facts) == []
    assert [piece.grade for piece in facts.pieces] == [Grade.PLANTS]


@pytest.mark.parametrize("text", ["EU", "Korea", "CN/MY"])
def test_a_cell_that_leaves_several_countries_open_states_all_of_them(gatherer, text):
    (piece,) = statements(gatherer.gather(row(declared=says(text)), MADE, NO_PAPERS))
    assert (piece.grade, piece.atoms) == (Grade.DECLARED, resolve_country(text).atoms)


@pytest.mark.parametrize("text", ["not China", "China?", "=A1", "various", "MY (TBC)", "Asia"])
def test_a_cell_that_names_no_country_for_sure_states_nothing_and_is_flagged(gatherer, text):
    facts = gatherer.gather(row(declared=says(text)), MADE, NO_PAPERS)
    assert (statements(facts), facts.flags) == ([], (ORIGIN_NOT_READ,))


def test_a_copied_plate_of_a_repeated_serial_may_condemn_and_not_clear(gatherer):
    plate = row(declared=says("MY"), grade=Grade.NAMEPLATE, repeated=True)
    facts = gatherer.gather(plate, MADE, NO_PAPERS)
    assert [piece.standing for piece in statements(facts)] == [Standing.CONDEMN_ONLY]
    assert facts.flags == (SERIAL_REPEATED,)


def test_pieces_on_facets_that_no_rule_asks_for_are_left_out(gatherer):
    facts = gatherer.gather(row(declared=says("MY")), Wanted(frozenset({Facet.BOARDS})), NO_PAPERS)
    assert facts.pieces == ()


def seats(facts: CaseFacts) -> set[tuple[Grade, Standing]]:
    return {(piece.grade, piece.standing) for piece in facts.pieces if piece.facet is Facet.MAKER}


def test_the_seat_of_a_maker_known_by_a_fuzzy_match_is_shown_only(gatherer):
    facts = gatherer.gather(row(maker=None, model="Antmnier S21 200T"), SEATED, NO_PAPERS)
    assert facts.identity.maker_tier is Tier.FUZZY
    assert {standing for _, standing in seats(facts)} == {Standing.SHOWN_ONLY}


def test_the_seat_of_a_maker_whose_serial_speaks_of_another_clears_nothing(gatherer, identifier):
    alone = gatherer.gather(row(), SEATED, NO_PAPERS)
    assert Standing.FULL in {standing for _, standing in seats(alone)}
    shape = of_scheme(identifier, "HTMZZ50SVH230710Z0006C")
    other = gatherer.gather(row(serial=shape), SEATED, NO_PAPERS)
    assert other.identity.disagreements
    assert Standing.FULL not in {standing for _, standing in seats(other)}


@pytest.mark.parametrize(
    ("maker", "standing"), [("Dell", Standing.FULL), (None, Standing.FULL), ("Cisco", Standing.SHOWN_ONLY)]
)
def test_a_serial_code_of_one_makers_scheme_proves_nothing_of_a_machine_of_another(
    gatherer, identifier, maker, standing
):
    part = of_scheme(identifier, "CN0J7DDWWS20074S009IA00")
    facts = gatherer.gather(row(maker=maker, model=None, serial=part), MADE, NO_PAPERS)
    assert statements(facts) == [
        Piece(Facet.MANUFACTURE, Grade.SERIAL_CODE, frozenset({"CN"}), standing=standing)
    ]


def test_seats_are_those_of_the_days_on_which_rules_about_the_maker_test(gatherer, monkeypatch):
    asked: list[Span | None] = []

    def ask(_: object, on: Span | None, *_tier: Tier, **_doubted: bool) -> tuple[Piece, ...]:
        asked.append(on)
        return ()

    monkeypatch.setattr("provenance.origin.gather.seat_pieces", ask)
    early, late = Span.of(date(2019, 1, 1)), Span.of(date(2024, 1, 1))
    dated = row(**{"on contract_date": early, "on delivery_date": late})
    for seats_on in (
        (Field.DELIVERY_DATE,),
        (Field.CONTRACT_DATE, Field.DELIVERY_DATE),
        (None, Field.DELIVERY_DATE),
        (Field.PURCHASE_DATE,),
    ):
        gatherer.gather(dated, Wanted(frozenset({Facet.MAKER}), seats_on=seats_on), NO_PAPERS)
    assert asked == [late, Span(early.first, late.last), None, None]


def test_dates_and_scope_facts_stand_in_the_order_of_their_fields(gatherer):
    told = row(
        **{"on delivery_date": None, "on contract_date": None, "is site": "north range", "is order": None}
    )
    facts = gatherer.gather(told, MADE, NO_PAPERS)
    assert [field for field, _ in facts.dates] == [Field.CONTRACT_DATE, Field.DELIVERY_DATE]
    assert facts.scope == ((Field.ORDER, None), (Field.SITE, "north range"))

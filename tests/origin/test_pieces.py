"""What a document, a serial, a seat and a list of plants are worth as evidence on one machine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from provenance.catalog.records import PartKind, Seat
from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece, Standing
from provenance.identify.identity import SerialReading, Tier
from provenance.origin.facts import LOT_NOT_COVERED, SERIAL_ON_QUANTITY, SERIAL_REPEATED
from provenance.origin.mentions import Worth
from provenance.origin.pieces import document_pieces, overlaps, seat_pieces, serial_pieces


def worth(standing: Standing = Standing.FULL, *, by_serial: bool = True, covered: bool = True) -> Worth:
    piece = Piece(Facet.MANUFACTURE, Grade.CERTIFICATE, frozenset({"MY"}), standing=standing)
    return Worth(piece, by_serial, covered)


LOT = worth(by_serial=False)
SHORT = worth(Standing.SHOWN_ONLY, by_serial=False, covered=False)


@pytest.mark.parametrize(
    ("document", "flags", "standing"),
    [
        (worth(), (), Standing.FULL),
        (worth(), (SERIAL_REPEATED,), Standing.CONDEMN_ONLY),
        (worth(), (SERIAL_ON_QUANTITY,), Standing.SHOWN_ONLY),
        (worth(), (SERIAL_ON_QUANTITY, SERIAL_REPEATED), Standing.SHOWN_ONLY),
        (worth(Standing.CONDEMN_ONLY), (), Standing.CONDEMN_ONLY),
        (LOT, (), Standing.FULL),
        (SHORT, (), Standing.SHOWN_ONLY),
        (LOT, (SERIAL_REPEATED,), Standing.CONDEMN_ONLY),
        (LOT, (SERIAL_ON_QUANTITY,), Standing.CONDEMN_ONLY),
        (SHORT, (SERIAL_REPEATED,), Standing.SHOWN_ONLY),
    ],
)
def test_a_document_stands_as_well_as_its_serial_its_quantity_and_its_doubts_allow(document, flags, standing):
    pieces, more = document_pieces([document], flags)
    assert pieces == (Piece(Facet.MANUFACTURE, Grade.CERTIFICATE, frozenset({"MY"}), standing=standing),)
    assert more == (() if document.covered else (LOT_NOT_COVERED,))


def reading(**values: Any) -> SerialReading:
    plain: dict[str, Any] = {
        "scheme": "s", "maker": "dell", "part": PartKind.MACHINE, "placeholder": False, "made": None,
        "country": "CN", "verified": True,
    }  # fmt: skip
    return SerialReading(**(plain | values))


@pytest.mark.parametrize(
    ("serial", "flags", "tier", "standing"),
    [
        (reading(), (), Tier.EXACT, Standing.FULL),
        (reading(), (), Tier.NONE, Standing.FULL),
        (reading(verified=False), (), Tier.EXACT, Standing.SHOWN_ONLY),
        (reading(), (), Tier.FUZZY, Standing.SHOWN_ONLY),
        (reading(), (SERIAL_REPEATED,), Tier.EXACT, Standing.CONDEMN_ONLY),
        (reading(), (SERIAL_ON_QUANTITY,), Tier.EXACT, Standing.SHOWN_ONLY),
    ],
)
def test_a_code_in_a_serial_proves_something_only_of_the_one_unit_whose_maker_is_known(
    serial, flags, tier, standing
):
    ((piece),) = serial_pieces(serial, flags, tier)
    assert (piece.grade, piece.standing) == (Grade.SERIAL_CODE, standing)


def test_a_board_scheme_speaks_of_the_boards():
    assert serial_pieces(reading(part=PartKind.HASHBOARD), (), Tier.EXACT)[0].facet is Facet.BOARDS


@pytest.mark.parametrize("serial", [None, reading(country=None), reading(placeholder=True)])
def test_a_serial_without_a_code_states_nothing(serial):
    assert serial_pieces(serial, (), Tier.EXACT) == ()


def seat(country: str, grade: Grade = Grade.REGISTER, **dates: date) -> Seat:
    return Seat(Facet.MAKER, country, grade, dates.get("first"), dates.get("last"), "source")


def test_two_seats_within_the_interval_leave_both_open():
    seats = [seat("CN", last=date(2020, 1, 1)), seat("SG", first=date(2020, 1, 2))]
    (moved,) = seat_pieces(seats, Span(date(2019, 1, 1), date(2021, 1, 1)), Tier.EXACT)
    assert moved.atoms == frozenset({"CN", "SG"})
    (later,) = seat_pieces(seats, Span.of(date(2024, 1, 1)), Tier.EXACT)
    assert later.atoms == frozenset({"SG"})


@pytest.mark.parametrize(
    ("grade", "tier", "doubted", "standing"),
    [
        (Grade.REGISTER, Tier.EXACT, False, Standing.FULL),
        (Grade.PUBLISHED, Tier.GRAMMAR, False, Standing.FULL),
        (Grade.PUBLISHED, Tier.GRAMMAR, True, Standing.CONDEMN_ONLY),
        (Grade.REGISTER, Tier.FUZZY, False, Standing.SHOWN_ONLY),
        (Grade.UNSOURCED, Tier.EXACT, False, Standing.SHOWN_ONLY),
        (Grade.REGISTRY_ADDRESS, Tier.EXACT, True, Standing.SHOWN_ONLY),
    ],
)
def test_a_seat_proves_as_much_as_its_source_and_the_makers_name(grade, tier, doubted, standing):
    (piece,) = seat_pieces([seat("CN", grade)], None, tier, doubted=doubted)
    assert piece.standing is standing


def test_unknown_ends_and_no_interval_leave_a_dated_fact_open():
    day = Span.of(date(2024, 1, 1))
    assert overlaps(None, None, day)
    assert overlaps(date(2025, 1, 1), None, None)
    assert not overlaps(date(2025, 1, 1), None, day)
    assert not overlaps(None, date(2023, 12, 31), day)

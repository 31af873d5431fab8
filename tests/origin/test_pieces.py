"""What a document, a serial, a seat and a list of plants are worth as evidence on one machine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from provenance.catalog.records import PartKind, Seat
from provenance.dates import Span
from provenance.evidence import Facet, FindingStatus, Grade, Piece, Standing, StatedBy
from provenance.identify.identity import SerialReading, Tier
from provenance.origin.facts import LOT_NOT_COVERED, SERIAL_ON_QUANTITY, SERIAL_REPEATED
from provenance.origin.pieces import document_pieces, overlaps, seat_pieces, serial_pieces
from provenance.origin.register import RegisterLine


def line(*serials: str, **values: Any) -> RegisterLine:
    plain: dict[str, Any] = {"kind": Grade.CERTIFICATE, "country": "MY", "atoms": frozenset({"MY"})}
    named: dict[str, Any] = {"issuer_role": StatedBy.CHAMBER, "serials": serials}
    return RegisterLine("evidence.csv", 2, "C1", **(plain | named | values))


@pytest.mark.parametrize(
    ("document", "covers_all", "flags", "standing"),
    [
        (line("A1"), True, (), Standing.FULL),
        (line("A1"), True, (SERIAL_REPEATED,), Standing.CONDEMN_ONLY),
        (line("A1"), True, (SERIAL_ON_QUANTITY,), Standing.SHOWN_ONLY),
        (line("A1"), True, (SERIAL_ON_QUANTITY, SERIAL_REPEATED), Standing.SHOWN_ONLY),
        (line("A1", doubts=("which?",)), True, (), Standing.CONDEMN_ONLY),
        (line(batch="B1"), True, (), Standing.FULL),
        (line(batch="B1"), False, (), Standing.SHOWN_ONLY),
        (line(batch="B1"), True, (SERIAL_REPEATED,), Standing.CONDEMN_ONLY),
        (line(batch="B1"), True, (SERIAL_ON_QUANTITY,), Standing.CONDEMN_ONLY),
        (line(batch="B1"), False, (SERIAL_REPEATED,), Standing.SHOWN_ONLY),
    ],
)
def test_a_document_stands_as_well_as_its_serial_its_quantity_and_its_doubts_allow(
    document, covers_all, flags, standing
):
    pieces, more = document_pieces([(document, covers_all)], flags)
    assert pieces == (Piece(Facet.MANUFACTURE, Grade.CERTIFICATE, frozenset({"MY"}), standing=standing),)
    assert more == ((LOT_NOT_COVERED,) if not covers_all else ())


def test_a_finding_keeps_its_status():
    notice = line("A1", kind=Grade.FINDING, status=FindingStatus.ALLEGED)
    ((piece,), _) = document_pieces([(notice, True)], ())
    assert piece.open_finding


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

"""Which machines a line of the register speaks of: by serial or by lot, and when it may be allocated to none."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from provenance.catalog.database import open_catalogue
from provenance.evidence import Grade, StatedBy
from provenance.identify.resolve import Identifier
from provenance.origin.match import Named, match_documents
from provenance.origin.register import RegisterLine
from provenance.origin.register_lines import RegisterLines

JULY = date(2024, 7, 1)
TYPES = {
    "position": pl.UInt32, "serial": pl.String, "maker": pl.String, "model": pl.String, "batch": pl.String,
    "order": pl.String, "delivery_date": pl.Date, "counted": pl.Int64,
}  # fmt: skip


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier(open_catalogue())


def unit(serial: str | None = None, **values: Any) -> dict[str, Any]:
    plain = {"maker": "Bitmain", "model": "Antminer S21", "batch": None, "order": None, "counted": 1}
    return plain | {"serial": serial, "delivery_date": None} | values


def line(*serials: str, **values: Any) -> RegisterLine:
    plain: dict[str, Any] = {"kind": Grade.CERTIFICATE, "country": "MY", "atoms": frozenset({"MY"})}
    named: dict[str, Any] = {"issuer_role": StatedBy.CHAMBER, "serials": serials}
    return RegisterLine("evidence.csv", 2, "C1", **(plain | named | values))


def match(identifier: Identifier, units: list[dict[str, Any]], *lines: RegisterLine) -> Named:
    return match_documents(frame(units), RegisterLines.of(lines), identifier)


def frame(units: list[dict[str, Any]]) -> pl.DataFrame:
    rows = [{"position": position, **one} for position, one in enumerate(units)]
    return pl.DataFrame(rows, schema=TYPES)


def named(found: Named, machines: int) -> list[tuple[int, ...]]:
    """The lines that name each machine."""
    return [tuple(found.hits.filter(position=at)["line"]) for at in range(machines)]


def test_a_line_with_serials_names_these_and_no_others(identifier):
    found = match(identifier, [unit("A1"), unit("A2"), unit()], line("A2", "A3"))
    assert named(found, 3) == [(), (0,), ()]
    assert (found.units, found.covers_all, found.serials_found) == ((1,), (True,), (1,))


def test_a_lot_is_known_by_its_text_whatever_the_case_and_the_blanks_around_it(identifier):
    found = match(
        identifier, [unit(batch=" b1 "), unit(batch="B1"), unit(batch="B-1"), unit()], line(batch="B1")
    )
    assert named(found, 4) == [(0,), (0,), (), ()]


def test_a_lot_is_covered_from_the_quantity_of_all_its_units_on(identifier):
    lot = [unit(batch="B1", counted=3), unit("A1", batch="B1")]
    lines = [line(batch="B1", quantity=quantity) for quantity in (3, 4, 5, None)]
    assert match(identifier, lot, *lines).covers_all == (False, True, True, False)


def test_all_that_a_line_says_of_a_lot_must_hold(identifier):
    lot = [unit(batch="B1", order="P1"), unit(batch="B1", order="P2"), unit(batch="B2", order="P1")]
    assert named(match(identifier, lot, line(batch="B1", order="P1")), 3) == [(0,), (), ()]


def test_a_unit_that_another_file_counts_still_counts_in_the_lot_that_only_this_file_knows(identifier):
    """One file lists A1 without its batch and counts it; the other puts it into the batch."""
    fleet = [unit("A1"), unit("A1", batch="B1", counted=0), unit("A2", batch="B1")]
    found = match(identifier, fleet, line(batch="B1", quantity=1))
    assert (found.units, found.covers_all) == ((2,), (False,))


def test_a_document_on_one_listing_of_a_unit_names_all_its_listings(identifier):
    fleet = [unit("A1"), unit("A1", batch="B1", counted=0)]
    found = match(identifier, fleet, line(batch="B1", quantity=1))
    assert (named(found, 2), found.units) == ([(0,), (0,)], (1,))


def test_a_lot_text_that_machines_of_two_makers_carry_says_nothing_without_a_model(identifier):
    fleet = [unit(batch="1"), unit(maker="MicroBT", model="Whatsminer M50", batch="1")]
    found = match(
        identifier, fleet, line(batch="1", quantity=9), line(batch="1", model="Antminer S21", quantity=9)
    )
    assert found.covers_all == (False, True)
    assert found.shortfalls[0] == (
        "its batch stands on machines of Bitmain Technologies and MicroBT (Shenzhen "
        "MicroBT Electronics Technology Co., Ltd.): which are meant?"
    )
    assert named(found, 2) == [(0, 1), (0,)]


def test_models_meet_as_models_and_not_as_texts(identifier):
    fleet = [
        unit(model="ANTMINER S21 200TH"),
        unit(model="Antminer S21 Pro"),
        unit(maker="MicroBT", model="M50"),
    ]
    assert named(match(identifier, fleet, line(model="S21", quantity=1)), 3) == [(0,), (), ()]


def test_a_fuzzy_model_gets_no_document_and_counts_against_its_quantity(identifier):
    fleet = [unit(), unit(maker=None, model="Antmnier S21 200T")]
    found = match(identifier, fleet, line(model="Antminer S21", quantity=1))
    assert named(found, 2) == [(0,), ()]
    assert (found.units, found.covers_all) == ((2,), (False,))


def test_an_undated_machine_gets_no_document_of_a_period_and_counts_against_its_quantity(identifier):
    fleet = [unit(delivery_date=JULY), unit(), unit(delivery_date=date(2023, 7, 1))]
    period = {"delivered_from": JULY, "delivered_to": date(2024, 7, 31), "model": "Antminer S21"}
    found = match(identifier, fleet, line(quantity=1, **period), line(quantity=2, **period))
    assert named(found, 3) == [(0, 1), (), ()]
    assert (found.units, found.covers_all) == ((2, 2), (False, True))


def test_no_quantity_covers_a_lot_with_a_row_whose_quantity_cannot_be_read(identifier):
    machines = pl.DataFrame([{"position": 0, **unit(batch="B1")}], schema=TYPES)
    rejected = pl.DataFrame([{"position": 0, **unit(batch="b1")}], schema=TYPES)
    lines = [line(batch="B1", quantity=9), line(batch="B2", quantity=9), line("A1")]
    found = match_documents(machines, RegisterLines.of(lines), identifier, rejected)
    assert found.covers_all == (False, True, True)
    assert (
        found.shortfalls[0]
        == "1 rows that it could mean have no quantity that can be read: allocated to none"
    )


def test_the_serials_found_count_once_however_many_rows_carry_them(identifier):
    found = match(identifier, [unit("A1"), unit("A1"), unit("A3", counted=4)], line("A1", "A2", "A3"))
    assert (found.serials_found, found.units) == ((2,), (6,))


def test_the_order_of_machines_changes_nothing(identifier):
    fleet = [
        unit("A1"), unit("A1", batch="B1", counted=0), unit("A2", batch="B1"), unit(batch="B2"), unit("A3"),
    ]  # fmt: skip
    lines = [line("A3"), line(batch="B1", quantity=2), line(batch="B2", quantity=1)]
    straight, back = match(identifier, fleet, *lines), match(identifier, fleet[::-1], *lines)
    assert named(straight, 5) == named(back, 5)[::-1]
    assert (straight.units, straight.covers_all) == (back.units, back.covers_all)

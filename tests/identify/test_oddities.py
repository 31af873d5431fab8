"""What is odd about a serial number is named and asked about; it accuses nobody."""

from __future__ import annotations

import polars as pl
import pytest

from provenance.catalog.database import Catalogue
from provenance.identify.oddities import Oddity, oddities_of, oddities_on
from provenance.identify.resolve import Identifier
from provenance.identify.serials import stem


@pytest.mark.parametrize(
    ("serial", "odd"),
    [
        ("1.23E+15", (Oddity.SCIENTIFIC,)),
        ("1,23E15", (Oddity.SCIENTIFIC,)),
        ("7E+09", (Oddity.SCIENTIFIC,)),
        ("17", (Oddity.RUNNING_NUMBER,)),
        ("00042", (Oddity.RUNNING_NUMBER,)),
        ("123456", ()),
        ("ZZAAATUBDJAAI00A5", ()),
        ("E15", ()),
    ],
)
def test_damage_by_spreadsheets_and_row_numbers_are_named(serial: str, odd: tuple[Oddity, ...]):
    assert oddities_of(serial) == odd


@pytest.mark.parametrize("serial", ["1.23E+15", "7E+09", "17", "123456", "ZZAAATUBDJAAI00A5"])
def test_the_stem_of_a_serial_is_as_odd_as_the_serial(serial: str, identifier: Identifier):
    stems = pl.Series([stem(serial)])
    found = identifier.read_stems(stems).get(stem(serial))
    assert (found.oddities if found is not None else ()) == oddities_of(serial)


def test_a_number_in_scientific_notation_tells_no_units_apart(identifier: Identifier):
    found = identifier.read_stems(pl.Series([stem("1.23E+15")]))
    assert [reading.tells_units_apart for reading in found.values()] == [False]


def test_a_number_that_fits_with_zeros_in_front_has_lost_them(identifier: Identifier):
    whole, short = "041812345678", "41812345678"
    found = identifier.read_stems(pl.Series([stem(whole), stem(short)]))
    assert "ubiquiti" not in found[stem(whole)].zeros_lost
    assert "ubiquiti" in found[stem(short)].zeros_lost


@pytest.mark.parametrize(
    ("model", "serial", "odd"),
    [
        ("Antminer S21", "ZZAAATUBDJAAI00A5", ()),
        ("Antminer S21 XP", "ZZAAATUAIJEAB00A5", (Oddity.BEFORE_THE_MODEL,)),
        ("Whatsminer M50S", "ZZAAATUBDJAAI00A5", (Oddity.OTHER_MAKER,)),
        ("Dell PowerEdge R740", "CN0J7DDWWS20074S009IA00", (Oddity.OF_A_PART,)),
        ("Antminer S19", None, ()),
    ],
)
def test_a_serial_is_held_against_what_the_machine_is(
    model: str, serial: str | None, odd: tuple[Oddity, ...], identifier: Identifier, catalogue: Catalogue
):
    text = identifier.read_text(None, model)
    reading = identifier.read_serial(serial, text.maker)
    identity = identifier.combine(text, reading)
    known = catalogue.model(identity.model) if identity.model is not None else None
    assert oddities_on(identity, reading, known) == odd

"""Serial numbers: dates and countries by documented schemes, nothing by shapes that are not peculiar to a maker."""

from __future__ import annotations

import string
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.catalog.database import Catalogue
from provenance.catalog.records import Confidence, PartKind, SerialScheme
from provenance.dates import Span
from provenance.errors import IdentifyError
from provenance.identify.identity import SerialReadings
from provenance.identify.resolve import Identifier
from provenance.identify.serials import SerialReader, split_expr, stem, stem_tail

SAMPLES = (
    "SMTTATUBDJAAI00A5",
    "SMTTYRHBDJAAI019D",
    "JYZZF1UBDJHJE01W0",
    "THQGFKUBDJIAH0E9G",
    "YNAHEAUBCJCBA03GL",
    "NGSBYI3BBJEAJ8194",
    "OLTT335BCAJBE3545",
    "DGAH335BDJDJG0782",
    "BKM3CSE1404807K42757",
    "HEM1EP9C400929K60003",
    "BTM3CS40HD24083100000000000000000",
    "QAHB01230908001X",
    "13HY245156N000581H11JB52",
    "KR06GD9C00K006BQ0013",
    "KR-06GD9C-00K00-6BQ-0013-A01",
    "FOC2639R2H0",
    "SAD08300D4W",
    "CZJ1234ABC",
    "2M21234ABC",
    "USA01400BC",
    "2102350RXE10G8000002",
    "DS-7608NI-E2/8P0820160211AAWR123456789WCVU",
    "0CA56518ACBA4A66BB799C17DB536063",
    "0000000000000000",
    "00000000",
    "FCECDA47BF8A",
    "0201000046D3803B",
    "S127200252001850",
    "AU23200006",
    "A",
    "AB",
    "1234567",
)
SHAPES = (
    "AAAA0A0AAJAAJA0000",
    "LLLL######@@@@",
    "LLL####@@@@",
    "LL#A####@@",
    "HHHHHHHHHHHH",
    "################",
)


@pytest.mark.parametrize(
    ("serial", "made"),
    [
        ("SMTTATUBDJAAI00A5", date(2024, 1, 19)),
        ("SMTTYRHBDJAAI019D", date(2024, 1, 19)),
        ("JYZZF1UBDJHJE01W0", date(2024, 8, 5)),
        ("THQGFKUBDJIAH0E9G", date(2024, 9, 18)),
        ("YNAHEAUBCJCBA03GL", date(2023, 3, 21)),
        ("NGSBYI3BBJEAJ8194", date(2022, 5, 10)),
        ("HQDZYN3BAJGJF0WNW", date(2021, 7, 6)),
        ("OLTT335BCAJBE3545", date(2023, 10, 25)),
        ("DGAH335BDJDJG0782", date(2024, 4, 7)),
    ],
)
def test_an_antminer_serial_dates_the_unit_in_letters_and_names_no_country(
    serial: str, made: date, identifier: Identifier
):
    found = identifier.read_serial(serial.lower())
    assert found is not None
    assert (found.maker, found.made, found.country, found.verified) == ("bitmain", Span.of(made), None, False)


def test_boards_and_power_supplies_are_told_from_machines(identifier: Identifier):
    parts = [
        identifier.read_serial(serial).part
        for serial in ("SMTTATUBDJAAI00A5", "SMTTYRHBDJAAI019D", "DGAH335BDJDJG0782")
    ]
    assert parts == [PartKind.MACHINE, PartKind.HASHBOARD, PartKind.PSU]


def test_a_date_that_does_not_exist_is_no_match(identifier: Identifier):
    assert identifier.read_serial("SMTTATUBDJBCJ00A5") is None  # 30 February
    assert identifier.read_serial("QAHB01231308001X") is None  # a thirteenth month


def test_a_year_digit_leaves_the_decade_open(identifier: Identifier):
    found = identifier.read_serial("BKM3CSE1404807K42757")
    assert found.made == Span(date(2014, 8, 7), date(2024, 8, 7))


def test_a_dell_ppid_names_the_country_of_the_part_as_dell_documents_it(identifier: Identifier):
    found = identifier.read_serial("KR06GD9C00K006BQ0013")
    assert (found.maker, found.country, found.part, found.verified) == ("dell", "KR", PartKind.OTHER, True)


def test_shapes_that_many_makers_use_say_nothing_without_the_maker(identifier: Identifier):
    for serial in ("FOC2639R2H0", "CNA1014BCD", "2102350RXE10G8000002", "FCECDA47BF8A"):
        assert identifier.read_serial(serial) is None


@pytest.mark.parametrize(
    ("serial", "maker", "country"),
    [
        ("FOC2639R2H0", "cisco", "CN"),
        ("FAA2639R2H0", "cisco", "US"),
        ("SAD08300D4W", "cisco", None),
        ("CZJ1234ABC", "hpe", "CZ"),
        ("2M21234ABC", "hpe", None),
        ("FOC2639R2H0", "juniper", None),
    ],
)
def test_a_known_maker_has_its_own_location_codes_read_and_no_others(
    serial: str, maker: str, country: str | None, identifier: Identifier
):
    found = identifier.read_serial(serial, maker)
    assert (found.country if found is not None else None) == country


def test_a_calendar_week_covers_every_way_of_counting_weeks(identifier: Identifier):
    found = identifier.read_serial("SAD08300D4W", "cisco")
    assert found.made.first <= date(2004, 7, 19)
    assert date(2004, 7, 28) <= found.made.last


def test_a_huawei_serial_dates_the_month_and_names_no_country(identifier: Identifier):
    found = identifier.read_serial("2102350RXE10G8000002", "huawei")
    assert (found.made, found.country) == (Span(date(2016, 8, 1), date(2016, 8, 31)), None)


def test_the_sales_region_of_hikvision_is_no_country(identifier: Identifier):
    found = identifier.read_serial("DS-7608NI-E2/8P0820160211AAWR123456789WCVU")
    assert (found.maker, found.made, found.country) == ("hikvision", Span.of(date(2016, 2, 11)), None)


@pytest.mark.parametrize("serial", ["0ca56518acba4a66bb799c17db536063", "0000000000000000"])
def test_what_firmware_shows_in_place_of_a_serial_is_a_placeholder(serial: str, identifier: Identifier):
    found = identifier.read_serial(serial)
    assert (found.placeholder, found.maker, found.made) == (True, None, None)


@pytest.mark.parametrize("serial", ["", "  ", "X", "n/a", "A" * 5000])
def test_what_is_no_serial_says_nothing(serial: str, identifier: Identifier):
    assert identifier.read_serial(serial) is None


def alike(identifier: Identifier, catalogue: Catalogue, serial: str) -> None:
    readings = identifier.read_stems(pl.Series([stem(serial)])).get(stem(serial), SerialReadings(None, ()))
    for maker in (None, *sorted({scheme.maker for scheme in catalogue.serial_schemes()})):
        assert readings.of(maker) == identifier.read_serial(serial, maker)


@pytest.mark.parametrize("serial", SAMPLES)
def test_a_stem_is_read_as_its_serial(serial: str, identifier: Identifier, catalogue: Catalogue):
    alike(identifier, catalogue, serial)


@given(serial=st.text(alphabet=string.digits + string.ascii_uppercase + "-", max_size=24))
@settings(max_examples=200)
def test_a_stem_is_read_as_its_serial_whatever_the_serial(
    serial: str, identifier: Identifier, catalogue: Catalogue
):
    alike(identifier, catalogue, serial)


@given(
    sample=st.sampled_from(SAMPLES),
    tail=st.text(alphabet=string.digits + string.ascii_uppercase, min_size=1, max_size=4),
)
@settings(max_examples=300)
def test_a_stem_is_read_as_its_serial_whatever_the_running_number(
    sample: str, tail: str, identifier: Identifier, catalogue: Catalogue
):
    alike(identifier, catalogue, sample[: -len(tail)] + tail)


@given(
    st.lists(
        st.none() | st.text(alphabet=string.digits + string.ascii_uppercase + "-", max_size=20), max_size=20
    )
)
@settings(max_examples=50)
def test_the_parts_of_a_serial_give_its_stem(serials: list[str | None]):
    frame = pl.DataFrame({"serial": pl.Series(serials, dtype=pl.String)})
    expected = [None if serial is None else stem(serial) for serial in serials]
    head, tail = split_expr("serial")
    parts = frame.select(head=head, tail=tail).rows()
    assert [None if head is None else head + stem_tail(tail) for head, tail in parts] == expected


def test_a_fleet_has_few_stems():
    digits = string.digits + string.ascii_uppercase
    running = [a + b + c for a in digits for b in digits for c in digits]
    stems = {stem(f"SMTTATUBDJAAI{number}0") for number in running}
    assert len(stems) < len(running) / 5


def test_a_faulty_pattern_of_a_catalogue_is_reported_with_its_scheme():
    scheme = SerialScheme(
        "bad", "acme", PartKind.MACHINE, "bad", "(", None, None, (), False, True, Confidence.LOW, ()
    )
    with pytest.raises(IdentifyError, match="catalogue:bad"):
        SerialReader([scheme]).read("ABC")


def test_two_makers_whose_shapes_both_fit_leave_the_serial_unread():
    def scheme(name: str, maker: str) -> SerialScheme:
        return SerialScheme(
            name, maker, PartKind.MACHINE, name, "^[A-Z]{4}$", None, None, (), False, True, Confidence.LOW, ()
        )

    reader = SerialReader([scheme("one", "a"), scheme("two", "b")])
    assert reader.read("ABCD") is None
    assert reader.read("ABCD", "b").scheme == "two"

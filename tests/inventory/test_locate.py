"""Where a table stands on a sheet."""

import pytest

from provenance.inventory.grid import frame_sheet
from provenance.inventory.regions import find_regions

_HEADER = ["Model", "Serial Number", "Quantity"]
_DATA = [["Antminer S21", f"SN{number:05d}", "1"] for number in range(12)]


def _region(rows):
    (region,) = find_regions(frame_sheet(None, rows))
    return region


@pytest.mark.parametrize("above", [0, 1, 5, 26, 40])
def test_the_header_is_found_below_titles_and_blank_rows(above):
    titles = [
        ["Fleet list of the northern site"],
        [],
        ["Date", "2024-06-04"],
        ["as agreed between the parties, see the annex for details of it"],
    ]
    rows = [*(titles[at % 4] for at in range(above)), _HEADER, *_DATA]

    region = _region(rows)

    assert (above + 1, above + 2, tuple(_HEADER)) == (region.header_row, region.first_row, region.headers)


def test_a_title_of_one_known_word_is_not_the_header():
    assert _region([["Equipment"], _HEADER, *_DATA]).header_row == 2


def test_without_a_header_the_table_begins_at_its_first_row():
    region = _region([[], *_DATA])

    assert (region.header_row, region.first_row) == (None, 2)


def test_unknown_headers_above_figures_are_headers():
    rows = [["Zeta", "Kappa", "Lambda"], ["x", "17", "3.5"], ["y", "21", "4.5"]]

    assert _region(rows).header_row == 1


def test_a_header_in_two_rows_is_joined_where_the_upper_one_spans():
    from dataclasses import replace

    rows = [
        ["Device", "", "Serial"],
        ["Maker", "Model", ""],
        ["Dell", "R740", "AB12345"],
        ["HPE", "DL360", "AB12346"],
    ]
    sheet = replace(frame_sheet("a", rows), merged=((1, 0, 1, 1), (1, 2, 2, 2)))

    (region,) = find_regions(sheet)

    assert region.first_row == 3
    assert tuple(header.split("\n")[-1] for header in region.headers) == ("Maker", "Model", "Serial")


def test_the_titles_above_are_kept():
    assert _region([["SYNTHETIC sample"], _HEADER, *_DATA]).titles == ("SYNTHETIC sample",)


def test_a_row_of_data_with_known_words_is_no_header():
    rows = [
        [f"{number:03d}", kind, f"{place} {number % 7}", "HP", "Mike", str(number * 37), "Linux", "amd"]
        for number, (kind, place) in enumerate([("Laptop", "Law"), ("Server", "Room")] * 10)
    ]
    rows[12][2] = "Data Center"

    region = _region(rows)

    assert (region.header_row, region.first_row) == (None, 1)

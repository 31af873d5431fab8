"""The table of names: what is looked up in it is found, and nothing else."""

from __future__ import annotations

from provenance.countries.names import resolve_country
from provenance.countries.table import _named, _table


def _lines() -> list[bytes]:
    return _table().splitlines()


def test_the_lines_stand_in_the_order_in_which_they_are_searched():
    assert _lines() == sorted(_lines())


def test_every_key_is_found():
    keys = [line.split(b"\t")[0].decode() for line in _lines()]
    assert [key for key in keys if _named(key) is None] == []


def test_what_a_key_begins_with_or_goes_on_to_is_no_key():
    assert [_named(key) for key in ("", "chin", "chinaa", "\ud800", "￿")] == [None] * 5


def test_the_first_and_the_last_line_are_found():
    assert [_named(line.split(b"\t")[0].decode()) is not None for line in (_lines()[0], _lines()[-1])] == [
        True,
        True,
    ]


def test_half_a_letter_is_no_country():
    assert resolve_country("\ud800").countries == ()

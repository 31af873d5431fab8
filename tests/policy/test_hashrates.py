"""The hashrate of a case: what rows state, the rating where they state none, each within its algorithm."""

from __future__ import annotations

import pytest

from provenance.catalog.records import Confidence, Model
from provenance.origin.hashrate import HashTally
from provenance.origin.scan import Tally
from provenance.policy.hashrates import Hashrate, added, hashrate_of

TERA = 10**12


def model(*bins: str, algorithm: str | None = "SHA-256") -> Model:
    return Model("m", "maker", "M", (), (), bins, algorithm, Confidence.HIGH, ())


def rows(text: str, units: int) -> Tally:
    return Tally(0, "", text, "", units, units)


def test_what_rows_state_goes_before_the_rating():
    stated = [HashTally(0, "h", 2, 400 * TERA, "M 200T")]
    assert hashrate_of(stated, [rows("M 200T", 2)], model("200T")) == (
        Hashrate("SHA-256", "h", 400 * TERA, 2, 0, 0),
    )


def test_rows_that_state_nothing_take_the_rating_that_their_text_names():
    told = [rows("M 200T", 2), rows("M 188 TH/s", 1), rows("M", 4)]
    assert hashrate_of([], told, model("188T", "200T")) == (Hashrate("SHA-256", "h", 0, 0, 588 * TERA, 3),)


def test_a_model_of_one_rating_lends_it_to_every_unit_without_one():
    stated = [HashTally(0, "h", 2, 390 * TERA, "M")]
    (found,) = hashrate_of(stated, [rows("M", 5)], model("200T"))
    assert (found.stated_units, found.rated, found.rated_units) == (2, 600 * TERA, 3)


@pytest.mark.parametrize(("number", "expected"), [(199_500, 199_500 * 10**9), (234, None)])
def test_a_number_without_a_unit_counts_where_it_is_near_a_rating(number, expected):
    found = hashrate_of([HashTally(0, "", 1, number, "M")], [rows("M", 1)], model("200T"))
    assert [one.stated for one in found] == ([expected] if expected is not None else [])


def test_an_unknown_model_without_a_word_of_it_has_no_rate():
    assert hashrate_of([], [rows("box", 3)], None) == ()


def test_rates_add_up_within_one_algorithm_only():
    one = Hashrate("SHA-256", "h", 5, 1, 0, 0)
    assert added([one, one, Hashrate("Scrypt", "h", 7, 1, 0, 0)]) == (
        Hashrate("SHA-256", "h", 10, 2, 0, 0),
        Hashrate("Scrypt", "h", 7, 1, 0, 0),
    )

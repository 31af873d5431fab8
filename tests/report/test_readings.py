"""What a clearance is worth, and a matrix of readings in words."""

from dataclasses import replace

from provenance.policy.hashrates import Hashrate
from provenance.report.readings import clearance, hashrate_words, reading_entries


def test_a_clearance_says_how_many_other_readings_would_not_clear(audit):
    assert clearance(audit) == (
        "5 units cleared under this reading; 1 of them other readings would not clear (hk-in 1).",
    )


def test_without_another_reading_or_a_loss_it_says_so(audit):
    declared, other = audit.readings
    alone = replace(audit, readings=(declared,))
    assert clearance(alone) == ("5 units cleared under this reading; the policy states no other reading.",)
    same = replace(audit, readings=(declared, replace(other, changes=(), uncleared_units=0)))
    assert clearance(same) == (
        "5 units cleared under this reading; every other reading of the policy would clear them too.",
    )


def test_a_row_tells_lines_units_hashrate_and_sites(audit):
    told = reading_entries(audit)[1].told()
    assert any(
        sentence.startswith("conforming: 5 lines; 5 units; 1.17 PH/s SHA-256") and "Campstool 5" in sentence
        for sentence in told
    )


def test_a_rating_is_marked_as_one():
    rated = Hashrate("Scrypt", "h", 0, 0, 9_500_000_000, 1)
    assert hashrate_words([rated]) == "9.50 GH/s Scrypt (by the maker's rating, none is stated)"
    assert hashrate_words([Hashrate("", "sol", 840_000, 1, 0, 0)]) == "840.00 kSol/s"

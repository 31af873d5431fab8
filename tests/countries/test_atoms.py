from __future__ import annotations

from datetime import date

import pytest

from provenance.countries import ALL, UA_ATOMS, atoms_of, describe, label


def test_all_holds_the_249_codes_and_kosovo_with_ukraine_as_five_atoms():
    assert len(ALL) == 249 + 1 - 1 + 5
    assert {"CN", "HK", "MO", "TW", "XK"} < ALL
    assert "UA" not in ALL


def test_a_country_is_its_own_atom():
    assert atoms_of("CN") == {"CN"}


def test_ukraine_without_a_region_is_all_its_atoms():
    assert atoms_of("UA") == UA_ATOMS


@pytest.mark.parametrize(
    ("code", "atoms"),
    [
        ("UA-43", {"UA-CRIMEA"}),
        ("UA-40", {"UA-SEVASTOPOL"}),
        ("UA-14", {"UA-DNR", "UA-REST"}),
        ("UA-09", {"UA-LNR", "UA-REST"}),
        ("UA-65", {"UA-REST"}),
        ("UA-DNR", {"UA-DNR"}),
    ],
)
def test_subdivisions_of_ukraine_are_the_atoms_they_touch(code, atoms):
    assert atoms_of(code) == atoms


@pytest.mark.parametrize("code", ["ZZ", "China", "UA-99", "", "cn"])
def test_an_unknown_code_is_a_key_error(code):
    with pytest.raises(KeyError):
        atoms_of(code)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1957, 12, 31), 0),
        (date(1958, 1, 1), 6),
        (date(1973, 1, 1), 9),
        (date(1981, 1, 1), 10),
        (date(1986, 1, 1), 12),
        (date(1995, 1, 1), 15),
        (date(2004, 4, 30), 15),
        (date(2004, 5, 1), 25),
        (date(2007, 1, 1), 27),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
    ],
)
def test_the_european_union_has_its_members_of_the_day(day, count):
    assert len(atoms_of("EU", day)) == count


def test_the_united_kingdom_leaves_after_its_last_day():
    assert "GB" in atoms_of("EU", date(2020, 1, 31))
    assert "GB" not in atoms_of("EU", date(2020, 2, 1))
    assert atoms_of("EU") == atoms_of("EU", date(2026, 1, 1))


def test_every_atom_has_a_label_of_its_own():
    assert len({label(atom) for atom in ALL}) == len(ALL)


def test_labels_are_short_names():
    shown = [label(code) for code in ("CN", "HK", "MO", "TW", "UA", "UA-CRIMEA", "UA-REST")]
    expected = ["China", "Hong Kong", "Macao", "Taiwan", "Ukraine", "Crimea (Ukraine)"]
    assert [*expected, "Ukraine outside the covered areas"] == shown


@pytest.mark.parametrize(
    ("atoms", "words"),
    [
        (frozenset(), "no country"),
        (frozenset({"MY"}), "Malaysia"),
        (frozenset({"HK", "CN"}), "China or Hong Kong"),
        (frozenset({"TH", "MY", "CN"}), "China, Malaysia or Thailand"),
        (UA_ATOMS, "Ukraine"),
        (ALL, "any country"),
        (ALL - {"CN"}, "any country but China"),
        (ALL - {"CN", "CU"}, "any country but China or Cuba"),
        (ALL - UA_ATOMS, "any country but Ukraine"),
        (
            frozenset({"AT", "BE", "CN", "DE", "ES", "FR", "IT", "JP"}),
            "Austria, Belgium, China, France, Germany, Italy or 2 more",
        ),
    ],
)
def test_sets_read_as_words(atoms, words):
    assert describe(atoms) == words


def test_the_limit_bounds_the_names_shown():
    assert describe(frozenset({"AT", "BE", "CN"}), limit=1) == "Austria or 2 more"


def test_every_answer_holds_its_atoms_as_a_frozen_set():
    for code in ("EU", "UA", "CN", "UA-43"):
        assert type(atoms_of(code)) is frozenset

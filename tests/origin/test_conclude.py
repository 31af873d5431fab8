"""What pieces of evidence add up to."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from provenance.countries import ALL
from provenance.evidence import Facet, Grade, Piece
from provenance.origin.conclude import agreeing_sides, conclude

sets = st.lists(st.frozensets(st.sampled_from(["CN", "HK", "MY", "TH", "US", "VN"]), min_size=1), max_size=6)


def by_definition(given_sets: list[frozenset[str]]) -> frozenset[str]:
    """The definition, word by word: every agreeing collection that no further set could join."""
    if not given_sets:
        return ALL
    distinct = list(set(given_sets))
    agreeing = [
        chosen
        for size in range(1, len(distinct) + 1)
        for chosen in combinations(distinct, size)
        if frozenset.intersection(*chosen)
    ]
    maximal = [chosen for chosen in agreeing if not any(set(chosen) < set(other) for other in agreeing)]
    return frozenset().union(*(frozenset.intersection(*chosen) for chosen in maximal))


def test_without_a_piece_every_origin_is_left():
    assert agreeing_sides([]) == (ALL,)


def test_pieces_that_agree_allow_what_they_share():
    assert agreeing_sides([frozenset({"CN", "MY"}), frozenset({"MY", "TH"})]) == (frozenset({"MY"}),)


def test_pieces_that_disagree_stand_as_sides():
    assert agreeing_sides([frozenset({"MY"}), frozenset({"CN"})]) == (frozenset({"CN"}), frozenset({"MY"}))


@given(sets)
def test_the_union_of_the_sides_is_what_the_definition_says(given_sets):
    assert frozenset().union(*agreeing_sides(given_sets)) == by_definition(given_sets)


@given(sets, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(given_sets, random):
    shuffled = given_sets * 2
    random.shuffle(shuffled)
    assert agreeing_sides(shuffled) == agreeing_sides(given_sets)


def test_general_knowledge_and_other_facets_are_left_aside():
    plate = Piece(Facet.MANUFACTURE, Grade.NAMEPLATE, frozenset({"MY"}))
    plants = Piece(Facet.MANUFACTURE, Grade.PLANTS, frozenset({"CN"}))
    boards = Piece(Facet.BOARDS, Grade.CERTIFICATE, frozenset({"CN"}))
    conclusion = conclude(Facet.MANUFACTURE, [plants, boards, plate])
    assert (conclusion.atoms, conclusion.pieces, conclusion.grade) == (
        frozenset({"MY"}),
        (plate,),
        Grade.NAMEPLATE,
    )

"""Two hundred mutated inventories, the same every time: none crashes the reader, none loses a row."""

from pathlib import Path

import pytest

COUNT, SEED, PIECES = 200, 7, 8


@pytest.fixture(scope="module")
def mutate(load_script):
    return load_script(Path(__file__).with_name("mutate_files.py"))


@pytest.mark.parametrize("piece", range(PIECES))
def test_a_mutated_file_is_read_with_every_row_or_refused_by_name(mutate, tmp_path, piece):
    cases = [case for at, case in enumerate(mutate.cases(COUNT, SEED)) if at % PIECES == piece]

    outcomes = [(case.name, case.mutation, mutate.check(case, tmp_path)) for case in cases]

    assert [
        (name, mutation, one.kind, one.note)
        for name, mutation, one in outcomes
        if one.failed and one.kind != "hang"
    ] == []
    assert len(outcomes) == COUNT // PIECES


def test_the_same_seed_makes_the_same_files(mutate):
    assert list(mutate.cases(6, 3)) == list(mutate.cases(6, 3))
    assert list(mutate.cases(6, 3)) != list(mutate.cases(6, 4))


def test_a_lost_row_would_be_noticed(mutate, tmp_path):
    (case,) = mutate.cases(1, 1)
    more = mutate.Case(case.name, case.data, case.mutation, frozenset({"AB999999"}))

    assert mutate.check(more, tmp_path).kind in {"lost", "refused"}

"""Two hundred mutated inventories, the same every time: none crashes the reader, none loses a row."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

COUNT, SEED, PIECES = 200, 7, 8


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutate_files", Path(__file__).with_name("mutate_files.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MUTATE = _load()


@pytest.mark.parametrize("piece", range(PIECES))
def test_a_mutated_file_is_read_with_every_row_or_refused_by_name(tmp_path, piece):
    cases = [case for at, case in enumerate(MUTATE.cases(COUNT, SEED)) if at % PIECES == piece]

    outcomes = [(case.name, case.mutation, MUTATE.check(case, tmp_path)) for case in cases]

    assert [
        (name, mutation, one.kind, one.note)
        for name, mutation, one in outcomes
        if one.failed and one.kind != "hang"
    ] == []
    assert len(outcomes) == COUNT // PIECES


def test_the_same_seed_makes_the_same_files():
    assert list(MUTATE.cases(6, 3)) == list(MUTATE.cases(6, 3))
    assert list(MUTATE.cases(6, 3)) != list(MUTATE.cases(6, 4))


def test_a_lost_row_would_be_noticed(tmp_path):
    (case,) = MUTATE.cases(1, 1)
    more = MUTATE.Case(case.name, case.data, case.mutation, frozenset({"AB999999"}))

    assert MUTATE.check(more, tmp_path).kind in {"lost", "refused"}

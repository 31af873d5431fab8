"""Eight thousand names among other words, the same every time: read with others, each says what it says alone."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from provenance.catalog.database import open_catalogue

COUNT = 2_000


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plain_texts", Path(__file__).with_name("plain_texts.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


PLAIN = _load()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_text_says_with_others_what_it_says_alone(seed):
    assert PLAIN.compare(open_catalogue(), COUNT, seed) == []

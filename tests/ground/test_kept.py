"""What is compiled once is kept, found again, never out of date, and not missed where it cannot be kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from provenance import kept


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(kept, "cache_folder", lambda: folder)
    monkeypatch.setattr(kept, "SHIPPED", tmp_path / "shipped")
    return folder


class Compiler:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> tuple[int, ...]:
        self.calls += 1
        return (1, 2)


def ask(compiler: Compiler, data: bytes = b"data") -> object:
    return kept.Kept("thing", lambda: (data,), (), compiler).get()


def test_a_second_asking_compiles_nothing():
    compiler = Compiler()
    assert (ask(compiler), ask(compiler), compiler.calls) == ((1, 2), (1, 2), 1)


def test_changed_data_are_compiled_again():
    compiler = Compiler()
    ask(compiler)
    ask(compiler, b"other")
    assert compiler.calls == 2


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b"0" * 64 + b'\n[[["tuple",3]],[0]]'])
def test_a_damaged_file_is_compiled_again_and_replaced(cache: Path, damage: bytes):
    compiler = Compiler()
    ask(compiler)
    (path,) = cache.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert (ask(compiler), compiler.calls, path.read_bytes()) == ((1, 2), 2, whole)


def test_a_changed_text_does_not_pass_for_what_was_kept(cache: Path):
    compiler = Compiler()
    ask(compiler)
    (path,) = cache.iterdir()
    path.write_bytes(path.read_bytes().replace(b"1,2", b"1,3"))
    assert ask(compiler) == (1, 2)


def test_a_wheel_carries_what_the_cache_would_hold(cache: Path, tmp_path: Path):
    compiler = Compiler()
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    kept.Kept("thing", lambda: (b"data",), (), lambda: (1, 2)).ship(shipped)
    assert (ask(compiler), compiler.calls, cache.exists()) == ((1, 2), 0, False)


def test_where_nothing_can_be_written_each_run_compiles(cache: Path):
    cache.write_bytes(b"a file in place of the folder")
    compiler = Compiler()
    assert (ask(compiler), ask(compiler), compiler.calls) == ((1, 2), (1, 2), 2)


def test_a_folder_of_another_user_is_neither_read_nor_written(cache: Path, monkeypatch: pytest.MonkeyPatch):
    compiler = Compiler()
    ask(compiler)
    before = [path.stat().st_mtime_ns for path in cache.iterdir()]
    monkeypatch.setattr(os, "getuid", lambda: 4242, raising=False)
    ask(compiler)
    assert (compiler.calls, [path.stat().st_mtime_ns for path in cache.iterdir()]) == (2, before)


def test_data_that_change_while_they_are_compiled_are_not_kept(cache: Path):
    texts = iter((b"before", b"after"))
    kept.Kept("thing", lambda: (next(texts),), (), Compiler()).get()
    assert list(cache.glob("*.json")) == []


def test_the_cache_does_not_grow_without_end(cache: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "_KEPT", 3)
    for number in range(6):
        ask(Compiler(), bytes([number]))
    assert len(list(cache.glob("*.json"))) == 3


def test_what_compiling_raises_is_raised():
    def faulty() -> object:
        raise ValueError("line 3")

    with pytest.raises(ValueError, match="line 3"):
        kept.Kept("thing", lambda: (b"data",), (), faulty).get()

"""Reading the source files and the registry."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.catalog.sources import Block, digest_sources, read_blocks, read_sources
from provenance.errors import CatalogError

Write = Callable[..., Path]


def test_makers_and_blocks_come_out_sorted(tiny: Path) -> None:
    sources = read_sources(tiny)
    assert [source.maker.id for source in sources.makers] == ["alpha", "beta", "gamma"]
    assert [(block.prefix, block.bits) for block in sources.blocks] == [
        ("AABBCC", 24),
        ("B4A2EB", 24),
        ("B4A2EB3", 28),
        ("B4A2EB3F1", 36),
    ]
    assert sources.blocks[3] == Block("B4A2EB3F1", "Private", None)


def test_the_digest_follows_every_byte_of_every_file(write_sources: Write) -> None:
    before = digest_sources(write_sources())
    assert read_sources(write_sources()).digest == before
    assert (
        digest_sources(write_sources(blocks="prefix,organisation,country\nAABBCC,Beta Networks,CN\n"))
        != before
    )
    assert digest_sources(write_sources(delta="x")) != before


def test_a_missing_registry_is_a_fault_that_names_the_file(tiny: Path) -> None:
    (tiny / "registry" / "ieee.csv.gz").unlink()
    with pytest.raises(CatalogError, match=r"^registry/ieee\.csv\.gz: cannot be read"):
        read_sources(tiny)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("AABBCC,a\n", r":2: expected a prefix"),
        ("AABBCCD1,a,CN\n", r":2: expected a prefix"),
        ("aabbcc,a,CN\n", r":2: expected a prefix"),
        ("AABBCC,a,CN\nAABBCC,b,CN\n", r":3: AABBCC does not come after AABBCC"),
    ],
)
def test_a_faulty_row_of_the_registry_is_reported_with_its_line(
    tmp_path: Path, rows: str, words: str
) -> None:
    path = tmp_path / "ieee.csv.gz"
    path.write_bytes(gzip.compress(b"prefix,organisation,country\n" + rows.encode()))
    with pytest.raises(CatalogError, match=words):
        read_blocks(path)


@pytest.mark.parametrize(
    "content", [b"", b"no gzip", gzip.compress(b"prefix,organisation,country\n" * 99)[:20]]
)
def test_a_damaged_registry_is_a_fault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ieee.csv.gz"
    path.write_bytes(content)
    with pytest.raises(CatalogError, match=r"cannot be read|expected the header"):
        read_blocks(path)

"""The canonical form of source files."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from provenance.catalog.schema import MakerFile
from provenance.catalog.write import canonical_text
from provenance.datafile import parse_document


def maker(**entries: Any) -> MakerFile:
    data = {
        "schema": "provenance-maker/1",
        "id": "x",
        "name": "X",
        "categories": ["camera"],
        "confidence": "low",
        "sources": ["https://example.org"],
    }
    return MakerFile.model_validate(data | entries)


def read_back(text: str) -> MakerFile:
    return MakerFile.model_validate(parse_document(text.encode(), name="x").data)


def test_lists_are_sorted_and_defaults_left_out() -> None:
    text = canonical_text(maker(aliases=["zeta", "alpha"], categories=["server", "camera"]))
    assert text == (
        "schema: provenance-maker/1\nid: x\nname: X\ncategories: [server, camera]\naliases: [alpha, zeta]\n"
        "confidence: low\nsources: [https://example.org]\n"
    )


def test_a_row_that_fits_stands_on_one_line() -> None:
    bins = [
        {"label": "234T", "hashrate": "234", "unit": "TH/s", "power_w": "3510"},
        {"label": "5.3T", "hashrate": "5.3", "unit": "TH/s"},
    ]
    model = {"id": "m", "name": "M", "hashrates": bins, "confidence": "low", "sources": ["https://e.org"]}
    assert canonical_text(maker(models=[model])).splitlines()[6:] == [
        "models:",
        "  - id: m",
        "    name: M",
        "    hashrates:",
        "      - {label: 5.3T, hashrate: 5.3, unit: TH/s}",
        "      - {label: 234T, hashrate: 234, unit: TH/s, power_w: 3510}",
        "    confidence: low",
        "    sources: [https://e.org]",
    ]


_TEXTS = st.text(min_size=1).map(str.strip).filter(bool)
_AWKWARD = st.sampled_from(
    [
        "null",
        "No",
        "~",
        "010",
        "a: b",
        "a #b",
        "#a",
        "a,b",
        "[x]",
        "{",
        "- a",
        "'q'",
        '"q"',
        "x:",
        "a\nb",
        "1e3",
        "= =",
    ]
)


@given(st.lists(_TEXTS | _AWKWARD, max_size=4), _TEXTS | _AWKWARD)
def test_what_is_written_reads_back_as_the_same(names: list[str], note: str) -> None:
    before = maker(aliases=sorted(names), name=note, note=note)
    after = read_back(canonical_text(before))
    assert after == before


@given(st.permutations(["b", "a", "C", "ä"]))
def test_the_order_of_the_facts_changes_nothing(names: list[str]) -> None:
    assert canonical_text(maker(aliases=names)) == canonical_text(maker(aliases=["C", "a", "b", "ä"]))


def test_writing_twice_gives_the_same_bytes() -> None:
    text = canonical_text(maker(aliases=["a: b", "c"], note="one: two # three"))
    assert canonical_text(read_back(text)) == text


def test_the_python_reader_of_yaml_reads_what_the_fast_one_reads() -> None:
    """Without the C library a `?` inside brackets would begin a key."""
    text = canonical_text(maker(sources=["https://example.org/?p=1", "https://example.org/2"]))
    assert yaml.load(text, yaml.SafeLoader)["sources"] == [
        "https://example.org/2",
        "https://example.org/?p=1",
    ]

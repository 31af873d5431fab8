"""What a maker's file may say, and where a fault in it is reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.catalog.sources import read_sources
from provenance.errors import CatalogError

Write = Callable[..., Path]

HEAD = """\
schema: provenance-maker/1
id: gamma
name: Gamma
categories: [camera]
"""
WEB = """confidence: low
sources: [https://example.org/g]
"""


def faults(root: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        read_sources(root)
    return [str(fault) for fault in caught.value.faults]


def test_an_unknown_key_is_a_fault_with_its_line(write_sources: Write) -> None:
    root = write_sources(gamma=HEAD + "colour: red\n" + WEB)
    assert faults(root) == ["makers/gamma.yaml:5: the key 'colour' is not known here; correct or remove it"]


def test_a_missing_source_is_a_fault(write_sources: Write) -> None:
    root = write_sources(gamma=HEAD + "confidence: low\nsources: []\n")
    assert [fault.split(":")[:2] for fault in faults(root)] == [["makers/gamma.yaml", "6"]]


def test_all_faults_of_all_files_are_reported_at_once(write_sources: Write) -> None:
    gamma = "schema: provenance-maker/2\nid: Gamma\nname: Gamma\ncategories: [toaster]\nconfidence: low\n"
    state = "schema: provenance-catalogue/1\nas_of: soon\n"
    root = write_sources(gamma=gamma, catalogue=state, blocks="prefix,organisation,country\nXY,a,b\n")
    places = [fault.rpartition(": ")[0].split(": ")[0] for fault in faults(root)]
    assert places == [
        "makers/gamma.yaml:1",
        "makers/gamma.yaml:2",
        "makers/gamma.yaml:4",
        "makers/gamma.yaml:1",
        "registry/catalogue.yaml:2",
        "registry/catalogue.yaml:1",
        "registry/ieee.csv.gz:2",
    ]


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ("confidence: low\nsources: [hearsay]\n", 6, "is no source"),
        ('confidence: low\nsources: ["unverified: recall"]\n', 1, "confidence must be unverified"),
        (
            WEB + "seats:\n  - {facet: chips, country: CN, grade: published, sources: [https://e.org]}\n",
            8,
            "the facet of a seat is maker or owner",
        ),
        (
            WEB + "seats:\n  - {facet: maker, country: CN, grade: published, sources: [ieee:AABBCC]}\n",
            8,
            "needs a source on the web",
        ),
        (
            WEB
            + "seats:\n  - {facet: maker, country: CN, grade: registry-address, sources: [https://e.org]}\n",
            8,
            "needs an ieee: source",
        ),
        (
            WEB + "seats:\n  - {facet: maker, country: CN, grade: nameplate, sources: [https://e.org]}\n",
            8,
            "is no grade of a seat",
        ),
        (
            WEB
            + "relations:\n  - {kind: parent, other: beta, first: 2024-02, last: 2023, confidence: low, sources: [https://e.org]}\n",
            8,
            "ends in 2023, before it begins in 2024-02",
        ),
        (
            WEB
            + "serial_schemes:\n"
            + '  - {id: g, title: G, part: machine, pattern: "^G$", date_rule: yymmdd, confidence: low, sources: [https://e.org]}\n',
            8,
            "the pattern lacks the groups yymmdd",
        ),
        (
            WEB
            + "serial_schemes:\n"
            + '  - {id: g, title: G, part: machine, pattern: "^(?P<loc>G)$", country_rule: location-code, confidence: low, sources: [https://e.org]}\n',
            8,
            "codes and the country rule location-code go together",
        ),
        (
            WEB
            + "product_lines:\n"
            + '  - {name: G, category: camera, pattern: "^(", examples: [G], sources: [https://e.org]}\n',
            8,
            "does not compile",
        ),
    ],
)
def test_a_fact_that_promises_too_much_is_a_fault(
    write_sources: Write, entry: str, line: int, words: str
) -> None:
    (fault,) = faults(write_sources(gamma=HEAD + entry))
    assert (fault.split(": ")[0], words in fault) == (f"makers/gamma.yaml:{line}", True)


def test_a_year_that_contains_the_end_does_not_lie_after_it(write_sources: Write) -> None:
    relation = "relations:\n  - {kind: parent, other: beta, first: 2023-06, last: 2023, confidence: low, sources: [https://e.org]}\n"
    sources = read_sources(write_sources(gamma=HEAD + WEB + relation))
    assert [source.maker.id for source in sources.makers] == ["alpha", "beta", "gamma"]

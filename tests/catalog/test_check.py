"""Faults that no single file can know of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.catalog.check import check_sources

SOURCES = Path(__file__).parents[2] / "provenance" / "catalog"
"""The sources stand in the checkout; the package under test may be an installed one without them."""

Write = Callable[..., Path]

HEAD = """\
schema: provenance-maker/1
id: gamma
name: Gamma
categories: [camera]
"""
TAIL = """\
confidence: low
sources: [https://example.org/g]
"""


def faults(root: Path) -> list[str]:
    return [str(fault) for fault in check_sources(root)]


def test_sources_in_order_have_no_fault(tiny: Path) -> None:
    assert faults(tiny) == []


def test_the_catalogue_of_the_project_has_no_fault() -> None:
    assert faults(SOURCES) == []


def test_a_fault_of_the_schema_is_reported_too(write_sources: Write) -> None:
    root = write_sources(gamma=HEAD + TAIL + "colour: red\n")
    assert faults(root) == ["makers/gamma.yaml:7: the key 'colour' is not known here; correct or remove it"]


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ("aliases: [alpha]\n", 5, "'alpha' names alpha too"),
        ("aliases: [G]\nambiguous_aliases: [G]\n", 5, "'G' is ambiguous and yet an alias or brand"),
        ("registrants: [Nobody]\n", 5, "'Nobody' has no block in the registry"),
        ("registrants: [Alpha Miners Ltd.]\n", 5, "'Alpha Miners Ltd.' belongs to alpha too"),
        ("founded_country: XX\n", 5, "'XX' is no country of ISO 3166-1"),
    ],
)
def test_what_clashes_with_another_file_is_reported_with_its_line(
    write_sources: Write, entry: str, line: int, words: str
) -> None:

    found = faults(write_sources(gamma=HEAD + entry + TAIL))
    assert any(fault.startswith(f"makers/gamma.yaml:{line}: {words}") for fault in found), found


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        (
            "seats:\n  - {facet: maker, country: ZZ, grade: published, sources: [https://e.org]}\n",
            8,
            "'ZZ' is no country of ISO 3166-1",
        ),
        (
            "seats:\n  - {facet: maker, country: CN, grade: registry-address, sources: [ieee:FFFFFF]}\n",
            8,
            "ieee:FFFFFF is no block of the registry",
        ),
        (
            "relations:\n  - {kind: parent, other: gamma, confidence: low, sources: [https://e.org]}\n",
            8,
            "relates the maker to itself",
        ),
        (
            "relations:\n  - {kind: parent, other: delta, confidence: low, sources: [https://e.org]}\n",
            8,
            "'delta' is written as the id of a maker and is none",
        ),
        (
            "models:\n  - {id: gamma-a1, name: alpha A1, confidence: low, sources: [https://e.org]}\n",
            8,
            "'alpha A1' names a model of alpha too",
        ),
        (
            (
                "plants:\n  - id: gamma-cn\n    country: CN\n    activity: assembly\n    models: [alpha-a1]\n"
                "    complete: false\n    confidence: low\n    sources:\n      - {source: https://e.org, says: X}\n"
            ),
            11,
            "'alpha-a1' is no model of this maker",
        ),
        (
            'product_lines:\n  - {name: G, category: camera, pattern: "G", examples: [X], sources: [https://e.org]}\n',
            8,
            "the pattern is not anchored",
        ),
        (
            'product_lines:\n  - {name: G, category: camera, pattern: "^(?=G)G", examples: [G], sources: [https://e.org]}\n',
            8,
            "the pattern looks around or back",
        ),
        (
            'product_lines:\n  - {name: G, category: camera, pattern: "^G", examples: [X], sources: [https://e.org]}\n',
            8,
            "the example 'X' does not match the pattern",
        ),
        (
            'product_lines:\n  - {name: G, category: camera, pattern: "^G", shared_with: [zeta], sources: [https://e.org]}\n',
            8,
            "'zeta' is no maker",
        ),
        (
            (
                "serial_schemes:\n  - id: gamma-sn\n    title: G\n    part: machine\n    pattern: ^G[0-9]$\n    confidence: low\n"
                "    examples:\n      - {serial: G12, source: https://e.org}\n    sources: [https://e.org]\n"
            ),
            14,
            "the example 'G12' does not match the pattern",
        ),
        (
            (
                "serial_schemes:\n  - id: gamma-sn\n    title: G\n    part: machine\n"
                '    pattern: "^G(?P<yymmdd>[0-9]{6})$"\n    date_rule: yymmdd\n    confidence: low\n'
                "    examples:\n      - {serial: G240131, made: 2024-02, source: https://e.org}\n    sources: [https://e.org]\n"
            ),
            15,
            "the example 'G240131' was made in 2024-01-31, not in 2024-02",
        ),
        (
            (
                "serial_schemes:\n  - id: gamma-sn\n    title: G\n    part: machine\n"
                '    pattern: "^G(?P<yymmdd>[0-9]{6})$"\n    date_rule: yymmdd\n    confidence: low\n'
                "    examples:\n      - {serial: G249931, source: https://e.org}\n    sources: [https://e.org]\n"
            ),
            15,
            "the example 'G249931' holds no date",
        ),
        (
            (
                "serial_schemes:\n  - id: gamma-sn\n    title: G\n    part: machine\n"
                '    pattern: "^(?P<cc>[A-Z]{2})[0-9]$"\n    country_rule: iso-prefix\n    confidence: low\n'
                "    examples:\n      - {serial: MY1, country: CN, source: https://e.org}\n    sources: [https://e.org]\n"
            ),
            15,
            "the example 'MY1' names MY, not CN",
        ),
        (
            "part_codes:\n  - {id: g-b, title: G, part: hashboard, pattern: ^B1$, models: [no-such], confidence: low, sources: [https://e.org]}\n",
            8,
            "'no-such' is no model",
        ),
        (
            "families:\n  - {name: Alpha, category: pc, confidence: low, sources: [https://e.org]}\n",
            8,
            "'Alpha' names alpha too",
        ),
        (
            (
                "models:\n  - {id: gamma-a, name: G, confidence: low, sources: [https://e.org]}\n"
                "  - {id: gamma-b, name: G2, aliases: [g], confidence: low, sources: [https://e.org]}\n"
            ),
            9,
            "'g' names gamma-a too",
        ),
        (
            "models:\n  - {id: alpha-a1, name: G, confidence: low, sources: [https://e.org]}\n",
            8,
            "the id 'alpha-a1' stands in makers/alpha.yaml:45 too",
        ),
    ],
)
def test_a_faulty_entry_is_reported_with_its_line(
    write_sources: Write, entry: str, line: int, words: str
) -> None:
    found = faults(write_sources(gamma=HEAD + TAIL + entry))
    assert any(fault.startswith(f"makers/gamma.yaml:{line}: {words}") for fault in found), found


def test_a_file_is_named_for_its_maker(write_sources: Write) -> None:
    root = write_sources(delta=HEAD.replace("id: gamma", "id: epsilon").replace("Gamma", "Epsilon") + TAIL)
    assert faults(root) == ["makers/delta.yaml:2: the id 'epsilon' is not the file's name; rename one"]


def test_a_collision_needs_models_of_two_makers(write_sources: Write) -> None:
    text = "schema: provenance-collisions/1\ncollisions:\n  - code: A1\n    models: [alpha-a1]\n  - code: B1\n    models: [beta-a1, nothing]\n"
    assert faults(write_sources(collisions=text)) == [
        "registry/collisions.yaml:3: 'A1' is shared by models of one maker only; drop it",
        "registry/collisions.yaml:5: 'nothing' is no model",
    ]


def test_the_number_of_blocks_is_counted(write_sources: Write) -> None:
    root = write_sources(blocks="prefix,organisation,country\nAABBCC,Beta Networks,CN\n")
    assert "registry/catalogue.yaml:7: says 4 blocks, the registry has 1; correct the number" in faults(root)


def test_a_file_out_of_canonical_form_is_reported_at_its_first_difference(write_sources: Write) -> None:
    root = write_sources(gamma=HEAD + "aliases: [b, a]\n" + TAIL)
    assert faults(root) == [
        "makers/gamma.yaml:5: is not in canonical form, expected 'aliases: [a, b]'; rewrite it"
    ]


def test_a_name_of_sibling_models_is_listed_under_siblings(write_sources: Write) -> None:
    models = (
        "models:\n  - {id: gamma-a, name: G, confidence: low, sources: [https://e.org]}\n"
        "  - {id: gamma-b, name: G2, aliases: [G], confidence: low, sources: [https://e.org]}\n"
    )
    listed = (
        "schema: provenance-collisions/1\ncollisions:\n  - code: A1\n    models: [alpha-a1, beta-a1]\n"
        "siblings:\n  - code: G\n    models: [gamma-a, gamma-b]\n  - code: H\n    models: [alpha-a1, beta-a1]\n"
    )
    found = faults(write_sources(gamma=HEAD + TAIL + models, collisions=listed))
    assert [fault for fault in found if "canonical" not in fault] == [
        "registry/collisions.yaml:8: 'H' is not shared by models of one maker; correct or drop it"
    ]


def test_firmware_of_an_unknown_maker_is_a_fault(write_sources: Write) -> None:
    text = (
        "schema: provenance-firmware/1\nfirmwares:\n"
        "  - {name: OS, runs_on: [delta], confidence: low, sources: [https://e.org]}\n"
    )
    found = faults(write_sources(firmware=text))
    assert "registry/firmware.yaml:3: 'delta' is no maker" in found

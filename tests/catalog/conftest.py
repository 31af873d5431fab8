"""A catalogue of three makers, written into a temporary folder."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

ALPHA = """\
schema: provenance-maker/1
id: alpha
name: Alpha Miners Ltd
categories: [asic-miner]
aliases: [Alpha]
ambiguous_aliases: [Rig]
registrants: [Alpha Miners Ltd.]
confidence: medium
sources: [https://example.org/alpha]
seats:
  - facet: maker
    country: SG
    grade: published
    first: 2022-03
    sources: [https://example.org/alpha]
relations:
  - kind: parent
    other: beta
    first: 2020
    last: 2023-06
    confidence: medium
    sources: [https://example.org/deal]
plants:
  - id: alpha-my-assembly
    country: MY
    activity: assembly
    first: 2021
    models: [alpha-a1]
    complete: false
    confidence: low
    sources:
      - {source: https://example.org/plant, says: A plant in Malaysia.}
serial_schemes:
  - id: alpha-serial
    title: Alpha serial
    part: machine
    pattern: "^ALP(?P<yymmdd>[0-9]{6})$"
    date_rule: yymmdd
    decides_maker: true
    confidence: low
    examples:
      - {serial: ALP240131, made: 2024-01-31, source: https://example.org/serial}
    sources: [https://example.org/serial]
models:
  - id: alpha-a1
    name: Alpha A1
    firmware_names: [A1]
    algorithm: SHA-256
    hashrates:
      - {label: 100T, hashrate: 100, unit: TH/s, power_w: 3000}
    confidence: unverified
    sources: ["unverified: not named"]
"""
BETA = """\
schema: provenance-maker/1
id: beta
name: Beta Group
categories: [network, server]
founded_country: CN
confidence: low
sources: [ieee:AABBCC]
seats:
  - facet: maker
    country: CN
    grade: registry-address
    last: 2022
    sources: [ieee:AABBCC]
product_lines:
  - name: B switches
    category: network
    pattern: "^B-[0-9]{3}"
    examples: [b-100]
    sources: [https://example.org/beta]
models:
  - id: beta-a1
    name: Beta A1
    confidence: low
    sources: [https://example.org/beta]
"""
GAMMA = """\
schema: provenance-maker/1
id: gamma
name: Gamma
categories: [camera]
confidence: unverified
sources: ["unverified: no source found"]
"""
COLLISIONS = """\
schema: provenance-collisions/1
collisions:
  - code: A1
    models: [alpha-a1, beta-a1]
"""
STATE = """\
schema: provenance-catalogue/1
as_of: 2026-11-20
ieee:
  source: a few blocks
  date: 2026-06-25
  licence: public
  blocks: 4
"""
BLOCKS = """\
prefix,organisation,country
AABBCC,Beta Networks,CN
B4A2EB,IEEE Registration Authority,US
B4A2EB3,"Alpha Miners Ltd.",SG
B4A2EB3F1,Private,
"""

FIRMWARE = """\
schema: provenance-firmware/1
firmwares:
  - name: OtherOS
    aliases: [OOS]
    publisher: Others
    runs_on: [alpha]
    confidence: low
    sources: [https://example.org/firmware]
"""

Write = Callable[..., Path]


@pytest.fixture
def write_sources(tmp_path: Path) -> Write:
    """Return a function that writes the sources, some of them replaced, and returns their folder."""

    def write(blocks: str = BLOCKS, **texts: str) -> Path:
        root = tmp_path / "sources"
        (root / "makers").mkdir(parents=True, exist_ok=True)
        (root / "registry").mkdir(exist_ok=True)
        for name, text in {"alpha": ALPHA, "beta": BETA, "gamma": GAMMA, **texts}.items():
            folder = "registry" if name in {"collisions", "catalogue", "firmware"} else "makers"
            (root / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        for name, text in {"collisions": COLLISIONS, "catalogue": STATE, "firmware": FIRMWARE}.items():
            (root / "registry" / f"{name}.yaml").write_text(texts.get(name, text), encoding="utf-8")
        (root / "registry" / "ieee.csv.gz").write_bytes(gzip.compress(blocks.encode(), mtime=0))
        return root

    return write


@pytest.fixture
def tiny(write_sources: Write) -> Path:
    """Return the folder of the sources as they stand above."""
    return write_sources()

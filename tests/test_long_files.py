"""A long csv is held by columns of few texts, a short one read in memory: no byte of any report depends on which it was."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from provenance.cli.main import cli
from provenance.inventory import textfile

ROWS = 240
TEXTS = {
    "Manufacturer": ["Bitmain", "MicroBT", "比特大陆", "N/A", ""],
    "Model": ["Antminer S19", "Whatsminer M50S++", "Avalon A1466", "Dell R640", "Асик S19", ""],
    "Country of Origin": ["Malaysia", "China", "中国", "Китай", "Made in Malaysia", "?", " ", ""],
    "Quantity": ["1", "2", "1,000", "x", "0", ""],
    "Site": ["North Range", "Иркутск", "São Paulo", "=HYPERLINK(1)", ""],
    "Delivery Date": ["2024-01-05", "05.01.2024", "2024-02-30", ""],
    "Batch": ["B1", "三", ""],
    "Firmware": ["vnish 1.2", ""],
    "Category": ["ASIC Miner", "Switch", ""],
    "Hashrate": ["104T", "110 TH/s", "95", ""],
    "Remarks": ["ok", "check, twice", "日本", "-", ""],
}
FORMATS = {
    "json": "audit.json",
    "csv": "audit.csv",
    "xlsx": "audit.xlsx",
    "terminal": "audit.txt",
    "notice-md": "notice.md",
    "memo-md": "memo.md",
    "sarif": "audit.sarif",
    "junit": "audit.xml",
    "gitlab": "gitlab.json",
    "cyclonedx": "bom.json",
    "summary-md": "summary.md",
}
REGISTER = """\
document,kind,issuer,issuer_role,date,country,serials,batch,quantity
COO-1,certificate,Chamber,chamber,2024-03-20,Malaysia,AB00000003;AB00000004,,
COO-2,certificate,Chamber,chamber,2024-03-20,Malaysia,,B1,50
"""


def write_inventory(path: Path, chance: random.Random, rows: int) -> None:
    columns = chance.sample(list(TEXTS), chance.randint(2, 7))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, "Serial Number"])
        for at in range(rows):
            cells = [chance.choice(TEXTS[column]) for column in columns]
            writer.writerow(
                [
                    *cells,
                    f"AB{at:08d}" if chance.random() < 0.97 else chance.choice(["", "N/A", "AB00000001"]),
                ]
            )


def reports(folder: Path, out: Path, policy: str) -> dict[str, bytes]:
    out.mkdir()
    formats = [part for form, name in FORMATS.items() for part in ("-f", form, "-o", str(out / name))]
    inventories = [str(path) for path in sorted(folder.glob("fleet*.csv"))]
    ran = CliRunner().invoke(
        cli,
        [
            "audit",
            *inventories,
            "--evidence",
            str(folder / "register.csv"),
            "--policy",
            policy,
            "--as-of",
            "2026-11-20",
            *formats,
        ],
        catch_exceptions=False,
        standalone_mode=False,
    )
    assert ran.return_value in {0, 3, 10, 11}
    return {name: (out / name).read_bytes() for name in FORMATS.values()}


@pytest.mark.parametrize("policy", ["china-ofac", "cleanspark-mineone"])
@pytest.mark.parametrize("seed", range(4))
def test_how_files_are_read_changes_no_byte_of_a_report(
    seed: int, policy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    chance = random.Random(seed)
    for number, rows in enumerate((ROWS, 12, ROWS)[: chance.randint(1, 3)]):
        write_inventory(tmp_path / f"fleet{number}.csv", chance, rows)
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    in_memory = reports(tmp_path, tmp_path / "in memory", policy)
    monkeypatch.setattr(textfile, "FAST_FROM", 1)

    by_columns = reports(tmp_path, tmp_path / "by columns", policy)

    assert [name for name in in_memory if in_memory[name] != by_columns[name]] == []

"""The fleet that benchmarks run on has exactly the sets of facts that it promises."""

import csv
from pathlib import Path

import pytest

SHARED = ("Site", "Manufacturer", "Model", "Country of Origin", "Delivery Date", "Batch")


@pytest.fixture(scope="module")
def generate(load_script):
    return load_script(Path(__file__).with_name("generate.py"))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_exactly_the_promised_sets_of_facts_occur(generate, tmp_path: Path) -> None:
    generate.write_fleet(tmp_path / "fleet.csv", rows=5_000, fact_sets=300)
    rows = read(tmp_path / "fleet.csv")
    assert (len(rows), len({tuple(row[name] for name in SHARED) for row in rows})) == (5_000, 300)


def test_every_row_has_its_own_serial_and_address(generate, tmp_path: Path) -> None:
    generate.write_fleet(tmp_path / "fleet.csv", rows=60_000, fact_sets=50)
    rows = read(tmp_path / "fleet.csv")
    unique = {name: len({row[name] for row in rows}) for name in ("Asset ID", "Serial Number", "MAC Address")}
    assert unique == {"Asset ID": 60_000, "Serial Number": 60_000, "MAC Address": 60_000}


def test_machines_of_one_set_begin_their_serials_alike(generate, tmp_path: Path) -> None:
    generate.write_fleet(tmp_path / "fleet.csv", rows=3_000, fact_sets=40)
    prefixes: dict[tuple[str, ...], set[str]] = {}
    for row in read(tmp_path / "fleet.csv"):
        prefixes.setdefault(tuple(row[name] for name in SHARED), set()).add(row["Serial Number"][:-4])
    assert {1} == {len(found) for found in prefixes.values()}


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(generate, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.csv", "two.csv", "three.csv")]
    for path, seed in zip(paths, (7, 7, 8), strict=True):
        generate.write_fleet(path, rows=2_000, fact_sets=100, seed=seed)
    first, second, third = (path.read_bytes() for path in paths)
    assert (first == second, first == third) == (True, False)


@pytest.mark.parametrize(("rows", "fact_sets"), [(10, 11), (10, 0), ((1 << 24) + 1, 10)])
def test_a_fleet_that_cannot_be_numbered_is_refused(
    generate, tmp_path: Path, rows: int, fact_sets: int
) -> None:
    with pytest.raises(ValueError, match="expected 0 < fact sets <= rows"):
        generate.write_fleet(tmp_path / "fleet.csv", rows=rows, fact_sets=fact_sets)

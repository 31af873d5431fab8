"""The fleet that benchmarks run on has exactly the sets of facts that it promises."""

import csv
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SHARED = ("Site", "Manufacturer", "Model", "Country of Origin", "Delivery Date", "Batch")


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fleet_generator", Path(__file__).with_name("generate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


generate = load_generator()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_exactly_the_promised_sets_of_facts_occur(tmp_path: Path) -> None:
    generate.write_fleet(tmp_path / "fleet.csv", rows=5_000, fact_sets=300)
    rows = read(tmp_path / "fleet.csv")
    assert (len(rows), len({tuple(row[name] for name in SHARED) for row in rows})) == (5_000, 300)


def test_every_row_has_its_own_serial_and_address(tmp_path: Path) -> None:
    generate.write_fleet(tmp_path / "fleet.csv", rows=60_000, fact_sets=50)
    rows = read(tmp_path / "fleet.csv")
    unique = {name: len({row[name] for row in rows}) for name in ("Asset ID", "Serial Number", "MAC Address")}
    assert unique == {"Asset ID": 60_000, "Serial Number": 60_000, "MAC Address": 60_000}


def test_machines_of_one_set_begin_their_serials_alike(tmp_path: Path) -> None:
    generate.write_fleet(tmp_path / "fleet.csv", rows=3_000, fact_sets=40)
    prefixes: dict[tuple[str, ...], set[str]] = {}
    for row in read(tmp_path / "fleet.csv"):
        prefixes.setdefault(tuple(row[name] for name in SHARED), set()).add(row["Serial Number"][:-4])
    assert {1} == {len(found) for found in prefixes.values()}


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.csv", "two.csv", "three.csv")]
    for path, seed in zip(paths, (7, 7, 8), strict=True):
        generate.write_fleet(path, rows=2_000, fact_sets=100, seed=seed)
    first, second, third = (path.read_bytes() for path in paths)
    assert (first == second, first == third) == (True, False)


@pytest.mark.parametrize(("rows", "fact_sets"), [(10, 11), (10, 0), ((1 << 24) + 1, 10)])
def test_a_fleet_that_cannot_be_numbered_is_refused(tmp_path: Path, rows: int, fact_sets: int) -> None:
    with pytest.raises(ValueError, match="expected 0 < fact sets <= rows"):
        generate.write_fleet(tmp_path / "fleet.csv", rows=rows, fact_sets=fact_sets)

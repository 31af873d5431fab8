"""Dated questions of law asked of the whole line, from a row of an inventory to its verdict; see `audits.yaml`."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

import provenance
from provenance.datafile import read_document

ASKED = read_document(Path(__file__).with_name("audits.yaml")).data
AS_OF = date(2026, 11, 20)
COLUMNS = {
    "maker": "Manufacturer",
    "model": "Model",
    "serial": "Serial Number",
    "origin": "Country of Origin",
    "delivered": "Delivery Date",
    "contracted": "Contract Date",
    "authorised": "FCC Grant Date",
    "order": "PO Number",
}
MACHINES = [(asked["policy"], machine) for asked in ASKED for machine in asked["machines"]]


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """Return the machines of each policy by the case that they stand for, every policy audited once."""
    found = {}
    for asked in ASKED:
        folder = tmp_path_factory.mktemp(asked["policy"])
        serials = {f"LAW{at:04}X{at * 7919 % 9973:04}": one for at, one in enumerate(asked["machines"], 1)}
        _write(folder / "inventory.csv", [_row(serial, one) for serial, one in serials.items()])
        papers = [
            {
                "document": f"C{serial}",
                "kind": "certificate",
                "issuer_role": "chamber",
                "country": one["certificate"],
                "serials": serial,
            }
            for serial, one in serials.items()
            if "certificate" in one
        ]
        evidence = [_write(folder / "evidence.csv", papers)] if papers else []
        audit = provenance.audit(
            [folder / "inventory.csv"], policies=[asked["policy"]], evidence=evidence, as_of=AS_OF
        )
        for row in audit.machines.collect().iter_rows(named=True):
            found[asked["policy"], serials[row["serial"]]["id"]] = (row["verdict"], row["reason"])
    return found


def _row(serial, machine):
    said = {"maker": "Bitmain", "model": "Antminer S21 200T", **machine, "serial": serial}
    return {header: said.get(key, "") for key, header in COLUMNS.items()}


def _write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("policy", "machine"), MACHINES, ids=[f"{policy}: {machine['id']}" for policy, machine in MACHINES]
)
def test_the_law_of_a_day_holds_from_the_cell_to_the_verdict(audited, policy, machine):
    expected = (machine["expect"]["verdict"], machine["expect"]["reason"])
    assert expected == audited[policy, machine["id"]], machine["law"]

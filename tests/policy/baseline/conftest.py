"""Small fleets, audited through the whole pipeline and written as reports to compare later ones with."""

from __future__ import annotations

import csv
from datetime import date
from types import SimpleNamespace

import pytest

import provenance
from provenance.report.outputs import write_reports

CLAUSE = "cleanspark-mineone"
AS_OF = date(2026, 11, 20)


def serial(number):
    return f"ZZAAHTUBDJAAC{number:04d}"


def machine(number, **cells):
    row = {
        "Manufacturer": "Bitmain",
        "Model": "Antminer S21 200T",
        "Serial Number": serial(number),
        "Asset Tag": "",
        "Country of Origin": "",
        "Hashrate (TH/s)": "",
        "Quantity": "1",
    }
    return row | cells


def paper(document="C1", country="MY", serials="", **keys):
    line = {
        "document": document,
        "kind": "certificate",
        "issuer_role": "chamber",
        "country": country,
        "serials": serials,
        "date": "",
        "facet": "",
        "model": "",
        "quantity": "",
    }
    return line | keys


def table(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def audited(folder, machines, papers=(), *, policies=(CLAUSE,), **options):
    evidence = [table(folder / "evidence.csv", papers)] if papers else []
    given = {"as_of": AS_OF} | options
    return provenance.audit(
        [table(folder / "fleet.csv", machines)], policies=policies, evidence=evidence, **given
    )


def report(folder, machines, papers=(), *, name="baseline.json", **options):
    path = folder / name
    write_reports(audited(folder, machines, papers, **options), None, [("json", path)])
    return path


def exchanged(folder, *rows, name="replacements.csv"):
    columns = ("kind", "old_serial", "new_serial", "date")
    return [table(folder / name, [dict(zip(columns, row, strict=True)) for row in rows])]


def counts(audit):
    return {
        change.value: tally.findings for change, tally in audit.comparison.counts.items() if tally.findings
    }


def changes(audit):
    return audit.comparison.changes.select("change", "serial", "verdict_before", "verdict", "why").rows()


@pytest.fixture
def make():
    """The helpers of this folder."""
    return SimpleNamespace(
        serial=serial, machine=machine, paper=paper, table=table, audit=audited, report=report,
        exchanged=exchanged, counts=counts, changes=changes,
    )  # fmt: skip

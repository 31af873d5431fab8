"""Small fleets written as csv, waivers written as YAML, and their audit through the whole pipeline."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

import provenance

CLAUSE = "cleanspark-mineone"
AS_OF = date(2026, 11, 20)


def serial(number):
    return f"ZZAAHTUBDJAAC{number:04d}"


def machine(number, **cells):
    row = {
        "Manufacturer": "Bitmain",
        "Model": "Antminer S21 200T",
        "Serial Number": serial(number),
        "Country of Origin": "",
        "Site": "North",
        "PO": "PO-1",
        "Quantity": "1",
    }
    return row | cells


def waiver(waiver_id="w", **keys):
    """Return an acceptance of risk; with `instrument` a contract waiver."""
    given = {
        "id": waiver_id,
        "kind": "risk-acceptance",
        "date": "2026-01-15",
        "rule": f"{CLAUSE}/*",
        "scope": {"serials": [serial(1)]},
        "reason": "exposure-accepted",
        "comment": "made up",
        "owner": "Made-up Owner",
        "approver": "Made-up Approver",
        "expires": "2027-12-31",
        "evidence": ["minutes"],
    }
    if "instrument" in keys:
        given |= {"kind": "contract-waiver", "section": "2.1", "signatory": "A. Made-up Person"}
    return given | keys


def waiver_file(folder, *waivers, name="waivers.yaml"):
    path = folder / name
    path.write_text(json.dumps({"schema": "provenance-waivers/1", "waivers": waivers}, indent=1), "utf-8")
    return path


def audited(folder, machines, *waivers, papers=(), files=None, policies=(CLAUSE,), **options):
    path = folder / "fleet.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(machines[0]))
        writer.writeheader()
        writer.writerows(machines)
    evidence = []
    if papers:
        evidence = [folder / "evidence.csv"]
        lines = [f"{document},{kind},chamber,{country},{named}" for document, kind, country, named in papers]
        evidence[0].write_text(
            "\n".join(["document,kind,issuer_role,country,serials", *lines]) + "\n", "utf-8"
        )
    given = files if files is not None else [waiver_file(folder, *waivers)] if waivers else []
    return provenance.audit(
        [path], policies=policies, evidence=evidence, waivers=given, as_of=AS_OF, **options
    )


def verdicts(audit):
    rows = audit.machines.select("verdict", "reason").collect().rows()
    return [f"{verdict} {reason}" for verdict, reason in rows]


@pytest.fixture
def make():
    """The helpers of this folder."""
    from types import SimpleNamespace

    return SimpleNamespace(
        serial=serial, machine=machine, waiver=waiver, file=waiver_file, audit=audited, verdicts=verdicts
    )

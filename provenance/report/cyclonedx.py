"""CycloneDX 1.6 hardware bill of materials: every machine a device, with its origins, grades and verdict.

Format: https://cyclonedx.org/docs/1.6/json/ ; names of properties of devices from the CycloneDX property taxonomy,
https://github.com/CycloneDX/cyclonedx-property-taxonomy/blob/main/cdx/device.md ; ours begin with `provenance:`.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from provenance.evidence import Facet
from provenance.policy.audit import Audit, Case
from provenance.report.document import Document
from provenance.report.results import machine_identity
from provenance.report.texts import as_texts
from provenance.report.words import one_line

_NAMESPACE = uuid.UUID("6b1f6d0e-52a5-5d5e-8d8a-6f3f3d2f9a10")
"""Ours alone; the serial number of a bill is the same for the same inputs and the same question."""


def write_cyclonedx(audit: Audit, document: Document, path: Path) -> None:
    """Write the bill, one device per line; memory does not grow with the number of machines."""
    head = _text(_metadata(audit, document))
    with path.open("wb") as out:
        out.write(
            b'{"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",\n'
            b'"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,\n'
        )
        out.write(f'"serialNumber": "urn:uuid:{_serial_number(audit)}",\n"metadata": '.encode())
        out.write(head + b',\n"components": [')
        _write_components(out, audit)
        out.write(b"]}\n")


def _write_components(out: IO[bytes], audit: Audit) -> None:
    separator = b"\n"
    for component in _components(audit):
        out.write(separator + _text(component))
        separator = b",\n"
    out.write(b"\n")


def _components(audit: Audit) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    shared = {case.id: _of_case(case) for case in audit.cases}
    cases = {case.id: case for case in audit.cases}
    for batch in as_texts(audit.machines).collect_batches(chunk_size=8192, maintain_order=True):
        for row in batch.iter_rows(named=True):
            identity = machine_identity(cases[row["case"]], row)
            seen[identity] += 1
            reference = identity if seen[identity] == 1 else f"{identity}-{seen[identity]}"
            yield _component(cases[row["case"]], shared[row["case"]], row, reference)


def _component(
    case: Case, shared: list[dict[str, str]], row: Mapping[str, Any], reference: str
) -> dict[str, Any]:
    identity = case.facts.identity
    maker = identity.maker_name or row["maker"]
    own = {
        "cdx:device:serialNumber": row["serial"],
        "cdx:device:macAddress": row["mac"],
        "cdx:device:lotNumber": row["batch"],
        "provenance:quantity": str(row["quantity"]),
        "provenance:place": " ".join(str(row[key]) for key in ("file", "sheet", "cell") if row[key]),
        "provenance:site": row["site"],
        "provenance:asset-tag": row["asset_tag"],
        "provenance:declared-origin": row["declared_origin"],
    }
    out: dict[str, Any] = {
        "type": "device",
        "bom-ref": reference,
        "name": one_line(identity.model_name or row["model"] or "equipment without a model"),
        "properties": [
            {"name": name, "value": one_line(value)} for name, value in own.items() if value is not None
        ]
        + shared,
    }
    if maker:
        out["manufacturer"] = {"name": one_line(maker)}
    return out


def _of_case(case: Case) -> list[dict[str, str]]:
    """Return what all machines of a case have in common."""
    pairs = [
        ("provenance:case", case.id),
        ("provenance:verdict", case.verdict.value),
        ("provenance:reason", case.reason.value),
    ]
    for conclusion in case.conclusions:
        statements = [piece for piece in conclusion.pieces if piece.is_statement]
        if statements:
            facet: Facet = conclusion.facet
            strongest = min(statements, key=lambda piece: piece.grade.rank)
            pairs.append((f"provenance:origin:{facet.value}", " ".join(sorted(conclusion.atoms))))
            pairs.append((f"provenance:grade:{facet.value}", strongest.grade.value))
    pairs += [(f"provenance:rule:{finding.rule.id}", finding.verdict.value) for finding in case.findings]
    return [{"name": name, "value": value} for name, value in pairs]


def _metadata(audit: Audit, document: Document) -> dict[str, Any]:
    name, _, version = audit.tool.partition(" ")
    pairs = [
        ("provenance:stamp", document.stamp),
        ("provenance:headline", document.headline.sentence),
        ("provenance:disclaimer", document.disclaimer),
        ("provenance:lines", str(audit.summary.lines)),
        ("provenance:units", str(audit.summary.units)),
        ("provenance:complete", "true" if audit.summary.complete else "false"),
        *(("provenance:policy", policy.id) for policy in audit.policies),
        *(("provenance:input", f"{file.name} sha256:{file.sha256}") for file in audit.inputs),
        *(("provenance:warning", warning) for warning in document.warnings),
    ]
    return {
        # The day of the question, not of the run: the same inputs give the same bytes.
        "timestamp": f"{audit.as_of.isoformat()}T00:00:00Z",
        "tools": {"components": [{"type": "application", "name": name, "version": version}]},
        "properties": [{"name": key, "value": value} for key, value in pairs if value],
    }


def _serial_number(audit: Audit) -> uuid.UUID:
    told = [audit.as_of.isoformat(), audit.tool, *(policy.sha256 for policy in audit.policies)]
    told += [file.sha256 for file in audit.inputs] + [digest for _, digest in audit.registers]
    return uuid.uuid5(_NAMESPACE, " ".join(told))


def _text(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "backslashreplace")

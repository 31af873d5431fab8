import json

import pytest

from provenance.report.document import build_document
from provenance.report.json_report import write_json
from provenance.report.matter_file import MATTER_TEMPLATE, load_matter
from provenance.report.schema import report_schema

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value, schema, path="$"):
    """Check a value against the part of JSON Schema that `report_schema` uses."""
    if "anyOf" in schema:
        return (
            [] if any(not faults(value, one, path) for one in schema["anyOf"]) else [f"{path}: none of anyOf"]
        )
    if "const" in schema and value != schema["const"]:
        return [f"{path}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path}: {value!r}"]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, KINDS[kind]) for kind in kinds):
        return [f"{path}: {type(value).__name__}"]
    found = []
    if isinstance(value, dict):
        found += [f"{path}.{key}: missing" for key in schema.get("required", []) if key not in value]
        for key, child in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            found += faults(child, inner, f"{path}.{key}")
    if isinstance(value, list):
        for index, child in enumerate(value):
            found += faults(child, schema.get("items", {}), f"{path}[{index}]")
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{path}: {value}")
    return found


def written(audit, tmp_path, matter=None):
    path = tmp_path / "report.json"
    write_json(audit, build_document(audit, matter), matter, path)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("several", [False, True])
def test_the_report_fits_its_schema(audit_of, tmp_path, several):
    told = json.loads(written(audit_of(several=several), tmp_path))
    assert faults(told, report_schema()) == []


def test_the_schema_refuses_a_report_without_a_verdict(audit, tmp_path):
    told = json.loads(written(audit, tmp_path))
    del told["machines"][0]["verdict"]
    told["summary"]["complete"] = "yes"
    assert sorted(faults(told, report_schema())) == [
        "$.machines[0].verdict: missing",
        "$.summary.complete: str",
    ]


def test_the_keys_promised_to_others_are_there(audit, tmp_path):
    told = json.loads(written(audit, tmp_path))
    promised = [
        "schema",
        "tool",
        "as_of",
        "matter",
        "inputs",
        "policies",
        "catalog",
        "lists",
        "summary",
        "cases",
        "machines",
        "rejected",
        "waivers",
    ]
    assert [key for key in promised if key not in told] == []
    assert (told["schema"], told["matter"]) == ("provenance-report/1", None)
    case = told["cases"][0]
    assert case["facets"]["manufacture"]["set"] == ["CN"]
    assert case["findings"][0]["rule"] == "sale-clause/origin"
    assert case["findings"][0]["waiver"] is None
    assert told["policies"][0]["counts"]["non-conforming"] == {"lines": 6, "units": 7}
    assert [reading["id"] for reading in told["policies"][0]["readings"]] == ["adopted", "hk-in"]


def test_a_waived_finding_says_by_what_and_what_it_is_without_it(audit, tmp_path):
    told = json.loads(written(audit, tmp_path))
    (waiver,) = told["waivers"]
    assert (waiver["id"], waiver["status"], waiver["waives"], waiver["not_found"]) == (
        "order-3", "applied", {"lines": 1, "units": 1}, ["WA-2"],
    )  # fmt: skip
    (finding,) = [one for case in told["cases"] for one in case["findings"] if one["waiver"] is not None]
    assert finding["verdict"] == "waived"
    assert finding["waiver"] == {
        "id": "order-3", "kind": "contract-waiver", "instrument": "=Order 3", "section": "2.1",
        "signatory": "A. Made-up Person", "date": "2024-02-23", "expires": "2024-07-15", "rule": "sale-clause/*",
        "owner": "Made-up Owner", "approver": "Made-up Approver",
        "without": {"verdict": "non-conforming", "reason": "condemned"},
    }  # fmt: skip
    (machine,) = [one for one in told["machines"] if one["verdict"] == "waived"]
    assert machine["waiver"] == "contract waiver order-3, owner Made-up Owner, until 2024-07-15"


def test_texts_are_exact_also_where_a_spreadsheet_would_run_them(audit, tmp_path):
    machines = json.loads(written(audit, tmp_path))["machines"]
    assert {"=1+1", "X`1", "\x1b[31mX2"} <= {machine["serial"] for machine in machines}
    assert "=cmd|' /C calc'!A0" in {machine["model"] for machine in machines}
    assert "蚂蚁S21 | 234T" in {machine["model"] for machine in machines}


def test_keys_are_sorted_everywhere(audit, tmp_path):
    def check(pairs):
        keys = [key for key, _ in pairs]
        assert keys == sorted(keys)
        return dict(pairs)

    json.loads(written(audit, tmp_path), object_pairs_hook=check)


def test_the_machines_of_several_batches_come_out_whole(audit, tmp_path, monkeypatch):
    monkeypatch.setattr(
        type(audit),
        "batches",
        lambda self: self.machines.collect_batches(chunk_size=3, maintain_order=True),
    )
    machines = json.loads(written(audit, tmp_path))["machines"]
    assert [machine["row"] for machine in machines] == audit.machines.select("row").collect()["row"].to_list()


def test_an_audit_without_machines_is_valid_json(audit_of, tmp_path):
    told = json.loads(written(audit_of((), rejected=()), tmp_path))
    assert (told["machines"], told["cases"], told["rejected"]) == ([], [], [])


def test_the_matter_stands_in_the_report(audit, tmp_path):
    path = tmp_path / "matter.yaml"
    path.write_text(MATTER_TEMPLATE.replace("# governing_law", "governing_law"), encoding="utf-8")
    told = json.loads(written(audit, tmp_path, load_matter(path)))
    assert told["matter"]["governing_law"] == "ucc:WY"

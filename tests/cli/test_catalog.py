"""`provenance catalog`, and catalogues of the user's own on every command that reads one."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

import provenance

OWN = """\
schema: provenance-maker/1
id: acme
name: Acme Rigs
categories: [asic-miner]
aliases: [Acme Rigs Ltd]
confidence: medium
sources: ["document: supplier file 12"]
models:
  - {id: acme-x1, name: Acme X1, confidence: medium, sources: ["document: supplier file 12"]}
"""
DAY = ("--as-of", "2026-11-20")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a folder with a catalogue of the user's own and an inventory beside it."""
    (tmp_path / "mine" / "makers").mkdir(parents=True)
    (tmp_path / "mine" / "makers" / "acme.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "fleet.csv").write_text(
        "Manufacturer,Model,Serial Number,Country of Origin\nAcme Rigs,X1,AC1234567,MY\n"
    )
    return tmp_path


def test_a_page_can_be_read_by_programs(run, tmp_path: Path) -> None:
    done = run("catalog", "show", "lorex", "-f", "json", folder=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["id"]) == (0, "lorex")
    assert len(json.loads(run("catalog", "list", "-f", "json", folder=tmp_path).stdout)) >= 220


def test_a_misspelt_id_suggests_the_near_one(run, tmp_path: Path) -> None:
    done = run("catalog", "show", "antminer-s21-por", folder=tmp_path)
    assert done.returncode == 1
    assert "did you mean antminer-s21-pro" in done.stderr


@pytest.mark.parametrize("file", ["maker", "change", "collisions", "firmware"])
def test_the_schema_of_each_file_is_printed(run, tmp_path: Path, file: str) -> None:
    schema = json.loads(run("catalog", "schema", file, folder=tmp_path).stdout)
    jsonschema_rs.meta.validate(schema)


def test_a_catalogue_of_ones_own_is_checked_with_file_and_line(run, own: Path) -> None:
    assert run("catalog", "check", "mine", folder=own).returncode == 0
    (own / "mine" / "makers" / "acme.yaml").write_text(OWN.replace("medium", "certain"), encoding="utf-8")
    done = run("catalog", "check", "mine", folder=own)
    assert done.returncode == 1
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == [
        "mine/makers/acme.yaml:6",
        "mine/makers/acme.yaml:9",
    ]


def test_the_option_lays_it_over_the_embedded_one(run, own: Path) -> None:
    found = json.loads(
        run("lookup", "model", "Acme X1", "-f", "jsonl", "--catalog", "mine", folder=own).stdout
    )
    assert (found["maker"], found["model"]) == ("acme", "acme-x1")
    shown = run("catalog", "show", "acme", "--catalog", "mine", folder=own).stdout
    assert "added: maker acme" in shown


def test_the_variable_and_the_settings_lay_it_over_too(run, own: Path) -> None:
    listed = run("catalog", "list", folder=own, PROVENANCE_CATALOG="mine").stdout
    assert "Acme Rigs" in listed
    (own / "provenance.toml").write_text('catalog = ["mine"]\n')
    (own / "below").mkdir()
    assert "Acme Rigs" in run("catalog", "list", folder=own / "below").stdout


def test_every_report_names_it_with_its_digest(run, own: Path) -> None:
    outcome = run("audit", "fleet.csv", "--catalog", "mine", *DAY, "-f", "json", folder=own)
    report = json.loads(outcome.stdout)
    (overlay,) = report["catalog"]["overlays"]
    assert (overlay["name"], overlay["added"], overlay["replaced"], overlay["withdrawn"]) == ("mine", 1, 0, 0)
    assert report["machines"][0]["maker"] == "Acme Rigs"
    notice = run("audit", "fleet.csv", "--catalog", "mine", *DAY, "-f", "notice-md", folder=own).stdout
    assert overlay["sha256"][:12] in notice
    assert "own catalogue" in run("audit", "fleet.csv", "--catalog", "mine", *DAY, folder=own).stdout


def test_its_faults_stop_the_audit_with_file_and_line(run, own: Path) -> None:
    (own / "mine" / "makers" / "acme.yaml").write_text(OWN + "colour: red\n", encoding="utf-8")
    done = run("audit", "fleet.csv", "--catalog", "mine", *DAY, folder=own)
    assert (done.returncode, done.stderr) == (
        1,
        "error: mine/makers/acme.yaml:10: the key 'colour' is not known here; correct or remove it\n",
    )


def test_python_takes_catalogues_as_well(own: Path) -> None:
    audit = provenance.audit([own / "fleet.csv"], catalogs=[own / "mine"])
    assert [overlay.name for overlay in audit.catalog.overlays] == ["mine"]
    assert audit.machines.collect()["maker"].to_list() == ["Acme Rigs"]


def test_explain_knows_it(run, own: Path) -> None:
    done = run("explain", "fleet.csv", "AC1234567", "--catalog", "mine", *DAY, folder=own)
    assert "Acme X1" in done.stdout

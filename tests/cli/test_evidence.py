"""`provenance evidence` and the options on papers as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

INVENTORY = "Manufacturer,Model,Serial Number,Country of Origin,Batch\nBitmain,Antminer S21 200T,ZZAAHTUBDJAAC0001,,B1\n"
REGISTER = "document,kind,issuer_role,country,serials,sha256\nC1,certificate,chamber,MY,ZZAAHTUBDJAAC0001,\n"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "fleet.csv").write_text(INVENTORY, "utf-8")
    (tmp_path / "evidence.csv").write_text(REGISTER, "utf-8")
    return tmp_path


def test_a_new_register_goes_to_standard_output_or_to_a_file_that_is_never_overwritten(run, room):
    done = run("evidence", "new", "fleet.csv", folder=room)
    assert (done.returncode, done.stderr) == (0, "1 request would settle 1 of 1 undetermined unit.\n")
    assert done.stdout.splitlines()[1].startswith(
        "REQUEST-001,certificate,,,,,manufacture,,ZZAAHTUBDJAAC0001,"
    )
    for name in ("register.xlsx", "register.yaml"):
        assert run("evidence", "new", "fleet.csv", "-o", name, folder=room).returncode == 0
        checked = run("evidence", "check", name, folder=room)
        assert (checked.returncode, checked.stdout) == (0, "")
        assert checked.stderr == "0 documents recorded; 1 request not yet answered; nothing to ask\n"
        again = run("evidence", "new", "fleet.csv", "-o", name, folder=room)
        assert (again.returncode, "exists already" in again.stderr) == (2, True)


def test_a_register_is_checked_with_its_documents(run, room):
    (room / "papers").mkdir()
    (room / "papers" / "stray.pdf").write_text("stray")
    done = run("evidence", "check", "evidence.csv", "--documents", "papers", folder=room)
    assert done.returncode == 10
    assert done.stdout.splitlines() == [
        "evidence.csv row 2: C1: not seen by this program: no sha256 is recorded",
        "stray.pdf: not read: no line of the register records it",
    ]


def test_every_fault_of_a_register_fails_the_check(run, room):
    (room / "evidence.csv").write_text("document,kind,country,serials\nC1,cert,Atlantis,A1\n", "utf-8")
    done = run("evidence", "check", "evidence.csv", folder=room)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)


def test_the_schema_is_json(run, room):
    schema = json.loads(run("evidence", "schema", folder=room).stdout)
    assert schema["title"] == "provenance-evidence/1"


def test_documents_schedule_and_disclosure_come_from_settings_variables_and_options_alike(run, room):
    (room / "papers").mkdir()
    (room / "contract.csv").write_text("Batch,Model,Quantity\nB1,S21,4\n", "utf-8")
    (room / "disclosed.csv").write_text("Serial Number\nZZAAHTUBDJAAC0001\n", "utf-8")
    names = {"documents": "papers", "schedule": "contract.csv", "disclosed": "disclosed.csv"}
    options = [text for name, value in names.items() for text in (f"--{name}", value)]
    given = ("audit", "fleet.csv", "--evidence", "evidence.csv", "--as-of", "2026-11-20")
    by_option = run(*given, *options, folder=room)
    by_variable = run(
        *given, folder=room, **{f"PROVENANCE_{name.upper()}": value for name, value in names.items()}
    )
    (room / "provenance.toml").write_text(
        "".join(f'{name} = "{value}"\n' for name, value in names.items()), "utf-8"
    )
    by_setting = run(*given, folder=room)
    assert by_option.stdout == by_variable.stdout == by_setting.stdout
    for said in ("not seen by this program", "short 3", "Disclosed by the seller in disclosed.csv"):
        assert said in by_option.stdout


def test_explain_says_what_stops_a_document(run, room):
    (room / "evidence.csv").write_text(REGISTER.replace("chamber", ""), "utf-8")
    done = run("explain", "fleet.csv", "ZZAAHTUBDJAAC0001", "--evidence", "evidence.csv", folder=room)
    assert "certificate of origin C1: MY, stated by unknown (in doubt: issuer-not-known)" in done.stdout


@pytest.mark.parametrize(
    ("seller", "role", "verdict"),
    [
        ("Invented Trading Limited", "chamber", "undetermined"),
        ("Invented Trading Limited", "maker", "undetermined"),
        ("Somebody Else Ltd", "chamber", "conforming"),
    ],
)
def test_the_sellers_own_certificate_is_known_by_the_matter_whatever_the_register_calls_it(
    run, room, seller, role, verdict
):
    (room / "own.csv").write_text(
        "document,kind,issuer,issuer_role,country,serials\n"
        f'C1,certificate,"INVENTED TRADING, LTD.",{role},MY,ZZAAHTUBDJAAC0001\n',
        "utf-8",
    )
    (room / "matter.yaml").write_text(
        f"schema: provenance-matter/2\nparties:\n  - {{role: seller, name: {seller}}}\n", "utf-8"
    )
    done = run(
        "audit", "fleet.csv", "--evidence", "own.csv", "--matter", "matter.yaml", "--policy", "cleanspark-mineone",
        "-f", "json", folder=room,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert [one["verdict"] for one in told["machines"] if one["serial"] == "ZZAAHTUBDJAAC0001"] == [verdict]
    asked = [one["flag"] for one in told["document_findings"]]
    assert ("self-issued" in asked) == (verdict == "undetermined")

"""What a command takes for inventories: pipes, patterns, zips, protected workbooks, and what stands in their way."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import click
import msoffcrypto.format.ooxml
import openpyxl
import pytest

from provenance.cli.options import Progress, opening_of
from provenance.inventory.limits import Limits

COMMAND = Path(sys.executable).with_name("provenance")
_CSV = "Manufacturer,Model,Serial Number,Country of Origin\nBitmain,Antminer S21 200T,ZZAAHTUBDJAAC0001,MY\n"


def _run(
    folder: Path, *arguments: str, piped: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PROVENANCE_")}
    return subprocess.run(
        [str(COMMAND), *arguments],
        cwd=folder,
        input=piped,
        capture_output=True,
        env=kept | variables,
        check=False,
    )


def _workbook(*, password: str = "") -> bytes:
    book = openpyxl.Workbook()
    for line in _CSV.splitlines():
        book.active.append(line.split(","))
    plain, locked = io.BytesIO(), io.BytesIO()
    book.save(plain)
    if not password:
        return plain.getvalue()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()


def _audited(done: subprocess.CompletedProcess[bytes]) -> dict:
    assert done.returncode in {0, 10, 11}, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.mark.parametrize("content", [_CSV.encode(), _CSV.replace(",", ";").encode("utf-16"), _workbook()])
def test_an_inventory_comes_through_a_pipe_in_any_format(tmp_path, content):
    report = _audited(_run(tmp_path, "audit", "-", "-f", "json", piped=content))

    assert [(one["name"], one["complete"]) for one in report["inputs"]] == [("standard-input", True)]
    assert [machine["serial"] for machine in report["machines"]] == ["ZZAAHTUBDJAAC0001"]
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_inspected_and_explained(tmp_path):
    inspected = _run(tmp_path, "inspect", "-", piped=_CSV.encode("utf-16"))
    explained = _run(tmp_path, "explain", "-", "ZZAAHTUBDJAAC0001", piped=_CSV.encode())

    assert b"standard-input: csv" in inspected.stdout
    assert b"  utf-16-le, cells separated by a comma" in inspected.stdout
    assert (explained.returncode, b"ZZAAHTUBDJAAC0001" in explained.stdout) == (0, True)


def test_an_empty_pipe_is_an_error(tmp_path):
    done = _run(tmp_path, "audit", "-")

    assert (done.returncode, done.stderr.decode().strip()) == (
        1,
        "error: standard-input: is empty (0 bytes); export it again",
    )


def test_a_pattern_that_the_shell_left_is_expanded(tmp_path):
    (tmp_path / "a.csv").write_text(_CSV)
    (tmp_path / "b.csv").write_text(_CSV)

    report = _audited(_run(tmp_path, "audit", "*.csv", "-f", "json"))

    assert [one["name"] for one in report["inputs"]] == ["a.csv", "b.csv"]


def test_a_zip_is_one_data_room_and_what_is_not_opened_makes_it_incomplete(tmp_path):
    with zipfile.ZipFile(tmp_path / "room.zip", "w") as archive:
        archive.writestr("fleet.xlsx", _workbook())
        archive.writestr("inner.zip", b"x")

    done = _run(tmp_path, "audit", "room.zip", "-f", "json", "--fail-on", "never")

    report = json.loads(done.stdout)
    assert (done.returncode, report["summary"]["complete"]) == (10, False)
    assert [(one["name"], one["format"], one["complete"]) for one in report["inputs"]] == [
        ("room.zip/inner.zip", "unread", False),
        ("room.zip/fleet.xlsx", "xlsx", True),
    ]
    assert [machine["file"] for machine in report["machines"]] == ["room.zip/fleet.xlsx"]


def test_a_workbook_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path):
    (tmp_path / "fleet.csv").write_text(_CSV)
    (tmp_path / "broken.xlsx").write_bytes(_workbook()[:900])

    done = _run(tmp_path, "audit", ".", "-f", "json", "--fail-on", "never")

    report = json.loads(done.stdout)
    assert (done.returncode, report["summary"]["complete"], len(report["machines"])) == (10, False, 1)
    (broken,) = [one for one in report["inputs"] if not one["complete"]]
    assert (broken["name"], broken["oddities"][0].split(" (")[0]) == ("broken.xlsx", "is a damaged workbook")


def test_a_protected_workbook_opens_with_the_password_of_the_environment(tmp_path):
    (tmp_path / "fleet.xlsx").write_bytes(_workbook(password="open sesame"))

    right = _run(tmp_path, "audit", "fleet.xlsx", "-f", "json", PROVENANCE_PASSWORD="open sesame")
    wrong = _run(tmp_path, "audit", "fleet.xlsx", PROVENANCE_PASSWORD="wrong")
    none = _run(tmp_path, "audit", "fleet.xlsx")

    assert len(_audited(right)["machines"]) == 1
    assert b"open sesame" not in right.stdout + right.stderr
    assert (wrong.returncode, none.returncode) == (1, 1)
    assert b"the one given does not open it" in wrong.stderr
    assert b"is protected by a password; set PROVENANCE_PASSWORD" in none.stderr


def test_no_option_takes_a_password():
    from provenance.cli.audit import command

    assert not [name for param in command.params for name in param.opts if "password" in name]


def test_a_person_is_asked_for_a_password_without_an_echo(monkeypatch):
    asked: list[tuple[str, bool]] = []

    def prompt(text: str, *, hide_input: bool, **_: object) -> str:
        asked.append((text, hide_input))
        return ""

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.delenv("CI", raising=False)

    ask = opening_of(Limits(), Progress()).ask

    assert ask is not None
    assert ask("fleet.xlsx") is None
    assert asked == [("Password of fleet.xlsx", True)]


def test_nobody_is_asked_in_a_pipe(monkeypatch):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)

    assert opening_of(Limits(), Progress()).ask is None


@pytest.mark.parametrize(
    ("settings", "variables", "options", "members"),
    [
        ("[limits]\nmembers = 3\n", {}, (), 3),
        ("[limits]\nmembers = 3\n", {"PROVENANCE_LIMIT_MEMBERS": "4"}, (), 4),
        ("[limits]\nmembers = 3\n", {"PROVENANCE_LIMIT_MEMBERS": "4"}, ("--limit", "members=5"), 5),
        ("", {"PROVENANCE_LIMIT": "members=6"}, (), 6),
    ],
)
def test_limits_come_from_the_settings_the_variables_and_the_options(
    tmp_path, settings, variables, options, members
):
    (tmp_path / "fleet.xlsx").write_bytes(_workbook())
    (tmp_path / "provenance.toml").write_text(settings)

    done = _run(tmp_path, "inspect", "fleet.xlsx", *options, **variables)

    assert f"at most {members} are read" in done.stderr.decode()


@pytest.mark.parametrize(
    ("settings", "variables", "options", "code", "words"),
    [
        ("[limits]\nmembres = 3\n", {}, (), 1, "the limit 'membres' is not known; did you mean 'members'?"),
        ("[limits]\nmemory = 0\n", {}, (), 1, "the limit memory is 0; write a whole number above zero"),
        ("limits = 3\n", {}, (), 1, "limits is no table; write [limits]"),
        ("", {"PROVENANCE_LIMIT_MEMORY": "x"}, (), 1, "PROVENANCE_LIMIT_MEMORY: is 'x'; give a whole number"),
        ("", {}, ("--limit", "memory=x"), 2, "'memory=x': write memory= and a whole number above zero"),
        ("", {}, ("--limit", "mem=1"), 2, "'mem' is no limit; known are memory, seconds"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused(tmp_path, settings, variables, options, code, words):
    (tmp_path / "fleet.csv").write_text(_CSV)
    (tmp_path / "provenance.toml").write_text(settings)

    done = _run(tmp_path, "inspect", "fleet.csv", *options, **variables)

    assert (done.returncode, words in " ".join(done.stderr.decode().replace("│", " ").split())) == (
        code,
        True,
    )

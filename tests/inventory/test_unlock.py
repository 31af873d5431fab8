"""Workbooks that a password protects."""

import io
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from provenance.errors import InventoryError
from provenance.inventory import unlock
from provenance.inventory.limits import Limits
from provenance.inventory.opening import Opening
from provenance.inventory.workbook import read_workbook


@pytest.fixture(scope="module")
def locked(tmp_path_factory) -> Path:
    """Return a workbook encrypted the way Office does, whose password is `open sesame`."""
    return _locked(tmp_path_factory.mktemp("locked"), "open sesame")


def _locked(folder: Path, password: str) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["Model", "Serial"])
    book.active.append(["S21", "AB10001"])
    plain = io.BytesIO()
    book.save(plain)
    path = folder / "fleet.xlsx"
    with path.open("wb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, file)
    return path


def test_the_right_password_opens_a_workbook(locked):
    grid = read_workbook(locked, "fleet.xlsx", Opening(password="open sesame"))

    assert (grid.format, grid.sheets[0].head) == ("xlsx", (("Model", "Serial"), ("S21", "AB10001")))


def test_the_password_comes_from_the_environment(locked, monkeypatch):
    monkeypatch.setenv("PROVENANCE_PASSWORD", "open sesame")

    assert read_workbook(locked, "fleet.xlsx").complete


def test_without_a_password_the_error_says_where_to_put_it(locked):
    with pytest.raises(
        InventoryError,
        match=r"fleet\.xlsx: is protected by a password; set PROVENANCE_PASSWORD .*, or save a copy without the password",
    ):
        read_workbook(locked, "fleet.xlsx", Opening(password=None))


def test_a_wrong_password_is_told_apart_from_none(locked):
    with pytest.raises(
        InventoryError,
        match="is protected by a password, and the one given does not open it; give the right one",
    ):
        read_workbook(locked, "fleet.xlsx", Opening(password="wrong"))


def test_a_person_is_asked_until_the_password_fits(locked):
    asked: list[str] = []
    answers = iter(["wrong", "open sesame"])

    def ask(name: str) -> str:
        asked.append(name)
        return next(answers)

    assert read_workbook(locked, "fleet.xlsx", Opening(password=None, ask=ask)).complete
    assert asked == ["fleet.xlsx", "fleet.xlsx"]


def test_a_person_who_gives_none_is_asked_once(locked):
    asked: list[str] = []

    with pytest.raises(InventoryError, match="the one given does not open it"):
        read_workbook(locked, "fleet.xlsx", Opening(password=None, ask=asked.append))
    assert asked == ["fleet.xlsx"]


def test_what_excel_only_protects_from_changes_opens_with_any_password(tmp_path):
    path = _locked(tmp_path, "VelvetSweatshop")

    assert read_workbook(path, "fleet.xlsx", Opening(password="")).complete


def test_without_the_extra_the_error_names_it(locked, monkeypatch):
    monkeypatch.setattr(unlock, "find_spec", lambda _: None)

    with pytest.raises(
        InventoryError,
        match=r"is protected by a password; install hardware-provenance\[encrypted\] and set PROVENANCE_PASSWORD",
    ):
        read_workbook(locked, "fleet.xlsx", Opening(password="open sesame"))


def test_an_encrypted_ods_is_refused_whatever_the_password(tmp_path):
    import zipfile

    path = tmp_path / "secret.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        archive.writestr("content.xml", b"\x01\x02")

    with pytest.raises(InventoryError, match="is protected by a password in a way that is not opened here"):
        read_workbook(path, "secret.ods", Opening(password="x"))


def test_a_damaged_protected_workbook_is_one_error(tmp_path, locked):
    path = tmp_path / "fleet.xlsx"
    path.write_bytes(locked.read_bytes()[:3000])

    with pytest.raises(InventoryError, match=r"fleet\.xlsx: is protected by a password or damaged \("):
        read_workbook(path, "fleet.xlsx", Opening(password="open sesame"))


def test_a_key_that_takes_too_long_ends_the_process_and_not_the_run(tmp_path, locked, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(unlock, "_CHILD", child)

    with pytest.raises(InventoryError, match="took more than 1 seconds to decrypt"):
        read_workbook(locked, "fleet.xlsx", Opening(Limits(seconds=1), password="x"))


def test_a_process_that_dies_becomes_an_error(tmp_path, locked, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text("import os\nos._exit(7)\n")
    monkeypatch.setattr(unlock, "_CHILD", child)

    with pytest.raises(InventoryError, match="the process that decrypts ended with code 7"):
        read_workbook(locked, "fleet.xlsx", Opening(password="x"))


def test_the_password_stands_on_no_command_line(tmp_path, locked, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text(
        "import json, os, sys\n"
        "said = [word for word in (*sys.argv, *os.environ.values()) if 'sesame' in word]\n"
        "print(json.dumps({'error': 'Seen', 'message': f'seen {len(said)} times'}))\n"
    )
    monkeypatch.setattr(unlock, "_CHILD", child)
    monkeypatch.setenv("PROVENANCE_PASSWORD", "open sesame")

    with pytest.raises(InventoryError, match="seen 0 times"):
        read_workbook(locked, "fleet.xlsx")

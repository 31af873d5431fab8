"""Which files the paths of a user stand for, and what they are called."""

import os
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from provenance.errors import InventoryError
from provenance.inventory.archive import is_archive
from provenance.inventory.find import find_inputs
from provenance.inventory.limits import Limits
from provenance.inventory.reader import read_inventory
from provenance.inventory.spool import is_spooled

_CSV = "Model,Serial\nS21,AB10001\n"


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_CSV)


def test_a_folder_gives_its_inventories_sorted_with_names_inside_it(tmp_path):
    _touch(
        tmp_path,
        "b.csv",
        "a/z.xlsx",
        "a/b.json",
        "evidence.csv",
        "Evidence 2024.xlsx",
        "waivers.yaml",
        "matter.yaml",
    )
    _touch(tmp_path, ".hidden.csv", "~$b.xlsx", ".git/c.csv", "photo.jpg", "letter.pdf")

    found = find_inputs([tmp_path])

    assert [name for _, name in found.files] == ["a/b.json", "a/z.xlsx", "b.csv"]
    assert found.unread == ("letter.pdf", "photo.jpg")


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path):
    _touch(tmp_path, "evidence.csv", "list.data")

    assert [name for _, name in find_inputs([tmp_path / "evidence.csv", tmp_path / "list.data"]).files] == [
        "evidence.csv",
        "list.data",
    ]


def test_a_file_given_twice_is_read_once_and_namesakes_are_told_apart(tmp_path):
    _touch(tmp_path, "north/fleet.csv", "south/fleet.csv")
    north, south = tmp_path / "north/fleet.csv", tmp_path / "south/fleet.csv"

    assert [name for _, name in find_inputs([north, south, north]).files] == [
        "north/fleet.csv",
        "south/fleet.csv",
    ]


def test_namesakes_take_as_many_of_their_folders_as_tell_them_apart(tmp_path):
    _touch(tmp_path, "north/list/fleet.csv", "south/list/fleet.csv", "south/other.csv")

    assert [name for _, name in find_inputs([tmp_path / "north", tmp_path / "south"]).files] == [
        "north/list/fleet.csv",
        "south/list/fleet.csv",
        "other.csv",
    ]


def test_paths_that_lead_nowhere_are_all_named(tmp_path):
    (tmp_path / "empty").mkdir()

    with pytest.raises(InventoryError) as raised:
        find_inputs([tmp_path / "none.csv", tmp_path / "empty"])

    assert [fault.what for fault in raised.value.faults] == ["does not exist", "holds no inventory"]


def _zip(path: Path, members: dict[str, str | bytes], *, level: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _names(*paths: Path, limits: Limits | None = None) -> list[str]:
    return [name for _, name in find_inputs(paths, limits=limits).files]


def test_a_pattern_stands_for_what_it_matches_in_order_of_name(tmp_path):
    _touch(tmp_path, "b.csv", "a.csv", "~$a.csv", "deep/c.csv", "a.txt")

    assert _names(tmp_path / "*.csv") == ["a.csv", "b.csv"]
    assert _names(tmp_path / "**" / "[c]*.csv") == ["c.csv"]


def test_a_file_whose_name_looks_like_a_pattern_is_itself(tmp_path):
    _touch(tmp_path, "fleet[1].csv", "fleet1.csv")

    assert _names(tmp_path / "fleet[1].csv") == ["fleet[1].csv"]


def test_a_pattern_that_matches_nothing_is_told(tmp_path):
    with pytest.raises(InventoryError, match=r"\*\.ods: matches no file; check the pattern"):
        find_inputs([tmp_path / "*.ods"])


def test_a_zip_gives_its_inventories_named_inside_it(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Model", "Serial"])
    book.active.append(["S21", "AB10001"])
    book.save(tmp_path / "fleet.xlsx")
    room = _zip(
        tmp_path / "room.zip",
        {
            "site/fleet.xlsx": (tmp_path / "fleet.xlsx").read_bytes(),
            "b.csv": _CSV,
            "evidence.csv": _CSV,
            "letter.pdf": "x",
            "__MACOSX/._b.csv": "x",
            ".hidden/c.csv": _CSV,
            "~$b.csv": "x",
            "empty/": "",
        },
    )

    found = find_inputs([room])

    assert [name for _, name in found.files] == ["room.zip/b.csv", "room.zip/site/fleet.xlsx"]
    assert (found.unread, found.companions) == (("room.zip/letter.pdf",), ("room.zip/evidence.csv",))
    read = [read_inventory(path, name=name) for path, name in found.files]
    assert [table.scan().collect()["serial"].to_list() for one in read for table in one.tables] == [
        ["AB10001"]
    ] * 2
    assert [(one.name, one.format, one.path) for one in read] == [
        ("room.zip/b.csv", "csv", None),
        ("room.zip/site/fleet.xlsx", "xlsx", None),
    ]


def test_a_zip_in_a_folder_is_opened_too(tmp_path):
    (tmp_path / "north").mkdir()
    _zip(tmp_path / "north" / "a.zip", {"fleet.csv": _CSV})

    assert _names(tmp_path) == ["north/a.zip/fleet.csv"]


def test_zips_of_one_name_are_told_apart_by_their_folders(tmp_path):
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        _zip(tmp_path / folder / "room.zip", {"fleet.csv": _CSV})

    assert _names(tmp_path / "north" / "room.zip", tmp_path / "south" / "room.zip") == [
        "north/room.zip/fleet.csv",
        "south/room.zip/fleet.csv",
    ]


def test_a_workbook_is_no_zip_of_inventories(tmp_path):
    openpyxl.Workbook().save(tmp_path / "fleet.zip")

    assert not is_archive(tmp_path / "fleet.zip")


@pytest.mark.parametrize(
    "name", ["../fleet.csv", "a/../../fleet.csv", "/etc/fleet.csv", "C:/fleet.csv", "..\\fleet.csv"]
)
def test_a_name_that_leads_out_of_a_zip_is_refused_and_the_others_are_taken(tmp_path, name):
    room = _zip(tmp_path / "room.zip", {"good.csv": _CSV, name: _CSV})

    found = find_inputs([room])

    assert [shown for _, shown in found.files] == ["room.zip/good.csv"]
    ((_, fault),) = found.refused
    assert fault.what == "has a name that leads out of the zip"
    assert not (tmp_path.parent / "fleet.csv").exists()
    assert all(is_spooled(path) for path, _ in found.files)


def test_a_zip_in_a_zip_is_not_opened_and_told(tmp_path):
    inner = _zip(tmp_path / "inner.zip", {"fleet.csv": _CSV}).read_bytes()
    room = _zip(tmp_path / "room.zip", {"a/inner.zip": inner, "fleet.tar.gz": "x", "good.csv": _CSV})

    found = find_inputs([room])

    assert [shown for _, shown in found.files] == ["room.zip/good.csv"]
    assert [str(fault) for _, fault in found.refused] == [
        "room.zip/a/inner.zip: is an archive inside a zip, which is not opened; unpack it and give the folder",
        "room.zip/fleet.tar.gz: is an archive inside a zip, which is not opened; unpack it and give the folder",
    ]


@pytest.mark.parametrize(
    ("members", "limits", "words"),
    [
        ({f"{n}.csv": _CSV for n in range(5)}, Limits(members=4), "holds 5 parts; at most 4 are read"),
        ({"a.csv": "x" * 3 * 2**20}, Limits(unpacked=2), "unpacks to 3 MiB; at most 2 are read"),
        (
            {"a.csv": "0" * 40 * 2**20},
            Limits(),
            r"its part a.csv unpacks to 40 MiB from \d+ KiB, as a zip bomb does",
        ),
    ],
)
def test_a_zip_that_holds_too_much_is_refused_as_a_whole(tmp_path, members, limits, words):
    room = _zip(tmp_path / "room.zip", members, level=zipfile.ZIP_DEFLATED)

    ((name, fault),) = find_inputs([room], limits=limits).refused

    assert name == "room.zip"
    assert re.search(words, str(fault))
    assert "unpack it and give the folder, or raise the limit" in fault.do


def test_a_damaged_member_is_refused_alone(tmp_path):
    room = _zip(tmp_path / "room.zip", {"bad.csv": _CSV * 3, "good.csv": _CSV})
    data = bytearray(room.read_bytes())
    data[data.index(b"AB10001")] ^= 0xFF
    room.write_bytes(data)

    found = find_inputs([room])

    assert [name for _, name in found.files] == ["room.zip/good.csv"]
    assert [(name, fault.what.split(" (")[0]) for name, fault in found.refused] == [
        ("room.zip/bad.csv", "is a damaged file in a zip")
    ]


def test_a_damaged_zip_is_refused_and_named(tmp_path):
    path = tmp_path / "room.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(100))

    ((name, fault),) = find_inputs([path]).refused

    assert (name, fault.what.split(" (")[0]) == ("room.zip", "is a damaged zip")


def test_a_protected_member_is_refused_alone(tmp_path):
    room = _zip(tmp_path / "room.zip", {"good.csv": _CSV, "locked.csv": _CSV})
    data = bytearray(room.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of encryption in the list of members
    room.write_bytes(data)

    found = find_inputs([room])

    assert [str(fault) for _, fault in found.refused] == [
        "room.zip/locked.csv: is protected by a password of the zip; unpack it and give the folder"
    ]


def test_members_of_one_name_are_all_read(tmp_path):
    path = tmp_path / "room.zip"
    _zip(path, {"fleet.csv": _CSV, "fleet.CSV": _CSV.replace("1\n", "2\n")})
    path.write_bytes(path.read_bytes().replace(b"fleet.CSV", b"fleet.csv"))

    found = find_inputs([path])

    assert [name for _, name in found.files] == ["room.zip/fleet (2).csv", "room.zip/fleet.csv"]
    serials = [read_inventory(path).tables[0].scan().collect()["serial"].item() for path, _ in found.files]
    assert serials == ["AB10002", "AB10001"]


def test_a_name_in_an_old_encoding_is_readable(tmp_path):
    room = _zip(tmp_path / "room.zip", {"xxxxxxxxxxxx.csv": _CSV})
    room.write_bytes(room.read_bytes().replace(b"xxxxxxxxxxxx", "设备数量清单".encode("gbk")))

    assert _names(room) == ["room.zip/设备数量清单.csv"]


def test_a_zip_without_an_inventory_is_told(tmp_path):
    with pytest.raises(InventoryError, match=r"room\.zip: holds no inventory; expected csv"):
        find_inputs([_zip(tmp_path / "room.zip", {"letter.pdf": "x"})])


def test_what_was_written_down_is_this_users_alone(tmp_path):
    ((path, _),) = find_inputs([_zip(tmp_path / "room.zip", {"fleet.csv": _CSV})]).files

    assert os.name == "nt" or path.parent.parent.stat().st_mode & 0o077 == 0

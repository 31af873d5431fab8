"""The walls of the project: which room may import which, and which library stays where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import provenance

PACKAGE = Path(provenance.__file__).parent
ROOMS = ("inventory", "catalog", "identify", "origin", "policy", "report")
GROUND = {
    "countries",
    "dates",
    "errors",
    "datafile",
    "user_cache",
    "value_faults",
    "evidence",
    "expressions",
    "kept",
    "plain",
    "records",
    "_version",
}
ABOVE = {"beside", "build_hook", "cli", "given", "pipeline"}
KEPT = {
    "click": {"cli"},
    "rich": {"cli", "report/terminal", "report/inspection"},
    "python_calamine": {"inventory"},
    "openpyxl": {"inventory"},
    "xlsxwriter": {"report/sheets", "report/register_workbook"},
}
COMPILER_LIBRARIES = {"pydantic", "yaml", "provenance"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "rules" not in path.parts)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield node.module


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_rooms_before_it_and_the_ground_floor(path):
    room = room_of(path)
    if room in ABOVE or room == "__init__":
        return
    allowed = GROUND | {"origin", room} if room in GROUND else GROUND | set(ROOMS[: ROOMS.index(room) + 1])
    if room in GROUND:
        allowed = set(GROUND)
    used = {name.split(".")[1] for name in imports(path) if name.startswith("provenance.")}
    assert used <= allowed


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_library_is_imported_only_in_its_rooms(path):
    place = path.relative_to(PACKAGE).with_suffix("").as_posix()
    for name in imports(path):
        rooms = KEPT.get(name.split(".")[0])
        if rooms is not None:
            assert any(place == room or place.startswith(f"{room}/") for room in rooms), (
                f"{place} imports {name}"
            )

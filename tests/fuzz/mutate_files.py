"""Mutates inventories by the thousand and reads each: nothing may crash, hang, or lose a row.

    python tests/fuzz/mutate_files.py [--count 5000] [--seed 1] [--keep FOLDER]

Half of the files are xlsx, half csv. Bits are flipped, files cut off, parts of a zip dropped, doubled, swapped or cut, cells
filled with what no cell should hold. A file is read, or refused by an error that names it. Where all of it was read,
every serial number that stands in it stands in a table or above one, and every row of a table is a machine or rejected.
The same seed makes the same files; a file that fails is kept.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import os
import random
import re
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROWS = 40
SERIAL = re.compile(r"AB[0-9]{6}")
"""What a serial number looks like, and nothing else in the files."""
SLOW = 20.0
"""Seconds of computing after which a small file counts as a hang."""

HEADER = ["Manufacturer", "Model", "Serial Number", "Country of Origin", "Quantity", "Delivery Date"]
ODD_TEXTS = [
    "", " ", "\t", "\x01", "\u200b", "\ufeff", "\u00a0", "é" * 300, "x" * 40_000, "=1+1", "@SUM(A1)", "-", "N/A", "Total",
    "1e308", "1E+400", "-0", "99999999999999999999", "0.1", "NaN", "inf", "31/12/9999", "1900-02-29", "TRUE", "#REF!",
    '"', '""', "a\nb", "a\r\nb", "</t>", "<![CDATA[", "&amp;", "\U0001f600", "中国", "Model", "Serial Number", "سيريال",
]  # fmt: skip
ODD_NUMBERS = [
    "",
    "-1",
    "1e999",
    "NaN",
    "1e-320",
    "2958466",
    "-99999",
    "4" * 400,
    "0x1F",
    " 7 ",
    "1,5",
    "TRUE",
]
ODD_REFS = ["A0", "XFD1048576", "ZZZ1", "A1048577", "1A", "", "A1:B2", "$A$1", "a1", "A99999999999"]


@dataclass(frozen=True, slots=True)
class Case:
    """One mutated file."""

    name: str
    """With its suffix."""
    data: bytes
    mutation: str
    serials: frozenset[str] | None
    """What must be found if all of it is read; None where the damage leaves nobody able to say."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    kind: str
    """`read`, `partly read`, `refused`, or a failure: `crash`, `lost`, `unnamed`, `hang`."""
    note: str = ""

    @property
    def failed(self) -> bool:
        return self.kind not in {"read", "partly read", "refused"}


def cases(count: int, seed: int) -> Iterator[Case]:
    """Yield as many mutated files, half xlsx and half csv; the same for the same seed."""
    for index in range(count):
        chance = random.Random(f"{seed}:{index}")
        yield mutate_workbook(chance, index) if index % 2 else mutate_text(chance, index)


def rows(chance: random.Random) -> list[list[str]]:
    makers = [("Bitmain", "Antminer S21 200T"), ("MicroBT", "WhatsMiner M50S"), ("Canaan", "Avalon A1366")]
    body = []
    for _ in range(ROWS):
        maker, model = chance.choice(makers)
        country = chance.choice(["MY", "CN", "", "Thailand", "n/a"])
        body.append(
            [
                maker,
                model,
                f"AB{chance.randrange(10**6):06d}",
                country,
                "1",
                f"2024-0{chance.randint(1, 9)}-11",
            ]
        )
    return [HEADER, *body]


# Text files.


def mutate_text(chance: random.Random, index: int) -> Case:
    """Return a csv with one to three things wrong."""
    table = rows(chance)
    delimiter = chance.choice([",", ";", "\t", "|"])
    end = chance.choice(["\n", "\r\n", "\r"])
    encoding = chance.choice(
        ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac-roman"]
    )
    if chance.random() < 0.5:
        for _ in range(chance.randint(1, 6)):
            table[chance.randrange(1, len(table))][chance.randrange(6)] = chance.choice(ODD_TEXTS)
        mutation = "cells"
    else:
        mutation = chance.choice(["bits", "cut", "splice", "none"])
    data = bytearray(end.join(delimiter.join(row) for row in table).encode(encoding, "replace"))
    match mutation:
        case "bits":
            for _ in range(chance.randint(1, 30)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "cut":
            del data[chance.randrange(len(data)) :]
        case "splice":
            at = chance.randrange(len(data))
            data[at:at] = chance.choice(
                [b"\0", b'"', b"\r", b"\n\n\n", b"\xff\xfe", b"sep=;\n", b'"' * 9, b"\x1a", b"," * 999]
            )
    serials = (
        frozenset(SERIAL.findall(data.decode(encoding, "replace")))
        if encoding.startswith(("utf-8", "cp"))
        else None
    )
    return Case(f"fleet-{index}.csv", bytes(data), f"csv {mutation}", serials)


# Workbooks.


def mutate_workbook(chance: random.Random, index: int) -> Case:
    """Return an xlsx with something wrong in its bytes, its zip or its cells."""
    parts = workbook_parts(rows(chance))
    mutation = chance.choice(["bits", "cut", "zip", "cells", "cells", "xml"])
    serials = None
    if mutation == "cells":
        sheet, touched = odd_cells(chance, parts["xl/worksheets/sheet1.xml"].decode())
        parts["xl/worksheets/sheet1.xml"] = sheet.encode("utf-8", "replace")
        serials = frozenset(SERIAL.findall(sheet)) - touched
    elif mutation == "xml":
        name = chance.choice(sorted(parts))
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 5)):
            part[chance.randrange(len(part))] = chance.randrange(256)
        parts[name] = bytes(part)
    data = bytearray(zip_of(chance, parts) if mutation == "zip" else packed(list(parts.items())))
    if mutation == "bits":
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif mutation == "cut":
        del data[chance.randrange(len(data)) :]
    return Case(f"fleet-{index}.xlsx", bytes(data), f"xlsx {mutation}", serials)


def workbook_parts(table: list[list[str]]) -> dict[str, bytes]:
    """Return the parts of a small workbook whose texts stand in the cells."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    lines = []
    for number, row in enumerate(table, start=1):
        cells = "".join(
            f'<c r="{chr(65 + at)}{number}"><v>{text}</v></c>'
            if at == 4 and number > 1
            else f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(row)
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Fleet" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0000"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
    }
    return {name: b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode() for name, text in texts.items()}


def odd_cells(chance: random.Random, sheet: str) -> tuple[str, set[str]]:
    """Put what no cell should hold into cells of a sheet; return it with the serials that may be gone with them."""
    touched: set[str] = set()
    for _ in range(chance.randint(1, 4)):
        found = list(re.finditer(r"<c r=\"([A-Z]+[0-9]+)\".*?</c>", sheet))
        cell = found[chance.randrange(6, len(found))]
        touched |= set(SERIAL.findall(cell[0]))
        ref = cell[1]
        text = chance.choice(ODD_TEXTS).replace("&", "&amp;").replace("<", "&lt;")
        new = chance.choice(
            [
                f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>',
                f'<c r="{ref}"><v>{chance.choice(ODD_NUMBERS)}</v></c>',
                f'<c r="{ref}" s="{chance.choice([0, 1, 7, -1])}"><v>42</v></c>',
                f'<c r="{ref}" t="{chance.choice(["s", "b", "e", "d", "zz"])}"><v>{chance.choice(ODD_NUMBERS)}</v></c>',
                f'<c r="{ref}"><f>{text}</f></c>',
                f'<c r="{ref}"><f>A1</f><v></v></c>',
                f'<c r="{chance.choice(ODD_REFS)}"><v>1</v></c>',
                f'<c r="{ref}"/>',
                "",
            ]
        )
        sheet = sheet[: cell.start()] + new + sheet[cell.end() :]
    return sheet, touched


def zip_of(chance: random.Random, parts: dict[str, bytes]) -> bytes:
    """Return the zip with a part dropped, doubled, cut, emptied, renamed, or in the place of another."""
    members = list(parts.items())
    at, other = chance.randrange(len(members)), chance.randrange(len(members))
    name, content = members[at]
    match chance.choice(["drop", "double", "cut", "empty", "rename", "swap", "add"]):
        case "drop":
            del members[at]
        case "double":
            members.append((name, members[other][1]))
        case "cut":
            members[at] = (name, content[: chance.randrange(len(content))])
        case "empty":
            members[at] = (name, b"")
        case "rename":
            members[at] = (
                chance.choice([name.upper(), name.replace("/", "\\"), "../" + name, "x" * 300, name + "\0z"]),
                content,
            )
        case "swap":
            members[at], members[other] = (name, members[other][1]), (members[other][0], content)
        case "add":
            members.append(
                (chance.choice(["xl/sharedStrings.xml", "content.xml", "xl/workbook.bin", "a.xml"]), content)
            )
    return packed(members)


def packed(members: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]  # doubled on purpose, without a warning
            archive.writestr(info, content)
    return buffer.getvalue()


# Reading.


def check(case: Case, folder: Path) -> Outcome:
    """Read one file and say what became of it; the file is left where it failed."""
    from provenance.errors import InventoryError
    from provenance.inventory.reader import read_inventory

    path = folder / case.name
    path.write_bytes(case.data)
    start = _spent()
    try:
        read = read_inventory(path)
        outcome = _accounted(case, read)
    except InventoryError as error:
        named = all(fault.where.startswith(case.name) for fault in error.faults)
        outcome = Outcome("refused" if named else "unnamed", str(error))
    except BaseException:  # noqa: BLE001 - a panic of a reader is no Exception; that is what is looked for
        outcome = Outcome("crash", traceback.format_exc(limit=-4))
    if _spent() - start > SLOW:
        outcome = Outcome("hang", f"{_spent() - start:.1f} s")
    if not outcome.failed:
        path.unlink()
    return outcome


def _spent() -> float:
    """Return the seconds that this process and those it waited for have computed."""
    return sum(os.times()[:4])


def _accounted(case: Case, read: object) -> Outcome:
    from provenance.inventory.reader import read_grid
    from provenance.inventory.table import InputFile
    from provenance.inventory.tables import rejected_rows

    assert isinstance(read, InputFile)
    found: set[str] = set()
    for table in read.tables:
        frame = table.scan().collect()
        if frame.height < table.rows:
            return Outcome("lost", f"{table.rows} rows, {frame.height} of them given")
        rejected = {item.row for item in rejected_rows(table)}
        if rejected != set(frame.filter(frame["rejection"].is_not_null())["row"]):
            return Outcome("lost", "rejected rows are not those that are told")
        raw = [name for name in frame.columns if re.fullmatch(r"c[0-9]+", name)]
        for name in raw:
            found |= {
                serial for cell in frame[name].cast(str).drop_nulls() for serial in SERIAL.findall(cell)
            }
        found |= {serial for column in table.columns for serial in SERIAL.findall(column.header)}
    if not read.complete:
        return Outcome("partly read")
    lost = (case.serials or frozenset()) - found
    if lost and read.path is not None:
        # What stands above the first table is its title, and told by nobody as a row.
        sheets = read_grid(read.path).sheets
        above = min((table.first_row for table in read.tables), default=1) - 1
        lost -= {
            serial
            for sheet in sheets
            for row in sheet.head[:above]
            for cell in row
            for serial in SERIAL.findall(cell)
        }
    return Outcome("lost", f"{sorted(lost)[:5]} of {len(lost)}") if lost else Outcome("read")


def run(count: int, seed: int, folder: Path, tell: Callable[[str], None]) -> Counter[tuple[str, str]]:
    """Read as many mutated files; return how many of each mutation ended how."""
    ends: Counter[tuple[str, str]] = Counter()
    for number, case in enumerate(cases(count, seed), start=1):
        outcome = check(case, folder)
        ends[case.mutation, outcome.kind] += 1
        if outcome.failed:
            tell(f"{case.name} ({case.mutation}): {outcome.kind}: {outcome.note}")
        if number % 500 == 0:
            tell(f"{number} files read")
    return ends


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where files that fail are kept")
    asked = parser.parse_args()
    faulthandler.enable()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        start = perf_counter()
        ends = run(asked.count, asked.seed, folder, lambda line: print(line, flush=True))
    for (mutation, kind), times in sorted(ends.items()):
        print(f"{mutation:12} {kind:12} {times:6}")
    failed = sum(times for (_, kind), times in ends.items() if Outcome(kind).failed)
    print(f"{asked.count} files in {perf_counter() - start:.0f} s, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

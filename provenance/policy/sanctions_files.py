"""Reads the files in which governments publish large lists: OFAC's classic CSV sets and the Consolidated Screening List.

Both carry persons, vessels and aircraft beside companies; only what may make equipment is kept. OFAC's files have no
header, write null as `-0-`, join programmes with `] [` and end in a stray byte 0x1A.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from provenance.countries import ALL, resolve_country
from provenance.countries.answer import CountryStatus
from provenance.dates import parse_iso
from provenance.errors import Fault, PolicyError
from provenance.records import dataclass

_NULL = "-0-"
_PRIMARY, _ADDRESS, _ALIAS = 12, 6, 5
"""How many columns the files of an OFAC set have: sdn.csv and cons_prim.csv, add.csv, alt.csv."""
_NO_MAKERS = frozenset({"individual", "vessel", "aircraft"})
_AKA = re.compile(r"[afn]\.k\.a\. '([^']+)'")
_SOURCE = re.compile(r"^(?P<name>.*) \((?P<code>[A-Z-]+)\)")
_ISO_END = re.compile(r",\s*([A-Z]{2})$")


_CODES = ALL | {"UA"}
_CONTROLS: dict[int, str | None] = {
    **{code: None for code in range(0x20) if chr(code) not in "\t\n\r"},
    # Signs of Windows that were taken for Latin-1 on their way.
    **{code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One company on a published list."""

    number: str
    """The list's own number for it; empty where it has none."""
    name: str
    aliases: tuple[str, ...]
    country: str | None
    """Where all its addresses lie, if in one country."""
    first: date | None
    last: date | None
    citation: str


def read_ofac(paths: Sequence[Path]) -> tuple[Entry, ...]:
    """Read an OFAC set: the file of entries, and with it those of addresses and aliases where they are given.

    Raises:
        PolicyError: A file cannot be read, is none of these, or there is not exactly one file of entries.
    """
    primary: list[list[str]] = []
    aliases: dict[str, list[str]] = defaultdict(list)
    places: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        rows = _rows(path)
        match len(rows[0]):
            case n if n == _PRIMARY:
                if primary:
                    raise PolicyError(Fault(path.name, "is a second file of entries", "give one"))
                primary = rows
            case n if n == _ALIAS:
                for number, _, _, name, *_ in rows:
                    aliases[number].append(name)
            case n if n == _ADDRESS:
                for number, _, _, _, country, *_ in rows:
                    places[number].add(country)
            case n:
                what = f"has {n} columns in its first row; the files of OFAC have 12 (entries), 6 (addresses) or 5 (aliases)"
                raise PolicyError(Fault(path.name, what, "give the files as they are published"))
    if not primary:
        raise PolicyError(Fault("", "none of the files holds the entries", "add sdn.csv or cons_prim.csv"))
    return tuple(_ofac_entry(row, aliases, places) for row in primary if row[2].lower() not in _NO_MAKERS)


def _ofac_entry(
    row: Sequence[str], aliases: Mapping[str, list[str]], places: Mapping[str, set[str]]
) -> Entry:
    number, name, _, programmes = row[:4]
    listed = ", ".join(part.strip() for part in programmes.split("] [") if part.strip())
    known = [*_AKA.findall(row[11]), *aliases.get(number, ())]
    return Entry(
        number=number,
        name=name,
        aliases=_others(name, known),
        country=_one_country(places.get(number, set())),
        first=None,
        last=None,
        citation=f"OFAC entry {number}, programme {listed}" if listed else f"OFAC entry {number}",
    )


def _rows(path: Path) -> list[list[str]]:
    """Return the rows of a file without a header, nulls as empty texts."""
    rows: list[list[str]] = []
    for line, row in enumerate(csv.reader(StringIO(_text(path), newline="")), start=1):
        cells = ["" if cell.strip() == _NULL else cell.strip() for cell in row]
        if not any(cells):
            continue
        if rows and len(cells) != len(rows[0]):
            what = f"has {len(cells)} columns here and {len(rows[0])} above"
            raise PolicyError(Fault(f"{path.name}:{line}", what, "fetch the file again; it may be cut short"))
        rows.append(cells)
    if not rows:
        raise PolicyError(Fault(path.name, "is empty", "fetch the file again"))
    return rows


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PolicyError(
            Fault(path.as_posix(), f"cannot be read ({error.strerror})", "check the path")
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.translate(_CONTROLS)


def read_screening_list(path: Path) -> Mapping[str, tuple[str, tuple[Entry, ...]]]:
    """Read the Consolidated Screening List, which joins the lists of several offices.

    Args:
        path: `consolidated.csv`, of any year: its columns are found by their names.

    Returns:
        Per list, by its code in lower case (`el`, `sdn`, `ssi`, ...), its name and its companies.

    Raises:
        PolicyError: The file cannot be read or lacks a column that is needed.
    """
    reader = csv.DictReader(StringIO(_text(path), newline=""))
    missing = sorted(
        {"source", "type", "name", "alt_names", "programs", "start_date"} - set(reader.fieldnames or ())
    )
    if missing:
        raise PolicyError(
            Fault(
                path.name, f"has no column {', '.join(missing)}", "give consolidated.csv as it is published"
            )
        )
    found: dict[str, tuple[str, list[Entry]]] = {}
    for row in reader:
        source = _SOURCE.match(row["source"] or "")
        if source is None or (row["type"] or "").lower() in _NO_MAKERS or not (row["name"] or "").strip():
            continue
        _, entries = found.setdefault(source["code"].lower(), (source["name"], []))
        entries.append(_screened(row))
    return {code: (name, tuple(entries)) for code, (name, entries) in sorted(found.items())}


def _screened(row: Mapping[str, str]) -> Entry:
    name = " ".join(row["name"].split())
    parts = [f"programmes {row['programs']}"] if row["programs"] else []
    parts += [row["federal_register_notice"]] if row.get("federal_register_notice") else []
    places = {
        match[1]
        for place in (row.get("addresses") or "").split("; ")
        if (match := _ISO_END.search(place)) and match[1] in _CODES
    }
    return Entry(
        number=row.get("entity_number") or "",
        name=name,
        aliases=_others(name, (row["alt_names"] or "").split("; ")),
        country=places.pop() if len(places) == 1 else None,
        first=parse_iso(row["start_date"] or ""),
        last=parse_iso(row.get("end_date") or ""),
        citation="; ".join(parts) or row["source"],
    )


def _others(name: str, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(part.strip() for part in known) if one and one != name)


def _one_country(places: Iterable[str]) -> str | None:
    codes = set(_codes(places))
    return codes.pop() if len(codes) == 1 else None


def _codes(places: Iterable[str]) -> Iterator[str]:
    for place in places:
        answer = resolve_country(place)
        if answer.status is CountryStatus.COUNTRY:
            yield from answer.countries

"""Large lists that a user imported from a file: kept as list files in the user's own data folder, never shipped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from provenance.errors import Fault, PolicyError
from provenance.policy.list_schema import LIST_SCHEMA
from provenance.policy.sanctions_files import Entry, read_ofac, read_screening_list
from provenance.policy.where import imported_folder
from provenance.records import dataclass

KINDS = ("ofac-sdn", "ofac-consolidated", "csl")
"""What can be imported: the two OFAC sets, and the Consolidated Screening List, which gives one list per office."""
_FRESH_FOR = timedelta(days=30)
"""These lists change every few days; a month is the longest that one may pass without a look."""
_SHRUNK = 0.9
"""A list that lost more than a tenth of its names since the last import was more likely cut short than emptied."""
_PUBLISHED = {
    "ofac-sdn": ("Specially Designated Nationals (SDN)", "https://sanctionslistservice.ofac.treas.gov/"),
    "ofac-consolidated": ("OFAC consolidated non-SDN list", "https://sanctionslistservice.ofac.treas.gov/"),
    "csl": ("Consolidated Screening List", "https://www.trade.gov/consolidated-screening-list"),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """One list that was imported."""

    list_id: str
    names: int
    path: Path


def import_list(
    kind: str, files: Sequence[Path], dated: date, makers: Callable[[str], str | None], *, shrunk: bool
) -> tuple[Imported, ...]:
    """Turn the files of a large list into list files of one's own.

    Args:
        kind: One of `KINDS`.
        files: The files as they were fetched.
        dated: The day of the files: the list's own date.
        makers: Which maker of the catalogue a whole company name is, if any.
        shrunk: Whether a list that has become much shorter is meant to be so.

    Returns:
        The lists, each with how many names it has.

    Raises:
        PolicyError: A file cannot be used, or a list has lost more than a tenth of its names since the last import.
    """
    title, url = _PUBLISHED[kind]
    if kind == "csl":
        if len(files) != 1:
            raise PolicyError(
                Fault("", "the Consolidated Screening List is one file", "give consolidated.csv")
            )
        parts = {
            f"csl-{code}": (f"{name}, by way of the {title}", entries)
            for code, (name, entries) in read_screening_list(files[0]).items()
        }
    else:
        parts = {kind: (title, read_ofac(files))}
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    source = {
        "url": url,
        "title": f"{title}, file of {dated} (sha256 {digest[:16]})",
        "as_of": dated.isoformat(),
    }
    made = {
        list_id: _list_file(list_id, name, entries, dated, source, makers)
        for list_id, (name, entries) in parts.items()
        if entries
    }
    if not made:
        raise PolicyError(Fault(files[0].name, "holds no company", "check that it is the right file"))
    _refuse_shrinkage(made, shrunk=shrunk)
    return tuple(_write(list_id, content) for list_id, content in made.items())


def _refuse_shrinkage(made: dict[str, dict[str, object]], *, shrunk: bool) -> None:
    faults = []
    for list_id, content in made.items():
        path = imported_folder() / f"{list_id}.json"
        now = len(_names(content))
        before = len(_names(json.loads(path.read_text("utf-8")))) if path.is_file() else 0
        if now < before * _SHRUNK and not shrunk:
            what = f"has {now} names and had {before} at the last import; the file may be cut short"
            faults.append(Fault(list_id, what, "fetch it again, or say --shrunk if it is right"))
    if faults:
        raise PolicyError(faults)


def _names(content: dict[str, object]) -> list[object]:
    members = content["members"]
    return members if isinstance(members, list) else []


def _write(list_id: str, content: dict[str, object]) -> Imported:
    folder = imported_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{list_id}.json"
    # Written beside and moved, so that a run that breaks off leaves the last good list.
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    fresh.replace(path)
    return Imported(list_id, len(_names(content)), path)


def _list_file(
    list_id: str,
    title: str,
    entries: Sequence[Entry],
    dated: date,
    source: dict[str, str],
    makers: Callable[[str], str | None],
) -> dict[str, object]:
    blocked = list_id in {"ofac-sdn", "csl-sdn"}
    reach = "majority-owned" if blocked else "unstated"
    law = "OFAC FAQ 91: what blocked persons own by half or more" if blocked else "its terms were not read"
    ordered = sorted(entries, key=lambda one: (one.name.casefold(), str(one.first or ""), one.number))
    return {
        "schema": LIST_SCHEMA,
        "id": list_id,
        "title": title,
        "kind": "entity",
        "as_of": dated.isoformat(),
        "review_by": (dated + _FRESH_FOR).isoformat(),
        "partial": False,
        "note": "Imported from a file. Companies alone: persons, vessels and aircraft were left out.",
        "sources": {"file": source},
        "reach": [
            {
                "reach": reach,
                "from": None,
                "to": None,
                "citation": law,
                "source": "file",
                "evidence": "published",
            }
        ],
        "blocking": blocked,
        "members": [_member(entry, makers) for entry in ordered],
    }


def _member(entry: Entry, makers: Callable[[str], str | None]) -> dict[str, object]:
    maker = makers(entry.name)
    return {
        "name": entry.name,
        "aliases": list(entry.aliases),
        "makers": [maker] if maker is not None else [],
        "country": entry.country,
        "reach": None,
        "classes": [],
        "purpose": None,
        "trade": None,
        "from": entry.first.isoformat() if entry.first else None,
        "to": entry.last.isoformat() if entry.last else None,
        "citation": entry.citation,
        "source": "file",
        "evidence": "published",
        "dates_from_memory": [],
        "note": None,
    }

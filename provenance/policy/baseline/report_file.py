"""Reads an earlier report, `audit -f json`, as a baseline: its cases as values, its machines as columns.

The report is written one machine per line, and read so: memory grows with the machines' keys, not with the file.
"""

from __future__ import annotations

import hashlib
import io
import json
import mmap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from provenance.dates import parse_iso
from provenance.errors import Fault, PolicyError
from provenance.origin.register import folded
from provenance.plain import canonical_json
from provenance.policy.baseline.change import BaselineFile
from provenance.policy.verdict import Reason, Verdict
from provenance.records import dataclass

SCHEMA = "provenance-report/1"
"""The reports that can be read; `report.json_report` writes them, and a test holds the two together."""

_MACHINES = b'\n"machines": ['
_CHUNK = 1 << 26
"""Bytes of machines parsed at a time."""
_COLUMNS = {
    "serial": pl.String, "maker": pl.String, "model": pl.String, "asset_tag": pl.String, "case": pl.String,
    "hashrate": pl.String, "counted": pl.Int64,
}  # fmt: skip
_AGAIN = "write the baseline again with `provenance audit -f json`"


@dataclass(frozen=True, slots=True)
class OldFinding:
    """What one rule said of one case then."""

    verdict: Verdict
    reason: Reason
    signature: str
    """All that it rested on, as a text to compare."""


@dataclass(frozen=True, slots=True)
class OldCase:
    """One case of the baseline."""

    maker: str | None
    """Maker id."""
    model: str | None
    """Model id."""
    verdict: Verdict
    findings: Mapping[str, OldFinding]
    """By rule."""
    evidence: frozenset[str]
    """Every piece on record, without its standing; see `piece_key`."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier report, as far as a comparison needs it."""

    file: BaselineFile
    policies: Mapping[str, str]
    """Id to sha256."""
    catalogue: str
    """sha256."""
    cases: tuple[OldCase, ...]
    machines: pl.DataFrame
    """`serial`, `maker`, `model`, `asset_tag`, `hashrate` (String, as written), `counted` (Int64) and `case` (UInt32,
    into `cases`), one row per machine."""
    documents: Mapping[str, frozenset[str]]
    """The documents of its registers by their `document_key`, each with the sha256 recorded; empty where none was."""

    def has_document(self, line: Mapping[str, Any]) -> bool:
        """Return whether a line of a register is on record: the same paper, unless both name a sha256 and another one."""
        digests = self.documents.get(document_key(line))
        digest = str(line.get("sha256") or "")
        return digests is not None and (not digest or bool(digests & {"", digest}))

    @property
    def rules(self) -> frozenset[str]:
        """The rules that judged then."""
        return frozenset(rule for case in self.cases for rule in case.findings)


def read_baseline(path: Path, name: str) -> Baseline:
    """Read an earlier report.

    Args:
        path: What `audit -f json` wrote.
        name: What reports and messages call it.

    Raises:
        PolicyError: It cannot be read, is no report, of another schema, or does not add up.
    """
    head, machines, digest = _read(path, name)
    _check_schema(head, name)
    try:
        cases = {case["id"]: _case(case) for case in head["cases"]}
        repeated = len(cases) < len(head["cases"])
        day = parse_iso(head["as_of"])
        total = head["summary"]["lines"], head["summary"]["units"]
        policies = {policy["id"]: str(policy["sha256"]) for policy in head["policies"]}
        documents = _documents(head["documents"])
        catalogue, tool = str(head["catalog"]["sha256"]), str(head["tool"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unusable(name, f"lacks what a report holds ({error})") from error
    if day is None:
        raise _unusable(name, f"has no as-of date ({head['as_of']!r})")
    if (machines.height, machines["counted"].sum()) != total:
        held = f"{machines.height:,} machines of {machines['counted'].sum():,} units"
        raise _unusable(name, f"holds {held}, and its summary says {total[0]:,} of {total[1]:,}")
    if repeated:
        raise _unusable(name, "holds two cases of one id")
    if len({frozenset(case.findings) for case in cases.values()}) > 1:
        raise _unusable(name, "has cases that not all of its rules judged")
    codes = {case_id: code for code, case_id in enumerate(cases)}
    placed = machines["case"].replace_strict(codes, default=None, return_dtype=pl.UInt32)
    if placed.null_count():
        raise _unusable(name, "has machines of cases that it does not hold")
    return Baseline(
        BaselineFile(name, digest, tool, day),
        policies,
        catalogue,
        tuple(cases.values()),
        machines.with_columns(placed),
        documents,
    )


def piece_key(facet: str, grade: str, origins: list[str], status: str | None) -> str:
    """Return what tells one piece of evidence from another; how far it may be relied on plays no part."""
    return canonical_json([facet, grade, sorted(origins), status])


def _documents(lines: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        key = document_key(line)
        found[key] = found.get(key, frozenset()) | {str(line.get("sha256") or "")}
    return found


def document_key(line: Mapping[str, Any]) -> str:
    """Return what tells one recorded document from another, wherever it is recorded: the paper and its goods.

    The page and the sha256 play no part: a record that is filled in later is of the paper that it was of before.
    """
    told = [
        folded(str(line.get("document") or "")),
        *(line.get(key) for key in (
            "kind", "country", "day", "facet", "status", "batch", "order", "maker",
            "model", "entry_number", "importer", "quantity", "delivered_from", "delivered_to",
        )),
    ]  # fmt: skip
    goods = hashlib.sha256("\n".join(line.get("serials", ())).encode()).hexdigest()
    return canonical_json([*(None if one is None else str(one) for one in told), goods])


def _unusable(name: str, what: str) -> PolicyError:
    return PolicyError(Fault(name, f"the baseline {what}", _AGAIN))


def _check_schema(head: object, name: str) -> None:
    said = head.get("schema") if isinstance(head, dict) else None
    if said == SCHEMA:
        return
    family = SCHEMA.partition("/")[0]
    if isinstance(said, str) and said.startswith(f"{family}/"):
        raise _unusable(name, f"is of the schema {said}, and {SCHEMA} is read here")
    raise _unusable(name, "is no report of this program")


def _read(path: Path, name: str) -> tuple[Any, pl.DataFrame, str]:
    """Return the report without its machines, its machines, and its sha256."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if not file.tell():
                raise _unusable(name, "is empty")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                start = data.find(_MACHINES)
                end = data.find(b"\n]", start) if start >= 0 else -1
                if end >= 0 and data[start + len(_MACHINES) : start + len(_MACHINES) + 2] == b"\n{":
                    first = start + len(_MACHINES) + 1
                    machines = pl.concat(_parse(lines) for lines in _chunks(data, first, end))
                    head = json.loads(data[:start] + _MACHINES + b"]" + data[end + 2 :])
                    return head, machines, digest
                # Another program has laid it out anew.
                head = json.loads(data[:])
    except OSError as error:
        raise PolicyError(Fault(name, f"cannot be read ({error.strerror})", "check the path")) from error
    except (ValueError, RecursionError, pl.exceptions.PolarsError) as error:
        raise _unusable(name, f"is no JSON ({_first_line(error)})") from error
    rows = head.get("machines") if isinstance(head, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        rows = []
    columns = {key: [row.get(key) for row in rows] for key in _COLUMNS}
    try:
        return head, pl.DataFrame(columns, schema=_COLUMNS), digest
    except (TypeError, pl.exceptions.PolarsError) as error:
        raise _unusable(name, f"has machines that are none ({_first_line(error)})") from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _chunks(data: mmap.mmap, first: int, end: int) -> Iterator[bytes]:
    while first < end:
        stop = min(first + _CHUNK, end)
        if stop < end:
            # Line ends inside a text are escaped, so each one ends a machine.
            stop = data.find(b"\n", stop, end)
            stop = end if stop < 0 else stop
        yield data[first:stop]
        first = stop + 1


def _parse(lines: bytes) -> pl.DataFrame:
    # A blank for each comma: texts of one length are exchanged in place.
    plain = lines.replace(b"},\n", b"} \n").removesuffix(b",")
    return pl.read_ndjson(io.BytesIO(plain), schema=_COLUMNS)


def _case(case: Mapping[str, Any]) -> OldCase:
    identity = case["facts"]["identity"]
    return OldCase(
        maker=identity["maker"],
        model=identity["model"],
        verdict=Verdict(case["verdict"]),
        findings={finding["rule"]: _finding(finding) for finding in case["findings"]},
        evidence=frozenset(
            piece_key(piece["facet"], piece["grade"], piece["set"], piece["status"])
            for piece in case["facts"]["pieces"]
        ),
    )


def _finding(finding: Mapping[str, Any]) -> OldFinding:
    waiver = finding["waiver"]
    rests_on = {
        "set": finding["set"],
        "evidence": sorted(map(canonical_json, finding["evidence"])),
        "contesting": sorted(map(canonical_json, finding["contesting"])),
        "waiver": waiver["id"] if waiver is not None else None,
    }
    return OldFinding(Verdict(finding["verdict"]), Reason(finding["reason"]), canonical_json(rests_on))

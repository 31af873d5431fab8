"""Reads an evidence register, csv or workbook: one line per document, every fault of the file at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from rapidfuzz import fuzz, process

from provenance.countries import ALL, resolve_country
from provenance.dates import parse_iso
from provenance.errors import Fault, OriginError
from provenance.evidence import STATEMENT_GRADES, Facet, FindingStatus, Grade, StatedBy
from provenance.inventory.reader import Record, read_records
from provenance.origin.named_serials import (
    SerialsNotReadError,
    listed_serials,
    packing_list_serials,
    range_serials,
)
from provenance.origin.register import RegisterLine

COLUMNS = (
    "document", "kind", "issuer", "issuer_role", "status", "date", "facet", "country", "serials", "serial_from",
    "serial_to", "batch", "order", "model", "delivered_from", "delivered_to", "covers_file", "quantity", "page",
    "sha256", "note",
)  # fmt: skip
"""The columns of a register, all optional but `document`, `kind` and `country`."""

_REQUIRED = ("document", "kind", "country")
_KINDS: tuple[Grade, ...] = tuple(grade for grade in STATEMENT_GRADES if grade is not Grade.SERIAL_CODE)
_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_THOUSANDS = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+$")
_PARTIES = frozenset({StatedBy.SELLER, StatedBy.IMPORTER, StatedBy.BUYER})
"""Who trades in the goods: a paper that they issue for themselves is worth their word."""
_ISSUED = frozenset({Grade.CERTIFICATE, Grade.PRODUCTION_RECORD})
"""What a third party or the maker issues."""

T = TypeVar("T")


def read_register(path: Path, *, name: str | None = None) -> tuple[RegisterLine, ...]:
    """Read an evidence register.

    Args:
        path: A csv or a workbook whose first filled row holds the column names of `COLUMNS`.
        name: What reports call it; by default the file's name.

    Returns:
        One line per document and goods it names, in file order.

    Raises:
        OriginError: Lines that cannot be used, all of them, each with its cell.
        InventoryError: The file cannot be read at all.
    """
    shown = name or path.name
    records = read_records(path)
    faults: list[Fault] = []
    for first in {record.sheet: record for record in reversed(records)}.values():
        faults += _header_faults(f"{shown}:{first.sheet}" if first.sheet else shown, first)
    lines = [] if faults else [_Line(shown, record, path.parent, faults).parse() for record in records]
    if faults:
        raise OriginError(faults)
    return tuple(line for line in lines if line is not None)


def _header_faults(shown: str, record: Record) -> list[Fault]:
    faults = []
    for header in record.cells:
        if header not in COLUMNS:
            near = process.extractOne(header, COLUMNS, scorer=fuzz.ratio, score_cutoff=60)
            hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(COLUMNS)}"
            faults.append(Fault(shown, f"the register has a column {header!r} that is not known", hint))
    faults += [
        Fault(shown, f"the register has no column {header!r}", "add it")
        for header in _REQUIRED
        if header not in record.cells
    ]
    return faults


class _Line:
    """One line of a register while it is read."""

    def __init__(self, shown: str, record: Record, folder: Path, faults: list[Fault]) -> None:
        self.shown = shown
        self.record = record
        self.folder = folder
        self.faults = faults
        self.failed = False
        self.doubts: list[str] = []

    def parse(self) -> RegisterLine | None:
        kind = self.choose("kind", Grade, _KINDS, None)
        role = self.choose("issuer_role", StatedBy, tuple(StatedBy), StatedBy.UNKNOWN)
        status = self.choose("status", FindingStatus, tuple(FindingStatus), None)
        facet = self.choose("facet", Facet, tuple(Facet), Facet.MANUFACTURE)
        atoms = self.atoms()
        quantity = self.number("quantity")
        serials = self.serials(quantity)
        goods = {key: self.text(key) or None for key in ("batch", "order", "model")}
        day, delivered = self.day("date"), (self.day("delivered_from"), self.day("delivered_to"))
        self.check(kind, role, status, delivered, names_goods=bool(serials or any(goods.values())))
        sha256 = self.text("sha256").lower()
        if sha256 and not _SHA256.match(sha256):
            self.fault("sha256", "is no sha256 digest of 64 hexadecimal digits", "correct or empty it")
        if self.failed or kind is None or facet is None or role is None:
            return None
        own_word = kind in _ISSUED and role in _PARTIES
        return RegisterLine(
            register=self.shown,
            row=self.record.row,
            document=self.text("document"),
            # A seller's own certificate is no third party's: it is worth what the seller's word is worth.
            kind=Grade.DECLARED if own_word else kind,
            issuer=self.text("issuer"),
            issuer_role=role,
            status=status,
            day=day,
            facet=facet,
            country=self.text("country"),
            atoms=atoms,
            serials=serials,
            batch=goods["batch"],
            order=goods["order"],
            model=goods["model"],
            delivered_from=delivered[0],
            delivered_to=delivered[1],
            quantity=quantity,
            page=self.text("page"),
            sha256=sha256,
            note=self.text("note"),
            doubts=tuple(self.doubts),
            remarks=(f"{kind.value} issued by the {role.value}: worth a declaration",) if own_word else (),
        )

    def check(
        self,
        kind: Grade | None,
        role: StatedBy | None,
        status: FindingStatus | None,
        delivered: tuple[date | None, date | None],
        *,
        names_goods: bool,
    ) -> None:
        if not self.text("document"):
            self.fault("document", "the document has no id", "give it the name under which it is filed")
        if kind is Grade.FINDING and status is None:
            self.fault("status", "a finding needs a status", "write alleged, contested or final")
        if kind is not None and kind is not Grade.FINDING and status is not None:
            self.fault("status", f"a {kind.value} has no status", "empty it, or make the kind a finding")
        if kind is Grade.FINDING and role not in {StatedBy.GOVERNMENT, StatedBy.UNKNOWN, None}:
            self.fault(
                "issuer_role", "a finding is a government's", "write government, or choose another kind"
            )
        if not names_goods and not self.unread_goods:
            self.fault(
                "serials",
                "the line names no goods",
                "fill serials, serial_from and serial_to, batch, order, model or covers_file",
            )
        first, last = delivered
        if (first or last) and not self.text("model"):
            self.fault("delivered_from", "a delivery period needs a model", "fill model")
        if first and last and last < first:
            self.fault("delivered_to", f"{last} lies before {first}", "exchange the dates")

    def text(self, column: str) -> str:
        return (self.record.cells.get(column) or "").strip()

    @property
    def unread_goods(self) -> bool:
        """Whether the line names goods in a way that could not be read, which is a fault of its own."""
        return any(self.text(column) for column in ("serial_from", "serial_to", "covers_file"))

    def fault(self, column: str, what: str, do: str) -> None:
        self.failed = True
        cell = self.record.places.get(column, f"row {self.record.row}")
        sheet = f"{self.record.sheet}!" if self.record.sheet else ""
        self.faults.append(Fault(f"{self.shown}:{sheet}{cell}", f"{column}: {what}", do))

    def choose(
        self, column: str, kind: Callable[[str], T], known: Sequence[T], default: T | None
    ) -> T | None:
        text = self.text(column).lower().replace(" ", "-").replace("_", "-")
        if not text:
            if column in _REQUIRED:
                self.fault(column, "is empty", f"write one of: {', '.join(str(item) for item in known)}")
            return default
        try:
            chosen = kind(text)
        except ValueError:
            chosen = None
        if chosen is None or chosen not in known:
            names = [str(item) for item in known]
            near = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=60)
            hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(names)}"
            self.fault(column, f"{self.text(column)!r} is not known", hint)
            return default
        return chosen

    def atoms(self) -> frozenset[str]:
        text = self.text("country")
        answer = resolve_country(text)
        if answer.atoms == ALL:
            self.fault(
                "country", f"{text!r}: {answer.reason or 'names no country'}", "write its name or ISO code"
            )
        return answer.atoms

    def number(self, column: str) -> int | None:
        text = self.text(column).removesuffix(".0")
        if not text:
            return None
        # A comma before anything but three digits is a decimal one: 2,5 is no 25.
        if _THOUSANDS.match(text):
            text = text.replace(",", "")
        if not text.isdecimal() or int(text) == 0:
            self.fault(column, f"{self.text(column)!r} is no whole number above zero", "correct it")
            return None
        return int(text)

    def day(self, column: str) -> date | None:
        text = self.text(column)
        if not text:
            return None
        day = parse_iso(text)
        if day is None:
            self.fault(column, f"{text!r} is no date", "write YYYY-MM-DD")
        return day

    def serials(self, quantity: int | None) -> tuple[str, ...]:
        found = listed_serials(self.text("serials"))
        first, last, packing_list = (self.text(key) for key in ("serial_from", "serial_to", "covers_file"))
        try:
            if first or last:
                found += range_serials(first, last)
                if quantity is None:
                    self.doubts.append("the range comes without a quantity: does every number in it exist?")
            if packing_list:
                found += packing_list_serials(self.folder, packing_list)
        except SerialsNotReadError as unread:
            self.fault(unread.column, unread.what, unread.do)
        distinct = tuple(sorted(set(found)))
        if len(distinct) < len(found):
            self.doubts.append("the document names a serial more than once: which unit is meant?")
        if wordy := [serial for serial in distinct if not re.search(r"[0-9]", serial)]:
            self.doubts.append(f"{', '.join(wordy[:3])} has no digit: is it a serial number?")
        if quantity is not None and distinct and quantity != len(distinct):
            self.doubts.append(
                f"the document claims {quantity} units and names {len(distinct)} serials: which is right?"
            )
        return distinct

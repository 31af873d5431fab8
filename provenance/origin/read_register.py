"""Reads an evidence register, csv, workbook or YAML: one line per document, every fault of the file at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from provenance.countries import ALL, resolve_country
from provenance.dates import parse_iso
from provenance.errors import Fault, OriginError
from provenance.evidence import Facet, FindingStatus, Grade, StatedBy
from provenance.origin.named_serials import (
    PackingLists,
    SerialsNotReadError,
    asked_of_serials,
    listed_serials,
    range_serials,
)
from provenance.origin.register import Flag, Question, Register, RegisterLine
from provenance.origin.register_columns import COLUMNS, NAMES
from provenance.origin.register_rows import RegisterTable, hint, read_register_tables

_SHA256 = re.compile(r"^[0-9a-f]{64}$")
_THOUSANDS = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+$")
_PARTIES = frozenset({StatedBy.SELLER, StatedBy.OBLIGOR, StatedBy.IMPORTER, StatedBy.BUYER})
"""Who trades in the goods or answers for them: a paper that they issue for themselves is worth their word."""
_ISSUED = frozenset({Grade.CERTIFICATE, Grade.PRODUCTION_RECORD})
"""What a third party or the maker issues."""
_WORDS = {column.name: column.words for column in COLUMNS if column.words}
_NAMING = (
    "serials",
    "serial_from",
    "serial_to",
    "batch",
    "order",
    "model",
    "covers_file",
    "entry_number",
    "importer",
)
"""The columns that name goods."""

_NO_IDS: tuple[str, ...] = ()

T = TypeVar("T")


def read_register(path: Path, *, name: str | None = None) -> Register:
    """Read an evidence register.

    Args:
        path: A csv or a workbook whose first filled row holds the column names of `register_columns.COLUMNS`, or a
            YAML file with these as keys.
        name: What reports call it; by default the file's name.

    Returns:
        One line per document and goods it names, in file order.

    Raises:
        OriginError: Lines that cannot be used, all of them, each with its cell.
        InventoryError: The file, or a list that it covers by, cannot be read at all.
        DatafileError: It is no strict YAML.
    """
    shown = name or path.name
    tables = [_Reading(shown, table) for table in read_register_tables(path, shown)]
    lists = PackingLists(path, {})
    lines = [line for table in tables for line in table.lines(lists)]
    if faults := [fault for table in tables for fault in table.sorted_faults()]:
        raise OriginError(faults)
    return Register(shown, tuple(lines), tuple(row for table in tables for row in table.unanswered))


class _UnusableError(ValueError):
    """A text that its column cannot take."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what = what
        self.do = do


class _Reading:
    """One table of a register while it is read: column by column, each distinct text once."""

    def __init__(self, shown: str, table: RegisterTable) -> None:
        self.shown = shown
        self.table = table
        self._faults: list[tuple[int, int, Fault]] = []
        self._failed: set[int] = set()
        # As the file has them, so that faults are named in the order in which a reader finds them.
        self._order = [*table.columns, *(name for name in NAMES if name not in table.columns)]
        open_rows = [at for at, text in enumerate(table.texts("country")) if not text]
        self._open = frozenset(open_rows)
        self.unanswered = [table.rows[at] for at in open_rows]

    def fault(self, at: int, column: str, what: str, do: str) -> None:
        self._failed.add(at)
        fault = Fault(self.table.place(at, column), f"{column}: {what}", do)
        self._faults.append((at, self._order.index(column), fault))

    def sorted_faults(self) -> list[Fault]:
        """Return the faults found, in the order in which the file has their cells."""
        return [fault for _, _, fault in sorted(self._faults, key=lambda found: found[:2])]

    def parsed(self, column: str, parse: Callable[[str], T], default: T) -> list[T]:
        """Return the values of a column; `default` where it is empty or cannot be used."""
        texts = self.table.columns.get(column)
        if texts is None:
            return list(repeat(default, len(self.table.rows)))
        known: dict[str, T] = {"": default}
        wrong: dict[str, _UnusableError] = {}
        for text in dict.fromkeys(texts):
            if text:
                try:
                    known[text] = parse(text)
                except _UnusableError as unusable:
                    known[text] = default
                    wrong[text] = unusable
        if wrong:
            for at, text in enumerate(texts):
                if text in wrong:
                    self.fault(at, column, wrong[text].what, wrong[text].do)
        return [known[text] for text in texts]

    def lines(self, lists: PackingLists) -> list[RegisterLine]:
        """Return the lines that can be used and are answered; what is wrong with the others is in the faults."""
        table = self.table
        kinds = self.parsed("kind", partial(_choose, "kind", Grade), None)
        roles = self.parsed("issuer_role", partial(_choose, "issuer_role", StatedBy), StatedBy.UNKNOWN)
        statuses = self.parsed("status", partial(_choose, "status", FindingStatus), None)
        facets = self.parsed("facet", partial(_choose, "facet", Facet), Facet.MANUFACTURE)
        atoms = self.parsed("country", _atoms, ALL)
        quantities = self.parsed("quantity", _number, None)
        days = self.parsed("date", _day, None)
        first, last = self.parsed("delivered_from", _day, None), self.parsed("delivered_to", _day, None)
        digests = self.parsed("sha256", _digest, "")
        based_on = self.parsed("based_on", _ids, _NO_IDS)
        serials, questions = self._serials(quantities, lists)
        goods = [
            self.parsed(name, str, None)
            for name in ("batch", "order", "maker", "model", "entry_number", "importer")
        ]
        self._check(kinds, roles, statuses, first, last)
        self._check_goods(serials)
        own = [kind in _ISSUED and role in _PARTIES for kind, role in zip(kinds, roles, strict=True)]
        lines = map(
            RegisterLine,
            repeat(self.shown),
            table.rows,
            table.texts("document"),
            # A seller's own certificate is no third party's: it is worth what the seller's word is worth.
            [Grade.DECLARED if mine else kind for mine, kind in zip(own, kinds, strict=True)],
            table.texts("country"),
            atoms,
            table.texts("issuer"),
            roles,
            statuses,
            days,
            facets,
            serials,
            *goods,
            first,
            last,
            quantities,
            based_on,
            table.texts("page"),
            digests,
            table.texts("note"),
            map(_asked, questions, own, kinds, roles),
            [
                (f"{kind.value} issued by the {role.value}: worth a declaration",) if mine and kind else ()
                for mine, kind, role in zip(own, kinds, roles, strict=True)
            ],
        )
        # Every line is made before any is left out, for the columns have to stay in step.
        unused = self._failed | self._open
        return [line for at, line in enumerate(lines) if at not in unused]

    def _serials(
        self, quantities: Sequence[int | None], lists: PackingLists
    ) -> tuple[list[tuple[str, ...]], list[tuple[Question, ...]]]:
        table = self.table
        listed = listed_serials(table.texts("serials"))
        further = zip(
            *(table.texts(name) for name in ("serial_from", "serial_to", "covers_file")), strict=True
        )
        serials: list[tuple[str, ...]] = []
        questions: list[tuple[Question, ...]] = []
        for at, (found, (first, last, reference), quantity) in enumerate(
            zip(listed, further, quantities, strict=True)
        ):
            asked: tuple[Question, ...] = ()
            try:
                if first or last:
                    ranged, asked = range_serials(first, last)
                    found.extend(ranged)
                if reference:
                    found.extend(lists.serials(reference))
            except SerialsNotReadError as unread:
                self.fault(at, unread.column, unread.what, unread.do)
            distinct = (found[0],) if len(found) == 1 else tuple(sorted(set(found)))
            serials.append(distinct)
            # Of a range that is none it is asked once.
            ranged_well = bool(first or last) and not asked
            counted = None if asked else quantity
            questions.append((*asked, *asked_of_serials(found, distinct, counted, ranged=ranged_well)))
        return serials, questions

    def _check(
        self,
        kinds: Sequence[Grade | None],
        roles: Sequence[StatedBy],
        statuses: Sequence[FindingStatus | None],
        first: Sequence[date | None],
        last: Sequence[date | None],
    ) -> None:
        """Find what is wrong with lines as a whole."""
        texts = self.table.texts
        for at, (document, kind_text) in enumerate(zip(texts("document"), texts("kind"), strict=True)):
            if not document and at not in self._open:
                self.fault(
                    at, "document", "the document has no id", "give it the name under which it is filed"
                )
            if not kind_text:
                self.fault(at, "kind", "is empty", f"write one of: {', '.join(_WORDS['kind'])}")
        for at, (kind, role, status) in enumerate(zip(kinds, roles, statuses, strict=True)):
            if kind is Grade.FINDING or status is not None:
                self._check_finding(at, kind, role, status)
        for at, (start, end) in enumerate(zip(first, last, strict=True)):
            if start or end:
                self._check_period(at, start, end)

    def _check_goods(self, serials: Sequence[tuple[str, ...]]) -> None:
        # What could not be read of a range or a list is a fault of its own.
        others = zip(*(self.table.texts(name) for name in _NAMING if name != "serials"), strict=True)
        for at, (named, cells) in enumerate(zip(serials, others, strict=True)):
            if not named and not any(cells) and at not in self._open:
                self.fault(at, "serials", "the line names no goods", f"fill one of: {', '.join(_NAMING)}")

    def _check_finding(
        self, at: int, kind: Grade | None, role: StatedBy, status: FindingStatus | None
    ) -> None:
        if kind is not Grade.FINDING:
            if kind is not None:
                self.fault(
                    at, "status", f"a {kind.value} has no status", "empty it, or make the kind a finding"
                )
            return
        if status is None and not self.table.texts("status")[at]:
            self.fault(at, "status", "a finding needs a status", "write alleged, contested or final")
        if role not in {StatedBy.GOVERNMENT, StatedBy.UNKNOWN}:
            self.fault(
                at, "issuer_role", "a finding is a government's", "write government, or choose another kind"
            )
        if (
            not any(self.table.texts(name)[at] for name in _NAMING if name != "model")
            and at not in self._open
        ):
            self.fault(
                at,
                "entry_number",
                "a finding speaks of somebody's entries or of named goods, never of a model as such",
                "fill entry_number or importer, or name the goods",
            )

    def _check_period(self, at: int, start: date | None, end: date | None) -> None:
        if not self.table.texts("model")[at] and not self.table.texts("importer")[at]:
            self.fault(
                at, "delivered_from", "a delivery period needs a model or an importer", "fill one of them"
            )
        if start and end and end < start:
            self.fault(at, "delivered_to", f"{end} lies before {start}", "exchange the dates")


def _asked(
    questions: tuple[Question, ...], own: bool, kind: Grade | None, role: StatedBy
) -> tuple[Question, ...]:
    if not own or kind is None:
        return questions
    what = f"the {role.value} issued this {kind.value} itself: is there one by the maker or a third party?"
    return (*questions, Question(Flag.SELF_ISSUED, what))


def _choose(column: str, kind: Callable[[str], T], text: str) -> T:
    word = text.lower().replace(" ", "-").replace("_", "-")
    if word not in _WORDS[column]:
        raise _UnusableError(f"{text!r} is not known", hint(word, _WORDS[column]))
    return kind(word)


def _atoms(text: str) -> frozenset[str]:
    answer = resolve_country(text)
    if answer.atoms == ALL:
        raise _UnusableError(f"{text!r}: {answer.reason or 'names no country'}", "write its name or ISO code")
    return answer.atoms


def _number(text: str) -> int:
    number = text.removesuffix(".0")
    # A comma before anything but three digits is a decimal one: 2,5 is no 25.
    if _THOUSANDS.match(number):
        number = number.replace(",", "")
    if not number.isdecimal() or int(number) == 0:
        raise _UnusableError(f"{text!r} is no whole number above zero", "correct it")
    return int(number)


def _day(text: str) -> date:
    day = parse_iso(text)
    if day is None:
        raise _UnusableError(f"{text!r} is no date", "write YYYY-MM-DD")
    return day


def _digest(text: str) -> str:
    digest = text.lower()
    if not _SHA256.match(digest):
        raise _UnusableError("is no sha256 digest of 64 hexadecimal digits", "correct or empty it")
    return digest


def _ids(text: str) -> tuple[str, ...]:
    return tuple(sorted({part.strip() for part in re.split(r"[;,\n]", text)} - {""}))


def all_lines(registers: Iterable[Register]) -> tuple[RegisterLine, ...]:
    """Return the lines of several registers, in order."""
    return tuple(line for register in registers for line in register.lines)

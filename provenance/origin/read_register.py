"""Reads an evidence register, csv, workbook or YAML: one line per document, every fault of the file at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial, reduce
from operator import or_
from pathlib import Path

import polars as pl

from provenance.countries import ALL, resolve_country
from provenance.dates import parse_iso
from provenance.errors import Fault, OriginError
from provenance.evidence import Facet, Grade, StatedBy
from provenance.origin.named_serials import (
    PackingLists,
    SerialsNotReadError,
    asked_of_serials,
    listed_serials,
    range_serials,
)
from provenance.origin.register import Flag, Question, Register
from provenance.origin.register_columns import COLUMNS as REGISTER_COLUMNS
from provenance.origin.register_columns import NAMES
from provenance.origin.register_lines import ATOM, COLUMNS, NAMED, SOURCE, RegisterLines, all_lines
from provenance.origin.register_rows import RegisterTable, hint, read_register_tables

_SHA256 = r"^[0-9a-f]{64}$"
_THOUSANDS = re.compile(r"^[0-9]{1,3}(?:,[0-9]{3})+$")
_MOST_DIGITS = 12
"""Of a quantity: more are a slip of the pen, and sums of these still fit a column."""
_PARTIES = [role.value for role in (StatedBy.SELLER, StatedBy.OBLIGOR, StatedBy.IMPORTER, StatedBy.BUYER)]
"""Who trades in the goods or answers for them: a paper that they issue for themselves is worth their word."""
_ISSUED = [kind.value for kind in (Grade.CERTIFICATE, Grade.PRODUCTION_RECORD)]
"""What a third party or the maker issues."""
_WORDS = {column.name: column.words for column in REGISTER_COLUMNS if column.words}
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
    read = [Register(shown, table.lines(lists)) for table in tables]
    if faults := [fault for table in tables for fault in table.sorted_faults()]:
        raise OriginError(faults)
    return Register(shown, all_lines(read), tuple(row for table in tables for row in table.unanswered))


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
        # As the file has them, so that faults are named in the order in which a reader finds them.
        self._order = [*table.columns, *(name for name in NAMES if name not in table.columns)]
        self._open = table.texts("country") == ""
        self.unanswered: list[int] = table.rows.filter(self._open).to_list()

    def fault(self, at: int, column: str, what: str, do: str) -> None:
        if self.table.faults and column not in self.table.columns:
            # Of a column that is missing, or goes by another name, it is said once.
            return
        fault = Fault(self.table.place(at, column), f"{column}: {what}", do)
        self._faults.append((at, self._order.index(column), fault))

    def fault_where(self, wrong: pl.Series, column: str, what: str, do: str) -> None:
        """Name a fault on each row of which a Boolean column says so."""
        for at in wrong.arg_true():
            self.fault(at, column, what, do)

    def absent_where(self, wrong: pl.Series, column: str, what: str, do: str) -> None:
        """Name what rows lack, unless it may stand in a column that is not known."""
        if not self.table.faults:
            self.fault_where(wrong, column, what, do)

    def sorted_faults(self) -> list[Fault]:
        """Return the faults found: of columns, then of cells in the order in which the file has them."""
        cells = [fault for _, _, fault in sorted(self._faults, key=lambda found: found[:2])]
        return [*self.table.faults, *cells]

    def parsed(self, column: str, parse: Callable[[str], object], name: str = "") -> pl.Series:
        """Return the values of a column under the name and type that lines have them; null where there is none."""
        name = name or column
        texts = self.table.columns.get(column)
        if texts is None:
            return pl.Series(name, [None], dtype=COLUMNS[name]).new_from_index(0, len(self.table.rows))
        known: dict[str, object] = {"": None}
        for text in texts.unique():
            if text:
                try:
                    known[text] = parse(text)
                except _UnusableError as unusable:
                    known[text] = None
                    self.fault_where(texts == text, column, unusable.what, unusable.do)
        values = pl.Series(list(known.values()), dtype=COLUMNS[name])
        return texts.replace_strict(list(known), values, return_dtype=COLUMNS[name]).alias(name)

    def given(self, column: str) -> pl.Series:
        """Return the texts of a column; null where there is none."""
        texts = self.table.texts(column)
        return texts.set(texts == "", None).alias(column)

    def lines(self, lists: PackingLists) -> RegisterLines:
        """Return the lines that can be used and are answered; what is wrong with the others is in the faults."""
        frame = self._frame()
        named, questions = self._serials(frame["quantity"], lists)
        self._check(frame, named)
        own = frame.select(pl.col("kind").is_in(_ISSUED) & pl.col("issuer_role").is_in(_PARTIES)).to_series()
        remarks: dict[int, tuple[str, ...]] = {}
        for at in own.fill_null(value=False).arg_true():
            kind, role = frame["kind"][at], frame["issuer_role"][at]
            remarks[at] = (f"{kind} issued by the {role}: worth a declaration",)
            what = f"the {role} issued this {kind} itself: is there one by the maker or a third party?"
            questions[at] = (*questions.get(at, ()), Question(Flag.SELF_ISSUED, what))
        # A seller's own certificate is no third party's: it is worth what the seller's word is worth.
        declared = pl.lit(Grade.DECLARED.value, dtype=COLUMNS["kind"])
        frame = frame.with_columns(kind=pl.when(own).then(declared).otherwise("kind"))
        return self._answered(RegisterLines(frame, named, questions, remarks))

    def _frame(self) -> pl.DataFrame:
        texts = self.table.texts
        goods = ("batch", "order", "maker", "model", "entry_number", "importer")
        return pl.DataFrame(
            [
                pl.Series("register", [self.shown]).new_from_index(0, len(self.table.rows)),
                self.table.rows.alias("row"),
                *(texts(name).alias(name) for name in ("document", "country", "issuer", "page", "note")),
                self.parsed("kind", partial(_choose, "kind")),
                self.parsed("issuer_role", partial(_choose, "issuer_role")).fill_null(StatedBy.UNKNOWN.value),
                self.parsed("status", partial(_choose, "status")),
                self.parsed("facet", partial(_choose, "facet")).fill_null(Facet.MANUFACTURE.value),
                self.parsed("country", _atoms, "atoms"),
                self.parsed("date", _day, "day"),
                *(self.parsed(name, _day) for name in ("delivered_from", "delivered_to")),
                self.parsed("quantity", _number),
                self.parsed("based_on", _ids),
                self._digests(),
                *(self.given(name) for name in goods),
            ]
        ).select(list(COLUMNS))

    def _answered(self, lines: RegisterLines) -> RegisterLines:
        """Return the lines without those that are requests still."""
        if not self._open.any():
            return lines
        kept = (~self._open).arg_true()
        place = {old: new for new, old in enumerate(kept)}
        new = pl.DataFrame({"line": kept.cast(pl.UInt32)}).with_row_index("new")
        return RegisterLines(
            lines.frame.filter(~self._open),
            lines.named.join(new, on="line").select(line="new", serial="serial").sort("line", "serial"),
            {place[at]: told for at, told in lines.questions.items() if at in place},
            {place[at]: told for at, told in lines.remarks.items() if at in place},
        )

    def _digests(self) -> pl.Series:
        digests = self.table.texts("sha256").str.to_lowercase()
        wrong = (digests != "") & ~digests.str.contains(_SHA256)
        what = "is no sha256 digest of 64 hexadecimal digits"
        self.fault_where(wrong, "sha256", what, "correct or empty it")
        return digests.alias("sha256")

    def _serials(
        self, quantities: pl.Series, lists: PackingLists
    ) -> tuple[pl.DataFrame, dict[int, tuple[Question, ...]]]:
        """Return the serial numbers that lines name, sorted and each once, and what is to be asked of them."""
        first, last, references = (
            self.table.texts(name) for name in ("serial_from", "serial_to", "covers_file")
        )
        found = listed_serials(self.table.texts("serials"))
        shapes: dict[int, tuple[Question, ...]] = {}
        ranged = set(((first != "") | (last != "")).arg_true())
        more: list[tuple[int, str]] = []
        for at in ((first != "") | (last != "") | (references != "")).arg_true():
            try:
                if at in ranged:
                    serials, shapes[at] = range_serials(first[at], last[at])
                    more += [(at, serial) for serial in serials]
                if references[at]:
                    more += [(at, serial) for serial in lists.serials(references[at])]
            except SerialsNotReadError as unread:
                self.fault(at, unread.column, unread.what, unread.do)
        found = pl.concat([found, pl.DataFrame(more, schema=NAMED, orient="row")])
        named = found.unique().sort("line", "serial")
        questions: dict[int, tuple[Question, ...]] = {}
        for at in sorted(_odd(found, named, quantities) | ranged):
            serials = found.filter(line=at)["serial"].to_list()
            distinct = named.filter(line=at)["serial"].to_list()
            shape = shapes.get(at, ())
            # Of a range that is none it is asked once.
            counted = None if shape else quantities[at]
            asked = asked_of_serials(serials, distinct, counted, ranged=at in ranged and not shape)
            if told := (*shape, *asked):
                questions[at] = told
        return named, questions

    def _check(self, frame: pl.DataFrame, named: pl.DataFrame) -> None:
        """Find what is wrong with lines as a whole."""
        texts, answered = self.table.texts, ~self._open
        nameless = (texts("document") == "") & answered
        self.absent_where(
            nameless, "document", "the document has no id", "give it the name under which it is filed"
        )
        self.absent_where(
            texts("kind") == "", "kind", "is empty", f"write one of: {', '.join(_WORDS['kind'])}"
        )
        by_serial = pl.Series([False]).new_from_index(0, frame.height)
        if named.height:
            by_serial = by_serial.scatter(named["line"].unique(), values=True)
        # What could not be read of a range or a list is a fault of its own.
        otherwise = _any_text(texts(name) for name in _NAMING if name not in {"serials", "model"})
        modelled = texts("model") != ""
        what, do = "the line names no goods", f"fill one of: {', '.join(_NAMING)}"
        self.absent_where(answered & ~by_serial & ~otherwise & ~modelled, "serials", what, do)
        finding = (frame["kind"] == Grade.FINDING.value).fill_null(value=False)
        what = "a finding speaks of somebody's entries or of named goods, never of a model as such"
        do = "fill entry_number or importer, or name the goods"
        self.absent_where(finding & answered & modelled & ~by_serial & ~otherwise, "entry_number", what, do)
        self._check_findings(frame, finding)
        self._check_periods(frame)

    def _check_findings(self, frame: pl.DataFrame, finding: pl.Series) -> None:
        known = frame["kind"].is_not_null()
        for at in (known & ~finding & frame["status"].is_not_null()).arg_true():
            self.fault(
                at, "status", f"a {frame['kind'][at]} has no status", "empty it, or make the kind a finding"
            )
        what, do = "a finding needs a status", "write alleged, contested or final"
        self.absent_where(finding & (self.table.texts("status") == ""), "status", what, do)
        trusted = frame["issuer_role"].is_in([StatedBy.GOVERNMENT.value, StatedBy.UNKNOWN.value])
        what, do = "a finding is a government's", "write government, or choose another kind"
        self.fault_where(finding & ~trusted, "issuer_role", what, do)

    def _check_periods(self, frame: pl.DataFrame) -> None:
        start, end = frame["delivered_from"], frame["delivered_to"]
        placed = _any_text(self.table.texts(name) for name in ("model", "importer"))
        what, do = "a delivery period needs a model or an importer", "fill one of them"
        self.absent_where((start.is_not_null() | end.is_not_null()) & ~placed, "delivered_from", what, do)
        for at in (end < start).fill_null(value=False).arg_true():
            self.fault(at, "delivered_to", f"{end[at]} lies before {start[at]}", "exchange the dates")


def _any_text(columns: Iterable[pl.Series]) -> pl.Series:
    return reduce(or_, (column != "" for column in columns))


def _odd(found: pl.DataFrame, named: pl.DataFrame, quantities: pl.Series) -> set[int]:
    """Return the lines whose serial numbers may leave something to ask."""
    counts = named.group_by("line").len().join(found.group_by("line").len("told"), on="line")
    claimed = counts.with_columns(quantity=quantities.gather(counts["line"]))
    return {
        *claimed.filter((pl.col("told") > pl.col("len")) | (pl.col("quantity") != pl.col("len")))["line"],
        *named.filter(~pl.col("serial").str.contains(r"\d"))["line"],
    }


def _choose(column: str, text: str) -> str:
    word = text.lower().replace(" ", "-").replace("_", "-")
    if word not in _WORDS[column]:
        raise _UnusableError(f"{text!r} is not known", hint(word, _WORDS[column]))
    return word


def _atoms(text: str) -> str:
    answer = resolve_country(text)
    if answer.atoms == ALL:
        raise _UnusableError(f"{text!r}: {answer.reason or 'names no country'}", "write its name or ISO code")
    return ATOM.join(sorted(answer.atoms))


def _number(text: str) -> int:
    number = text.removesuffix(".0")
    # A comma before anything but three digits is a decimal one: 2,5 is no 25.
    if _THOUSANDS.match(number):
        number = number.replace(",", "")
    if number.isdecimal() and len(number) > _MOST_DIGITS:
        raise _UnusableError(f"a number of {len(number)} digits is more units than there are", "correct it")
    if not number.isdecimal() or int(number) == 0:
        raise _UnusableError(f"{text!r} is no whole number above zero", "correct it")
    return int(number)


def _day(text: str) -> date:
    day = parse_iso(text)
    if day is None:
        raise _UnusableError(f"{text!r} is no date", "write YYYY-MM-DD")
    return day


def _ids(text: str) -> str | None:
    return SOURCE.join(sorted({part.strip() for part in re.split(r"[;,\n]", text)} - {""})) or None

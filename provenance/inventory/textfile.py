"""Text files: csv and tsv in whatever encoding, delimiter and state they come.

A clean file (UTF-8, one record per line, the same number of cells in each) stays on disk and is scanned lazily, so
that a million rows cost no memory. Everything else is read record by record into memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.errors import Fault, InventoryError
from provenance.expressions import expression
from provenance.inventory.encoding import find_encoding
from provenance.inventory.grid import HEAD_ROWS, Grid, Sheet, frame_sheet
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

DELIMITERS = (",", ";", "\t", "|")
FAST_FROM = 1 << 18
"""Bytes from which the lazy scan pays; below, reading into memory is as quick and asks no questions."""
_CHUNK = 1 << 20
_SAMPLE_RECORDS = 200
_SEP = expression(r'^("?)sep=(.)\1\2*(?:\r\n|\n|\r|$)', re.IGNORECASE)
_MOST_COLUMNS = 16_384
"""What a sheet of xlsx can hold; a text file with more is no table of machines."""
_LONG_CELL_LINES = 200
"""More lines than that in one cell mean a quote that was never closed."""
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What a reader calls the delimiters."""


@dataclass(slots=True)
class _Facts:
    """What one pass over the bytes of a file shows."""

    lines: int = 0
    ascii: bool = True
    utf8: bool = True
    nul: bool = False
    lone_cr: bool = False
    quotes: bool = False
    bad_quotes: bool = False

    @property
    def clean(self) -> bool:
        return self.utf8 and not (self.nul or self.lone_cr or self.bad_quotes)


def read_text(path: Path, name: str) -> Grid:
    """Read one text file as a table of text.

    Args:
        path: The file.
        name: What messages call it.

    Raises:
        InventoryError: It is empty, or no text.
    """
    with path.open("rb") as file:
        begin = file.read(_CHUNK)
    if not begin.strip(b"\r\n\t \0\xef\xbb\xbf"):
        raise InventoryError(Fault(name, f"is empty ({path.stat().st_size} bytes)", "export it again"))
    if len(begin) >= FAST_FROM:
        grid = _read_fast(path, begin)
        if grid is not None:
            return grid
    data = path.read_bytes()
    decoding = find_encoding(data)
    text = data[decoding.bom :].decode(decoding.encoding, "replace")
    oddities = [decoding.oddity] if decoding.oddity else []
    return replace(_read_records(text, name, oddities, path.suffix.lower()), encoding=decoding.encoding)


def find_delimiter(text: str) -> str:
    """Return the delimiter under which the beginning of a text falls into the most regular table.

    Args:
        text: A beginning of the file, whole lines.
    """
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        sizes = Counter[int]()
        try:
            for index, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
                if any(cell.strip() for cell in record):
                    sizes[len(record)] += 1
                if index >= _SAMPLE_RECORDS:
                    break
        except csv.Error:
            continue
        wide = {size: count for size, count in sizes.items() if size > 1}
        if not wide:
            continue
        size, count = max(wide.items(), key=lambda item: (item[1] * (item[0] - 1) ** 0.5, item[0]))
        score = count / sum(sizes.values()) * (1 - 1 / size)
        if score > best_score * 1.05:
            best, best_score = delimiter, score
    return best


def _format(delimiter: str, suffix: str) -> str:
    return "tsv" if delimiter == "\t" and suffix in {".tsv", ".tab"} else "csv"


def _delimiter_oddity(delimiter: str, suffix: str) -> list[str]:
    usual = "\t" if suffix in {".tsv", ".tab"} else ","
    return [] if delimiter == usual else [f"cells are separated by a {NAMES.get(delimiter, repr(delimiter))}"]


# The lazy path.

_REPEATED = 4
"""So often must the texts of a column repeat in the head, on average, to be held as categories."""
_HELD = 256 * 1024 * 1024
"""Bytes up to which a file is parsed once and held, for it is looked through several times; larger ones stream."""


def _read_fast(path: Path, begin: bytes) -> Grid | None:
    """Return the file as a lazy scan, or None when it is not clean enough for one."""
    import polars as pl

    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    head_text = _whole_lines(begin)
    if head_text is None or _SEP.match(head_text) is not None:
        return None
    delimiter = find_delimiter(head_text)
    if re.search(re.escape(delimiter) + r' +"', head_text):
        return None
    head = _head(head_text, delimiter)
    if not head:
        return None
    width = max(len(record) for record in head)
    if width > _MOST_COLUMNS:
        return None
    start = next(at for at, record in enumerate(head, start=1) if len(record) == width)

    small = path.stat().st_size <= _HELD
    few = _few_texts(head[start:], width) if small else frozenset()
    schema = {f"c{index}": pl.Categorical if index in few else pl.String for index in range(width)}
    shape: dict[str, Any] = {
        "has_header": False,
        "separator": delimiter,
        "schema": schema,
        "row_index_name": "row",
    }

    @cache
    def held() -> pl.DataFrame:
        return pl.read_csv(path, skip_lines=start - 1, row_index_offset=start, **shape)

    with ThreadPoolExecutor(max_workers=1) as pool:
        # Looking at the bytes and parsing them go side by side: one holds the interpreter, the other does not.
        looked = pool.submit(_pass, path, delimiter)
        if small:
            with suppress(pl.exceptions.PolarsError, OSError):
                held()
        facts = looked.result()
    if not facts.clean:
        return None

    def coded_rows(first: int) -> pl.LazyFrame:
        skip = max(start, first if first <= len(head) and len(head[first - 1]) == width else start)
        if small:
            scan = held().slice(skip - start).lazy()
        else:
            scan = pl.scan_csv(path, skip_lines=skip - 1, row_index_offset=skip, **shape)
        if first > skip:
            scan = scan.filter(pl.col("row") >= first)
        return scan.select("row", pl.col("row").alias("line"), pl.exclude("row", "line"))

    def rows(first: int) -> pl.LazyFrame:
        scan = coded_rows(first)
        if few:
            scan = scan.with_columns(pl.col(*(f"c{index}" for index in sorted(few))).cast(pl.String))
        if first >= start:
            return scan
        above = frame_sheet(None, head[: start - 1], lines=range(1, start))
        missing = [pl.lit(None, dtype=pl.String).alias(f"c{at}") for at in range(above.width, width)]
        return pl.concat([above.rows(first).with_columns(missing), scan])

    try:
        # Every cell is parsed once: a record that is too long raises, and each record must be one line.
        counted = coded_rows(start).select(pl.len()).collect(engine="streaming").item()
        codes = {index: held()[f"c{index}"].unique().cast(pl.String).drop_nulls() for index in sorted(few)}
        starts = _find_starts(rows(1), width, codes)
    except (pl.exceptions.PolarsError, OSError):
        return None
    if counted + start - 1 != facts.lines:
        return None
    sheet = Sheet(
        name=None,
        hidden=False,
        width=width,
        head=tuple(head),
        rows=rows,
        present=tuple(range(width)),
        ascii=facts.ascii,
        flat=True,
        solid=facts.ascii and not starts.hollow,
        plain=starts.plain if facts.ascii else frozenset(),
        unquoted=delimiter == "," and not facts.quotes,
        codes=codes,
        coded_rows=coded_rows if codes else None,
    )
    suffix = path.suffix.lower()
    return Grid(
        _format(delimiter, suffix),
        (sheet,),
        tuple(_delimiter_oddity(delimiter, suffix)),
        encoding="utf-8",
        delimiter=delimiter,
    )


def _few_texts(body: Sequence[Sequence[str]], width: int) -> frozenset[int]:
    """Return the columns whose texts repeat so much in the head that they are worth holding as categories."""
    if len(body) < _SAMPLE_RECORDS:
        return frozenset()
    distinct = [len({row[index] for row in body if index < len(row)}) for index in range(width)]
    return frozenset(index for index, count in enumerate(distinct) if count * _REPEATED <= len(body))


@dataclass(frozen=True, slots=True)
class _Starts:
    """What the cells of a file begin with."""

    plain: frozenset[int]
    """Columns without a cell that begins oddly."""
    hollow: bool
    """Whether a cell holds white space alone."""


def _find_starts(rows: pl.LazyFrame, width: int, codes: Mapping[int, pl.Series]) -> _Starts:
    import polars as pl

    long = {index: pl.col(f"c{index}") for index in range(width) if index not in codes}
    odd = [_begins_oddly(cell).any() for cell in long.values()]
    found = rows.select(pl.lit(value=True).alias("row"), *odd).first().collect(engine="streaming")
    plain = {index for index in long if not found.item(0, f"c{index}")}
    plain |= {
        index
        for index, texts in codes.items()
        if not texts.alias("text").to_frame().select(_begins_oddly(pl.col("text")).any()).item()
    }
    blank = [(cell.str.strip_chars() == "").any() for index, cell in long.items() if index not in plain]
    hollow = bool(blank) and bool(rows.select(pl.any_horizontal(blank)).collect(engine="streaming").item())
    hollow |= any((texts.str.strip_chars() == "").any() for texts in codes.values())
    return _Starts(frozenset(plain), hollow)


def _begins_oddly(cell: pl.Expr) -> pl.Expr:
    """Return whether a cell may be empty, or begin with a blank or one of the signs that begin a formula (`=+-@`).

    No cell of most columns does, and then none needs a closer look. All ASCII blanks and signs but two stand before
    the digits, so comparing decides, at a third of the cost of a pattern; a few harmless signs are caught with them.
    """
    return (cell < "0") | ((cell >= "=") & (cell < ">")) | ((cell >= "@") & (cell < "A"))


def _whole_lines(begin: bytes) -> str | None:
    # A file shorter than one chunk is all there; of a longer one the last line may be cut.
    cut = begin if len(begin) < _CHUNK else begin[: begin.rfind(b"\n") + 1]
    try:
        return cut.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _head(text: str, delimiter: str) -> list[tuple[str, ...]]:
    head: list[tuple[str, ...]] = []
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        head.append(tuple(record))
        if len(head) == HEAD_ROWS:
            break
    return head


def _pass(path: Path, delimiter: str) -> _Facts:
    """Read all bytes once and note whatever forbids the lazy scan."""
    facts = _Facts()
    regular = _regular(delimiter)
    decoder = codecs.getincrementaldecoder("utf-8")()
    last = b""
    carry = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            facts.lines += chunk.count(b"\n")
            if not chunk.isascii() or decoder.getstate()[0]:
                facts.ascii = False
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    facts.utf8 = False
            facts.nul = facts.nul or b"\0" in chunk
            if b"\r" in chunk or last == b"\r":
                joined = last + chunk
                body = joined[:-1] if joined.endswith(b"\r") else joined
                facts.lone_cr = facts.lone_cr or body.count(b"\r") != body.count(b"\r\n")
            if b'"' in chunk or carry:
                facts.quotes = True
                carry = _quotes(carry + chunk, facts, regular)
            last = chunk[-1:]
            if not facts.clean:
                return facts
    if last != b"\n":
        facts.lines += 1
    if carry:
        _quotes(carry + b"\n", facts, regular)
    return facts


def _regular(delimiter: str) -> re.Pattern[bytes]:
    """Return what matches lines all cells of which are without a quote, or quoted from end to end."""
    cut = re.escape(delimiter.encode())
    cell = rb'(?:"[^"\n]*+(?:""[^"\n]*+)*+"|[^"%s\r\n]*+)' % cut
    return re.compile(rb"(?:%s(?:[%s\n]|\r\n))*+" % (cell, cut))


def _quotes(data: bytes, facts: _Facts, regular: re.Pattern[bytes]) -> bytes:
    """Note quotes that leave a line open or stand inside a cell; return the unfinished last line."""
    at = data.rfind(b"\n") + 1
    if regular.fullmatch(data, 0, at) is None:
        facts.bad_quotes = True
    return data[at:]


# The path in memory.


def _read_records(text: str, name: str, oddities: list[str], suffix: str) -> Grid:
    if "\0" in text:
        oddities.append(f"{text.count(chr(0))} NUL characters, left out")
        text = text.replace("\0", "")
    if "\ufffd" in text:
        oddities.append("characters lost by an earlier wrong decoding (U+FFFD) stand in it")
    first_line = 1
    given = _SEP.match(text)
    if given is not None:
        text, delimiter, first_line = text[given.end() :], given[2], 2
    else:
        delimiter = find_delimiter(text[:_CHUNK])
    oddities.extend(_delimiter_oddity(delimiter, suffix))
    records, lines, closed = _parse(text, delimiter, first_line, quoting=csv.QUOTE_MINIMAL)
    if not closed:
        records, lines, _ = _parse(text, delimiter, first_line, quoting=csv.QUOTE_NONE)
        oddities.append("a quote is never closed, so quotes were read as plain characters")
    if not any(cell.strip() for record in records for cell in record):
        raise InventoryError(Fault(name, "holds no text", "export it again"))
    wide = max(map(len, records))
    if wide > _MOST_COLUMNS:
        what = f"has {wide:,} columns, and a spreadsheet holds {_MOST_COLUMNS:,}"
        raise InventoryError(Fault(name, what, "look at what separates its cells, or turn it on its side"))
    ragged = _ragged(records)
    if ragged:
        oddities.append(ragged)
    sheet = frame_sheet(None, records, lines=lines)
    return Grid(_format(delimiter, suffix), (sheet,), tuple(oddities), delimiter=delimiter)


def _parse(
    text: str, delimiter: str, first_line: int, *, quoting: int
) -> tuple[list[Sequence[str]], list[int], bool]:
    """Return the records, the line each begins on, and whether all quotes were closed."""
    padded = re.search(re.escape(delimiter) + r' +"', text) is not None
    limit = csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    records: list[Sequence[str]] = []
    lines: list[int] = []
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=delimiter,
            quoting=quoting,  # type: ignore[arg-type]
            skipinitialspace=padded,
        )
        before = 0
        for record in reader:
            if reader.line_num - before > _LONG_CELL_LINES:
                return records, lines, False
            lines.append(before + first_line)
            records.append(record)
            before = reader.line_num
    except csv.Error:
        return records, lines, False
    finally:
        csv.field_size_limit(limit)
    return records, lines, True


def _ragged(records: Sequence[Sequence[str]]) -> str:
    """Say how many records have filled cells beyond those of the first wide record."""
    sizes = Counter(len(record) for record in records if len(record) > 1)
    if len(sizes) < 2:
        return ""
    usual = sizes.most_common(1)[0][0]
    longer = sum(any(cell.strip() for cell in record[usual:]) for record in records if len(record) > usual)
    return f"{longer} records have more than the usual {usual} cells" if longer else ""

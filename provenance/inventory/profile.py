"""One look over all rows of a table, in expressions: its end, its rejected rows, its dates and how clean it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from provenance.inventory.cleaning import (
    SEPARATORS,
    TIME,
    Manner,
    is_regular_mac,
    text_of,
    unclean,
)
from provenance.inventory.grid import Sheet
from provenance.inventory.guesses import Guesses
from provenance.inventory.quantity import quantity_of
from provenance.inventory.rejection import KEYS, Shape, judge_row, opening_pattern
from provenance.inventory.table import DATE_FIELDS, Field, Rejection
from provenance.inventory.unlabelled import is_unlabelled_total
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

_SELDOM = frozenset(
    {
        Field.HASHRATE,
        Field.POWER,
        Field.UNIT_PRICE,
        Field.CURRENCY,
        Field.CONDITION,
        Field.ASSET_TAG,
        Field.IP,
    }
    | {Field.HOSTNAME, Field.SUPPLIER, Field.LOCATION}
)
"""Fields that hardly anything reads: cleaning them when asked costs less than looking whether they need it."""
_HEADERS_COMPARED = 3
"""So many columns tell whether a row may repeat the header; twelve then decide."""
_MAX_DAYS = 100_000
"""Distinct texts of a date column that are read; a column with more holds no dates."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What all rows of a table show."""

    last_row: int
    """The last row that is not blank; the row above the first when all are."""
    rejected: Mapping[Rejection, tuple[int, ...]]
    days: Mapping[Field, Mapping[str, date]]
    manner: Manner
    oddities: tuple[str, ...]


def profile_rows(
    sheet: Sheet, first_row: int, columns: Sequence[int], shape: Shape, manner: Manner
) -> Profile:
    """Look over the rows of a table.

    Args:
        sheet: The sheet.
        first_row: The first row below the header.
        columns: The columns of the sheet that hold anything.
        shape: Headers and fields of the table.
        manner: How the head of the table wants to be cleaned; the answer may be more thorough.
    """
    import polars as pl

    fields = {field: index for index, field in shape.fields.items()}
    manner = _head_manner(sheet, first_row, fields, manner)
    guesses = Guesses(sheet, first_row, shape, manner)
    suspects, told = pl.collect_all(
        [_suspects(sheet, first_row, columns, shape, manner), guesses.ask()], engine="streaming"
    )
    answers = guesses.answers(told)
    thorough = replace(
        manner,
        clean=answers.clean,
        valid_macs=answers.regular_macs,
        separators=manner.separators if answers.regular_macs else SEPARATORS,
        float_serials=manner.float_serials or answers.float_serials,
    )
    if any(field in manner.clean and field not in thorough.clean for field in KEYS):
        # A guess about keys was wrong, so rows may have been passed over for a serial that says "N/A".
        suspects = _suspects(sheet, first_row, columns, shape, thorough).collect(engine="streaming")
    rejected, thorough = _judge(suspects, columns, shape, thorough)
    days: dict[Field, Mapping[str, date]] = {}
    oddities: list[str] = []
    for field in (field for field in fields if field in DATE_FIELDS):
        from provenance.inventory.days import read_days

        read = read_days(answers.day_texts[field][:_MAX_DAYS])
        days[field] = read.days
        oddities.extend(f"{field}: {oddity}" for oddity in read.oddities)
    if answers.damaged:
        oddities.append(
            f"{answers.damaged} serial numbers are in scientific notation: a spreadsheet has damaged them"
        )
    last_row = _last_row(answers.last, set(rejected[Rejection.BLANK]), first_row)
    known = {row for numbers in rejected.values() for row in numbers}
    if is_unlabelled_total(sheet, first_row, last_row, columns, shape, known):
        rejected[Rejection.TOTAL].append(last_row)
    kept = {kind: tuple(row for row in numbers if row <= last_row) for kind, numbers in rejected.items()}
    return Profile(
        last_row,
        {kind: numbers for kind, numbers in kept.items() if numbers},
        days,
        thorough,
        tuple(oddities),
    )


def _last_row(last: int | None, blank: set[int], first_row: int) -> int:
    """Return the last row that is not blank."""
    row = int(last) if last is not None else first_row - 1
    while row in blank:
        row -= 1
    return row


def _head_manner(sheet: Sheet, first_row: int, fields: Mapping[Field, int], manner: Manner) -> Manner:
    """Guess from the head how little cleaning will do; what a guess risks is checked on all rows."""
    import polars as pl

    rows = sheet.head[first_row - 1 :]
    head = pl.DataFrame(
        {field: [row[at] or None if at < len(row) else None for row in rows] for field, at in fields.items()},
        schema=dict.fromkeys(fields, pl.String),
    )

    def found(questions: dict[str, pl.Expr]) -> frozenset[str]:
        """Ask about all columns at once, and return where the answer is yes."""
        answers = head.select(question.alias(name) for name, question in questions.items())
        return frozenset(name for name in answers.columns if answers[name].item())

    dates = [field for field in fields if field in DATE_FIELDS]
    questions = {str(field): pl.col(field).str.contains(TIME).any() for field in dates}
    if Field.SERIAL in fields:
        questions[Field.SERIAL] = pl.col(Field.SERIAL).str.ends_with(".0").any()
    odd = found(questions)
    plain = Field.QUANTITY not in fields or all(text.isdigit() for text in head[Field.QUANTITY].drop_nulls())
    timed = frozenset(field for field in dates if field in odd)
    manner = replace(manner, timed=timed, plain_quantity=plain, float_serials=Field.SERIAL in odd)
    used = "".join(head[Field.MAC].drop_nulls()) if Field.MAC in fields else ""
    separators = "".join(mark for mark in SEPARATORS if mark in used)
    asked = [field for field in fields if field not in _SELDOM]
    questions = {str(field): unclean(field, pl.col(field), manner).any() for field in asked}
    if Field.MAC in fields:
        questions["irregular"] = ~is_regular_mac(pl.col(Field.MAC), separators).all()
    unfit = found(questions)
    return replace(
        manner,
        clean=frozenset(field for field in asked if field not in unfit),
        separators=separators,
        valid_macs=Field.MAC in fields and "irregular" not in unfit,
    )


def _filled(sheet: Sheet, column: int) -> pl.Expr:
    """Return whether a cell holds more than white space; its column may be one of categories, or of texts."""
    import polars as pl

    cell = pl.col(f"c{column}")
    if sheet.solid or column in sheet.plain:
        return cell.is_not_null()
    if column in sheet.codes:
        hollow = [text for text in sheet.codes[column] if not text.strip()]
        return (
            cell.is_not_null() & ~cell.is_in(hollow).fill_null(value=False) if hollow else cell.is_not_null()
        )
    return (cell.str.strip_chars() != "").fill_null(value=False)


def _suspects(
    sheet: Sheet, first_row: int, columns: Sequence[int], shape: Shape, manner: Manner
) -> pl.LazyFrame:
    """Rows that may be no machine: with their cells, to be judged one by one, and flags for what is already clear."""
    import polars as pl

    def cleaned(field: Field) -> pl.Expr:
        raw = pl.col(f"c{fields[field]}")
        if fields[field] in sheet.codes:
            raw = raw.cast(pl.String)
        return raw if field in manner.clean else text_of(raw, manner)

    fields = {field: index for index, field in shape.fields.items()}
    filled = pl.sum_horizontal([_filled(sheet, column) for column in columns])
    keyless = pl.all_horizontal(
        [cleaned(field).is_null() for field in KEYS if field in fields] or [pl.lit(value=True)]
    )
    pattern = opening_pattern(ascii_only=manner.ascii)
    cells = [pl.col(f"c{column}") for column in columns]
    if not sheet.solid:
        cells = [pl.when(_filled(sheet, column)).then(pl.col(f"c{column}")) for column in columns]
    first = pl.coalesce(cells)
    telling = [
        pl.col(f"c{fields[field]}") for field in (Field.MODEL, Field.MAKER, Field.CATEGORY) if field in fields
    ]
    opens = pl.any_horizontal(
        [text.str.contains(pattern).fill_null(value=False) for text in (first, *telling)]
    )
    doubt = keyless & opens
    if shape.width >= 3:
        doubt = doubt | (filled == 1)
    headers = [
        pl.col(f"c{column}").eq_missing(pl.lit(header)) for column, header in list(shape.headers.items())[:12]
    ]
    # A column whose texts are known not to hold its header need not be compared with it.
    met = [
        test
        for test, (column, header) in zip(headers, shape.headers.items(), strict=False)
        if column not in sheet.codes or header in sheet.codes[column]
    ]
    repeated = pl.any_horizontal(met[:_HEADERS_COMPARED] or [pl.lit(value=False)])
    if headers:
        # Rows that repeat the header; the first twelve columns tell.
        doubt = doubt | (pl.sum_horizontal(headers) >= min(2, len(headers)))
    quantity = uncounted = pl.lit(value=False)
    if Field.QUANTITY in fields:
        uncounted = quantity_of(cleaned(Field.QUANTITY), plain=manner.plain_quantity).is_null()
        quantity = _may_be_uncounted(sheet, fields[Field.QUANTITY], uncounted)
    # Hardly any row can be other than a machine; only those that can are looked at closely.
    near = (filled <= 1) | keyless | repeated | quantity
    rows = (sheet.coded_rows or sheet.rows)(first_row).filter(near)
    return (
        rows.with_columns(pl.col(*(f"c{column}" for column in columns)).cast(pl.String))
        .with_columns((filled == 0).alias("blank"), doubt.alias("doubt"), uncounted.alias("quantity"))
        .filter(pl.col("blank") | pl.col("doubt") | pl.col("quantity"))
        .select("row", "blank", "doubt", "quantity", *[f"c{column}" for column in columns])
    )


def _may_be_uncounted(sheet: Sheet, column: int, uncounted: pl.Expr) -> pl.Expr:
    """Return which rows may have an invalid quantity: none, where every text of the column is known to be valid."""
    import polars as pl

    texts = sheet.codes.get(column)
    if texts is None:
        return uncounted
    asked = texts.alias(f"c{column}").to_frame().select(uncounted.alias("uncounted"))
    wrong = texts.filter(asked["uncounted"])
    return pl.col(f"c{column}").cast(pl.String).is_in(wrong.implode()) if len(wrong) else pl.lit(value=False)


def _judge(
    suspects: pl.DataFrame, columns: Sequence[int], shape: Shape, manner: Manner
) -> tuple[dict[Rejection, list[int]], Manner]:
    import polars as pl

    rejected: dict[Rejection, list[int]] = {kind: [] for kind in Rejection}
    if not suspects.height:
        return rejected, manner
    rejected[Rejection.BLANK] = suspects.filter("blank")["row"].to_list()
    names = [f"c{column}" for column in columns]
    doubtful = suspects.filter(pl.col("doubt") & ~pl.col("blank")).select("row", *names)
    judged: list[int] = []
    for row, *cells in doubtful.iter_rows():
        kind = judge_row(cells, columns, shape)
        if kind is not None:
            rejected[kind].append(row)
            judged.append(row)
    odd = suspects.filter(
        pl.col("quantity")
        & ~pl.col("blank")
        & ~pl.col("row").is_in(pl.Series(judged, dtype=pl.UInt32).implode())
    )
    if odd.height:
        column = next(index for index, field in shape.fields.items() if field is Field.QUANTITY)
        thorough = quantity_of(text_of(pl.col(f"c{column}"), manner), plain=False)
        wrong = odd.filter(thorough.is_null())
        rejected[Rejection.QUANTITY] = wrong["row"].to_list()
        if wrong.height < odd.height:
            manner = replace(manner, plain_quantity=False)
    for kind, numbers in rejected.items():
        rejected[kind] = sorted(numbers)
    return rejected, manner

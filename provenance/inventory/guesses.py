"""Whether what the head of a table lets guess of its cells holds in all of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from provenance.inventory.cleaning import Manner, day_text_of, is_regular_mac, odd_serial, text_of, unclean
from provenance.inventory.grid import Sheet
from provenance.inventory.rejection import Shape
from provenance.inventory.table import DATE_FIELDS, Field
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

_DAMAGED = r"^\s*[0-9][.,]?[0-9]*[eE]\+[0-9]{1,3}\s*$"
"""A serial number that a spreadsheet has put into scientific notation."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What all rows of a table say to the guesses from its head."""

    last: int | None
    """The last row; None where there is none."""
    clean: frozenset[Field]
    """Fields whose text is already as cleaning would leave it."""
    regular_macs: bool
    """Every MAC address is valid and written as in the head."""
    float_serials: bool
    """Some serials end in `.0`."""
    damaged: int
    """How many serials are in scientific notation."""
    day_texts: Mapping[Field, list[str]]
    """The distinct cleaned texts of each column of dates, sorted."""


class Guesses:
    """The questions to the rows of one table: asked in one pass, and seldom in a second."""

    def __init__(self, sheet: Sheet, first_row: int, shape: Shape, manner: Manner) -> None:
        """Prepare to ask.

        Args:
            sheet: The sheet.
            first_row: The first row below the header.
            shape: Headers and fields of the table.
            manner: How the head of the table wants to be cleaned.
        """
        self._sheet = sheet
        self._first_row = first_row
        self._headers = shape.headers
        self._manner = manner
        self._fields = {field: index for index, field in shape.fields.items()}
        self._days = sorted(field for field in self._fields if field in DATE_FIELDS)

    def ask(self) -> pl.LazyFrame:
        """Return the questions, to be collected into the one row that `answers` reads."""
        import polars as pl

        questions = [pl.col("row").max().alias("last")]
        for field in self._days:
            # Where the header stands again among the rows it is no value.
            distinct = partial(_distinct, header=self._headers.get(self._fields[field], ""))
            questions.append(self._about(field, f"texts {field}", distinct))
        asked_alone = {*self._days, Field.SERIAL}
        if Field.MAC in self._fields and self._manner.valid_macs:
            asked_alone.add(Field.MAC)
            regular = partial(is_regular_mac, separators=self._manner.separators)
            questions.append(self._about(Field.MAC, "regular", lambda raw: regular(raw).all()))
        questions += [
            self._about(field, f"unclean {field}", partial(self._any_unclean, field))
            for field in sorted(self._manner.clean - asked_alone)
        ]
        if self._serials_in_two_steps:
            questions.append(self._about(Field.SERIAL, "odd serials", lambda raw: odd_serial(raw).any()))
        else:
            questions += self._of_serials()
        return self._sheet.rows(self._first_row).select(questions)

    def answers(self, row: pl.DataFrame) -> Answers:
        """Return the answers.

        Args:
            row: What `ask` gave.
        """
        told = row.row(0, named=True)
        if told.get("odd serials"):
            exact = self._sheet.rows(self._first_row).select(self._of_serials()).collect(engine="streaming")
            told |= exact.row(0, named=True)
        texts = {field: row.item(0, f"texts {field}").alias("text").to_frame() for field in self._days}
        unclean_days = {field for field in self._days if self._shows_unclean(field, texts[field])}
        regular = bool(told.get("regular"))
        unclean_macs = {Field.MAC} if self._manner.valid_macs and not regular else set()
        return Answers(
            last=told["last"],
            clean=frozenset(
                field
                for field in self._manner.clean - unclean_days - unclean_macs
                if not told.get(f"unclean {field}")
            ),
            regular_macs=regular,
            float_serials=bool(told.get("floats")),
            damaged=told.get("damaged") or 0,
            day_texts={field: self._day_texts(field, texts[field]) for field in self._days},
        )

    @property
    def _serials_in_two_steps(self) -> bool:
        # Of clean serials one rough look tells that nothing is odd in any way that is asked for.
        return self._manner.ascii and Field.SERIAL in self._manner.clean

    def _of_serials(self) -> list[pl.Expr]:
        if Field.SERIAL not in self._fields:
            return []
        about = partial(self._about, Field.SERIAL)
        questions = [
            about("floats", lambda raw: raw.str.ends_with(".0").any()),
            about("damaged", lambda raw: raw.str.contains(_DAMAGED).sum()),
        ]
        if Field.SERIAL in self._manner.clean:
            questions.append(about(f"unclean {Field.SERIAL}", partial(self._any_unclean, Field.SERIAL)))
        return questions

    def _about(self, field: Field, name: str, question: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
        """A question of a whole column, answered by its distinct texts where these are at hand."""
        import polars as pl

        index = self._fields[field]
        texts = self._sheet.codes.get(index)
        if texts is None:
            return question(pl.col(f"c{index}")).alias(name)
        body = texts.filter(texts != self._headers.get(index, "")).alias("text")
        return pl.lit(body.to_frame().select(question(pl.col("text"))).to_series()).first().alias(name)

    def _any_unclean(self, field: Field, raw: pl.Expr) -> pl.Expr:
        return unclean(field, raw, self._manner).any()

    def _shows_unclean(self, field: Field, texts: pl.DataFrame) -> bool:
        import polars as pl

        return bool(texts.select(self._any_unclean(field, pl.col("text"))).item())

    def _day_texts(self, field: Field, texts: pl.DataFrame) -> list[str]:
        import polars as pl

        day = day_text_of(text_of(pl.col("text"), self._manner), timed=field in self._manner.timed)
        return sorted(texts.select(day.unique().drop_nulls()).to_series().to_list())


def _distinct(raw: pl.Expr, *, header: str) -> pl.Expr:
    return raw.filter(raw != header).unique().implode()

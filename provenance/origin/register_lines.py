"""The lines of registers held as columns: a line is made when somebody asks for it, for there may be very many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, overload

import polars as pl

from provenance.evidence import Facet, FindingStatus, Grade, StatedBy
from provenance.origin.register import Question, Register, RegisterLine
from provenance.records import dataclass

_ENUMS = {"kind": Grade, "issuer_role": StatedBy, "status": FindingStatus, "facet": Facet}

COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "register": pl.String, "row": pl.UInt32, "document": pl.String,
    "kind": pl.Enum([grade.value for grade in Grade]), "country": pl.String, "atoms": pl.String, "issuer": pl.String,
    "issuer_role": pl.Enum([role.value for role in StatedBy]),
    "status": pl.Enum([status.value for status in FindingStatus]), "day": pl.Date,
    "facet": pl.Enum([facet.value for facet in Facet]), "batch": pl.String, "order": pl.String, "maker": pl.String,
    "model": pl.String, "entry_number": pl.String, "importer": pl.String, "delivered_from": pl.Date,
    "delivered_to": pl.Date, "quantity": pl.Int64, "based_on": pl.String, "page": pl.String, "sha256": pl.String,
    "note": pl.String,
}  # fmt: skip
"""The columns, by the names of the fields of a line; atoms and sources are joined by `ATOM` and `SOURCE`."""

NAMED: dict[str, pl.DataType | type[pl.DataType]] = {"line": pl.UInt32, "serial": pl.String}
ATOM = ","
SOURCE = "\n"


@dataclass(frozen=True, slots=True)
class RegisterLines(Sequence[RegisterLine]):
    """The lines of one or several registers, in order."""

    frame: pl.DataFrame
    """One row per line, the columns of `COLUMNS`."""
    named: pl.DataFrame
    """`line` (its index) and `serial`, sorted, each pair once: the serial numbers that the lines name."""
    questions: Mapping[int, tuple[Question, ...]] = field(default_factory=dict)
    """What is to be asked of the record itself, by line; most have nothing."""
    remarks: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """What a reader must know of how a line was taken, by line; most have nothing."""

    _ends: list[int] = field(init=False, repr=False, compare=False)
    """Where the serial numbers of each line end in `named`."""

    def __post_init__(self) -> None:
        """Find where the serial numbers of each line stand."""
        object.__setattr__(self, "_ends", self.serial_counts().cum_sum().to_list())

    @classmethod
    def of(cls, lines: Iterable[RegisterLine]) -> RegisterLines:
        """Return lines that were made one by one."""
        made = tuple(lines)
        columns = {
            name: pl.Series(name, [_held(line, name) for line in made], dtype=COLUMNS[name])
            for name in COLUMNS
        }
        pairs = [(index, serial) for index, line in enumerate(made) for serial in sorted(set(line.serials))]
        return cls(
            pl.DataFrame(columns),
            pl.DataFrame(pairs, schema=NAMED, orient="row"),
            {index: line.questions for index, line in enumerate(made) if line.questions},
            {index: line.remarks for index, line in enumerate(made) if line.remarks},
        )

    def __len__(self) -> int:
        """Return how many lines there are."""
        return self.frame.height

    @overload
    def __getitem__(self, index: int) -> RegisterLine: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RegisterLine]: ...
    def __getitem__(self, index: int | slice) -> RegisterLine | Sequence[RegisterLine]:
        """Return one line, made now."""
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        return self._line(at, self.frame.row(at))

    def _line(self, at: int, row: tuple[Any, ...]) -> RegisterLine:
        return RegisterLine(
            **{name: _made(name, value) for name, value in zip(COLUMNS, row, strict=True)},
            serials=self.serials(at),
            questions=self.questions.get(at, ()),
            remarks=self.remarks.get(at, ()),
        )

    def __iter__(self) -> Iterator[RegisterLine]:
        """Make every line in turn."""
        names = self.frame.columns
        serials = self.named["serial"].to_list()
        first = 0
        for at, (row, end) in enumerate(zip(self.frame.iter_rows(), self._ends, strict=True)):
            yield RegisterLine(
                **{name: _made(name, value) for name, value in zip(names, row, strict=True)},
                serials=tuple(serials[first:end]),
                questions=self.questions.get(at, ()),
                remarks=self.remarks.get(at, ()),
            )
            first = end

    def some(self, chosen: Iterable[int]) -> dict[int, RegisterLine]:
        """Return some lines by their index, made together: far cheaper than one by one."""
        places = sorted(set(chosen))
        rows = self.frame[places].iter_rows()
        return {at: self._line(at, row) for at, row in zip(places, rows, strict=True)}

    def serials(self, index: int) -> tuple[str, ...]:
        """Return the serial numbers that one line names, sorted."""
        first = self._ends[index - 1] if index else 0
        return tuple(self.named["serial"].slice(first, self._ends[index] - first).to_list())

    def serial_counts(self) -> pl.Series:
        """Return how many serial numbers each line names (UInt32)."""
        none = pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(self))
        if self.named.is_empty():
            return none
        counts = self.named.group_by("line").len()
        return none.scatter(counts["line"], counts["len"])

    def lots(self) -> list[int]:
        """Return the lines that name goods by anything but serial numbers."""
        return (self.serial_counts() == 0).arg_true().to_list()


def _held(line: RegisterLine, name: str) -> Any:
    value = getattr(line, name)
    match name:
        case "atoms":
            return ATOM.join(sorted(value))
        case "based_on":
            return SOURCE.join(value) or None
        case _ if name in _ENUMS:
            return value.value if value is not None else None
        case _:
            return value


def _made(name: str, value: Any) -> Any:
    match name:
        case "atoms":
            return frozenset(value.split(ATOM))
        case "based_on":
            return tuple(value.split(SOURCE)) if value else ()
        case _ if name in _ENUMS:
            return _ENUMS[name](value) if value is not None else None
        case _:
            return value


def all_lines(registers: Iterable[Register]) -> RegisterLines:
    """Return the lines of several registers, in order."""
    held = [register.lines for register in registers]
    if len(held) == 1:
        return held[0]
    starts = [sum(len(lines) for lines in held[:at]) for at in range(len(held))]
    shifted = [
        lines.named.with_columns((pl.col("line") + start).cast(pl.UInt32))
        for lines, start in zip(held, starts, strict=True)
    ]
    return RegisterLines(
        pl.concat([pl.DataFrame(schema=COLUMNS), *(lines.frame for lines in held)]),
        pl.concat([pl.DataFrame(schema=NAMED), *shifted]),
        {
            start + at: told
            for lines, start in zip(held, starts, strict=True)
            for at, told in lines.questions.items()
        },
        {
            start + at: told
            for lines, start in zip(held, starts, strict=True)
            for at, told in lines.remarks.items()
        },
    )

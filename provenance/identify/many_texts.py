"""Reads the texts of many rows at once: those that are a name among words that say nothing by the name, the others one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import field

from provenance.identify.codes import CodeIndex
from provenance.identify.identity import RowTexts, TextReading
from provenance.identify.names import MakerNames
from provenance.identify.plain_texts import PlainTexts
from provenance.identify.texts import Beside, TextReader
from provenance.records import dataclass

_HYPHENS = re.compile(r"(?<!^[a-z])(?<![^a-z0-9][a-z])[-_]+(?=[a-z]{2}|[0-9]|[b-hj-z][0-9])")
"""What stands for a blank: beside a single letter, and before an a or i, a hyphen may make it part of the name."""


@dataclass(frozen=True, slots=True)
class _Name:
    """What a name says among words that say nothing."""

    reading: TextReading
    decides: Callable[[str], bool] | None
    """Tells by what stands behind the name whether it decides; None where it always does."""


@dataclass(slots=True)
class _Column:
    """What rows with the same other columns have in common."""

    beside: Beside
    names: dict[str, _Name | None] = field(default_factory=dict)
    """What is known of names; None where they do not decide."""


class ManyTexts:
    """Reads the texts of many rows."""

    def __init__(self, reader: TextReader, names: MakerNames, codes: CodeIndex) -> None:
        self._reader = reader
        self._plain = PlainTexts(names, codes)

    def read(self, rows: Sequence[RowTexts]) -> list[TextReading]:
        """Return what the texts of rows say, see `TextReader.read`."""
        import polars as pl

        columns: dict[tuple[str | None, str | None, str | None], _Column] = {}
        cut = self._plain.cut(pl.Series([row[1] for row in rows], dtype=pl.String))
        found = []
        for (maker, model, category, firmware), name, behind in zip(
            rows, cut["name"].to_list(), cut["behind"].to_list(), strict=True
        ):
            column = columns.get((maker, category, firmware))
            if column is None:
                beside = self._reader.beside(maker, category, firmware)
                column = columns[maker, category, firmware] = _Column(beside)
            known = None
            if name is not None:
                known = column.names[name] if name in column.names else self._look_at(name, column)
            if known is not None and (known.decides is None or known.decides(behind)):
                found.append(known.reading)
            else:
                found.append(self._reader.read(model, column.beside))
        return found

    def _look_at(self, name: str, column: _Column) -> _Name | None:
        spaced = _HYPHENS.sub(" ", name)
        if spaced not in column.names:
            column.names[spaced] = self._read_name(spaced, column.beside)
        known = column.names[name] = column.names[spaced]
        return known

    def _read_name(self, name: str, beside: Beside) -> _Name | None:
        if beside.firmware or beside.foreign or not self._plain.may_decide(name):
            return None
        parse = self._reader.parse(self._reader.run_of(name), beside)
        reading = self._reader.read_code(parse, beside) if self._plain.decides(parse) else None
        return _Name(reading, self._plain.unless_behind(parse)) if reading is not None else None

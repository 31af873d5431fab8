"""Serial numbers read by documented schemes: the maker where the shape tells, the date, the country where coded.

No scheme of a miner encodes a country. A shape that is not peculiar to its maker is read only for a machine of that
maker: ten characters that happen to begin with `CN` are no statement of HP's about a machine of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.catalog.records import Confidence, SerialScheme
from provenance.catalog.serial_codes import coded_country, date_made
from provenance.catalog.serial_rules import CountryRule, DateRule
from provenance.dates import Span
from provenance.errors import Fault, IdentifyError
from provenance.expressions import expression
from provenance.identify.identity import SerialReading, SerialReadings
from provenance.identify.oddities import READ_ODD, ZEROS, oddities_of

if TYPE_CHECKING:
    import polars as pl

TAIL = 3
"""So many last characters of a serial are reduced to their class in its stem: the running number."""
_STANDS_FOR = {
    char: first
    for first, others in (("1", "23456789"), ("B", "CDEF"), ("G", "HJKLMNPQRSTUVWXYZ"))
    for char in others
}
"""Characters that no scheme tells apart in the running number, and the one that stands for each of them.

Kept apart, because schemes do: 0, 1-9, the hexadecimal letters with A on its own, I and O, the other letters.
"""
_STEM = str.maketrans(_STANDS_FOR)
_NAMED_GROUP = expression(r"\(\?P<\w+>")
_LONGEST = 64
"""No scheme is longer, and a longer text is no serial number."""


def stem(serial: str) -> str:
    """Return the stem of a serial number: all serials with the same stem are read alike.

    The last three characters are reduced to their class, so that a fleet of a million serials has a few thousand
    stems. The stem is itself a serial number of the same shape. Upper case is taken for granted.
    """
    return serial[:-TAIL] + stem_tail(serial[-TAIL:])


def stem_tail(tail: str) -> str:
    """Return the last characters of a stem from those of a serial number."""
    return tail.translate(_STEM)


def split_expr(column: str) -> tuple[pl.Expr, pl.Expr]:
    """Return a column of serial numbers as what their stems keep and what `stem_tail` reduces; null stays null."""
    import polars as pl

    return pl.col(column).str.head(-TAIL), pl.col(column).str.tail(TAIL)


_READ = ("y", "yy", "m", "mm", "d", "dd", "ww", "yymmdd", "yyyymmdd", "cc", "loc")
"""The groups of patterns that dates and countries are read from; the others are there for whoever reads a scheme."""
_Told = tuple[tuple[str, str], ...]
_Match = tuple[int, _Told]
"""Which scheme a serial number fits, and what its groups say."""
_Groups = Mapping[str, str]


def _told(match: re.Match[str]) -> _Told:
    """Return the groups that are read, with their names."""
    return tuple((name, match[name]) for name in _READ if name in match.re.groupindex)


class SerialReader:
    """Reads serial numbers by the schemes of a catalogue."""

    def __init__(self, schemes: Sequence[SerialScheme]) -> None:
        self._schemes = tuple(schemes)
        self._patterns: dict[int, re.Pattern[str]] = {}
        """Those that were asked, by the position of their scheme."""
        self._memo: dict[tuple[str, str | None], SerialReading | None] = {}

    def read(self, serial: str | None, maker: str | None = None) -> SerialReading | None:
        """Return what a serial number says; memoised.

        Args:
            serial: The serial number; case and surrounding blanks do not matter.
            maker: The maker of the machine, where it is known: schemes whose shape is not peculiar to one maker are
                read only for their own. Its own scheme goes before any other.

        Returns:
            The reading; None where no scheme fits, or where two fit and say different things.
        """
        if not serial:
            return None
        key = (serial, maker)
        if key not in self._memo:
            self._memo[key] = self._read(serial, maker)
        return self._memo[key]

    def read_stems(self, stems: pl.Series) -> dict[str, SerialReadings]:
        """Return what all serial numbers of each stem say, for the stems that fit a scheme at all.

        A linear-time engine tells in one pass per scheme which stems fit it; only these are read one by one.

        Args:
            stems: Distinct stems in upper case (String); nulls say nothing.
        """
        import polars as pl

        fitting: dict[str, list[_Match]] = {}
        short = stems.filter(stems.str.len_chars() <= _LONGEST)
        # All schemes are asked in one go.
        fits = short.to_frame("stem").select(
            pl.col("stem").str.contains(_NAMED_GROUP.sub("(?:", scheme.pattern)).alias(str(index))
            for index, scheme in enumerate(self._schemes)
        )
        for index, fit in enumerate(fits):
            for text in short.filter(fit).to_list():
                match = self._pattern(index).fullmatch(text)
                if match is not None:
                    fitting.setdefault(text, []).append((index, _told(match)))
        # What a serial says hangs on the groups that are read alone, and a fleet has few of these.
        known: dict[tuple[_Match, ...], SerialReadings] = {}
        readings: dict[str, SerialReadings] = {}
        for text, matches in fitting.items():
            key = tuple(matches)
            if key not in known:
                known[key] = _for_makers(self._read_as(matches))
            readings[text] = known[key]
        for text in short.filter(short.str.contains(READ_ODD)).to_list():
            reading = readings.get(text, _NOTHING)
            readings[text] = replace(
                reading, oddities=oddities_of(text), zeros_lost=self._without_zeros(text)
            )
        return readings

    def _without_zeros(self, text: str) -> tuple[str, ...]:
        """The makers whose scheme a number fits with zeros in front, and not as it stands."""
        if not text.isdigit():
            return ()
        found = {
            scheme.maker
            for index, scheme in enumerate(self._schemes)
            if not scheme.placeholder
            and (fits := self._pattern(index).fullmatch)(text) is None
            and any(fits(zeros + text) for zeros in ZEROS)
        }
        return tuple(sorted(found))

    def read_all(self, serial: str) -> tuple[tuple[SerialScheme, SerialReading], ...]:
        """Return every reading that the shape of a serial number allows, with its scheme, sorted by scheme."""
        text = serial.strip().upper()
        if not 0 < len(text) <= _LONGEST:
            return ()
        fits = ((index, self._pattern(index).fullmatch(text)) for index in range(len(self._schemes)))
        return self._read_as([(index, _told(match)) for index, match in fits if match is not None])

    def _read_as(self, matches: Sequence[_Match]) -> tuple[tuple[SerialScheme, SerialReading], ...]:
        """Return what a serial number says by the schemes that it fits."""
        read = ((self._schemes[index], _reading(self._schemes[index], dict(told))) for index, told in matches)
        return tuple((scheme, reading) for scheme, reading in read if reading is not None)

    def _pattern(self, index: int) -> re.Pattern[str]:
        if index not in self._patterns:
            self._patterns[index] = _compiled(self._schemes[index])
        return self._patterns[index]

    def _read(self, serial: str, maker: str | None) -> SerialReading | None:
        return _choose(self.read_all(serial), maker)


_NOTHING = SerialReadings(None, ())


def _for_makers(found: Sequence[tuple[SerialScheme, SerialReading]]) -> SerialReadings:
    """What a serial number says on the machines of every maker that has a scheme for it."""
    makers = sorted({scheme.maker for scheme, _ in found})
    return SerialReadings(_choose(found, None), tuple((maker, _choose(found, maker)) for maker in makers))


def _choose(found: Sequence[tuple[SerialScheme, SerialReading]], maker: str | None) -> SerialReading | None:
    """The reading that counts: of the maker's own scheme, else a placeholder, else of a shape that tells its maker."""
    own = [reading for scheme, reading in found if scheme.maker == maker and not scheme.placeholder]
    placeholders = [reading for scheme, reading in found if scheme.placeholder]
    telling = [reading for scheme, reading in found if scheme.decides_maker]
    for readings in (own, placeholders, telling):
        if readings:
            return readings[0] if len({_content(reading) for reading in readings}) == 1 else None
    return None


def _compiled(scheme: SerialScheme) -> re.Pattern[str]:
    try:
        return re.compile(scheme.pattern)
    except re.error as error:
        raise IdentifyError(
            Fault(f"catalogue:{scheme.id}", f"the pattern does not compile ({error})", "correct the scheme")
        ) from error


def _content(reading: SerialReading) -> tuple[object, ...]:
    return (reading.maker, reading.part, reading.placeholder, reading.made, reading.country)


def _reading(scheme: SerialScheme, match: _Groups) -> SerialReading | None:
    """The reading of a match; None when its date is no date."""
    made: Span | None = None
    if scheme.date_rule is not None:
        made = date_made(DateRule(scheme.date_rule), match)
        if made is None:
            return None
    return SerialReading(
        scheme=scheme.id,
        maker=scheme.maker if scheme.decides_maker else None,
        part=scheme.part,
        placeholder=scheme.placeholder,
        made=made,
        country=coded_country(CountryRule(scheme.country_rule), dict(scheme.codes), match)
        if scheme.country_rule is not None
        else None,
        verified=scheme.confidence is Confidence.HIGH,
    )

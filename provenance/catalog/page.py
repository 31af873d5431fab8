"""A page about a maker or a model: sections of wrapped lines, with the sources numbered and listed at the end."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from provenance.catalog.terms import span_of
from provenance.countries import label

WIDTH = 80
"""Columns of a page; only a source that is longer stands out of it."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Page:
    """Collects the lines of a page; each source gets a number when it is first cited."""

    def __init__(self, title: str, what: str) -> None:
        """Begin a page.

        Args:
            title: What it is about.
            what: Its kind and id, set at the right margin.
        """
        gap = max(2, WIDTH - len(title) - len(what))
        self._lines = [f"{title}{' ' * gap}{what}"] if len(title) + len(what) < WIDTH else [title, what]
        self._sources: dict[str, int] = {}

    def section(self, title: str) -> None:
        """Begin a section."""
        self._lines += ["", title.upper()]

    def text(self, text: str, indent: int = 2) -> None:
        """Write a paragraph; nothing for an empty text."""
        if text:
            pad = " " * indent
            self._lines += wrap(
                text,
                WIDTH,
                initial_indent=pad,
                subsequent_indent=pad,
                break_long_words=False,
                break_on_hyphens=False,
            )

    def item(self, head: str, *below: str) -> None:
        """Write an entry: its head, and what belongs to it indented once more."""
        pad = " " * 4
        self._lines += wrap(
            head,
            WIDTH,
            initial_indent="  ",
            subsequent_indent=pad,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for text in below:
            self.text(text, 4)

    def cite(self, sources: Iterable[str]) -> str:
        """Return the numbers of sources, `[1] [4]`, for the end of a line."""
        return " ".join(f"[{self._sources.setdefault(source, len(self._sources) + 1)}]" for source in sources)

    def finish(self, basis: str) -> str:
        """Return the page, with its sources and what it rests on at the end."""
        if self._sources:
            self.section("Sources")
            width = len(str(len(self._sources))) + 2
            for source, number in self._sources.items():
                self._lines.append(f"  {f'[{number}]':<{width}} {source}")
        self._lines.append("")
        self.text(basis, 0)
        return "\n".join(self._lines)


def parts(source: str) -> tuple[str, ...]:
    """Return the single sources of a record that joins them."""
    return tuple(part for part in source.split("; ") if part)


def place(country: str) -> str:
    """Return a country with its code."""
    return f"{label(country)} ({country})"


def day(moment: str) -> str:
    """Return a date, a month or a year in words, as exact as it was given and no more."""
    count = moment.count("-")
    first = span_of(moment).first
    if count == 0:
        return moment
    month = f"{_MONTHS[first.month - 1]} {first.year}"
    return month if count == 1 else f"{first.day} {month}"


def when(began: str, ended: str, seen: str = "") -> str:
    """Return over which time something held, in words.

    Args:
        began: A partial date; empty where no source dates the beginning.
        ended: A partial date; `?` where the end is known to have come and its day is not; empty where none is reported.
        seen: A day on which a source describes it as it then stood; empty where none does.
    """
    if seen:
        held = when(began, ended) if began or ended else "beginning and end not known"
        return f"as of {day(seen)}; {held}"
    start = f"from {day(began)}" if began else ""
    end = (
        "; it has ended, or may have, on a day not known"
        if ended == "?"
        else f"until {day(ended)}"
        if ended
        else ""
    )
    if not start and not end:
        return "dates not known"
    if not start and ended != "?":
        return f"{end}, beginning not known"
    if not start:
        return "ended, or may have, on a day not known"
    return f"{start}{end}" if end.startswith(";") else f"{start} {end}".strip()

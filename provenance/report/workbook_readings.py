"""The sheets of the workbook on readings: what each makes of every site, and which cases it judges otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.readings import ReadingEntry, SiteEntry
from provenance.report.totals import Total
from provenance.report.words import VERDICT_WORDS

_ALL = "all sites"
_WORDS = tuple(VERDICT_WORDS[verdict] for verdict in Verdict)

READING_COLUMNS = (
    "policy", "reading", "adopted", "title", "site", *(f"units {word}" for word in _WORDS),
    *(f"lines {word}" for word in _WORDS), "changed", "cleared as adopted, not here",
    *(f"hashrate {word}" for word in _WORDS), "note",
)  # fmt: skip
CHANGE_COLUMNS = (
    "policy",
    "reading",
    "case",
    "machines",
    "as adopted",
    "under the reading",
    "units",
    "lines",
)


def reading_rows(document: Document) -> Iterator[tuple[object, ...]]:
    """Yield the matrix: each reading over all sites, and then site by site."""
    for row in document.readings:
        head = (row.policy, row.reading, "yes" if row.declared else "", row.title)
        yield (
            *head,
            _ALL,
            *_counts(row.counts),
            row.changed_units,
            row.uncleared_units,
            *(row.hashrates.get(verdict, "") for verdict in Verdict),
            row.note,
        )
        yield from ((*head, site.site, *_counts(site.counts)) for site in _sites(row))


def change_rows(document: Document) -> Iterator[tuple[object, ...]]:
    """Yield the cases that a reading judges otherwise than the adopted one."""
    for row in document.readings:
        for change in row.changes:
            verdicts = (change.declared, change.verdict)
            yield (row.policy, row.reading, change.case, change.title, *verdicts, change.units, change.lines)


def _counts(totals: tuple[Total, ...]) -> tuple[int, ...]:
    return (*(total.units for total in totals), *(total.lines for total in totals))


def _sites(row: ReadingEntry) -> tuple[SiteEntry, ...]:
    return row.sites if len(row.sites) > 1 else ()

"""The summary of the workbook: the headline, the totals, and charts by site, by maker and by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from provenance.policy.audit import Audit, Case
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.sheets import COLOURS, Sheets
from provenance.report.totals import Total
from provenance.report.words import VERDICT_WORDS, one_line

_BARS = 15
"""Bars of one chart; the smaller ones are put together."""
_FIGURES = "Figures"


def write_summary(sheets: Sheets, audit: Audit, document: Document) -> None:
    """Add the summary with its charts, and the figures that the charts are drawn from."""
    sheet = sheets.add("Summary")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 12)
    sheet.set_column(3, 3, 90)
    figures = _figures(sheets, audit, document)
    at = _texts(sheets, sheet, audit, document)
    for place, chart in enumerate(figures):
        sheet.insert_chart(at + 1 + 18 * place, 0, chart, {"object_position": 3})


def _texts(sheets: Sheets, sheet: Any, audit: Audit, document: Document) -> int:
    at = 0
    for text, style in (
        (document.headline.default_policy, sheets.bold),
        (document.stamp, sheets.bold),
        (document.headline.word, sheets.big),
        (document.headline.sentence, sheets.bold),
        (f"As of {document.as_of}; {document.tool}", None),
    ):
        if text:
            sheets.row(sheet, at, (text,), style)
            at += 1
    at += 1
    sheets.row(sheet, at, ("verdict", "lines", "units", "meaning"), sheets.header)
    for total in _split(document):
        at += 1
        label = total.verdict if total.reason is None else f"   {total.label}"
        sheets.row(sheet, at, (label, total.lines, total.units, total.meaning))
    at += 1
    paragraphs = (
        *document.reconciliation,
        largest_maker(audit),
        *(f"Judged under {policy.id}: {policy.title} ({policy.citation})" for policy in document.policies),
        f"What to do next: {document.headline.next_step}",
        *(f"Warning: {warning}" for warning in document.warnings),
        document.disclaimer,
    )
    for paragraph in paragraphs:
        if paragraph:
            at += 1
            sheets.row(sheet, at, (paragraph,))
    return at


def _split(document: Document) -> list[Total]:
    lines: list[Total] = []
    for total in document.totals:
        lines.append(total)
        if total.verdict is Verdict.UNDETERMINED:
            lines += document.reasons
    return lines


def largest_maker(audit: Audit) -> str:
    """Return whose machines are the largest part of the fleet, in a sentence; empty without units."""
    units = {name: sum(by.values()) for name, by in by_maker(audit.cases).items()}
    total = sum(units.values())
    if not total:
        return ""
    name = max(units, key=lambda one: (units[one], one))
    return (
        f"The largest maker is {name}: {units[name]:,} of {total:,} units, {100 * units[name] / total:.0f} %."
    )


def by_maker(cases: Sequence[Case]) -> dict[str, dict[Verdict, int]]:
    """Return units by maker, as identified, and verdict."""
    found: dict[str, dict[Verdict, int]] = {}
    for case in cases:
        name = case.facts.identity.maker_name or "maker not identified"
        own = found.setdefault(one_line(name), dict.fromkeys(Verdict, 0))
        own[case.verdict] += case.units
    return found


def by_site(cases: Sequence[Case]) -> dict[str, dict[Verdict, int]]:
    """Return units by site and verdict."""
    found: dict[str, dict[Verdict, int]] = {}
    for case in cases:
        for site, units in case.sites.items():
            own = found.setdefault(one_line(site) or "no site given", dict.fromkeys(Verdict, 0))
            own[case.verdict] += units
    return found


def _figures(sheets: Sheets, audit: Audit, document: Document) -> list[Any]:
    """Add the sheet of figures and return the charts drawn from it."""
    verdicts = tuple(Verdict)
    sheet = sheets.table(
        _FIGURES, ("chart", "of", *(VERDICT_WORDS[verdict] for verdict in verdicts), "units")
    )
    charts = []
    at = 1
    for title, figures in (
        ("Units by verdict and site", _largest(by_site(audit.cases))),
        ("Units by verdict and maker", _largest(by_maker(audit.cases))),
    ):
        if not figures:
            continue
        first = at
        for name, by in figures.items():
            sheets.row(sheet, at, (title, name, *(by[verdict] for verdict in verdicts), sum(by.values())))
            at += 1
        charts.append(_stacked(sheets, title, first, at - 1))
    if document.reasons:
        first = at
        for total in document.reasons:
            sheets.row(sheet, at, ("Undetermined units by reason", total.label))
            sheet.write_number(at, 2 + len(verdicts), total.units)
            at += 1
        charts.append(_bars(sheets, "Undetermined units by reason", first, at - 1))
    return charts


def _largest(figures: Mapping[str, Mapping[Verdict, int]]) -> dict[str, Mapping[Verdict, int]]:
    ordered = sorted(figures, key=lambda name: (-sum(figures[name].values()), name))
    shown: dict[str, Mapping[Verdict, int]] = {name: figures[name] for name in ordered[:_BARS]}
    rest = ordered[_BARS:]
    if rest:
        shown[f"{len(rest)} others"] = {
            verdict: sum(figures[name][verdict] for name in rest) for verdict in Verdict
        }
    return shown


def _stacked(sheets: Sheets, title: str, first: int, last: int) -> Any:
    chart = sheets.book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, verdict in enumerate(Verdict, start=2):
        chart.add_series(
            {
                "name": [_FIGURES, 0, column],
                "categories": [_FIGURES, first, 1, last, 1],
                "values": [_FIGURES, first, column, last, column],
                "fill": {"color": COLOURS[verdict.value]},
                "border": {"color": "#808080"},
            }
        )
    return _laid_out(chart, title)


def _bars(sheets: Sheets, title: str, first: int, last: int) -> Any:
    column = 2 + len(Verdict)
    chart = sheets.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [_FIGURES, first, 1, last, 1],
            "values": [_FIGURES, first, column, last, column],
            "fill": {"color": COLOURS[Verdict.UNDETERMINED.value]},
        }
    )
    chart.set_legend({"none": True})
    return _laid_out(chart, title)


def _laid_out(chart: Any, title: str) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0"})
    chart.set_size({"width": 760, "height": 340})
    return chart

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len

from provenance.policy.verdict import Reason
from provenance.report.document import build_document
from provenance.report.terminal import render, show


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_verdict_stands_first(audit):
    assert render(build_document(audit)).splitlines()[0] == "NON-CONFORMING"


def test_a_policy_that_nobody_chose_stands_in_the_first_line_and_the_stamp_after_it(audit_of):
    lines = render(build_document(audit_of(default=True, synthetic=True))).splitlines()
    assert lines[0] == "No policy was chosen, so sale-clause was used."
    assert lines[1].startswith("SYNTHETIC - made-up data.")
    assert lines[2] == "NON-CONFORMING"


@pytest.mark.parametrize("width", [60, 61, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(audit, width):
    lines = render(build_document(audit), width=width).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []


def test_a_narrow_terminal_loses_no_words(audit):
    document = build_document(audit)
    assert " ".join(render(document, width=60).split()).count("to settle it:") == 8
    assert "non-conforming 6 7" in " ".join(render(document, width=60).split())


def test_cells_are_never_markup_and_never_escapes(audit):
    text = render(build_document(audit))
    assert "[red]A1[/red]" in text
    assert "\x1b" not in text


def test_colour_is_set_only_when_asked_for(audit):
    document = build_document(audit)
    assert "\x1b[" in render(document, color=True)
    assert "\x1b[" not in render(document, color=False)


def test_a_stream_that_is_no_terminal_gets_plain_text_of_one_hundred_columns(audit):
    document = build_document(audit)
    stream = io.StringIO()
    show(document, stream)
    assert stream.getvalue() == render(document, width=100)


def test_a_terminal_gets_colour_unless_no_color_is_set(audit, monkeypatch):
    document = build_document(audit)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = Terminal(), Terminal()
    show(document, coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    show(document, plain)
    assert "\x1b[" in coloured.getvalue()
    assert "\x1b[" not in plain.getvalue()


@pytest.mark.parametrize(
    ("terminal", "variables", "coloured"),
    [
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_follows_the_terminal_and_the_variables_of_the_user(
    audit, monkeypatch, terminal, variables, coloured
):
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    stream = Terminal() if terminal else io.StringIO()
    show(build_document(audit), stream)
    assert ("\x1b[" in stream.getvalue()) is coloured


def test_more_cases_of_a_verdict_than_are_shown_are_counted(audit_of, made_cases):
    opened = next(made for made in made_cases if made.reason is Reason.OPEN)
    many = [replace(opened, units=(replace(opened.units[0], serial=f"S{number}"),)) for number in range(15)]
    text = render(build_document(audit_of([*many, made_cases[0]])))
    assert (
        "... and 5 more undetermined cases with 5 units: the json, csv and xlsx reports hold all of them."
        in text
    )
    assert "NON-CONFORMING  4 units, 3 lines" in text


def test_documents_that_want_a_look_are_named(audit):
    text = render(build_document(audit))
    assert "2 documents recorded, 1 without a unit here, 1 with a note." in text
    assert "COO-2 (register.xlsx row 3): It names no machine here." in text


def test_the_report_says_what_to_do_next(audit):
    text = render(build_document(audit), width=400)
    assert "Have counsel read the notice (-f notice-md) and its schedules before it goes out. Ask for" in text
    assert "provenance explain FILE SERIAL" in text


def test_each_of_several_policies_says_what_it_alone_makes_of_the_fleet(audit_of):
    document = build_document(audit_of())
    assert "alone:" not in render(document)
    first = document.policies[0]
    lines = render(replace(document, policies=(first, replace(first, id="another")))).splitlines()
    at = lines.index(next(line for line in lines if line.startswith("Judged under another")))
    shown = ", ".join(f"{total.units:,} {total.label}" for total in first.totals if total.lines)
    assert lines[at + 1] == f"    alone: {shown}"

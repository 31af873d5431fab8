"""Which output takes which format, and writing them: all files of a run, or none."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from provenance.errors import Fault, ReportError
from provenance.policy.audit import Audit
from provenance.records import dataclass
from provenance.report.matter import Matter
from provenance.report.registry import FORMATS, QUESTIONS, Format, Report, format_for, format_of
from provenance.report.words import counted
from provenance.report.writing import make_folders, write_whole

_BLOCK = 1 << 20
"""Bytes copied at a time."""

Plan = tuple[tuple[str, Path | None], ...]
"""Format ids, each with its file; None is standard output."""


def plan_outputs(formats: Sequence[str], outputs: Sequence[Path | str]) -> Plan:
    """Return which format goes where.

    Args:
        formats: The ids asked for, in order; may be empty.
        outputs: The outputs asked for, in order; may be empty. None: one format, the terminal report unless another
            is named, on standard output. One directory: all formats, or all asked for, under their fixed names; a
            text that ends in a slash is one, and is made when the reports are written. Outputs alone go by their
            ending. Else the two pair in order.

    Raises:
        ReportError: The numbers differ, a format or an ending is not known, or an output's folder does not exist.
    """
    chosen = [format_of(format_id) for format_id in formats]
    if not outputs:
        if len(chosen) > 1:
            raise ReportError(
                Fault("", f"{len(chosen)} formats (-f) and one standard output", "give each a file with -o")
            )
        return ((chosen[0].id if chosen else FORMATS[0].id, None),)
    if len(outputs) == 1 and _is_folder(outputs[0]):
        return tuple((offered.id, Path(outputs[0]) / offered.file_name) for offered in chosen or FORMATS)
    paths = [_in_a_folder(Path(output)) for output in outputs]
    if not chosen:
        return tuple((format_for(path).id, path) for path in paths)
    if len(chosen) != len(paths):
        raise ReportError(
            Fault(
                "",
                f"{counted(len(chosen), 'format')} (-f) and {counted(len(paths), 'output')} (-o) do not pair",
                "give as many of each, or one directory for all",
            )
        )
    return tuple((offered.id, path) for offered, path in zip(chosen, paths, strict=True))


def takes_all(formats: Sequence[str], outputs: Sequence[Path | str]) -> bool:
    """Return whether a directory is to take every format that there is: those that cannot be written then stay out."""
    return not formats and len(outputs) == 1 and _is_folder(outputs[0])


def _is_folder(output: Path | str) -> bool:
    return str(output).endswith(("/", os.sep)) or Path(output).is_dir()


def _in_a_folder(path: Path) -> Path:
    """Return an output whose folder is there: whoever mistypes it learns so before a long run, not after it."""
    if not path.parent.is_dir():
        raise ReportError(
            Fault(
                path.as_posix(), f"there is no folder {path.parent.as_posix()!r}", "make it, or name another"
            )
        )
    return path


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    files: tuple[Path, ...]
    """In order."""
    left_out: tuple[str, ...]
    """Formats that nobody named and that could not be written, with the reason: sentences."""


def write_reports(
    audit: Audit,
    matter: Matter | None,
    pairs: Sequence[tuple[str, Path | None]],
    template: Path | None = None,
    *,
    spare: bool = False,
) -> Written:
    """Write reports: all files of them, or none.

    Args:
        audit: What the run yielded.
        matter: The matter file, where there is one.
        pairs: Format ids, each with its file, or None for standard output; see `plan_outputs`.
        template: Counsel's own Word template for the notice.
        spare: Whether nobody named the formats: one that is not installed or takes fewer rows is left out, not a fault.

    Raises:
        ReportError: A format refuses the size or is not installed, two reports go to one file, or a file cannot be
            written.
    """
    report = Report(audit, matter, template)
    chosen = [(format_of(format_id), path) for format_id, path in pairs]
    hindered = {
        offered.id: fault for offered, _ in chosen if (fault := _hindrance(offered, audit)) is not None
    }
    if hindered and not spare:
        raise ReportError(list(hindered.values()))
    chosen = [(offered, path) for offered, path in chosen if offered.id not in hindered]
    files = [(offered, path) for offered, path in chosen if path is not None]
    make_folders(path for _, path in files)
    write_whole([(path, partial(offered.write, report)) for offered, path in files])
    for offered, path in chosen:
        if path is None:
            _write_stdout(report, offered)
    return Written(tuple(path for _, path in files), tuple(str(fault) for fault in hindered.values()))


def write_questions(audit: Audit, matter: Matter | None, path: Path | None) -> None:
    """Write the request list, in the form that the ending of the file says; Markdown on standard output without one.

    Raises:
        ReportError: The ending says no form, or the file cannot be written.
    """
    report = Report(audit, matter)
    if path is None:
        _write_stream(report, Format("questions", "questions.md", QUESTIONS[".md"]), sys.stdout.buffer)
        return
    if path.suffix.lower() not in QUESTIONS:
        raise ReportError(
            Fault(path.as_posix(), "its ending says no form", f"end it in one of {', '.join(QUESTIONS)}")
        )
    write_whole([(_in_a_folder(path), partial(QUESTIONS[path.suffix.lower()], report))])


def _write_stdout(report: Report, offered: Format) -> None:
    """Write to standard output; the terminal report in the width and colours of the terminal."""
    if offered.id == "terminal":
        from provenance.report.terminal import show

        show(report.document, sys.stdout)
        return
    if offered.binary and sys.stdout.isatty():
        raise ReportError(Fault("", f"{offered.id} is no text for a terminal", "name a file with -o"))
    sys.stdout.flush()
    _write_stream(report, offered, sys.stdout.buffer)


def _write_stream(report: Report, offered: Format, stream: BinaryIO) -> None:
    """Write to a stream, nothing before the report is whole."""
    with TemporaryDirectory(prefix="provenance-") as folder:
        path = Path(folder) / offered.file_name
        offered.write(report, path)
        with path.open("rb") as made:
            while block := made.read(_BLOCK):
                stream.write(block)
    stream.flush()


def _hindrance(offered: Format, audit: Audit) -> Fault | None:
    """Return why a format cannot be written here; None where it can."""
    rows = audit.summary.rows_read
    if offered.row_limit is not None and rows > offered.row_limit:
        return Fault(
            offered.id,
            f"{rows:,} rows, and this format takes {offered.row_limit:,}",
            "take csv, parquet or json, or split the inventory",
        )
    if offered.needs and find_spec(offered.needs) is None:
        return Fault(
            offered.id,
            f"is written with {offered.needs}, which is not installed",
            "install the extra: pip install '.[docs]'",
        )
    return None

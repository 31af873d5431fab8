"""The annotated sheet as csv, streamed: the inventory's rows with the verdict columns beside them."""

from __future__ import annotations

from pathlib import Path

from provenance.policy.audit import Audit
from provenance.report.annotated import annotated


def write_csv(audit: Audit, path: Path) -> None:
    """Write the annotated sheet as UTF-8 csv, rows in file order; memory does not grow with the rows.

    Cells that a spreadsheet would run carry a leading apostrophe; the json and parquet reports hold the exact text.
    """
    annotated(audit).frame.sink_csv(path, maintain_order=True, line_terminator="\n")

"""The machines as parquet, streamed, with the exact texts of the inventory."""

from __future__ import annotations

from pathlib import Path

from provenance.policy.audit import Audit
from provenance.report.texts import as_texts
from provenance.report.words import SYNTHETIC

_ROW_GROUP = 131_072
"""Fixed, so that the same machines give the same bytes whatever the machine's cores."""


def write_parquet(audit: Audit, path: Path) -> None:
    """Write `Audit.machines` as one parquet file; made-up data carry the column `stamp` in front."""
    import polars as pl

    machines = as_texts(audit.machines)
    if audit.synthetic:
        stamp = pl.lit(SYNTHETIC.split(" ", 1)[0]).alias("stamp")
        machines = machines.select(stamp, pl.all())
    machines.sink_parquet(
        path, compression="zstd", compression_level=3, row_group_size=_ROW_GROUP, maintain_order=True
    )

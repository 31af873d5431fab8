"""What a machine is told by in two reports: its serial, with the maker where that is needed, else maker and asset tag."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

SERIAL_KEY = "serial"
TAG_KEY = "asset tag"


def with_makers(machines: pl.DataFrame, makers: Sequence[str | None]) -> pl.DataFrame:
    """Return machines with the maker that each is taken for.

    Args:
        machines: `serial`, `maker`, `asset_tag` (String) and `case` (UInt32).
        makers: Maker id per case; None where it is not known.

    Returns:
        With `identity_maker` (String: the id, null where not known) and `tag` (String: maker and asset tag, the maker
        as written where it is not known; null where one of them is missing or the row has a serial).
    """
    known = pl.Series(makers, dtype=pl.String).gather(machines["case"])
    written = pl.col("maker").str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
    tag = pl.col("asset_tag").str.strip_chars().str.to_uppercase()
    who = pl.coalesce(pl.col("identity_maker"), pl.when(written != "").then(written))
    return machines.with_columns(identity_maker=known).with_columns(
        tag=pl.when(pl.col("serial").is_null() & (tag != "")).then(
            pl.concat_str(who, pl.lit("\n"), tag, ignore_nulls=False)
        )
    )


def with_keys(then: pl.DataFrame, now: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the machines of two reports with the key that each is told by; null where nothing tells it.

    A serial is enough where only one maker is known of it: a maker that a report did not know is no other one. Where
    it stands under several makers, each of them has a machine of that number. No row number plays a part.

    Args:
        then: From `with_makers`.
        now: From `with_makers`.
    """
    shared = _under_several_makers(then, now)
    return tuple(_keyed(machines, shared) for machines in (then, now))  # type: ignore[return-value]


def _under_several_makers(then: pl.DataFrame, now: pl.DataFrame) -> pl.Series:
    columns = ["serial", "identity_maker"]
    known = [one.select(columns).drop_nulls() for one in (then, now)]
    met = (
        known[0]
        .join(known[1], on="serial")
        .filter(pl.col("identity_maker") != pl.col("identity_maker_right"))
    )
    within = [_apart(one) for one in known]
    return pl.concat([met["serial"], *within]).unique()


def _apart(known: pl.DataFrame) -> pl.Series:
    """Return the serials that one report has under several makers."""
    repeated = known.filter(pl.col("serial").hash().is_duplicated())
    makers = repeated.group_by("serial").agg(pl.col("identity_maker").n_unique())
    return makers.filter(pl.col("identity_maker") > 1)["serial"]


def _keyed(machines: pl.DataFrame, shared: pl.Series) -> pl.DataFrame:
    serial = pl.col("serial")
    if len(shared):
        maker = pl.col("identity_maker").fill_null("")
        serial = (
            pl.when(serial.is_in(shared.implode()))
            .then(pl.concat_str(serial, pl.lit("\n"), maker))
            .otherwise(serial)
        )
    # A line feed stands in no serial: what is told by a tag is never taken for one.
    return machines.with_columns(key=pl.coalesce(serial, pl.concat_str(pl.lit("\n"), pl.col("tag"))))

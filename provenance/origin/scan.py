"""One pass over the inventories: machines as columns of codes, and the few distinct sets of facts behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from provenance.countries import resolve_country
from provenance.evidence import Grade
from provenance.identify.identity import SerialReadings
from provenance.identify.macs import mac_key_expr
from provenance.identify.resolve import Identifier
from provenance.identify.serials import stem_expr
from provenance.inventory.table import DATE_FIELDS, Field, Table
from provenance.origin.facts import CaseFacts, Wanted, case_id, period_of
from provenance.origin.gather import Declared, Gatherer
from provenance.origin.interning import Coded, combine, encode
from provenance.origin.match import Matches, match_documents
from provenance.origin.register import RegisterLine
from provenance.origin.units import Units, count_units, merge_facts

TEXTS = (Field.MAKER, Field.MODEL, Field.CATEGORY, Field.FIRMWARE)
"""What says in words what a machine is."""
_LOTS = (Field.BATCH, Field.ORDER)
_NO_SERIAL = SerialReadings(None, ())


@dataclass(frozen=True, slots=True)
class Scan:
    """All rows of all inventory tables, in input order."""

    rows: pl.DataFrame
    """One row per row read: `table` (UInt32), `rejection` (Categorical), `maker`, `model`, `site` (Categorical),
    `counted` (Int64), `documents` (UInt32, into `matches.line_sets`), `case` (UInt32, into `facts`) and `listed_at`
    (UInt32: the position, among rows not rejected, of the row that counts this unit where another file lists it
    first). The last four are null where the row is rejected."""
    facts: tuple[CaseFacts, ...]
    """Distinct sets of facts, by case."""
    ids: tuple[str, ...]
    """The id of each case."""
    matches: Matches


def scan_inventories(
    tables: Sequence[Table],
    lines: Sequence[RegisterLine],
    identifier: Identifier,
    gatherer: Gatherer,
    wanted: Wanted,
) -> Scan:
    """Read every row once and reduce what it says to distinct sets of facts.

    Args:
        tables: The inventory tables, at least one, in order.
        lines: The evidence register.
        identifier: Says what a machine is.
        gatherer: Gathers the pieces of evidence of one set of facts.
        wanted: What the rules ask.
    """
    frame = _collect(tables, wanted, gatherer.divided_blocks)
    live = frame.filter(pl.col("rejection").is_null()).with_row_index("position")
    stems = encode(live["stem"])
    recognised = identifier.recognised_stems(pl.Series(stems.values, dtype=pl.String))
    serials = stems.think(
        lambda stem: identifier.read_stem_for_makers(stem) if stem in recognised else _NO_SERIAL
    )
    placeholder = pl.Series([readings.placeholder for readings in serials.values], dtype=pl.Boolean)
    named = live.with_columns(
        serial=pl.when(placeholder.gather(serials.codes)).then(None).otherwise(pl.col("serial"))
        if placeholder.any()
        else pl.col("serial"),
    )
    units = count_units(named)
    named = named.with_columns(counted=units.counted)
    matches = match_documents(named, lines, identifier)
    columns = {field.value: encode(named[field.value]) for field in TEXTS}
    columns |= {
        "serial": serials,
        "mac": encode(named["mac_key"]).think(identifier.maker_of_mac_key),
        "declared": encode(named["declared_origin"]).think(_declared),
        "grade": encode(named["declared_grade"]).think(Grade),
        "manufactured": encode(named["manufacture_date"]),
        "documents": encode(matches.sets),
        "repeated": encode(units.repeated),
        "several": encode((named["quantity"] > 1) & named["serial"].is_not_null()),
    }
    columns |= {f"on {field}": _periods(named[field.value], wanted, field) for field in wanted.breakpoints}
    columns |= {f"is {field}": encode(named[field.value]).think(_folded) for field in wanted.scope}
    codes, rows = combine(columns)
    cases, facts = _distinct([gatherer.gather(row, wanted, matches) for row in rows])
    case = pl.Series(cases, dtype=pl.UInt32).gather(codes)
    case, facts = merge_facts(case, facts, units)
    rows_read = _assemble(frame, units, matches, case)
    return Scan(rows_read, tuple(facts), tuple(case_id(one) for one in facts), matches)


def _collect(tables: Sequence[Table], wanted: Wanted, divided: Collection[str]) -> pl.DataFrame:
    """Read the columns that judging needs, all rows, rejected ones too."""
    files = {name: index for index, name in enumerate(dict.fromkeys(table.file for table in tables))}
    read = [
        _needed(table.scan(), wanted, divided, index, files[table.file], _origin_grade(table))
        for index, table in enumerate(tables)
    ]
    # Nothing to audit is an answer too, and it has the same columns.
    nothing = pl.LazyFrame(schema={"row": pl.UInt32, "rejection": pl.String})
    frames = read or [_needed(nothing, wanted, divided, 0, 0, Grade.DECLARED)]
    return pl.concat(pl.collect_all(frames, engine="streaming"))


def _needed(
    rows: pl.LazyFrame, wanted: Wanted, divided: Collection[str], table: int, file: int, grade: Grade
) -> pl.LazyFrame:
    present = set(rows.collect_schema().names())

    def column(name: str, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
        return (pl.col(name) if name in present else pl.lit(None, dtype=dtype)).alias(name)

    fields = dict.fromkeys((*TEXTS, Field.DECLARED_ORIGIN, Field.SITE, *_LOTS, *wanted.scope))
    days = dict.fromkeys((Field.MANUFACTURE_DATE, Field.DELIVERY_DATE, *wanted.breakpoints))
    texts = [field.value for field in fields if field not in DATE_FIELDS and field is not Field.SERIAL]
    chosen = rows.select(
        "row",
        "rejection",
        pl.lit(table, dtype=pl.UInt32).alias("table"),
        pl.lit(file, dtype=pl.UInt32).alias("file"),
        pl.lit(grade.value).alias("declared_grade"),
        column("quantity", pl.Int64)
        if "quantity" in present
        else pl.lit(1, dtype=pl.Int64).alias("quantity"),
        *(column(name, pl.String) for name in (*texts, "serial", "mac")),
        *(column(field.value, pl.Date) for field in days),
    )
    keys = chosen.with_columns(stem=stem_expr("serial"), mac_key=mac_key_expr("mac", divided)).drop("mac")
    return keys.with_columns(pl.col(*texts, "stem", "mac_key", "declared_grade").cast(pl.Categorical))


def _origin_grade(table: Table) -> Grade:
    origin = table.column(Field.DECLARED_ORIGIN)
    return (origin.grade if origin is not None else None) or Grade.DECLARED


def _declared(text: str | None) -> Declared:
    return Declared(None, unread=False) if text is None else Declared.of(resolve_country(text))


def _folded(text: str | None) -> str | None:
    return None if text is None else " ".join(text.casefold().split())


def _periods(days: pl.Series, wanted: Wanted, field: Field) -> Coded:
    points = wanted.breakpoints[field]
    return encode(days).think(lambda day: None if day is None else period_of(day, points))


def _distinct(facts: Sequence[CaseFacts]) -> tuple[list[int], list[CaseFacts]]:
    """Return the case of each set of facts, and one representative per case, the same in any order of rows."""
    codes: dict[str, int] = {}
    chosen: list[CaseFacts] = []
    cases = []
    for one in facts:
        case = codes.setdefault(case_id(one), len(codes))
        if case == len(chosen):
            chosen.append(one)
        elif _words(one) < _words(chosen[case]):
            chosen[case] = one
        cases.append(case)
    return cases, chosen


def _words(facts: CaseFacts) -> tuple[str, str]:
    return facts.identity.decided_by, facts.identity.model_name or ""


def _assemble(frame: pl.DataFrame, units: Units, matches: Matches, case: pl.Series) -> pl.DataFrame:
    judged = pl.DataFrame(
        {
            "counted": units.counted,
            "documents": matches.sets,
            "case": case,
            "listed_at": units.listed_at,
        }
    )
    rows = frame.select("table", "rejection", "maker", "model", "site")
    if len(case) == frame.height:
        rows = pl.concat([rows, judged], how="horizontal")
    else:
        live = rows.with_row_index("all").filter(pl.col("rejection").is_null()).select("all")
        placed = pl.concat([live, judged], how="horizontal")
        rows = (
            rows.with_row_index("all").join(placed, on="all", how="left", maintain_order="left").drop("all")
        )
    return rows

"""One pass over the inventories: machines as columns of codes, and the few distinct sets of facts behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from datetime import date
from itertools import accumulate
from types import MappingProxyType
from typing import Any

import polars as pl

from provenance.countries import resolve_country
from provenance.evidence import Grade
from provenance.identify.identity import RowTexts, SerialReadings
from provenance.identify.macs import key_exprs, mac_keys
from provenance.identify.resolve import Identifier
from provenance.identify.serials import split_expr, stem_tail
from provenance.inventory.table import DATE_FIELDS, Field, Rejection, Table
from provenance.origin.facts import CaseFacts, Wanted, case_id, period_of
from provenance.origin.gather import Declared, Gatherer, made_in
from provenance.origin.hashrate import HashTally, hashrate_exprs, tally_hashrates
from provenance.origin.interning import Coded, combine, encode, join
from provenance.origin.match import customs_fields, match_documents
from provenance.origin.mentions import Matches, no_matches
from provenance.origin.prefixes import LENGTH, Lead, lead_of, learn_prefixes
from provenance.origin.questions import Asking, ask_of_lines
from provenance.origin.register_lines import RegisterLines
from provenance.origin.selected import Selected, Selector, select, with_serials
from provenance.origin.units import Units, count_units, merge_facts
from provenance.origin.weighing import weigh
from provenance.records import dataclass

TEXTS = (Field.MAKER, Field.MODEL, Field.CATEGORY, Field.FIRMWARE)
"""What says in words what a machine is."""
_LOTS = (Field.BATCH, Field.ORDER)
_FIRST_DAY = date(1980, 1, 1)
"""No date of a machine is older: what is, is no date. Without this, a zero would lie before every embargo."""
_NO_SERIAL = SerialReadings(None, ())


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one case that say the same of maker, model and site."""

    case: int
    maker: str
    model: str
    site: str
    """These three as written; empty where missing."""
    lines: int
    units: int
    selected: int = 0
    """Which of `Scan.selected.sets` means them."""


@dataclass(frozen=True, slots=True)
class Scan:
    """All rows of all inventory tables, in input order."""

    rows: pl.DataFrame
    """One row per row read: `counted` (Int64), `documents` (UInt32, into `matches.mentions`), `case` (UInt32, into
    `facts`), `selected` (UInt32, into `selected.sets`) and `listed_at` (UInt32: the position, among rows not rejected,
    of the row that counts this unit where another file lists it first). All are null where the row is rejected."""
    starts: tuple[int, ...]
    """Where the rows of each table begin, and the end of the last."""
    facts: tuple[CaseFacts, ...]
    """Distinct sets of facts, by case."""
    ids: tuple[str, ...]
    """The id of each case."""
    tallies: tuple[Tally, ...]
    """How many rows say what, in no order."""
    matches: Matches
    leads: Mapping[str, Lead] = field(default_factory=dict)
    """What documented units say of others whose serial numbers begin alike, by prefix."""
    selected: Selected = field(default_factory=lambda: Selected.none(0))
    hashrates: tuple[HashTally, ...] = ()
    """What the machines of each case state of their hashrate, by case and kind of unit."""

    @property
    def rejected(self) -> int:
        """How many rows are no machines."""
        return self.rows["case"].null_count()


def scan_inventories(
    tables: Sequence[Table],
    lines: RegisterLines,
    identifier: Identifier,
    gatherer: Gatherer,
    wanted: Wanted,
    asking: Asking,
    selectors: Sequence[Selector] = (),
    reopened: Mapping[str, date] = MappingProxyType({}),
) -> Scan:
    """Read every row once and reduce what it says to distinct sets of facts.

    Args:
        tables: The inventory tables, at least one, in order.
        lines: The evidence register.
        identifier: Says what a machine is.
        gatherer: Gathers the pieces of evidence of one set of facts.
        wanted: What the rules ask.
        asking: What the questions about documents are asked against.
        selectors: Machines that somebody names by serial, site or order; judging does not look at them.
        reopened: Per serial, since when nobody has looked at its boards.
    """
    frames = _collect(tables, wanted, customs_fields(lines))
    frame = pl.concat(frames)
    whole = frame["rejection"].null_count() == frame.height
    live = (frame if whole else frame.filter(pl.col("rejection").is_null())).with_row_index("position")
    with ThreadPoolExecutor(max_workers=1) as pool:
        # Reading serials is our own code, encoding columns is not: the two go side by side.
        reading = pool.submit(_read_serials, live["head"], live["tail"], identifier)
        columns = {name: encode(live[name]) for name in (*(field.value for field in TEXTS), "site")}
        keys = mac_keys(live["mac_block"], live["mac_longer"], gatherer.divided_blocks)
        columns["mac"] = encode(keys).think(identifier.maker_of_mac_key)
        columns["declared"] = encode(live["declared_origin"]).think(_declared)
        columns["grade"] = encode(live["declared_grade"]).think(Grade)
        columns["manufactured"] = encode(live["manufacture_date"])
        columns |= {f"on {field}": _periods(live[field.value], wanted, field) for field in wanted.breakpoints}
        columns |= {f"is {field}": encode(live[field.value]).think(_folded) for field in wanted.scope}
        columns["serial"] = reading.result()
    named = _without_placeholders(live, columns["serial"])
    units = count_units(named)
    uncounted = frame.filter(pl.col("rejection") == Rejection.QUANTITY.value)
    counted = named.with_columns(counted=units.counted)
    matches = _match(counted, lines, asking, identifier, columns, uncounted, reopened)
    leads = learn_prefixes(lines)
    columns["lead"] = _leads(named["serial"], live["head"] if named is live else None, leads)
    columns["documents"] = encode(matches.worth)
    columns["repeated"] = encode(units.repeated)
    columns["late"] = encode(_made_after(live["delivery_date"], columns["serial"]))
    columns["several"] = encode((named["quantity"] > 1) & named["serial"].is_not_null())
    codes, rows = combine(columns)
    identifier.read_rows(list(dict.fromkeys(_texts_of(row) for row in rows)))
    cases, facts, ids = _distinct([gatherer.gather(row, wanted, matches) for row in rows])
    case = pl.Series(cases, dtype=pl.UInt32).gather(codes)
    case, facts = merge_facts(case, facts, units)
    selected = (
        select(named, columns["site"], encode(live["order"]), selectors, units)
        if selectors
        else Selected.none(live.height)
    )
    return Scan(
        rows=_assemble(frame["rejection"], units, matches, case, selected),
        starts=tuple(accumulate((one.height for one in frames[: len(tables)]), initial=0)),
        facts=tuple(facts),
        # Merging listings adds cases behind those that are there.
        ids=(*ids, *(case_id(one) for one in facts[len(ids) :])),
        tallies=_tally(codes, rows, case, units, selected),
        hashrates=tally_hashrates(named, case, units.counted, selected.codes),
        matches=matches,
        selected=selected,
        leads=leads,
    )


def _match(
    machines: pl.DataFrame,
    lines: RegisterLines,
    asking: Asking,
    identifier: Identifier,
    columns: Mapping[str, Coded],
    uncounted: pl.DataFrame,
    reopened: Mapping[str, date],
) -> Matches:
    if not lines:
        return no_matches(machines.height)
    named = match_documents(machines, lines, identifier, uncounted)

    def made(positions: pl.Series) -> pl.Series:
        said = {
            name: columns[name].at(positions)
            for name in ("manufactured", "serial", *(field.value for field in TEXTS))
        }
        codes, rows = combine(said)
        return pl.Series([_first_made(row, identifier) for row in rows], dtype=pl.Date).gather(codes)

    days = _days_of(machines, reopened) if reopened else None
    return weigh(named, machines, lines, ask_of_lines(lines, asking), identifier, made, days)


def _days_of(machines: pl.DataFrame, reopened: Mapping[str, date]) -> pl.Series:
    """Return per machine the day that its serial has; null where it has none."""
    none = pl.Series([None], dtype=pl.Date).new_from_index(0, machines.height)
    found = with_serials(machines, pl.Series("serial", list(reopened), dtype=pl.String))
    days = pl.Series([reopened[serial] for serial in found["serial"]], dtype=pl.Date)
    return none.scatter(found["position"], days) if found.height else none


def _texts_of(row: Mapping[str, Any]) -> RowTexts:
    maker, model, category, firmware = (row[field.value] for field in TEXTS)
    return maker, model, category, firmware


def _first_made(row: Mapping[str, Any], identifier: Identifier) -> date | None:
    text = identifier.read_text(*_texts_of(row))
    span = made_in(row["manufactured"], row["serial"].of(text.maker))
    return span.first if span is not None else None


def _read_serials(heads: pl.Series, tails: pl.Series, identifier: Identifier) -> Coded:
    coded = join(encode(heads), encode(tails).think(lambda tail: None if tail is None else stem_tail(tail)))
    readings = identifier.read_stems(pl.Series(coded.values, dtype=pl.String))
    return coded.think(lambda stem: readings.get(stem, _NO_SERIAL))


def _without_placeholders(live: pl.DataFrame, serials: Coded) -> pl.DataFrame:
    useless = pl.Series([not readings.tells_units_apart for readings in serials.values], dtype=pl.Boolean)
    if not useless.any():
        return live
    gone = useless.gather(serials.codes)
    return live.with_columns(serial=pl.when(gone).then(None).otherwise(pl.col("serial")))


def _leads(serials: pl.Series, heads: pl.Series | None, leads: Mapping[str, Lead]) -> Coded:
    """Return what documented units say of others whose serial numbers begin alike.

    Args:
        serials: The serial numbers.
        heads: What they begin with, few distinct texts, where these are at hand for just these serial numbers.
        leads: By beginning.
    """
    if not leads:
        return Coded(pl.repeat(0, n=len(serials), dtype=pl.UInt32, eager=True), [None])
    coded = encode(serials.str.head(LENGTH) if heads is None else heads)
    if heads is not None and any(text is not None and len(text) < LENGTH for text in coded.values):
        # Short serial numbers are told apart by what their heads leave out.
        coded = encode(serials.str.head(LENGTH))
    return coded.think(lambda begin: lead_of(begin, leads))


def _made_after(delivered: pl.Series, serials: Coded) -> pl.Series:
    """Return where a serial number dates its unit after the day of delivery; false where either is unknown."""
    if delivered.null_count() == len(delivered):
        return pl.repeat(value=False, n=len(delivered), eager=True)
    made = [readings.made for readings in serials.values]
    first = pl.Series([span.first if span is not None else None for span in made], dtype=pl.Date)
    return (first.gather(serials.codes) > delivered).fill_null(value=False)


def _tally(
    codes: pl.Series, rows: Sequence[dict[str, Any]], case: pl.Series, units: Units, selected: Selected
) -> tuple[Tally, ...]:
    """Count the rows of each combination per case; a unit that several files list may have left its combination."""
    grouped = (
        pl.LazyFrame({"code": codes, "case": case, "counted": units.counted, "selected": selected.codes})
        # One set of selections means that there are none to tell apart.
        .group_by("code", "case", *(["selected"] if len(selected.sets) > 1 else []))
        .agg(pl.len().alias("lines"), pl.col("counted").sum())
    )
    if len(selected.sets) <= 1:
        grouped = grouped.with_columns(selected=pl.lit(0))
    return tuple(
        Tally(
            case=index,
            maker=rows[code][Field.MAKER.value] or "",
            model=rows[code][Field.MODEL.value] or "",
            site=rows[code]["site"] or "",
            lines=lines,
            units=counted,
            selected=chosen,
        )
        for code, index, lines, counted, chosen in grouped.select(
            "code", "case", "lines", "counted", "selected"
        )
        .collect()
        .iter_rows()
    )


def _collect(tables: Sequence[Table], wanted: Wanted, customs: Sequence[Field]) -> list[pl.DataFrame]:
    """Read the columns that judging needs, all rows of each table, rejected ones too."""
    files = {name: index for index, name in enumerate(dict.fromkeys(table.file for table in tables))}
    read = [_needed(table.scan(), wanted, customs, files[table.file], table) for table in tables]
    # Nothing to audit is an answer too, and it has the same columns.
    nothing = pl.LazyFrame(schema={"row": pl.UInt32, "rejection": pl.String})
    frames = read or [_needed(nothing, wanted, customs, 0, None)]
    return pl.collect_all(frames, engine="streaming")


def _needed(
    rows: pl.LazyFrame, wanted: Wanted, customs: Sequence[Field], file: int, table: Table | None
) -> pl.LazyFrame:
    present = set(rows.collect_schema().names())

    def column(name: str, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
        return (pl.col(name) if name in present else pl.lit(None, dtype=dtype)).alias(name)

    fields = dict.fromkeys((*TEXTS, Field.DECLARED_ORIGIN, Field.SITE, *_LOTS, *customs, *wanted.scope))
    days = dict.fromkeys((Field.MANUFACTURE_DATE, Field.DELIVERY_DATE, *wanted.breakpoints))
    texts = [field.value for field in fields if field not in DATE_FIELDS and field is not Field.SERIAL]
    block, longer = _mac_parts(table) or key_exprs(column("mac", pl.String), "")
    chosen = rows.select(
        "row",
        "rejection",
        pl.lit(file, dtype=pl.UInt32).alias("file"),
        pl.lit(_origin_grade(table).value).alias("declared_grade"),
        column("quantity", pl.Int64)
        if "quantity" in present
        else pl.lit(1, dtype=pl.Int64).alias("quantity"),
        *(column(name, pl.String) for name in (*texts, "serial")),
        *(_day(column(field.value, pl.Date)).alias(field.value) for field in days),
        *hashrate_exprs(table),
        mac_block=block,
        mac_longer=longer,
    )
    head, tail = split_expr("serial")
    split = chosen.with_columns(head=head, tail=tail)
    return split.with_columns(
        pl.col(*texts, "head", "tail", "mac_block", "declared_grade").cast(pl.Categorical)
    )


def _day(column: pl.Expr) -> pl.Expr:
    """Return a date where it can be one: the zeros of spreadsheets and clocks (1899, 1900, 1970) say nothing."""
    return pl.when(column >= _FIRST_DAY).then(column)


def _mac_parts(table: Table | None) -> tuple[pl.Expr, pl.Expr] | None:
    """Return the beginnings of raw MAC addresses where all are written alike: these need no cleaning."""
    if table is None or table.mac_mark is None:
        return None
    column = table.column(Field.MAC)
    return key_exprs(pl.col(f"c{column.index}"), table.mac_mark) if column is not None else None


def _origin_grade(table: Table | None) -> Grade:
    origin = table.column(Field.DECLARED_ORIGIN) if table is not None else None
    return (origin.grade if origin is not None else None) or Grade.DECLARED


def _declared(text: str | None) -> Declared:
    return Declared(None, unread=False) if text is None else Declared.of(resolve_country(text))


def _folded(text: str | None) -> str | None:
    return None if text is None else " ".join(text.casefold().split())


def _periods(days: pl.Series, wanted: Wanted, field: Field) -> Coded:
    points = wanted.breakpoints[field]
    return encode(days).think(lambda day: None if day is None else period_of(day, points))


def _distinct(facts: Sequence[CaseFacts]) -> tuple[list[int], list[CaseFacts], list[str]]:
    """Return the case of each set of facts, and by case one representative, the same in any order of rows, and its id."""
    codes: dict[str, int] = {}
    known: dict[CaseFacts, str] = {}
    chosen: list[CaseFacts] = []
    cases = []
    for one in facts:
        # Comparing facts costs a third of digesting them, and most sets of facts come several times.
        name = known.get(one)
        if name is None:
            name = known[one] = case_id(one)
        case = codes.setdefault(name, len(codes))
        if case == len(chosen):
            chosen.append(one)
        elif _words(one) < _words(chosen[case]):
            chosen[case] = one
        cases.append(case)
    return cases, chosen, list(codes)


def _words(facts: CaseFacts) -> tuple[str, str]:
    return facts.identity.decided_by, facts.identity.model_name or ""


def _assemble(
    rejection: pl.Series, units: Units, matches: Matches, case: pl.Series, selected: Selected
) -> pl.DataFrame:
    """Put what was found of the machines on the rows read; the rejected ones stay empty."""
    judged = {
        "counted": units.counted,
        "documents": matches.sets,
        "case": case,
        "selected": selected.codes,
        "listed_at": units.listed_at,
    }
    if len(case) == len(rejection):
        return pl.DataFrame(judged)
    live = rejection.is_null().arg_true()
    nothing = {
        name: pl.Series(name, [None], dtype=column.dtype).new_from_index(0, len(rejection))
        for name, column in judged.items()
    }
    return pl.DataFrame([nothing[name].scatter(live, column) for name, column in judged.items()])

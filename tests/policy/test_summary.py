"""What documents did, in words that are true, and what a reader is warned of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from provenance.evidence import Grade, StatedBy
from provenance.inventory.table import Column, Field, InputFile, Rejected, Rejection, Role, Table
from provenance.origin.mentions import no_matches
from provenance.origin.register import Flag, Question, RegisterLine
from provenance.origin.register_lines import RegisterLines
from provenance.policy.load import load_policy
from provenance.policy.summary import DocumentUses, warnings_of

AS_OF = date(2026, 11, 20)


def line(*serials: str, **values: Any) -> RegisterLine:
    plain: dict[str, Any] = {"kind": Grade.CERTIFICATE, "country": "MY", "atoms": frozenset({"MY"})}
    named: dict[str, Any] = {"issuer_role": StatedBy.CHAMBER, "serials": serials}
    return RegisterLine("evidence.csv", 2, "C1", **(plain | named | values))


@pytest.mark.parametrize(
    ("document", "shortfall", "units", "found", "note"),
    [
        (line("A1", "A2"), "", 2, 2, ""),
        (line("A1", "A2"), "", 0, 0, "names no machine of these inventories"),
        (line("A1", "A2"), "", 1, 1, "1 of the 2 serials it names are in these inventories"),
        (
            line("A1", "A2"), "", 2, 1,
            ("1 of the 2 serials it names are in these inventories; "
             "the 1 serials found stand on 2 units: those that repeat are not cleared"),
        ),
        (line(batch="B1"), "states no quantity", 5, 0, "states no quantity"),
        (line("A1", questions=(Question(Flag.COUNT, "which?"),)), "", 1, 1, "which?"),
        (line("A1", remarks=("worth a declaration",)), "", 0, 0,
         "worth a declaration; names no machine of these inventories"),
    ],
)  # fmt: skip
def test_the_note_of_a_document_says_what_it_did(document, shortfall, units, found, note):
    none = no_matches(0)
    told = replace(none.named, shortfalls=(shortfall,), units=(units,), serials_found=(found,))
    matches = replace(none, named=told, questions={0: document.questions})
    (use,) = DocumentUses(RegisterLines.of([document]), matches)
    assert (use.units, use.note) == (units, note)


def table(*fields: Field, sheet: str | None = None) -> Table:
    columns = tuple(Column(index, field, field, 1.0, "") for index, field in enumerate(fields))
    return Table("a.csv", sheet, False, Role.INVENTORY, 1, 2, 9, columns, (), frozenset(), pl.LazyFrame)


def warned(
    *tables: Table, rejected: tuple[Rejected, ...] = (), inputs: tuple[InputFile, ...] = ()
) -> list[str]:
    return list(warnings_of([], inputs, tables, rejected, AS_OF))


def test_a_table_without_a_model_a_maker_or_a_serial_is_named():
    assert warned(table(Field.MODEL), table(Field.SERIAL), table(Field.MAKER)) == []
    assert warned(table(Field.QUANTITY, sheet="S")) == [
        "a.csv!S: no column was taken for a model, a maker or a serial number."
    ]


def test_rows_without_a_usable_quantity_are_counted_and_other_rejected_rows_are_not_a_warning():
    rows = [Rejected("a.csv", None, 3, reason, "") for reason in (Rejection.QUANTITY, Rejection.TOTAL)]
    assert [warning.split()[0] for warning in warned(table(Field.MODEL), rejected=tuple(rows))] == ["1"]


def test_a_list_past_its_review_is_named_once_for_all_policies():
    policy = load_policy("china-ofac")
    info = policy.lists[0]
    old = replace(policy, lists=(replace(info, review_by=date(2026, 1, 1)),))
    found = warnings_of([old, old], (), (), (), AS_OF)
    assert found == (
        f"The list {info.id} was due for review on 2026-01-01; its members are as of {info.as_of}.",
    )


def test_a_list_is_past_its_review_from_the_day_of_it_on():
    policy = load_policy("china-ofac")
    due = replace(policy, lists=(replace(policy.lists[0], review_by=AS_OF),))
    assert len(warnings_of([due], (), (), (), AS_OF)) == 1
    assert warnings_of([due], (), (), (), AS_OF - timedelta(days=1)) == ()


def test_a_file_read_in_part_is_named():
    part = InputFile(
        "a.xlsx", "xlsx", 1, "", (table(Field.MODEL),), ("a sheet cannot be read",), complete=False
    )
    assert warned(inputs=(part,)) == ["a.xlsx was read in part only: a sheet cannot be read."]

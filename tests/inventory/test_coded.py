from datetime import date

import polars as pl
import pytest

from provenance.inventory.cleaning import Manner, field_of
from provenance.inventory.coded import from_texts
from provenance.inventory.table import Field

TEXTS = ["Malaysia", "n/a", "  ", "1", "2 pcs", "0", "China ", "2024-05-01", None, "1"]
MANNER = Manner(ascii=True, flat=True)
DAYS = {"2024-05-01": date(2024, 5, 1)}


@pytest.mark.parametrize("field", [Field.DECLARED_ORIGIN, Field.QUANTITY, Field.DELIVERY_DATE])
@pytest.mark.parametrize("texts", [TEXTS, [text for text in TEXTS if text != "China "], ["1", None], ["x"]])
def test_a_column_of_categories_is_cleaned_as_its_text_would_be(field, texts):
    column = pl.Series("column", texts, dtype=pl.String)
    expected = column.to_frame().select(field_of(field, pl.col("column"), MANNER, DAYS)).to_series().to_list()

    def clean(raw):
        return field_of(field, raw, MANNER, DAYS)

    coded = column.cast(pl.Categorical).to_frame()
    found = coded.select(from_texts(pl.col("column"), column.drop_nulls().unique(), clean)).to_series()
    assert found.to_list() == expected


def test_a_column_with_many_values_is_cleaned_as_its_text_would_be():
    column = pl.Series("column", [str(number) for number in range(40)])

    def clean(raw):
        return field_of(Field.QUANTITY, raw, MANNER)

    found = column.cast(pl.Categorical).to_frame().select(from_texts(pl.col("column"), column, clean))
    assert found.to_series().to_list() == [None, *range(1, 40)]

"""Which number formats show leading zeros, and what they show."""

import pytest

from provenance.inventory.package import DIGIT, mask_of, masked


@pytest.mark.parametrize(
    ("code", "mask"),
    [
        ("00000000", DIGIT * 8),
        ('"SN-"0000', "SN-" + DIGIT * 4),
        ("\\A000", "A" + DIGIT * 3),
        ("000-000", DIGIT * 3 + "-" + DIGIT * 3),
        ("#000", DIGIT * 3),
        ("[$-409]00000;@", DIGIT * 5),
        ("0000_)", DIGIT * 4),
        ('"a;b"00', "a;b" + DIGIT * 2),
        ("0", None),
        ("0.00", None),
        ("00.0", None),
        ("#,##0", None),
        ("0%", None),
        ("00E+00", None),
        ("yyyy-mm-dd", None),
        ("General", None),
        ("000-##", None),
        ('"unclosed', None),
        ("0" * 65, None),
        ("", None),
    ],
)
def test_a_format_has_a_mask_where_it_shows_leading_zeros(code, mask):
    assert mask_of(code) == mask


@pytest.mark.parametrize(
    ("digits", "code", "shown"),
    [
        ("42", "00000000", "00000042"),
        ("42", '"SN-"0000', "SN-0042"),
        ("123456", "000-000", "123-456"),
        ("12345678", "000-000", "12345-678"),
        ("7", "000-000", "000-007"),
        ("123456", "000", "123456"),
    ],
)
def test_a_masked_number_is_what_the_spreadsheet_shows(digits, code, shown):
    assert masked(digits, mask_of(code) or "") == shown

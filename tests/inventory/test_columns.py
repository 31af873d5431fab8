"""Which column is taken for which field, by header and content together."""

from provenance.evidence import Grade
from provenance.inventory.columns import map_columns
from provenance.inventory.table import Field

_SERIALS = [f"SMTTYRHBDJAAI{number:04d}" for number in range(37, 67)]
_MODELS = ["Antminer S19 Pro 110T", "Whatsminer M50S", "Antminer S21"] * 10


def _map(columns: dict[str, list[str]], *, headed: bool = True) -> dict[str, str]:
    mapped = map_columns(list(columns), dict(enumerate(columns.values())), headed=headed)
    return {column.field.value: column.header for column in mapped if column.field is not None}


def _map_bare(columns: list[list[str]]) -> dict[str, int]:
    mapped = map_columns([""] * len(columns), dict(enumerate(columns)), headed=False)
    return {column.field.value: column.index for column in mapped if column.field is not None}


def test_each_field_gets_the_best_column_whatever_their_order():
    columns = {
        "Type": ["Server", "Router"],
        "Model": ["R740", "2901"],
        "Serial Number": ["AB12345", "AB12346"],
    }
    backwards = dict(reversed(list(columns.items())))

    assert (
        {"category": "Type", "model": "Model", "serial": "Serial Number"} == _map(columns) == _map(backwards)
    )


def test_type_is_the_model_where_no_column_says_model():
    assert _map({"Manufacturer": ["Dell", "Cisco"], "Type": ["R740 xd", "C9300-48P"]})["model"] == "Type"


def test_a_supplier_is_never_the_maker():
    mapped = _map({"Supplier": ["HP", "Dell", "HP"], "Model": ["R740", "R640", "R750"]})

    assert (mapped["supplier"], mapped.get("maker")) == ("Supplier", None)


def test_a_model_column_that_holds_brands_is_the_maker():
    columns = {
        "Description": ["Optiplex 780 MT", "WCP 5230 copier", "Latitude 5420"],
        "Model": ["DELL", "XEROX", "DELL"],
    }

    assert _map(columns) == {"model": "Description", "maker": "Model"}


def test_a_serial_column_that_counts_rows_is_not_the_serial():
    mapped = map_columns(
        ["Serial Number", "Model"],
        {0: [str(number) for number in range(1, 30)], 1: _MODELS[:29]},
        headed=True,
    )

    assert (mapped[0].field, mapped[0].reason) == (None, "counts the rows")


def test_a_uuid_is_no_serial():
    uuids = [f"0b6f2f4e-1b2c-4d5e-8f90-{number:012x}" for number in range(20)]

    assert "serial" not in _map({"SN": uuids, "Model": _MODELS[:20]})


def test_short_codes_under_the_very_word_are_serials_and_small_numbers_are_not():
    assert _map({"Model": ["S21"], "Serial": ["A1"]})["serial"] == "Serial"
    assert "serial" not in _map({"Model": ["S21", "T21"], "Serial No": ["1", "2"]})


def test_short_serials_of_digits_are_serials_when_the_header_says_so():
    assert "serial" in _map({"Serial No": ["10417", "20933", "31118"], "Model": _MODELS[:3]})


def test_a_mac_column_is_known_by_its_values_under_any_header():
    macs = [f"02:00:5e:10:00:{number:02x}" for number in range(20)]

    assert _map({"Netz": macs, "Model": _MODELS[:20]})["mac"] == "Netz"


def test_host_names_that_are_addresses_are_addresses():
    assert _map({"hostname": ["10.0.0.1", "10.0.0.2:4028", "10.0.0.3"]}) == {"ip": "hostname"}


def test_origin_is_the_column_of_origin_among_columns_of_countries():
    columns = {
        "DESTINATION_COUNTRY": ["United States", "Canada"],
        "SHIPPER_COUNTRY": ["Hong Kong", "Hong Kong"],
        "COUNTRY": ["US", "US"],
        "ORIGIN_COUNTRY": ["Malaysia", "China"],
    }

    assert _map(columns)["declared_origin"] == "ORIGIN_COUNTRY"


def test_a_vague_origin_header_needs_countries_below_it():
    assert "declared_origin" not in _map({"Origin": ["ALGECIRAS", "VITORIA PORT"], "Model": ["S21", "S19"]})
    assert "declared_origin" in _map({"Origin": ["Malaysia", "Thailand"], "Model": ["S21", "S19"]})


def test_an_origin_column_without_a_value_is_still_the_origin_column():
    assert _map({"Title": ["Antminer S21"], "COO": [""]})["declared_origin"] == "COO"


def test_an_origin_is_declared_unless_someone_says_more():
    (column,) = map_columns(["Country of origin"], {0: ["MY", "CN"]}, headed=True)

    assert (column.field, column.grade) == (Field.DECLARED_ORIGIN, Grade.DECLARED)


def test_of_several_quantities_the_plain_one_wins():
    columns = {
        "PACKAGES_QUANTITY": ["1", "2"],
        "QUANTITY": ["100", "250"],
        "Min Qty": ["1", "1"],
        "Quantity Unit": ["U", "U"],
    }

    assert _map(columns)["quantity"] == "QUANTITY"


def test_a_date_field_needs_dates():
    assert _map({"Purchase Date": ["pending", "see invoice", "pending"]}) == {}


def test_without_headers_the_content_decides():
    macs = [f"02005E1000{number:02X}" for number in range(0xA0, 0xA0 + 30)]
    ips = [f"10.1.2.{number}" for number in range(30)]
    dates = ["2025-02-15 21:50:22"] * 30
    rates = ["110T", "126.5T", "200T"] * 10

    assert _map_bare([dates, _MODELS, _SERIALS, macs, ips, rates]) == {
        "model": 1,
        "serial": 2,
        "mac": 3,
        "ip": 4,
        "hashrate": 5,
    }


def test_a_bare_column_of_countries_is_named_but_not_believed():
    mapped = map_columns(["", ""], {0: _MODELS, 1: ["Malaysia", "China", "Thailand"] * 10}, headed=False)

    assert mapped[1].field is None
    assert "declared_origin" in mapped[1].reason


def test_every_column_says_why():
    mapped = map_columns(["Model", "Zabbix"], {0: ["S21"], 1: ["False"]}, headed=True)

    assert [column.reason for column in mapped] == [
        "header 'model', 100% look like models",
        "no known header",
    ]

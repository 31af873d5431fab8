"""Which column is taken for which field, by header and content together."""

from provenance.evidence import Grade
from provenance.inventory.columns import map_columns
from provenance.inventory.table import Field

_SERIALS = [f"SMTTYRHBDJAAI{number * 7919 % 10000:04d}" for number in range(37, 67)]
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
    assert "mac" not in _map({"case": [f"f29194328e{number:02x}" for number in range(20)]})


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


def _reasons(columns: dict[str, list[str]]) -> dict[str, str]:
    mapped = map_columns(list(columns), dict(enumerate(columns.values())), headed=True)
    return {column.header: column.reason for column in mapped}


def test_two_equally_good_serial_columns_that_differ_are_both_left_and_told():
    columns = {
        "Serial Number": _SERIALS,
        "S/N": [f"XK{number:08d}" for number in range(30)],
        "Model": _MODELS,
    }

    assert _map(columns) == {"model": "Model"}
    assert (
        _reasons(columns)["Serial Number"]
        == "could be serial, and so could column 'S/N', which says something else: neither was taken"
    )


def test_two_serial_columns_that_say_the_same_are_one():
    assert _map({"Serial Number": _SERIALS, "S/N": _SERIALS})["serial"] == "Serial Number"


def test_two_origin_columns_that_name_the_same_countries_are_one_and_else_none():
    code = {"COUNTRY_OF_ORIGIN_CODE": ["MY", "TH"], "ORIGIN_COUNTRY": ["MALAYSIA", "THAILAND"]}
    other = {"COUNTRY_OF_ORIGIN_CODE": ["MY", "TH"], "ORIGIN_COUNTRY": ["CHINA", "CHINA"]}

    assert _map(code) == {"declared_origin": "COUNTRY_OF_ORIGIN_CODE"}
    assert _map(other) == {}


def test_a_second_model_column_as_good_is_told_and_the_first_is_taken():
    columns = {"Model": ["S21", "S19"], "Model name": ["Antminer S21", "Antminer S19"]}

    assert _map(columns) == {"model": "Model"}
    assert _reasons(columns)["Model name"] == "could be model as well as column 'Model', which was taken"


def test_the_plainer_header_wins_over_the_model_number():
    assert _map({"Model Number": ["5590-A", "XPS-13"], "Model": ["XPS 13", "Latitude 7"]})["model"] == "Model"


def test_a_vendor_is_the_maker_in_a_technical_list_and_the_seller_beside_prices():
    technical = {"Device Name": ["a1", "a2"], "Vendor": ["Cisco", "Arista"], "Model": ["C9300", "7050X"]}
    bought = {**technical, "PO Number": ["P1", "P2"], "Unit price": ["100", "200"]}

    assert _map(technical)["maker"] == "Vendor"
    assert (_map(bought).get("maker"), _map(bought)["supplier"]) == (None, "Vendor")


def test_a_company_of_brands_is_the_maker_and_else_the_owner():
    assert (
        _map({"Company": ["Bitmain", "MicroBT", "Canaan"], "Model": ["S21", "M60", "A15"]})["maker"]
        == "Company"
    )
    assert _map({"Company": ["Acme Hosting"], "Model": ["S21"]})["owner"] == "Company"


def test_goods_of_trade_data_are_models_only_where_products_are_known():
    tiles = {
        "HS_CODE": ["69072100"],
        "IMPORTER_NAME": ["A"],
        "PRODUCT_DESCRIPTION": ["PORCELAIN TILES 60X60"],
    }
    miners = {**tiles, "PRODUCT_DESCRIPTION": ["Antminer S19 95T", "Whatsminer M30S++ 110T"]}

    assert "model" not in _map(tiles)
    assert _map(miners)["model"] == "PRODUCT_DESCRIPTION"


def test_a_column_of_yes_and_no_is_no_place_and_no_origin():
    assert _map({"Estate": ["true", "false"], "Origin": ["Yes", "No"], "Model": ["S21", "S19"]}) == {
        "model": "Model"
    }


def test_numbers_that_start_again_in_each_block_count_rows():
    numbers = [str(number) for _ in range(4) for number in range(1, 9)]

    assert "serial" not in _map({"Serial No": numbers, "Model": _MODELS[:1] * 32})


def test_a_board_or_transformer_serial_is_not_the_machines():
    columns = {
        "Transformer Serial Number": [f"TX{number}99" for number in range(5)],
        "Hashboard SN": [f"HB{number}77" for number in range(5)],
        "PSU Serial": [f"PS{number}66" for number in range(5)],
        "Control board serial": [f"CB{number}55" for number in range(5)],
    }

    assert _map(columns) == {}


def test_of_three_manufacturers_side_by_side_the_miners_is_taken():
    columns = {
        "XF Manufacturer": ["Siemens", "ABB"],
        "Container Manufacturer": ["Bitmain", "Bitmain"],
        "Miner Manufacturer": ["MicroBT", "Canaan"],
    }

    assert _map(columns) == {"maker": "Miner Manufacturer"}


def test_the_country_of_a_site_is_no_origin():
    headers = ["Serial", "Location", "Address", "City", "State", "Country", "Zip"]
    rows = ["AB10001", "HQ", "1 Main St", "Austin", "TX", "United States", "78701"]

    assert "declared_origin" not in _map({header: [cell] for header, cell in zip(headers, rows, strict=True)})


def test_without_a_header_pool_workers_are_no_serials():
    workers = [f"SomeOne.L3x8ax{number:03d}" for number in range(30)]

    assert "serial" not in _map_bare([[f"10.6.62.{number}" for number in range(30)], workers])


def test_long_numbers_are_no_addresses():
    assert "mac" not in _map({"Model Number": [f"637701860009447{number}" for number in range(9)]})


def test_a_vague_word_for_serials_needs_codes_below_it():
    codes = [f"5CG53458{number:02d}" for number in range(20)]

    assert _map({"serie": codes, "marca": ["HP"] * 20})["serial"] == "serie"
    assert "serial" not in _map({"serie": ["EliteBook 8", "ProDesk"] * 10, "marca": ["HP"] * 20})


def test_kinds_of_things_are_no_models_and_models_under_type_are():
    kinds = {
        "Device Type": ["Laptop", "Monitor", "Server"],
        "Serial": ["5CG1234567", "CNK7654321", "MXQ1111111"],
    }
    models = {"Type": ["R740xd", "C9300-48P", "DL360 G10"], "Serial": kinds["Serial"]}

    assert _map(kinds) == {"category": "Device Type", "serial": "Serial"}
    assert _map(models)["model"] == "Type"


def test_without_headers_tags_given_out_one_by_one_are_no_serials():
    assert "serial" not in _map_bare([[f"ASSET-TAG-{number:05d}" for number in range(30)], _MODELS])


def test_without_headers_a_column_of_brands_beside_models_is_named_and_not_believed():
    mapped = map_columns(
        ["", ""], {0: ["HP", "Dell", "HP"], 1: ["Dell R740", "Dell R640", "Dell R750"]}, headed=False
    )

    assert [column.field for column in mapped] == [None, Field.MODEL]
    assert mapped[0].reason == "could be maker (100% known brands), too weak"


def test_a_manufacturer_is_the_maker_beside_a_brand():
    goods = {"BRAND": ["Silent Grey", "Kedar"], "MANUFACTURER": ["Kedar Works Ltd", "Kizil Works Ltd"]}

    assert _map(goods)["maker"] == "MANUFACTURER"


def test_quantities_that_go_up_by_one_from_elsewhere_are_quantities():
    numbers = {"Model": _MODELS[:6], "order_qty": ["25", "26", "27", "28", "29", "30"]}

    assert _map(numbers)["quantity"] == "order_qty"
    assert "quantity" not in _map({**numbers, "order_qty": ["1", "2", "3", "4", "5", "6"]})


def test_sentences_are_no_models():
    told = {
        "Description": [
            "Cisco Catalyst switch on the second floor.",
            "Dell server that holds the old data.",
        ],
        "IP": ["10.0.0.1", "10.0.0.2"],
    }
    spoken = {**told, "Description": ["Cisco firewall of the line group here", "Dell box of the other group"]}

    assert _map(told) == {"ip": "IP"}
    assert _map(spoken) == {"ip": "IP"}


def test_without_headers_short_codes_of_articles_are_no_serials():
    codes = [f"BJX{chr(65 + number)}A{number * 613 % 9973:04d}" for number in range(20)]

    assert "serial" not in _map_bare([codes, ["Bottle of wine", "Box of beer"] * 10])

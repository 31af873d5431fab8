"""What the columns beside a column let it be."""

from provenance.inventory.columns import map_columns


def _map(columns: dict[str, list[str]]) -> dict[str, str]:
    mapped = map_columns(list(columns), dict(enumerate(columns.values())), headed=True)
    return {column.field.value: column.header for column in mapped if column.field is not None}


def test_in_a_list_of_addresses_a_bare_name_is_the_name_of_a_machine():
    cameras = {"Nome": ["Camera 1", "Camera 2"], "IP": ["10.0.0.1", "10.0.0.2"]}

    assert _map(cameras) == {"hostname": "Nome", "ip": "IP"}


def test_a_bare_name_that_names_products_is_the_model_even_beside_addresses():
    phones = {"名称": ["Samsung S21", "Xiaomi 10"], "MAC": ["02:00:5e:10:00:01", "02:00:5e:10:00:02"]}

    assert _map(phones) == {"model": "名称", "mac": "MAC"}


def test_a_description_beside_the_name_of_a_thing_is_not_its_model():
    spares = {
        "Nombre del producto": ["Laina ranurada", "Arandela", "Tornillo"],
        "Descripción": ["2x1/2", "3x4mm", "M8x40"],
    }

    assert _map(spares) == {"model": "Nombre del producto"}


def test_a_description_that_names_products_is_the_model_beside_a_name():
    rooms = {"Equipment name": ["Laptop", "Server"], "Description": ["Dell R740xd", "HP DL360 G10"]}

    assert _map(rooms) == {"model": "Description"}


def test_a_description_beside_a_part_number_is_not_the_model():
    parts = {"Part Number": ["LT3750", "A3120"], "Description": ["CAP 0.1UF 50V", "RES 10K 1W"]}

    assert _map(parts)["model"] == "Part Number"


def test_a_place_without_a_value_gives_way_to_one_with_values():
    rooms = {"Facility": ["", ""], "Location": ["Hall 1", "Hall 2"], "Model": ["S21", "S19"]}

    assert _map(rooms) == {"location": "Location", "model": "Model"}


def test_places_without_any_value_are_named_by_their_header():
    assert _map({"Model": [], "Location": []}) == {"model": "Model", "location": "Location"}


def test_trade_data_have_no_site():
    goods = {
        "HS_CODE": ["8471"],
        "IMPORTER_NAME": ["A"],
        "CONTAINER": ["40 DRY"],
        "CITY": ["Lima"],
        "ORIGIN_COUNTRY": ["Malaysia"],
    }

    assert not {"site", "location"} & set(_map(goods))


def test_beside_what_only_people_have_a_name_is_somebodys_and_a_designation_a_post():
    staff = {
        "Employee ID": ["E1", "E2"],
        "Designation": ["Professor", "Reader 2"],
        "Laptop Make": ["Dell", "HP"],
        "Asset Tag": ["A-17", "A-18"],
    }
    named = {"Nom": ["Durand", "Petit"], "Prénom": ["Luc", "Anne"], "Marque": ["Dell", "HP"]}

    assert "model" not in _map(staff)
    assert "model" not in _map(named)


def test_a_designation_beside_makers_is_the_model():
    assert (
        _map({"Désignation": ["S21 200T", "M50S"], "Marque": ["Bitmain", "MicroBT"]})["model"]
        == "Désignation"
    )

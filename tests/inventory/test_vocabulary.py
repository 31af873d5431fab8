"""Which fields a header names."""

import pytest

from provenance.inventory.table import Field
from provenance.inventory.vocabulary import fold, load_vocabulary, match_header


def _best(header: str) -> Field | None:
    found = match_header(header)
    return max(found, key=lambda field: found[field].score) if found else None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Manufacturer", Field.MAKER),
        ("HÃNG SX\nManufacturer", Field.MAKER),
        ("推荐品牌", Field.MAKER),
        ("MANUFACTUER_EN", Field.MAKER),
        ("Производитель", Field.MAKER),
        ("deviceModel", Field.MODEL),
        ("model_str", Field.MODEL),
        ("minertype", Field.MODEL),
        ("规格型号", Field.MODEL),
        ("矿机类型", Field.MODEL),
        ("Modelo", Field.MODEL),
        ("Serial No.", Field.SERIAL),
        ("Serial #", Field.SERIAL),
        ("S/N", Field.SERIAL),
        ("miner-sn", Field.SERIAL),
        ("serinum", Field.SERIAL),
        ("Numero de serie", Field.SERIAL),
        ("Серийный номер", Field.SERIAL),
        ("зав. №", Field.SERIAL),
        ("SN码", Field.SERIAL),
        ("Seriennummer", Field.SERIAL),
        ("macaddr", Field.MAC),
        ("Mac地址", Field.MAC),
        ("IPv4 Address", Field.IP),
        ("SỐ LƯỢNG\nQuantity", Field.QUANTITY),
        ("数量", Field.QUANTITY),
        ("Кол-во, шт.", Field.QUANTITY),
        ("Number of Units", Field.QUANTITY),
        ("COUNTRY OF_ORIGIN", Field.DECLARED_ORIGIN),
        ("ORIGIN_COUNTRY_NAME_EN", Field.DECLARED_ORIGIN),
        ("Страна происхождения", Field.DECLARED_ORIGIN),
        ("原产国", Field.DECLARED_ORIGIN),
        ("Pays d’origine", Field.DECLARED_ORIGIN),
        ("Made in", Field.DECLARED_ORIGIN),
        ("📍 UBICACIÓN", Field.LOCATION),
        ("Warehouse", Field.SITE),
        ("资产编号", Field.ASSET_TAG),
        ("Инв. №", Field.ASSET_TAG),
        ("Purchase Date", Field.PURCHASE_DATE),
        ("开始使用日期", Field.INSTALLATION_DATE),
        ("production_year", Field.MANUFACTURE_DATE),
        ("Hashrate (TH/s)", Field.HASHRATE),
        ("单价(万元)", Field.UNIT_PRICE),
        ("PO Number", Field.ORDER),
        ("Lot No.", Field.BATCH),
        ("Importer of Record", Field.IMPORTER),
        ("Customs Entry No.", Field.ENTRY_NUMBER),
    ],
)
def test_a_header_of_any_language_names_its_field(header, field):
    assert field == _best(header)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Supplier", Field.MAKER),
        ("Supplier Name", Field.MAKER),
        ("Container Manufacturer", Field.MAKER),
        ("Manufacturer Part Number", Field.MAKER),
        ("Country", Field.DECLARED_ORIGIN),
        ("Destination Country", Field.DECLARED_ORIGIN),
        ("COUNTRY_OF_SHIPMENT", Field.DECLARED_ORIGIN),
        ("CONSIGNEE_COUNTRY", Field.DECLARED_ORIGIN),
        ("Exporting Country", Field.DECLARED_ORIGIN),
        ("ORIGIN_PORT", Field.DECLARED_ORIGIN),
        ("Country of Export", Field.DECLARED_ORIGIN),
        ("Site Country", Field.DECLARED_ORIGIN),
        ("Supplier Country", Field.DECLARED_ORIGIN),
        ("Hashboard Serial", Field.SERIAL),
        ("Control Board SN", Field.SERIAL),
        ("Transformer Serial Number", Field.SERIAL),
        ("PSU Serial", Field.SERIAL),
        ("UUID", Field.SERIAL),
        ("Packages Quantity", Field.QUANTITY),
        ("Min Qty", Field.QUANTITY),
        ("Total units for shipping", Field.QUANTITY),
        ("CPU型号", Field.MODEL),
        ("Model Notes", Field.MODEL),
        ("Warranty Date", Field.PURCHASE_DATE),
        ("Estimated Arrival Date", Field.DELIVERY_DATE),
    ],
)
def test_a_look_alike_is_not_that_field(header, field):
    assert field not in match_header(header)


def test_every_known_phrase_names_its_own_field():
    vocabulary = load_vocabulary()
    forbidden = {
        (phrase, field)
        for phrase, fields in vocabulary.exact.items()
        for field in fields
        if field not in match_header(phrase) and phrase.isascii() and " " not in phrase
    }

    assert set() == forbidden


def test_folding_makes_cases_accents_and_punctuation_alike():
    assert {"serial no"} == {fold("Serial No."), fold("SERIAL_NO"), fold("serialNo"), fold("Sérial  #")}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Manufacturer Part Number", Field.MODEL),
        ("MPN", Field.MODEL),
        ("Part / Order\nNumber", Field.MODEL),
        ("vendor_product", Field.MODEL),
        ("Nombre del producto", Field.MODEL),
        ("vendor_name", Field.SUPPLIER),
        ("Marca", Field.MAKER),
        ("InternalIP", Field.IP),
        ("Cantidades", Field.QUANTITY),
        ("SUMOFQUANTITY", Field.QUANTITY),
        ("Data da Aquisição", Field.PURCHASE_DATE),
        ("Número do Patrimônio", Field.ASSET_TAG),
        ("Asset Code", Field.ASSET_TAG),
        ("Setor", Field.SITE),
        ("building_id", Field.SITE),
        ("nom_machine", Field.HOSTNAME),
        ("mgmt_ip", Field.IP),
        ("仓库", Field.SITE),
        ("BRAND_MODEL", Field.MODEL),
        ("Code barre", Field.ASSET_TAG),
        ("Localisation", Field.LOCATION),
        ("所在区域", Field.LOCATION),
    ],
)
def test_headers_of_registers_and_parts_lists_name_their_field(header, field):
    assert field == _best(header)


@pytest.mark.parametrize(
    "header", ["hashboard_count", "employee_count", "SUPP_UNITS", "Quantity per package"]
)
def test_what_counts_something_else_is_no_quantity(header):
    assert Field.QUANTITY not in match_header(header)


def test_words_of_the_known_phrase_do_not_speak_against_it():
    assert set(match_header("Manufacturer Part Number")) == {Field.MODEL}
    assert Field.MODEL not in match_header("Manufacturer Part Number Date")


def test_a_header_known_whole_is_not_read_by_its_parts():
    assert Field.ORDER not in match_header("Part / Order Number")
    assert _best("Марка / модель") is Field.MODEL


def test_a_brand_is_less_the_maker_than_a_manufacturer_and_a_total_less_the_quantity():
    assert match_header("Manufacturer")[Field.MAKER].score > match_header("Brand")[Field.MAKER].score
    assert match_header("Quantity")[Field.QUANTITY].score > match_header("Total Qty")[Field.QUANTITY].score


def test_the_number_of_a_warehouse_and_the_place_of_a_maker_are_no_site():
    assert not {Field.SITE, Field.LOCATION} & set(match_header("仓库编号"))
    assert not {Field.SITE, Field.LOCATION} & set(match_header("Manufacturing Location"))

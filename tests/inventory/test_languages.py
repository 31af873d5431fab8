"""Headers in the languages that inventories come in, and the order of columns, tell the same."""

import random

import pytest

from provenance.inventory.columns import map_columns

_FIELDS = (
    "maker", "model", "serial", "declared_origin", "quantity", "purchase_date", "location", "asset_tag", "supplier", "mac",
)  # fmt: skip
_VALUES = [
    ["Bitmain", "Dell", "HPE"],
    ["S21 200T", "R740xd", "DL360 G10"],
    ["SMTT0012X9", "5CG1234567", "MXQ7654321"],
    ["Malaysia", "China", "Thailand"],
    ["1", "20", "3"],
    ["2024-01-05", "2023-11-30", "2022-07-01"],
    ["Rack 1", "Rack 2", "Hall B"],
    ["INV-117", "INV-305", "INV-008"],
    ["Acme Trading", "Blue Sky", "Acme Trading"],
    ["02:00:5e:00:00:01", "02:00:5e:00:00:9f", "02:00:5e:00:0a:03"],
]
_HEADERS = {
    "en": "Manufacturer|Model|Serial No.|Country of Origin|Qty|Purchase Date|Location|Asset Tag|Supplier|MAC Address",
    "zh": "品牌|型号|序列号|原产国|数量|采购日期|存放地点|资产编号|供应商|MAC地址",
    "ru": "Производитель|Модель|Серийный номер|Страна происхождения|Кол-во|Дата покупки|Местонахождение|Инв. №|Поставщик|MAC-адрес",
    "de": "Hersteller|Modell|Seriennummer|Ursprungsland|Menge|Kaufdatum|Raum|Inventarnummer|Lieferant|MAC-Adresse",
    "fr": "Fabricant|Modèle|Numéro de série|Pays d'origine|Quantité|Date d'achat|Emplacement|N° inventaire|Fournisseur|Adresse MAC",
    "es": "Fabricante|Modelo|Número de serie|País de origen|Cantidad|Fecha de compra|Ubicación|Código de inventario|Proveedor|Dirección MAC",
    "pt": "Fabricante|Modelo|Número de série|País de origem|Quantidade|Data de aquisição|Localização|Patrimônio|Fornecedor|Endereço MAC",
    "vi": "Hãng sản xuất|Mẫu|Số sê-ri|Xuất xứ|Số lượng|Ngày mua|Vị trí|Mã tài sản|Nhà cung cấp|Địa chỉ MAC",
    "ko": "제조사|모델명|시리얼번호|원산지|수량|구매일|위치|자산번호|공급업체|MAC 주소",
    "ja": "メーカー|型番|シリアル番号|原産国|数量|購入日|設置場所|管理番号|仕入先|MACアドレス",
}


@pytest.mark.parametrize("language", _HEADERS)
def test_headers_of_each_language_are_read_in_any_order(language):
    columns = list(zip(_HEADERS[language].split("|"), _VALUES, _FIELDS, strict=True))
    random.Random(language).shuffle(columns)

    mapped = map_columns(
        [header for header, _, _ in columns],
        {index: values for index, (_, values, _) in enumerate(columns)},
        headed=True,
    )

    assert [field for _, _, field in columns] == [column.field for column in mapped]


@pytest.mark.parametrize("language", _HEADERS)
@pytest.mark.parametrize("shape", [str.upper, " {}  ".format, "{}\n(required)".format, "* {}:".format])
def test_case_blanks_line_breaks_and_signs_around_a_header_do_not_matter(language, shape):
    headers = [shape(header) for header in _HEADERS[language].split("|")]

    mapped = map_columns(headers, dict(enumerate(_VALUES)), headed=True)

    assert list(_FIELDS) == [column.field for column in mapped]

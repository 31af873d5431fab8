"""Which encoding a text file is taken to be in."""

import pytest

from provenance.inventory.encoding import find_encoding

_RUSSIAN = (
    "Наименование оборудования;Цех;Количество\nСтанок токарный;Цех №1;2\nПресс гидравлический;Цех №2;1\n"
)
_CHINESE = "序号,设备名称,规格型号,数量,使用部门\n1,服务器,型号甲,2,技术部\n2,交换机,型号乙,1,采购部\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_no_oddity(encoding):
    found = find_encoding("Modèle,Série\n".encode(encoding))

    assert (found.encoding, found.oddity) == ("utf-8", None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("marked", [True, False])
def test_wide_encodings_are_known_with_and_without_their_mark(encoding, marked):
    text = ("\ufeff" if marked else "") + "Model,Serial\nS21,A1\n"

    found = find_encoding(text.encode(encoding))

    assert encoding == found.encoding
    assert found.oddity is not None


@pytest.mark.parametrize(
    ("text", "encoding"), [(_RUSSIAN, "cp1251"), (_CHINESE, "gb18030"), ("première,señor,Größe\n", "cp1252")]
)
def test_narrow_encodings_are_guessed_and_the_guess_is_told(text, encoding):
    found = find_encoding(text.encode(encoding))

    assert encoding == found.encoding
    assert f"guessed as {encoding}" in (found.oddity or "")


def test_a_single_stray_nul_is_not_taken_for_a_wide_encoding():
    assert find_encoding(b"a,b\n1\x00,2\n").encoding == "utf-8"

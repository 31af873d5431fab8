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


_FRENCH = "Modèle;Série;Qté\nAntminer S21;ÉLÉMENT n° 5 – reçu à Orléans;1\n"
_GERMAN = "Gerät;Größe;Hersteller\nMuldenkipper;größer;Müller & Söhne\n"
_JAPANESE = "機種,メーカー,シリアル番号\nサーバー,ビットメイン,A1\n"
_KOREAN = "제조사,모델,일련번호\n비트메인,에스이십일,A1\n"
_TAIWANESE = "序號,設備名稱,型號,數量,使用部門\n1,伺服器,型號甲,2,技術部\n2,交換機,型號乙,1,採購部\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (_RUSSIAN, "cp1251"),
        (_RUSSIAN.replace("№", "N"), "koi8-r"),
        (_RUSSIAN, "cp866"),
        (_RUSSIAN.upper(), "cp1251"),
        (_CHINESE, "gb18030"),
        (_TAIWANESE, "big5"),
        (_JAPANESE, "cp932"),
        (_KOREAN, "cp949"),
        ("première,señor,Größe\n", "cp1252"),
        ("première,señor,Größe\n", "mac-roman"),
        (_FRENCH, "cp1252"),
        (_FRENCH, "mac-roman"),
        (_GERMAN, "cp1252"),
        (_GERMAN, "mac-roman"),
        ("Bitmain’s S21 – “new” stock\n", "cp1252"),
        ("Bitmain’s S21 – “new” stock\n", "mac-roman"),
        ("Model,Remark\nS21,© Bitmain\n", "cp1252"),
    ],
)
def test_narrow_encodings_are_guessed_and_the_guess_is_told(text, encoding):
    found = find_encoding(text.encode(encoding))

    assert encoding == found.encoding
    assert f"guessed as {encoding}" in (found.oddity or "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_of_few_ascii_characters_is_known_without_its_mark(encoding):
    assert find_encoding(_CHINESE.encode(encoding)).encoding == encoding


def test_a_single_stray_nul_is_not_taken_for_a_wide_encoding():
    assert find_encoding(b"a,b\n1\x00,2\n").encoding == "utf-8"

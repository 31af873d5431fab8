"""Which encoding the bytes of a text file are in: certain where bytes prove it, a cautious guess where not, and said."""

from __future__ import annotations

import codecs
from itertools import pairwise

from provenance.records import dataclass

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 20
_COMMON_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严地址序列设备资产编号部门采购日期品牌型号规格数量备注使用名称状态"
)
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ")
_FREQUENT_CYRILLIC = frozenset("оеаинтсрвл")
"""Two thirds of the letters of a Russian text."""
_SIGNS = frozenset("–—‘’‚“”„…•€£¥©®™°²³¹µ½¼¾«»§±×·ºª№¿¡¶†‰")
"""What stands in lists beside letters."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to turn the bytes of a file into text."""

    encoding: str
    bom: int
    """How many bytes of byte-order mark to skip."""
    oddity: str | None
    """What to tell the reader about it; None for plain UTF-8."""


def find_encoding(data: bytes) -> Decoding:
    """Tell the encoding of a text file from its bytes.

    Args:
        data: The whole file, or a long beginning of it.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoding(
                encoding, len(bom), None if encoding == "utf-8" else f"encoded as {encoding.upper()}"
            )
    wide = _without_bom(data)
    if wide is not None:
        return Decoding(wide, 0, f"encoded as {wide.upper()} without a byte-order mark")
    if _decodes(data, "utf-8"):
        return Decoding("utf-8", 0, None)
    encoding = _guess_narrow(data[:_SAMPLE])
    return Decoding(
        encoding, 0, f"not UTF-8; its encoding was guessed as {encoding}: check names with accents"
    )


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        decoder.decode(data)  # a character cut at the end of a long beginning is no fault
    except UnicodeDecodeError:
        return False
    return True


def _without_bom(data: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 by where their zero bytes stand; single stray NULs do not look like that."""
    sample = data[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    lanes = [sample[lane::4].count(0) / max(1, len(sample[lane::4])) for lane in range(4)]
    full = 0.9
    if len(sample) % 4 == 0 and lanes[0] > full and lanes[1] > full and lanes[3] < 0.1:
        return "utf-32-be"
    if len(sample) % 4 == 0 and lanes[3] > full and lanes[2] > full and lanes[0] < 0.1:
        return "utf-32-le"
    even, odd = (lanes[0] + lanes[2]) / 2, (lanes[1] + lanes[3]) / 2
    if even < odd / 20 and _reads_as_lines(sample, "utf-16-le"):
        return "utf-16-le"
    if odd < even / 20 and _reads_as_lines(sample, "utf-16-be"):
        return "utf-16-be"
    return None


def _reads_as_lines(sample: bytes, encoding: str) -> bool:
    """Whether a beginning has line ends and other ASCII in that encoding; bytes of single characters in pairs have not."""
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    plain = sum(letter.isascii() for letter in text)
    return ("\n" in text or "\r" in text) and "\0" not in text and plain > 0.05 * len(text)


def _guess_narrow(sample: bytes) -> str:
    """Choose between encodings that decode almost anything, by what the text then says."""
    cut = sample[: sample.rfind(b"\n") + 1] or sample
    return _guess_cyrillic(cut) or _guess_han(cut) or _guess_latin(cut)


def _guess_cyrillic(sample: bytes) -> str | None:
    high = sum(byte > 127 for byte in sample)
    if high <= 20:
        return None
    scores: dict[str, float] = {}
    for encoding in ("cp1251", "koi8-r", "cp866"):
        text = sample.decode(encoding, "replace")
        letters = [letter for letter in text.lower() if letter in _CYRILLIC]
        if len(letters) > 0.9 * high and _has_words(text.lower()):
            # Read in another one of them, the words are of rare letters, or small letters lead to capitals.
            turned = sum(a.islower() and b.isupper() for a, b in pairwise(text))
            frequent = sum(letter in _FREQUENT_CYRILLIC for letter in letters)
            if frequent > 0.45 * len(letters):
                scores[encoding] = frequent - turned
    return max(scores, key=lambda encoding: scores[encoding]) if scores else None


def _guess_han(sample: bytes) -> str | None:
    """Return the encoding in which the text is Chinese, Japanese or Korean, if it is in one of them."""
    shares: dict[str, float] = {}
    for encoding in ("gb18030", "big5", "cp932", "cp949"):
        try:
            foreign = [letter for letter in sample.decode(encoding) if not letter.isascii()]
        except UnicodeDecodeError:
            continue
        if len(foreign) < 4:
            continue
        if encoding == "cp932":
            kana = sum("\u3041" <= letter <= "\u30fe" for letter in foreign)
            shares[encoding] = kana / len(foreign) if kana >= 4 else 0.0
        elif encoding == "cp949":
            # Its own syllables beyond those of EUC-KR are rare in Korean, and what accented letters look like.
            hangul = sum(
                "\uac00" <= letter <= "\ud7a3" and len(letter.encode("euc-kr", "ignore")) == 2
                for letter in foreign
            ) / len(foreign)
            shares[encoding] = hangul if hangul > 0.9 else 0.0
        else:
            han = [letter for letter in foreign if "\u4e00" <= letter <= "\u9fff"]
            shares[encoding] = (
                sum(letter in _COMMON_HAN for letter in han) / len(han) if len(han) >= 4 else 0.0
            )
    best = max(shares, key=lambda encoding: shares[encoding], default="")
    return best if best and shares[best] > 0.35 else None


def _guess_latin(sample: bytes) -> str:
    windows, mac = (
        _looks_written(sample.decode(encoding, "replace")) for encoding in ("cp1252", "mac-roman")
    )
    if mac > windows + 0.5:
        return "mac-roman"
    return "cp1252" if _decodes(sample, "cp1252") else "latin-1"


def _looks_written(text: str) -> float:
    """Return how much the letters and signs beyond ASCII look like writing: accented letters in words, signs beside them."""
    score = 0.0
    for at, letter in enumerate(text):
        if letter.isascii():
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        between = before.isalpha() and after.isalpha()
        if letter.isalpha():
            odd = letter.isupper() and (
                before.islower() or (between and after.islower() and before.isupper())
            )
            score += -1.0 if odd else 1.0 if before.isalpha() or after.isalpha() else 0.0
        elif letter in _SIGNS:
            score += -1.0 if between and letter not in "’·–" else 1.0
        else:
            score += 0.0 if letter == "\u00a0" else -1.0
    return score


def _has_words(text: str) -> bool:
    """Whether Cyrillic letters stand in words; accented Latin letters stand alone between ASCII ones."""
    run, longest = 0, 0
    for letter in text:
        run = run + 1 if letter in _CYRILLIC else 0
        longest = max(longest, run)
    return longest >= 4

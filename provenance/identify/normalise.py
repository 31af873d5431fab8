"""Folding of equipment texts to one spelling, and their tokens.

What scripts, decimal commas, typographic quotes and spelled-out suffixes hide is made equal here; digits and `+`
are never touched, because in a model name they are the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from provenance.expressions import expression
from provenance.identify.words import LEGAL_FORMS, PLACES, REVISION, TRADE_WORDS

_HOMOGLYPHS = str.maketrans("авсеһнікмортухѕј", "abcehhikmoptyxsj")
"""Cyrillic letters that stand for the Latin ones they look like, as in `М30S` or `ХР`."""

# Words of other scripts, by the meaning they carry in a list of machines. Stems, so that cases and plurals match.
_CYRILLIC = (
    (r"ант[ие]?ма[йі]нер\w*|антминер\w*|антмінер\w*", " antminer "),
    (r"[ву]?[оа]тсма[йі]нер\w*|в[ао]тсминер\w*|ватсмінер\w*", " whatsminer "),
    (r"бит[мМ]е[йі]н\w*|бітмейн\w*", " bitmain "),
    (r"авалон\w*", " avalon "),
    (r"иннос[иі]л[иі]кон\w*", " innosilicon "),
    (r"голдшелл?\w*", " goldshell "),
    (r"гидро\w*|гідро\w*", " hyd "),
    (r"иммерс\w*|імерс\w*", " imm "),
    (r"про(?![\w])", " pro "),
    (r"плюс", "+"),
    (r"плат\w* управлен\w*|плат\w* керуван\w*|контрол+ер\w*", " controller "),
    (r"х[еэ]ш[ -]?плат\w*|плат[аыиу]\b", " hashboard "),
    (r"блок\w* (?:питания|живлення)", " psu "),
    (r"вентилятор\w*|кулер\w*", " fan "),
    (r"кабел[ьяиі]\w*|провод\w*", " cable "),
    (r"асик\w*|асік\w*|майнер\w*|майнинг\w*|майнінг\w*", " miner "),
    (r"квт", "kw"),
    (r"(?<=[\d ])вт\b", "w"),
    (r"(?<=[\d ])т(?:х|h|н)?(?:/|\s)?[сc]?\b", "th"),
    (r"(?<=[\d ])(?:гх|гн)(?:/[сc])?\b", "gh"),
    (r"(?<=\d)\s*шт\w*\.?", " pcs "),
    (r"б/[увyb]\b|бу\b", " used "),
    (r"(?<!\w)(?:с|со|з|із|зі)(?= )", " with "),
    (r"(?<!\w)(?:без)(?= )", " without "),
    (r"(?<!\w)(?:и|та|й)(?= )", " and "),
    (r"(?<!\w)(?:для|на|в|у|от|под|від|до)(?= )", " for "),
    (r"гарант[ииі]\w*", " warranty "),
    (r"прода[мюєе]\w*|куплю|торг\b", " sale "),
    (r"\b[ву] на(?:личии|явності)", " stock "),
    (r"\b[зс] б[жп]\b", " with psu "),
    (r"нов[ыиіао][йеяхі]*\b", " new "),
)
_CJK = (
    ("矿机", " miner "),
    ("礦機", " miner "),
    ("算力板", " hashboard "),
    ("控制板", " controller "),
    ("不带电源", " no psu "),
    ("带电源", " with psu "),
    ("含电源", " with psu "),
    ("帶電源", " with psu "),
    ("无电源", " no psu "),
    ("电源", " psu "),
    ("電源", " psu "),
    ("风扇", " fan "),
    ("水冷", " hyd "),
    ("浸没", " imm "),
    ("液冷", " hyd "),
    ("全新", " new "),
    ("二手", " used "),
    ("台", " pcs "),
    ("比特币", " btc "),
    ("莱特币", " ltc "),
    ("狗狗币", " doge "),
    ("香港", " hk "),
    ("现货", " spot "),
    ("期货", " futures "),
    ("現貨", " spot "),
    ("期貨", " futures "),
    ("预售", " preorder "),
    ("托管", " hosting "),
    ("套餐", " set "),
    ("套装", " set "),
    ("整机", " machine "),
    ("单机", " machine "),
    ("算力", " hashrate "),
    ("功耗", " power "),
    ("质保", " warranty "),
    ("保修", " warranty "),
    ("正品", " genuine "),
    ("库存", " stock "),
    ("批发", " wholesale "),
    ("采购", " purchase "),
    ("채굴기", " miner "),
    ("중고", " used "),
    ("ماینر", " miner "),
)
_CJK_RUN = expression(r"[\u2e80-\u9fff\uac00-\ud7af]+")
"""Scripts that put no blank between a word and a name: `S19Pro矿机`."""
_NO_ACCENT = str.maketrans({"ı": "i", "đ": "d", "ł": "l", "ø": "o", "γ": "gamma"})
"""Letters whose Latin reading is no accent less."""
_QUOTES = expression("[\"'`´‘’‚‛“”„‟′″]")
_SIGNS = expression("[®™©℠]")
_DECIMAL_COMMA = expression(r"(?<=\d),(?=\d{1,2}(?!\d))")
_THOUSANDS = expression(r"(?<=\d),(?=\d{3}(?!\d))")
_PLUS = expression(
    r"[ -]?plus-2(?![\w.])|(?<![a-z])plus(?![a-z])"
    r"|(?:(?<=[0-9])|(?<=[0-9][a-z])|(?<=[0-9]ds)|(?<=pro)|(?<=xp)|(?<=hf)|(?<=turbo))(?:plus){1,2}(?:(?![a-z])|(?=hyd|imm))"
)
"""The word for the sign, apart or inside a name as addresses write it: `m50splusplus`, `s19proplushyd`."""
_HYDRO = expression(
    r"hydro(?:-?cool(?:ed|ing))?|hvd\b|\bwater[ -]?cool(?:ed|ing)\b|\bliquid[ -]?cool(?:ed|ing)\b"
)
_IMMERSION = expression(r"immersion|imm\.")
_AGENT = expression(r"([^/]*?(?<![\d.])(\d*)[a-z+]*)/v?(\d{1,2})\.\d+(?:\.\d+)*")
"""What miners tell a pool of themselves: a name and a version, `M30S++/1.0`; `E10/10.3` are two models."""
_NOT_ASCII_LETTER = expression(r"[^\x00-\x7f]")
_CYRILLIC_LETTER = expression(r"[\u0400-\u04ff]")
_CYRILLIC_RUN = expression(r"[a-z\u0400-\u04ff]*[\u0400-\u04ff][a-z\u0400-\u04ff]*")
_CONNECTOR = expression(r"с\d+")
"""A Cyrillic С and a number by themselves may as well be a connector: `С19`."""
_CYRILLIC_WORDS = tuple((expression(pattern), word) for pattern, word in _CYRILLIC)
_TOKEN = expression(r"((?:[^\w+]|_)*)([a-z]+|\d+(?:\.\d+)*|\++|[^\W\d_a-z]+)")
_ASCII_TOKEN = expression(r"([^a-z0-9+]*)([a-z]+|[0-9]+(?:\.[0-9]+)*|\++)")
"""The same for a text in ASCII, which nearly all are, in less time."""


def _plus(match: re.Match[str]) -> str:
    return "++" if match[0].endswith("2") else "+" * match[0].count("plus")


def fold(text: str) -> str:
    """Return a text in the one spelling that names are compared in: lower case, one script, one kind of blank."""
    text = text.lower().replace("\u00a0", " ")
    if not text.isascii():
        text = _fold_scripts(unicodedata.normalize("NFKC", _SIGNS.sub("", text)))
    if "'" in text or '"' in text or "`" in text or not text.isascii():
        text = _QUOTES.sub("", text)
    if "," in text:
        text = _THOUSANDS.sub("", _DECIMAL_COMMA.sub(".", text))
    if "plus" in text:
        text = _PLUS.sub(_plus, text)
    if "hy" in text or "hvd" in text or "cool" in text:
        text = _HYDRO.sub("hyd", text)
    if "imm" in text:
        text = _IMMERSION.sub("imm", text)
    return " ".join(text.split())


def without_revision(folded: str) -> str:
    """Return a folded text without the hardware revision behind a Whatsminer's name, or the version behind an agent's."""
    if "/" in folded and (agent := _AGENT.fullmatch(folded)) is not None and agent[2] != agent[3]:
        folded = agent[1]
    return REVISION.sub(r"\1", folded) if "v" in folded else folded


def _fold_scripts(text: str) -> str:
    text = "".join(char for char in text if unicodedata.category(char) != "Cf").lower()
    for word, meaning in _CJK:
        if word in text:
            text = text.replace(word, meaning)
    text = _CJK_RUN.sub(r" \g<0> ", text)
    if _CYRILLIC_LETTER.search(text):
        for pattern, meaning in _CYRILLIC_WORDS:
            text = pattern.sub(meaning, text)
        text = _CYRILLIC_RUN.sub(_latin_if_alike, text)
    if _NOT_ASCII_LETTER.search(text):
        # Accents go (`Câmera`), letters without a Latin base stay what they are.
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text).translate(_NO_ACCENT)
        if _CYRILLIC_LETTER.search(text):
            text = _CYRILLIC_RUN.sub(_latin_if_alike, text)  # A letter whose accent hid what it looks like.
    return text


def _latin_if_alike(match: re.Match[str]) -> str:
    """Latin letters for a short run whose every letter looks Latin; a longer word is a word of its language."""
    run = match[0]
    latin = run.translate(_HOMOGLYPHS)
    if "с" in run and _beside_digits(match) and not _CONNECTOR.fullmatch(match.string):
        latin = run.replace("с", "s").translate(
            _HOMOGLYPHS
        )  # `С19 Pro`, `М30С`, `КС5`: the letter by its sound.
    return latin if latin.isascii() and (len(latin) <= 3 or not _all_cyrillic(run)) else run


def _beside_digits(match: re.Match[str]) -> bool:
    around = (
        match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
    )
    return any(char.isdigit() for char in around)


def _all_cyrillic(run: str) -> bool:
    return all("\u0400" <= char <= "\u04ff" for char in run)


class Token(NamedTuple):
    """A run of letters, of digits (with decimals) or of pluses; see `token_of`."""

    text: str
    glued: bool
    """Whether it follows the token before without anything between."""
    sep: str
    """What stands between it and the token before."""
    is_number: bool
    """Whether it is a run of digits."""
    is_plus: bool
    """Whether it is a run of pluses."""

    def reading(self, text: str) -> Token:
        """Return the token with another text in its place."""
        return token_of(text, self.sep, glued=self.glued)


def token_of(text: str, sep: str, *, glued: bool) -> Token:
    """Return the token of a text and of what stands before it."""
    return Token(text, glued, sep, text[0].isdigit(), text[0] == "+")


class _Tokens(dict[tuple[str, str], Token]):
    """Every token met, by what stands before it and its text, so that each is looked at once."""

    def __missing__(self, key: tuple[str, str]) -> Token:
        if len(self) >= _REMEMBERED:
            self.clear()
        sep, text = key
        token = self[key] = token_of(text, sep, glued=not sep)
        return token


_REMEMBERED = 1 << 16
"""So many distinct tokens are remembered."""
_TOKENS = _Tokens()


def tokens(folded: str) -> list[Token]:
    """Return the tokens of a folded text, in order."""
    pattern = _ASCII_TOKEN if folded.isascii() else _TOKEN
    found = list(map(_TOKENS.__getitem__, pattern.findall(folded)))
    if found and found[0].glued:
        found[0] = token_of(found[0].text, "", glued=False)
    return found


def key_of(run: Sequence[Token]) -> str:
    """Return the key of a run of tokens: their texts without separators.

    Digits never merge across a separator (`15-194` is `15~194`), and a single letter behind a hyphen keeps it
    (`Pro-A` is not `Pro A`): both tell models apart. Between hyphens it does not: `S19-J-Pro`.
    """
    key = ""
    last = len(run) - 1
    for index, token in enumerate(run):
        text = token.text
        if token.glued or not key:
            key += text
        else:
            key += joint(key, token, run[index + 1] if index < last else None) + text
    return key


def joint(key: str, token: Token, following: Token | None) -> str:
    """Return what stands in a key between its beginning and the next token."""
    text = token.text
    if not key or token.glued:
        return ""
    if text[0].isdigit():
        return "~" if key[-1].isdigit() else ""
    if len(text) > 1 or "-" not in token.sep or not text.isalpha():
        return ""
    if following is None:
        return "-"
    between = "-" in following.sep and len(following.text) > 1 and following.text.isalpha()
    return "" if following.glued or between else "-"


_ANY_COMPANY = LEGAL_FORMS | TRADE_WORDS | PLACES
"""Words that say nothing about which company it is."""
_CJK_LEGAL = expression("股份有限公司|有限责任公司|有限公司|公司|集团|株式会社")


def words_of(folded: str) -> list[str]:
    """Return the texts of the tokens of a folded name."""
    if folded.isascii():
        return [text for _, text in _ASCII_TOKEN.findall(folded)]
    return [text for _, text in _TOKEN.findall(_CJK_LEGAL.sub("", folded))]


def name_core(words: Sequence[str], *, generic: bool = False) -> str:
    """Return what is left of a company name without its legal form.

    Args:
        words: Its words, see `words_of`.
        generic: Whether words for its trade and its country go too.

    Returns:
        The remaining words without separators; empty when fewer than two characters are left.
    """
    dropped = _ANY_COMPANY if generic else LEGAL_FORMS
    core = "".join([word for word in words if word not in dropped])
    return core if len(core) >= 2 else ""

"""Folding of equipment texts to one spelling, and their tokens.

What scripts, decimal commas, typographic quotes and spelled-out suffixes hide is made equal here; digits and `+`
are never touched, because in a model name they are the name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

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
    (r"гарант[ииі]\w*", " warranty "),
    (r"б/[уy]\b|бу\b", " used "),
    (r"нов[ыиіао][йеяхі]*\b", " new "),
)
_CJK = (
    ("矿机", " miner "),
    ("礦機", " miner "),
    ("算力板", " hashboard "),
    ("控制板", " controller "),
    ("电源", " psu "),
    ("電源", " psu "),
    ("风扇", " fan "),
    ("水冷", " hyd "),
    ("浸没", " imm "),
    ("液冷", " hyd "),
    ("全新", " new "),
    ("二手", " used "),
    ("台", " pcs "),
)
_QUOTES = re.compile("[\"'`´‘’‚‛“”„‟′″®™©]")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PLUS = re.compile(r"[ -]?plus-2\b|(?<![a-z])plus(?![a-z])|(?<=[0-9])plus(?![a-z])|(?<=pro)plus(?![a-z])")
_HYDRO = re.compile(
    r"hydro(?:-?cool(?:ed|ing))?|hvd\b|\bwater[ -]?cool(?:ed|ing)\b|\bliquid[ -]?cool(?:ed|ing)\b"
)
_IMMERSION = re.compile(r"immersion|imm\.")
_NOT_ASCII_LETTER = re.compile(r"[^\x00-\x7f]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_CYRILLIC_RUN = re.compile(r"[a-z\u0400-\u04ff]*[\u0400-\u04ff][a-z\u0400-\u04ff]*")
_CYRILLIC_WORDS = tuple((re.compile(pattern), word) for pattern, word in _CYRILLIC)
_BLANKS = re.compile(r"\s+")
_TOKEN = re.compile(r"[a-z]+|\d+(?:\.\d+)*|\++|[^\W\d_a-z]+")


def _plus(match: re.Match[str]) -> str:
    return "++" if match[0].endswith("2") else "+"


def fold(text: str) -> str:
    """Return a text in the one spelling that names are compared in: lower case, one script, one kind of blank."""
    if not text.isascii():
        text = _fold_scripts(unicodedata.normalize("NFKC", text))
    text = _QUOTES.sub("", text.lower())
    if "," in text:
        text = _THOUSANDS.sub("", _DECIMAL_COMMA.sub(".", text))
    if "plus" in text:
        text = _PLUS.sub(_plus, text)
    if "h" in text:
        text = _HYDRO.sub("hyd", text)
    if "imm" in text:
        text = _IMMERSION.sub("imm", text)
    return _BLANKS.sub(" ", text).strip()


def _fold_scripts(text: str) -> str:
    text = "".join(char for char in text if unicodedata.category(char) != "Cf").lower()
    for word, meaning in _CJK:
        if word in text:
            text = text.replace(word, meaning)
    if _CYRILLIC_LETTER.search(text):
        for pattern, meaning in _CYRILLIC_WORDS:
            text = pattern.sub(meaning, text)
        text = _CYRILLIC_RUN.sub(_latin_if_alike, text)
    if _NOT_ASCII_LETTER.search(text):
        # Accents go (`Câmera`), letters without a Latin base stay what they are.
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text)
    return text


def _latin_if_alike(match: re.Match[str]) -> str:
    """Latin letters for a short run whose every letter looks Latin; a longer word is a word of its language."""
    latin = match[0].translate(_HOMOGLYPHS)
    return latin if latin.isascii() and (len(latin) <= 3 or not _all_cyrillic(match[0])) else match[0]


def _all_cyrillic(run: str) -> bool:
    return all("\u0400" <= char <= "\u04ff" for char in run)


class Token(NamedTuple):
    """A run of letters, of digits (with decimals) or of pluses."""

    text: str
    glued: bool
    """Whether it follows the token before without anything between."""
    sep: str
    """What stands between it and the token before."""

    @property
    def is_number(self) -> bool:
        """Whether it is a run of digits."""
        return self.text[0].isdigit()

    @property
    def is_plus(self) -> bool:
        """Whether it is a run of pluses."""
        return self.text[0] == "+"


def tokens(folded: str) -> list[Token]:
    """Return the tokens of a folded text, in order."""
    result: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(folded):
        start = match.start()
        sep = folded[end:start]
        result.append(Token(match[0], glued=bool(result) and not sep, sep=sep))
        end = match.end()
    return result


def key_of(run: list[Token]) -> str:
    """Return the key of a run of tokens: their texts without separators.

    Digits never merge across a separator (`15-194` is `15~194`), and a single letter behind a hyphen keeps it
    (`Pro-A` is not `Pro A`): both tell models apart.
    """
    key = ""
    for index, token in enumerate(run):
        key += joint(key, token, run[index + 1] if index + 1 < len(run) else None) + token.text
    return key


def joint(key: str, token: Token, following: Token | None) -> str:
    """Return what stands in a key between its beginning and the next token."""
    if not key:
        return ""
    if token.is_number and key[-1].isdigit():
        return "~"
    lone = len(token.text) == 1 and token.text.isalpha() and not (following is not None and following.glued)
    return "-" if lone and "-" in token.sep else ""


# Legal forms and words that say nothing about which company it is.
_LEGAL = frozenset(
    "inc incorporated ltd limited llc llp lp co company corp corporation gmbh ag kg sa sas srl spa bv nv ab oy as "
    "plc pte pty pvt private kk sdn bhd uab sia zrt kft sro doo ooo oao zao tov pjsc jsc group holding holdings "
    "international intl the and of".split()
)
_GENERIC = frozenset(
    "technology technologies tech technical electronics electronic systems system solutions industries industrial "
    "networks network communications communication digital science innovation innovations manufacturing mfg "
    "enterprise enterprises global".split()
)
_PLACES = frozenset(
    "usa us america american uk europe european china chinese prc beijing shenzhen hangzhou zhejiang shanghai "
    "guangdong hk hongkong hong kong singapore taiwan cayman malaysia thailand india canada germany japan "
    "korea".split()
)
_CJK_LEGAL = re.compile("股份有限公司|有限责任公司|有限公司|公司|集团|株式会社")


def name_core(folded: str, *, generic: bool = False) -> str:
    """Return what is left of a folded company name without its legal form.

    Args:
        folded: The folded name.
        generic: Whether words for its trade and its country go too.

    Returns:
        The remaining tokens without separators; empty when fewer than two characters are left.
    """
    words = [t.text for t in tokens(_CJK_LEGAL.sub("", folded))]
    words = [word for word in words if word not in _LEGAL]
    if generic:
        words = [word for word in words if word not in _GENERIC and word not in _PLACES]
    core = "".join(words)
    return core if len(core) >= 2 else ""

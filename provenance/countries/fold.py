"""One spelling for many: the keys under which names of countries are stored and looked up.

The script that builds `names.txt` and the resolver share these functions, so that a key is the same on both
sides. Nothing here measures likeness: two texts either have the same key or they do not.
"""

from __future__ import annotations

import re
import unicodedata

from provenance.expressions import expression

_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ё": "е", "ħ": "h"}
)
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ک": "ك", "ی": "ي", "ة": "ه"})
# Latin capitals and the Cyrillic ones that look the same; keyboards and scanners mix them within one word.
_LATIN = "abcehijkmopstxy"
_CYRILLIC = "авсеніјкморѕтху"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_ABBREVIATIONS = {
    "rep": "republic",
    "repub": "republic",
    "dem": "democratic",
    "fed": "federation",
    "st": "saint",
    "ste": "saint",
    "is": "islands",
    "isl": "islands",
    "isles": "islands",
    "island": "islands",
    "peop": "peoples",
    "people": "peoples",
    "ppl": "peoples",
    "utd": "united",
    "fmr": "former",
    "terr": "territory",
    "prov": "province",
    "gt": "great",
    "eq": "equatorial",
    "equat": "equatorial",
    "isla": "islamic",
    "islam": "islamic",
    "n": "north",
    "s": "south",
}
_FILLERS = frozenset({"the", "of", "and", "d", "y", "et", "und"})
_WORD = expression(r"[^\W_]+")
_DAMAGE = "?"


def fold(text: str) -> str:
    """The key of a text: letters and digits alone, without case, blanks and punctuation.

    Args:
        text: any text.

    Returns:
        The key, possibly empty. Accents stay: `strip_marks` removes them.
    """
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u0307", "").translate(_ARABIC)
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c)[0] == "M")


def strip_marks(key: str) -> str:
    """A key without the accents of Latin and Greek letters; other scripts keep their signs."""
    if key.isascii():
        return key
    plain: list[str] = []
    for char in unicodedata.normalize("NFD", key.translate(_PLAIN_LETTERS)):
        if unicodedata.category(char) == "Mn" and plain and _is_latin_or_greek(plain[-1]):
            continue
        plain.append(char)
    return unicodedata.normalize("NFC", "".join(plain))


def word_bag(text: str) -> str:
    """A key of an English name in which the order of its words, articles and usual abbreviations do not count.

    Returns:
        "~" and the sorted words, or "" unless there are two words and one of them has four letters.
    """
    joined = text.lower().replace("'", "").replace("’", "").replace("`", "").replace("&", " and ")
    words = [_ABBREVIATIONS.get(word, word) for word in _WORD.findall(strip_marks(joined))]
    kept = sorted(word for word in words if word not in _FILLERS)
    return "~" + " ".join(kept) if len(kept) > 1 and max(map(len, kept)) >= 4 else ""


def damaged(text: str) -> str:
    """The key of a text whose accented letters were replaced by question marks; each run of them is one."""
    marked = text.replace("\ufffd", _DAMAGE)
    folded = "".join(c for c in marked.casefold() if c.isalnum() or c == _DAMAGE)
    return re.sub(r"\?+", _DAMAGE, folded)


def damage(key: str) -> str:
    """What `damaged` gives for a key after each of its letters outside ASCII was lost; "" if too little is left."""
    lost = re.sub(r"[^\x00-\x7f]+", _DAMAGE, key)
    enough = len(lost) - lost.count(_DAMAGE) >= 3  # fewer letters would say too little
    return lost if lost != key and enough else ""


def unmix(key: str) -> tuple[str, ...]:
    """For a key that mixes Latin with Cyrillic letters: what it reads in each script alone."""
    latin = any("a" <= c <= "z" for c in key)
    cyrillic = any("\u0400" <= c <= "\u04ff" for c in key)
    if not (latin and cyrillic):
        return ()
    return key.translate(_TO_CYRILLIC), key.translate(_TO_LATIN)


_MOJIBAKE = expression("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]")


def repair_encoding(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 or Latin-1; the text itself if that is not what happened."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return b"".join(map(_byte_of, text)).decode("utf-8")
    except UnicodeError:
        return text


def _byte_of(char: str) -> bytes:
    return char.encode("latin-1" if "\x80" <= char <= "\x9f" else "cp1252")


def _is_latin_or_greek(char: str) -> bool:
    return char < "\u0250" or "\u0370" <= char < "\u0400" or "\u1e00" <= char < "\u2000"

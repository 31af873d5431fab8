"""The words around a country: what claims an origin, what speaks of something else, what doubts and what denies.

Only whole known wordings count. A text with any other word beside a country is not read, since "Made in Malaysia
for X" and "Printed in Malaysia" look alike to anything laxer.
"""

from __future__ import annotations

import re
from functools import cache

from provenance.expressions import expression

_MADE = """made|assembled|assembly|manufactured|manufacture|manuf|manufact|manufacturing|produced|built|fabricated|mfd|mfg|mfr|
mnfd|production|product|products|produce|goods|origin|originating|originated|coo|c.o.o|country of origin|countries of origin|
country of manufacture|country of production|country of assembly|origin country|country origin|ctry of origin|ctry of orig|
place of origin|place of manufacture|orig|proudly made|final assembly|finally assembled|grown|crafted|wholly made|
manufacturing country|made/assembled|country|of origin|item made|entirely made|100% made|designed and made|
designed and assembled|designed and manufactured|designed & made|designed & manufactured|designed & assembled"""
_MAKING = (
    "made",
    "assembled",
    "manufactured",
    "produced",
    "built",
    "fabricated",
    "finally assembled",
    "final assembly",
)
_MAKING_ABROAD = r"(?:fabriqu[ée]|fabricado|fabricada|hecho|hergestellt|prodotto|feito|сделано|произведено)\s+(?:en|in|au|na|no|em|в)"
_LINKS = ("in the", "in", "of the", "of", "from the", "from", "at", "is", "by", "")

# Prefixes of other languages, with the preposition where there is one. Longer ones are tried first.
_FOREIGN = """
сделано в|сделано во|сделано на|сделан в|сделана в|произведено в|произведено во|произведено на|произведён в|произведен в|
изготовлено в|изготовлено на|изготовлено во|собрано в|собрано во|собрано на|страна происхождения|страна-производитель|
страна производитель|страна производства|страна изготовитель|страна-изготовитель|страна изготовления|производство|производства|
пр-во|произв.|происхождение|страна|сборка|производитель|место происхождения|
зроблено в|зроблено у|вироблено в|вироблено у|виготовлено в|країна походження|країна-виробник|країна виробництва|виробництво|
произведено у|произведено в|hergestellt in der|hergestellt in den|hergestellt in|gefertigt in|produziert in|montiert in|
zusammengebaut in|ursprungsland|herkunftsland|ursprung|herkunft|land der herstellung|herstellungsland|aus|
fabriqué en|fabriqué au|fabriqué aux|fabriqué à|fabrique en|fabrique au|fabrique aux|fabriquée en|assemblé en|assemblé au|
assemblé aux|assemblé à|produit en|produit au|produit aux|produit de|produit du|produit des|fait en|fait au|pays d'origine|
pays d’origine|pays de fabrication|origine|pays de provenance et d'origine|
hecho en|hecha en|fabricado en|fabricada en|ensamblado en|ensamblada en|producido en|producto de|elaborado en|manufacturado en|
país de origen|pais de origen|país de fabricación|origen|procedencia y origen|
fabbricato in|fabbricato negli|prodotto in|prodotto negli|assemblato in|paese di origine|paese d'origine|paese di produzione|
origine|fatto in|
feito na|feito no|feito em|feito nos|fabricado na|fabricado no|fabricado em|fabricado nos|produzido na|produzido no|
produzido em|montado na|montado no|montado em|produto de|produto da|produto do|indústria|país de origem|pais de origem|origem|
gemaakt in|vervaardigd in|geproduceerd in|geassembleerd in|land van oorsprong|land van herkomst|oorsprong|
tillverkad i|tillverkat i|ursprungsland|fremstillet i|produceret i|oprindelsesland|produsert i|opprinnelsesland|laget i|
opprinnelse|oprindelse|valmistettu|valmistusmaa|alkuperämaa|
wyprodukowano w|wyprodukowano we|wyprodukowane w|kraj pochodzenia|kraj produkcji|kraj produkcji|pochodzenie|
vyrobeno v|vyrobeno ve|vyrobené v|země původu|krajina pôvodu|původ|származási hely|származási ország|fabricat în|fabricat in|
produs în|țara de origine|tara de origine|zemlja porijekla|proizvedeno u|država porekla|zemlja porekla|
menşei|menşe|menşe ülke|menşe ülkesi|üretim yeri|üretildiği ülke|
sản xuất tại|được sản xuất tại|sản xuất ở|lắp ráp tại|xuất xứ|nước sản xuất|nước xuất xứ|made tại|nguồn gốc|
buatan|dibuat di|diproduksi di|negara asal|asal|buatan negara|
صنع في|صُنع في|بلد المنشأ|المنشأ|بلد الصنع|ساخت|کشور سازنده|מיוצר ב|תוצרת|ארץ ייצור|ผลิตใน|ผลิตที่|ประเทศผู้ผลิต|ประเทศ|
κατασκευάζεται στην|χώρα προέλευσης|үйлдвэрлэсэн орон|үйлдвэрлэсэн улс|гарал үүсэл|
原产地|原产国|原產地|原產國|产地|產地|制造国|製造國|生产国|生產國|制造地|製造地|生产地|原产于|产于|制造于|原产国家|原产国/地区|
原産国|原産地|生産国|製造国|生産地|원산지|제조국|생산국|제조국가|원산지국가|원산국"""

_SUFFIXES = """-made|made|-produced|-built|-assembled|-manufactured|produced|built|assembled|manufactured|manufacture|production|
origin|-origin|only|product|products|goods|type origin|made product|by origin|as origin|
制造|製造|制|製|生产|生產|产|產|出产|组装|組裝|製品|産|生産|산|제|제조|생산|제품|원산|производства|производство|пр-ва|сборка|
malı|menşeli|yapımı|gyártmány"""

_OTHER_ACTS = """designed|design|engineered|developed|invented|printed|packed|packaged|packed/printed|packing|bottled|shipped|ships|
shipping|ship|dispatched|despatched|imported|import|exported|export|delivered|distributed|distributor|sold|marketed|supplied|
supplier|seller|importer|exporter|purchased|bought|licensed|patented|tested|inspected|calibrated|repaired|refurbished|
remanufactured|serviced|registered|headquartered|based|destination|country of destination|port|label|labelled|labeled|
country of export|country of dispatch|country of purchase|owner|owned|via|transit|conceived|styled|warehoused|stored|installed|
configured|programmed|from|ex|exw|fob|cif|разработано|упаковано|импортер|entworfen|verpackt|conçu|diseñado|empacado|emballé|
progettato|projetado"""

_DOUBT = expression(
    r"""\b(?:probably|probable|possibly|possible|maybe|perhaps|likely|presumably|presumed|believed|supposedly|supposed|allegedly|
    alleged|suspected|assumed|apparently|unconfirmed|unverified|not\ confirmed|not\ verified|to\ be\ confirmed|tbc|tbd|tbv|
    to\ be\ verified|to\ be\ checked|unsure|not\ sure|uncertain|claimed|estimated|might\ be|may\ be|could\ be|i\ think|guess|
    seems|appears|verify|to\ verify|check|unclear|assume|suspect|most\ likely|to\ be\ determined|
    вероятно|возможно|предположительно|видимо|наверное|предп|vermutlich|wahrscheinlich|vielleicht|evtl|möglicherweise|
    probablement|peut-être|probablemente|posiblemente|quizás|tal\ vez|probabilmente|forse|provavelmente|talvez)\b[:.]?
    |可能是?|疑似|大概|推定|或许|也许|应该是|おそらく|たぶん|추정""",
    re.IGNORECASE | re.VERBOSE,
)
_DENIAL = expression(
    r"""\b(?:not|non|except|excepting|excluding|excl|exclude|excludes|without|outside|other\ than|anything\ but|everything\ but|
    all\ but|any\ but|never|neither|nor|isn't|isnt|free|avoid|banned|prohibited|no\ longer|instead\ of|rather\ than|
    ohne|nicht|kein|keine|außer|не|кроме|без|исключая|sauf|hors|pas|excepto|salvo|sin|tranne|eccetto|exceto)\b
    |^ex[\s-]|^no\s|^非(?!洲)|不是|不含|除外|以外|并非""",
    re.IGNORECASE | re.VERBOSE,
)
_FOREIGN_PARTS = expression(
    r"""^(?P<made>.+?)[\s,(]+(?:out\ of|of|from|with|using|containing|incl|including|and)\s+(?P<parts>.+?)[\s-]+
    (?:components?|parts?|materials?|chips?|boards?|hash\s?boards?|content|ingredients|kits?|subassemblies|sub-assemblies|
    elements|modules?|pcbs?|pcbas?|raw\ materials|pieces)\)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_ARTICLES = ("the ", "la ", "le ", "les ", "l'", "l’", "el ", "los ", "il ", "lo ", "gli ", "der ", "den ", "dem ", "die ",
             "o ", "a ", "os ", "as ", "u ")  # fmt: skip
_PUNCTUATION = " \t:;.,-–—=*·•|/\\_'\"`“”«»‘’…!~、，。；："
_TRIM = _PUNCTUATION + "()[]{}<>"


@cache
def _prefixes() -> tuple[str, ...]:
    verbs = _listed(_MADE)
    made = [f"{verb} {link}".strip() for verb in verbs for link in _LINKS]
    made += [
        f"{verb}. {link}".strip()
        for verb in ("mfd", "mfg", "mfr", "manuf", "orig", "prod")
        for link in _LINKS
    ]
    return tuple(
        sorted({*made, *_listed(_FOREIGN), "of", "country of origin (coo)"}, key=lambda p: (-len(p), p))
    )


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(sorted(_listed(_SUFFIXES), key=lambda s: (-len(s), s)))


@cache
def _other_acts() -> tuple[str, ...]:
    return tuple(sorted(_listed(_OTHER_ACTS), key=lambda s: (-len(s), s)))


@cache
def _clause_start() -> re.Pattern[str]:
    acts = "|".join(map(re.escape, (*_MAKING, *_other_acts())))
    making = "|".join(rf"{verb}\s+in" for verb in _MAKING)
    return re.compile(
        rf"\s*(?:[.;,/|\n&–—-]|\band\b|\bbut\b)\s*(?=(?:{acts})\b)|\s+(?=(?:{making}|{_MAKING_ABROAD})\b)",
        re.IGNORECASE,
    )


def strip_origin_prefix(text: str) -> str | None:
    """The text after words that claim an origin ("Made in"); None if it does not begin with such words."""
    lower = text.lower()
    if not lower.startswith(_prefixes()) or len(lower) != len(text):
        return None
    for prefix in _prefixes():
        if lower.startswith(prefix) and _ends_word(lower, len(prefix)):
            rest = text[len(prefix) :].strip(_TRIM)
            return rest or None
    return None


def strip_origin_suffix(text: str) -> str | None:
    """The text before words that claim an origin ("China made", "中国製"); None if it does not end with such."""
    lower = text.lower()
    if not lower.endswith(_suffixes()) or len(lower) != len(text):
        return None
    for suffix in _suffixes():
        start = len(lower) - len(suffix)
        if lower.endswith(suffix) and start > 0 and (not suffix.isascii() or not lower[start - 1].isalnum()
                                                     or not suffix[0].isalnum()):  # fmt: skip
            return text[:start].strip(_TRIM) or None
    return None


def strip_article(text: str) -> str:
    """The text without an article at its head or in brackets at its end."""
    lower = text.lower()
    for article in _ARTICLES:
        if lower.startswith(article):
            return text[len(article) :].strip()
    return re.sub(r"[\s,]*\((?:the|la|le|les|el|los)\)$|,\s*the$", "", text, flags=re.IGNORECASE)


def speaks_of_another_act(text: str) -> bool:
    """Whether a clause begins with an act that is no making: designed, printed, packed, shipped."""
    lower = text.lower()
    acts = _other_acts()
    return lower.startswith(acts) and any(lower.startswith(a) and _ends_word(lower, len(a)) for a in acts)


def split_clauses(text: str) -> list[str]:
    """The text cut before each word that begins a statement ("Designed in X", "Made in Y")."""
    return [part for part in (p.strip(_TRIM) for p in _clause_start().split(text)) if part]


def split_foreign_parts(text: str) -> tuple[str, str] | None:
    """("Mexico", "Chinese") for "Mexico of Chinese components"; None for any other text."""
    match = _FOREIGN_PARTS.match(text)
    return (match["made"].strip(_TRIM), match["parts"].strip(_TRIM)) if match else None


def strip_doubt(text: str) -> str | None:
    """The text without its words and signs of doubt; None if it voices none."""
    sure = _DOUBT.sub(" ", text)
    sure = re.sub(r"\(\s*[?？]+\s*\)|[?？]+$|^[?？]+|(?<=\s)[?？]+", " ", sure.strip())
    return None if sure.strip() == text.strip() else sure.strip(_TRIM)


def denies(text: str) -> bool:
    """Whether the text says what the origin is not."""
    return _DENIAL.search(text) is not None


def trim(text: str) -> str:
    """The text without the punctuation around it, and without brackets that enclose it or have no partner."""
    bare = text.strip(_PUNCTUATION)
    for left, right in ("()", "[]", "{}", "<>"):
        if bare.count(left) != bare.count(right) or (bare[:1] == left and bare.find(right) == len(bare) - 1):
            bare = bare.strip(left + right + _PUNCTUATION)
    return bare


def _ends_word(text: str, end: int) -> bool:
    """Whether no word runs across a position; scripts without blanks and the Hebrew prefix "in" always end one."""
    if end == len(text) or not text[end].isalnum() or not text[end - 1].isalnum():
        return True
    before = text[end - 1]
    return before >= "\u2e80" or "\u0e00" <= before <= "\u0eff" or before == "ב"


def _listed(words: str) -> list[str]:
    return [word for word in words.replace("\n", "").split("|") if word]

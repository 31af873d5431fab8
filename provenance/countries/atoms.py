"""The atoms of origin: what a set of possible origins is made of, and how such a set reads.

An atom is an ISO 3166-1 alpha-2 code (CN, HK, MO and TW apart) or XK, except that Ukraine is five atoms, since
embargoes speak of areas inside it that have no code of their own.

Sources: ISO 3166-1 and 3166-2 codes; the European Union's dates are those on which each accession treaty took
force, and for the United Kingdom the withdrawal agreement (last day of membership 2020-01-31).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

UA_ATOMS: frozenset[str] = frozenset({"UA-CRIMEA", "UA-SEVASTOPOL", "UA-DNR", "UA-LNR", "UA-REST"})
"""Crimea, Sevastopol, the areas held by the so-called DNR and LNR, and all else of Ukraine."""

_CODES = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW""".split()  # noqa: SIM905 - a table reads better as text
)

ALL: frozenset[str] = (_CODES - {"UA"}) | UA_ATOMS
"""Every atom: the origin of which nothing is known."""

_AREA_LABELS = {
    "UA-CRIMEA": "Crimea (Ukraine)",
    "UA-SEVASTOPOL": "Sevastopol (Ukraine)",
    "UA-DNR": "the so-called DNR area (Ukraine)",
    "UA-LNR": "the so-called LNR area (Ukraine)",
    "UA-REST": "Ukraine outside the covered areas",
}

# ISO 3166-2:UA. Donetsk and Luhansk oblasts lie partly inside the covered areas; the other oblasts do not.
_UA_SUBDIVISIONS = {
    "UA-43": frozenset({"UA-CRIMEA"}),
    "UA-40": frozenset({"UA-SEVASTOPOL"}),
    "UA-14": frozenset({"UA-DNR", "UA-REST"}),
    "UA-09": frozenset({"UA-LNR", "UA-REST"}),
} | {
    f"UA-{number:02}": frozenset({"UA-REST"})
    for number in (5, 7, 12, 18, 21, 23, 26, 30, 32, 35, 46, 48, 51, 53, 56, 59, 61, 63, 65, 68, 71, 74, 77)
}

_EU_JOINED = {
    date(1958, 1, 1): "BE DE FR IT LU NL",
    date(1973, 1, 1): "DK GB IE",
    date(1981, 1, 1): "GR",
    date(1986, 1, 1): "ES PT",
    date(1995, 1, 1): "AT FI SE",
    date(2004, 5, 1): "CY CZ EE HU LT LV MT PL SI SK",
    date(2007, 1, 1): "BG RO",
    date(2013, 7, 1): "HR",
}
_EU_LAST_DAY = {"GB": date(2020, 1, 31)}
_EU_TODAY = frozenset(" ".join(_EU_JOINED.values()).split()).difference(_EU_LAST_DAY)


def atoms_of(code: str, on: date | None = None) -> frozenset[str]:
    """The atoms that a code stands for.

    Args:
        code: an atom, an alpha-2 code, a subdivision of Ukraine such as "UA-43", or "EU"; upper case.
        on: the day whose membership of the European Union counts; None takes the members as of now.

    Returns:
        One atom for most codes; for "EU" the members on that day, none before 1958.

    Raises:
        KeyError: the code is none of these.
    """
    if code == "UA":
        return UA_ATOMS
    if code == "EU":
        return _EU_TODAY if on is None else _eu_members(on)
    if code in ALL:
        return frozenset({code})
    return _UA_SUBDIVISIONS[code]


def country_of(atom: str) -> str:
    """The alpha-2 code of the country an atom lies in: "UA" for the five atoms of Ukraine, else the atom."""
    return "UA" if atom in UA_ATOMS else atom


def label(atom: str) -> str:
    """The English short name of an atom, or of "UA", for reports.

    Raises:
        KeyError: there is no such atom.
    """
    from provenance.countries.table import labels

    return _AREA_LABELS.get(atom) or labels()[atom]


@lru_cache(maxsize=4096)
def describe(atoms: frozenset[str], limit: int = 6) -> str:
    """A set of atoms in words, the same words for the same set.

    Args:
        atoms: any subset of `ALL`.
        limit: how many names stand at most; the rest is counted.

    Returns:
        "Malaysia", "China or Hong Kong", "any country", "any country but China or Cuba", "no country".
    """
    if not atoms:
        return "no country"
    if atoms == ALL:
        return "any country"
    left = ALL - atoms
    # Naming a set costs a look-up per atom; only a handful of missing ones is ever named.
    if len(left) < limit + len(UA_ATOMS) and len(missing := _names(left)) <= limit:
        return f"any country but {_join(missing)}"
    names = _names(atoms)
    if len(names) <= limit:
        return _join(names)
    return f"{', '.join(names[:limit])} or {len(names) - limit} more"


def _eu_members(on: date) -> frozenset[str]:
    joined = {code for day, codes in _EU_JOINED.items() if day <= on for code in codes.split()}
    return frozenset(joined - {code for code, last in _EU_LAST_DAY.items() if last < on})


def _names(atoms: frozenset[str]) -> list[str]:
    whole = atoms >= UA_ATOMS
    codes = (atoms - UA_ATOMS) | {"UA"} if whole else atoms
    return sorted(label(code) for code in codes)


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"

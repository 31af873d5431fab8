"""ISO 3166-2: codes of parts of countries, "CN-44" or "US-CA", and the areas among them that are atoms apart.

The letters after the hyphen may be the code of another country ("US-IN" is Indiana, "CN-VN" is no subdivision), so
for the countries where that matters the subdivisions are listed. Source: ISO 3166-2 as known on 2026-11-20.
"""

from __future__ import annotations

from collections.abc import Mapping

from provenance.countries.atoms import UA_ATOMS, atoms_of
from provenance.expressions import expression

_SUBDIVISION = expression(r"([A-Z]{2})-([A-Z]{1,3}|[0-9]{1,3})")

# Parts that ISO 3166-1 also lists as countries. The numbers are those of GB/T 2260, in ISO 3166-2 until 2017.
_APART = {
    "CN-TW": "TW", "CN-71": "TW", "CN-HK": "HK", "CN-91": "HK", "CN-MO": "MO", "CN-92": "MO",
    "US-PR": "PR", "US-GU": "GU", "US-VI": "VI", "US-AS": "AS", "US-MP": "MP", "US-UM": "UM",
    "FR-RE": "RE", "FR-GP": "GP", "FR-MQ": "MQ", "FR-GF": "GF", "FR-YT": "YT", "FR-PM": "PM", "FR-BL": "BL",
    "FR-MF": "MF", "FR-WF": "WF", "FR-PF": "PF", "FR-NC": "NC", "FR-TF": "TF",
    "NL-AW": "AW", "NL-CW": "CW", "NL-SX": "SX", "NL-BQ1": "BQ", "NL-BQ2": "BQ", "NL-BQ3": "BQ",
    "NO-21": "SJ", "NO-22": "SJ", "FI-01": "AX",
}  # fmt: skip

# Countries without subdivisions in the standard: "BM-N" is a model number, not a part of Bermuda.
_UNDIVIDED = frozenset(
    """AI AQ AS AW AX BL BM BV CC CK CW CX EH FK FO GF GG GI GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF NU PF PM
    PN PR RE SJ SX TC TF TK VA VG VI WF XK YT""".split()  # noqa: SIM905 - a table reads better as text
)

_LISTED = {
    "CN": "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HL HN JL JS JX LN NM NX QH SC SD SH SN SX TJ XJ XZ YN ZJ",
    "US": "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH "
    "OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC",
    "CA": "AB BC MB NB NL NS NT NU ON PE QC SK YT",
    "IN": "AN AP AR AS BR CG CH CT DH DL GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TG TR "
    "TS UK UP UT WB",
    "BR": "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO",
    "DE": "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH",
    "CH": "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
    "AU": "ACT NSW NT QLD SA TAS VIC WA",
}


def subdivision(text: str, codes: Mapping[str, str]) -> tuple[str, frozenset[str]] | None:
    """The country of a subdivision code and the atoms it covers.

    Args:
        text: a phrase; only "XX-" and one to three letters or one to three digits can be a subdivision.
        codes: alpha-2 and other codes to alpha-2.

    Returns:
        (alpha-2 code, atoms), or None for anything else, also for two country codes joined by a hyphen.
    """
    apart = _APART.get(text)
    if apart is not None:
        return apart, atoms_of(apart)
    match = _SUBDIVISION.fullmatch(text)
    parent, part = match.groups() if match is not None else ("", "")
    if codes.get(parent) != parent or parent in _UNDIVIDED:
        return None
    if part in codes and part not in _LISTED.get(parent, "").split():
        return None
    return parent, _atoms_inside(parent, text)


def _atoms_inside(parent: str, text: str) -> frozenset[str]:
    try:
        return atoms_of(text if parent == "UA" else parent)
    except KeyError:
        return UA_ATOMS

"""Builds `codes.json` and `names.txt` of `provenance/countries` from CLDR and from the hand-checked `country_aliases.txt`.

CLDR (Unicode Common Locale Data Repository) is copyright Unicode, Inc. and used under the Unicode License v3
(https://www.unicode.org/license.txt); it is read through babel, a development dependency. Run from anywhere:

    python tools/build_country_names.py          writes the files
    python tools/build_country_names.py --check  fails if a file differs from what would be written

The output depends on the two sources alone: same CLDR, same aliases, same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from provenance.countries.atoms import ALL, UA_ATOMS
from provenance.countries.fold import damage, fold, strip_marks, word_bag

HERE = Path(__file__).resolve().parent
ALIASES = HERE / "country_aliases.txt"
COUNTRIES_ROOM = HERE.parent / "provenance" / "countries"
CODES, NAMES = COUNTRIES_ROOM / "codes.json", COUNTRIES_ROOM / "names.txt"
COUNTRIES = (ALL - UA_ATOMS) | {"UA"}
# Sections in the order in which they win a key.
SECTIONS = (
    "name",
    "ambiguous",
    "nothing",
    "former",
    "short",
    "region",
    "adjective",
    "other",
    "declined",
    "misspelt",
)
ENGLISH = ("name", "former", "ambiguous", "region")
CLDR_SECTION = "cldr"
RARE_SECTION = "rare"  # CLDR names of languages outside WIDE_LANGUAGES
# A short name counts only in these languages: in the hundreds of others it is too often a word of English.
WIDE_LANGUAGES = frozenset(
    """af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn
    ko ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl pt ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi
    yue zh""".split()  # noqa: SIM905 - a table reads better as text
)
SHORT = 5
ENGLISH_WORDS = frozenset(
    {"man", "male", "end", "laws", "fuji", "suede", "swede", "pole", "norfolk", "hindi", "turk"}
) | frozenset(
    {
        "toga",
        "quam",
        "indie",
        "siri",
        "fas",
        "japo",
        "kine",
        "shamu",
        "loman",
        "cada",
        "pala",
        "norra",
        "lati",
        "ando",
    }
)

Aliases = dict[str, list[tuple[str, str]]]


def load_aliases() -> Aliases:
    """The alias file as {section: [(targets, name)]}; a faulty line ends the run."""
    sections: Aliases = defaultdict(list)
    section = ""
    for number, line in enumerate(ALIASES.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            continue
        targets, _, names = line.partition(": ")
        known = section == "nothing" or all(t in COUNTRIES or t in UA_ATOMS for t in targets.split())
        if not known or not names:
            sys.exit(f"{ALIASES.name}:{number}: {targets!r} is no country or atom, or no name follows")
        sections[section] += [(targets, name.strip()) for name in names.split(" | ")]
    return sections


def cldr_names() -> tuple[dict[str, set[str]], set[str]]:
    """Every name of every country in every CLDR locale that is worth a key, and which are of wide languages."""
    names: dict[str, set[str]] = defaultdict(set)
    well_known: set[str] = set()
    for identifier in sorted(locale_identifiers()):
        wide = identifier.partition("_")[0] in WIDE_LANGUAGES
        for code, name in Locale.parse(identifier).territories.items():
            key = fold(name)
            bare = strip_marks(key)
            word = bare.isascii() and (bare in ENGLISH_WORDS or (len(bare) <= SHORT and not wide))
            if code in COUNTRIES and name != code and not word and (len(key) > 2 or not key.isascii()):
                names[name].add(code)
                well_known |= {name} if wide else set()
    return names, well_known


# Ending of a Russian name of one word: what is cut off, and what is put in its place.
RUSSIAN_ENDINGS = {
    "ия": (1, ("и",)),
    "я": (1, ("и", "е")),
    "а": (1, ("е", "ы", "и")),
    "й": (1, ("е", "я")),
    "ь": (1, ("и", "е", "я")),
    "ы": (1, ("ах", "ов", "")),
}
UNDECLINED = "оиуеэю"


def russian_forms(name: str) -> list[str]:
    """The genitive and prepositional of a Russian name of one word, by the regular endings."""
    if " " in name or "-" in name or name[-1] in UNDECLINED:
        return []
    for ending, (cut, forms) in RUSSIAN_ENDINGS.items():
        if name.endswith(ending):
            return [name[:-cut] + form for form in forms]
    return [name + "е", name + "а"]


class Table:
    """Keys already given out, and to whom; the first to ask wins."""

    def __init__(self) -> None:
        self.owners: dict[str, tuple[str, str]] = {}

    def claim(self, key: str, section: str, target: str) -> None:
        """Give a key to a target unless it has an owner."""
        if key:
            self.owners.setdefault(key, (section, target))

    def lines(self) -> list[str]:
        """The table as lines of key, section and target, parted by tabs and sorted by their bytes."""
        lines = ("\t".join((key, *owner)) for key, owner in self.owners.items())
        return sorted(lines, key=str.encode)


def claim_names(table: Table, pairs: list[tuple[str, str, str]]) -> None:
    """Claim the keys of names, exact ones before those without accents, and these before damaged ones.

    Names of rare languages get no damaged keys: the file would grow by a tenth for texts hardly ever met.

    Args:
        table: where to claim.
        pairs: (section, target, name), the winners first.
    """
    keyed = [(section, target, fold(name)) for section, target, name in pairs]
    for section, target, key in keyed:
        table.claim(key, section, target)
    for derive in (strip_marks, damage):
        derived: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for section, target, key in keyed:
            made = derive(key) if section != RARE_SECTION or derive is strip_marks else key
            if made != key and len(made.replace("?", "")) >= 4:
                derived[made].add((section, target))
        for made, owners in sorted(derived.items()):
            if len({target for _, target in owners}) == 1:
                table.claim(made, *min(owners))


def build() -> dict[Path, str]:
    """The whole content of the files."""
    aliases = load_aliases()
    spoken, well_known = cldr_names()
    english = {code: name for code, name in Locale("en").territories.items() if code in COUNTRIES}
    table = Table()
    pairs = [(s, target, name) for s in SECTIONS for target, name in aliases[s]]
    pairs += [("name", code, name) for code, name in sorted(english.items()) if code != "GE"]
    by_key: dict[str, set[str]] = defaultdict(set)
    for name, codes in spoken.items():
        by_key[fold(name)] |= codes
    clear = sorted((name, *codes) for name, codes in spoken.items() if len(by_key[fold(name)]) == 1)
    pairs += [(CLDR_SECTION if name in well_known else RARE_SECTION, code, name) for name, code in clear]
    for code, name in sorted(Locale("ru").territories.items()):
        if code in COUNTRIES:
            pairs += [("declined", code, form) for form in russian_forms(name)]
    claim_names(table, pairs)
    for section, target, name in pairs:
        if section in ENGLISH:
            table.claim(word_bag(name), section, target)
    dropped = sorted(key for key, codes in by_key.items() if len(codes) > 1 and key not in table.owners)
    print(f"{len(table.owners)} keys; dropped as ambiguous in CLDR: {' '.join(dropped)}")
    labels = english | dict(aliases["label"])
    codes = {"codes": iso_codes(aliases), "labels": dict(sorted(labels.items()))}
    return {
        CODES: json.dumps(codes, ensure_ascii=False, indent=0, sort_keys=False) + "\n",
        NAMES: "".join(f"{line}\n" for line in table.lines()),
    }


def iso_codes(aliases: Aliases) -> dict[str, str]:
    """ISO 3166-1 alpha-2, alpha-3 and numeric codes, from CLDR's list of aliases; ambiguous ones left out."""
    ambiguous = {name for _, name in aliases["ambiguous"]}
    codes = {code: code for code in COUNTRIES}
    for alias, targets in get_global("territory_aliases").items():
        if len(alias) == 3 and len(targets) == 1 and targets[0] in COUNTRIES:
            codes[alias] = targets[0]
    return {alias: code for alias, code in sorted(codes.items()) if alias not in ambiguous}


def main() -> None:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    for path, text in build().items():
        if not check:
            path.write_bytes(text.encode())
            print(f"{path.name}: {path.stat().st_size:,} bytes")
        elif not path.is_file() or path.read_bytes() != text.encode():
            sys.exit(f"{path.name} differs from its sources; run tools/build_country_names.py")


if __name__ == "__main__":
    main()

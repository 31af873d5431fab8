"""The index of model codes: every way the catalogue writes a model, as keys that a text can be matched with.

A code is what is left of a model's name without its brand: `s19jpro` of `Antminer S19j Pro`. Whether a code may
stand alone, without its brand, is decided here once and for all: short codes are used by several makers, and not
only by those in the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from provenance.catalog.records import Model
from provenance.expressions import expression
from provenance.identify.names import KEPT_BY as OF_NAMES
from provenance.identify.names import MakerNames
from provenance.identify.normalise import Token, fold, key_of, tokens, without_revision
from provenance.identify.words import VARIANTS
from provenance.kept import Kept, code_digest
from provenance.records import dataclass

_PARTS = expression(r"(?:u[236](?=[a-z]\d))?([^\W\d]*)-?(\d+(?:\.\d+)*)(.*)", re.DOTALL)
"""Letters, number and rest of a code, after the rack form that firmware writes in front."""
_OPEN_SERIES = {"s": 15, "t": 15, "m": 20, "l": 7}
"""One-letter series whose codes from this number on stand alone, for the maker that has most of the series."""
_CROWDED = frozenset({"a", "e", "x"})
"""One-letter series of so many makers that not even a mining text lets one of their codes stand alone."""
_FIRMWARE_LETTERS = frozenset("stldkze")
"""One-letter series whose short codes stand alone where firmware reports them bare."""
_NUMBER = expression(r"\d+(?:\.\d+)?")
_ENDS_IN_NUMBER = expression(r"([a-z]+)\d[\d.]*$")
_DIGITS = expression(r"\d+")
_LONG_WORD = expression(r"[a-z]{5}")
_NEVER_ALONE = expression(r"a2|bml3|bm1\d{3}")
"""`A2` stands in fleet logs under two brands, `BM L3` is Bitmain's L3 or iBeLink's BM-L3, `BM1366` is a chip."""
_FORMS = expression(r"^(.*?)hyd([236])u$")
_SIZED = expression(r"(.*\D)\d+gb$")
_LONG_NUMBER = 3
_AVALON = expression(r"^a?(\d{3,4}|1[56])((?!\.|\d).*)?$")
_NUMERALS = {"ii": "2", "iii": "3", "2": "ii", "3": "iii"}
_SURNAME = 5
"""Letters of a word that only completes a name: `T2 Terminator`, `SP20 Jackson`; shorter ones are abbreviations."""


@dataclass(frozen=True, slots=True)
class Code:
    """One key and the models it can mean."""

    models: tuple[str, ...]
    """Ids, sorted."""
    makers: tuple[str, ...]
    """Their makers, sorted."""
    branded: bool
    """Whether the key itself holds the brand."""
    alone: bool
    """Whether it decides its maker without any brand."""
    in_context: bool
    """Whether it does so in a text that is plainly about mining."""


KEPT_BY = (*OF_NAMES, "identify/codes.py")
"""The modules that decide what the codes of a catalogue are."""
_TABLES = (
    "exact", "exact_words", "codes", "digits", "prefixes", "bases", "numbers", "_leader", "_with_s", "forms",
    "rack_forms", "vocabulary", "surnames", "sized", "series", "shapes",
)  # fmt: skip
"""What `CodeIndex` works out and keeps."""


class CodeIndex:
    """All model codes of the catalogue."""

    def __init__(
        self,
        models: Mapping[str, Model],
        names: MakerNames,
        collisions: Mapping[str, Sequence[tuple[str, str]]],
        content: str | None = None,
    ) -> None:
        """Work out the codes.

        Args:
            models: All models by their ids.
            names: The names of their makers.
            collisions: Codes that several makers use, with the makers and models.
            content: The digest of the catalogue that all of these come from; with it the codes are worked out once
                for that catalogue and kept.
        """
        self.models = models
        self.exact: dict[str, tuple[str, ...]] = {}
        """Keys of whole names, aliases and firmware names; where they name several models, all of them."""
        self.exact_words: frozenset[str] = frozenset()
        """The keys of `exact` without their separators: a quick no for all other texts."""
        self.codes: dict[str, Code] = {}
        self.digits: frozenset[str] = frozenset()
        """Every number that stands in a key."""
        self.prefixes: frozenset[str] = frozenset()
        """Every beginning of a key."""
        self.bases: dict[tuple[str, str], tuple[str, ...]] = {}
        """Models by maker and by letters and number of their code: `s19` and its variants."""
        self.numbers: dict[str, frozenset[str]] = {}
        """Makers by letters and number of a code."""
        self._leader: dict[str, str] = {}
        self._with_s: frozenset[tuple[str, str]] = frozenset()
        self._rates: dict[str, tuple[float, ...]] = {}
        """Hashrates of the models that were asked for, in the unit of their label."""
        self.forms: dict[str, dict[str, str]] = {}
        """Models of a rack form by the model that they are a form of, and the form: `3u`."""
        self.rack_forms: frozenset[tuple[str, str]] = frozenset()
        """Rack forms by the makers that sell machines in them."""
        self.vocabulary: dict[str, frozenset[str]] = {}
        """Suffix words by maker."""
        self.surnames: dict[str, frozenset[str]] = {}
        """Models by the word that completes their names and may be left out."""
        self.sized: dict[str, frozenset[str]] = {}
        """Codes that end with a size of memory, by what stands before it."""
        self.series: frozenset[tuple[str, str]] = frozenset()
        """Makers, with the letters of their series."""
        self.shapes: frozenset[tuple[str, str, int]] = frozenset()
        """Makers, with the letters of a series of theirs and how many digits follow: three or more."""
        if content is not None:
            for name, table in kept_codes(models, names, collisions, content).get().items():
                setattr(self, name, table)
            return
        builder = _Builder(names)
        for model in models.values():
            builder.add(model)
        self._finish(builder, {fold(code) for code in collisions})

    def _finish(self, builder: _Builder, collided: set[str]) -> None:
        self.exact = {
            key: tuple(sorted(builder.by_name.get(key) or found)) for key, found in builder.whole.items()
        }
        self.exact_words = frozenset(key.replace("~", "").replace("-", "") for key in self.exact)
        bases: dict[tuple[str, str], set[str]] = {}
        numbers: dict[str, set[str]] = {}
        for key, found in builder.bare.items():
            base = base_of(key)
            for model in found:
                maker = builder.maker_of[model]
                bases.setdefault((maker, base), set()).add(model)
                numbers.setdefault(base, set()).add(maker)
        self.bases = {key: tuple(sorted(found)) for key, found in bases.items()}
        self.numbers = {key: frozenset(found) for key, found in numbers.items()}
        self._leader = _leaders(builder)
        self._with_s = frozenset(
            (builder.maker_of[model], parts[1])
            for key, found in builder.bare.items()
            if (parts := _PARTS.fullmatch(key)) is not None and parts[3] == "s"
            for model in found
        )
        for key, found in builder.bare.items():
            chosen = builder.named_bare.get(key) or found
            makers = {builder.maker_of[model] for model in found}
            if len(makers) > 1:
                chosen = found
            doubtful = self.doubtful(key) or key in builder.names.ambiguous
            chosen = found if doubtful else chosen
            single = len(makers) == 1 and key not in collided and not doubtful
            alone = single and self._stands_alone(key, builder)
            self.codes[key] = Code(
                tuple(sorted(chosen)),
                tuple(sorted(makers)),
                branded=False,
                alone=alone,
                in_context=alone or (single and self._in_context(key)),
            )
        for key, found in builder.branded.items():
            if key not in self.codes:
                makers = {builder.maker_of[model] for model in found}
                chosen = builder.by_name.get(key) or found
                alone = len(makers) == 1
                self.codes[key] = Code(
                    tuple(sorted(chosen)), tuple(sorted(makers)), branded=True, alone=alone, in_context=alone
                )
        self.digits = frozenset(run for key in self.codes for run in _DIGITS.findall(key))
        self.prefixes = frozenset(key[:end] for key in self.codes for end in range(1, len(key) + 1))
        for key, found in builder.bare.items():
            match = _FORMS.match(key) if key[-1] == "u" else None
            if match is None:
                continue
            for plain in builder.named_bare.get(f"{match[1]}hyd", ()):
                for model in found:
                    self.forms.setdefault(plain, {})[f"{match[2]}u"] = model
        self.rack_forms = frozenset(
            (self.models[model].maker, form) for forms in self.forms.values() for form, model in forms.items()
        )
        sized: dict[str, set[str]] = {}
        for key in self.codes:
            if match := _SIZED.match(key):
                sized.setdefault(match[1], set()).add(key)
        self.sized = {key: frozenset(found) for key, found in sized.items()}
        self.series = frozenset(
            (maker, parts[1])
            for maker, base in self.bases
            if (parts := _PARTS.fullmatch(base)) is not None and parts[1]
        )
        self.shapes = frozenset(
            (maker, parts[1], len(parts[2]))
            for maker, base in self.bases
            if (parts := _PARTS.fullmatch(base)) is not None and len(parts[2]) >= _LONG_NUMBER
        )
        self.surnames = {word: frozenset(found) for word, found in builder.surnames.items()}
        self.vocabulary = {maker: frozenset(words) for maker, words in builder.vocabulary.items()}

    def _stands_alone(self, key: str, builder: _Builder) -> bool:
        firmware, verbatim = key in builder.firmware, key in builder.verbatim
        parts = _PARTS.fullmatch(key)
        if parts is None or not parts[1]:
            # A word without a number, or a number first: only as firmware or sources write it bare.
            has_word = any(char.isalpha() for char in key)
            return has_word and ((firmware and len(key) >= 4) or (verbatim and key in builder.several_words))
        letters, number, rest = parts[1], parts[2], parts[3]
        base, whole = f"{letters}{number}", number.split(".")[0]
        if self.in_open_series(key) or self._is_brand(rest, builder, key):
            return True
        if len(self.numbers[base]) > 1:
            # `L3+` is reported bare, so that `L3++` is known by it; `L3` is several makers'.
            return bool(rest) and (verbatim or (rest == "++" and key[:-1] in builder.firmware))
        if letters in VARIANTS:
            return False
        if len(letters) > 1:
            return verbatim or len(whole) >= 3 or base in builder.verbatim
        if (letters == "a" and len(whole) == 4) or (letters == "m" and rest[:2] == "ds"):
            return True
        if verbatim and ((len(number) >= 2 and rest) or _LONG_WORD.search(rest)):
            return True
        return (base in builder.firmware or firmware) and letters in _FIRMWARE_LETTERS

    def _is_brand(self, rest: str, builder: _Builder, key: str) -> bool:
        """Whether a code ends with a brand of its maker's own: `S11 SiaMaster`."""
        claim = builder.names.phrases.get(rest.lstrip("+"))
        return (
            claim is not None
            and not claim.weak
            and {builder.maker_of[m] for m in builder.bare[key]} == set(claim.makers)
        )

    def _in_context(self, key: str) -> bool:
        parts = _PARTS.fullmatch(key)
        if parts is None or not parts[1] or parts[1] in _CROWDED or parts[1] in VARIANTS:
            return False
        return len(self.numbers[f"{parts[1]}{parts[2]}"]) == 1

    def in_open_series(self, key: str) -> bool:
        """Return whether a code is of a one-letter series and has a number that only its leading maker uses."""
        parts = _PARTS.fullmatch(key)
        if parts is None or not parts[1]:
            return False
        letters, number = parts[1], parts[2].split(".")[0]
        owners = self.numbers.get(f"{letters}{parts[2]}", frozenset())
        return int(number) >= _OPEN_SERIES.get(letters, 10_000) and self._leader.get(letters) in owners

    def has_s_models(self, key: str, makers: Sequence[str]) -> bool:
        """Return whether a series of these makers has models whose code is a number and an s: `M31S`."""
        match = _ENDS_IN_NUMBER.search(key)
        return match is not None and any(
            maker in makers and match[1].endswith(series) for maker, series in self._with_s
        )

    def is_rate(self, number: str, models: Sequence[str]) -> bool:
        """Return whether a bare number is a hashrate of one of these models: `104`, or `9050` for 9.05 GH/s."""
        return any(_same_rate(number, rate) for model in models for rate in self._rates_of(model))

    def _rates_of(self, model: str) -> tuple[float, ...]:
        if model not in self._rates:
            labels = map(_NUMBER.match, self.models[model].hashrates)
            self._rates[model] = tuple(float(found[0]) for found in labels if found)
        return self._rates[model]

    @staticmethod
    def doubtful(key: str) -> bool:
        """Return whether a code is written for machines of brands that the catalogue does not give it to."""
        return _NEVER_ALONE.fullmatch(key) is not None

    def siblings(self, maker: str, base: str) -> tuple[str, ...]:
        """Return the ids of a maker's models that share letters and number, sorted."""
        return self.bases.get((maker, base), ())


def kept_codes(
    models: Mapping[str, Model],
    names: MakerNames,
    collisions: Mapping[str, Sequence[tuple[str, str]]],
    content: str,
) -> Kept:
    """Return the tables of a `CodeIndex`, by attribute, as they are kept; the arguments are its own."""

    def work_out() -> dict[str, Any]:
        index = CodeIndex(models, names, collisions)
        return {name: getattr(index, name) for name in _TABLES}

    return Kept("codes", lambda: (content.encode(), code_digest(*KEPT_BY)), (Code,), work_out)


def _same_rate(number: str, rate: float) -> bool:
    value = float(number) if number.count(".") <= 1 else -1.0  # `1.2.6` is a version.
    return value in {rate, rate * 1000}


def base_of(key: str) -> str:
    """Return letters and number of a code, `s19` of `s19jpro`; the code itself where it has no number."""
    parts = _PARTS.fullmatch(key)
    return f"{parts[1]}{parts[2]}" if parts is not None else key


def _leaders(builder: _Builder) -> dict[str, str]:
    """The maker with most codes of each one-letter series."""
    counts: dict[str, dict[str, int]] = {}
    for key, found in builder.bare.items():
        parts = _PARTS.fullmatch(key)
        if parts is not None and len(parts[1]) == 1:
            series = counts.setdefault(parts[1], {})
            for model in found:
                series[builder.maker_of[model]] = series.get(builder.maker_of[model], 0) + 1
    return {letter: max(sorted(makers), key=makers.__getitem__) for letter, makers in counts.items()}


class _Builder:
    """Collects the keys of all models before anything is decided about them."""

    def __init__(self, names: MakerNames) -> None:
        self.names = names
        self.maker_of: dict[str, str] = {}
        self.whole: dict[str, set[str]] = {}
        self.by_name: dict[str, set[str]] = {}
        self.bare: dict[str, set[str]] = {}
        self.named_bare: dict[str, set[str]] = {}
        self.branded: dict[str, set[str]] = {}
        self.firmware: set[str] = set()
        self.verbatim: set[str] = set()
        self.several_words: set[str] = set()
        self.rack_forms: frozenset[tuple[str, str]] = frozenset()
        """Rack forms by the makers that sell machines in them."""
        self.vocabulary: dict[str, set[str]] = {}
        self.surnames: dict[str, set[str]] = {}

    def add(self, model: Model) -> None:
        self.maker_of[model.id] = model.maker
        for part in model.name.split(" / "):
            self._add(model, part, named=True)
        for alias in model.aliases:
            self._add(model, alias)
        for name in dict.fromkeys(without_revision(name.lower()) for name in model.firmware_names):
            self._add(model, name, firmware=True)

    def _add(self, model: Model, text: str, *, named: bool = False, firmware: bool = False) -> None:
        run = tokens(self.names.spread(fold(text)))
        key = key_of(run)
        if not key:
            return
        self.whole.setdefault(key, set()).add(model.id)
        if named:
            self.by_name.setdefault(key, set()).add(model.id)
        if named and (coded := _coded_part(run)):
            self._bare(model, coded, named=True, firmware=False, stripped=True)
        rest, branded = run, key
        stripped = slight = False
        while counts := [c for c in self.names.own_phrases(model.maker, rest) if c < len(rest)]:
            self._brand(model, rest, branded, named=named)
            for count in counts[:-1]:
                # `Avalon Mini 3` is also `Mini 3` of Canaan.
                self._bare(model, rest[count:], named=named, firmware=firmware, stripped=True)
            rest, stripped = rest[counts[-1] :], True
            branded = key_of(rest)
            # `3S` of `Avalon Nano 3S` is no code of an Avalon, nor is the `Home` of an `Avalon Q Home`.
            slight = len(counts) > 1 and (rest[0].is_number or (len(rest) == 1 and rest[0].text.isalpha()))
        if not slight:
            self._bare(model, rest, named=named, firmware=firmware, stripped=stripped)

    def _brand(self, model: Model, run: list[Token], key: str, *, named: bool) -> None:
        for other in _other_numerals(run) if named else ():
            self.branded.setdefault(key_of(other), set()).add(model.id)
        self.branded.setdefault(key, set()).add(model.id)
        if named and _lone_letter(run):
            self.branded.setdefault(f"{key_of(run[:-1])}-{run[-1].text}", set()).add(model.id)

    def _bare(self, model: Model, run: list[Token], *, named: bool, firmware: bool, stripped: bool) -> None:
        key = key_of(run)
        words = self.vocabulary.setdefault(model.maker, set())
        words.update(token.text for token in run if len(token.text) > 1 and token.text.isalpha())
        if not stripped:
            self.verbatim.add(key)
            if len(run) > 1:
                self.several_words.add(key)
            if firmware:
                self.firmware.add(key)
            for other in _other_numerals(run):
                # `Mini DOGE 3` stands alone as `Mini DOGE III` does.
                self.verbatim.add(key_of(other))
                self.several_words.add(key_of(other))
        spellings = _spellings(key, model.maker)
        if named and _surnamed(run):
            spellings.append(key_of(run[:-1]))
            self.surnames.setdefault(run[-1].text, set()).add(model.id)
        if named:
            spellings += [key_of(other) for other in _other_numerals(run)]
        if named and _lone_letter(run):
            # `Avalon-Q`: in a name of its own the last letter may be hyphenated; a board revision may not.
            spellings += _spellings(f"{key_of(run[:-1])}-{run[-1].text}", model.maker)
        for spelling in spellings:
            self.bare.setdefault(spelling, set()).add(model.id)
            if named:
                self.named_bare.setdefault(spelling, set()).add(model.id)


def _lone_letter(run: list[Token]) -> bool:
    """Whether a name ends with a letter that stands apart."""
    return len(run) > 1 and len(run[-1].text) == 1 and run[-1].text.isalpha() and not run[-1].glued


def _other_numerals(run: list[Token]) -> Iterator[list[Token]]:
    """The name with a number of its own in the other numerals: `KD Box II`, `KD Box 2`."""
    for index, token in enumerate(run):
        other = _NUMERALS.get(token.text)
        if other is not None and index and run[index - 1].text.isalpha() and not token.glued:
            yield [*run[:index], token.reading(other), *run[index + 1 :]]


def _coded_part(run: list[Token]) -> list[Token]:
    """What stands behind the words that a name begins with, where it is letters and number: `Mini Miner BMM 100`."""
    for index in range(1, len(run) - 1):
        if len(run[index - 1].text) < 3 or not run[index - 1].text.isalpha():
            break
        if run[index].text.isalpha() and run[index + 1].is_number and len(run[index].text) < _SURNAME:
            return run[index:]
    return []


def _surnamed(run: list[Token]) -> bool:
    """Whether a name ends with a word that may be left out, since its number tells the model: `SP20 Jackson`."""
    last = run[-1]
    return (
        not last.glued
        and len(last.text) >= _SURNAME
        and last.text.isalpha()
        and last.text not in VARIANTS
        and any(token.is_number for token in run[:-1])
    )


def _spellings(key: str, maker: str) -> list[str]:
    """The key of a code and the other ways in which the same code is written."""
    found = [key]
    if "-" in key:
        found.append(key.replace("-", ""))
    if key[-1] == "u" and (form := _FORMS.match(key)):
        # Firmware writes the rack form in front and a bare H for hydro: `U3S21EXPH`.
        found += [f"u{form[2]}{form[1]}h", f"{form[1]}u{form[2]}h"]
    if maker == "canaan" and (avalon := _AVALON.match(key)):
        found += [f"a{avalon[1]}{avalon[2] or ''}", f"{avalon[1]}{avalon[2] or ''}"]
    return found if len(found) == 1 else list(dict.fromkeys(found))

"""What the maker and model texts of a row add up to: the maker and model they name, or why they name none.

The maker column, the brands in the model text, the model code and the numbering of a product line are separate
claims. Where two firm claims contradict each other there is no maker; where a claim may mean something else it
only supports another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from provenance.identify.codes import CodeIndex, base_of
from provenance.identify.grammar import Grammar, Hit, Parse
from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.lines import LineMatch, ProductLines, categories_of
from provenance.identify.names import MINING, Claim, MakerNames, MakerReading
from provenance.identify.normalise import Token, fold, key_of, tokens
from provenance.identify.words import (
    BOARD_CODES,
    COOLING,
    MINING_CATEGORIES,
    REVISION,
    VARIANTS,
    WHATSMINER_PSU,
)

_DISTINCTIVE = re.compile(r"\d{4}|\d\d[a-z]*(?:j|k|xp|hyd|imm|\+\+|pro\+)")
"""Codes that no phone, graphics card or server shares, so that an unknown maker column does not unsettle them."""
_WHATSMINER_COOLING = re.compile(r"m\d([36])(?:s|\+|h|$)")
"""Series of Whatsminers that are hydro (3) or immersion (6) by their number."""
_LEFT_OUT = frozenset({"component", "asic-chip", "firmware"})
"""Makers of parts and firmware that stand beside the maker of the machine."""


@dataclass(frozen=True, slots=True)
class _Claims:
    """Who the maker can be, by witness."""

    column: MakerReading
    brands: frozenset[str]
    """Makers of the brands in the model text; empty without a firm one."""
    weak: frozenset[str]
    """Makers that ambiguous names and firmware point to."""
    clash: frozenset[str]
    """Makers of brands in the model text that contradict each other."""

    @property
    def column_firm(self) -> frozenset[str]:
        return frozenset() if self.column.weak else frozenset(self.column.makers)

    @property
    def unknown_column(self) -> bool:
        """Whether the maker column names somebody that the catalogue does not know."""
        return not self.column.blank and not self.column.makers


class TextReader:
    """Reads the texts of rows against a catalogue's names, codes and product lines."""

    def __init__(self, names: MakerNames, codes: CodeIndex, lines: ProductLines) -> None:
        self._names = names
        self._codes = codes
        self._lines = lines
        self._grammar = Grammar(names, codes)

    def read(
        self, maker_text: str | None, model_text: str | None, category: str | None, firmware: str | None
    ) -> TextReading:
        """Return what the texts of one row say; see `resolve.Identifier.read_text`."""
        column = self._names.read(maker_text)
        text = (model_text or "").strip()
        if not text and maker_text:
            # A model sometimes stands in the maker's column.
            run = self._run(maker_text)
            if any(hit.code.alone for hit in self._grammar.parse(run).hits):
                return self._read(MakerReading(), maker_text, run, category, firmware, maker_text=None)
        if not text:
            return self._maker_only(column, maker_text)
        return self._read(column, text, self._run(text), category, firmware, maker_text=maker_text)

    def _run(self, text: str) -> list[Token]:
        folded = self._names.spread(fold(text))
        return tokens(REVISION.sub(" ", folded) if "v" in folded else folded)

    def _read(
        self,
        column: MakerReading,
        text: str,
        run: list[Token],
        category: str | None,
        firmware: str | None,
        *,
        maker_text: str | None,
    ) -> TextReading:
        key = "".join([token.text for token in run])
        exact: tuple[str, ...] | None = None
        if key in self._codes.exact_words and not _listed(run):
            key = key_of(run)
            exact = self._codes.exact.get(key)
        code = self._codes.codes.get(key) if exact is not None else None
        if code is not None and code.alone:
            parse = Parse(run)
        else:
            parse = self._grammar.parse(run)
        claims = self._claims(column, parse, firmware)
        foreign = _foreign(category)
        special = self._special(key, parse, claims)
        if special is not None:
            return special
        if exact is not None:
            parse = self._exact_parse(parse, key, exact)
            claims = self._claims(column, parse, firmware)
        settled = (
            self._decide(parse, claims, foreign=foreign, exact=exact is not None) if parse.hits else None
        )
        if settled is None or (settled.model is None and not parse.several):
            fixed = self._mended(column, parse, firmware, foreign=foreign)
            if fixed is not None:
                return fixed
        if settled is not None and (settled.maker or len(settled.alternatives) > 1):
            return settled
        lined = self._by_line(text, claims, categories_of(category), maker_text)
        if lined is not None:
            return lined
        if settled is not None:
            return settled
        return self._by_claims(parse, claims, maker_text)

    # -- claims ---------------------------------------------------------------------------------------------------

    def _claims(self, column: MakerReading, parse: Parse, firmware: str | None) -> _Claims:
        if not parse.brands and not firmware and not any([hit.code.branded for hit in parse.hits]):
            weak_column = frozenset(column.makers) if column.weak else frozenset[str]()
            return _Claims(column, frozenset(), weak_column, frozenset())
        found = [(at, claim) for at, claim in parse.brands if self._counts(parse, at, claim)]
        solid = [
            claim
            for _, claim in found
            if not all(self._names.categories[m] in _LEFT_OUT for m in claim.makers)
        ]
        used = solid if solid or parse.hits else [claim for _, claim in found]
        firm = [frozenset(claim.makers) for claim in used if not claim.weak]
        firm += [frozenset(hit.code.makers) for hit in parse.hits if hit.code.branded]
        common = frozenset.intersection(*firm) if firm else frozenset[str]()
        clash = frozenset().union(*firm) if firm and not common else frozenset[str]()
        weak = {maker for claim in used if claim.weak for maker in claim.makers}
        weak.update(column.makers if column.weak else ())
        weak.update(self._firmware_makers(firmware))
        return _Claims(column, common, frozenset(weak), clash)

    def _counts(self, parse: Parse, at: int, claim: Claim) -> bool:
        """Names of makers outside mining count at the beginning of a text, or where no machine is named yet."""
        if any(self._names.categories[maker] == MINING for maker in claim.makers):
            return True
        return at == 0 or not parse.hits or bool(parse.part)

    def _firmware_makers(self, firmware: str | None) -> set[str]:
        if not firmware:
            return set()
        run = tokens(self._names.spread(fold(firmware)))
        found: set[str] = set()
        for index in range(len(run)):
            count = self._names.phrase_at(run, index)
            if count:
                phrase = "".join(token.text for token in run[index : index + count])
                found.update(self._names.phrases[phrase].makers)
        return {m for m in found if self._names.categories[m] == MINING and m not in {"braiins", "epic"}}

    # -- codes ----------------------------------------------------------------------------------------------------

    def _exact_parse(self, parse: Parse, key: str, models: tuple[str, ...]) -> Parse:
        """The parse of a text that is a known name as a whole."""
        makers = tuple(sorted({self._codes.models[model].maker for model in models}))
        code = self._codes.codes.get(key)
        if code is None:
            return parse
        if code.branded:
            code = replace(code, models=models, makers=makers)
        # A word that is both brand and code is no witness for itself.
        brands = [] if key in self._names.phrases else parse.brands
        return Parse(parse.run, brands=brands, hits=[Hit(key, code, 0, len(parse.run))], mining=parse.mining)

    def _decide(self, parse: Parse, claims: _Claims, *, foreign: bool, exact: bool) -> TextReading:
        if parse.part is not None:
            return self._part(parse, claims)
        hit = parse.hits[0]
        owners = {maker for found in parse.hits for maker in found.code.makers}
        maker, because, rivals = self._owner(parse, claims, owners, foreign=foreign)
        if maker is None:
            return self._undecided(parse, because, rivals)
        tier = self._maker_tier(claims, exact=exact, firm=bool(claims.brands) or hit.code.alone)
        if parse.several:
            models = self._of_maker(parse, maker)
            return self._reading(maker, tier, f"{because}; several models are named", models)
        model, doubt, siblings = self._model(parse, hit, maker)
        if model is None:
            return self._reading(maker, tier, f"{because}; {doubt}", siblings)
        unexplained = [*parse.unexplained, *self._odd_numbers(parse, model)]
        if not unexplained:
            model_tier = Tier.EXACT if exact else Tier.GRAMMAR
            return self._reading(maker, tier, because, (), model, model_tier)
        if not claims.brands and maker not in claims.column_firm:
            tier = Tier.FUZZY
        words = ", ".join(dict.fromkeys(unexplained))
        return self._reading(maker, tier, f"{because}; not explained: {words}", (), model, Tier.FUZZY)

    def _owner(
        self, parse: Parse, claims: _Claims, owners: set[str], *, foreign: bool
    ) -> tuple[str | None, str, tuple[str, ...]]:
        """The maker of the codes found, why, and the rivals between which there is none."""
        hit = parse.hits[0]
        code = _shown(hit.key)
        if claims.clash:
            return None, "the model text names several makers", tuple(claims.clash | owners)
        if claims.brands and not claims.brands & owners:
            if hit.code.alone or self._codes.doubtful(hit.key):
                why = f"the brand in the text and the model code {code} belong to different makers"
                return None, why, tuple(claims.brands | owners)
            owners = set(claims.brands)
        left = owners & claims.brands if claims.brands else owners
        if claims.column_firm:
            if not claims.column_firm & left:
                if claims.brands or hit.code.alone:
                    why = f"the maker column and the model text ({code}) name different makers"
                    return None, why, tuple(claims.column_firm | left)
                left = set(claims.column_firm)
            left = left & claims.column_firm
        elif (
            claims.column.weak and not set(claims.column.makers) & left and (claims.brands or hit.code.alone)
        ):
            why = f"the maker column and the model text ({code}) name different makers"
            return None, why, tuple(set(claims.column.makers) | left)
        if len(left) > 1 and claims.weak & left:
            left = left & claims.weak
        if len(left) > 1:
            return None, f"the code {code} is used by several makers", tuple(left)
        (maker,) = left
        witness = self._witness(parse, claims, maker)
        if witness:
            return maker, f"{witness} and the model code {code}", ()
        if not self._alone(parse, claims, foreign=foreign):
            return None, f"the code {code} stands without a brand", ()
        return maker, f"the model code {code}", ()

    def _witness(self, parse: Parse, claims: _Claims, maker: str) -> str:
        if maker in claims.column_firm:
            return "the maker column"
        if maker in claims.brands or any(found.code.branded for found in parse.hits):
            return "the brand in the text"
        return "a name in the text or firmware" if maker in claims.weak else ""

    def _alone(self, parse: Parse, claims: _Claims, *, foreign: bool) -> bool:
        """Whether the codes decide the maker without a brand or a maker column."""
        if foreign or any(self._names.categories[maker] != MINING for maker in claims.weak):
            return False
        strong = [
            found for found in parse.hits if found.code.alone or (parse.mining and found.code.in_context)
        ]
        if not strong:
            return False
        distinctive = any(_DISTINCTIVE.search(found.key) for found in strong)
        if claims.unknown_column and not (distinctive or parse.mining):
            return False
        strange = [word for word in parse.unexplained if not word.isdigit()]
        if strange and not (distinctive or parse.mining):
            return False
        if parse.variants and not parse.several and not parse.mining:
            own = self._codes.vocabulary.get(strong[0].code.makers[0], frozenset())
            return all(word[0] in "+-" or word in own for word in parse.variants)
        return True

    def _model(self, parse: Parse, hit: Hit, maker: str) -> tuple[str | None, str, tuple[str, ...]]:
        """The model that a code means, or what is in the way and the siblings it may be."""
        models = tuple(m for m in hit.code.models if self._codes.models[m].maker == maker)
        plain = self._names.own_phrase(maker, parse.run[hit.start : hit.stop])
        bare = key_of(parse.run[hit.start + plain : hit.stop]) if hit.code.branded else hit.key
        siblings = self._codes.siblings(maker, base_of(bare)) or models
        if not models:
            return None, f"{self._names.names[maker]} has no known model {_shown(hit.key)}", ()
        extra = [*parse.variants, *(word for word in parse.cooling if not self._implied(word, bare, maker))]
        if extra:
            return None, f"{_shown(bare)} with {', '.join(extra)} is no known model", siblings
        if len(models) > 1:
            return None, f"{_shown(hit.key)} names several models", models
        model = models[0]
        if parse.form is not None and (forms := self._codes.forms.get(model)):
            if parse.form not in forms:
                return None, f"{_shown(bare)} is not known as {parse.form.upper()}", siblings
            model = forms[parse.form]
        return model, "", ()

    def _implied(self, cooling: str, bare: str, maker: str) -> bool:
        """Whether a cooling word only says what the series is anyway."""
        if maker == "microbt" and (series := _WHATSMINER_COOLING.match(bare)):
            return cooling == ("hyd" if series[1] == "3" else "imm")
        return cooling == "air" and cooling in COOLING and f"{bare}air" not in self._codes.codes

    def _odd_numbers(self, parse: Parse, model: str) -> list[str]:
        """Numbers without a unit that are none of the model's hashrates."""
        if not parse.numbers:
            return []
        rates = [
            float(found[0])
            for label in self._codes.models[model].hashrates
            if (found := _NUMBER.match(label))
        ]
        return [n for n in parse.numbers if not any(_same_rate(n, rate) for rate in rates)]

    def _of_maker(self, parse: Parse, maker: str) -> tuple[str, ...]:
        models = {m for hit in parse.hits for m in hit.code.models if self._codes.models[m].maker == maker}
        return tuple(sorted(models))

    def _undecided(self, parse: Parse, because: str, rivals: Iterable[str]) -> TextReading:
        """No maker: the alternatives are the models of the codes, and the makers that have none of them."""
        strange = [*parse.unexplained, *(word for word in parse.variants if word.isalpha() and word not in VARIANTS)]
        if strange and not parse.brands and not parse.mining:
            return _nothing(Kind.UNKNOWN, f"{because}, beside {', '.join(strange)}", ())
        models = {model for hit in parse.hits for model in hit.code.models}
        covered = {self._codes.models[model].maker for model in models}
        others = set(rivals) - covered
        if rivals:
            models = {m for m in models if self._codes.models[m].maker in set(rivals)}
        kind = Kind.MACHINE if len(covered | others) > 1 else Kind.UNKNOWN
        return _nothing(kind, because, tuple(sorted(models | others)))

    # -- parts, boards, infrastructure ----------------------------------------------------------------------------

    def _special(self, key: str, parse: Parse, claims: _Claims) -> TextReading | None:
        """Texts that are about a part or about the site."""
        board = BOARD_CODES.match(key) is not None
        if board or WHATSMINER_PSU.match(key):
            maker = "bitmain" if board else "microbt"
            if maker in self._names.names and not (claims.column_firm - {maker}):
                what = "a hash board" if board else "a power supply"
                return self._of_kind(Kind.PART, maker, Tier.GRAMMAR, f"the text is the number of {what}")
        if parse.part is not None:
            return self._part(parse, claims)
        if parse.infrastructure and not parse.hits:
            return self._maker_of_thing(Kind.OTHER, claims, "the text names infrastructure of a site")
        return None

    def _part(self, parse: Parse, claims: _Claims) -> TextReading:
        part = parse.part or "part"
        because = f"the text names a part ({part})"
        if part.startswith("apw") and "bitmain" in self._names.names and not claims.column_firm - {"bitmain"}:
            return self._of_kind(Kind.PART, "bitmain", Tier.GRAMMAR, f"{because} of Bitmain's APW line")
        if parse.part_first and parse.hits:
            # `fan for S19`: anybody may have made it.
            claims = replace(claims, brands=frozenset())
        reading = self._maker_of_thing(Kind.PART, claims, because)
        if reading.maker is None and not reading.alternatives:
            models = {model for hit in parse.hits for model in hit.code.models}
            return replace(
                reading, alternatives=tuple(sorted(self._codes.models[m].maker for m in models)[:1])
            )
        return reading

    def _maker_of_thing(self, kind: Kind, claims: _Claims, because: str) -> TextReading:
        """A part or a thing of the site: its maker is who the column or a brand says."""
        makers, tier, why, rivals = self._named(claims)
        if makers is None:
            return _nothing(kind, f"{because}{why}", rivals)
        return self._of_kind(kind, makers, tier, f"{because}; {why}")

    # -- product lines and names alone ----------------------------------------------------------------------------

    def _by_line(
        self, text: str, claims: _Claims, categories: frozenset[str], maker_text: str | None
    ) -> TextReading | None:
        """The maker of a product line outside mining, where the other claims agree with it."""
        hint = claims.column_firm | claims.brands | frozenset(claims.column.makers)
        match = self._lines.match(text, hint, categories)
        if match is None:
            return None
        named = frozenset(self._names.house(maker) for maker in match.makers)
        shown = "; ".join(match.names)
        for claim, where in self._line_claims(match, claims):
            if claim & named:
                named &= claim
            elif not (where == "column" and any(self._names.could_be(maker_text, m) for m in named)):
                why = f"the numbering ({shown}) and the maker that is named disagree"
                return _nothing(Kind.MACHINE, why, tuple(sorted(claim | named)))
        kind = Kind.PART if match.category == "power" else Kind.MACHINE
        kind = Kind.OTHER if match.category == "cabling" else kind
        name = " ".join(text.split())
        if len(named) > 1:
            why = f"several makers use this numbering ({shown})"
            return replace(
                _nothing(kind, why, tuple(sorted(named))), model_name=name, category=match.category
            )
        (maker,) = named
        tier = self._maker_tier(claims, exact=False, firm=True)
        reading = self._of_kind(kind, maker, tier, f"the numbering of {shown}")
        return replace(reading, model_name=name, category=match.category)

    def _line_claims(self, match: LineMatch, claims: _Claims) -> list[tuple[frozenset[str], str]]:
        found: list[tuple[frozenset[str], str]] = []
        if match.brand is not None:
            found.append((frozenset(match.brand.makers), "text"))
        if claims.brands:
            found.append((claims.brands, "text"))
        if claims.column.makers:
            found.append((frozenset(claims.column.makers), "column"))
        return found

    def _by_claims(self, parse: Parse, claims: _Claims, maker_text: str | None) -> TextReading:
        """No code and no numbering: the maker alone, where it is named."""
        families = frozenset(parse.families) & frozenset(self._names.names)
        if families and claims.column.makers and not families & frozenset(claims.column.makers):
            if not any(self._names.could_be(maker_text, family) for family in families):
                why = "the maker column and the product family in the text name different makers"
                return _nothing(Kind.MACHINE, why, tuple(sorted(families | frozenset(claims.column.makers))))
        if len(families) == 1 and not claims.brands and not claims.clash and claims.column.weak:
            (family,) = families
            return self._of_kind(
                Kind.MACHINE, family, Tier.GRAMMAR, "the maker column and the product family"
            )
        maker, tier, why, rivals = self._named(claims)
        if maker is None:
            kind = Kind.MACHINE if len(rivals) > 1 else Kind.UNKNOWN
            return _nothing(kind, why.lstrip("; ") or "nothing in the texts is known", rivals)
        if families and maker not in families:
            return _nothing(
                Kind.MACHINE, "the texts name different makers", tuple(sorted({maker, *families}))
            )
        return self._of_kind(Kind.MACHINE, maker, tier, f"{why}; the model is not known")

    def _named(self, claims: _Claims) -> tuple[str | None, Tier, str, tuple[str, ...]]:
        """The maker that column and brands name: it, its tier, the reason, and the rivals where there is none."""
        if claims.clash:
            return None, Tier.NONE, "; the text names several makers", tuple(sorted(claims.clash))
        column = frozenset(claims.column.makers)
        if claims.brands and column and not claims.brands & column:
            why = "; the maker column and the model text name different makers"
            return None, Tier.NONE, why, tuple(sorted(claims.brands | column))
        named = claims.brands & column if claims.brands and column else claims.brands | claims.column_firm
        if len(named) == 1:
            (maker,) = named
            if maker in claims.column_firm:
                return maker, claims.column.tier, "the maker column", ()
            return maker, Tier.GRAMMAR, "the brand in the text", ()
        rivals = tuple(sorted(named or column or claims.weak))
        why = "; the name also means something else" if rivals and not named else ""
        why = "; the name is used by several makers" if len(rivals) > 1 else why
        return None, Tier.NONE, why, rivals

    def _maker_only(self, column: MakerReading, maker_text: str | None) -> TextReading:
        claims = _Claims(column, frozenset(), frozenset(), frozenset())
        maker, tier, why, rivals = self._named(claims)
        if maker is None:
            unknown = (
                "the maker column names nobody that is known" if (maker_text or "").strip() else "no text"
            )
            return _nothing(Kind.UNKNOWN, why.lstrip("; ") or unknown, rivals)
        return self._of_kind(Kind.UNKNOWN, maker, tier, why)

    # -- typing errors --------------------------------------------------------------------------------------------

    def _mended(
        self, column: MakerReading, parse: Parse, firmware: str | None, *, foreign: bool
    ) -> TextReading | None:
        """A model that another reading of the text names: a zero, a board revision, a typing error."""
        from provenance.identify.mending import mended

        for version, why in mended(parse.run, parse, self._names, self._codes):
            again = self._grammar.parse(version)
            if not again.hits or again.several:
                continue
            claims = self._claims(column, again, firmware)
            reading = self._decide(again, claims, foreign=foreign, exact=False)
            if reading.model is not None:
                return _as_fuzzy(reading, why)
        return None

    # -- readings -------------------------------------------------------------------------------------------------

    def _maker_tier(self, claims: _Claims, *, exact: bool, firm: bool) -> Tier:
        if claims.column.tier is Tier.EXACT and claims.column_firm:
            return Tier.EXACT
        if exact:
            return Tier.EXACT
        return Tier.GRAMMAR if firm or claims.column_firm or claims.weak else Tier.FUZZY

    def _of_kind(self, kind: Kind, maker: str, tier: Tier, because: str) -> TextReading:
        return replace(self._reading(maker, tier, because, ()), kind=kind)

    def _reading(
        self,
        maker: str,
        tier: Tier,
        because: str,
        alternatives: tuple[str, ...],
        model: str | None = None,
        model_tier: Tier = Tier.NONE,
    ) -> TextReading:
        return TextReading(
            kind=Kind.MACHINE,
            maker=maker,
            maker_name=self._names.names[maker],
            maker_tier=tier,
            model=model,
            model_name=self._codes.models[model].name if model is not None else None,
            model_tier=model_tier,
            decided_by=because,
            alternatives=tuple(sorted(alternatives)),
            category=self._names.categories[maker],
        )


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _same_rate(number: str, rate: float) -> bool:
    """Whether a bare number is a hashrate: `104`, or `9050` for 9.05 GH/s."""
    try:
        value = float(number)
    except ValueError:
        return False
    return value in {rate, rate * 1000}


def _shown(key: str) -> str:
    return key.replace("~", "-").upper()


def _listed(run: list[Token]) -> bool:
    """Whether a text is a list: then it is no name as a whole, whatever its tokens spell."""
    return any(mark in token.sep for token in run[1:] for mark in "/,;&|")


def _foreign(category: str | None) -> bool:
    """Whether a category column places a row outside mining."""
    lowered = (category or "").lower()
    return bool(categories_of(lowered)) and not any(word in lowered for word in MINING_CATEGORIES)


def _nothing(kind: Kind, because: str, alternatives: tuple[str, ...]) -> TextReading:
    return TextReading(
        kind, None, None, Tier.NONE, None, None, Tier.NONE, because, tuple(sorted(alternatives)), None
    )


def _as_fuzzy(reading: TextReading, why: str) -> TextReading:
    """A reading that rests on a mended text: never better than fuzzy."""
    return replace(
        reading,
        maker_tier=max(reading.maker_tier, Tier.FUZZY, key=lambda tier: tier.rank),
        model_tier=max(reading.model_tier, Tier.FUZZY, key=lambda tier: tier.rank),
        decided_by=f"{reading.decided_by}; {why}",
    )

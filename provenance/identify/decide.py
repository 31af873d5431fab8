"""From the model codes in a text to the maker and the model: who owns a code, and which model it is.

A code decides its maker with a brand or the maker column beside it, or alone where no other maker uses it. A leftover
that could tell siblings apart leaves the model open.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.expressions import expression
from provenance.identify.claims import Claims
from provenance.identify.codes import CodeIndex, base_of
from provenance.identify.explain import ends_item, in_list
from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.names import MINING, MakerNames
from provenance.identify.normalise import key_of
from provenance.identify.parse import Hit, Parse
from provenance.identify.readings import Readings, nothing
from provenance.identify.words import DESCRIPTIVE, VARIANTS

_DISTINCTIVE = expression(r"\d{4}|\d\d[a-z]*(?:j|k|xp|hyd|imm|\+\+|pro\+)|^s1[79](?:pro|\+|e)")
"""Codes that no phone, graphics card or server shares, so that an unknown maker column does not unsettle them."""
_COOLED = {"air": "air", "hyd": "hydro", "imm": "immersion"}
"""Words for the cooling of a machine, and what the catalogue calls it."""
_REMEMBERED = 1 << 14
"""So many plain readings are remembered."""


class CodeReader:
    """Reads the codes of a parsed text."""

    def __init__(self, names: MakerNames, codes: CodeIndex, readings: Readings) -> None:
        self._names = names
        self._codes = codes
        self._readings = readings
        self._known: dict[tuple[str, str, str, bool, Tier], TextReading] = {}

    def read(self, parse: Parse, claims: Claims, *, foreign: bool, exact: bool) -> TextReading:
        """Return the maker and model that the codes of a text name.

        Args:
            parse: The text, with at least one code.
            claims: Who the maker can be.
            foreign: Whether the category column places the row outside mining.
            exact: Whether the text as a whole is a known name.
        """
        hit = parse.hits[0]
        if parse.plain and not foreign:
            plain = self._plain(parse, claims, hit, exact=exact)
            if plain is not None:
                return plain
        owners = {maker for found in parse.hits for maker in found.code.makers}
        maker, because, rivals = self._owner(parse, claims, owners, foreign=foreign)
        if maker is None:
            return self._undecided(parse, because, rivals)
        tier = maker_tier(claims, exact=exact, firm=bool(claims.brands) or hit.code.alone)
        if parse.several:
            models = self._of_maker(parse, maker)
            return self._readings.of_machine(maker, tier, f"{because}; several models are named", models)
        model, doubt, siblings = self._model(parse, hit, maker)
        if model is None:
            return self._readings.of_machine(maker, tier, f"{because}; {doubt}", siblings)
        unexplained = [*parse.unexplained, *self._odd_numbers(parse, model)]
        if not unexplained:
            model_tier = Tier.EXACT if exact else max(tier, Tier.GRAMMAR, key=lambda each: each.rank)
            return self._readings.of_machine(maker, tier, because, model=model, model_tier=model_tier)
        if not claims.brands and maker not in claims.column_firm:
            tier = Tier.FUZZY
        words = ", ".join(dict.fromkeys(unexplained))
        because = f"{because}; not explained: {words}"
        return self._readings.of_machine(maker, tier, because, model=model, model_tier=Tier.FUZZY)

    def _plain(self, parse: Parse, claims: Claims, hit: Hit, *, exact: bool) -> TextReading | None:
        """The common case, in less time: one code of one model that decides its maker, and nothing against it."""
        code = hit.code
        if not code.alone or len(code.models) != 1 or claims.clash or claims.weak:
            return None
        maker = code.makers[0]
        column = claims.column
        if (claims.brands and maker not in claims.brands) or (not column.blank and column.makers != (maker,)):
            return None
        witness = self._witness(parse, claims, maker)
        key = (hit.key, witness, _shown(parse, hit), exact, column.tier)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            because = f"{witness} and the model code {key[2]}" if witness else f"the model code {key[2]}"
            known = self._known[key] = self._readings.of_machine(
                maker,
                maker_tier(claims, exact=exact, firm=True),
                because,
                model=code.models[0],
                model_tier=Tier.EXACT if exact else Tier.GRAMMAR,
            )
        return known

    def _owner(
        self, parse: Parse, claims: Claims, owners: set[str], *, foreign: bool
    ) -> tuple[str | None, str, tuple[str, ...]]:
        """The maker of the codes found, why, and the rivals between which there is none."""
        hit = parse.hits[0]
        code = _shown(parse, hit)
        if claims.clash or (parse.several and self._of_strangers(parse, claims)):
            return None, "the model text names several makers", tuple(claims.clash | claims.brands | owners)
        if claims.brands and not claims.brands & owners:
            named = bool(claims.weak & owners)  # `Antminer & Avalon A641`
            doubtful = (
                named or hit.code.alone or self._codes.doubtful(hit.key) or self._of_another(claims, hit)
            )
            if doubtful and not self._outside(parse, claims):
                why = f"the brand in the text and the model code {code} belong to different makers"
                return None, why, tuple(claims.brands | owners)
            owners = set(claims.brands)
        rivals = self._weak_rivals(parse, claims, owners)
        if rivals:
            why = f"the name in the text and the model code {code} belong to different makers"
            return None, why, tuple(rivals | owners)
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
        if len(left) > 1 and claims.weak & left and not (parse.several and _beside(claims.weak, parse)):
            left = left & claims.weak
        if len(left) > 1:
            one = left <= set(hit.code.makers)
            why = (
                f"the code {code} is used by several makers" if one else "the model text names several makers"
            )
            return None, why, tuple(left)
        (maker,) = left
        witness = self._witness(parse, claims, maker)
        if witness:
            return maker, f"{witness} and the model code {code}", ()
        if not self._alone(parse, claims, foreign=foreign):
            return None, f"the code {code} stands without a brand", ()
        return maker, f"the model code {code}", ()

    @staticmethod
    def _of_strangers(parse: Parse, claims: Claims) -> bool:
        """Whether a list names, beside a brand or the maker column, a machine of another maker: `Antminer S19, M30S`."""
        named, run = claims.brands | claims.column_firm, parse.run
        strangers = [hit for hit in parse.hits if named and named.isdisjoint(hit.code.makers)]
        return any(hit.code.alone or in_list(run, hit.start) or ends_item(run, hit.stop) for hit in strangers)

    def _weak_rivals(self, parse: Parse, claims: Claims, owners: set[str]) -> set[str]:
        """Makers of ambiguous names in the text that have the series of a code too, `DragonBall KS0`, or one of several."""
        if parse.several and claims.brands:
            return {maker for hit in parse.hits for maker in hit.code.makers} & (claims.weak - claims.brands)
        if claims.brands or claims.column_firm:
            return set()
        letters = base_of(parse.hits[0].key).rstrip("0123456789.")
        return {maker for maker in claims.weak - owners if (maker, letters) in self._codes.series}

    def _of_another(self, claims: Claims, hit: Hit) -> bool:
        """Whether a code with a suffix of its own is one maker's and the brand another's: `Bitmain A3 Pro Hyd`."""
        suffixed = hit.key != base_of(hit.key) and len(hit.code.makers) == 1
        return suffixed and all(self._names.categories[maker] == MINING for maker in claims.brands)

    def _outside(self, parse: Parse, claims: Claims) -> bool:
        """Whether a brand outside mining owns a text whose code is only like a miner's: `ThinkCentre M70q`."""
        return bool(parse.variants) and all(
            self._names.categories[maker] != MINING for maker in claims.brands
        )

    def _witness(self, parse: Parse, claims: Claims, maker: str) -> str:
        if maker in claims.column_firm:
            return "the maker column"
        if maker in claims.brands or any(found.code.branded for found in parse.hits):
            return "the brand in the text"
        return "a name in the text or firmware" if maker in claims.weak else ""

    def _alone(self, parse: Parse, claims: Claims, *, foreign: bool) -> bool:
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
        strange = parse.unexplained
        if parse.mining and any(self._codes.in_open_series(found.key) for found in strong):
            strange = []  # `these are T21 miners`: no brand but the leader's has such numbers.
        if strange and not distinctive and (not parse.mining or any(word.isascii() for word in strange)):
            return False  # `Greatwolf Miner B1`: the word may be a brand that nobody knows here.
        if parse.families or (_loose(parse) and not parse.mining):
            return False
        if parse.variants and not parse.several and not parse.mining:
            own = self._codes.vocabulary.get(strong[0].code.makers[0], frozenset())
            return all(word[0] in "+-" or word in own for word in parse.variants)
        return True

    def _model(self, parse: Parse, hit: Hit, maker: str) -> tuple[str | None, str, tuple[str, ...]]:
        """The model that a code means, or what is in the way and the siblings it may be."""
        code = _shown(parse, hit)
        bare = hit.key
        if hit.code.branded:
            brand = self._names.own_phrases(maker, parse.run[hit.start : hit.stop - 1])
            bare = key_of(parse.run[hit.start + max(brand, default=0) : hit.stop])
        meant = hit.code
        if parse.memory and (sized := self._codes.sized.get(bare)) and not bare.endswith("gb"):
            if f"{bare}{parse.memory}" not in sized:
                return None, f"{code} with {parse.memory.upper()} is no known model", hit.code.models
            meant = self._codes.codes[f"{bare}{parse.memory}"]
        models = tuple(m for m in meant.models if self._codes.models[m].maker == maker)
        siblings = self._codes.siblings(maker, base_of(bare)) or models
        if not models:
            return None, f"{self._names.names[maker]} has no known model {code}", ()
        variants = [word for word in parse.variants if word not in DESCRIPTIVE]
        extra = variants + [word for word in parse.cooling if not self._implied(word, bare, maker, models)]
        if extra:
            return None, f"{code} with {', '.join(extra)} is no known model", siblings
        if len(models) > 1:
            return None, f"{code} names several models", models
        model = models[0]
        strange = [t.text for t in parse.run if model not in self._codes.surnames.get(t.text, (model,))]
        if strange:
            return None, f"{code} is not known as {strange[0]}", siblings
        if parse.form is None:
            return model, "", ()
        forms = self._codes.forms.get(model, {})
        if parse.form not in forms and (forms or (maker, parse.form) not in self._codes.rack_forms):
            return None, f"{code} is not known as {parse.form.upper()}", siblings
        return forms.get(parse.form, model), "", ()

    def _implied(self, cooling: str, bare: str, maker: str, models: tuple[str, ...]) -> bool:
        """Whether a cooling word only says what the model is anyway."""
        if f"{bare}{cooling}" in self._codes.codes:
            return False
        known = {self._codes.models[model].cooling for model in models}
        if maker == "microbt" and known & {"hydro", "immersion"}:
            return cooling != "air"  # Dealers say either; the number tells which it is.
        return known == {_COOLED[cooling]} or (cooling == "air" and not known & {"hydro", "immersion"})

    def _odd_numbers(self, parse: Parse, model: str) -> list[str]:
        """Numbers without a unit that are none of the model's hashrates."""
        if not parse.numbers:
            return []
        return [n for n in parse.numbers if not self._codes.is_rate(n, (model,))]

    def _of_maker(self, parse: Parse, maker: str) -> tuple[str, ...]:
        models = {m for hit in parse.hits for m in hit.code.models if self._codes.models[m].maker == maker}
        return tuple(sorted(models))

    def _undecided(self, parse: Parse, because: str, rivals: Iterable[str]) -> TextReading:
        """No maker: the alternatives are the models of the codes, and the makers that have none of them."""
        strange = [
            *parse.unexplained,
            *(word for word in parse.variants if word.isalpha() and word not in VARIANTS),
        ]
        if strange and not parse.brands and not parse.mining:
            return nothing(Kind.UNKNOWN, f"{because}, beside {', '.join(strange)}", ())
        models = {model for hit in parse.hits for model in hit.code.models}
        covered = {self._codes.models[model].maker for model in models}
        others = set(rivals) - covered
        if rivals:
            models = {m for m in models if self._codes.models[m].maker in set(rivals)}
        kind = Kind.MACHINE if len(covered | others) > 1 else Kind.UNKNOWN
        return nothing(kind, because, tuple(sorted(models | others)))


def _beside(makers: frozenset[str], parse: Parse) -> bool:
    """Whether a code stands in a text that is of none of these makers."""
    return any(makers.isdisjoint(hit.code.makers) for hit in parse.hits)


def maker_tier(claims: Claims, *, exact: bool, firm: bool) -> Tier:
    """Return how a maker was reached.

    Args:
        claims: Who the maker can be.
        exact: Whether the model text as a whole is a known name.
        firm: Whether the model text alone decides the maker.
    """
    if exact or (claims.column_firm and claims.column.tier is Tier.EXACT):
        return Tier.EXACT
    if firm:
        return Tier.GRAMMAR
    if claims.column_firm:
        return claims.column.tier
    return Tier.GRAMMAR if claims.weak else Tier.FUZZY


def _shown(parse: Parse, hit: Hit) -> str:
    """The code as the text has it, in upper case."""
    run = parse.run[hit.start : hit.stop]
    return "".join([f" {token.text}" if token.sep else token.text for token in run]).strip().upper()


def _loose(parse: Parse) -> bool:
    """Whether letters and number of every code stand apart (`D 7`): words that happen to spell it."""
    return all(
        len(hit.key) > 1
        and len(parse.run[hit.start].text) == 1
        and hit.start + 1 < hit.stop
        and not parse.run[hit.start + 1].glued
        for hit in parse.hits
    )

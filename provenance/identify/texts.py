"""What the maker and model texts of a row add up to: the maker and model they name, or why they name none.

The maker column, the brands in the model text, the model code and the numbering of a product line are separate
claims. Where two firm claims contradict each other there is no maker; where a claim may mean something else it
only supports another.
"""

from __future__ import annotations

from dataclasses import replace

from provenance.identify.claims import Claims, claims_of, named_by
from provenance.identify.codes import CodeIndex
from provenance.identify.decide import CodeReader, maker_tier
from provenance.identify.grammar import Grammar
from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.lines import LineMatch, ProductLines, categories_of
from provenance.identify.names import MakerNames, MakerReading
from provenance.identify.normalise import Token, fold, key_of, tokens, without_revision
from provenance.identify.parse import Hit, Parse
from provenance.identify.part_codes import PartCodes
from provenance.identify.readings import Readings, as_fuzzy, nothing
from provenance.identify.shapes import Shapes
from provenance.identify.words import MINING_CATEGORIES

_LONGEST = 400
"""More characters than a name has with all that is written beside it; what comes behind is a description."""

_REMEMBERED = 1 << 16
"""So many texts are remembered by their shape."""


class TextReader:
    """Reads the texts of rows against a catalogue's names, codes and product lines."""

    def __init__(self, names: MakerNames, codes: CodeIndex, lines: ProductLines, parts: PartCodes) -> None:
        self._names = names
        self._codes = codes
        self._lines = lines
        self._parts = parts
        self._grammar = Grammar(names, codes)
        self._readings = Readings(names, codes)
        self._known: dict[tuple[str | None, str, str | None, str | None], TextReading] = {}
        """Readings with a model, by the shape of the text: no model hangs on the numbers that a shape leaves out."""
        self._shapes = Shapes(names, codes)
        self._by_code = CodeReader(names, codes, self._readings)

    def read(
        self, maker_text: str | None, model_text: str | None, category: str | None, firmware: str | None
    ) -> TextReading:
        """Return what the texts of one row say; see `resolve.Identifier.read_text`."""
        text = (model_text or "")[:_LONGEST].strip()
        maker_text = maker_text[:_LONGEST] if maker_text else None
        column = self._names.read(maker_text)
        if not text and maker_text:
            # A model sometimes stands in the maker's column.
            run = self._run(maker_text)
            if any(hit.code.alone for hit in self._grammar.parse(run).hits):
                return self._read(MakerReading(), maker_text, run, category, firmware, maker_text=None)
        if not text:
            return self._maker_only(column, maker_text)
        key = (maker_text, self._shapes.of(text), category, firmware)
        known = self._known.get(key)
        if known is not None:
            return known
        folded = self._names.spread(fold(text))
        core = (maker_text, self._shapes.core(folded), category, firmware)
        reading = self._known.get(core)
        if reading is None:
            run = tokens(without_revision(folded))
            reading = self._read(column, text, run, category, firmware, maker_text=maker_text)
        if reading.model is not None and reading.model_tier is not Tier.FUZZY:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._known[core] = reading
        return reading

    def _run(self, text: str) -> list[Token]:
        folded = self._names.spread(fold(text))
        return tokens(without_revision(folded))

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
            parse = self._grammar.parse(run, frozenset(column.makers))
        claims = claims_of(self._names, column, parse, firmware)
        foreign = _foreign(category)
        special = self._special(key, parse, claims)
        if special is not None:
            return special
        if exact is not None:
            parse = self._exact_parse(parse, key, exact)
            claims = claims_of(self._names, column, parse, firmware)
        settled = (
            self._by_code.read(parse, claims, foreign=foreign, exact=exact is not None)
            if parse.hits
            else None
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
        if parse.infrastructure and not parse.hits:
            return self._maker_of_thing(Kind.OTHER, claims, "the text names infrastructure of a site")
        if settled is not None:
            return settled
        return self._by_claims(parse, claims, maker_text)

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

    def _special(self, key: str, parse: Parse, claims: Claims) -> TextReading | None:
        """Texts that are about a part of a machine."""
        code = self._parts.whole(key) if key not in self._codes.exact else None
        if code is not None and not claims.column_firm - {code.maker}:
            because = f"the text is the number of a part ({code.title})"
            return self._readings.of_kind(Kind.PART, code.maker, Tier.GRAMMAR, because)
        if parse.part is not None:
            return self._part(parse, claims)
        return None

    def _part(self, parse: Parse, claims: Claims) -> TextReading:
        part = parse.part or "part"
        because = f"the text names a part ({part})"
        code = self._parts.inside(parse.run)
        if code is not None and not (claims.column_firm | claims.brands) - {code.maker}:
            because = f"{because}, with the number of one ({code.title})"
            return self._readings.of_kind(Kind.PART, code.maker, Tier.GRAMMAR, because)
        if part.startswith("apw") and "bitmain" in self._names.names and not claims.column_firm - {"bitmain"}:
            return self._readings.of_kind(
                Kind.PART, "bitmain", Tier.GRAMMAR, f"{because} of Bitmain's APW line"
            )
        if parse.part_first and (
            parse.hits or any(token.text in {"for", "fuer", "fur"} for token in parse.run)
        ):
            # `fan for S19`: anybody may have made it.
            claims = replace(claims, brands=frozenset())
        reading = self._maker_of_thing(Kind.PART, claims, because)
        if reading.maker is None and not reading.alternatives:
            models = {model for hit in parse.hits for model in hit.code.models}
            return replace(
                reading, alternatives=tuple(sorted(self._codes.models[m].maker for m in models)[:1])
            )
        return reading

    def _maker_of_thing(self, kind: Kind, claims: Claims, because: str) -> TextReading:
        """A part or a thing of the site: its maker is who the column or a brand says."""
        makers, tier, why, rivals = named_by(claims)
        if makers is None:
            return nothing(kind, f"{because}{why}", rivals)
        return self._readings.of_kind(kind, makers, tier, f"{because}; {why}")

    def _by_line(
        self,
        text: str,
        claims: Claims,
        categories: frozenset[str],
        maker_text: str | None,
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
            elif not any(
                self._names.could_be(name, maker)
                for name in ([maker_text] if where == "column" else self._brand_words(text))
                for maker in named
            ):
                why = f"the numbering ({shown}) and the maker that is named disagree"
                return nothing(Kind.MACHINE, why, tuple(sorted(claim | named)))
        kind = Kind.PART if match.category in {"power", "psu"} else Kind.MACHINE
        kind = Kind.OTHER if match.category == "cabling" else kind
        name = " ".join(text.split())
        if len(named) > 1:
            why = f"several makers use this numbering ({shown})"
            return replace(nothing(kind, why, tuple(sorted(named))), model_name=name, category=match.category)
        (maker,) = named
        tier = maker_tier(claims, exact=False, firm=True)
        reading = self._readings.of_kind(kind, maker, tier, f"the numbering of {shown}")
        return replace(reading, model_name=name, category=match.category)

    @staticmethod
    def _brand_words(text: str) -> list[str]:
        """The word that a text begins with: the brand in front of a numbering."""
        return text.split()[:1]

    def _line_claims(self, match: LineMatch, claims: Claims) -> list[tuple[frozenset[str], str]]:
        found: list[tuple[frozenset[str], str]] = []
        if match.brand is not None:
            found.append((frozenset(match.brand.makers), "text"))
        if claims.brands:
            found.append((claims.brands, "text"))
        if claims.column.makers:
            found.append((frozenset(claims.column.makers), "column"))
        return found

    def _by_claims(self, parse: Parse, claims: Claims, maker_text: str | None) -> TextReading:
        """No code and no numbering: the maker alone, where it is named."""
        families = frozenset(parse.families) & frozenset(self._names.names)
        column = frozenset(claims.column.makers)
        meant = any(self._names.could_be(maker_text, family) for family in families)
        if families and column and not families & column and not meant:
            why = "the maker column and the product family in the text name different makers"
            return nothing(Kind.MACHINE, why, families | column)
        if len(families) == 1 and not claims.brands and not claims.clash:
            (family,) = families
            if claims.column.weak:
                why = "the maker column and the product family"
                return self._readings.of_kind(Kind.MACHINE, family, Tier.GRAMMAR, why)
            if claims.column.blank and self._names.shortened_before_family(parse.run, family):
                why = "the short name in front of the product family"
                return self._readings.of_kind(
                    Kind.MACHINE, family, Tier.GRAMMAR, f"{why}; the model is not known"
                )
        maker, tier, why, rivals = named_by(claims)
        shaped = self._by_shape(parse, claims) if maker is None else None
        if shaped is not None:
            why = "a name that also means something else, with a number of its maker's shape; the model is not known"
            return self._readings.of_kind(Kind.MACHINE, shaped, Tier.GRAMMAR, why)
        if maker is None and families and not rivals:
            labels = " or ".join(sorted(self._names.names[family] for family in families))
            why = f"a product family of {labels}, whose name alone decides nothing"
            return nothing(Kind.UNKNOWN, why, tuple(sorted(families)))
        if maker is None:
            kind = Kind.MACHINE if len(rivals) > 1 else Kind.UNKNOWN
            return nothing(kind, why.lstrip("; ") or "nothing in the texts is known", rivals)
        if families and maker not in families:
            return nothing(Kind.MACHINE, "the texts name different makers", tuple(sorted({maker, *families})))
        return self._readings.of_kind(Kind.MACHINE, maker, tier, f"{why}; the model is not known")

    def _by_shape(self, parse: Parse, claims: Claims) -> str | None:
        """The maker that an ambiguous name in the text and the shape of an unknown number point to: `Avalon A1999`."""
        if len(claims.weak) != 1 or claims.clash or not claims.column.blank:
            return None
        (maker,) = claims.weak
        pairs = zip(parse.run, parse.run[1:], strict=False)
        shapes = self._codes.shapes
        found = any(
            two.is_number
            and (
                (two.glued and (maker, one.text, len(two.text)) in shapes)
                or (maker, "", len(two.text)) in shapes
            )
            for one, two in pairs
        )
        return maker if found else None

    def _maker_only(self, column: MakerReading, maker_text: str | None) -> TextReading:
        claims = Claims(column, frozenset(), frozenset(), frozenset())
        maker, tier, why, rivals = named_by(claims)
        if maker is None:
            unknown = (
                "the maker column names nobody that is known" if (maker_text or "").strip() else "no text"
            )
            return nothing(Kind.UNKNOWN, why.lstrip("; ") or unknown, rivals)
        return self._readings.of_kind(Kind.UNKNOWN, maker, tier, why)

    def _mended(
        self, column: MakerReading, parse: Parse, firmware: str | None, *, foreign: bool
    ) -> TextReading | None:
        """A model that another reading of the text names: a zero, a board revision, a typing error."""
        from provenance.identify.mending import mended

        for version, why in mended(parse.run, parse, self._names, self._codes):
            again = self._grammar.parse(version, frozenset(column.makers))
            if not again.hits or again.several or again.part is not None:
                continue
            claims = claims_of(self._names, column, again, firmware)
            reading = self._by_code.read(again, claims, foreign=foreign, exact=False)
            if reading.model is not None:
                return as_fuzzy(reading, why)
        return None


def _listed(run: list[Token]) -> bool:
    """Whether a text is a list: then it is no name as a whole, whatever its tokens spell."""
    return any(mark in token.sep for token in run[1:] for mark in "/,;&|")


def _foreign(category: str | None) -> bool:
    """Whether a category column places a row outside mining."""
    if not category:
        return False
    lowered = category.lower()
    return bool(categories_of(lowered)) and not any(word in lowered for word in MINING_CATEGORIES)

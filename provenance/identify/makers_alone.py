"""From texts that name no model to the maker: numberings of product lines, parts, things of a site, brands, the column.

What is named here is whose label a thing bears; a part says nothing of the machine that it is for.
"""

from __future__ import annotations

from dataclasses import replace

from provenance.identify.claims import Claims, named_by
from provenance.identify.codes import CodeIndex
from provenance.identify.decide import maker_tier
from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.lines import LineMatch, ProductLines
from provenance.identify.names import MakerNames, MakerReading
from provenance.identify.parse import Parse
from provenance.identify.part_codes import PartCodes
from provenance.identify.readings import Readings, nothing


class MakerReader:
    """Reads whose a thing is, where no code of a model decides."""

    def __init__(
        self, names: MakerNames, codes: CodeIndex, lines: ProductLines, parts: PartCodes, readings: Readings
    ) -> None:
        self._names = names
        self._codes = codes
        self._lines = lines
        self._parts = parts
        self._readings = readings

    def of_part(self, key: str, parse: Parse, claims: Claims) -> TextReading | None:
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
        reading = self.of_thing(Kind.PART, claims, because)
        if reading.maker is None and not reading.alternatives:
            models = {model for hit in parse.hits for model in hit.code.models}
            return replace(
                reading, alternatives=tuple(sorted(self._codes.models[m].maker for m in models)[:1])
            )
        return reading

    def of_thing(self, kind: Kind, claims: Claims, because: str) -> TextReading:
        """A part or a thing of the site: its maker is who the column or a brand says."""
        makers, tier, why, rivals = named_by(claims)
        if makers is None:
            return nothing(kind, f"{because}{why}", rivals)
        return self._readings.of_kind(kind, makers, tier, f"{because}; {why}")

    def by_line(
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
        because = f"the numbering of {shown}"
        return self._readings.of_kind(kind, maker, tier, because, called=name, category=match.category)

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

    def by_claims(self, parse: Parse, claims: Claims, maker_text: str | None) -> TextReading:
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

    def by_column(self, column: MakerReading, maker_text: str | None) -> TextReading:
        """Return the maker that the maker column names, where there is no model text."""
        claims = Claims(column, frozenset(), frozenset(), frozenset())
        maker, tier, why, rivals = named_by(claims)
        if maker is None:
            unknown = (
                "the maker column names nobody that is known" if (maker_text or "").strip() else "no text"
            )
            return nothing(Kind.UNKNOWN, why.lstrip("; ") or unknown, rivals)
        return self._readings.of_kind(Kind.UNKNOWN, maker, tier, why)

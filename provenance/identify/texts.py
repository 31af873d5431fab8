"""What the maker and model texts of a row add up to: the maker and model they name, or why they name none.

The maker column, the brands in the model text, the model code and the numbering of a product line are separate
claims. Where two firm claims contradict each other there is no maker; where a claim may mean something else it
only supports another.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.identify.claims import claims_of
from provenance.identify.codes import CodeIndex
from provenance.identify.decide import CodeReader
from provenance.identify.grammar import Grammar
from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.lines import ProductLines, categories_of
from provenance.identify.makers_alone import MakerReader
from provenance.identify.names import SILENT, MakerNames, MakerReading
from provenance.identify.normalise import Token, fold, key_of, tokens, without_revision
from provenance.identify.parse import Hit, Parse
from provenance.identify.part_codes import PartCodes
from provenance.identify.readings import Readings, as_fuzzy
from provenance.identify.words import MINING_CATEGORIES, REVISING_BRAND, REVISING_MAKER
from provenance.records import dataclass

if TYPE_CHECKING:
    from provenance.identify.mending import Mender

LONGEST = 400
"""More characters than a name has with all that is written beside it; what comes behind is a description."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other columns of a row say."""

    maker_text: str | None
    column: MakerReading
    category: str | None
    firmware: str | None
    foreign: bool
    """Whether the category places the row outside mining."""


NOTHING_BESIDE = Beside(None, SILENT, None, None, foreign=False)
"""A text that stands for itself."""


class TextReader:
    """Reads the texts of rows against a catalogue's names, codes and product lines."""

    def __init__(self, names: MakerNames, codes: CodeIndex, lines: ProductLines, parts: PartCodes) -> None:
        readings = Readings(names, codes)
        self._names = names
        self._codes = codes
        self._grammar = Grammar(names, codes)
        self._by_code = CodeReader(names, codes, readings)
        self._by_maker = MakerReader(names, codes, lines, parts, readings)
        self._mender: Mender | None = None

    def beside(self, maker_text: str | None, category: str | None, firmware: str | None) -> Beside:
        """Return what the other columns of a row say."""
        if maker_text is None and category is None and firmware is None:
            return NOTHING_BESIDE
        maker_text = maker_text[:LONGEST] if maker_text else None
        return Beside(maker_text, self._names.read(maker_text), category, firmware, _foreign(category))

    def read(self, model_text: str | None, beside: Beside) -> TextReading:
        """Return what the texts of one row say; see `resolve.Identifier.read_text`."""
        text = model_text[:LONGEST].strip() if model_text else ""
        if text:
            return self._read(text, self.run_of(text), beside)
        if beside.maker_text:
            # A model sometimes stands in the maker's column.
            run = self.run_of(beside.maker_text)
            if any(hit.code.alone for hit in self._grammar.parse(run).hits):
                alone = replace(beside, maker_text=None, column=MakerReading())
                return self._read(beside.maker_text, run, alone)
        return self._by_maker.by_column(beside.column, beside.maker_text)

    def run_of(self, text: str) -> list[Token]:
        """Return the tokens of a text, without a hardware revision behind its name."""
        folded = self._names.spread(fold(text))
        run = tokens(plain := without_revision(folded))
        if plain == folded or "_v" not in folded:
            return run
        code = self._codes.codes.get(key_of(run))
        # `M10S` alone may be anything; with such a revision it is the maker's who writes them.
        bare = code is not None and not code.alone and code.makers == (REVISING_MAKER,)
        return tokens(f"{REVISING_BRAND} {plain}") if bare else run

    def parse(self, run: list[Token], beside: Beside) -> Parse:
        """Return what the grammar makes of the tokens of a text."""
        return self._grammar.parse(run, frozenset(beside.column.makers))

    def read_code(self, parse: Parse, beside: Beside) -> TextReading | None:
        """Return the model that the codes of a text name in which more stands than they; None where they name none."""
        claims = claims_of(self._names, beside.column, parse, beside.firmware)
        if self._by_maker.of_part("".join([token.text for token in parse.run]), parse, claims) is not None:
            return None
        reading = self._by_code.read(parse, claims, foreign=beside.foreign, exact=False)
        return reading if reading.model is not None and reading.model_tier is not Tier.FUZZY else None

    def _read(self, text: str, run: list[Token], beside: Beside) -> TextReading:
        key = "".join([token.text for token in run])
        exact: tuple[str, ...] | None = None
        if key in self._codes.exact_words and not _listed(run):
            key = key_of(run)
            exact = self._codes.exact.get(key)
        code = self._codes.codes.get(key) if exact is not None else None
        parse = Parse(run) if code is not None and code.alone else self.parse(run, beside)
        claims = claims_of(self._names, beside.column, parse, beside.firmware)
        part = self._by_maker.of_part(key, parse, claims)
        if part is not None:
            return part
        if exact is not None:
            parse = self._exact_parse(parse, key, exact)
            claims = claims_of(self._names, beside.column, parse, beside.firmware)
        settled = (
            self._by_code.read(parse, claims, foreign=beside.foreign, exact=exact is not None)
            if parse.hits
            else None
        )
        if settled is None or (settled.model is None and not parse.several):
            fixed = self._mended(parse, beside)
            if fixed is not None:
                return fixed
        if settled is not None and (settled.maker or len(settled.alternatives) > 1):
            return settled
        lined = self._by_maker.by_line(text, claims, categories_of(beside.category), beside.maker_text)
        if lined is not None:
            return lined
        if parse.infrastructure and not parse.hits:
            return self._by_maker.of_thing(Kind.OTHER, claims, "the text names infrastructure of a site")
        return settled or self._by_maker.by_claims(parse, claims, beside.maker_text)

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

    def _mended(self, parse: Parse, beside: Beside) -> TextReading | None:
        """A model that another reading of the text names: a zero, a board revision, a typing error."""
        if self._mender is None:
            from provenance.identify.mending import Mender

            self._mender = Mender(self._names, self._codes)
        for version, why in self._mender.mended(parse.run, parse):
            again = self._grammar.parse(version, frozenset(beside.column.makers))
            if not again.hits or again.several or again.part is not None:
                continue
            claims = claims_of(self._names, beside.column, again, beside.firmware)
            reading = self._by_code.read(again, claims, foreign=beside.foreign, exact=False)
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

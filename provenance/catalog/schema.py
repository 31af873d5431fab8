"""The schema of a maker's file: who it is, where it sits and makes, what it makes and how that is numbered.

Unknown keys are errors, every fact has a source, and a fact whose sources nobody can open says so in its own
confidence or grade.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Protocol, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from provenance.catalog.fields import Country, Id, Moment, Pattern, Source, Sources, Word, Words, some
from provenance.catalog.records import Confidence, PartKind
from provenance.catalog.serial_rules import COUNTRY_GROUPS, DATE_GROUPS, CountryRule, DateRule
from provenance.catalog.terms import (
    Activity,
    Category,
    Extent,
    RelationKind,
    SourceKind,
    source_kind,
    span_of,
)
from provenance.datafile import Strict
from provenance.evidence import Facet, Grade

MAKER_SCHEMA: Literal["provenance-maker/1"] = "provenance-maker/1"
"""What a maker's file begins with."""


class _Dated(Protocol):
    @property
    def first(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...


class _Weighed(Protocol):
    @property
    def confidence(self) -> Confidence: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


DatedT = TypeVar("DatedT", bound=_Dated)
WeighedT = TypeVar("WeighedT", bound=_Weighed)


def _ordered(entry: DatedT) -> DatedT:
    """Refuse what ends before it begins."""
    if entry.first and entry.last and span_of(entry.last).last < span_of(entry.first).first:
        raise ValueError(f"ends in {entry.last}, before it begins in {entry.first}")
    return entry


def _within(seen: str, first: str | None, last: str | None) -> None:
    """Refuse a day of observation on which the relation did not hold."""
    days = span_of(seen)
    before = first is not None and days.last < span_of(first).first
    if before or (last is not None and span_of(last).last < days.first):
        raise ValueError(f"was seen in {seen}, outside its own time")


def openable(entry: WeighedT) -> WeighedT:
    """Refuse a confidence that promises more than the sources hold."""
    if all(source_kind(source) is SourceKind.UNVERIFIED for source in entry.sources):
        _refuse_confidence(entry.confidence)
    return entry


def _refuse_confidence(confidence: Confidence) -> None:
    if confidence is not Confidence.UNVERIFIED:
        raise ValueError("has no source that a reader can open, so its confidence must be unverified")


class SeatEntry(Strict):
    """Where the maker, or whoever controls it, has its seat; None for a day that is unknown or yet to come."""

    facet: Facet
    country: Country
    grade: Grade
    first: Moment | None = None
    last: Moment | None = None
    note: str = ""
    sources: Sources

    _dates = model_validator(mode="after")(_ordered)

    @model_validator(mode="after")
    def _graded(self) -> Self:
        if self.facet not in {Facet.MAKER, Facet.OWNER}:
            raise ValueError("the facet of a seat is maker or owner")
        kinds = {source_kind(source) for source in self.sources}
        match self.grade:
            case Grade.PUBLISHED if SourceKind.WEB not in kinds:
                raise ValueError(f"the grade {self.grade} needs a source on the web")
            case Grade.REGISTER if not kinds & {SourceKind.WEB, SourceKind.DOCUMENT}:
                raise ValueError(f"the grade {self.grade} needs a source on the web, or a document")
            case Grade.REGISTRY_ADDRESS if SourceKind.REGISTRY not in kinds:
                raise ValueError("the grade registry-address needs an ieee: source")
            case Grade.REGISTER | Grade.PUBLISHED | Grade.REGISTRY_ADDRESS | Grade.UNSOURCED:
                return self
            case _:
                raise ValueError(f"{self.grade} is no grade of a seat")


class RelationEntry(Strict):
    """A tie to another maker (its id) or to an outside company (its name)."""

    kind: RelationKind
    other: Word
    extent: Extent = Extent.ALL
    first: Moment | None = None
    """When it began; None where no source says so."""
    last: Moment | None = None
    """When it ended; None where no end is reported."""
    end_unknown: bool = False
    """Whether it has ended, or may have, on a day that no source names."""
    seen: Moment | None = None
    """A day on which a source describes it as it then stood."""
    confidence: Confidence
    note: str = ""
    sources: Sources

    _dates = model_validator(mode="after")(_ordered)
    _weighed = model_validator(mode="after")(openable)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.last is not None and self.end_unknown:
            raise ValueError("has an end, so its end is not unknown")
        if self.seen is not None:
            _within(self.seen, self.first, self.last)
        return self


class PlantSource(Strict):
    """One source on a plant and, in our words, what it says."""

    source: Source
    says: Word


class PlantEntry(Strict):
    """One country where the maker is known to have made something; country None where the source names none."""

    id: Id
    country: Country | None = None
    activity: Activity
    first: Moment | None = None
    last: Moment | None = None
    models: tuple[Id, ...] = ()
    """Models named for it; empty where the sources name none, and never all of them."""
    complete: bool
    confidence: Confidence
    note: str = ""
    sources: Annotated[tuple[PlantSource, ...], AfterValidator(some)]

    _dates = model_validator(mode="after")(_ordered)

    @model_validator(mode="after")
    def _weighed(self) -> Self:
        refs = [row.source for row in self.sources]
        if all(source_kind(ref) is SourceKind.UNVERIFIED for ref in refs):
            _refuse_confidence(self.confidence)
        return self


class ProductLineEntry(Strict):
    """One numbering of the maker's products."""

    name: Word
    category: Category
    pattern: Pattern
    shared_with: tuple[Id, ...] = ()
    needs_context: bool = False
    examples: Words = ()
    note: str = ""
    sources: Sources


class FamilyEntry(Strict):
    """A name of a product family, such as a range of laptops: it says whose label a machine bears, never the model."""

    name: Word
    category: Category
    confidence: Confidence
    note: str = ""
    sources: Sources

    _weighed = model_validator(mode="after")(openable)


class PartCodeEntry(Strict):
    """How firmware, labels and repair tools write a part of the maker's machines. It never decides a model."""

    id: Id
    title: Word
    part: PartKind
    pattern: Pattern
    """Anchored at both ends, for text in upper case without blanks."""
    models: tuple[Id, ...] = ()
    """Models that a source names for it; rarely all of them."""
    examples: Words = ()
    confidence: Confidence
    note: str = ""
    sources: Sources

    _weighed = model_validator(mode="after")(openable)


class SerialExample(Strict):
    """A serial seen in public and what it means."""

    serial: Word
    made: Moment | None = None
    """When the unit was made, by the source."""
    country: Country | None = None
    """The country that the code in it names, by the source."""
    source: Source


class SerialCode(Strict):
    """A location code of the scheme."""

    code: Word
    country: Country
    source: Source


class SerialSchemeEntry(Strict):
    """A format of serial numbers. Confidence is high only where the maker documents the format itself."""

    id: Id
    title: Word
    part: PartKind
    pattern: Pattern
    date_rule: DateRule | None = None
    country_rule: CountryRule | None = None
    codes: tuple[SerialCode, ...] = ()
    placeholder: bool = False
    decides_maker: bool = False
    confidence: Confidence
    examples: tuple[SerialExample, ...] = ()
    note: str = ""
    sources: Sources

    _weighed = model_validator(mode="after")(openable)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        groups = set(re.compile(self.pattern).groupindex)
        needed = set(DATE_GROUPS[self.date_rule] if self.date_rule else ())
        needed |= COUNTRY_GROUPS[self.country_rule] if self.country_rule else set()
        if needed - groups:
            raise ValueError(f"the pattern lacks the groups {', '.join(sorted(needed - groups))}")
        if bool(self.codes) != (self.country_rule is CountryRule.LOCATION_CODE):
            raise ValueError("codes and the country rule location-code go together")
        return self


class HashrateBin(Strict):
    """One rated hashrate at which a model is sold; a check on a model text, never what decides it."""

    label: Word
    hashrate: Annotated[float, Field(gt=0)]
    unit: Literal["H/s", "kH/s", "MH/s", "GH/s", "TH/s", "kSol/s"]
    power_w: Annotated[float, Field(gt=0)] | None = None


class ModelEntry(Strict):
    """One model."""

    id: Id
    name: Word
    aliases: Words = ()
    firmware_names: Words = ()
    revisions: Words = ()
    algorithm: Word | None = None
    cooling: Literal["air", "hydro", "immersion"] | None = None
    released: Moment | None = None
    hashrates: tuple[HashrateBin, ...] = ()
    confidence: Confidence
    notes: Words = ()
    sources: Sources

    _weighed = model_validator(mode="after")(openable)


class MakerFile(Strict):
    """One maker: `makers/<id>.yaml`."""

    schema_: Literal["provenance-maker/1"] = Field(alias="schema")
    id: Id
    replaces: bool = False
    """Whether a file of a user's own takes the place of the embedded catalogue's maker of the same id."""
    name: Word
    categories: Annotated[tuple[Category, ...], AfterValidator(some)]
    """The first is the main one."""
    founded_country: Country | None = None
    names_verified: bool = True
    """Whether the aliases and brands stand in the sources; false where they are general knowledge."""
    aliases: Words = ()
    brands: Words = ()
    """Names under which it sells: they mean this maker as its aliases do."""
    ambiguous_aliases: Words = ()
    """Names and brands that also mean something else; none of them stands in the two lists above."""
    model_prefixes: Words = ()
    """Beginnings of its model numbers: too short to name the maker."""
    registrants: Words = ()
    """Its names in the IEEE registry, letter by letter."""
    confidence: Confidence
    note: str = ""
    sources: Sources
    seats: tuple[SeatEntry, ...] = ()
    relations: tuple[RelationEntry, ...] = ()
    plants: tuple[PlantEntry, ...] = ()
    serial_schemes: tuple[SerialSchemeEntry, ...] = ()
    product_lines: tuple[ProductLineEntry, ...] = ()
    families: tuple[FamilyEntry, ...] = ()
    part_codes: tuple[PartCodeEntry, ...] = ()
    models: tuple[ModelEntry, ...] = ()

    _weighed = model_validator(mode="after")(openable)

"""The schema of a change: what a catalogue of the user's own says about a maker that the embedded one has.

Entries are told by their key: an id, else a name, else what ties them to something. One with a known key takes the
place of the embedded entry, one with a new key is added, and what is wrong is withdrawn, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from provenance.catalog.fields import Country, Id, Moment, Sources, Word, Words, some
from provenance.catalog.records import Confidence
from provenance.catalog.schema import (
    FamilyEntry,
    ModelEntry,
    PartCodeEntry,
    PlantEntry,
    ProductLineEntry,
    RelationEntry,
    SeatEntry,
    SerialSchemeEntry,
)
from provenance.catalog.terms import Category, RelationKind
from provenance.datafile import Strict
from provenance.evidence import Facet

CHANGE_SCHEMA: Literal["provenance-maker-change/1"] = "provenance-maker-change/1"
"""What a file begins with that changes a maker of the embedded catalogue."""

NAME_LISTS = ("aliases", "brands", "ambiguous_aliases", "model_prefixes", "registrants")
"""The lists of a maker that hold words; each word is its own key."""

Key = tuple[str, ...]

ENTRY_KEYS: dict[str, Callable[[Any], Key]] = {
    "seats": lambda entry: (entry.facet, entry.country, entry.first or ""),
    "relations": lambda entry: (entry.kind, entry.other, entry.first or ""),
    "plants": lambda entry: (entry.id,),
    "serial_schemes": lambda entry: (entry.id,),
    "product_lines": lambda entry: (entry.name,),
    "families": lambda entry: (entry.name,),
    "part_codes": lambda entry: (entry.id,),
    "models": lambda entry: (entry.id,),
}
"""The lists of a maker that hold entries, and what tells one of them from another."""


class SeatRef(Strict):
    """Which seat is meant."""

    facet: Facet
    country: Country
    first: Moment | None = None


class RelationRef(Strict):
    """Which relation is meant."""

    kind: RelationKind
    other: Word
    first: Moment | None = None


class Withdrawal(Strict):
    """What the embedded catalogue says and is not to be used."""

    reason: Word
    aliases: Words = ()
    brands: Words = ()
    ambiguous_aliases: Words = ()
    model_prefixes: Words = ()
    registrants: Words = ()
    seats: tuple[SeatRef, ...] = ()
    relations: tuple[RelationRef, ...] = ()
    plants: tuple[Id, ...] = ()
    serial_schemes: tuple[Id, ...] = ()
    product_lines: Words = ()
    families: Words = ()
    part_codes: tuple[Id, ...] = ()
    models: tuple[Id, ...] = ()

    def keys(self, kind: str) -> tuple[Key, ...]:
        """Return the keys of the entries of one list that are withdrawn."""
        refs = getattr(self, kind)
        return tuple((ref,) if isinstance(ref, str) else ENTRY_KEYS[kind](ref) for ref in refs)


class MakerChange(Strict):
    """A change to one maker of the embedded catalogue: `makers/<id>.yaml` of a user's own."""

    schema_: Literal["provenance-maker-change/1"] = Field(alias="schema")
    id: Id
    """The maker of the embedded catalogue that this changes."""
    name: Word | None = None
    """Takes the place of the embedded name."""
    categories: Annotated[tuple[Category, ...], AfterValidator(some)] | None = None
    """Take the place of the embedded ones."""
    aliases: Words = ()
    brands: Words = ()
    ambiguous_aliases: Words = ()
    model_prefixes: Words = ()
    registrants: Words = ()
    confidence: Confidence | None = None
    note: Word | None = None
    """Takes the place of the embedded note."""
    sources: Sources | None = None
    """Are added to the embedded ones."""
    withdraw: Withdrawal | None = None
    seats: tuple[SeatEntry, ...] = ()
    relations: tuple[RelationEntry, ...] = ()
    plants: tuple[PlantEntry, ...] = ()
    serial_schemes: tuple[SerialSchemeEntry, ...] = ()
    product_lines: tuple[ProductLineEntry, ...] = ()
    families: tuple[FamilyEntry, ...] = ()
    part_codes: tuple[PartCodeEntry, ...] = ()
    models: tuple[ModelEntry, ...] = ()

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.model_fields_set <= {"schema_", "id"}:
            raise ValueError("changes nothing")
        return self

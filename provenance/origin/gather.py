"""From one distinct combination of what rows say to the facts of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from provenance.catalog.database import Catalogue
from provenance.catalog.records import PartKind, Plant
from provenance.countries import ALL, CountryAnswer
from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece, Standing
from provenance.identify.identity import (
    Identity,
    MacReading,
    SerialReading,
    SerialReadings,
    TextReading,
    Tier,
)
from provenance.identify.lines import categories_of
from provenance.identify.oddities import Oddity, oddities_on
from provenance.identify.resolve import Identifier
from provenance.inventory.table import Field
from provenance.origin.facts import ORIGIN_NOT_READ, SERIAL_ON_QUANTITY, SERIAL_REPEATED, CaseFacts, Wanted
from provenance.origin.mentions import Matches
from provenance.origin.pieces import document_pieces, plant_pieces, seat_pieces, serial_pieces
from provenance.origin.prefixes import Lead
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Declared:
    """What the origin cell of a row says."""

    atoms: frozenset[str] | None
    """The origins it allows; None where it says nothing that can be used."""
    unread: bool
    """Whether it says something that names no country."""

    @classmethod
    def of(cls, answer: CountryAnswer) -> Declared:
        """Return what a resolved text is worth: an answer that leaves every country open says nothing."""
        return cls(None, unread=True) if answer.atoms == ALL else cls(answer.atoms, unread=False)


_ON_TOP = frozenset({"documents", "lead"})
"""The values of a row that add pieces and decide nothing else."""


class Gatherer:
    """Gathers identity and evidence of one combination of facts; remembers what it looked up."""

    def __init__(self, identifier: Identifier, catalogue: Catalogue) -> None:
        self._identifier = identifier
        self._catalogue = catalogue
        self._wanted: Wanted | None = None
        self._told: dict[tuple[int, ...], tuple[dict[str, Any], CaseFacts]] = {}
        """What all but documents and leads says, by the identities of the values of a row, for the rules asked last."""
        self._plants: dict[tuple[str, Span | None], tuple[Piece, ...]] = {}
        self._documents: dict[tuple[int, tuple[str, ...]], tuple[tuple[Piece, ...], tuple[str, ...]]] = {}

    def gather(self, row: dict[str, Any], wanted: Wanted, matches: Matches) -> CaseFacts:
        """Return the facts of one combination.

        Args:
            row: The values of `scan.TEXTS` (text or None), `serial` (SerialReadings), `mac` (MacReading or
                None), `lead` (Lead or None), `late` (bool), `declared` (Declared), `grade` (Grade), `manufactured` (date or None), `documents` (int),
                `repeated`, `several` (bool), `on FIELD` (Span or None) and `is FIELD` (text or None).
            wanted: What the rules ask; pieces on other facets are left out, for judging does not use them.
            matches: What the register says.
        """
        if wanted is not self._wanted:
            self._wanted, self._told = wanted, {}
        # What documents say comes on top, and so does a lead: machines that differ in these alone are thought about
        # once. Rows share their values, so that these are told apart by what they are and not by what they hold; a row
        # that is remembered keeps its values, so that no other value can be taken for one of them.
        key = tuple(id(value) for name, value in row.items() if name not in _ON_TOP)
        if key not in self._told:
            self._told[key] = row, self._without_documents(row, wanted)
        told = self._told[key][1]
        if not row["documents"]:
            return _with_lead(told, row["lead"], wanted)
        documents, more = self._document_pieces(row["documents"], told.flags, matches)
        asked = {*told.pieces, *(piece for piece in documents if piece.facet in wanted.facets)}
        return replace(
            told, pieces=tuple(sorted(asked, key=Piece.key)), flags=tuple(sorted({*told.flags, *more}))
        )

    def _without_documents(self, row: dict[str, Any], wanted: Wanted) -> CaseFacts:
        text = self._read_text(row)
        readings: SerialReadings = row["serial"]
        serial = readings.of(text.maker)
        identity = self._identifier.combine(text, serial, row["mac"])
        flags = (*self._flags(row), *self._oddities(identity, serial, row))
        dates = tuple(_fields(row, "on "))
        made = made_in(row["manufactured"], serial)
        pieces = {
            *_stated(row["declared"], row["grade"], flags),
            *serial_pieces(serial, flags, _read_by(text, readings), kind=identity.kind),
            *self._known_plants(identity, made),
            *self._seats(identity, _seat_span(dict(dates), wanted), wanted, serial),
        }
        asked = sorted((piece for piece in pieces if piece.facet in wanted.facets), key=Piece.key)
        scope = tuple(_fields(row, "is "))
        return CaseFacts(
            identity,
            tuple(asked),
            dates,
            scope,
            tuple(sorted(set(flags))),
            categories=_categories(identity, row[Field.CATEGORY.value]) if wanted.classes else (),
            witnesses=_witnesses(identity, serial, row["mac"]) if wanted.makers else (),
        )

    @property
    def divided_blocks(self) -> frozenset[str]:
        """The blocks of MAC addresses that the registry hands on in smaller parts, by their first six digits."""
        return self._catalogue.divided_blocks()

    def plants(self, maker: str | None) -> tuple[Plant, ...]:
        """Return what the catalogue knows of a maker's plants; nothing for an unknown maker."""
        return self._catalogue.plants(maker) if maker is not None else ()

    def _read_text(self, row: dict[str, Any]) -> TextReading:
        return self._identifier.read_text(
            row[Field.MAKER.value],
            row[Field.MODEL.value],
            category=row[Field.CATEGORY.value],
            firmware=row[Field.FIRMWARE.value],
        )

    @staticmethod
    def _flags(row: dict[str, Any]) -> tuple[str, ...]:
        found = (
            (SERIAL_REPEATED, row["repeated"]),
            (SERIAL_ON_QUANTITY, row["several"]),
            (ORIGIN_NOT_READ, row["declared"].unread),
        )
        return tuple(flag for flag, present in found if present)

    def _oddities(
        self, identity: Identity, serial: SerialReading | None, row: dict[str, Any]
    ) -> tuple[str, ...]:
        """What is odd about the serial number: by itself, on this machine, beside the day of delivery."""
        readings: SerialReadings = row["serial"]
        model = self._catalogue.model(identity.model) if identity.model is not None else None
        found = [*readings.oddities, *oddities_on(identity, serial, model)]
        if readings.placeholder:
            found.append(Oddity.PLACEHOLDER)
        if identity.maker in readings.zeros_lost and serial is None:
            found.append(Oddity.ZEROS_LOST)
        if row["late"] and serial is not None and serial.part is PartKind.MACHINE:
            found.append(Oddity.AFTER_DELIVERY)
        return tuple(sorted({str(oddity) for oddity in found}))

    def _document_pieces(
        self, worth: int, flags: tuple[str, ...], matches: Matches
    ) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
        key = (worth, flags)
        if key not in self._documents:
            self._documents[key] = document_pieces(matches.worths[worth], flags)
        return self._documents[key]

    def _known_plants(self, identity: Identity, made: Span | None) -> tuple[Piece, ...]:
        if identity.maker is None:
            return ()
        key = (identity.maker, made)
        if key not in self._plants:
            self._plants[key] = plant_pieces(self._catalogue.plants(identity.maker), made)
        return self._plants[key]

    def _seats(
        self, identity: Identity, on: Span | None, wanted: Wanted, serial: SerialReading | None
    ) -> tuple[Piece, ...]:
        if identity.maker is None or not wanted.facets & {Facet.MAKER, Facet.OWNER}:
            return ()
        other = serial is not None and not serial.placeholder and serial.maker not in {None, identity.maker}
        return seat_pieces(self._catalogue.seats(identity.maker), on, identity.maker_tier, doubted=other)


def _with_lead(told: CaseFacts, lead: Lead | None, wanted: Wanted) -> CaseFacts:
    """Add what documented units with the same prefix point to; a unit that a document speaks of needs no lead."""
    if lead is None or lead.piece.facet not in wanted.facets:
        return told
    return replace(told, pieces=tuple(sorted({*told.pieces, lead.piece}, key=Piece.key)))


def _stated(declared: Declared, grade: Grade, flags: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return what the origin cell states; a plate or paper copied for a serial that repeats may be another unit's."""
    if declared.atoms is None:
        return ()
    doubtful = grade is not Grade.DECLARED and SERIAL_REPEATED in flags
    standing = Standing.CONDEMN_ONLY if doubtful else Standing.FULL
    return (Piece(Facet.MANUFACTURE, grade, declared.atoms, standing=standing),)


def _read_by(text: TextReading, readings: SerialReadings) -> Tier:
    """How the maker is known whose scheme the serial was read by: another maker's is as good as a fuzzy match."""
    if text.maker is None:
        return Tier.NONE
    if text.maker in dict(readings.own):
        return text.maker_tier
    general = readings.general
    return Tier.FUZZY if general is not None and general.maker not in {None, text.maker} else Tier.NONE


def _categories(identity: Identity, column: str | None) -> tuple[str, ...]:
    """Return the categories that the machine may be of: by its model or numbering, and by the category column.

    What a maker makes in general is no fact about this machine.
    """
    named = identity.model_tier in {Tier.EXACT, Tier.GRAMMAR} or (
        identity.model is None and identity.model_name is not None and identity.maker is not None
    )
    by_model = {identity.category} if named and identity.category is not None else set()
    return tuple(sorted(by_model | categories_of(column)))


def _witnesses(
    identity: Identity, serial: SerialReading | None, mac: MacReading | None
) -> tuple[tuple[str, str], ...]:
    """Return the makers that serial number and MAC address point to, other than the one that the texts name."""
    by_serial = serial.maker if serial is not None and not serial.placeholder else None
    by_mac = mac.maker if mac is not None and not mac.locally_administered else None
    found = (("mac", by_mac), ("serial", by_serial))
    return tuple(
        (witness, maker) for witness, maker in found if maker not in {None, identity.maker} and maker
    )


def _seat_span(dates: Mapping[Field, Span | None], wanted: Wanted) -> Span | None:
    """Return the interval in which every test date of the rules on seats lies; None where one of them is open."""
    spans = [dates.get(field) if field is not None else None for field in wanted.seats_on]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    return Span(min(span.first for span in known), max(span.last for span in known))


def made_in(manufactured: date | None, serial: SerialReading | None) -> Span | None:
    """Return when the unit was made: the inventory's own date, else what the serial says by any scheme."""
    if manufactured is not None:
        return Span.of(manufactured)
    # The date of a board or a power supply is not the machine's.
    return serial.made if serial is not None and serial.part is PartKind.MACHINE else None


def _fields(row: dict[str, Any], prefix: str) -> list[tuple[Field, Any]]:
    found = (
        (Field(name.removeprefix(prefix)), value) for name, value in row.items() if name.startswith(prefix)
    )
    return sorted(found, key=lambda pair: pair[0])

"""Pieces of evidence from what the inventory says, what a serial encodes, what the catalogue knows, what documents state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from provenance.catalog.records import Confidence, PartKind, Plant, Seat
from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece, Standing
from provenance.identify.identity import Kind, SerialReading, Tier
from provenance.origin.facts import LOT_NOT_COVERED, SERIAL_ON_QUANTITY, SERIAL_REPEATED
from provenance.origin.mentions import Worth

_PART_FACETS: dict[PartKind, Facet] = {
    PartKind.MACHINE: Facet.MANUFACTURE,
    PartKind.OTHER: Facet.MANUFACTURE,
    PartKind.PSU: Facet.MANUFACTURE,
    PartKind.HASHBOARD: Facet.BOARDS,
    PartKind.CONTROL_BOARD: Facet.CONTROLLER,
}
"""A serial scheme speaks of the object that carries the serial, and of no more."""
_PARTS_OF_THEIR_OWN = frozenset({PartKind.OTHER, PartKind.PSU})
"""Parts whose manufacture is a facet of theirs alone: a Dell PPID names the country of the part that bears it."""


def serial_pieces(
    reading: SerialReading | None, flags: Sequence[str], maker_tier: Tier, *, kind: Kind = Kind.UNKNOWN
) -> tuple[Piece, ...]:
    """Return what a documented code in the serial states; an inferred scheme is shown and proves nothing.

    Args:
        reading: What the serial says.
        flags: What is odd about the serial.
        maker_tier: How the maker is known whose scheme it was read by; `none` where its own shape told.
        kind: What the line is: the code of a part on a line for a machine says nothing of the whole machine.
    """
    if reading is None or reading.country is None or reading.placeholder:
        return ()
    of_a_part = reading.part in _PARTS_OF_THEIR_OWN and kind is Kind.MACHINE
    if of_a_part or not reading.verified or maker_tier is Tier.FUZZY or SERIAL_ON_QUANTITY in flags:
        standing = Standing.SHOWN_ONLY
    else:
        standing = Standing.CONDEMN_ONLY if SERIAL_REPEATED in flags else Standing.FULL
    return (
        Piece(_PART_FACETS[reading.part], Grade.SERIAL_CODE, frozenset({reading.country}), standing=standing),
    )


def plant_pieces(plants: Sequence[Plant], made: Span | None) -> tuple[Piece, ...]:
    """Return the countries where the maker is known to have assembled when the unit was made.

    General knowledge: a list of plants is not known to be complete, so it neither clears nor condemns. A plant whose
    country is unknown leaves all countries open, and then there is nothing to show.
    """
    active = [
        plant for plant in plants if plant.activity == "assembly" and overlaps(plant.first, plant.last, made)
    ]
    sourced = [plant for plant in active if plant.confidence is not Confidence.UNVERIFIED]
    countries = frozenset(plant.country for plant in sourced if plant.country is not None)
    if not countries:
        return ()
    return (Piece(Facet.MANUFACTURE, Grade.PLANTS, countries),)


def seat_pieces(
    seats: Sequence[Seat], on: Span | None, maker_tier: Tier, *, doubted: bool = False
) -> tuple[Piece, ...]:
    """Return the seats of the maker and its owner over an interval, one piece per facet and grade.

    Two seats of one grade within the interval leave both countries open. A maker known by a fuzzy match only proves
    nothing about its seat.

    Args:
        seats: What the catalogue knows.
        on: The interval; None for all time.
        maker_tier: How the maker is known.
        doubted: Whether the serial number speaks of another maker: the seat then clears nothing.
    """
    found: dict[tuple[Facet, Grade], set[str]] = {}
    for seat in seats:
        if overlaps(seat.first, seat.last, on):
            found.setdefault((seat.facet, seat.grade), set()).add(seat.country)
    return tuple(
        Piece(facet, grade, frozenset(countries), standing=_seat_standing(grade, maker_tier, doubted=doubted))
        for (facet, grade), countries in sorted(found.items())
    )


def _seat_standing(grade: Grade, maker_tier: Tier, *, doubted: bool) -> Standing:
    if grade not in {Grade.REGISTER, Grade.PUBLISHED} or maker_tier not in {Tier.EXACT, Tier.GRAMMAR}:
        return Standing.SHOWN_ONLY
    return Standing.CONDEMN_ONLY if doubted else Standing.FULL


def document_pieces(
    worths: Iterable[Worth], flags: Sequence[str]
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Return what the documents that name a machine state of it.

    Args:
        worths: What each of them is worth.
        flags: What is odd about the machine's serial.

    Returns:
        The pieces, and further flags: a document for a quantity that is not told apart is allocated to no unit.
    """
    told = tuple(worths)
    pieces = tuple(replace(worth.piece, standing=_document_standing(worth, flags)) for worth in told)
    return pieces, () if all(worth.covered for worth in told) else (LOT_NOT_COVERED,)


def _document_standing(worth: Worth, flags: Sequence[str]) -> Standing:
    standing = worth.piece.standing
    if standing is Standing.SHOWN_ONLY or (worth.by_serial and SERIAL_ON_QUANTITY in flags):
        return Standing.SHOWN_ONLY
    # A document on the whole lot speaks of such machines too, but none clears them.
    if SERIAL_REPEATED in flags or SERIAL_ON_QUANTITY in flags:
        return Standing.CONDEMN_ONLY
    return standing


def overlaps(first: date | None, last: date | None, span: Span | None) -> bool:
    """Return whether a dated fact may hold on some day of an interval; unknown ends and no interval leave it open."""
    if span is None:
        return True
    return (first is None or first <= span.last) and (last is None or last >= span.first)

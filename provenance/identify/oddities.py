"""What is odd about a serial number: signs of damage, of a stand-in, of another scheme, each with an id.

An oddity is a question to whoever wrote the list, never an accusation: a spreadsheet loses digits by itself.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from provenance.catalog.records import Model, PartKind
from provenance.expressions import expression
from provenance.identify.identity import Identity, Kind, SerialReading


class Oddity(StrEnum):
    """What is odd about a serial number."""

    PLACEHOLDER = "serial-placeholder"
    """What firmware and lists write where there is none."""
    SCIENTIFIC = "serial-in-scientific-notation"
    """A spreadsheet took it for a number and kept its first digits: it no longer tells units apart."""
    RUNNING_NUMBER = "serial-like-a-running-number"
    """A short whole number, as rows are counted."""
    ZEROS_LOST = "serial-without-leading-zeros"
    """With zeros in front it would fit its maker's scheme."""
    OTHER_MAKER = "serial-of-another-maker"
    """Its shape is that of a maker other than the one named."""
    OF_A_PART = "serial-of-a-part"
    """It is the number of a hash board, a power supply or another part, on a line for a machine."""
    BEFORE_THE_MODEL = "made-before-the-model"
    """It dates the unit well before the model was sold."""
    AFTER_DELIVERY = "made-after-delivery"
    """It dates the unit after the day on which the list says it was delivered."""


_SCIENTIFIC = expression(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}")
_RUNNING = expression(r"[0-9]{1,5}")
READ_ODD = r"^(?:[0-9]{1,16}|[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3})$"
"""Serial numbers whose text alone may be odd: a linear-time pattern that lets through all of them."""
ZEROS = ("0", "00", "000")
"""Zeros that a spreadsheet may have taken off the front."""
_PRODUCTION_AHEAD = timedelta(days=270)
"""Units are built before their model is sold, and the sources date the sale by month or year."""


def oddities_of(serial: str) -> tuple[Oddity, ...]:
    """Return what is odd about the text of a serial number by itself, in upper case."""
    if _SCIENTIFIC.fullmatch(serial) is not None:
        return (Oddity.SCIENTIFIC,)
    return (Oddity.RUNNING_NUMBER,) if _RUNNING.fullmatch(serial) is not None else ()


def oddities_on(identity: Identity, serial: SerialReading | None, model: Model | None) -> tuple[Oddity, ...]:
    """Return what is odd about a serial number on a machine that is otherwise identified.

    Args:
        identity: What the machine is.
        serial: What its serial number says.
        model: The model, where it is known.
    """
    if serial is None or serial.placeholder:
        return ()
    found: list[Oddity] = []
    if serial.maker is not None and identity.maker is not None and serial.maker != identity.maker:
        found.append(Oddity.OTHER_MAKER)
    elif serial.part is not PartKind.MACHINE and identity.kind is Kind.MACHINE:
        found.append(Oddity.OF_A_PART)
    elif serial.made is not None and model is not None and serial.made.last < _first_built(model):
        found.append(Oddity.BEFORE_THE_MODEL)
    return tuple(found)


def _first_built(model: Model) -> date:
    """The day before which no unit of a model can have been built; the first of all where nobody says."""
    if model.released is None:
        return date.min
    return model.released - _PRODUCTION_AHEAD

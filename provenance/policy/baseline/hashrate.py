"""How much work a unit does, for comparing a replacement with what it came for: by its inventory, else its model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.policy.baseline.change import Parity
from provenance.records import dataclass

_RATE = re.compile(
    r"(?<![\w.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s*([KMGTPE])(?:H|HASH)?(?:/?S)?(?![A-Za-z])",
    re.IGNORECASE,
)
_POWERS = {unit: 10.0 ** (3 * at) for at, unit in enumerate("KMGTPE", start=1)}
_TERA = 10.0**12


@dataclass(frozen=True, slots=True)
class Hashrate:
    """What is known of a hashrate."""

    low: float
    """Hashes per second, at least."""
    high: float
    """Hashes per second, at most."""
    words: str
    """What it rests on."""


def read_rate(text: str | None) -> float | None:
    """Return the hashrate that a text names, in hashes per second; None where it names none, or no unit."""
    match = _RATE.search(text or "")
    if match is None:
        return None
    number = match[1].replace(",", "") if re.search(r",\d{3}", match[1]) else match[1].replace(",", ".")
    return float(number) * _POWERS[match[2].upper()]


def hashrate_of(listed: str | None, model_text: str | None, bins: Sequence[str]) -> Hashrate | None:
    """Return the hashrate of a unit.

    Args:
        listed: The hashrate that its inventory gives.
        model_text: Its model as the inventory writes it, which may name one.
        bins: The rated hashrates of its model in the catalogue, `234T`.

    Returns:
        What the inventory says, else what the catalogue leaves open; None where neither says anything.
    """
    for text, source in ((listed, "the inventory"), (model_text, "the model as listed")):
        rate = read_rate(text)
        if rate is not None:
            return Hashrate(rate, rate, f"{_shown(rate)} by {source}")
    rates = sorted(rate for label in bins if (rate := read_rate(label)) is not None)
    if not rates:
        return None
    shown = _shown(rates[0]) if rates[0] == rates[-1] else f"{_shown(rates[0])} to {_shown(rates[-1])}"
    return Hashrate(rates[0], rates[-1], f"{shown} by the catalogue")


def parity_of(old: Hashrate | None, new: Hashrate | None) -> tuple[Parity, str]:
    """Return whether the new unit does as much work as the old one, and what that rests on; unknown is said."""
    words = f"{old.words if old else 'not known'} before, {new.words if new else 'not known'} now"
    if old is None or new is None:
        return Parity.UNKNOWN, words
    if new.low >= old.high:
        return Parity.MET, words
    return (Parity.SHORT if new.high < old.low else Parity.UNKNOWN), words


def _shown(rate: float) -> str:
    return f"{rate / _TERA:,.6g} TH/s"

"""How much work a unit does, for comparing a replacement with what it came for: by its inventory, else its model."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.origin.rates import Rate, bare_number, rates_in, unit_near
from provenance.policy.baseline.change import Parity
from provenance.records import dataclass

_TERA = 10**12


@dataclass(frozen=True, slots=True)
class Hashrate:
    """What is known of a hashrate."""

    low: int
    """Per second, at least."""
    high: int
    """Per second, at most."""
    kind: str
    """`h` or `sol`: a hash is no solution."""
    words: str
    """What it rests on."""


def hashrate_of(listed: str | None, model_text: str | None, bins: Sequence[str]) -> Hashrate | None:
    """Return the hashrate of a unit.

    Args:
        listed: The hashrate that its inventory gives.
        model_text: Its model as the inventory writes it, which may name one.
        bins: The rated hashrates of its model in the catalogue, `234T`.

    Returns:
        What the inventory says, else what the catalogue leaves open; None where neither says anything, or where the
        inventory gives a number whose unit nobody knows.
    """
    ratings = [rate for label in bins for rate in rates_in(label)]
    number = bare_number(listed)
    if number is not None:
        # A model's rating never stands in for what was measured and is not understood.
        unit = unit_near(number, [*rates_in(model_text), *ratings])
        return _stated(Rate(number, unit.factor, unit.kind), "the inventory") if unit is not None else None
    for text, source in ((listed, "the inventory"), (model_text, "the model as listed")):
        if rates := rates_in(text):
            return _stated(rates[0], source)
    if len({one.kind for one in ratings}) != 1:
        return None
    totals = sorted({rate.per_second for rate in ratings})
    shown = " to ".join(_shown(total, ratings[0].kind) for total in dict.fromkeys((totals[0], totals[-1])))
    return Hashrate(totals[0], totals[-1], ratings[0].kind, f"{shown} by the catalogue")


def parity_of(old: Hashrate | None, new: Hashrate | None) -> tuple[Parity, str]:
    """Return whether the new unit does as much work as the old one, and what that rests on; unknown is said."""
    words = f"{old.words if old else 'not known'} before, {new.words if new else 'not known'} now"
    if old is None or new is None or old.kind != new.kind:
        return Parity.UNKNOWN, words
    if new.low >= old.high:
        return Parity.MET, words
    return (Parity.SHORT if new.high < old.low else Parity.UNKNOWN), words


def _stated(rate: Rate, source: str) -> Hashrate:
    total = rate.per_second
    return Hashrate(total, total, rate.kind, f"{_shown(total, rate.kind)} by {source}")


def _shown(rate: int, kind: str) -> str:
    return f"{rate / _TERA:,.6g} TH/s" if kind == "h" else f"{rate / 1000:,.6g} kSol/s"

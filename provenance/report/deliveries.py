"""Contracted against delivered, and disclosed against found, as a reader meets them."""

from __future__ import annotations

from provenance.policy.audit import Audit
from provenance.policy.deliveries import Delivery
from provenance.policy.disclosure import DisclosedUnit
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.entries import place
from provenance.report.words import VERDICT_WORDS, counted, one_line


@dataclass(frozen=True, slots=True)
class DeliveryEntry:
    """One line of a schedule beside what was found of it."""

    lot: str
    """`batch B1`, `order PO-7`, both, or that there is neither."""
    model: str
    contracted: int
    delivered: int
    covered: int
    by_verdict: tuple[tuple[Verdict, int], ...]
    remark: str
    """Short, over, wrong model, not contracted; empty where it adds up."""
    place: str
    """Where the schedule says so."""


@dataclass(frozen=True, slots=True)
class DisclosedEntry:
    """One line of the inventory, or one serial number that it lacks."""

    what: str
    """Disclosed, not disclosed, or disclosed and lacking."""
    serial: str
    place: str
    units: int
    verdict: str


@dataclass(frozen=True, slots=True)
class DisclosureEntry:
    """What a disclosure schedule says against what was found."""

    name: str
    sentences: tuple[str, ...]
    units: tuple[DisclosedEntry, ...]


def delivery_entries(audit: Audit) -> tuple[DeliveryEntry, ...]:
    """Return the comparison of the schedule with the inventory; nothing without a schedule."""
    return tuple(_delivery_entry(delivery) for delivery in audit.deliveries)


def _delivery_entry(delivery: Delivery) -> DeliveryEntry:
    lot = [f"{name} {text}" for name, text in (("batch", delivery.batch), ("order", delivery.order)) if text]
    return DeliveryEntry(
        lot=one_line(", ".join(lot)) or "no batch or order",
        model=one_line(delivery.model),
        contracted=delivery.contracted,
        delivered=delivery.delivered,
        covered=delivery.covered,
        by_verdict=tuple((verdict, units) for verdict, units in delivery.by_verdict.items() if units),
        remark=_remark(delivery),
        place=one_line(delivery.place),
    )


def _remark(delivery: Delivery) -> str:
    if not delivery.place:
        return "wrong model: not contracted in this lot" if delivery.wrong_model else "not contracted"
    told = [
        f"short {delivery.short:,}" if delivery.short else "",
        f"over {delivery.over:,}" if delivery.over else "",
        f"{counted(delivery.unsure, 'unit')} more may be of this model" if delivery.unsure else "",
    ]
    return ", ".join(one for one in told if one)


def disclosure_entry(audit: Audit) -> DisclosureEntry | None:
    """Return the comparison of the disclosure schedule with the verdicts; None where there is none."""
    disclosure = audit.disclosure
    if disclosure is None:
        return None
    bad = VERDICT_WORDS[Verdict.NON_CONFORMING]
    sentences = [
        (
            f"{counted(disclosure.disclosed_non_conforming, f'{bad} unit')} disclosed, "
            f"{disclosure.undisclosed_units:,} not disclosed."
        ),
        f"{counted(disclosure.disclosed_otherwise, 'unit')} disclosed that are not {bad} here.",
        f"{counted(len(disclosure.lacking), 'serial number')} disclosed that the inventory lacks.",
    ]
    if disclosure.file.unnamed:
        rows = counted(disclosure.file.unnamed, "row")
        sentences.append(f"{rows} of the disclosure name no serial number and disclose no unit told apart.")
    sentences.append("A disclosure changes no verdict.")
    return DisclosureEntry(
        name=one_line(disclosure.file.name),
        sentences=tuple(sentences),
        units=(
            *(_unit("not disclosed", unit) for unit in disclosure.undisclosed),
            *(_unit("disclosed", unit) for unit in disclosure.disclosed),
            *(
                DisclosedEntry("disclosed, not in the inventory", serial, "", 0, "")
                for serial in disclosure.lacking
            ),
        ),
    )


def _unit(what: str, unit: DisclosedUnit) -> DisclosedEntry:
    where = place(unit.file, unit.sheet, f"row {unit.row}")
    return DisclosedEntry(what, one_line(unit.serial), where, unit.units, VERDICT_WORDS[unit.verdict])

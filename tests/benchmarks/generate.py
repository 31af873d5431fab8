"""Writes a large invented fleet as csv: many machines, few distinct sets of facts, as real exports are.

A benchmark calls `write_fleet`; nothing in the file stands for a real machine. Site codes in serials begin with Z.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

HEADER = (
    "Asset ID,Site,Manufacturer,Model,Serial Number,MAC Address,Country of Origin,Delivery Date,Batch,Quantity,"
    "Hashrate,Status"
)
BATCH_ROWS = 50_000
BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS = "JABCDEFGHI"

SITES = (
    "North Range",
    "Campstool",
    "Sandersville",
    "Washington",
    "Dalton",
    "College Park",
    "Norcross",
    "Massena",
)
MAKERS = (("Bitmain", 60), ("BITMAIN", 20), ("Bitmain Technologies", 10), ("MicroBT", 7), ("Canaan", 3))
# Model texts with rated TH/s, by family of maker.
MODELS = {
    "B": (
        ("Antminer S19j Pro 104T", 104), ("ANTMINER S19J PRO (100 TH)", 100), ("S19 XP 140T", 140),
        ("Antminer S19k Pro 120T", 120), ("Antminer S21 200T", 200), ("S21 Pro 234T", 234), ("Antminer T21 190T", 190),
        ("Antminer S19 Pro 110T", 110), ("S19j Pro+ 120T", 120), ("Antminer S21 XP 270T", 270),
    ),
    "M": (("WhatsMiner M50S+ 136T", 136), ("M30S++ 110T", 110), ("Whatsminer M60S 186T", 186)),
    "C": (("Avalon A1366 130T", 130), ("Avalon A1466 150T", 150)),
}  # fmt: skip
COUNTRIES = (
    ("", 50), ("Malaysia", 14), ("MY", 6), ("Thailand", 6), ("Made in China", 4), ("CN", 3), ("P.R.C.", 1),
    ("Indonesia", 4), ("n/a", 5), ("TBD", 4), ("United States", 3),
)  # fmt: skip
STATUSES = ("Hashing", "Hashing", "Hashing", "Hashing", "Hashing", "Offline", "In repair", "Stored")
MACS = ("02:", "3C:A3:08:", "90:34:86:")


@dataclass(frozen=True, slots=True)
class FactSet:
    """What all machines of one set share, ready to be written."""

    head: str
    """Site, maker and model, joined by commas."""
    serial: str
    """What the serials begin with; four characters follow. Of one set only."""
    mac: str
    """What the MAC addresses begin with."""
    tail: str
    """Country, delivery date, batch and quantity, joined by commas."""
    hashrate: int
    """Rated TH/s."""


def write_fleet(path: Path, rows: int = 1_000_000, fact_sets: int = 2_000, seed: int = 7) -> None:
    """Write an invented fleet.

    Args:
        path: The csv file to write; UTF-8, line feeds, one header row.
        rows: Machines, one each row; serials and MAC addresses are unique.
        fact_sets: How many distinct combinations of site, manufacturer, model, country, delivery date and batch occur.
        seed: The same seed writes the same bytes.

    Raises:
        ValueError: There are fewer rows than fact sets, or more than the serials and addresses can number.
    """
    if not 0 < fact_sets <= rows <= 1 << 24:
        raise ValueError(
            f"{rows} rows and {fact_sets} fact sets: expected 0 < fact sets <= rows <= {1 << 24}"
        )
    rng = random.Random(seed)
    sets = _fact_sets(fact_sets, rng)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER + "\n")
        for lines in _batches(sets, rows, rng):
            stream.writelines(lines)


def _fact_sets(count: int, rng: random.Random) -> list[FactSet]:
    found: dict[str, FactSet] = {}
    while len(found) < count:
        made = _fact_set(len(found), rng)
        found.setdefault(made.head + made.tail, made)
    return list(found.values())


def _fact_set(index: int, rng: random.Random) -> FactSet:
    maker = rng.choices([name for name, _ in MAKERS], [weight for _, weight in MAKERS])[0]
    model, hashrate = rng.choice(MODELS[maker[0]])
    country = rng.choices([name for name, _ in COUNTRIES], [weight for _, weight in COUNTRIES])[0]
    made = dt.date(2021, 3, 1) + dt.timedelta(days=rng.randrange(1_500))
    delivered = made + dt.timedelta(days=rng.randrange(20, 90))
    # Three base-36 digits of the index make every beginning of a serial the only one of its kind.
    own = BASE36[index // 1296 % 36] + BASE36[index // 36 % 36] + BASE36[index % 36]
    day = f"{made:%y%m%d}"
    match maker[0]:
        case "B":
            site = "Z" + "".join(rng.choices("ABCDEFGHKLMNPQRSTUVWXYZ", k=3))
            serial = site + own + "".join(LETTERS[int(digit)] for digit in day)
        case "M":
            serial = f"HTMZ{own}0VH{day}Z0"
        case _:
            serial = f"SYN{own}{day}Z"
    if index >= 36**3:
        # Beyond that many sets a further character keeps them apart; the serials are then a little longer.
        serial += BASE36[index // 36**3 % 36]
    batch = f"B{delivered:%y%m}-{own}{index // 36**3 or ''}"
    head = f"{rng.choice(SITES)},{maker},{model}"
    return FactSet(head, serial, rng.choice(MACS), f"{country},{delivered},{batch},1", hashrate)


def _batches(sets: list[FactSet], rows: int, rng: random.Random) -> Iterator[list[str]]:
    # Few sets hold most machines; each set comes once first, so that exactly all of them occur. No set can hold more
    # rows than four base-36 digits number (1.68 million), short of which the largest share keeps any 16-million file.
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(sets))))
    ends = [a + b + c + d for a in BASE36 for b in BASE36 for c in BASE36 for d in BASE36]
    used = [0] * len(sets)
    order = list(range(len(sets)))
    for start in range(0, rows, BATCH_ROWS):
        size = min(BATCH_ROWS, rows - start)
        fresh = list(range(start, min(start + size, len(sets)))) if start < len(sets) else []
        picks = fresh + rng.choices(order, cum_weights=weights, k=size - len(fresh))
        rng.shuffle(picks)
        lines = []
        for number, pick in enumerate(picks, start):
            facts, sequence = sets[pick], used[pick]
            used[pick] = sequence + 1
            lines.append(_line(number, facts, ends[sequence]))
        yield lines


def _line(number: int, facts: FactSet, end: str) -> str:
    # An odd factor permutes 24 bits, so addresses are unique and do not rise with the row.
    low = number * 0x9E3779B1 & 0xFFFFFF
    filler = "5A:5A:" if len(facts.mac) == 3 else ""
    mac = f"{facts.mac}{filler}{low >> 16:02X}:{low >> 8 & 255:02X}:{low & 255:02X}"
    status = STATUSES[low & 7]
    rate = facts.hashrate - (low >> 3 & 7) * 0.5 if status == "Hashing" else 0.0
    return f"A{number + 1:07d},{facts.head},{facts.serial}{end},{mac},{facts.tail},{rate},{status}\n"


if __name__ == "__main__":
    write_fleet(Path(sys.argv[1]), *(int(text) for text in sys.argv[2:]))

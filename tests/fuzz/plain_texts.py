"""Reads names among other words by columns and one by one, by the hundred thousand: both must say the same.

    python tests/fuzz/plain_texts.py [--count 100000] [--seed 1]

Every text is the name of a model with words and numbers around it, seldom with a slip of the hand. What many rows are read by
takes most of them for a name among words that say nothing; the reader of single texts looks at each word. The same
seed makes the same texts.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.identify import words
from provenance.identify.identity import TextReading
from provenance.identify.resolve import Identifier

COMMON = [
    "used", "new", "tested", "with psu", "in box", "for", "w/ ", "+ psu", "+", "incl.", "incl. power supply", "lot of",
    "batch", "sku", "qty", "x", "pcs", "units", "available", "fob hong kong", "texas", "hosted", "miner", "bitcoin miner",
    "firmware vnish", "hydro", "plus", "-", "–", "/", "&", ",", ";", "and", "or", "power", "supply", "шт", "б/у",
    "гарантия", "new in box", "asic", "sha-256", "no warranty", "w/ 30 days warranty", "асик майнер", "全新", "with",
    "without", "the", "of", "for parts", "mix", "gen", "next", "box", "open", "SHA256", "ready to ship", "cooling", "water",
    "immersion", "in stock", "1.2.3", "v1.2", "usd",
]  # fmt: skip
VOCABULARY = sorted(
    words.NOISE
    | words.UNITS
    | words.JOINERS
    | words.PART_WORDS
    | words.MINING_WORDS
    | words.BOARD_NOISE
    | words.VARIANTS
    | words.RESELLERS
    | words.INFRASTRUCTURE
)
NUMBERED = [
    "{}", "{}T", "{}TH/s", "({}T)", "{}W", "{} kW", "x{}", "{}x", "x {}", "{} x", "${}", "#{}", "{} pcs", "~{}", "{}.",
    "-{}", "-{}T", "{}шт", "{} gh/s", "{}台", "lot {}", "qty: {}", "lot #{}", "usd {}", "{} usd", "w/ {} days", "{}th/s,",
    "{} units", "{}T/с", "{}c/kwh", "{} J/TH", "{}V", "{} month",
]  # fmt: skip
NUMBERS = ("3.4", "1.2.6", "1,299", "13,5", "2024", "88", "104", "110", "1246", "15", "100")
SIGNS = ("", ",", " ", "-", "/", " / ", "(", ")")
PAGE = 5_000


@dataclass(frozen=True)
class Difference:
    """A text that the two read otherwise."""

    text: str
    together: TextReading
    alone: TextReading


class Writer:
    """Writes texts, the same for the same seed."""

    def __init__(self, catalogue: Catalogue, seed: int) -> None:
        self._chance = random.Random(seed)
        models = catalogue.models()
        names = [name for model in models for name in (model.name, *model.aliases, *model.firmware_names)]
        self._names = names + [name.split(" ", 1)[-1] for name in names]
        self._makers = [maker.name for maker in catalogue.makers()]
        self._rates = [rate for model in models for rate in model.hashrates]
        self._digits = [word for name in self._names for word in name.split() if word.isdigit()]

    def texts(self) -> Iterator[str]:
        """Yield texts without end."""
        chance = self._chance
        while True:
            front = [self._piece() for _ in range(chance.choice((0, 0, 0, 1, 2, 3)))]
            brand = [chance.choice(self._makers)] if chance.random() < 0.15 else []
            behind = [self._piece() for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 4)))]
            yield self._slip(" ".join([*front, *brand, chance.choice(self._names), *behind]))

    def _piece(self) -> str:
        chance = self._chance
        drawn = chance.random()
        if drawn < 0.45:
            number = chance.choice(
                (*NUMBERS, chance.choice(self._digits), chance.randint(0, 99), chance.randint(100, 99_999))
            )
            return chance.choice(NUMBERED).format(number)
        if drawn < 0.5:
            return chance.choice(self._rates)
        return chance.choice(COMMON if drawn < 0.85 else VOCABULARY)

    def _slip(self, text: str) -> str:
        chance = self._chance
        if chance.random() < 0.1:
            text = text.replace(" ", chance.choice("-_"))
        if chance.random() < 0.2:
            text = text.replace(" ", ", ", 1)
        if chance.random() < 0.1:
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(SIGNS) + text[at + 1 :]
        return text.upper() if chance.random() < 0.05 else text


def compare(catalogue: Catalogue, count: int, seed: int) -> list[Difference]:
    """Return the texts of so many that are read otherwise with others than alone."""
    together, alone = Identifier(catalogue), Identifier(catalogue)
    texts = Writer(catalogue, seed).texts()
    found: list[Difference] = []
    for start in range(0, count, PAGE):
        page = list(islice(texts, min(PAGE, count - start)))
        for text, reading in zip(page, together.read_texts(page), strict=True):
            single = alone.read_text(None, text)
            if reading != single:
                found.append(Difference(text, reading, single))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = compare(open_catalogue(), asked.count, asked.seed)
    for each in found:
        print(f"{each.text!r}\n  with others: {each.together}\n  alone: {each.alone}")
    print(f"{asked.count:,} texts, {len(found)} read otherwise with others than alone")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

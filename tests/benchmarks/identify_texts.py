"""How well and how fast model texts are identified, side by side with matchers by similarity.

    python tests/benchmarks/identify_texts.py [--texts 10000 100000] [--slow 2000]

All read the same distinct texts, written here from the catalogue's own models in the habits of dealers, firmware and fleet
software, a tenth of them things that are no miner, and choose among the same models: this program, rapidfuzz with WRatio and with
token_set_ratio, and cosine similarity of tf-idf weighted letter n-grams. Each matcher has the threshold that serves it best on
these very texts, which is generous to it. One thread each, timed by the seconds of the processor; the n-grams need numpy. Nothing is asserted, for machines are shared and noisy.

The slow matchers read the first `--slow` texts and their speed is that of these. The texts are written by the same hands as the
grammar, so the accuracy compares matchers on equal texts and promises nothing for others; the labelled set of the tests does.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time

from provenance.catalog.database import open_catalogue
from provenance.catalog.records import Model
from provenance.identify.resolve import Identifier

OTHER = (
    "S{a}{b} Pro hashboard",
    "APW{a} PSU for S{b}",
    "S7-{b}00 PLC",
    "Dell PowerEdge R{a}{b}0",
    "Cisco Catalyst 29{b}0-{a}8TS",
    "Galaxy Tab S{a} {b}GB",
    "RTX 30{b}0 {a}GB graphics card",
    "Rack {a} shelf {b}",
    "C{b} power cord {a} m",
    "Hikvision DS-2CD2{a}{b}3G2-I",
    "Fan 120{a}{b} 12V",
    "Transformer {a}{b}0 kVA",
    "Antminer S9{b}{a} Ultra",
    "Whatsminer M{a}9{b}Q",
)


@dataclass(frozen=True)
class Text:
    """A text to identify."""

    text: str
    model: str | None
    """The id of its model; None where no known model is named."""


@dataclass(frozen=True)
class Score:
    """How a matcher did."""

    name: str
    texts: int
    seconds: float
    answered: int
    right: int
    named: int
    """Texts that name a model."""

    def line(self) -> str:
        """Return the figures as a row of a table."""
        precision = self.right / self.answered if self.answered else 0.0
        return (
            f"{self.name:34} {self.texts:>8,} {self.texts / self.seconds:>12,.0f} {precision:>10.4f} "
            f"{self.right / self.named:>8.4f} {(self.answered - self.right) / self.texts:>8.4f}"
        )


def write_texts(models: Sequence[Model], makers: dict[str, str], count: int, seed: int = 7) -> list[Text]:
    """Return so many distinct texts, nine of ten naming a model.

    Args:
        models: The models to name.
        makers: Names of makers by their ids.
        count: How many texts.
        seed: The same seed writes the same texts.
    """
    chance = random.Random(seed)
    found: dict[str, str | None] = {}
    while len(found) < count:
        if chance.random() < 0.1:
            text, model = chance.choice(OTHER).format(a=chance.randint(1, 9), b=chance.randint(0, 99)), None
            text = f"{text}{chance.choice(['', ' used', ' new', f' lot {chance.randint(1, 9999)}'])}"
        else:
            chosen = chance.choice(models)
            text, model = _styled(chosen, makers[chosen.maker], chance), chosen.id
        found.setdefault(text, model)
    return [Text(text, model) for text, model in found.items()]


def _styled(model: Model, maker: str, chance: random.Random) -> str:
    name = model.name.split(" / ")[0]
    name = chance.choice(
        (name, name, name.upper(), name.lower(), name.replace(" ", "-"), name.replace(" ", "\u00a0"))
    )
    rate = chance.choice(model.hashrates) if model.hashrates else f"{chance.randint(10, 300)}T"
    lot, watts = chance.randint(1, 99_999), chance.randint(900, 9_900)
    return chance.choice(
        (
            f"{name} {rate} lot {lot}",
            f"{name} {rate} {watts}W",
            f"{maker.split(' ', maxsplit=1)[0]} {name} ({rate}) ~{watts / 1000} kW",
            f"{name} x{lot}",
            f"{chance.randint(2, 999)}x {name} {rate} used",
            f"Асик майнер {name} {rate} {lot} шт",
            f"{name} {rate} {watts} W, batch {lot}",
            f"{name} – {rate} – ${lot}",
            f"Lot {lot}: {name}, tested, {rate}",
        )
    )


Matcher = Callable[[Sequence[str]], list[tuple[str | None, float]]]
"""The model of each text, and how sure the matcher is, from 0 to 100."""


def by_grammar() -> Matcher:
    """Return this program, with its indexes built and nothing remembered from texts before."""
    identifier = Identifier(open_catalogue())
    identifier.read_text(None, "Catalyst 2960 switch")  # What is compiled when first asked for is compiled.

    def match(texts: Sequence[str]) -> list[tuple[str | None, float]]:
        return [(reading.model, 100.0) for reading in identifier.read_texts(texts)]

    return match


def by_rapidfuzz(scorer: str, models: Sequence[Model]) -> Matcher:
    """Return a search for the most similar name, see rapidfuzz.process.extractOne."""
    from rapidfuzz import fuzz, process, utils

    choices = [utils.default_process(model.name) for model in models]

    def match(texts: Sequence[str]) -> list[tuple[str | None, float]]:
        found = []
        for text in texts:
            _, sure, index = process.extractOne(
                text, choices, scorer=getattr(fuzz, scorer), processor=utils.default_process
            )
            found.append((models[index].id, sure))
        return found

    return match


def by_ngrams(models: Sequence[Model]) -> Matcher:
    """Return the nearest name by cosine of tf-idf weighted n-grams of two to four letters, within words."""
    import numpy as np

    names = [set(_ngrams(model.name)) for model in models]
    index = {gram: at for at, gram in enumerate(sorted(set().union(*names)))}
    counts = np.zeros(len(index))
    for grams in names:
        for gram in grams:
            counts[index[gram]] += 1
    idf = np.log((1 + len(models)) / (1 + counts)) + 1
    matrix = np.zeros((len(models), len(index)), dtype=np.float32)
    for row, model in enumerate(models):
        for gram in _ngrams(model.name):
            matrix[row, index[gram]] += idf[index[gram]]
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    columns = np.ascontiguousarray(matrix.T)

    def match(texts: Sequence[str]) -> list[tuple[str | None, float]]:
        found: list[tuple[str | None, float]] = []
        for start in range(0, len(texts), 1_000):
            block = np.zeros((len(texts[start : start + 1_000]), len(index)), dtype=np.float32)
            for row, text in enumerate(texts[start : start + 1_000]):
                for gram in _ngrams(text):
                    if (at := index.get(gram)) is not None:
                        block[row, at] += idf[at]
            norms = np.linalg.norm(block, axis=1, keepdims=True)
            alike = (block / np.where(norms, norms, 1)) @ columns
            best = alike.argmax(axis=1)
            found += [(models[at].id, float(100 * alike[row, at])) for row, at in enumerate(best)]
        return found

    return match


def _ngrams(text: str) -> Iterator[str]:
    for word in text.lower().split():
        padded = f" {word} "
        for size in (2, 3, 4):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def measure(name: str, matcher: Matcher, texts: Sequence[Text]) -> Score:
    """Return the speed of a matcher and its accuracy at the threshold that serves it best."""
    plain = [each.text for each in texts]
    start = process_time()
    found = matcher(plain)
    seconds = process_time() - start
    named = sum(each.model is not None for each in texts)
    ranked = sorted(
        ((sure, model == each.model) for (model, sure), each in zip(found, texts, strict=True) if model),
        reverse=True,
    )
    best = Score(name, len(texts), seconds, 0, 0, named)
    quality, right = -1.0, 0
    for answered, (sure, is_right) in enumerate(ranked, start=1):
        right += is_right
        last = answered == len(ranked) or ranked[answered][0] != sure
        f1 = 2 * right / (answered + named)
        if last and f1 > quality:
            quality, best = f1, Score(name, len(texts), seconds, answered, right, named)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument(
        "--slow", type=int, default=2_000, help="texts for the matchers that compare with every name"
    )
    asked = parser.parse_args()
    for pool in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(pool, "1")  # Read when numpy is first imported, which is later.
    catalogue = open_catalogue()
    models = list(catalogue.models())
    makers = {maker.id: maker.name for maker in catalogue.makers()}
    print(f"{'matcher':34} {'texts':>8} {'texts/s':>12} {'precision':>10} {'recall':>8} {'wrong':>8}")
    for count in asked.texts:
        texts = write_texts(models, makers, count)
        print(measure("this program", by_grammar(), texts).line())
        few = texts[: asked.slow]
        print(measure("rapidfuzz WRatio", by_rapidfuzz("WRatio", models), few).line())
        print(measure("rapidfuzz token_set_ratio", by_rapidfuzz("token_set_ratio", models), few).line())
        print(measure("tf-idf of letter n-grams", by_ngrams(models), texts[: 5 * asked.slow]).line())


if __name__ == "__main__":
    main()

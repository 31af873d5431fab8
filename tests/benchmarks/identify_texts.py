"""How well and how fast model texts are identified, side by side with matchers by similarity.

    python tests/benchmarks/identify_texts.py [--texts 10000 100000] [--slow 2000]

All read the same distinct texts, written here from the catalogue's own models in the habits of dealers, firmware and fleet
software, a tenth of them things that are no miner, and choose among the same models: this program, rapidfuzz with WRatio and with
token_set_ratio, and cosine similarity of tf-idf weighted letter n-grams. Each matcher has the threshold that serves it best on
these very texts, which is generous to it. One thread each, timed by the seconds of the processor; the n-grams need numpy.
Nothing is asserted, for machines are shared and noisy.

Beside the whole, this program reads the texts of each kind by themselves: names in one of the styles of writing that the tests
of identification use, names among one to three additions in any order, and what names no model of the catalogue (parts, other
gear, unknown siblings, texts that name nothing), a tenth of all. Indexes are built before, and anew for each measure.

The least that is asked for is fifty times WRatio over the same spellings, the aim 100,000 texts a second. What is left costs most in
texts that name no model: each is read word by word, mended and held against the numberings of other gear.

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

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.records import Model
from provenance.identify.resolve import Identifier

KINDS = ("a name in a style", "a name among additions", "no known model")
SHARE_OF_OTHERS = 0.1
SHARE_OF_LISTED = 0.3
"""Share of the texts that name a model in which further things stand in any order."""
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
    "{brand} {a}{b}-{c}",
    "{brand} {number}",
    "{number}",
    "{number} rev {a}, {c} units",
    "HP ProLiant DL3{b}0 Gen{a}",
    "Air filter {b}x{c} cm",
    "Office chair, model {c}",
    "Toner CF{c}{b}A black",
    "Container 40ft no. {c}",
    "Control board for S{b}, lot {c}",
    "Hydro cooling pump {a}.{b} kW",
    "Breaker {c}A 3-phase",
    "Invoice {c}/{b}",
    "Miners of site {b}, row {a}",
    "ThinkPad T{b} i{a} {c}GB",
    "Кабель питания {a} м, {b} шт",
)
"""Parts, other gear, unknown siblings and texts that name nothing."""
STYLES = (
    "{form}",
    "{form} {rate}",
    "{form} {rate} lot {n}",
    "{form} {rate} {watts}W",
    "{brand} {form} ({rate}) ~{kw} kW",
    "{form} x{few}",
    "{few}x {form} {rate} used",
    "Асик майнер {form} {rate} {n} шт",
    "{form} {rate} {watts} W, batch {n}",
    "{form} – {rate} – ${n}",
    "Lot {n}: {form}, tested, {rate}",
    "{form} ({rate}) ~{kw} kW",
    "{form}-{rate}",
    "{maker} {form}",
    "{form} (vnish 1.2.{few})",
    "{form} {few} шт",
    "Lot of {few} {form} {rate} used, tested",
    "Асик майнер {form} {rate} б/у, гарантия",
    "{form} 全新 {few}台",
    "{form} miners",
    "Hosted {form} {rate} in Texas, {cents}c/kWh",
    "{form} {comma}T/с",
)
"""The habits of the tests of identification, and more with numbers."""
ADDITIONS = (
    "{rate}",
    "({rate})",
    "{watts}W",
    "{watts} watts",
    "{kw} kW",
    "used",
    "- new in box",
    "refurbished",
    "tested",
    "fully working",
    "with PSU",
    "+ PSU",
    "incl. power supply",
    "w/ {few} days warranty",
    "lot {n}",
    "batch {n}",
    "SKU {n}",
    "PO #{n}",
    "qty {few}",
    "x{few}",
    "{few} pcs",
    "{few} units available",
    "${n}",
    "USD {n} each",
    "€{n}",
    "in stock",
    "FOB Hong Kong",
    "Texas",
    "hosted",
    "Bitcoin miner",
    "SHA-256",
    "{jth} J/TH",
    "firmware vnish",
    "ready to ship",
    "2024",
)
"""What stands behind a name, in any order."""


@dataclass(frozen=True)
class Text:
    """A text to identify."""

    text: str
    model: str | None
    """The id of its model; None where no known model is named."""
    kind: str
    """Where its words come from."""


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
        precision = self.right / self.answered if self.answered else 1.0
        return (
            f"{self.name:34} {self.texts:>8,} {self.texts / self.seconds:>12,.0f} {precision:>10.4f} "
            f"{self.right / self.named if self.named else 1.0:>8.4f} {(self.answered - self.right) / self.texts:>8.4f}"
        )


def write_texts(catalogue: Catalogue, count: int, seed: int = 7) -> list[Text]:
    """Return so many distinct texts, nine of ten naming a model.

    Args:
        catalogue: The models to name, the makers, and the numberings of other gear.
        count: How many texts.
        seed: The same seed writes the same texts.
    """
    chance = random.Random(seed)
    models = catalogue.models()
    makers = {maker.id: maker.name for maker in catalogue.makers()}
    numbers = [example for line in catalogue.product_lines() for example in line.examples]
    found: dict[str, Text] = {}
    while len(found) < count:
        if chance.random() < SHARE_OF_OTHERS:
            written = Text(_other(list(makers.values()), numbers, chance), None, KINDS[2])
        else:
            written = _named(chance.choice(models), makers, chance)
        found.setdefault(written.text, written)
    return list(found.values())


def _other(makers: Sequence[str], numbers: Sequence[str], chance: random.Random) -> str:
    text = chance.choice(OTHER).format(
        a=chance.randint(1, 9),
        b=chance.randint(0, 99),
        c=chance.randint(10, 9_999),
        brand=chance.choice(makers),
        number=chance.choice(numbers),
    )
    return f"{text}{chance.choice(['', ' used', ' new', f' lot {chance.randint(1, 9999)}'])}"


def _named(model: Model, makers: dict[str, str], chance: random.Random) -> Text:
    maker = makers[model.maker]
    name = model.name.split(" / ")[0]
    form = chance.choice(
        (
            name,
            name,
            name.upper(),
            name.lower(),
            name.replace(" ", "-"),
            name.lower().replace(" ", "_"),
            name.replace(" ", "\u00a0"),
        )
    )
    style, kind = chance.choice(STYLES), KINDS[0]
    if chance.random() < SHARE_OF_LISTED:
        chosen = chance.sample(ADDITIONS, chance.randint(1, 3))
        style = chance.choice(("{form} ", "{brand} {form} ", "{form}, ")) + chance.choice((" ", ", ")).join(
            chosen
        )
        kind = KINDS[1]
    watts = chance.randint(900, 9_900)
    text = style.format(
        form=form,
        maker=maker,
        brand=maker.split(" ", maxsplit=1)[0],
        rate=chance.choice(model.hashrates) if model.hashrates else f"{chance.randint(10, 300)}T",
        watts=watts,
        kw=watts / 1000,
        n=chance.randint(1, 99_999),
        few=chance.randint(2, 999),
        cents=chance.randint(40, 90) / 10,
        comma=f"{chance.randint(10, 300)},{chance.randint(0, 9)}",
        jth=chance.randint(130, 400) / 10,
    )
    return Text(text, model.id, kind)


Matcher = Callable[[Sequence[str]], list[tuple[str | None, float]]]
"""The model of each text, and how sure the matcher is, from 0 to 100."""


def by_grammar() -> Matcher:
    """Return this program, with its indexes built and nothing remembered from texts before."""
    catalogue = open_catalogue()
    identifier = Identifier(catalogue)
    for line in catalogue.product_lines():
        for example in line.examples[:1]:  # What is compiled when first asked for is compiled.
            identifier.read_text(line.maker, example)
    identifier.read_texts(["Antminer S19 used"])

    def match(texts: Sequence[str]) -> list[tuple[str | None, float]]:
        return [(reading.model, 100.0) for reading in identifier.read_texts(texts)]

    return match


def by_rapidfuzz(scorer: str, models: Sequence[Model], *, spellings: bool = False) -> Matcher:
    """Return a search for the most similar name, see rapidfuzz.process.extractOne.

    Args:
        scorer: How similarity is measured.
        models: The models to choose from.
        spellings: Whether to choose among their aliases and the names that firmware gives them too, as this program does.
    """
    from rapidfuzz import fuzz, process, utils

    names = [
        (name, model)
        for model in models
        for name in (model.name, *((*model.aliases, *model.firmware_names) if spellings else ()))
    ]
    choices = [utils.default_process(name) for name, _ in names]

    def match(texts: Sequence[str]) -> list[tuple[str | None, float]]:
        found = []
        for text in texts:
            _, sure, index = process.extractOne(
                text, choices, scorer=getattr(fuzz, scorer), processor=utils.default_process
            )
            found.append((names[index][1].id, sure))
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
    print(f"{'matcher':34} {'texts':>8} {'texts/s':>12} {'precision':>10} {'recall':>8} {'wrong':>8}")
    for count in asked.texts:
        texts = write_texts(catalogue, count)
        print(measure("this program", by_grammar(), texts).line())
        for kind in KINDS:
            alike = [each for each in texts if each.kind == kind]
            print(measure(f"  {kind}", by_grammar(), alike).line())
        few = texts[: asked.slow]
        print(measure("rapidfuzz WRatio", by_rapidfuzz("WRatio", models), few).line())
        spelt = by_rapidfuzz("WRatio", models, spellings=True)
        print(measure("  among all spellings", spelt, few).line())
        print(measure("rapidfuzz token_set_ratio", by_rapidfuzz("token_set_ratio", models), few).line())
        print(measure("tf-idf of letter n-grams", by_ngrams(models), texts[: 5 * asked.slow]).line())


if __name__ == "__main__":
    main()

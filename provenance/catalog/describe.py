"""What the catalogue says, in words: the text of `catalog show`, `catalog list` and `catalog stats`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from provenance.catalog.database import Catalogue
from provenance.catalog.find import find
from provenance.catalog.maker_page import maker_page
from provenance.catalog.model_page import model_page
from provenance.catalog.records import Confidence, Maker, Seat
from provenance.evidence import Facet, Grade


def show(catalogue: Catalogue, name: str) -> str:
    """Return all that is known of a maker or a model, as a page.

    Args:
        catalogue: The catalogue.
        name: An id, or a name or alias in any case.

    Raises:
        CatalogError: Nothing has this name, or several have; with the nearest ids.
    """
    found = find(catalogue, name)
    return maker_page(catalogue, found) if isinstance(found, Maker) else model_page(catalogue, found)


def list_makers(catalogue: Catalogue) -> str:
    """Return one line for each maker: id, category, seats (a `?` after one without a source), counts, name."""
    makers = catalogue.makers()
    width = max((len(maker.id) for maker in makers), default=0)
    models = Counter(model.maker for model in catalogue.models())
    rows = []
    for maker in makers:
        seats = "/".join(sorted({_short(seat) for seat in maker.seats if seat.facet is Facet.MAKER})) or "-"
        counts = f"{models[maker.id]:4d} models {len(catalogue.plants(maker.id)):2d} plants"
        rows.append(f"{maker.id:<{width}}  {maker.category:<15}  {seats:<5}  {counts}  {maker.name}")
    return "\n".join(rows)


def listed(catalogue: Catalogue) -> list[dict[str, object]]:
    """Return every maker with its id, name, categories, seats of its own and counts, for programs."""
    models = Counter(model.maker for model in catalogue.models())
    return [
        {
            "id": maker.id,
            "name": maker.name,
            "categories": list(maker.categories),
            "seats": sorted({seat.country for seat in maker.seats if seat.facet is Facet.MAKER}),
            "confidence": maker.confidence.value,
            "models": models[maker.id],
            "plants": len(catalogue.plants(maker.id)),
        }
        for maker in catalogue.makers()
    ]


def stats(catalogue: Catalogue) -> str:
    """Return what the catalogue holds and how much of it a reader can verify."""
    lines = [f"catalogue as of {catalogue.as_of}", f"sha256 {catalogue.sha256}", ""]
    lines += [f"{count:7d}  {part.replace('_', ' ')}" for part, count in catalogue.stats().items()]
    plants = [plant for maker in catalogue.makers() for plant in catalogue.plants(maker.id)]
    seats = [seat for maker in catalogue.makers() for seat in maker.seats]
    lines += ["", "how well supported"]
    lines += _spread("makers", (maker.confidence for maker in catalogue.makers()))
    lines += _spread("models", (model.confidence for model in catalogue.models()))
    lines += _spread("plants", (plant.confidence for plant in plants))
    lines += _spread("serial schemes", (scheme.confidence for scheme in catalogue.serial_schemes()))
    grades = Counter(seat.grade.value for seat in seats)
    lines.append("  seats: " + ", ".join(f"{count} {grade}" for grade, count in sorted(grades.items())))
    return "\n".join(lines)


def _spread(what: str, values: Iterable[Confidence]) -> Iterator[str]:
    counts = Counter(values)
    yield f"  {what}: " + ", ".join(f"{counts[value]} {value.value}" for value in Confidence)


def _short(seat: Seat) -> str:
    return seat.country + ("?" if seat.grade is Grade.UNSOURCED else "")

"""What the catalogue says, in words: the text of `catalog show`, `catalog list` and `catalog stats`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from textwrap import wrap
from typing import Any, TypeVar

from provenance.catalog.database import Catalogue
from provenance.catalog.records import Confidence, Maker, Model, Plant, Relation, Seat, SerialScheme
from provenance.countries import label
from provenance.errors import CatalogError, Fault
from provenance.evidence import Facet, Grade

_WIDTH = 100
_SHOWN_MODELS = 12

RecordT = TypeVar("RecordT")


def show(catalogue: Catalogue, name: str) -> str:
    """Return all that is known of a maker or a model.

    Args:
        catalogue: The catalogue.
        name: An id, or a name or alias in any case.

    Raises:
        CatalogError: Nothing has this name, or several have; with the nearest ids.
    """
    found = _find(catalogue, name)
    lines = _maker(catalogue, found) if isinstance(found, Maker) else _model(catalogue, found)
    return "\n".join(lines)


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


def _find(catalogue: Catalogue, name: str) -> Maker | Model:
    wanted = name.strip().casefold()
    named = _names(catalogue)
    found = named.get(wanted, set())
    exact = [record for record in found if record.id == wanted]
    if exact or len(found) == 1:
        return (exact or list(found))[0]
    if found:
        ids = ", ".join(sorted(record.id for record in found))
        raise CatalogError(
            Fault("", f"{name!r} can be several makers or models: {ids}", "give one of the ids")
        )
    near = [record.id for text in get_close_matches(wanted, named, n=5) for record in named[text]]
    do = (
        f"did you mean {', '.join(sorted(set(near)))}?"
        if near
        else "`provenance catalog list` names all makers"
    )
    raise CatalogError(Fault("", f"the catalogue has no maker and no model {name!r}", do))


def _names(catalogue: Catalogue) -> dict[str, set[Maker | Model]]:
    """Return everything by each of its names in lower case; a bare code names every model that it can mean."""
    named: dict[str, set[Maker | Model]] = {}
    for maker in catalogue.makers():
        for text in (maker.id, maker.name, *maker.aliases, *maker.ambiguous_aliases):
            named.setdefault(text.casefold(), set()).add(maker)
    for model in catalogue.models():
        for text in (model.id, model.name, *model.aliases, *model.firmware_names):
            named.setdefault(text.casefold(), set()).add(model)
    for code, pairs in catalogue.collisions().items():
        named.setdefault(code.casefold(), set()).update(catalogue.model(model) for _, model in pairs)
    return named


def _maker(catalogue: Catalogue, maker: Maker) -> Iterator[str]:
    yield f"{maker.id}: {maker.name}"
    yield f"  {maker.category}; support {maker.confidence.value}"
    founded = catalogue.founded_country(maker.id)
    if founded is not None:
        yield f"  founded in {_place(founded)}, which is no seat and no origin"
    yield from _wrapped("also", ", ".join(maker.aliases))
    yield from _wrapped("never decides alone", ", ".join(maker.ambiguous_aliases))
    yield from _wrapped("note", maker.note)
    yield from _section("seats", maker.seats, _seat, "no seat is known")
    yield from _section("relations", maker.relations, _relation)
    plants = catalogue.plants(maker.id)
    whole = "" if all(plant.complete for plant in plants) else ", of which no source gives a complete list"
    yield from _section(f"plants{whole}", plants, _plant, "where it assembles is not known")
    schemes = [scheme for scheme in catalogue.serial_schemes() if scheme.maker == maker.id]
    yield from _section("serial schemes", schemes, _scheme)
    lines = [line for line in catalogue.product_lines() if line.maker == maker.id]
    yield from _section("product lines", lines, lambda line: [f"{line.name}: {', '.join(line.examples[:4])}"])
    models = catalogue.models(maker.id)
    yield from _section(f"models ({len(models)})", models[:_SHOWN_MODELS], lambda model: [_model_line(model)])
    if len(models) > _SHOWN_MODELS:
        rest = ", ".join(model.id for model in models[_SHOWN_MODELS:])
        yield from (f"  {part}" for part in wrap(f"and {rest}", _WIDTH, break_on_hyphens=False))
    yield from _section("sources", maker.sources, lambda source: [source])


def _model(catalogue: Catalogue, model: Model) -> Iterator[str]:
    yield f"{model.id}: {model.name}"
    yield f"  maker {model.maker} ({catalogue.maker(model.maker).name}); support {model.confidence.value}"
    yield "  a model does not decide where a unit was made: see the plants of its maker"
    details = catalogue.details(model.id)
    facts = (model.algorithm, details["cooling"], details["released"] and f"released {details['released']}")
    yield from _wrapped("facts", ", ".join(fact for fact in facts if fact))
    yield from _wrapped("also", ", ".join(model.aliases))
    yield from _wrapped("firmware says", ", ".join(model.firmware_names))
    yield from _wrapped("revisions", ", ".join(details["revisions"]))
    yield from _section("hashrates", details["hashrates"], _rating)
    shared = sorted(
        f"{code}: {', '.join(other for _, other in pairs if other != model.id)}"
        for code, pairs in catalogue.collisions().items()
        if (model.maker, model.id) in pairs
    )
    yield from _section("its bare code means others too", shared, lambda text: [text])
    yield from _section("notes", details["notes"], lambda text: [text])
    yield from _section("sources", model.sources, lambda source: [source])


def _short(seat: Seat) -> str:
    return seat.country + ("?" if seat.grade is Grade.UNSOURCED else "")


def _seat(seat: Seat) -> list[str]:
    when = _when(seat.first, seat.last)
    return [f"{seat.facet.value}: {_place(seat.country)}, {seat.grade.value}{when}", *_cited(seat.source)]


def _relation(relation: Relation) -> list[str]:
    head = f"{relation.kind} {relation.other}{_when(relation.first, relation.last)}"
    return [head, *wrap(relation.note, _WIDTH), *_cited(relation.source)]


def _plant(plant: Plant) -> list[str]:
    country = _place(plant.country) if plant.country is not None else "country not known"
    head = f"{country}: {plant.activity}, support {plant.confidence.value}{_when(plant.first, plant.last)}"
    models = [f"models named: {', '.join(plant.models)}"] if plant.models else []
    return [head, *models, *wrap(plant.note, _WIDTH), *_cited(plant.source)]


def _scheme(scheme: SerialScheme) -> list[str]:
    tells = [f"a date ({scheme.date_rule})"] if scheme.date_rule else []
    tells += [f"a country ({scheme.country_rule})"] if scheme.country_rule else []
    carries = (
        "there is no serial" if scheme.placeholder else f"carries {' and '.join(tells) or 'format only'}"
    )
    codes = (
        [", ".join(f"{code} is {_place(country)}" for code, country in scheme.codes)] if scheme.codes else []
    )
    head = f"{scheme.id}: {scheme.title}; {scheme.part.value}, {carries}, support {scheme.confidence.value}"
    return [head, *codes]


def _model_line(model: Model) -> str:
    return "  ".join(part for part in (model.id, model.name, " ".join(model.hashrates)) if part)


def _rating(row: list[Any]) -> list[str]:
    name, _, _, watts = row
    return [f"{name} at {watts:g} W" if watts is not None else f"{name}, power not known"]


def _section(
    title: str, records: Iterable[RecordT], write: Callable[[RecordT], list[str]], empty: str = ""
) -> Iterator[str]:
    """Yield a heading and the records below it, each one's further lines indented once more."""
    blocks = [write(record) for record in records]
    if not blocks and not empty:
        return
    yield ""
    yield title
    if not blocks:
        yield f"  {empty}"
    for head, *rest in blocks:
        yield f"  {head}"
        yield from (f"    {line}" for line in rest)


def _wrapped(title: str, text: str) -> Iterator[str]:
    lines = wrap(f"{title}: {text}", _WIDTH, break_on_hyphens=False) if text else []
    yield from (f"  {line}" for line in lines)


def _cited(source: str) -> list[str]:
    return [f"source {part}" for part in source.split("; ")]


def _place(country: str) -> str:
    return f"{label(country)} ({country})"


def _when(first: date | None, last: date | None) -> str:
    match first, last:
        case None, None:
            return ""
        case None, date():
            return f", until {last}"
        case date(), None:
            return f", from {first}"
        case _:
            return f", from {first} to {last}"

"""The page of a model: whose it is, how it is written and rated, and where its maker is known to assemble."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provenance.catalog.database import Catalogue
from provenance.catalog.maker_page import SUPPORT, basis, plant_head
from provenance.catalog.page import Page, day, parts
from provenance.catalog.records import Model
from provenance.catalog.terms import Activity

_COOLING = {"air": "air-cooled", "hydro": "water-cooled", "immersion": "for immersion"}


def model_page(catalogue: Catalogue, model: Model) -> str:
    """Return the page of a model, 80 columns wide but for its sources."""
    maker = catalogue.maker(model.maker)
    details = catalogue.details(model.id)
    page = Page(model.name, f"model: {model.id}")
    facts = [model.algorithm, _COOLING.get(details["cooling"] or "")]
    facts.append(f"released {day(details['released'])}" if details["released"] else None)
    told = ", ".join(fact for fact in facts if fact)
    page.text(f"A model of {maker.name} ({maker.id}).{f' {told}.' if told else ''}", 0)
    page.text(f"{SUPPORT[model.confidence].capitalize()} {page.cite(model.sources)}.", 0)
    _written(catalogue, model, details, page)
    _rated(details, page)
    _made(catalogue, model, page)
    if details["notes"]:
        page.section("Where sources differ")
    for note in details["notes"]:
        page.item(note)
    return page.finish(basis(catalogue))


def _written(catalogue: Catalogue, model: Model, details: Mapping[str, Any], page: Page) -> None:
    shared = [
        (code, sorted(other for _, other in pairs if other != model.id))
        for code, pairs in catalogue.collisions().items()
        if (model.maker, model.id) in pairs
    ]
    if not (model.aliases or model.firmware_names or details["revisions"] or shared):
        return
    page.section("Written as")
    for title, names in (
        ("Also", model.aliases),
        ("By firmware", model.firmware_names),
        ("Hardware revisions", details["revisions"]),
    ):
        if names:
            page.item(f"{title}: {'; '.join(names)}")
    for code, others in shared:
        page.item(f"The bare code {code} means {', '.join(others)} too and is never read alone.")


def _rated(details: Mapping[str, Any], page: Page) -> None:
    if details["hashrates"]:
        page.section("Rated at")
        page.text("A rating checks a model and never decides it.")
    for name, _, _, watts in details["hashrates"]:
        page.item(f"{name}, {f'{watts:g} W' if watts is not None else 'power not known'}")


def _made(catalogue: Catalogue, model: Model, page: Page) -> None:
    page.section("Where it may have been made")
    page.text("A model does not decide where a unit was made. What is known of its maker:")
    plants = [
        plant
        for plant in catalogue.plants(model.maker)
        if Activity(plant.activity) not in {Activity.SEAT, Activity.CHIP_FAB}
    ]
    if not plants:
        page.text("Where it assembles is not known.")
    for plant in plants:
        named = ["This model is named for it."] if model.id in plant.models else []
        others = [catalogue.model(other).name for other in plant.models if other != model.id]
        named += [f"Named for it: {', '.join(others)}."] if others else []
        page.item(f"{plant_head(plant)} {page.cite(parts(plant.source))}", *named)

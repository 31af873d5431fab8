"""The page of a maker: who it is, where it sits, who controls it, where it makes, what it makes."""

from __future__ import annotations

from typing import assert_never

from provenance.catalog.database import Catalogue
from provenance.catalog.page import Page, day, parts, place, when
from provenance.catalog.records import Action, Confidence, Maker, PartKind, Plant, Seat, SerialScheme
from provenance.catalog.terms import Activity
from provenance.catalog.ties import TieKind
from provenance.evidence import Facet, Grade

_SHOWN = 4
"""Examples of a product line that a page shows."""

SUPPORT = {
    Confidence.HIGH: "well supported",
    Confidence.MEDIUM: "supported",
    Confidence.LOW: "weakly supported",
    Confidence.UNVERIFIED: "UNVERIFIED: no source that a reader can open, so it stands in no verdict and no notice",
}
"""How far a fact can be relied on, in words."""

_PARTS = {
    PartKind.MACHINE: "the machine",
    PartKind.HASHBOARD: "the hashboard",
    PartKind.CONTROL_BOARD: "the control board",
    PartKind.PSU: "the power supply",
    PartKind.OTHER: "the part",
}

_GRADES = {
    Grade.REGISTER: "by an official register",
    Grade.PUBLISHED: "by published sources",
    Grade.REGISTRY_ADDRESS: "by its address in the IEEE registry, which proves no seat",
    Grade.UNSOURCED: "UNVERIFIED: commonly assumed, no source states it",
}


def maker_page(catalogue: Catalogue, maker: Maker) -> str:
    """Return the page of a maker, 80 columns wide but for its sources."""
    page = Page(maker.name, f"maker: {maker.id}")
    _about(catalogue, maker, page)
    _seats(maker, page)
    _ties(catalogue, maker, page)
    _plants(catalogue, maker, page)
    _products(catalogue, maker, page)
    _serials(catalogue, maker, page)
    _own_changes(catalogue, maker, page)
    return page.finish(basis(catalogue))


def basis(catalogue: Catalogue) -> str:
    """Return what a page rests on."""
    own = "".join(f"; over it lies {info.name}, sha256 {info.sha256[:12]}" for info in catalogue.overlays)
    return f"Catalogue as of {day(catalogue.as_of.isoformat())}, sha256 {catalogue.sha256[:12]}{own}."


def _about(catalogue: Catalogue, maker: Maker, page: Page) -> None:
    words = ", ".join(word.replace("-", " ") for word in maker.categories)
    page.text(f"Makes: {words}. {SUPPORT[maker.confidence].capitalize()} {page.cite(maker.sources)}.", 0)
    page.text(maker.note, 0)
    founded = catalogue.founded_country(maker.id)
    if founded is not None:
        page.text(f"Founded in {place(founded)}, which is neither its seat nor an origin.", 0)
    if maker.aliases or maker.ambiguous_aliases:
        page.section("Names")
        page.text("; ".join(maker.aliases))
        if not catalogue.names_verified(maker.id):
            page.text("These names are general knowledge; the sources do not list them.")
        if maker.ambiguous_aliases:
            page.text(
                f"Also, but never alone, since it means other things too: {'; '.join(maker.ambiguous_aliases)}"
            )


def _seats(maker: Maker, page: Page) -> None:
    page.section("Seat")
    if not maker.seats:
        page.text("No seat is known.")
    for seat in maker.seats:
        whose = "Of whoever controls it" if seat.facet is Facet.OWNER else "Of the maker"
        head = f"{whose}: {place(seat.country)}, {_seat_days(seat)}, {_GRADES[seat.grade]} {page.cite(parts(seat.source))}"
        page.item(head)


def _seat_days(seat: Seat) -> str:
    began = seat.first.isoformat() if seat.first else ""
    ended = seat.last.isoformat() if seat.last else ""
    return when(began, ended)


def _ties(catalogue: Catalogue, maker: Maker, page: Page) -> None:
    ties = catalogue.ties(maker.id)
    if ties:
        page.section("Owners, affiliates and brands")
    for tie in ties:
        named = f"{tie.other_name} ({tie.other})" if tie.catalogued else tie.other_name
        head = f"{_tie_words(tie.kind)} {named}: {when(tie.began, tie.ended, tie.seen)} {page.cite(parts(tie.source))}"
        doubts = [tie.note]
        if tie.some_goods:
            doubts.append("Holds for some goods only; the sources do not say which.")
        if tie.confidence in {Confidence.LOW, Confidence.UNVERIFIED}:
            doubts.append(f"{SUPPORT[tie.confidence].capitalize()}.")
        page.item(head, *doubts)


def _tie_words(kind: TieKind) -> str:
    match kind:
        case TieKind.PARENT:
            return "Controlled by"
        case TieKind.SUBSIDIARY:
            return "Controls"
        case TieKind.AFFILIATE:
            return "Affiliate of"
        case TieKind.WHITE_LABEL_SOURCE:
            return "Puts its brand on goods of"
        case TieKind.WHITE_LABEL_SELLER:
            return "Makes goods sold under the brand of"
        case TieKind.BRAND_SOLD_TO:
            return "Sold a brand or business to"
        case TieKind.BRAND_BOUGHT_FROM:
            return "Bought a brand or business of"
        case TieKind.FORMER_NAME:
            return "Formerly named"
        case TieKind.LATER_NAME:
            return "Later named"
        case _:
            assert_never(kind)


def _plants(catalogue: Catalogue, maker: Maker, page: Page) -> None:
    plants = catalogue.plants(maker.id)
    page.section("Where it makes")
    if not plants:
        page.text("Not known.")
        return
    if not all(plant.complete for plant in plants):
        page.text("No source gives a complete list: a country that is missing here is not excluded.")
    for plant in plants:
        models = f"Models named: {', '.join(catalogue.model(model).name for model in plant.models)}."
        head = f"{plant_head(plant)} {page.cite(parts(plant.source))}"
        page.item(head, *([models] if plant.models else []), plant.note)


def plant_head(plant: Plant) -> str:
    """Return country, activity, time and support of a plant in one line."""
    country = place(plant.country) if plant.country is not None else "Country not known"
    return f"{country}: {_activity(plant)}, {when(plant.began, plant.ended)}; {SUPPORT[plant.confidence]}"


def _activity(plant: Plant) -> str:
    match Activity(plant.activity):
        case Activity.ASSEMBLY:
            return "assembly"
        case Activity.ASSEMBLY_ANNOUNCED:
            return "assembly announced, not shown to have begun"
        case Activity.ASSEMBLY_CLAIMED:
            return "assembly by its own account"
        case Activity.ASSEMBLY_PILOT:
            return "trial assembly"
        case Activity.CHIP_FAB:
            return "chips, which decide no origin of the machine"
        case Activity.CONTESTED_ORIGIN:
            return "origin asserted by a government and contested by the importer"
        case Activity.SEAT:
            return "seat only"


def _products(catalogue: Catalogue, maker: Maker, page: Page) -> None:
    models = catalogue.models(maker.id)
    if models:
        page.section(f"Models ({len(models)})")
        page.text("; ".join(model.name for model in models))
    lines = [line for line in catalogue.product_lines() if line.maker == maker.id]
    if lines:
        page.section("Product lines")
        page.text("A number names the label on a unit, not who made the hardware in it.")
    for line in lines:
        seen = f", such as {', '.join(line.examples[:_SHOWN])}" if line.examples else ""
        shared = f" Shared with {', '.join(line.shared_with)}." if line.shared_with else ""
        page.item(
            f"{line.name} [{line.category.replace('-', ' ')}]{seen}. {page.cite(parts(line.source))}{shared}"
        )
    families = [family for family in catalogue.families() if family.maker == maker.id]
    if families:
        page.section("Product families")
    for family in families:
        page.item(
            f"{family.name} [{family.category}], {SUPPORT[family.confidence]} {page.cite(parts(family.source))}"
        )
    codes = [code for code in catalogue.part_codes() if code.maker == maker.id]
    if codes:
        page.section("Boards and power supplies")
        page.text("How firmware and labels write a part; a part never decides the model.")
    for code in codes:
        seen = f": {', '.join(code.examples[:_SHOWN])}" if code.examples else ""
        page.item(f"{code.title}{seen}. {page.cite(code.sources)}", code.note)


def _serials(catalogue: Catalogue, maker: Maker, page: Page) -> None:
    schemes = [scheme for scheme in catalogue.serial_schemes() if scheme.maker == maker.id]
    if schemes:
        page.section("Serial numbers")
    for scheme in schemes:
        page.item(
            f"{scheme.title}: {_tells(scheme)}; {SUPPORT[scheme.confidence]} {page.cite(scheme.sources)}"
        )


def _tells(scheme: SerialScheme) -> str:
    if scheme.placeholder:
        return "stands for no serial number at all"
    whose = _PARTS[scheme.part]
    told = [f"when {whose} was made"] if scheme.date_rule else []
    told += ["a country by code"] if scheme.country_rule else []
    codes = ", ".join(f"{code} is {place(country)}" for code, country in scheme.codes)
    return f"tells {' and '.join(told) or 'nothing but its shape'}{f' ({codes})' if codes else ''}"


def _own_changes(catalogue: Catalogue, maker: Maker, page: Page) -> None:
    for info in catalogue.overlays:
        changes = [change for change in info.changes if change.maker == maker.id]
        if changes:
            page.section(f"Changed by {info.name}")
        for action in Action:
            done = [
                f"{change.kind.replace('_', ' ')} {change.id}"
                for change in changes
                if change.action is action
            ]
            if done:
                page.item(f"{action.value}: {'; '.join(done)}")

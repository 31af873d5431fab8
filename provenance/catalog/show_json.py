"""What the catalogue says of a maker or a model, as JSON: the same facts as the pages, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from provenance.catalog.database import Catalogue
from provenance.catalog.page import parts
from provenance.catalog.records import Maker, Model

SCHEMA = "provenance-catalog-entry/1"
"""The version of the shape; keys may be added, never renamed."""


def entry_json(catalogue: Catalogue, found: Maker | Model) -> dict[str, Any]:
    """Return all that is known of a maker or a model; dates are ISO, unknown ones null."""
    body = _maker(catalogue, found) if isinstance(found, Maker) else _model(catalogue, found)
    overlays = [{"name": info.name, "sha256": info.sha256} for info in catalogue.overlays]
    basis = {"as_of": catalogue.as_of, "sha256": catalogue.sha256, "overlays": overlays}
    return {
        "schema": SCHEMA,
        "kind": "maker" if isinstance(found, Maker) else "model",
        "catalog": basis,
        **body,
    }


def _maker(catalogue: Catalogue, maker: Maker) -> dict[str, Any]:
    body = asdict(maker)
    del body["relations"]
    body["seats"] = [_sourced(seat) for seat in body["seats"]]
    body["names_verified"] = catalogue.names_verified(maker.id)
    body["founded_country"] = catalogue.founded_country(maker.id)
    body["ties"] = [_sourced(asdict(tie)) for tie in catalogue.ties(maker.id)]
    body["plants"] = [_sourced(asdict(plant)) for plant in catalogue.plants(maker.id)]
    body["models"] = [model.id for model in catalogue.models(maker.id)]
    for name, records in (
        ("product_lines", catalogue.product_lines()),
        ("families", catalogue.families()),
        ("part_codes", catalogue.part_codes()),
        ("serial_schemes", catalogue.serial_schemes()),
    ):
        body[name] = [_sourced(asdict(record)) for record in records if record.maker == maker.id]
    return body


def _model(catalogue: Catalogue, model: Model) -> dict[str, Any]:
    details = catalogue.details(model.id)
    rates = [
        dict(zip(("label", "hashrate", "unit", "power_w"), row, strict=True)) for row in details["hashrates"]
    ]
    shared = {
        code: [other for _, other in pairs]
        for code, pairs in catalogue.collisions().items()
        if (model.maker, model.id) in pairs
    }
    return {**asdict(model), **details, "hashrates": rates, "shared_codes": shared}


def _sourced(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with its sources as a list."""
    if "source" in record:
        record["sources"] = list(parts(record.pop("source")))
    return record

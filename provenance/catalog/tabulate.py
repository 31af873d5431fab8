"""Turns entries of the source files into rows of the database's tables; `rows` is the way back.

The order of the columns is that of the tables in `compile`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from provenance.catalog.registry_schema import FirmwareEntry
from provenance.catalog.schema import (
    FamilyEntry,
    MakerFile,
    ModelEntry,
    PartCodeEntry,
    PlantEntry,
    ProductLineEntry,
    SerialSchemeEntry,
)
from provenance.catalog.terms import Extent, span_of
from provenance.catalog.timing import certain_days

Row = tuple[object, ...]


def maker_row(maker: MakerFile) -> Row:
    """Return the row of a maker."""
    return (
        maker.id,
        maker.name,
        json.dumps([category.value for category in maker.categories]),
        maker.founded_country,
        maker.names_verified,
        _texts({*maker.aliases, *maker.brands}),
        _texts(maker.ambiguous_aliases),
        maker.confidence.value,
        _texts(maker.sources),
        maker.note,
    )


def relation_rows(maker: MakerFile) -> Iterator[Row]:
    """Yield the rows of its relations, numbered in their order."""
    order = sorted(maker.relations, key=lambda row: (row.kind.value, row.other, row.first or ""))
    for n, row in enumerate(order):
        certain = certain_days(row)
        yield (
            maker.id,
            n,
            row.kind.value,
            row.other,
            first_day(row.first),
            last_day(row.last),
            certain.first.isoformat() if certain else None,
            certain.last.isoformat() if certain else None,
            row.extent is Extent.SOME,
            row.confidence.value,
            "; ".join(sorted(row.sources)),
            row.note,
            row.first or "",
            row.last or ("?" if row.end_unknown else ""),
            row.seen or "",
        )


def plant_row(maker: str, plant: PlantEntry) -> Row:
    """Return the row of a plant, its sources and what they say joined."""
    sources = sorted(plant.sources, key=lambda row: row.source)
    return (
        maker,
        plant.id,
        plant.country,
        plant.activity.value,
        first_day(plant.first),
        last_day(plant.last),
        _texts(plant.models),
        plant.confidence.value,
        plant.complete,
        "; ".join(row.source for row in sources),
        " ".join([*(row.says for row in sources), plant.note]).strip(),
        plant.first or "",
        plant.last or "",
    )


def model_row(maker: str, model: ModelEntry) -> Row:
    """Return the row of a model; what few ask for stands in `details`."""
    bins = sorted(model.hashrates, key=lambda row: (row.unit, row.hashrate))
    details = {
        "cooling": model.cooling,
        "released": model.released,
        "revisions": sorted(model.revisions),
        "hashrates": [[row.label, row.hashrate, row.unit, row.power_w] for row in bins],
        "notes": list(model.notes),
    }
    return (
        model.id,
        maker,
        model.name,
        _texts(model.aliases),
        _texts(model.firmware_names),
        json.dumps([row.label for row in bins], ensure_ascii=False),
        model.algorithm,
        model.confidence.value,
        _texts(model.sources),
        json.dumps(details, ensure_ascii=False, sort_keys=True),
    )


def line_row(maker: str, line: ProductLineEntry) -> Row:
    """Return the row of a product line."""
    return (
        maker,
        line.name,
        line.pattern,
        line.category.value,
        _texts(line.shared_with),
        line.needs_context,
        _texts(line.examples),
        "; ".join(sorted(line.sources)),
        line.note,
    )


def family_row(maker: str, family: FamilyEntry) -> Row:
    """Return the row of a product family."""
    sources = "; ".join(sorted(family.sources))
    return maker, family.name, family.category.value, family.confidence.value, sources, family.note


def part_code_row(maker: str, code: PartCodeEntry) -> Row:
    """Return the row of a part code."""
    return (
        code.id,
        maker,
        code.part.value,
        code.title,
        code.pattern,
        _texts(code.models),
        _texts(code.examples),
        code.confidence.value,
        _texts(code.sources),
        code.note,
    )


def firmware_row(firmware: FirmwareEntry) -> Row:
    """Return the row of a firmware."""
    return (
        firmware.name,
        _texts(firmware.aliases),
        firmware.publisher,
        firmware.maker,
        _texts(firmware.runs_on),
        firmware.confidence.value,
        "; ".join(sorted(firmware.sources)),
        firmware.note,
    )


def scheme_row(maker: str, scheme: SerialSchemeEntry) -> Row:
    """Return the row of a serial scheme."""
    return (
        scheme.id,
        maker,
        scheme.part.value,
        scheme.title,
        scheme.pattern,
        scheme.date_rule.value if scheme.date_rule else None,
        scheme.country_rule.value if scheme.country_rule else None,
        json.dumps(sorted([code.code, code.country] for code in scheme.codes)),
        scheme.placeholder,
        scheme.decides_maker,
        scheme.confidence.value,
        _texts({*scheme.sources, *(code.source for code in scheme.codes)}),
        scheme.note,
        _texts(example.serial for example in scheme.examples),
    )


def first_day(moment: str | None) -> str | None:
    """Return the earliest day that a partial date can mean, in ISO form."""
    return span_of(moment).first.isoformat() if moment else None


def last_day(moment: str | None) -> str | None:
    """Return the latest day that a partial date can mean, in ISO form."""
    return span_of(moment).last.isoformat() if moment else None


def _texts(values: Iterable[str]) -> str:
    return json.dumps(sorted(values), ensure_ascii=False)

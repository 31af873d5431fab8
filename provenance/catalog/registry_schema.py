"""The schema of the files below `registry/`: what no single maker owns, and the state of the catalogue."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from provenance.catalog.fields import Id, Moment, Sources, Word, Words
from provenance.catalog.records import Confidence
from provenance.catalog.schema import openable
from provenance.datafile import Strict


class CollisionEntry(Strict):
    """A name or bare code that several models share."""

    code: Word
    models: tuple[Id, ...]


class CollisionsFile(Strict):
    """`registry/collisions.yaml`."""

    schema_: Literal["provenance-collisions/1"] = Field(alias="schema")
    collisions: tuple[CollisionEntry, ...]
    """Codes that models of several makers share: bare, they are ambiguous."""
    siblings: tuple[CollisionEntry, ...] = ()
    """Names that several models of one maker bear: the maker is known, the model is not."""


class FirmwareEntry(Strict):
    """Firmware that is sold apart from miners; it may change the model that a miner reports."""

    name: Word
    aliases: Words = ()
    publisher: Word | None = None
    """Who publishes it; None where no source says so."""
    maker: Id | None = None
    """The publisher's id, where it is a maker of the catalogue."""
    runs_on: tuple[Id, ...] = ()
    """Makers whose miners it is made for, as far as a source names them."""
    confidence: Confidence
    note: str = ""
    sources: Sources

    _weighed = model_validator(mode="after")(openable)


class FirmwareFile(Strict):
    """`registry/firmware.yaml`."""

    schema_: Literal["provenance-firmware/1"] = Field(alias="schema")
    firmwares: tuple[FirmwareEntry, ...]


class RegistryInfo(Strict):
    """Where the copy of the IEEE registry comes from."""

    source: Word
    date: Moment
    licence: Word
    blocks: int


class CatalogueFile(Strict):
    """`registry/catalogue.yaml`: the state of the whole."""

    schema_: Literal["provenance-catalogue/1"] = Field(alias="schema")
    as_of: Moment
    ieee: RegistryInfo

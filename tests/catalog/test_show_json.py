"""The catalogue for programs."""

from __future__ import annotations

import json

import pytest

from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.show_json import SCHEMA, entry_json


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return open_catalogue()


def test_a_maker_has_the_facts_of_its_page(real: Catalogue) -> None:
    body = json.loads(json.dumps(entry_json(real, real.maker("lorex")), default=str))
    assert (body["schema"], body["kind"], body["id"]) == (SCHEMA, "maker", "lorex")
    (skywatch,) = [tie for tie in body["ties"] if tie["other"] == "Skywatch (Taiwan)"]
    assert (skywatch["kind"], skywatch["first"], skywatch["last"]) == ("parent", "2022-11-23", None)
    assert skywatch["sources"] == ["https://lawinsider.com/zh/contracts/jqz6YO3VXCn"]
    assert body["catalog"]["sha256"] == real.sha256


def test_a_model_has_its_ratings_and_the_codes_that_it_shares(real: Catalogue) -> None:
    body = json.loads(json.dumps(entry_json(real, real.model("antminer-ks3")), default=str))
    assert (body["kind"], body["maker"], body["shared_codes"]) == (
        "model",
        "bitmain",
        {"KS3": ["antminer-ks3", "iceriver-ks3"]},
    )


def test_every_entry_can_be_written(real: Catalogue) -> None:
    for record in (*real.makers(), *real.models()[::20]):
        assert json.dumps(entry_json(real, record), default=str).startswith("{")

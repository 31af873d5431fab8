"""The JSON Schemas of the source files agree with what is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from provenance.catalog.json_schema import SourceFile, catalogue_json_schema

SOURCES = Path(__file__).parents[2] / "provenance" / "catalog"
"""The sources stand in the checkout; the package under test may be an installed one without them."""


def read(path: Path) -> Any:
    """Read YAML as an editor does, dates as texts."""
    loader = yaml.SafeLoader
    resolvers = {
        key: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
        for key, rows in loader.yaml_implicit_resolvers.items()
    }
    texts = type("Texts", (loader,), {"yaml_implicit_resolvers": resolvers})
    return yaml.load(path.read_text("utf-8"), texts)  # noqa: S506 - a safe loader that leaves dates alone


def as_written(data: Any) -> Any:
    """Return the data with numbers as texts where they are names or years: the project reads every scalar as a text."""
    match data:
        case dict():
            numbers = {"hashrate", "power_w"}
            return {key: value if key in numbers else as_written(value) for key, value in data.items()}
        case list():
            return [as_written(value) for value in data]
        case bool() | None:
            return data
        case _:
            return str(data)


@pytest.mark.parametrize("file", list(SourceFile))
def test_a_schema_is_a_schema_and_names_its_version(file: SourceFile) -> None:
    schema = catalogue_json_schema(file)
    jsonschema_rs.meta.validate(schema)
    assert schema["$id"].startswith("provenance-")
    assert schema["additionalProperties"] is False


def test_every_maker_of_the_project_fits_the_schema() -> None:
    validator = jsonschema_rs.Draft202012Validator(catalogue_json_schema(SourceFile.MAKER))
    paths = sorted((SOURCES / "makers").glob("*.yaml"))[::10]
    found = {
        path.stem: [error.message for error in validator.iter_errors(as_written(read(path)))]
        for path in paths
    }
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_what_the_reader_refuses_the_schema_refuses_too() -> None:
    validator = jsonschema_rs.Draft202012Validator(catalogue_json_schema(SourceFile.MAKER))
    body = {
        "schema": "provenance-maker/1",
        "id": "Gamma",
        "name": "Gamma",
        "categories": ["toaster"],
        "colour": 1,
    }
    assert len(list(validator.iter_errors(body))) >= 4

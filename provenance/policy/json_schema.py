"""The schemas of rule and list files as JSON Schema, for editors and for whoever writes a policy."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from provenance.policy.list_schema import CountryListFile, EntityListFile
from provenance.policy.schema import PolicyFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LIST: TypeAdapter[CountryListFile | EntityListFile] = TypeAdapter(CountryListFile | EntityListFile)


def policy_json_schema() -> dict[str, Any]:
    """Return the schema of a pack or clause file."""
    return {"$schema": _DIALECT, **PolicyFile.model_json_schema(by_alias=True)}


def list_json_schema() -> dict[str, Any]:
    """Return the schema of a list file, of countries or of entities."""
    return {"$schema": _DIALECT, **_LIST.json_schema(by_alias=True)}

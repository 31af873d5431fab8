"""The schemas of rule and list files as JSON Schema, for editors and for whoever writes a policy."""

from __future__ import annotations

from typing import Any

from provenance.policy.lists import ListFile
from provenance.policy.schema import PolicyFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def policy_json_schema() -> dict[str, Any]:
    """Return the schema of a pack or clause file."""
    return {"$schema": _DIALECT, **PolicyFile.model_json_schema(by_alias=True)}


def list_json_schema() -> dict[str, Any]:
    """Return the schema of a list file."""
    return {"$schema": _DIALECT, **ListFile.model_json_schema(by_alias=True)}

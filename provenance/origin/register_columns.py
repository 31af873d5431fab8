"""The columns of an evidence register: what each means and which words it takes, in one table for all its forms."""

from __future__ import annotations

from typing import Any

from provenance.evidence import STATEMENT_GRADES, Facet, FindingStatus, Grade, StatedBy
from provenance.records import dataclass

SCHEMA = "provenance-evidence/1"
"""What a register in YAML says in its key `schema`."""

KINDS: tuple[Grade, ...] = tuple(grade for grade in STATEMENT_GRADES if grade is not Grade.SERIAL_CODE)
"""What a document can be: a code in a serial number is no paper."""

_DAY = r"^\d{4}-\d{2}-\d{2}$"


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column of a register, one key of its YAML form."""

    name: str
    meaning: str
    """For whoever fills it in, in a sentence."""
    words: tuple[str, ...] = ()
    """The words it takes, where these are a closed set."""
    pattern: str = ""
    """What a text in it must look like in YAML, as a regular expression; empty where anything goes."""
    required: bool = False
    """Whether the column must be there."""
    listing: bool = False
    """Whether its YAML form may be a list of texts."""


COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn("document", "The name under which the document is filed.", required=True),
    RegisterColumn(
        "kind",
        "What it is; the order is that of strength.",
        tuple(grade.value for grade in KINDS),
        required=True,
    ),
    RegisterColumn("issuer", "Who issued it, by name."),
    RegisterColumn(
        "issuer_role",
        "What the issuer is to the goods; a certificate by a party to the sale is worth a declaration, and one by "
        "nobody knows whom clears nothing.",
        tuple(role.value for role in StatedBy),
    ),
    RegisterColumn(
        "status",
        "How far a government statement has come; of a finding only, and required there. Only a final one condemns "
        "by itself.",
        tuple(status.value for status in FindingStatus),
    ),
    RegisterColumn("date", "The day it was issued, YYYY-MM-DD.", pattern=_DAY),
    RegisterColumn(
        "facet", "Which origin it speaks of; manufacture where empty.", tuple(facet.value for facet in Facet)
    ),
    RegisterColumn(
        "country",
        "The origin it states, by name or ISO code; a line without one is a request that nobody has answered yet.",
        required=True,
    ),
    RegisterColumn(
        "serials", "The serial numbers it names, parted by semicolons, commas or line breaks.", listing=True
    ),
    RegisterColumn("serial_from", "The first serial number of a range."),
    RegisterColumn(
        "serial_to",
        "The last serial number of the range: same prefix, same shape, and as many numbers as the quantity says.",
    ),
    RegisterColumn("batch", "The batch it names, as the inventory writes it."),
    RegisterColumn("order", "The order it names, as the inventory writes it."),
    RegisterColumn("maker", "The maker that it names."),
    RegisterColumn("model", "The model that it names."),
    RegisterColumn(
        "entry_number", "The customs entry that a government statement or a customs paper speaks of."
    ),
    RegisterColumn("importer", "The importer of record that it speaks of."),
    RegisterColumn("delivered_from", "First day of the deliveries it speaks of; needs a model or an importer.", pattern=_DAY),
    RegisterColumn("delivered_to", "Last day of these deliveries.", pattern=_DAY),
    RegisterColumn(
        "covers_file",
        "A list beside the register that holds the serial numbers: packing_list.xlsx!Sheet!C, packing_list.csv!C, or "
        "without the column where its header tells which one it is.",
    ),
    RegisterColumn(
        "quantity",
        "How many units it covers; a batch or order is cleared only if that is every unit it could mean.",
        pattern=r"^[0-9][0-9,]*$",
    ),
    RegisterColumn(
        "based_on",
        "The documents that it was drawn up from: papers from one source count once.",
        listing=True,
    ),
    RegisterColumn("page", "The page that says so."),
    RegisterColumn("sha256", "The sha256 of the file, 64 hexadecimal digits.", pattern=r"^[0-9A-Fa-f]{64}$"),
    RegisterColumn("settles", "How many units the answer would settle; written by `evidence new`, no evidence."),
    RegisterColumn("note", "Anything a reader should know; SYNTHETIC marks invented papers."),
)  # fmt: skip
"""All columns of a register, in the order in which a new one has them."""

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
REQUIRED: tuple[str, ...] = tuple(column.name for column in COLUMNS if column.required)


def register_json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a register in YAML."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "description": "An evidence register: what each document says of which goods.",
        "type": "object",
        "required": ["schema", "documents"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "documents": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["document", "kind"],
                    "additionalProperties": False,
                    "properties": {column.name: _property(column) for column in COLUMNS},
                },
            },
        },
    }


def _property(column: RegisterColumn) -> dict[str, Any]:
    said: dict[str, Any] = {"description": column.meaning}
    if column.words:
        return {**said, "enum": [*column.words, None]}
    text: dict[str, Any] = {"type": "string"} | ({"pattern": column.pattern} if column.pattern else {})
    kinds = [text, {"type": "null"}]
    if column.name in {"quantity", "settles"}:
        # A number without quotes is one to every other reader of YAML.
        kinds.append({"type": "integer", "minimum": 1})
    if column.listing:
        kinds.append({"type": "array", "items": {"type": "string"}})
    return {**said, "anyOf": kinds}

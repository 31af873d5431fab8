"""What a table is for: proposed from its columns and titles; a columns file has the last word."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.expressions import expression
from provenance.inventory.locate import Region
from provenance.inventory.table import Column, Field, Role
from provenance.inventory.vocabulary import fold, load_vocabulary

_NAMING = frozenset(
    {
        Field.SERIAL,
        Field.MODEL,
        Field.MAC,
        Field.MAKER,
        Field.IP,
        Field.HOSTNAME,
        Field.ASSET_TAG,
        Field.DECLARED_ORIGIN,
    }
)
"""A table with one of these columns may list machines."""
_UNITS = frozenset({Field.SERIAL, Field.MAC, Field.IP, Field.ASSET_TAG, Field.HOSTNAME})
"""Fields that speak of single machines; what was agreed on has none."""
_SURE = 0.78
"""A column that alone makes its table an inventory."""
_SCHEDULE = expression(
    r"\b(?:schedule|exhibit|annex|appendix|anlage|annexe|anexo|приложение)\b.{0,80}\b(?:agreement|contract|purchase|order|"
    r"vertrag|contrat|contrato|договор\w*)\b|\b(?:agreed|contracted) (?:equipment|machines|miners|units|deliveries)\b|合同附件"
)
"""Titles of what a contract promises, folded."""


def propose_role(columns: Sequence[Column], region: Region, sheet: str | None, last_row: int) -> Role:
    """Return what a table is for.

    Args:
        columns: Its columns, mapped.
        region: Where it stands, and the titles above it.
        sheet: The name of its sheet.
        last_row: Its last row that is not blank.
    """
    if last_row < region.first_row:
        return Role.IGNORED
    if is_register([column.header for column in columns]):
        return Role.EVIDENCE
    mapped = [column for column in columns if column.field is not None]
    naming = [column for column in mapped if column.field in _NAMING]
    if not naming or (len(mapped) < 2 and not any(column.score >= _SURE for column in naming)):
        return Role.IGNORED
    if not any(column.field in _UNITS for column in mapped) and any(
        _SCHEDULE.search(fold(title)) for title in (*region.titles, sheet or "")
    ):
        return Role.SCHEDULE
    return Role.INVENTORY


def why_idle(role: Role, proposed: Role) -> str:
    """Return why a table of a role is not audited; empty for an inventory.

    Args:
        role: Its role.
        proposed: What its columns and titles propose.
    """
    match role:
        case Role.INVENTORY:
            return ""
        case Role.IGNORED if proposed is Role.IGNORED:
            return "nothing in it names machines"
        case Role.IGNORED:
            return "the columns file leaves it out"
        case Role.EVIDENCE:
            return "it looks like an evidence register; give it with --evidence"
        case Role.SCHEDULE:
            return "it looks like what a contract promises; give it with --schedule"


def is_register(headers: Sequence[str]) -> bool:
    """Return whether headers are those of an evidence register: documents, what kind each is, and a country."""
    words = load_vocabulary().register
    folded = {fold(header) for header in headers if header.strip()}
    return all(folded & group for group in words)

"""What an audit rests on: inputs, registers, policies, lists and the catalogue, each with its digest and date."""

from __future__ import annotations

from provenance.inventory.table import InputFile, Role
from provenance.policy.audit import Audit
from provenance.records import dataclass
from provenance.report.matter import Matter
from provenance.report.words import counted, one_line


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that the outcome rests on; with the same sources and as-of date the outcome is the same."""

    kind: str
    """inventory, evidence register, waivers, compared with, policy, list, catalogue, own catalogue, matter."""
    name: str
    detail: str
    day: str
    """The date of its data, ISO; empty where it has none."""
    sha256: str


def sources(audit: Audit, matter: Matter | None) -> tuple[Source, ...]:
    """Return every source, inputs first."""
    catalog = audit.catalog
    found = [Source("inventory", one_line(file.name), _input(file), "", file.sha256) for file in audit.inputs]
    found += [Source("evidence register", one_line(name), "", "", digest) for name, digest in audit.registers]
    found += [Source("waivers", one_line(name), "", "", digest) for name, digest in audit.waiver_files]
    if audit.schedule is not None:
        found.append(Source("schedule", one_line(audit.schedule.name), "", "", audit.schedule.sha256))
    if audit.disclosure is not None:
        file = audit.disclosure.file
        found.append(Source("disclosure schedule", one_line(file.name), "", "", file.sha256))
    found += [
        Source("compared with", one_line(name), "", "", digest) for name, digest in audit.compared_files
    ]
    if matter is not None:
        found.append(Source("matter", one_line(matter.file), "", "", matter.sha256))
    for policy in audit.policies:
        found.append(Source(policy.kind, policy.id, policy.title, "", policy.sha256))
    seen = set()
    for listed in (listed for policy in audit.policies for listed in policy.lists):
        if listed.id not in seen:
            seen.add(listed.id)
            due = "was due for review on" if audit.as_of >= listed.review_by else "review by"
            detail = f"{listed.title}; {'partial, ' if listed.partial else ''}{due} {listed.review_by}"
            found.append(Source("list", listed.id, detail, listed.as_of.isoformat(), listed.sha256))
    detail = f"{counted(catalog.makers, 'maker')}, {counted(catalog.models, 'model')}"
    found.append(Source("catalogue", "catalogue", detail, catalog.as_of.isoformat(), catalog.sha256))
    for overlay in catalog.overlays:
        counts = (("added", overlay.added), ("replaced", overlay.replaced), ("withdrawn", overlay.withdrawn))
        done = ", ".join(f"{count} {word}" for word, count in counts if count)
        detail = f"laid over the catalogue: {done or 'nothing changed'}"
        found.append(Source("own catalogue", one_line(overlay.name), detail, "", overlay.sha256))
    return tuple(found)


def _input(file: InputFile) -> str:
    tables = [table for table in file.tables if table.role is Role.INVENTORY]
    sheets = [one_line(table.sheet) for table in tables if table.sheet is not None]
    parts = [file.format, counted(file.size, "byte")]
    if sheets:
        parts.append(f"sheets {', '.join(sheets)}")
    if not file.complete:
        parts.append("read only in part")
    if file.synthetic:
        parts.append("says SYNTHETIC of itself")
    return ", ".join(parts)

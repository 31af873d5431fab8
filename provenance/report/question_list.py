"""What to ask the seller for: documents, photographs and the standing items of diligence, as requests with an id each."""

from __future__ import annotations

import hashlib
import math

from provenance.policy.audit import Audit
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.asks import Ask
from provenance.report.document import Document
from provenance.report.entries import case_title, place
from provenance.report.texts import as_texts
from provenance.report.words import counted, joined, one_line

FIRST = 5
"""The documents that are named before all others."""
_FEWEST, _MOST = 3, 20
"""How many nameplates to photograph of one case at one site, at least and at most."""

STANDING: tuple[tuple[str, str], ...] = (
    (
        "Purchase",
        (
            "Commercial invoices, packing lists with serial numbers and bills of lading or air waybills for every delivery, from the "
            "maker or its reseller to the present owner."
        ),
    ),
    (
        "Customs",
        (
            "Entry summaries for every import of the equipment, with the country of origin declared on each, and who was importer of "
            "record."
        ),
    ),
    (
        "Customs",
        (
            "All correspondence with customs on origin, value or classification: requests for information, notices of action, "
            "penalties, prior disclosures, protests and their outcome."
        ),
    ),
    (
        "Title",
        (
            "Liens, pledges, leases and financing statements on the equipment, and releases of those that are discharged."
        ),
    ),
    (
        "Repairs",
        (
            "Boards, power supplies and whole units that were repaired, swapped or returned: old and new serial numbers, dates, and "
            "where the work was done."
        ),
    ),
    (
        "Hosting",
        (
            "Machines on the sites that belong to hosting customers or other third parties: owner, serial numbers, and the agreement "
            "they stand under."
        ),
    ),
    (
        "Agreements",
        (
            "Purchase agreements and orders with every term on origin, and every waiver or amendment of such a term."
        ),
    ),
)
"""Category and question of what is asked of every seller."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the request list, in the columns of a data room's questions and answers."""

    id: str
    category: str
    question: str
    owner: str
    status: str
    due: str
    """Left to whoever sends it; the program sets no deadline."""
    units: int
    """Units that the answer would settle; 0 where it settles none by itself."""


@dataclass(frozen=True, slots=True)
class Photographs:
    """Units of one case at one site whose nameplate is to be photographed."""

    case: str
    title: str
    site: str
    of: int
    """Lines to choose from."""
    lines: tuple[tuple[str, str], ...]
    """Serial number, or what stands for it, and place in the inventory."""


def questions(document: Document, owner: str = "seller") -> tuple[Question, ...]:
    """Return every request, those that settle most units first, then photographs and the standing items.

    Args:
        document: The model of the audit.
        owner: Who has to answer.
    """
    found = [
        Question(f"O-{number:03d}", "Origin", _wanted(ask), owner, "open", "", ask.units)
        for number, ask in enumerate(document.asks, start=1)
    ]
    if document.asks:
        question = "Photographs of the nameplates of the units sampled, each with its serial number legible."
        found.append(Question("P-001", "Photographs", question, owner, "open", "", 0))
    found += [
        Question(f"S-{number:03d}", category, question, owner, "open", "", 0)
        for number, (category, question) in enumerate(STANDING, start=1)
    ]
    return tuple(found)


def _wanted(ask: Ask) -> str:
    return (
        f"{joined(ask.needs)[:1].upper()}{joined(ask.needs)[1:]}: {ask.goods} ({counted(ask.units, 'unit')})."
    )


def photographs(audit: Audit) -> tuple[Photographs, ...]:
    """Return which nameplates to photograph: of each open case at each site as many as the square root of its lines.

    At least three and at most twenty, chosen by a digest of the serial number: nobody can foresee which, and everybody who
    repeats the run gets the same.
    """
    import polars as pl

    cases = {case.id: case for case in audit.cases if case.verdict is Verdict.UNDETERMINED}
    rows = (
        as_texts(audit.machines)
        .filter(pl.col("case").is_in(list(cases)) & (pl.col("counted") > 0))
        .select("case", pl.col("site").fill_null(""), "serial", "asset_tag", "file", "sheet", "cell")
        .collect(engine="streaming")
    )
    found = []
    for (case, site), group in rows.group_by("case", "site"):
        keyed = sorted(
            (
                _digest(row),
                row["serial"] or row["asset_tag"] or "not stated",
                place(row["file"], row["sheet"], row["cell"]),
            )
            for row in group.iter_rows(named=True)
        )
        count = min(len(keyed), max(_FEWEST, min(_MOST, math.isqrt(len(keyed)))))
        lines = tuple((one_line(serial), where) for _, serial, where in keyed[:count])
        found.append(
            Photographs(str(case), case_title(cases[str(case)]), one_line(str(site)), len(keyed), lines)
        )
    return tuple(sorted(found, key=lambda one: (-one.of, one.title, one.site, one.case)))


def _digest(row: dict[str, object]) -> str:
    told = "|".join(str(row[name]) for name in ("serial", "asset_tag", "file", "sheet", "cell"))
    return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()

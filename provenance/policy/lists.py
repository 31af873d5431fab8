"""Lists of countries as dated memberships: loading them, and the lists that they follow from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from provenance.countries.atoms import atoms_of
from provenance.datafile import Document
from provenance.errors import PolicyError
from provenance.plain import canonical_json
from provenance.policy.derived import Head, derive
from provenance.policy.list_files import cited, country_file, list_document, references
from provenance.policy.list_rows import CountryList, ListRow
from provenance.policy.list_schema import CountryListFile, DerivedSpec, ListEvidence, MemberSpec, Scope
from provenance.policy.policy import ListInfo
from provenance.policy.rule import Member


def load_list(list_id: str, root: Path | None = None) -> CountryList:
    """Load one list of countries.

    Args:
        list_id: Its id, which is its file's name.
        root: A rules directory; by default the program's own.

    Raises:
        PolicyError: There is none of that id, or its file or that of a list it follows from has faults; all of them
            with their lines.
    """
    return parse_list(list_document(list_id, root), root)


def parse_list(document: Document, root: Path | None = None, *, above: tuple[str, ...] = ()) -> CountryList:
    """Turn a list file that was read into the list.

    Args:
        document: The file.
        root: The rules directory whose lists it may follow from; by default the program's own.
        above: The lists that are being loaded because they follow from this one.

    Raises:
        PolicyError: It does not fit the schema, names sources or lists that there are not, or follows from itself.
    """
    spec = country_file(document, root)
    if spec.derived is None:
        return _built(document, spec, {})
    chain = (*above, spec.id)
    circles = [
        document.fault(
            loc,
            f"the list follows from itself: {' from '.join((*chain[chain.index(named) :], named))}",
            "name a list that does not follow from this one",
        )
        for loc, named in references(document)
        if named in chain
    ]
    if circles:
        raise PolicyError(circles)
    named = sorted({named for _, named in references(document)})
    bases = {one: parse_list(list_document(one, root), root, above=chain) for one in named}
    return _built(document, spec, bases)


def _built(document: Document, spec: CountryListFile, bases: Mapping[str, CountryList]) -> CountryList:
    derived = spec.derived
    rows = tuple(ListRow(row.scope, row.evidence, _member(row, spec)) for row in spec.members)
    if derived is not None:
        source = cited(spec.sources[derived.source]) if derived.source is not None else ""
        rows += derive(derived, bases, Head(spec.id, spec.as_of, source))
    return CountryList(
        info=_info(document, spec, bases),
        note=spec.note,
        rows=rows,
        sources=tuple(cited(source) for _, source in sorted(spec.sources.items())),
        derived_from=_references(derived) if derived is not None else (),
    )


def _info(document: Document, spec: CountryListFile, bases: Mapping[str, CountryList]) -> ListInfo:
    live = (
        {
            reference.list_id
            for reference in (*spec.derived.union, *spec.derived.except_)
            if reference.as_of is None
        }
        if spec.derived is not None
        else set()
    )
    digest = document.digest
    if bases:
        # What a derived list says changes with what it follows from.
        parts = {"list": digest, "from": {one: base.info.sha256 for one, base in bases.items()}}
        digest = hashlib.sha256(canonical_json(parts).encode()).hexdigest()
    taken = [] if spec.derived is None else [reference.list_id for reference in spec.derived.union]
    return ListInfo(
        id=spec.id,
        title=spec.title,
        as_of=spec.as_of,
        # Whoever follows another list as amended is as stale as that list.
        review_by=min((spec.review_by, *(bases[one].info.review_by for one in live))),
        partial=spec.partial or any(bases[one].info.partial for one in taken),
        sha256=digest,
    )


def _references(derived: DerivedSpec) -> tuple[str, ...]:
    everywhere = ("every origin",) if derived.everywhere else ()
    taken = (_reference(reference.list_id, reference.as_of) for reference in derived.union)
    left_out = (f"not {_reference(reference.list_id, reference.as_of)}" for reference in derived.except_)
    return (*everywhere, *taken, *left_out)


def _reference(list_id: str, as_of: date | None) -> str:
    return f"{list_id} as amended" if as_of is None else f"{list_id} as of {as_of}"


def _member(row: MemberSpec, spec: CountryListFile) -> Member:
    source = spec.sources[row.source] if row.source is not None else None
    return Member(
        list_id=spec.id,
        atoms=atoms_of(row.code),
        # What the rule itself names is named on every day.
        first=date.min if row.evidence is ListEvidence.DEFINITION else row.first,
        last=row.last,
        certain=row.scope.territorial,
        citation=row.citation,
        source=cited(source) if source is not None else "",
        verified=row.evidence is not ListEvidence.RECALL,
        list_as_of=spec.as_of,
        note=with_memory(row.note, row.dates_from_memory),
        recalled=tuple(row.dates_from_memory),
        doubt=row.note or "whether it is meant is left open" if row.scope is Scope.OPEN else "",
    )


def with_memory(note: str | None, days: Sequence[str]) -> str:
    """Return a row's note with a sentence on the days that nobody has checked."""
    memory = " and ".join({"from": "first", "to": "last"}[day] for day in days)
    said = f"The {memory} day rests on memory and was not checked." if memory else ""
    return " ".join(part for part in (note or "", said) if part)

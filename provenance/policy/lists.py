"""Lists of countries as dated memberships: the schema of a list file, and loading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from provenance.countries.atoms import atoms_of
from provenance.datafile import Document, Strict
from provenance.errors import Fault, PolicyError
from provenance.policy.faults import mapping, read, sequence, validated
from provenance.policy.rule import ListInfo, Member
from provenance.policy.scalars import Code, Day, Id, PartialDay, Text, suggestion
from provenance.policy.where import rules_root

LIST_SCHEMA = "provenance-list/1"


class Scope(StrEnum):
    """What a membership is aimed at."""

    COUNTRY = "country"
    """The territory as a whole: goods that come from there are meant."""
    REGION = "region"
    """An area inside a country, as a whole."""
    REGIME = "regime"
    """A government or its head by name, not the country."""
    LIST_BASED = "list-based"
    """Listed persons; the country only gives the programme its name."""
    GOVERNMENT = "government"
    """The government and what it owns, not goods of the country."""

    @property
    def territorial(self) -> bool:
        """Whether a country of origin alone meets it."""
        return self in {Scope.COUNTRY, Scope.REGION}


class ListEvidence(StrEnum):
    """How a membership is known."""

    DEFINITION = "definition"
    """The rule names the country itself: no instrument lists it, on no day."""
    PUBLISHED = "published"
    PUBLISHED_SECONDARY = "published-secondary"
    INFERRED = "inferred"
    RECALL = "recall"
    """Background knowledge that nobody has checked."""


class SourceSpec(Strict):
    """One source of a list."""

    url: Text
    title: Text
    as_of: PartialDay | None
    """What its text is dated; null where it is undated."""


class MemberSpec(Strict):
    """One dated membership as a list file writes it."""

    code: Code
    first: Day | None = Field(alias="from")
    last: Day | None = Field(alias="to")
    scope: Scope
    citation: Text
    source: Id | None
    """A key of `sources`; null only for a definition and for what is recalled."""
    evidence: ListEvidence
    dates_from_memory: list[Literal["from", "to"]]
    """Which of the two days nobody has checked, though the membership is sourced."""
    note: Text | None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError(
                f"ends on {self.last}, before it begins on {self.first}; correct one of the days"
            )
        unsourced = self.evidence in {ListEvidence.DEFINITION, ListEvidence.RECALL}
        if self.source is None and not unsourced:
            raise ValueError(f"evidence {self.evidence} needs a source; name one of the file's sources")
        if self.evidence is ListEvidence.DEFINITION and (self.first or self.last):
            raise ValueError("a definition has no days; write from: null and to: null")
        return self


class ListFile(Strict):
    """A list file, whole. Every key is required."""

    schema_: Literal["provenance-list/1"] = Field(alias="schema")
    id: Id
    title: Text
    kind: Literal["country"]
    as_of: Day
    """The day up to which the memberships were checked."""
    review_by: Day
    """The day from which the list wants checking again."""
    partial: StrictBool
    """Whether members are known to be missing: absence from it then never clears."""
    note: Text
    sources: dict[Id, SourceSpec]
    members: list[MemberSpec] = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.review_by < self.as_of:
            raise ValueError(
                f"review_by {self.review_by} lies before as_of {self.as_of}; correct one of them"
            )
        return self


@dataclass(frozen=True, slots=True)
class ListRow:
    """One membership and what it is aimed at."""

    scope: Scope
    evidence: ListEvidence
    member: Member


@dataclass(frozen=True, slots=True)
class CountryList:
    """One list, loaded."""

    info: ListInfo
    note: str
    rows: tuple[ListRow, ...]
    sources: tuple[str, ...]
    """Title and address of each source, by key."""

    def members(self, only: tuple[Scope, ...] = ()) -> tuple[Member, ...]:
        """Return its memberships, or those of some scopes alone."""
        return tuple(row.member for row in self.rows if not only or row.scope in only)


def list_ids(root: Path | None = None) -> tuple[str, ...]:
    """Return the ids of all lists, sorted."""
    folder = (root if root is not None else rules_root()) / "lists"
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load_list(list_id: str, root: Path | None = None) -> CountryList:
    """Load one list.

    Args:
        list_id: Its id, which is its file's name.
        root: A rules directory; by default the program's own.

    Raises:
        PolicyError: There is none of that id, or its file has faults; all of them with their lines.
    """
    root = root if root is not None else rules_root()
    known = list_ids(root)
    if list_id not in known:
        raise PolicyError(Fault("", f"there is no list {list_id!r}", suggestion(list_id, known)))
    path = root / "lists" / f"{list_id}.yaml"
    stamp = path.stat()
    return _load(path, (stamp.st_mtime_ns, stamp.st_size))


@lru_cache(maxsize=64)
def _load(path: Path, _stamp: tuple[int, int]) -> CountryList:
    # Several policies share a list; the stamp sees to it that a changed file is read again.
    return parse_list(read(path, name=f"rules/lists/{path.name}"))


def parse_list(document: Document) -> CountryList:
    """Turn a list file that was read into the list.

    Raises:
        PolicyError: It does not fit the schema or names sources that it does not have.
    """
    spec = validated(document, ListFile, _unknown_sources(document))
    info = ListInfo(spec.id, spec.title, spec.as_of, spec.review_by, spec.partial, document.digest)
    return CountryList(
        info=info,
        note=spec.note,
        rows=tuple(ListRow(row.scope, row.evidence, _member(row, spec)) for row in spec.members),
        sources=tuple(_cited(source) for _, source in sorted(spec.sources.items())),
    )


def _unknown_sources(document: Document) -> list[Fault]:
    sources = tuple(sorted(mapping(document.data, "sources")))
    return [
        document.fault(
            ("members", index, "source"), f"{named!r} is no source of this file", suggestion(named, sources)
        )
        for index, member in enumerate(sequence(document.data, "members"))
        if isinstance(named := mapping(member).get("source"), str) and named not in sources
    ]


def _cited(source: SourceSpec) -> str:
    return f"{source.title}, {source.url}"


def _member(row: MemberSpec, spec: ListFile) -> Member:
    source = spec.sources[row.source] if row.source is not None else None
    memory = " and ".join({"from": "first", "to": "last"}[day] for day in row.dates_from_memory)
    notes = [row.note or "", f"The {memory} day rests on memory and was not checked." if memory else ""]
    return Member(
        list_id=spec.id,
        atoms=atoms_of(row.code),
        # What the rule itself names is named on every day.
        first=date.min if row.evidence is ListEvidence.DEFINITION else row.first,
        last=row.last,
        certain=row.scope.territorial,
        citation=row.citation,
        source=_cited(source) if source is not None else "",
        verified=row.evidence is not ListEvidence.RECALL,
        list_as_of=spec.as_of,
        note=" ".join(note for note in notes if note),
    )

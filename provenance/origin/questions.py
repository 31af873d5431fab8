"""What is to be asked of documents before any machine is looked at: who issued them, when, and from what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date

import polars as pl

from provenance.evidence import Grade, StatedBy
from provenance.identify.normalise import fold, name_core, words_of
from provenance.origin.document_folder import Sightings
from provenance.origin.register import Flag, Question, folded
from provenance.origin.register_lines import SOURCE, RegisterLines
from provenance.records import dataclass

_ISSUED = [kind.value for kind in (Grade.CERTIFICATE, Grade.PRODUCTION_RECORD, Grade.FINDING)]
"""What is worth as much as whoever issued it."""


@dataclass(frozen=True, slots=True)
class Interested:
    """Somebody whose own paper is no third party's."""

    role: str
    """`seller`, `obligor`, `buyer`."""
    makes: bool = False
    """Whether it makes the goods: what a maker says of its own goods is a maker's word."""


def company_key(name: str) -> str:
    """Return what tells one company's name from another's: `Ltd.` for `Limited`, commas and case play no part."""
    return name_core(words_of(fold(name.replace(".", "")))) or folded(name)


@dataclass(frozen=True, slots=True)
class Asking:
    """What the questions about documents are asked against."""

    as_of: date
    parties: Mapping[str, Interested] = field(default_factory=dict)
    """Those who trade in the goods or answer for them, by the `company_key` of their names."""
    sightings: Sightings | None = None
    """What the folder of documents holds of the register; None where nobody named one."""


def ask_of_lines(lines: RegisterLines, asking: Asking) -> dict[int, tuple[Question, ...]]:
    """Return what is to be asked of lines, what their own registers leave open included; most have nothing.

    Adding a line never takes a question away from another.
    """
    asked = {at: list(told) for at, told in lines.questions.items()}
    for at, question in (*_of_issuers(lines, asking), *_of_dates(lines, asking.as_of), *_of_sources(lines)):
        asked.setdefault(at, []).append(question)
    for at, told in (asking.sightings.questions if asking.sightings is not None else {}).items():
        asked.setdefault(at, []).extend(told)
    return {at: tuple(dict.fromkeys(told)) for at, told in asked.items()}


def _of_issuers(lines: RegisterLines, asking: Asking) -> Iterator[tuple[int, Question]]:
    frame = lines.frame
    issued = frame["kind"].is_in(_ISSUED)
    what = "the register does not say what its issuer is to the goods: the maker, a third party or a party to the sale?"
    for at in (issued & (frame["issuer_role"] == StatedBy.UNKNOWN.value)).arg_true():
        yield at, Question(Flag.ISSUER_UNKNOWN, what)
    if not asking.parties:
        return
    keys = {issuer: company_key(issuer) for issuer in frame["issuer"].unique()}
    parties = {issuer: asking.parties[key] for issuer, key in keys.items() if key in asking.parties}
    for at in (issued & frame["issuer"].is_in(list(parties))).arg_true():
        party = parties[frame["issuer"][at]]
        if party.makes and frame["issuer_role"][at] == StatedBy.MAKER.value:
            continue
        what = f"its issuer bears the name of the {party.role}: is it the {party.role}'s own word?"
        yield at, Question(Flag.SELF_ISSUED, what)


def _of_dates(lines: RegisterLines, as_of: date) -> Iterator[tuple[int, Question]]:
    days = lines.frame["day"]
    for at in (days > as_of).fill_null(value=False).arg_true():
        what = f"it is dated {days[at]}, after the as-of date {as_of}: is the date right?"
        yield at, Question(Flag.AFTER_AS_OF, what)


def _of_sources(lines: RegisterLines) -> Iterator[tuple[int, Question]]:
    """Ask of documents that stand on the same source as another one.

    Of papers from one source one goes on counting: the source itself where the register holds it, else the weakest,
    for together they are worth no more than that.
    """
    told = lines.frame.select("document", "kind", "sha256", "based_on")
    named = told.filter(pl.col("sha256") != "").group_by("sha256")
    names = named.agg(pl.col("document").str.to_lowercase().n_unique().alias("names"))
    shared = names.filter(pl.col("names") > 1)["sha256"]
    if shared.is_empty() and told["based_on"].null_count() == told.height:
        return
    papers: dict[str, _Paper] = {}
    for at, (name, kind, digest, sources) in enumerate(told.iter_rows()):
        paper = papers.setdefault(folded(name), _Paper(name))
        paper.name = min(paper.name, name)
        paper.lines.append(at)
        paper.rank = max(paper.rank, Grade(kind).rank)
        paper.digests |= {digest} - {""}
        paper.sources |= {folded(source) for source in (sources or "").split(SOURCE)} - {folded(name), ""}
    for key, question in _same_source(papers).items():
        for at in papers[key].lines:
            yield at, question


class _Paper:
    """One document, on all its lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[int] = []
        self.rank = 0
        """Of its weakest line."""
        self.digests: set[str] = set()
        self.sources: set[str] = set()


def _same_source(papers: Mapping[str, _Paper]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    for group in _grouped(papers, lambda paper: paper.digests).values():
        for other in group[1:]:
            what = f"it is the same file as {papers[group[0]].name}: is it one paper under two names?"
            found.setdefault(other, Question(Flag.SAME_SOURCE, what))
    for source, group in _grouped(papers, lambda paper: paper.sources).items():
        if source in papers:
            what = f"it was drawn up from {papers[source].name}: does it prove more than that?"
            found |= {key: Question(Flag.SAME_SOURCE, what) for key in group if key not in found}
            continue
        for other in group[1:]:
            what = f"it was drawn up from the same source as {papers[group[0]].name}: do they count as two?"
            found.setdefault(other, Question(Flag.SAME_SOURCE, what))
    return found


def _grouped(papers: Mapping[str, _Paper], keys: Callable[[_Paper], set[str]]) -> dict[str, list[str]]:
    """Return the documents by what they share, sorted; of each group the one that goes on counting first."""
    groups: dict[str, list[str]] = {}
    for name, paper in papers.items():
        for key in keys(paper):
            groups.setdefault(key, []).append(name)
    return {
        key: sorted(group, key=lambda name: (-papers[name].rank, name))
        for key, group in sorted(groups.items())
    }

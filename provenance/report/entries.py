"""Cases and rejected rows as a reader meets them: titles, sentences of evidence, places."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.catalog.records import Confidence, Plant
from provenance.evidence import Piece
from provenance.identify.identity import Identity, Kind, Tier
from provenance.policy.audit import Audit, Case, Finding
from provenance.policy.explain import origin_words
from provenance.policy.verdict import Reason, Verdict
from provenance.records import dataclass
from provenance.report.words import (
    REJECTION_WORDS,
    flag_words,
    joined,
    one_line,
    piece_words,
    verdict_words,
)


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """What one rule says of one case, in sentences."""

    rule: str
    policy: str
    title: str
    citation: str
    verdict: Verdict
    reason: Reason
    words: str
    sentence: str
    origin: str
    evidence: tuple[str, ...]
    """The pieces that carry the verdict, strongest first."""
    contesting: tuple[str, ...]
    """Statements that say otherwise."""
    open_questions: tuple[str, ...]
    would_clear: str
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One case as a reader meets it."""

    id: str
    title: str
    verdict: Verdict
    reason: Reason
    words: str
    lines: int
    units: int
    sites: tuple[tuple[str, int], ...]
    """Sites with their units, most first."""
    identified: str
    """What it was taken for and by what, in a sentence."""
    likely: str
    """Where its maker is known to assemble: general knowledge, for the sender's eyes only; may be empty."""
    flags: tuple[str, ...]
    worst: FindingEntry | None
    findings: tuple[FindingEntry, ...]
    """Worst first."""
    otherwise: str
    """How other readings judge it, where they differ; empty where none does."""
    embargo: str
    """Why its machines are goods under embargo; empty where they are not."""


@dataclass(frozen=True, slots=True)
class RejectedEntry:
    """One row that is no machine."""

    place: str
    why: str
    text: str


def case_title(case: Case) -> str:
    """Return what a case is called: the name it was identified by, else the texts of the inventory in quotes."""
    identity = case.facts.identity
    if identity.maker_name and identity.model_name:
        return one_line(f"{identity.maker_name} {identity.model_name}")
    model = identity.model_name or _quoted(next(iter(case.models), ""))
    maker = identity.maker_name or _quoted(next(iter(case.makers), ""))
    title = " ".join(part for part in (one_line(maker), one_line(model)) if part)
    return title or "equipment without maker and model"


def _quoted(text: str) -> str:
    return f'"{text}"' if text.strip() else ""


def identified(identity: Identity) -> str:
    """Return what a machine was taken for and by what, in a sentence."""
    if identity.kind is Kind.UNKNOWN or (identity.maker is None and identity.model is None):
        taken = "It is not identified"
    else:
        name = joined([part for part in (identity.maker_name, identity.model_name) if part], last="-")
        taken = f"It is taken for {name.replace(' - ', ' ')}"
        if Tier.FUZZY in {identity.maker_tier, identity.model_tier}:
            taken += ", by likeness only, which neither clears nor condemns"
    by = f": {identity.decided_by}" if identity.decided_by else ""
    between = f" Possible: {', '.join(identity.alternatives)}." if identity.alternatives else ""
    differ = "".join(f" {each[:1].upper()}{each[1:]}." for each in identity.disagreements)
    return one_line(f"{taken}{by}.{between}{differ}".replace("..", "."))


def finding_entry(finding: Finding) -> FindingEntry:
    """Return a finding in sentences."""
    return FindingEntry(
        rule=finding.rule.id,
        policy=finding.rule.policy,
        title=finding.rule.title,
        citation=finding.rule.citation,
        verdict=finding.verdict,
        reason=finding.reason,
        words=verdict_words(finding.verdict, finding.reason),
        sentence=one_line(finding.explanation),
        origin=origin_words(finding.atoms),
        evidence=_pieces(finding.decisive),
        contesting=_pieces(finding.contesting),
        open_questions=tuple(one_line(question) for question in finding.open_questions),
        would_clear=one_line(finding.would_clear),
        unverified=finding.rests_on_unverified,
    )


def _pieces(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    return tuple(piece_words(piece) for piece in sorted(pieces, key=Piece.key))


def case_entry(case: Case, otherwise: str = "") -> CaseEntry:
    """Return a case as a reader meets it, with how other readings judge it."""
    ordered = sorted(case.findings, key=lambda finding: -finding.verdict.severity)
    findings = tuple(finding_entry(finding) for finding in ordered)
    return CaseEntry(
        id=case.id,
        title=case_title(case),
        verdict=case.verdict,
        reason=case.reason,
        words=verdict_words(case.verdict, case.reason),
        lines=case.lines,
        units=case.units,
        sites=tuple(
            (one_line(site) or "no site given", units)
            for site, units in sorted(case.sites.items(), key=lambda item: (-item[1], item[0]))
        ),
        identified=identified(case.facts.identity),
        likely=_likely(case),
        flags=tuple(flag_words(flag) for flag in case.facts.flags),
        worst=findings[0] if findings else None,
        findings=findings,
        otherwise=otherwise,
        embargo=one_line(case.embargo),
    )


def _likely(case: Case) -> str:
    """Return where the maker is known to assemble; what nobody could source is named apart."""
    assembling = [
        plant for plant in case.plants if plant.activity == "assembly" and plant.country is not None
    ]
    sourced = _countries(plant for plant in assembling if plant.confidence is not Confidence.UNVERIFIED)
    unsourced = (
        _countries(plant for plant in assembling if plant.confidence is Confidence.UNVERIFIED) - sourced
    )
    known = f"Its maker is known to assemble in {_and(sourced)}" if sourced else ""
    said = f"it is said, without a source, to assemble in {_and(unsourced)}" if unsourced else ""
    both = "; ".join(part for part in (known, said) if part)
    return f"{both[:1].upper()}{both[1:]}: general knowledge that decides nothing for a unit." if both else ""


def _countries(plants: Iterable[Plant]) -> frozenset[str]:
    return frozenset(plant.country for plant in plants if plant.country is not None)


def _and(atoms: frozenset[str]) -> str:
    return origin_words(atoms).replace(" or ", " and ")


def rejected_entries(audit: Audit) -> tuple[RejectedEntry, ...]:
    """Return the rejected rows in the order of the files."""
    return tuple(
        RejectedEntry(
            place(row.file, row.sheet, f"row {row.row}"), REJECTION_WORDS[row.rejection], one_line(row.text)
        )
        for row in audit.rejected
    )


def place(file: str, sheet: str | None, cell: str) -> str:
    """Return where something stands: `file.xlsx:Sheet1!B17`, or `file.csv B17` for files without sheets."""
    return one_line(f"{file}:{sheet}!{cell}" if sheet is not None else f"{file}:{cell}")

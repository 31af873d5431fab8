"""The verdict of a rule on an origin: what condemns, what clears, and what is left open otherwise.

The order of the tests is the theory: a final finding or statements strong enough to condemn, then statements strong
enough to clear, then the first reason why neither holds. General knowledge (plants, leads) takes part in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from provenance.evidence import FindingStatus, Grade, Piece, Standing
from provenance.origin.conclude import concluded_atoms
from provenance.origin.facts import CaseFacts
from provenance.policy.rule import Effect, Prohibited, Rule
from provenance.policy.ruling import Ruling
from provenance.policy.verdict import Reason, Verdict

_TRIED = 6
"""So many bare words that name both sides are left out in every combination; of more, all or none."""


def rule_on_origin(rule: Rule, facts: CaseFacts, banned: Prohibited) -> Ruling:
    """Return what a rule on a facet of the origin says of a case.

    Args:
        rule: The rule.
        facts: The case.
        banned: What it prohibits over the days on which the test date of the case may lie.
    """
    statements = [piece for piece in facts.pieces if piece.facet is rule.facet and piece.is_statement]
    condemned = _condemn(rule, statements, banned)
    if condemned is not None:
        return condemned
    cleared = _clear(rule, statements, banned)
    if cleared is not None:
        return cleared
    return _leave_open(rule, facts, statements, banned)


def _reaches(piece: Piece, floor: object) -> bool:
    """Whether a piece is as strong as the rule asks."""
    return isinstance(floor, Grade) and piece.grade.at_least(floor)


def _condemn(rule: Rule, statements: Sequence[Piece], banned: Prohibited) -> Ruling | None:
    if rule.effect is not Effect.CONDEMN:
        return None
    final = [
        piece
        for piece in statements
        if piece.status is FindingStatus.FINAL
        and piece.standing is not Standing.SHOWN_ONLY
        and piece.atoms <= banned.certain
    ]
    if final:
        contesting = tuple(piece for piece in statements if not piece.atoms <= banned.certain)
        return Ruling(
            Verdict.NON_CONFORMING, Reason.FINAL_FINDING, concluded_atoms(final), tuple(final), contesting
        )
    usable = [
        piece
        for piece in statements
        if piece.standing is not Standing.SHOWN_ONLY
        and not piece.open_finding
        and _reaches(piece, rule.condemns_from)
    ]
    for carrying in _without_bare_words(rule, usable, banned):
        concluded = concluded_atoms(carrying)
        if carrying and concluded <= banned.certain:
            contesting = tuple(
                piece
                for piece in statements
                if not piece.atoms & banned.certain or (piece in usable and piece not in carrying)
            )
            return Ruling(Verdict.NON_CONFORMING, Reason.CONDEMNED, concluded, tuple(carrying), contesting)
    return None


def _without_bare_words(
    rule: Rule, usable: Sequence[Piece], banned: Prohibited
) -> Iterator[tuple[Piece, ...]]:
    """Yield what may carry a condemnation: all that is usable, less bare words.

    A bare word wholly outside what is prohibited is always left out. One that names both sides may be left out: kept
    where it helps to narrow the others, it saves the goods no better than a word that names the other side alone, and
    what else turns out to be prohibited takes no condemnation away.
    """
    bare = [piece for piece in usable if _is_bare_word(rule, piece, usable, banned)]
    mixed = [piece for piece in bare if piece.atoms & banned.certain]
    sizes = range(len(mixed) + 1) if len(mixed) <= _TRIED else (0, len(mixed))
    for size in sizes:
        for left_out in combinations(mixed, size):
            yield tuple(
                piece for piece in usable if piece not in bare or (piece in mixed and piece not in left_out)
            )


def _is_bare_word(rule: Rule, piece: Piece, usable: Sequence[Piece], banned: Prohibited) -> bool:
    """Whether a statement too weak to clear is not wholly of what a stronger one condemns: it does not save the goods."""
    return (
        not _reaches(piece, rule.clears_from)
        and not piece.atoms <= banned.certain
        and any(other.grade.rank < piece.grade.rank and other.atoms <= banned.certain for other in usable)
    )


def _clear(rule: Rule, statements: Sequence[Piece], banned: Prohibited) -> Ruling | None:
    strong = [
        piece
        for piece in statements
        if piece.standing is not Standing.SHOWN_ONLY
        and not piece.open_finding
        and _reaches(piece, rule.clears_from)
    ]
    clearing = [piece for piece in strong if piece.standing is Standing.FULL]
    if not clearing or any(piece.atoms <= banned.possible for piece in statements):
        return None
    concluded = concluded_atoms(clearing)
    # A doubtful document may not clear, nor may two of them narrow each other: with each alone the goods must be clear.
    doubtful = [piece for piece in strong if piece.standing is not Standing.FULL]
    read = [concluded, *(concluded_atoms([*clearing, piece]) for piece in doubtful)]
    if any(atoms & banned.possible for atoms in read):
        return None
    return Ruling(Verdict.CONFORMING, Reason.CLEARED, concluded, tuple(clearing), ())


def _leave_open(rule: Rule, facts: CaseFacts, statements: Sequence[Piece], banned: Prohibited) -> Ruling:
    concluded = concluded_atoms(statements)
    general = [piece for piece in facts.pieces if piece.facet is rule.facet and piece.grade is Grade.PLANTS]
    # General knowledge points somewhere only where no statement does; it never narrows what is concluded.
    pointing = (
        concluded if statements or not general else frozenset().union(*(piece.atoms for piece in general))
    )
    inside = tuple(piece for piece in statements if piece.atoms <= banned.possible)
    outside = tuple(piece for piece in statements if not piece.atoms & banned.possible)
    claims = tuple(piece for piece in statements if piece.open_finding and piece.atoms & banned.possible)
    reason = _first_reason(
        rule, facts, pointing, concluded, banned, disputed=bool((inside and outside) or claims)
    )
    decisive = tuple(statements) if statements else tuple(general)
    return Ruling(
        Verdict.UNDETERMINED, reason, concluded, decisive, inside if reason is Reason.DISPUTED else ()
    )


def _first_reason(
    rule: Rule,
    facts: CaseFacts,
    pointing: frozenset[str],
    concluded: frozenset[str],
    banned: Prohibited,
    *,
    disputed: bool,
) -> Reason:
    identity = facts.identity
    if disputed:
        return Reason.DISPUTED
    if rule.effect is Effect.REVIEW:
        return Reason.REVIEW
    if pointing <= banned.certain:
        return Reason.PRESUMED
    if pointing <= banned.possible:
        return Reason.READING
    if identity.maker is None and not identity.makers:
        return Reason.UNIDENTIFIED
    if identity.maker is None:
        return Reason.AMBIGUOUS
    return Reason.OPEN if concluded & banned.possible else Reason.UNPROVEN

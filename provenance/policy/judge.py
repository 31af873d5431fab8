"""The verdict of one rule on one case: what condemns, what clears, and what is left open otherwise.

The order of the tests is the theory: a final finding or statements strong enough to condemn, then statements strong
enough to clear, then the first reason why neither holds. General knowledge (plants, leads) takes part in neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from provenance.dates import Span
from provenance.evidence import FindingStatus, Grade, Piece, Standing
from provenance.inventory.table import Field
from provenance.origin.conclude import concluded_atoms
from provenance.origin.facts import CaseFacts
from provenance.policy import explain
from provenance.policy.audit import Finding
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import Answer, Condition, Effect, Prohibited, Rule
from provenance.policy.verdict import Reason, Verdict


@dataclass(frozen=True, slots=True)
class _Ruling:
    """A verdict with what carries it, before it is put into words."""

    verdict: Verdict
    reason: Reason
    atoms: frozenset[str]
    decisive: tuple[Piece, ...]
    contesting: tuple[Piece, ...]


def judge(rule: Rule, facts: CaseFacts, as_of: date) -> Finding:
    """Judge one case under one rule.

    Args:
        rule: The rule.
        facts: All that is known of the machines of the case.
        as_of: The day on which the question is asked.

    Returns:
        A finding that is complete: verdict, reason, the pieces that carry and contest it, and words.
    """
    ruling, banned, exception = _rule_on(rule, facts, as_of)
    return Finding(
        rule=rule,
        verdict=ruling.verdict,
        reason=ruling.reason,
        explanation=explain.explanation(rule, facts, ruling.verdict, ruling.reason, ruling.atoms, banned),
        grade=min((piece.grade for piece in ruling.decisive), key=lambda grade: grade.rank, default=None),
        atoms=ruling.atoms,
        decisive=ruling.decisive,
        contesting=ruling.contesting,
        open_questions=_open_questions(banned, ruling, exception, rule),
        would_clear=explain.would_clear(rule, ruling.verdict, ruling.reason, facts),
        rests_on_unverified=_unverified_members(banned, ruling),
    )


def verdict_under(rule: Rule, facts: CaseFacts, as_of: date) -> Verdict:
    """Return the verdict alone, for readings that are counted and not put into words; see `judge`."""
    return _rule_on(rule, facts, as_of)[0].verdict


def _rule_on(rule: Rule, facts: CaseFacts, as_of: date) -> tuple[_Ruling, Prohibited, Answer]:
    """Return the ruling, what the rule prohibits of this case, and the worst answer over its exceptions."""
    banned = _prohibited_once(rule, rule.span(test_span(rule, facts), as_of))
    applies, exception = _applies(rule, facts)
    if applies is Answer.NO:
        return _Ruling(Verdict.OUT_OF_SCOPE, Reason.SCOPE, frozenset(), (), ()), banned, exception
    ruling = _rule_on_origin(rule, facts, banned)
    if exception is Answer.UNKNOWN and ruling.verdict is Verdict.NON_CONFORMING:
        ruling = replace(ruling, verdict=Verdict.UNDETERMINED, reason=Reason.READING)
    return ruling, banned, exception


_WRITTEN_VARIOUSLY = frozenset({Field.MAKER, Field.MODEL, Field.SUPPLIER, Field.OWNER, Field.IMPORTER})
"""Facts whose texts do not tell for sure that two of them differ."""


def test_span(rule: Rule, facts: CaseFacts) -> Span | None:
    """Return the interval in which the rule's test date lies, as far as the inventory says it."""
    field = rule.test_date.field
    return None if field is None else dict(facts.dates).get(field)


_PROHIBITED: dict[tuple[int, Span], tuple[Rule, Prohibited]] = {}
"""What rules prohibit over intervals; a rule is asked about few intervals and many cases."""


def _prohibited_once(rule: Rule, span: Span) -> Prohibited:
    # The rule is kept with the answer, for an identity is only one while its object lives.
    key = (id(rule), span)
    if key not in _PROHIBITED:
        if len(_PROHIBITED) > 4096:
            _PROHIBITED.clear()
        _PROHIBITED[key] = (rule, prohibited(rule, span))
    return _PROHIBITED[key][1]


def _rule_on_origin(rule: Rule, facts: CaseFacts, banned: Prohibited) -> _Ruling:
    statements = [piece for piece in facts.pieces if piece.facet is rule.facet and piece.is_statement]
    condemned = _condemn(rule, statements, banned)
    if condemned is not None:
        return condemned
    cleared = _clear(rule, statements, banned)
    if cleared is not None:
        return cleared
    return _leave_open(rule, facts, statements, banned)


def _condemn(rule: Rule, statements: Sequence[Piece], banned: Prohibited) -> _Ruling | None:
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
        return _Ruling(
            Verdict.NON_CONFORMING, Reason.FINAL_FINDING, concluded_atoms(final), tuple(final), contesting
        )
    usable = [
        piece
        for piece in statements
        if piece.standing is not Standing.SHOWN_ONLY
        and not piece.open_finding
        and piece.grade.at_least(rule.condemns_from)
    ]
    carrying = [piece for piece in usable if not _is_bare_word(rule, piece, usable, banned)]
    concluded = concluded_atoms(carrying)
    if not carrying or not concluded <= banned.certain:
        return None
    contesting = tuple(piece for piece in statements if not piece.atoms & banned.certain)
    return _Ruling(Verdict.NON_CONFORMING, Reason.CONDEMNED, concluded, tuple(carrying), contesting)


def _is_bare_word(rule: Rule, piece: Piece, usable: Sequence[Piece], banned: Prohibited) -> bool:
    """Whether a statement too weak to clear contradicts a stronger one that condemns: it does not save the goods."""
    return (
        not piece.grade.at_least(rule.clears_from)
        and not piece.atoms & banned.certain
        and any(other.grade.rank < piece.grade.rank and other.atoms <= banned.certain for other in usable)
    )


def _clear(rule: Rule, statements: Sequence[Piece], banned: Prohibited) -> _Ruling | None:
    strong = [
        piece
        for piece in statements
        if piece.standing is not Standing.SHOWN_ONLY
        and not piece.open_finding
        and piece.grade.at_least(rule.clears_from)
    ]
    clearing = [piece for piece in strong if piece.standing is Standing.FULL]
    if not clearing or any(piece.atoms <= banned.possible for piece in statements):
        return None
    concluded = concluded_atoms(clearing)
    # A doubtful document may not clear, and doubt about it may not help either: with it the goods must be clear too.
    if concluded & banned.possible or concluded_atoms(strong) & banned.possible:
        return None
    return _Ruling(Verdict.CONFORMING, Reason.CLEARED, concluded, tuple(clearing), ())


def _leave_open(rule: Rule, facts: CaseFacts, statements: Sequence[Piece], banned: Prohibited) -> _Ruling:
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
    return _Ruling(
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


def _applies(rule: Rule, facts: CaseFacts) -> tuple[Answer, Answer]:
    """Return whether the rule applies, and the worst answer over its exceptions."""
    values = dict(facts.scope)
    in_scope = _all(rule.scope, values)
    if in_scope is Answer.NO:
        return Answer.NO, Answer.NO
    exceptions = [_all(exception.conditions, values) for exception in rule.exceptions]
    if Answer.YES in exceptions:
        return Answer.NO, Answer.YES
    return in_scope, Answer.UNKNOWN if Answer.UNKNOWN in exceptions else Answer.NO


def _all(conditions: Sequence[Condition], values: dict[Field, str | None]) -> Answer:
    answers = [_one(condition, values.get(condition.field)) for condition in conditions]
    if Answer.NO in answers:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.YES


def _one(condition: Condition, value: str | None) -> Answer:
    if value is None:
        return Answer.UNKNOWN
    folded = value.casefold()
    if any(folded == wanted.casefold() for wanted in condition.values):
        return Answer.YES
    # One maker or model is written in many ways: a text that differs is no known fact that takes a machine out.
    return Answer.UNKNOWN if condition.field in _WRITTEN_VARIOUSLY else Answer.NO


def _open_questions(banned: Prohibited, ruling: _Ruling, exception: Answer, rule: Rule) -> tuple[str, ...]:
    if ruling.verdict is not Verdict.UNDETERMINED:
        return ()
    atoms = ruling.atoms if ruling.reason in {Reason.READING, Reason.DISPUTED} else frozenset()
    questions = {
        banned.open_questions[atom] for atom in atoms & banned.possible if atom in banned.open_questions
    }
    if exception is Answer.UNKNOWN:
        questions |= {
            f"whether the exception {item.id} applies ({item.instrument})" for item in rule.exceptions
        }
    return tuple(sorted(questions))


def _unverified_members(banned: Prohibited, ruling: _Ruling) -> tuple[str, ...]:
    if ruling.verdict is not Verdict.NON_CONFORMING:
        return ()
    return tuple(
        sorted(
            {
                member.citation
                for atom in ruling.atoms
                for member in banned.members.get(atom, ())
                if not member.verified
            }
        )
    )

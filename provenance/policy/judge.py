"""The verdict of one rule on one case, in words: what it asks decides who rules, and its reach whether that stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import assert_never

from provenance.dates import Span
from provenance.origin.facts import CaseFacts
from provenance.policy import explain, explain_makers, explain_reach
from provenance.policy.applies import Applies, applies
from provenance.policy.audit import Finding
from provenance.policy.judge_makers import banned_makers, rule_on_makers
from provenance.policy.judge_origin import rule_on_origin
from provenance.policy.prohibited_makers import ProhibitedMakers
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import Effect, Prohibited, Rule
from provenance.policy.ruling import Ruling
from provenance.policy.subject import FacetSubject, MakersSubject, UnrecordedSubject
from provenance.policy.unverified import unverified_entries, unverified_members
from provenance.policy.verdict import Reason, Verdict
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class _Judged:
    """A ruling with what it was made from."""

    ruling: Ruling
    applies: Applies
    banned: Prohibited | ProhibitedMakers | None
    """None where the rule asks what no inventory records."""
    barred: Ruling | None = None
    """The condemnation that only what is open of the rule's reach keeps from being one."""


def judge(rule: Rule, facts: CaseFacts, as_of: date) -> Finding:
    """Judge one case under one rule.

    Args:
        rule: The rule.
        facts: All that is known of the machines of the case.
        as_of: The day on which the question is asked.

    Returns:
        A finding that is complete: verdict, reason, the pieces that carry and contest it, and words.
    """
    judged = _judged(rule, facts, as_of)
    ruling = judged.ruling
    told, settled, unverified = _told(rule, facts, judged, as_of)
    return Finding(
        rule=rule,
        verdict=ruling.verdict,
        reason=ruling.reason,
        explanation=told,
        grade=min((piece.grade for piece in ruling.decisive), key=lambda grade: grade.rank, default=None),
        atoms=ruling.atoms,
        decisive=ruling.decisive,
        contesting=ruling.contesting,
        open_questions=_open_questions(judged, rule),
        would_clear=settled,
        rests_on_unverified=unverified,
        makers=ruling.makers,
        listings=ruling.listings,
    )


def _told(rule: Rule, facts: CaseFacts, judged: _Judged, as_of: date) -> tuple[str, str, tuple[str, ...]]:
    """Return the reasoning, what would settle it, and the unverified rows that it rests on."""
    if judged.applies.out:
        return explain_reach.not_reached(rule, judged.applies, facts, as_of), "", ()
    ruling, banned, barred = judged.ruling, judged.banned, judged.barred
    # What only the rule's open reach keeps from being condemned is told as what it would be.
    spoken = barred or ruling
    if isinstance(banned, Prohibited):
        told = explain.explanation(rule, facts, spoken.reason, spoken.atoms, banned)
        settled = explain.would_clear(rule, ruling.verdict, ruling.reason, facts)
        other = "" if spoken.reason is Reason.FINAL_FINDING else explain.other_origin(rule, facts)
        unverified = unverified_members(rule, ruling, banned)
    elif isinstance(banned, ProhibitedMakers):
        told = explain_makers.explanation(rule, facts, spoken, banned)
        settled = explain_makers.would_clear(facts, ruling)
        other = "counsel's decision on the entry"
        unverified = unverified_entries(rule, ruling)
    else:
        return explain.unrecorded(rule), explain.unrecorded_answer(rule), ()
    if barred is not None:
        told = explain_reach.barred(told)
        settled = explain_reach.would_take_out(rule, judged.applies, facts, other)
    return told, settled, unverified


def verdict_under(rule: Rule, facts: CaseFacts, as_of: date) -> Verdict:
    """Return the verdict alone, for readings that are counted and not put into words; see `judge`."""
    return _judged(rule, facts, as_of).ruling.verdict


def _judged(rule: Rule, facts: CaseFacts, as_of: date) -> _Judged:
    reached = applies(rule, facts, as_of)
    span = rule.span(test_span(rule, facts), as_of)
    banned: Prohibited | ProhibitedMakers | None
    match rule.subject:
        case FacetSubject():
            banned = _prohibited_once(rule, span)
            ruling = rule_on_origin(rule, facts, banned)
        case MakersSubject():
            banned = banned_makers(rule, facts, span)
            ruling = rule_on_makers(rule, facts, banned)
        case UnrecordedSubject():
            banned = None
            reason = Reason.REVIEW if rule.effect is Effect.REVIEW else Reason.OPEN
            ruling = Ruling(Verdict.UNDETERMINED, reason)
        case _:
            assert_never(rule.subject)
    if reached.out:
        return _Judged(Ruling(Verdict.OUT_OF_SCOPE, Reason.SCOPE), reached, banned)
    if reached.open and ruling.verdict is Verdict.NON_CONFORMING:
        open_ruling = replace(ruling, verdict=Verdict.UNDETERMINED, reason=Reason.READING)
        return _Judged(open_ruling, reached, banned, barred=ruling)
    return _Judged(ruling, reached, banned)


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


def _open_questions(judged: _Judged, rule: Rule) -> tuple[str, ...]:
    ruling = judged.ruling
    if ruling.verdict is not Verdict.UNDETERMINED:
        return ()
    questions: set[str] = set()
    if isinstance(judged.banned, Prohibited):
        atoms = ruling.atoms if ruling.reason in {Reason.READING, Reason.DISPUTED} else frozenset()
        known = judged.banned.open_questions
        questions = {known[atom] for atom in atoms & judged.banned.possible if atom in known}
    elif isinstance(judged.banned, ProhibitedMakers):
        meant = {*ruling.makers, *(listing.maker for listing in ruling.listings)}
        known = judged.banned.open_questions
        questions = {known[maker] for maker in meant if maker in known}
    return tuple(sorted(questions | set(explain_reach.questions(rule, judged.applies))))

"""The verdict of one rule on one case, and the promises of soundness for all evidence; see `test_examples` too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.dates import Span
from provenance.evidence import STATEMENT_GRADES, Facet, FindingStatus, Grade, Piece, Standing
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.audit import Finding
from provenance.policy.judge import judge
from provenance.policy.load import load_policy
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import Condition, Effect, RuleException
from provenance.policy.verdict import Reason, Verdict

AS_OF = date(2026, 11, 20)
RULE = load_policy("cleanspark-mineone").rules[0]
DELIVERED = Span.of(date(2024, 8, 1))
KNOWN = Identity(
    Kind.MACHINE, "bitmain", "Bitmain", Tier.EXACT, "antminer-s21", "Antminer S21", Tier.EXACT, "asic-miner",
    (), ("bitmain",), "the text is a known name", (),
)  # fmt: skip


def facts_of(
    pieces: Iterable[Piece],
    identity: Identity = KNOWN,
    delivered: Span | None = DELIVERED,
    **scope: str | None,
) -> CaseFacts:
    asked = tuple((Field(name), value) for name, value in sorted(scope.items()))
    ordered = tuple(sorted(set(pieces), key=Piece.key))
    return CaseFacts(identity, ordered, ((Field.DELIVERY_DATE, delivered),), asked, ())


def says(
    grade: Grade, *atoms: str, status: FindingStatus | None = None, standing: Standing = Standing.FULL
) -> Piece:
    return Piece(Facet.MANUFACTURE, grade, frozenset(atoms), status, standing)


def test_what_was_left_out_is_shown_as_contesting():
    label = says(Grade.DECLARED, "MY")
    finding = judge(RULE, facts_of([says(Grade.NAMEPLATE, "CN"), label]), AS_OF)
    assert finding.contesting == (label,)


def test_a_document_in_doubt_condemns_but_does_not_clear():
    doubt = Standing.CONDEMN_ONLY
    assert (
        judge(RULE, facts_of([says(Grade.CERTIFICATE, "MY", standing=doubt)]), AS_OF).reason
        is Reason.UNPROVEN
    )
    condemned = judge(RULE, facts_of([says(Grade.CERTIFICATE, "CN", standing=doubt)]), AS_OF)
    assert condemned.verdict is Verdict.NON_CONFORMING


def test_a_document_for_a_part_of_the_units_neither_clears_nor_condemns():
    part = Standing.SHOWN_ONLY
    assert (
        judge(RULE, facts_of([says(Grade.CERTIFICATE, "CN", standing=part)]), AS_OF).reason is Reason.PRESUMED
    )


def test_the_donetsk_area_condemns_only_deliveries_from_the_day_of_the_order():
    area = facts_of([says(Grade.CERTIFICATE, "UA-DNR")], delivered=Span.of(date(2022, 2, 20)))
    assert judge(RULE, area, AS_OF).verdict is Verdict.CONFORMING
    later = replace(area, dates=((Field.DELIVERY_DATE, Span.of(date(2022, 2, 21))),))
    assert judge(RULE, later, AS_OF).verdict is Verdict.NON_CONFORMING
    undated = replace(area, dates=((Field.DELIVERY_DATE, None),))
    assert judge(RULE, undated, AS_OF).reason is Reason.READING


def test_without_a_date_and_as_of_a_day_before_any_it_can_have_nothing_is_known_of_when():
    area = facts_of([says(Grade.CERTIFICATE, "IR")], delivered=None)
    late = replace(RULE, undated_from=date(2025, 1, 1))
    member = replace(
        late.members[0], first=date(2024, 1, 1), last=None, atoms=frozenset({"IR"}), certain=True
    )
    rule = replace(late, members=(member,))
    assert judge(rule, area, date(2023, 1, 1)).verdict is Verdict.UNDETERMINED
    assert judge(rule, area, AS_OF).verdict is Verdict.NON_CONFORMING


def test_an_unidentified_machine_without_evidence_says_so():
    nobody = replace(KNOWN, maker=None, makers=(), model=None, decided_by="no word of it is known")
    assert judge(RULE, facts_of([], nobody), AS_OF).reason is Reason.UNIDENTIFIED
    either = replace(nobody, makers=("bitmain", "iceriver"))
    assert judge(RULE, facts_of([], either), AS_OF).reason is Reason.AMBIGUOUS


def test_an_unknown_scope_is_judged_as_in_scope_and_a_known_one_decides():
    rule = replace(RULE, scope=(Condition(Field.SITE, ("North Range",)),))
    evidence = [says(Grade.NAMEPLATE, "CN")]
    assert judge(rule, facts_of(evidence, site=None), AS_OF).verdict is Verdict.NON_CONFORMING
    assert judge(rule, facts_of(evidence, site="north range"), AS_OF).verdict is Verdict.NON_CONFORMING
    assert judge(rule, facts_of(evidence, site="campstool"), AS_OF).verdict is Verdict.OUT_OF_SCOPE


def test_another_spelling_of_a_maker_does_not_take_a_machine_out_of_scope():
    rule = replace(RULE, scope=(Condition(Field.MAKER, ("Bitmain",)),))
    evidence = [says(Grade.NAMEPLATE, "CN")]
    assert judge(rule, facts_of(evidence, maker="bitmain tech"), AS_OF).verdict is Verdict.NON_CONFORMING


def test_an_unknown_exception_caps_the_verdict_at_undetermined():
    waived = RuleException("third-order", (Condition(Field.ORDER, ("PO 03",)),), "purchase order 3", "")
    rule = replace(RULE, exceptions=(waived,))
    evidence = [says(Grade.NAMEPLATE, "CN")]
    assert judge(rule, facts_of(evidence, order=None), AS_OF).reason is Reason.READING
    assert judge(rule, facts_of(evidence, order="po 01"), AS_OF).verdict is Verdict.NON_CONFORMING
    assert judge(rule, facts_of(evidence, order="po 03"), AS_OF).verdict is Verdict.OUT_OF_SCOPE
    cleared = [says(Grade.CERTIFICATE, "MY")]
    assert judge(rule, facts_of(cleared, order=None), AS_OF).verdict is Verdict.CONFORMING


def test_a_rule_that_only_asks_for_review_never_condemns():
    rule = replace(RULE, effect=Effect.REVIEW)
    final = says(Grade.FINDING, "CN", status=FindingStatus.FINAL)
    assert judge(rule, facts_of([final]), AS_OF).reason is Reason.REVIEW


# The promises, over all evidence ----------------------------------------------------------------

_ATOMS = ["CN", "HK", "IR", "MY", "TH", "US", "UA-DNR", "UA-REST"]
_SPANS = [None, Span.of(date(2019, 5, 1)), DELIVERED, Span(date(2021, 1, 1), date(2023, 1, 1))]


@st.composite
def pieces_of_evidence(draw: st.DrawFn) -> Piece:
    grade = draw(st.sampled_from([*STATEMENT_GRADES, Grade.PLANTS, Grade.LEAD]))
    status = draw(st.sampled_from(FindingStatus)) if grade is Grade.FINDING else None
    atoms = draw(st.frozensets(st.sampled_from(_ATOMS), min_size=1, max_size=3))
    return Piece(Facet.MANUFACTURE, grade, atoms, status, draw(st.sampled_from(Standing)))


evidence_sets = st.lists(pieces_of_evidence(), max_size=5)
spans = st.sampled_from(_SPANS)


def verdict_of(pieces: Iterable[Piece], delivered: Span | None) -> Finding:
    return judge(RULE, facts_of(pieces, delivered=delivered), AS_OF)


def banned(delivered: Span | None):
    return prohibited(RULE, RULE.span(delivered, AS_OF))


@settings(max_examples=400, deadline=None)
@given(evidence_sets, spans)
def test_what_conforms_is_cleared_by_strong_statements_alone(pieces, delivered):
    if verdict_of(pieces, delivered).verdict is Verdict.CONFORMING:
        strong = [
            piece
            for piece in pieces
            if piece.grade.at_least(RULE.clears_from)
            and piece.standing is Standing.FULL
            and not piece.open_finding
        ]
        alone = verdict_of(strong, delivered)
        assert alone.verdict is Verdict.CONFORMING
        assert not alone.atoms & banned(delivered).possible


@settings(max_examples=400, deadline=None)
@given(evidence_sets, spans, pieces_of_evidence())
def test_a_statement_wholly_inside_what_is_certainly_prohibited_never_improves_a_verdict(
    pieces, delivered, more
):
    inside = more.atoms & banned(delivered).certain
    if inside and more.is_statement:
        before = verdict_of(pieces, delivered)
        after = verdict_of([*pieces, replace(more, atoms=inside)], delivered)
        assert after.verdict.severity >= before.verdict.severity


@settings(max_examples=400, deadline=None)
@given(evidence_sets, spans, pieces_of_evidence())
def test_a_statement_wholly_inside_what_is_possibly_prohibited_never_makes_a_machine_conforming(
    pieces, delivered, more
):
    inside = more.atoms & banned(delivered).possible
    if inside and more.is_statement:
        after = verdict_of([*pieces, replace(more, atoms=inside)], delivered)
        assert after.verdict is not Verdict.CONFORMING


@settings(max_examples=400, deadline=None)
@given(evidence_sets, spans)
def test_taking_away_a_statement_wholly_outside_never_improves_a_verdict(pieces, delivered):
    distinct = sorted(set(pieces), key=Piece.key)
    before = verdict_of(distinct, delivered)
    for index, piece in enumerate(distinct):
        if piece.is_statement and not piece.atoms & banned(delivered).possible:
            after = verdict_of(distinct[:index] + distinct[index + 1 :], delivered)
            assert after.verdict.severity >= before.verdict.severity


@settings(max_examples=300, deadline=None)
@given(evidence_sets, spans, pieces_of_evidence())
def test_weak_unverified_and_general_evidence_never_clears(pieces, delivered, more):
    weak = (
        not more.grade.at_least(RULE.clears_from) or more.standing is not Standing.FULL or more.open_finding
    )
    if weak and verdict_of(pieces, delivered).verdict is not Verdict.CONFORMING:
        assert verdict_of([*pieces, more], delivered).verdict is not Verdict.CONFORMING


@settings(max_examples=300, deadline=None)
@given(evidence_sets, spans, pieces_of_evidence())
def test_general_knowledge_and_shown_only_pieces_never_condemn(pieces, delivered, more):
    silent = not more.is_statement or more.standing is Standing.SHOWN_ONLY
    if silent and verdict_of(pieces, delivered).verdict is not Verdict.NON_CONFORMING:
        assert verdict_of([*pieces, more], delivered).verdict is not Verdict.NON_CONFORMING


@settings(deadline=None)
@given(evidence_sets, spans, st.randoms(use_true_random=False))
def test_the_order_of_evidence_changes_nothing(pieces, delivered, random):
    shuffled = list(pieces)
    random.shuffle(shuffled)
    assert verdict_of(shuffled, delivered) == verdict_of(pieces, delivered)


@settings(deadline=None)
@given(evidence_sets)
def test_a_missing_date_never_makes_a_machine_conforming_that_some_date_would_not(pieces):
    if verdict_of(pieces, None).verdict is Verdict.CONFORMING:
        for day in (date(2018, 1, 1), date(2022, 2, 21), date(2025, 6, 30), AS_OF):
            assert verdict_of(pieces, Span.of(day)).verdict is Verdict.CONFORMING


def test_two_documents_in_doubt_do_not_narrow_each_other_to_a_clearance():
    doubt = Standing.CONDEMN_ONLY
    record = Grade.PRODUCTION_RECORD
    known = [says(record, "TH"), says(record, "CN", "MY", standing=doubt)]
    assert judge(RULE, facts_of(known), AS_OF).verdict is Verdict.UNDETERMINED
    more = [*known, says(record, "HK", "MY", standing=doubt)]
    assert judge(RULE, facts_of(more), AS_OF).verdict is Verdict.UNDETERMINED


@settings(deadline=None)
@given(evidence_sets, spans)
def test_an_unknown_scope_never_clears(pieces, delivered):
    scoped = replace(RULE, scope=(Condition(Field.SITE, ("A",)),))
    unknown = judge(scoped, facts_of(pieces, delivered=delivered, site=None), AS_OF)
    inside = judge(scoped, facts_of(pieces, delivered=delivered, site="a"), AS_OF)
    assert unknown.verdict is inside.verdict

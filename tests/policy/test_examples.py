"""The examples that every policy carries, the worked verdicts among them: each is judged as its file says."""

import pytest

from provenance.dates import Span
from provenance.evidence import Facet, Grade, Piece
from provenance.policy.examples import load_examples
from provenance.policy.judge import judge
from provenance.policy.load import list_policies

EXAMPLES = [example for policy in list_policies() for example in load_examples(policy.id)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.where} {example.reason}")
def test_a_policy_judges_its_own_examples_as_it_says(example):
    finding = judge(example.rule, example.facts, example.as_of)
    assert (finding.verdict, finding.reason) == (example.verdict, example.reason), example.why


def test_an_example_is_about_the_rules_facet_and_test_date_where_it_names_none():
    dated = next(example for example in load_examples("china-ofac") if example.facts.dates[0][1] is not None)
    assert dated.facts.pieces == (Piece(Facet.MANUFACTURE, Grade.CERTIFICATE, frozenset({"MY"})),)
    ((field, span),) = dated.facts.dates
    assert (field, span.known) == (dated.rule.test_date.field, True)
    assert isinstance(span, Span)


def test_an_example_names_its_line():
    assert load_examples("china-ofac")[0].where.startswith("rules/packs/china-ofac.yaml:")

"""The examples of a policy file: facts, and what the rule has to say of them. They run as tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provenance.countries.atoms import atoms_of
from provenance.dates import Span
from provenance.errors import Fault
from provenance.evidence import Piece
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.judge import judge
from provenance.policy.load import PolicySource, list_policies, policy_of, read_policy
from provenance.policy.rule import Policy, Rule
from provenance.policy.schema import ExampleSpec, FactsSpec
from provenance.policy.verdict import Reason, Verdict


@dataclass(frozen=True, slots=True)
class Example:
    """One example, ready to be judged."""

    where: str
    """File and line of the example."""
    rule: Rule
    facts: CaseFacts
    as_of: date
    verdict: Verdict
    """What the rule has to say."""
    reason: Reason
    why: str


def load_examples(ref: str) -> tuple[Example, ...]:
    """Load the examples of one policy.

    Args:
        ref: As for `load_policy`.

    Raises:
        PolicyError: As for `load_policy`.
    """
    source = read_policy(ref)
    policy = policy_of(source)
    return tuple(_example(source, policy, index, spec) for index, spec in enumerate(source.spec.examples))


def _example(source: PolicySource, policy: Policy, index: int, spec: ExampleSpec) -> Example:
    rules = next((reading.rules for reading in policy.readings if reading.id == spec.reading), policy.rules)
    rule = next(rule for rule in rules if rule.id == f"{policy.id}/{spec.rule}")
    return Example(
        where=f"{source.document.name}:{source.document.line(('examples', index))}",
        rule=rule,
        facts=case_facts(spec.facts, rule),
        as_of=spec.as_of if spec.as_of is not None else max(used.as_of for used in policy.lists),
        verdict=spec.expect.verdict,
        reason=spec.expect.reason,
        why=spec.why,
    )


def case_facts(spec: FactsSpec, rule: Rule) -> CaseFacts:
    """Return the facts of an example as judging takes them, for a machine whose maker is as well known as it says."""
    pieces = (
        Piece(
            facet=statement.facet if statement.facet is not None else rule.facet,
            grade=statement.grade,
            atoms=frozenset[str]().union(*(atoms_of(code) for code in statement.countries)),
            status=statement.status,
            standing=statement.standing,
        )
        for statement in spec.statements
    )
    asked = {condition.field for condition in rule.scope}
    asked |= {condition.field for exception in rule.exceptions for condition in exception.conditions}
    scope = {field: spec.scope.get(field) for field in Field if field in asked}
    dated = rule.test_date.field
    day = Span.of(spec.test_date) if spec.test_date is not None else None
    return CaseFacts(
        identity=_identity(spec.identity),
        pieces=tuple(sorted(pieces, key=Piece.key)),
        dates=((dated, day),) if dated is not None else (),
        scope=tuple(
            (field, value.casefold() if value is not None else None) for field, value in scope.items()
        ),
        flags=tuple(sorted(spec.flags)),
    )


def _identity(tier: Tier) -> Identity:
    known = tier is not Tier.NONE
    return Identity(
        kind=Kind.MACHINE if known else Kind.UNKNOWN,
        maker="example-maker" if known else None,
        maker_name="Example maker" if known else None,
        maker_tier=tier,
        model="example-model" if known else None,
        model_name="Example model" if known else None,
        model_tier=tier,
        category=None,
        alternatives=(),
        makers=("example-maker",) if known else (),
        decided_by="an example",
        disagreements=(),
    )


def check_examples() -> list[Fault]:
    """Judge every example of every policy and return those whose verdict or reason is not what the file says."""
    faults = []
    for policy in list_policies():
        for example in load_examples(policy.id):
            finding = judge(example.rule, example.facts, example.as_of)
            if (finding.verdict, finding.reason) != (example.verdict, example.reason):
                found = f"{finding.verdict.value} ({finding.reason.value})"
                said = f"{example.verdict.value} ({example.reason.value})"
                faults.append(
                    Fault(
                        example.where,
                        f"is judged {found}, expected {said}",
                        "correct the rule or the example",
                    )
                )
    return faults

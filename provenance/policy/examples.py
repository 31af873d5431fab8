"""The examples of a policy file: facts, and what the rule has to say of them. They run as tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from provenance.catalog.database import open_catalogue
from provenance.countries.atoms import atoms_of
from provenance.dates import Span
from provenance.errors import Fault
from provenance.evidence import Facet, Piece
from provenance.identify.identity import Identity, Kind, Tier
from provenance.inventory.table import Field
from provenance.origin.facts import CaseFacts
from provenance.policy.example_schema import ExampleSpec, FactsSpec
from provenance.policy.judge import judge
from provenance.policy.load import PolicySource, policy_of, read_policy
from provenance.policy.policy import Policy
from provenance.policy.reach import with_listings
from provenance.policy.rule import Condition, DateCondition, Rule
from provenance.policy.subject import MakersSubject
from provenance.policy.verdict import Reason, Verdict
from provenance.records import dataclass


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
    return examples_of(read_policy(ref))


def examples_of(source: PolicySource, root: Path | None = None) -> tuple[Example, ...]:
    """Return the examples of a policy file that was read; see `load_examples`."""
    policy = policy_of(source, root)
    if any(isinstance(rule.subject, MakersSubject) for rule in policy.all_rules()):
        (policy,) = with_listings((policy,), open_catalogue())
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
            facet=statement.facet or rule.facet or Facet.MANUFACTURE,
            grade=statement.grade,
            atoms=frozenset[str]().union(*(atoms_of(code) for code in statement.countries)),
            status=statement.status,
            standing=statement.standing,
        )
        for statement in spec.statements
    )
    asked = {condition.field for condition in rule.conditions() if isinstance(condition, Condition)}
    scope = {field: spec.scope.get(field) for field in Field if field in asked}
    return CaseFacts(
        identity=_identity(spec),
        pieces=tuple(sorted(pieces, key=Piece.key)),
        dates=_dates(spec, rule),
        scope=tuple(
            (field, value.casefold() if value is not None else None) for field, value in scope.items()
        ),
        flags=tuple(sorted(spec.flags)),
        categories=tuple(sorted(spec.categories)),
        witnesses=tuple(("mac", maker) for maker in sorted(spec.witnesses)),
    )


def _dates(spec: FactsSpec, rule: Rule) -> tuple[tuple[Field, Span | None], ...]:
    days = {kind.field: day for kind, day in spec.dates.items() if kind.field is not None}
    if rule.test_date.field is not None and spec.test_date is not None:
        days[rule.test_date.field] = spec.test_date
    asked = {rule.test_date.field, *days}
    asked |= {condition.on.field for condition in rule.conditions() if isinstance(condition, DateCondition)}
    fields = sorted(field for field in asked if field is not None)
    return tuple((field, Span.of(days[field]) if field in days else None) for field in fields)


def _identity(spec: FactsSpec) -> Identity:
    known = spec.identity is not Tier.NONE and not spec.makers
    maker = (spec.maker or "example-maker") if known else None
    return Identity(
        kind=Kind.MACHINE if known else Kind.UNKNOWN,
        maker=maker,
        maker_name=spec.maker or "Example maker" if known else None,
        maker_tier=spec.identity if known else Tier.NONE,
        model="example-model" if known else None,
        model_name="Example model" if known else None,
        model_tier=spec.identity if known else Tier.NONE,
        category=None,
        alternatives=(),
        makers=(maker,) if maker is not None else tuple(sorted(spec.makers)),
        decided_by="an example",
        disagreements=(),
    )


def example_faults(source: PolicySource, root: Path | None = None) -> list[Fault]:
    """Judge the examples of a policy and return those whose verdict or reason is not what the file says.

    Args:
        source: The policy file, read.
        root: The rules directory with its lists; by default the program's own.
    """
    faults = []
    for example in examples_of(source, root):
        finding = judge(example.rule, example.facts, example.as_of)
        if (finding.verdict, finding.reason) != (example.verdict, example.reason):
            found = f"{finding.verdict.value} ({finding.reason.value})"
            said = f"{example.verdict.value} ({example.reason.value})"
            what = f"is judged {found}, expected {said}"
            faults.append(Fault(example.where, what, "correct the rule or the example"))
    return faults

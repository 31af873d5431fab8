"""Policies as they are loaded for a run: compiled from their files once, and kept.

A run that judges by a kept policy needs neither the schema of policy files nor the reader of YAML.
"""

from __future__ import annotations

from collections.abc import Iterator
from os import fspath
from pathlib import Path

from provenance.evidence import Facet, Grade
from provenance.identify.identity import Tier
from provenance.inventory.table import Field
from provenance.kept import Kept, code_digest
from provenance.policy import rule, subject
from provenance.policy.classes import EquipmentClass
from provenance.policy.entity import EntityMember, Reach
from provenance.policy.policy import Clause, ListInfo, Party, Policy, Reading, SiteParticular
from provenance.policy.where import PolicyPlace, find_policy, imported_folder, policy_files, rules_root

CLASSES: tuple[type, ...] = (
    rule.Condition,
    rule.DateCondition,
    rule.Effect,
    rule.ListReference,
    rule.Member,
    rule.Obligor,
    rule.Remedy,
    rule.Rule,
    rule.RuleException,
    rule.TestDate,
    rule.Treatment,
    rule.UnrecordedCondition,
    subject.FacetSubject,
    subject.MakersSubject,
    subject.Related,
    subject.UnrecordedSubject,
    Clause,
    EntityMember,
    EquipmentClass,
    Facet,
    Field,
    Grade,
    ListInfo,
    Party,
    Policy,
    Reach,
    Reading,
    SiteParticular,
    Tier,
)
"""What a policy is made of."""
CODE = (
    "countries/atoms.py",
    "datafile.py",
    "dates.py",
    "evidence.py",
    "expressions.py",
    "identify/identity.py",
    "inventory/table.py",
    "plain.py",
    "policy/at.py",
    "policy/build.py",
    "policy/classes.py",
    "policy/crosscheck.py",
    "policy/derived.py",
    "policy/entity.py",
    "policy/entity_lists.py",
    "policy/example_schema.py",
    "policy/faults.py",
    "policy/frozen.py",
    "policy/list_files.py",
    "policy/list_rows.py",
    "policy/list_schema.py",
    "policy/lists.py",
    "policy/load.py",
    "policy/policy.py",
    "policy/readings.py",
    "policy/rule.py",
    "policy/scalars.py",
    "policy/schema.py",
    "policy/subject.py",
    "policy/verdict.py",
    "policy/where.py",
    "records.py",
    "value_faults.py",
)
"""The modules that decide what a policy file becomes."""


def kept_policy(ref: str) -> Policy:
    """Return what `policy.load.load_policy` returns, from where it was kept.

    Args:
        ref: The id of a pack or clause that comes with the program, or the path of a YAML file.

    Raises:
        PolicyError: There is none of that id, or the file cannot be read or has faults; all of them with their lines.
    """
    policy: Policy = _kept(ref, imported=True).get()
    return policy


def shipped_policies() -> Iterator[Kept]:
    """Yield every policy that comes with the program, for a wheel to carry."""
    for ref in policy_files(rules_root()):
        yield _kept(ref, imported=False)


def _kept(ref: str, *, imported: bool) -> Kept:
    root = rules_root()
    place = find_policy(ref, root)

    def load() -> Policy:
        from provenance.policy.load import load_policy

        return load_policy(ref)

    return Kept("policy", lambda: _decided_by(place, root, imported=imported), CLASSES, load)


def _decided_by(place: PolicyPlace, root: Path, *, imported: bool) -> Iterator[bytes]:
    """Yield all that decides what a policy is: the code, its file and every list that it may use."""
    yield code_digest(*CODE)
    yield place.path.name.encode()
    yield place.path.read_bytes()
    lists = sorted((root / "lists").glob("*.yaml"), key=fspath)
    if imported:
        lists += sorted(imported_folder().glob("*.json"), key=fspath)
    for path in lists:
        yield path.name.encode()
        yield path.read_bytes()

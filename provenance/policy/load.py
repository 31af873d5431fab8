"""Loading policies: by the id of a pack or clause that comes with the program, or from a user's own file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from provenance.datafile import Document
from provenance.plain import canonical_json
from provenance.policy.build import Lists, clause_of, rule_of
from provenance.policy.crosscheck import policy_faults
from provenance.policy.entity_lists import EntityList, load_entity_list
from provenance.policy.faults import read, validated
from provenance.policy.list_files import kind_of, known_ids
from provenance.policy.list_rows import CountryList
from provenance.policy.list_schema import ListKind
from provenance.policy.lists import load_list
from provenance.policy.policy import Policy, Reading
from provenance.policy.readings import reading_faults, rules_by_reading
from provenance.policy.schema import PolicyFile, RuleSpec
from provenance.policy.where import find_policy, policy_files, rules_root
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class PolicySummary:
    """One policy that comes with the program, for a listing."""

    id: str
    kind: str
    """`pack` or `clause`."""
    title: str
    rules: int
    readings: tuple[str, ...]
    """Ids of the alternative readings."""
    lists: tuple[str, ...]
    """Ids of the lists that it or one of its readings uses."""
    file: str
    """`rules/packs/china-ofac.yaml`."""


@dataclass(frozen=True, slots=True)
class PolicySource:
    """A policy file, read and validated, before it becomes rules."""

    document: Document
    spec: PolicyFile
    readings: Mapping[str, tuple[RuleSpec, ...]]
    """The rules of each reading."""
    file: str
    """The file's name without directories."""

    @property
    def rules(self) -> tuple[RuleSpec, ...]:
        """Every rule of the declared reading and then of the others."""
        return (*self.spec.rules, *(rule for rules in self.readings.values() for rule in rules))

    @property
    def lists(self) -> tuple[str, ...]:
        """Ids of the lists that it uses, those of the declared reading first."""
        return tuple(dict.fromkeys(use.list_id for rule in self.rules for use in rule.prohibits))


def load_policy(ref: str) -> Policy:
    """Load one policy.

    Args:
        ref: The id of a pack or clause that comes with the program, or the path of a YAML file.

    Raises:
        PolicyError: There is none of that id, or the file cannot be read or has faults; all of them with their lines.
    """
    return policy_of(read_policy(ref))


def list_policies() -> tuple[PolicySummary, ...]:
    """Return the packs and clauses that come with the program, packs first, each sorted by id.

    Raises:
        PolicyError: One of their files has faults.
    """
    root = rules_root()
    found: list[PolicySummary] = []
    for policy_id, path in policy_files(root).items():
        source = read_file(path, shown=f"rules/{path.parent.name}/{path.name}", root=root)
        spec = source.spec
        found.append(
            PolicySummary(
                policy_id,
                spec.kind,
                spec.title,
                len(spec.rules),
                tuple(reading.id for reading in spec.readings),
                source.lists,
                source.document.name,
            )
        )
    return tuple(found)


def read_policy(ref: str) -> PolicySource:
    """Read and validate one policy file; see `load_policy`."""
    root = rules_root()
    place = find_policy(ref, root)
    return read_file(place.path, shown=place.shown, root=root)


def read_file(path: Path, *, shown: str, root: Path) -> PolicySource:
    """Read and validate the policy file at a path.

    Args:
        path: The file.
        shown: What messages call it.
        root: The rules directory whose lists it may use.

    Raises:
        PolicyError: It cannot be read or has faults; all of them with their lines.
    """
    document = read(path, name=shown)
    lists = {list_id: kind_of(list_id, root) for list_id in known_ids(root)}
    others = [*policy_faults(document, lists), *reading_faults(document, lists)]
    spec = validated(document, PolicyFile, others)
    return PolicySource(document, spec, rules_by_reading(document, spec), path.name)


def policy_of(source: PolicySource, root: Path | None = None) -> Policy:
    """Turn a validated policy file into the policy.

    Args:
        source: The file.
        root: A rules directory with its lists; by default the program's own.

    Raises:
        PolicyError: One of its lists has faults.
    """
    spec = source.spec
    lists = {list_id: used_list(list_id, root) for list_id in source.lists}
    clause = clause_of(spec.clause) if spec.clause is not None else None
    sites = clause.sites if clause is not None else ()
    return Policy(
        id=spec.id,
        kind=spec.kind,
        title=spec.title,
        citation=spec.citation,
        note=spec.note,
        rules=tuple(rule_of(rule, spec.id, lists, sites) for rule in spec.rules),
        readings=tuple(
            Reading(
                reading.id,
                reading.title,
                reading.note,
                tuple(rule_of(rule, spec.id, lists, sites) for rule in source.readings[reading.id]),
            )
            for reading in spec.readings
        ),
        clause=clause,
        lists=tuple(used.info for used in lists.values()),
        sha256=_digest(source.document, lists),
        file=source.file,
    )


def used_list(list_id: str, root: Path | None = None) -> CountryList | EntityList:
    """Load a list of either kind.

    Raises:
        PolicyError: There is none of that id, or its file has faults.
    """
    if kind_of(list_id, root) is ListKind.ENTITY:
        return load_entity_list(list_id, root)
    return load_list(list_id, root)


def _digest(document: Document, lists: Lists) -> str:
    # A policy is what its file and its lists say: either changing changes verdicts.
    parts = {
        "policy": document.digest,
        "lists": {list_id: used.info.sha256 for list_id, used in lists.items()},
    }
    return hashlib.sha256(canonical_json(parts).encode()).hexdigest()

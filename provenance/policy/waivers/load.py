"""Loading waiver files: every fault of all files at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from provenance.catalog.database import Catalogue
from provenance.datafile import Document
from provenance.dates import parse_iso
from provenance.errors import Fault, PolicyError
from provenance.identify.identity import Tier
from provenance.identify.resolve import Identifier
from provenance.origin.named_serials import normal_serials
from provenance.origin.selected import folded
from provenance.policy.faults import mapping, read, sequence, validated
from provenance.policy.policy import Policy
from provenance.policy.scalars import suggestion
from provenance.policy.waivers.schema import ContractWaiverSpec, ScopeSpec, WaiverFile, WaiverSpec
from provenance.policy.waivers.waiver import EVERY_RULE, Instrument, Scope, Waiver, WaiverFiles, WaiverKind
from provenance.records import dataclass

_SURE = frozenset({Tier.EXACT, Tier.GRAMMAR})
_SHOWN = 3
"""Serials of a scope that its words name; a long list is counted."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the names in a waiver are looked up in."""

    identifier: Identifier
    catalogue: Catalogue
    policies: tuple[Policy, ...] = ()
    """The policies that judge; a waiver may speak of others, which then ask nothing."""
    sites: Mapping[str, str] | None = None
    """Other names of the sites that clauses name; see `provenance.policy.sites.site_names`."""

    def rules(self, policy: str) -> tuple[str, ...] | None:
        """Return the ids of a policy's rules, those of its readings too; None where it does not judge."""
        found = next((one for one in self.policies if one.id == policy), None)
        if found is None:
            return None
        of_readings = (rule for reading in found.readings for rule in reading.rules)
        return tuple(sorted({rule.id for rule in (*found.rules, *of_readings)}))

    def maker(self, text: str) -> str | None:
        """Return the id of a maker that a text names for sure."""
        reading = self.identifier.read_text(text, None)
        return reading.maker if reading.maker_tier in _SURE else None

    def model(self, maker: str | None, text: str) -> str | None:
        """Return the id of a model that a text names for sure, of a maker where one is given."""
        reading = self.identifier.read_text(maker, text)
        return reading.model if {reading.maker_tier, reading.model_tier} <= _SURE else None


def load_waivers(files: Iterable[tuple[Path, str]], known: Names) -> WaiverFiles:
    """Load waiver files.

    Args:
        files: Each with the name that reports and messages call it.
        known: What the names in them are looked up in.

    Raises:
        PolicyError: Faults, of all files together, each with its line.
    """
    waivers: dict[str, Waiver] = {}
    faults: list[Fault] = []
    digests = []
    for path, name in files:
        try:
            document = read(path, name=name)
            spec = validated(document, WaiverFile, list(_faults(document, known)))
        except PolicyError as invalid:
            faults += invalid.faults
            continue
        digests.append((name, document.digest))
        for index, one in enumerate(spec.waivers):
            if one.id in waivers:
                other = waivers[one.id]
                loc = ("waivers", index, "id")
                what = f"the id {one.id!r} stands in {other.file}:{other.line} too"
                faults.append(document.fault(loc, what, "give each its own"))
            waivers[one.id] = _waiver(one, document, index, known)
    if faults:
        raise PolicyError(faults)
    return WaiverFiles(tuple(waivers[key] for key in sorted(waivers)), tuple(digests))


def _waiver(spec: WaiverSpec, document: Document, index: int, known: Names) -> Waiver:
    return Waiver(
        id=spec.id,
        kind=WaiverKind(spec.kind),
        instrument=(
            Instrument(spec.instrument, spec.section, spec.signatory)
            if isinstance(spec, ContractWaiverSpec)
            else None
        ),
        given=spec.date,
        expires=spec.expires,
        rule=spec.rule,
        scope=_scope(spec.scope, known),
        reason=spec.reason,
        comment=spec.comment,
        owner=spec.owner,
        approver=spec.approver,
        evidence=tuple(spec.evidence),
        file=document.name,
        line=document.line(("waivers", index)),
    )


def _scope(spec: ScopeSpec, known: Names) -> Scope:
    site = folded(spec.site) if spec.site is not None else None
    if site is not None and known.sites:
        site = folded(known.sites.get(site, site))
    maker = known.maker(spec.maker) if spec.maker is not None else None
    return Scope(
        serials=tuple(sorted(set(normal_serials(spec.serials or [])))),
        maker=maker,
        model=known.model(spec.maker, spec.model) if spec.model is not None else None,
        site=site,
        order=folded(spec.order) if spec.order is not None else None,
        words=_words(spec),
    )


def _words(spec: ScopeSpec) -> str:
    serials = spec.serials or []
    listed = ", ".join(serials[:_SHOWN])
    if len(serials) > _SHOWN:
        listed = f"{len(serials):,} serials from {serials[0]}"
    named = (
        ("serial" if len(serials) == 1 else "serials" if len(serials) <= _SHOWN else "", listed),
        ("maker", spec.maker),
        ("model", spec.model),
        ("site", spec.site),
        ("order", spec.order),
    )
    return ", ".join(f"{what} {value}".strip() for what, value in named if value)


# What the schema of one value cannot see. Works on the raw data and trusts no shape, so that these faults are
# reported beside those of the schema.


def _faults(document: Document, known: Names) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, raw in enumerate(sequence(document.data, "waivers")):
        waiver = mapping(raw)
        waiver_id = waiver.get("id")
        if isinstance(waiver_id, str) and waiver_id in seen:
            loc = ("waivers", index, "id")
            yield document.fault(loc, f"the id {waiver_id!r} stands twice", "give each its own")
        seen.add(str(waiver_id))
        yield from _day_faults(document, index, waiver)
        yield from _rule_faults(document, index, waiver, known)
        yield from _scope_faults(document, index, mapping(waiver, "scope"), known)


def _day_faults(document: Document, index: int, waiver: Mapping[str, Any]) -> Iterator[Fault]:
    given, expires = (
        parse_iso(text) if isinstance(text := waiver.get(key), str) else None for key in ("date", "expires")
    )
    if given is not None and expires is not None and expires < given:
        loc = ("waivers", index, "expires")
        yield document.fault(loc, f"it expires on {expires}, before its date {given}", "correct one of them")


def _rule_faults(document: Document, index: int, waiver: Mapping[str, Any], known: Names) -> Iterator[Fault]:
    rule = waiver.get("rule")
    policy, _, name = rule.partition("/") if isinstance(rule, str) else ("", "", "")
    rules = known.rules(policy)
    if rules is not None and name not in {"", EVERY_RULE} and rule not in rules:
        yield document.fault(
            ("waivers", index, "rule"), f"there is no rule {rule!r}", suggestion(str(rule), rules)
        )


def _scope_faults(document: Document, index: int, scope: Mapping[str, Any], known: Names) -> Iterator[Fault]:
    maker, model = (text if isinstance(text := scope.get(key), str) else None for key in ("maker", "model"))
    if maker is not None and known.maker(maker) is None:
        yield document.fault(
            ("waivers", index, "scope", "maker"),
            f"{maker!r} is no maker that the catalogue knows for sure",
            _near(maker, ((one.id, one.name) for one in known.catalogue.makers())),
        )
    elif model is not None and known.model(maker, model) is None:
        yield document.fault(
            ("waivers", index, "scope", "model"),
            f"{model!r} is no model that the catalogue knows for sure" + (f" of {maker}" if maker else ""),
            _near(model, ((one.id, one.name) for one in known.catalogue.models())),
        )
    elif maker is not None and model is not None:
        found = known.model(maker, model)
        if found is not None and known.catalogue.model(found).maker != known.maker(maker):
            yield document.fault(
                ("waivers", index, "scope", "model"),
                f"{model!r} is no model of {maker}",
                "correct one of them",
            )
    listed = [text for text in sequence(scope, "serials") if isinstance(text, str)]
    if len(normal_serials(listed)) < len(listed):
        yield from (
            document.fault(
                ("waivers", index, "scope", "serials", at),
                f"{text!r} stands for no serial number",
                "write the serial as the nameplate shows it",
            )
            for at, text in enumerate(listed)
            if not normal_serials([text])
        )


def _near(wrong: str, known: Iterable[Sequence[str]]) -> str:
    names = {name.casefold(): name for pair in known for name in pair}
    near = get_close_matches(wrong.casefold(), list(names), n=1)
    if near:
        return f"did you mean {names[near[0]]!r}?"
    return "name the machines by serial, site or order instead, or see `provenance lookup`"

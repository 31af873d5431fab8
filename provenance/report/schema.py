"""The JSON Schema of the report for programs, for whoever builds on it."""

from __future__ import annotations

from typing import Any

from provenance.evidence import Facet, FindingStatus, Grade, Standing
from provenance.inventory.table import Rejection
from provenance.origin.exchanges import ExchangeKind
from provenance.origin.register import Flag
from provenance.policy.audit import WaiverStatus
from provenance.policy.baseline.change import Change, Parity
from provenance.policy.verdict import Reason, Verdict
from provenance.policy.waivers.waiver import WaiverKind, WaiverReason
from provenance.report.json_report import SCHEMA

_Schema = dict[str, Any]


def report_schema() -> _Schema:
    """Return the JSON Schema (2020-12) of `audit -f json`; keys may be added to a report, never renamed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **_object(
            schema={"const": SCHEMA},
            tool=_TEXT,
            as_of=_DAY,
            verdict=_enum(Verdict),
            synthetic=_FLAG,
            stamp=_TEXT,
            headline=_TEXT,
            next_step=_TEXT,
            disclaimer=_TEXT,
            policy_is_default=_FLAG,
            matter={"type": ["object", "null"]},
            inputs=_list(
                _object(
                    name=_TEXT,
                    format=_TEXT,
                    size=_COUNT,
                    sha256=_TEXT,
                    complete=_FLAG,
                    encoding=_OPTIONAL,
                    delimiter=_OPTIONAL,
                )
            ),
            registers=_list(_object(name=_TEXT, sha256=_TEXT)),
            policies=_list(_policy()),
            catalog=_object(
                sha256=_TEXT, as_of=_DAY, makers=_COUNT, models=_COUNT, overlays=_list(_overlay())
            ),
            lists=_list(
                _object(id=_TEXT, title=_TEXT, as_of=_DAY, review_by=_DAY, partial=_FLAG, sha256=_TEXT)
            ),
            summary=_summary(),
            cases=_list(_case()),
            machines=_list(_machine()),
            rejected=_list(
                _object(file=_TEXT, sheet=_OPTIONAL, row=_COUNT, rejection=_enum(Rejection), text=_TEXT)
            ),
            documents=_list(
                _object(
                    register=_TEXT,
                    row=_COUNT,
                    document=_TEXT,
                    units=_COUNT,
                    use=_TEXT,
                    questions=_list(_object(flag=_enum(Flag), text=_TEXT, stops_clearing=_FLAG)),
                    seen=_TEXT,
                )
            ),
            schedule=_or_null(_object(name=_TEXT, sha256=_TEXT, lines=_list({"type": "object"}))),
            deliveries=_list(_delivery()),
            disclosure=_or_null(_disclosure()),
            document_findings=_list(
                _object(
                    flag=_enum(Flag),
                    documents=_list(_TEXT),
                    places=_list(_TEXT),
                    question=_TEXT,
                    units=_COUNT,
                    serials=_list(_TEXT),
                    stops_clearing=_FLAG,
                )
            ),
            asks=_list(
                _object(needs=_list(_TEXT), goods=_TEXT, cases=_list(_TEXT), units=_COUNT, lines=_COUNT)
            ),
            waivers=_list(_waiver()),
            baseline=_or_null(_baseline()),
            changes=_list(_changed()),
            replacements=_list(_replacement()),
            waiver_files=_list(_object(name=_TEXT, sha256=_TEXT)),
            warnings=_list(_TEXT),
        ),
    }


_TEXT: _Schema = {"type": "string"}
_OPTIONAL: _Schema = {"type": ["string", "null"]}
_COUNT: _Schema = {"type": "integer", "minimum": 0}
_FLAG: _Schema = {"type": "boolean"}
_DAY: _Schema = {"type": "string", "format": "date"}


def _object(**properties: _Schema) -> _Schema:
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _map(values: _Schema) -> _Schema:
    return {"type": "object", "additionalProperties": values}


def _enum(
    values: type[Verdict | Reason | Grade | Facet | Standing | FindingStatus | Rejection | Flag],
) -> _Schema:
    return {"enum": [value.value for value in values]}


def _overlay() -> _Schema:
    return _object(name=_TEXT, sha256=_TEXT, added=_COUNT, replaced=_COUNT, withdrawn=_COUNT)


def _or_null(schema: _Schema) -> _Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_COUNTS = _object(lines=_COUNT, units=_COUNT)


def _per_verdict() -> _Schema:
    return _object(**{verdict.value: _COUNTS for verdict in Verdict})


def _summary() -> _Schema:
    return _object(
        rows_read=_COUNT,
        lines=_COUNT,
        units=_COUNT,
        by_verdict=_per_verdict(),
        by_reason=_map(_COUNTS),
        rejected=_COUNT,
        also_listed=_COUNT,
        complete=_FLAG,
    )


def _policy() -> _Schema:
    reading = _object(
        id=_TEXT,
        title=_TEXT,
        declared=_FLAG,
        counts=_per_verdict(),
        changed_units=_COUNT,
        uncleared_units=_COUNT,
        sites=_map(_per_verdict()),
        changes=_list(
            _object(case=_TEXT, declared=_enum(Verdict), verdict=_enum(Verdict), lines=_COUNT, units=_COUNT)
        ),
    )
    return _object(
        id=_TEXT,
        kind={"enum": ["pack", "clause"]},
        title=_TEXT,
        citation=_TEXT,
        sha256=_TEXT,
        counts=_per_verdict(),
        readings=_list(reading),
        rules=_list(_object(id=_TEXT, title=_TEXT, citation=_TEXT)),
    )


def _piece() -> _Schema:
    return _object(
        facet=_enum(Facet),
        grade=_enum(Grade),
        set=_list(_TEXT),
        status=_or_null(_enum(FindingStatus)),
        standing=_enum(Standing),
    )


def _case() -> _Schema:
    facet = _object(set=_list(_TEXT), grade=_or_null(_enum(Grade)), conflict=_FLAG, evidence=_list(_piece()))
    finding = _object(
        rule=_TEXT,
        policy=_TEXT,
        verdict=_enum(Verdict),
        reason=_enum(Reason),
        grade=_or_null(_enum(Grade)),
        set=_list(_TEXT),
        evidence=_list(_piece()),
        waiver=_or_null(_object(**_waiver_particulars(), without=_object(verdict=_TEXT, reason=_TEXT))),
    )
    return _object(
        id=_TEXT,
        facts={"type": "object"},
        facets=_map(facet),
        units=_COUNT,
        lines=_COUNT,
        verdict=_enum(Verdict),
        reason=_enum(Reason),
        findings=_list(finding),
    )


def _waiver_particulars() -> dict[str, _Schema]:
    return {
        "id": _TEXT,
        "kind": {"enum": [kind.value for kind in WaiverKind]},
        "instrument": _OPTIONAL,
        "section": _OPTIONAL,
        "signatory": _OPTIONAL,
        "date": _DAY,
        "expires": _DAY,
        "rule": _TEXT,
        "owner": _TEXT,
        "approver": _TEXT,
    }


def _waiver() -> _Schema:
    return _object(
        **_waiver_particulars(),
        file=_TEXT,
        line=_COUNT,
        status={"enum": [status.value for status in WaiverStatus]},
        expires_soon=_FLAG,
        scope=_object(
            serials=_list(_TEXT),
            maker=_OPTIONAL,
            model=_OPTIONAL,
            site=_OPTIONAL,
            order=_OPTIONAL,
            words=_TEXT,
        ),
        reason={"enum": [reason.value for reason in WaiverReason]},
        comment=_TEXT,
        evidence=_list(_TEXT),
        reaches=_COUNTS,
        waives=_COUNTS,
        was=_map(_COUNTS),
        in_doubt=_COUNTS,
        not_found=_list(_TEXT),
        note=_TEXT,
    )


def _delivery() -> _Schema:
    figures = ("contracted", "delivered", "unsure", "covered", "short", "over", "wrong_model")
    return _object(
        batch=_TEXT,
        order=_TEXT,
        model=_TEXT,
        place=_TEXT,
        lot_contracted=_FLAG,
        by_verdict=_map(_COUNT),
        **dict.fromkeys(figures, _COUNT),
    )


def _disclosure() -> _Schema:
    unit = _object(
        serial=_TEXT, file=_TEXT, sheet=_OPTIONAL, row=_COUNT, units=_COUNT, verdict=_enum(Verdict)
    )
    figures = ("unnamed", "disclosed_non_conforming", "disclosed_otherwise", "undisclosed_units")
    return _object(
        name=_TEXT,
        sha256=_TEXT,
        disclosed=_list(unit),
        undisclosed=_list(unit),
        lacking=_list(_TEXT),
        **dict.fromkeys(figures, _COUNT),
    )


def _baseline() -> _Schema:
    tally = _object(findings=_COUNT, units=_COUNT)
    return _object(
        file=_TEXT,
        sha256=_TEXT,
        tool=_TEXT,
        as_of=_DAY,
        counts=_object(**{change.value: tally for change in Change}),
        unidentified=_object(then=_map(_COUNTS), now=_map(_COUNTS)),
        notes=_list(_TEXT),
    )


def _changed() -> _Schema:
    texts = ("serial", "maker", "asset_tag", "verdict_before", "reason_before", "verdict", "reason", "why")
    return _object(
        change={"enum": [change.value for change in Change if change is not Change.KNOWN]},
        rule=_TEXT,
        units=_COUNT,
        **dict.fromkeys(texts, _OPTIONAL),
    )


def _replacement() -> _Schema:
    return _object(
        kind={"enum": [kind.value for kind in ExchangeKind]},
        old_serial=_TEXT,
        new_serial=_OPTIONAL,
        date=_DAY,
        note=_TEXT,
        place=_TEXT,
        outcome=_TEXT,
        conforms={"type": ["boolean", "null"]},
        cures=_FLAG,
        parity={"enum": [*(parity.value for parity in Parity), None]},
        hashrates=_TEXT,
    )


def _machine() -> _Schema:
    return _object(
        file=_TEXT,
        sheet=_OPTIONAL,
        row=_COUNT,
        serial=_OPTIONAL,
        maker=_OPTIONAL,
        model=_OPTIONAL,
        quantity=_COUNT,
        case=_TEXT,
        verdict=_enum(Verdict),
        reason=_enum(Reason),
        evidence=_OPTIONAL,
        waiver=_OPTIONAL,
        change=_OPTIONAL,
    )

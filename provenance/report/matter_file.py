"""The matter file: its schema, how it is read, and the file to start from."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, StrictBool, model_validator
from pydantic import Field as Key

from provenance.datafile import Strict, parse_model, read_document
from provenance.errors import DatafileError, ReportError
from provenance.policy.scalars import Day, Text, day_of
from provenance.report.matter import BatchFacts, Election, Matter, MatterParty, PartyRole, Phase

MATTER_SCHEMA = "provenance-matter/2"

_LAW = re.compile(r"ucc:[A-Z]{2}|cisg|unstated|other(?:: .+)?")


def _governing_law(text: str) -> str:
    if not _LAW.fullmatch(text):
        raise ValueError(
            f"{text!r} is no governing law this file knows; write ucc:WY (the state's two letters), cisg, "
            "unstated, or other: and its name"
        )
    return text


def _acceptance(value: object) -> date | None:
    """Return the day of an acceptance; None where the file says that there was none."""
    if value in {"no", False}:
        return None
    try:
        return day_of(value)
    except ValueError:
        raise ValueError(f"{value!r} is neither a day, written 2024-05-08, nor no") from None


class _Party(Strict):
    role: PartyRole
    name: Text
    notice_address: Text | None = None
    attention: Text | None = None
    email: Text | None = None


class _Amendment(Strict):
    title: Text
    date: Day | None = None


class _Agreement(Strict):
    title: Text | None = None
    date: Day | None = None
    clause: Text | None = None
    amendments: tuple[_Amendment, ...] = ()


class _Batch(Strict):
    batch: Text
    delivered: Day | None = None
    inspected: Day | None = None
    accepted: Annotated[date | None, BeforeValidator(_acceptance)] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        days = [("delivered", self.delivered), ("inspected", self.inspected), ("accepted", self.accepted)]
        known = [(name, day) for name, day in days if day is not None]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                raise ValueError(
                    f"{later} on {second}, before it was {earlier} on {first}; correct one of the days"
                )
        return self


class _Cure(Strict):
    days: Annotated[int, Key(ge=0)] | None = None
    clause: Text | None = None


class _Claims(Strict):
    survival: Text | None = None
    basket: Text | None = None
    cap: Text | None = None
    escrow: Text | None = None


class _Goods(Strict):
    held_at: Text | None = None
    in_use: StrictBool | None = None
    title_and_risk: Text | None = None


class _Matter(Strict):
    # Pydantic keeps the name `schema` for itself.
    schema_: Literal["provenance-matter/2"] = Key(alias="schema")
    reference: Text | None = None
    phase: Phase | None = None
    agreement: _Agreement | None = None
    governing_law: Annotated[Text, AfterValidator(_governing_law)] | None = None
    parties: tuple[_Party, ...] = ()
    notice_method: Text | None = None
    batches: tuple[_Batch, ...] = ()
    discovery_date: Day | None = None
    goods: _Goods | None = None
    cure: _Cure | None = None
    claims: _Claims | None = None
    elects: Election = Election.NONE
    mention_conforming: StrictBool = False
    inventory_prepared_by: Text | None = None
    signatory: Text | None = None

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        names = [one.batch for one in self.batches]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"the batch {twice[0]!r} stands twice; write one entry for it")
        return self


def load_matter(path: Path) -> Matter:
    """Read a matter file.

    Args:
        path: Strict YAML; every key but `schema` may be missing.

    Raises:
        ReportError: It cannot be read or says what the schema does not know; all faults with their lines.
    """
    try:
        document = read_document(path, name=path.name)
    except DatafileError as unread:
        raise ReportError(unread.faults) from unread
    spec = parse_model(document, _Matter, ReportError)
    agreement = spec.agreement or _Agreement()
    goods, cure, told = spec.goods or _Goods(), spec.cure or _Cure(), spec.claims or _Claims()
    claims = [(name, getattr(told, name)) for name in ("survival", "basket", "cap", "escrow")]
    return Matter(
        file=path.name,
        sha256=document.digest,
        reference=spec.reference,
        phase=spec.phase,
        agreement=agreement.title,
        agreement_date=agreement.date,
        clause=agreement.clause,
        amendments=tuple((one.title, one.date) for one in agreement.amendments),
        governing_law=spec.governing_law,
        parties=tuple(
            MatterParty(party.role, party.name, party.notice_address, party.attention, party.email)
            for party in spec.parties
        ),
        notice_method=spec.notice_method,
        batches=tuple(_batch(one) for one in spec.batches),
        discovery_date=spec.discovery_date,
        held_at=goods.held_at,
        in_use=goods.in_use,
        title_and_risk=goods.title_and_risk,
        cure_days=cure.days,
        cure_clause=cure.clause,
        claims=tuple((name, text) for name, text in claims if text is not None),
        elects=spec.elects,
        mention_conforming=spec.mention_conforming,
        prepared_by=spec.inventory_prepared_by,
        signatory=spec.signatory,
    )


def _batch(one: _Batch) -> BatchFacts:
    refused = "accepted" in one.model_fields_set and one.accepted is None
    return BatchFacts(one.batch, one.delivered, one.inspected, one.accepted, refused)


def matter_schema() -> dict[str, Any]:
    """Return the JSON Schema of the matter file, for editors that complete and check YAML."""
    schema = _Matter.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": MATTER_SCHEMA,
        **schema,
        "title": "A matter file of provenance",
    }


MATTER_TEMPLATE = f"""\
# What only people know of this matter. Every key but `schema` may stay out: the notice then shows a blank, and the
# memorandum lists what is missing. Days are written 2024-05-08.
schema: {MATTER_SCHEMA}

# reference: our file number

# {", ".join(Phase)}. Before closing the output is a request for proof and a closing condition, no notice.
# phase: post-closing

agreement:
  # title: Purchase and sale agreement
  # date: 2024-05-08
  # clause: the clause relied on, as the agreement numbers it
  amendments: []
  #  - title: First amendment
  #    date: 2024-06-01

# ucc:WY (the two letters of the state), cisg, unstated, or other: and its name. Statutes are cited under no other law.
# governing_law: ucc:WY

# role is one of: {", ".join(PartyRole)}
parties: []
#  - role: buyer
#    name: the full name of the party
#    notice_address: where the agreement says notices go
#    attention: a person or office
#    email: an address, where the agreement allows it
#  - role: seller
#    name: the full name of the party

# notice_method: by courier and e-mail, as section 12.3 says

# What happened to each batch, as the inventory writes it; "*" stands for all others. accepted is a day, or no.
batches: []
#  - batch: "*"
#    delivered: 2024-06-01
#    inspected: 2024-06-05
#    accepted: no

# discovery_date: 2024-06-20

goods:
  # held_at: where the goods are
  # in_use: true
  # title_and_risk: passed to the buyer at closing

cure:
  # days: 30
  # clause: the clause that gives the period

claims:
  # survival: twelve months from closing
  # basket: an amount
  # cap: an amount
  # escrow: an amount, and until when

# What counsel has decided that the notice does: {", ".join(Election)}. Facts of acceptance have to carry it.
elects: none

# Whether the notice says that there is no objection at present to the units that conform.
mention_conforming: false

# inventory_prepared_by: who prepared the inventory
# signatory: name and title of who signs
"""
"""What `provenance init` writes; it loads as it stands."""

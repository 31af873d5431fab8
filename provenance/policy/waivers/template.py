"""The waiver file to start from."""

from __future__ import annotations

from provenance.policy.waivers.schema import WAIVERS_SCHEMA
from provenance.policy.waivers.waiver import WaiverReason

WAIVERS_TEMPLATE = f"""\
# Waivers: what somebody with the right to do so accepts for a time. `provenance waivers check` finds every fault of
# this file, `provenance waivers schema` prints its schema. Every key is required; of `scope` at least one, and all
# that are given hold together. A machine is of a maker or model by identity; one that is not known for sure is never
# meant. A waiver works from its date to the day it expires, both included, and waives only what is non-conforming
# or undetermined: nothing becomes conforming by it, and no machine leaves the totals.
#
# kind: contract-waiver   a party gave up a requirement in writing. It may stand in the notice to the other side.
#       risk-acceptance   the house accepts a risk. It stands in no notice: there the units are what they are without it.
# rule: a rule as `provenance rules show` names it, policy/rule, or policy/* for all rules of a policy.
# reason: {", ".join(WaiverReason)}
schema: {WAIVERS_SCHEMA}

waivers: []
#  - id: po-03-thailand
#    kind: contract-waiver
#    instrument: Purchase Order 03
#    section: "2.1"
#    signatory: name and title of who signed
#    date: 2024-02-23
#    rule: policy/*
#    scope:
#      order: PO-03
#      model: Antminer S21
#    reason: requirement-waived
#    comment: the requirement of manufacture was waived for this order
#    owner: who sees to it that it is renewed or no longer needed
#    approver: who approved it
#    expires: 2026-12-31
#    evidence:
#      - purchase order 03, page 4
#  - id: spare-units
#    kind: risk-acceptance
#    date: 2026-01-15
#    rule: policy/origin
#    scope:
#      serials:
#        - SERIAL-1
#        - SERIAL-2
#      site: North Range
#    reason: replacement-under-way
#    comment: replaced by the end of the quarter
#    owner: fleet manager
#    approver: head of compliance
#    expires: 2026-03-31
#    evidence:
#      - minutes of 2026-01-15
"""
"""What `provenance init` writes; it loads as it stands, and so does each entry without its marks."""

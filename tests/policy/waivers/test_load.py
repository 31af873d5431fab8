"""Waiver files: what loads, and every fault of what does not."""

from __future__ import annotations

import json
import re

import jsonschema_rs
import pytest

from provenance.catalog.database import open_catalogue
from provenance.errors import PolicyError
from provenance.identify.resolve import Identifier
from provenance.policy.load import load_policy
from provenance.policy.waivers.load import Names, load_waivers
from provenance.policy.waivers.schema import waivers_json_schema
from provenance.policy.waivers.template import WAIVERS_TEMPLATE
from provenance.policy.waivers.waiver import WaiverKind

KEYS = (
    "id",
    "kind",
    "date",
    "rule",
    "scope",
    "reason",
    "comment",
    "owner",
    "approver",
    "expires",
    "evidence",
)


@pytest.fixture(scope="module")
def known():
    catalogue = open_catalogue()
    return Names(Identifier(catalogue), catalogue, (load_policy("cleanspark-mineone"),), {"cs": "Campstool"})


def loaded(known, *paths):
    return load_waivers([(path, path.name) for path in paths], known)


def faults(known, *paths):
    with pytest.raises(PolicyError) as caught:
        loaded(known, *paths)
    return [str(fault) for fault in caught.value.faults]


def test_a_waiver_file_loads_with_its_digest_whatever_its_order(make, tmp_path, known):
    first = make.file(tmp_path, make.waiver("b"), make.waiver("a", instrument="Order 3"))
    found = loaded(known, first)
    assert [waiver.id for waiver in found.waivers] == ["a", "b"]
    assert [waiver.kind for waiver in found.waivers] == [WaiverKind.CONTRACT, WaiverKind.RISK]
    assert found.files[0][0] == "waivers.yaml"


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_required(make, tmp_path, known, key):
    waiver = make.waiver()
    del waiver[key]
    assert faults(known, make.file(tmp_path, waiver)) == [
        f"waivers.yaml:4: the key {key!r} is missing; add it"
    ]


@pytest.mark.parametrize("key", ["instrument", "section", "signatory", "date"])
def test_a_contract_waiver_says_where_it_is_written_and_who_signed_it(make, tmp_path, known, key):
    waiver = make.waiver(instrument="Order 3")
    del waiver[key]
    assert faults(known, make.file(tmp_path, waiver)) == [
        f"waivers.yaml:4: the key {key!r} is missing; add it"
    ]


def test_all_faults_of_all_files_are_told_at_once_with_their_lines_and_near_words(tmp_path, known):
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text(
        """\
schema: provenance-waivers/1
waivers:
  - id: po-03
    kind: contract-waivr
    date: 2024-02-23
    instrument: Order 3
    section: "2"
    rule: cleanspark-mineone/orign
    scope: {modle: Antminer S21, serials: ["n/a", "12345678"]}
    reason: requirment-waived
    comment: made up
    owner: a
    approver: b
    expires: 2023-01-01
""",
        "utf-8",
    )
    second.write_text(
        """\
schema: provenance-waivers/1
waivers:
  - id: x
    kind: risk-acceptance
    date: soon
    section: "2"
    rule: cleanspark-mineone
    scope: {maker: Bitmian}
    reason: proof-awaited
    coment: made up
    owner: a
    approver: b
    expires: 2026-01-01
    evidence: []
""",
        "utf-8",
    )
    told = faults(known, first, second)
    assert [fault.split(": ")[0] for fault in told] == [
        "first.yaml:3", "first.yaml:3", "first.yaml:4", "first.yaml:8", "first.yaml:9", "first.yaml:9",
        "first.yaml:10", "first.yaml:14", "second.yaml:3", "second.yaml:5", "second.yaml:6", "second.yaml:7",
        "second.yaml:8", "second.yaml:10", "second.yaml:14",
    ]  # fmt: skip
    near = [match[1] for fault in told if (match := re.search(r"did you mean '?([\w/-]+)", fault))]
    assert near == [
        "contract-waiver", "cleanspark-mineone/origin", "model", "requirement-waived", "bitmain", "comment",
    ]  # fmt: skip
    assert "'n/a' stands for no serial number" in "\n".join(told)
    assert "the key 'section' is not known here; it belongs to another kind of entry" in "\n".join(told)


def test_an_id_stands_once_over_all_files(make, tmp_path, known):
    one, two = (make.file(tmp_path, make.waiver(), name=name) for name in ("one.yaml", "two.yaml"))
    assert faults(known, one, two) == ["two.yaml:5: the id 'w' stands in one.yaml:4 too; give each its own"]


def test_a_scope_that_names_nothing_is_refused(make, tmp_path, known):
    (fault,) = faults(known, make.file(tmp_path, make.waiver(scope={})))
    assert "the scope names nothing; give serials, maker, model, site or order" in fault


@pytest.mark.parametrize(
    ("scope", "maker", "model"),
    [
        ({"maker": "比特大陆"}, "bitmain", None),
        ({"model": "S21"}, None, "antminer-s21"),
        ({"maker": "microbt", "model": "M60S"}, "microbt", "whatsminer-m60s"),
    ],
)
def test_maker_and_model_are_taken_by_identity(make, tmp_path, known, scope, maker, model):
    (waiver,) = loaded(known, make.file(tmp_path, make.waiver(scope=scope))).waivers
    assert (waiver.scope.maker, waiver.scope.model) == (maker, model)


@pytest.mark.parametrize(
    "scope",
    [{"maker": "Nobody Ltd"}, {"model": "Quux 9000"}, {"maker": "Bitmain", "model": "Whatsminer M60S"}],
)
def test_a_maker_or_model_that_nobody_knows_for_sure_is_refused(make, tmp_path, known, scope):
    assert len(faults(known, make.file(tmp_path, make.waiver(scope=scope)))) == 1


def test_a_site_goes_by_the_name_that_the_clause_gives_it(make, tmp_path, known):
    (waiver,) = loaded(known, make.file(tmp_path, make.waiver(scope={"site": " CS "}))).waivers
    assert waiver.scope.site == "campstool"


def test_the_schema_holds_what_files_hold(make):
    checker = jsonschema_rs.validator_for(waivers_json_schema())
    good = {
        "schema": "provenance-waivers/1",
        "waivers": [make.waiver(), make.waiver("c", instrument="Order 3")],
    }
    assert checker.is_valid(good)
    assert not checker.is_valid(good | {"waivers": [make.waiver(kind="contract-waiver")]})


def test_the_file_that_init_writes_loads_and_so_does_each_entry_without_its_marks(tmp_path, known):
    path = tmp_path / "waivers.yaml"
    path.write_text(WAIVERS_TEMPLATE, "utf-8")
    assert loaded(known, path).waivers == ()
    head, _, entries = WAIVERS_TEMPLATE.partition("waivers: []")
    path.write_text(f"{head}waivers:{entries.replace('#', '')}", "utf-8")
    assert [waiver.id for waiver in loaded(known, path).waivers] == ["po-03-thailand", "spare-units"]


def test_a_waiver_file_is_json_too(make, tmp_path, known):
    path = make.file(tmp_path, make.waiver(), name="w.json")
    assert json.loads(path.read_text("utf-8"))["waivers"][0]["id"] == loaded(known, path).waivers[0].id

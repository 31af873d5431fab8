from datetime import date
from pathlib import Path

import pytest

from provenance.errors import PolicyError
from provenance.evidence import Facet, Grade
from provenance.inventory.table import Field
from provenance.policy.load import list_policies, load_policy
from provenance.policy.rule import Condition, Effect, Obligor, TestDate, Treatment
from provenance.policy.where import rules_root

PACK = (rules_root() / "packs" / "china-ofac.yaml").read_text(encoding="utf-8")
CLAUSE = (rules_root() / "clauses" / "cleanspark-mineone.yaml").read_text(encoding="utf-8")


def _write(folder: Path, text: str) -> str:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _faults(folder: Path, text: str) -> list[str]:
    ref = _write(folder, text)
    with pytest.raises(PolicyError) as caught:
        load_policy(ref)
    return [str(fault).removeprefix(f"{Path(ref).as_posix()}:") for fault in caught.value.faults]


def _line(text: str, wanted: str, nth: int = 0) -> int:
    return [number for number, line in enumerate(text.splitlines(), 1) if wanted in line][nth]


def test_the_default_pack_says_what_the_seed_reading_says():
    (rule,) = load_policy("china-ofac").rules
    assert rule.id == "china-ofac/made-in"
    assert (rule.facet, rule.test_date, rule.effect) == (Facet.MANUFACTURE, TestDate.DELIVERY, Effect.CONDEMN)
    assert (rule.clears_from, rule.condemns_from) == (Grade.CERTIFICATE, Grade.DECLARED)
    assert rule.areas == {"HK": Treatment.UNSTATED, "MO": Treatment.UNSTATED, "TW": Treatment.OUT}
    assert (rule.undated_from, rule.burden, rule.scope, rule.exceptions) == (
        date(2017, 10, 12),
        "seller",
        (),
        (),
    )
    assert rule.lists == ("china", "ofac-embargoed", "ofac-ukrainian-areas")


def test_the_clause_names_its_parties_and_sites_without_limiting_its_scope_to_them():
    policy = load_policy("cleanspark-mineone")
    assert policy.clause is not None
    assert [(party.role, party.name, party.maker) for party in policy.clause.parties] == [
        ("seller", "MineOne Wyoming Data Center LLC", None),
        ("buyer", "CleanSpark, Inc.", None),
        ("obligor", "Bitmain", "bitmain"),
    ]
    assert [(site.name, site.aliases) for site in policy.clause.sites] == [
        ("North Range", ("North Ring",)),
        ("Campstool", ()),
    ]
    assert (policy.clause.agreement_date, policy.clause.wording_is_official) == (date(2024, 5, 8), False)
    assert [rule.scope for rule in policy.rules] == [()]


def test_bitmain_owes_replacement_for_its_machines_and_nobody_is_named_for_others():
    (rule,) = load_policy("cleanspark-mineone").rules
    assert (rule.remedy.kind, rule.remedy.days) == ("replacement", None)
    assert (rule.remedy.obligors, rule.remedy.otherwise) == (
        (Obligor("Bitmain", "bitmain", None),),
        "obligor to be determined",
    )


def test_a_reading_changes_its_terms_and_leaves_the_others():
    policy = load_policy("cleanspark-mineone")
    (declared,) = policy.rules
    readings = {reading.id: reading.rules for reading in policy.readings}
    assert list(readings) == ["boards", "hk-mo-in", "invoice", "maker-seat", "ofac-broad"]
    assert readings["boards"][0].facet is Facet.BOARDS
    assert readings["boards"][0].members == declared.members
    assert readings["hk-mo-in"][0].areas == {"HK": Treatment.IN, "MO": Treatment.IN, "TW": Treatment.OUT}
    assert readings["invoice"][0].clears_from is Grade.INVOICE
    seat = readings["maker-seat"][0]
    assert (seat.facet, seat.clears_from, seat.condemns_from) == (
        Facet.MAKER,
        Grade.PUBLISHED,
        Grade.PUBLISHED,
    )
    assert {rules[0].id for rules in readings.values()} == {declared.id}


def test_the_broad_reading_adds_a_rule_that_only_asks_for_review():
    policy = load_policy("china-ofac")
    (broad,) = [reading for reading in policy.readings if reading.id == "ofac-broad"]
    kept, added = broad.rules
    assert kept == policy.rules[0]
    assert (added.effect, added.lists) == (Effect.REVIEW, ("ofac-country-programmes",))
    assert not any(member.certain for member in added.members)


def test_a_policy_lists_its_lists_and_those_of_its_readings():
    assert [used.id for used in load_policy("china-ofac").lists] == [
        "china",
        "ofac-embargoed",
        "ofac-ukrainian-areas",
        "ofac-country-programmes",
    ]


def test_the_policies_that_come_with_the_program_are_listed_packs_first():
    assert [(one.id, one.kind, one.rules) for one in list_policies()] == [
        ("ar-mining", "pack", 1),
        ("china-ofac-broad", "pack", 2),
        ("china-ofac", "pack", 1),
        ("fl-concern", "pack", 2),
        ("made-in-usa", "pack", 1),
        ("tx-lsipa", "pack", 2),
        ("us-1260h", "pack", 1),
        ("us-5949", "pack", 1),
        ("us-889", "pack", 2),
        ("us-bis-entity-list", "pack", 1),
        ("us-covered-nations", "pack", 3),
        ("us-fcc-covered", "pack", 6),
        ("us-foreign-adversary", "pack", 3),
        ("us-taa", "pack", 1),
        ("us-uflpa", "pack", 2),
        ("cleanspark-mineone", "clause", 1),
        ("riot-microbt", "clause", 1),
    ]


def test_an_unknown_policy_names_the_near_one_and_all_there_are():
    with pytest.raises(PolicyError) as caught:
        load_policy("china-ofca")
    assert str(caught.value) == (
        "there is no policy 'china-ofca'; did you mean china-ofac? known are: ar-mining, china-ofac-broad, china-ofac, "
        "fl-concern, made-in-usa, tx-lsipa, us-1260h, us-5949, us-889, us-bis-entity-list, us-covered-nations, "
        "us-fcc-covered, us-foreign-adversary, us-taa, us-uflpa, cleanspark-mineone, riot-microbt; "
        "or give the path of a YAML file"
    )


def test_a_file_that_is_not_there_is_an_error_of_the_policy(tmp_path):
    with pytest.raises(PolicyError, match=r"none\.yaml: cannot be read"):
        load_policy(str(tmp_path / "none.yaml"))


def test_a_policy_loads_from_a_users_own_file(tmp_path):
    own = load_policy(_write(tmp_path, PACK))
    assert (own.id, own.file) == ("china-ofac", "own.yaml")
    assert own.rules == load_policy("china-ofac").rules


def test_the_digest_follows_the_file(tmp_path):
    same = load_policy(_write(tmp_path, PACK)).sha256
    other = load_policy(_write(tmp_path, PACK + "# a remark\n")).sha256
    assert same == load_policy("china-ofac").sha256
    assert other != same


TERMS = """question subject prohibits allow areas classes in_force test_date undated_from clears_from condemns_from effect burden scope
exceptions remedy"""


@pytest.mark.parametrize("key", TERMS.split())
def test_the_loader_supplies_no_term_of_a_rule(tmp_path, key):
    lines = PACK.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"    {key}:"))
    end = next(number for number in range(start + 1, len(lines)) if lines[number][:6].strip())
    found = _faults(tmp_path, "\n".join([*lines[:start], *lines[end:]]))
    assert f"{_line(PACK, '- id: made-in')}: the key '{key}' is missing; add it" in found


def test_every_fault_of_a_policy_is_reported_at_once_with_its_line(tmp_path):
    text = (
        PACK.replace("list: ofac-embargoed,", "list: ofac-embargo,", 1)
        .replace("    effect: condemn\n", "", 1)
        .replace("allow: false", "allow: sometimes", 1)
        .replace("undated_from: 2017-10-12", "undated_from: 12.10.2017", 1)
        .replace("      made-in:\n        areas", "      made-out:\n        areas", 1)
        .replace("clears_from: published", "clears_from: nameplate", 1)
        .replace("countries: [SD]", "countries: [SUDAN]", 1)
    )
    found = _faults(tmp_path, text)
    assert [fault.split(": ", 1)[0] for fault in found] == [
        str(_line(text, wanted))
        for wanted in (
            "- id: made-in",
            "ofac-embargo,",
            "allow: some",
            "12.10.2017",
            "made-out",
            "clears_from: nameplate",
            "SUDAN",
        )
    ]
    assert "did you mean ofac-embargoed?" in found[1]
    assert "there is no rule 'made-out' in this file; did you mean made-in?" in found[4]
    assert "clears_from: nameplate cannot prove the facet maker; use one of register, published" in found[5]


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("clears_from: certificate", "clears_from: register", "register cannot prove the facet manufacture"),
        ("clears_from: certificate", "clears_from: plants", "plants cannot prove the facet manufacture"),
        ("condemns_from: published", "condemns_from: unsourced", "unsourced cannot prove the facet maker"),
        (
            "areas: {HK: unstated, MO: unstated, TW: out}",
            "areas: {HK: unstated, MO: unstated}",
            "the key 'TW' is missing",
        ),
        ("kind: pack", "kind: clause", "a clause has the key clause filled"),
        ("id: hk-mo-in", "id: boards", "the id 'boards' stands twice"),
        ("scope: []", "scope: [{field: delivery_date, values: [x]}]", "a condition compares texts"),
        ("scope: []", "scope: [{field: colour, values: [x]}]", "scope.field"),
        ("burden: seller", "burden: nobody", "burden"),
        (
            "        areas: {HK: in, MO: in, TW: out}",
            "        area: {HK: in}",
            "a rule has no key 'area'; did you mean areas?",
        ),
        ("        areas: {HK: in, MO: in, TW: out}", "        areas: {HK: in, MO: in}", "areas.TW"),
        ("        areas: {HK: in, MO: in, TW: out}", "        id: other", "a rule's id is permanent"),
        ("      - id: ofac-programmes", "      - id: made-in", "the reading adds the rule 'made-in'"),
        ("drop: []", "drop: [made-on]", "there is no rule 'made-on' in this file"),
        ("drop: []", "drop: [made-in]", "changes the rule 'made-in' and drops it"),
        ("    reading: hk-mo-in", "    reading: hk-in", "there is no reading 'hk-in' in this file"),
        ("  - rule: ofac-programmes", "  - rule: made-of", "there is no rule 'made-of' here"),
        ("grade: nameplate, countries: [CN]", "grade: finding, countries: [CN]", "a finding has a status"),
        ("allow: false", "allow: false\n    allow: true", "the key 'allow' stands twice"),
    ],
)
def test_a_faulty_policy_does_not_load(tmp_path, before, after, wanted):
    assert before in PACK
    found = _faults(tmp_path, PACK.replace(before, after, 1))
    assert any(wanted in fault for fault in found), found


def test_a_change_of_facet_alone_leaves_grades_that_no_longer_fit(tmp_path):
    text = PACK.replace("        clears_from: published\n        condemns_from: published\n", "", 1)
    found = _faults(tmp_path, text)
    line = _line(text, "made-in:", 2)
    assert [fault.split(";")[0] for fault in found] == [
        f"{line}: clears_from: certificate cannot prove the facet maker",
        f"{line}: condemns_from: declared cannot prove the facet maker",
    ]


def test_a_reading_may_drop_a_rule_when_it_adds_another(tmp_path):
    text = PACK.replace("    change: {}\n    drop: []", "    change: {}\n    drop: [made-in]", 1)
    (broad,) = [one for one in load_policy(_write(tmp_path, text)).readings if one.id == "ofac-broad"]
    assert [rule.id for rule in broad.rules] == ["china-ofac/ofac-programmes"]


def test_a_reading_has_to_leave_a_rule(tmp_path):
    changed = "    change:\n      made-in:\n        areas: {HK: in, MO: in, TW: out}\n    drop: []"
    found = _faults(tmp_path, PACK.replace(changed, "    change: {}\n    drop: [made-in]", 1))
    assert any("the reading leaves no rule" in fault for fault in found)


def test_a_condition_on_a_site_knows_its_aliases(tmp_path):
    text = CLAUSE.replace("    scope: []", "    scope: [{field: site, values: [north ring]}]", 1)
    (rule,) = load_policy(_write(tmp_path, text)).rules
    assert rule.scope == (Condition(Field.SITE, ("north ring", "North Range", "North Ring")),)


@pytest.mark.parametrize(
    "text", ["", "[]", "rules: 5\nreadings: [1]\nexamples: {a: b}\n", "rules: [{prohibits: [1]}]\n"]
)
def test_a_file_of_another_shape_is_an_error_and_no_crash(tmp_path, text):
    assert _faults(tmp_path, text)

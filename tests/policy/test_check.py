import shutil
from datetime import date

import pytest

from provenance.policy.check import check_policy, check_rules
from provenance.policy.list_check import check_list
from provenance.policy.where import FOLDERS, rules_root

DAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path):
    for folder in FOLDERS:
        shutil.copytree(rules_root() / folder, tmp_path / "rules" / folder)
    return tmp_path / "rules"


def _edit(root, name, before, after):
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def _found(root, as_of=DAY):
    return [str(fault) for fault in check_rules(root, as_of)]


def test_the_rules_of_the_program_have_no_fault():
    assert check_rules(rules_root(), DAY) == []


def test_a_list_wants_review_from_its_day_on(root):
    assert _found(root, date(2027, 2, 21)) == []
    (fault,) = _found(root, date(2027, 2, 22))
    assert fault.startswith("rules/lists/ofac-country-programmes.yaml:6: wants review since 2027-02-22")


def test_a_files_name_is_its_id(root):
    _edit(root, "packs/china-ofac.yaml", "id: china-ofac\n", "id: china\n")
    assert _found(root) == [
        "rules/packs/china-ofac.yaml:3: the id is 'china' and the file's name 'china-ofac'; make them equal"
    ]


def test_a_source_that_nothing_rests_on_is_reported(root):
    _edit(
        root,
        "lists/china.yaml",
        "sources: {}",
        "sources:\n  spare:\n    url: x\n    title: x\n    as_of: null",
    )
    assert _found(root) == [
        "rules/lists/china.yaml:13: no member rests on the source 'spare'; use or remove it"
    ]


def test_members_stand_in_order(root):
    _edit(root, "lists/ofac-ukrainian-areas.yaml", "code: UA-CRIMEA", "code: UA-SEVASTOPOL")
    assert [fault.split(":", 2)[2].split(";")[0].strip() for fault in _found(root)] == [
        "the members are not sorted by code and first day",
        "UA-SEVASTOPOL begins twice on one day",
    ]


def test_the_faults_of_all_files_are_reported_at_once(root):
    _edit(root, "lists/ofac-embargoed.yaml", "code: CU", "code: CUB")
    _edit(root, "packs/china-ofac.yaml", "list: china,", "list: chine,")
    _edit(root, "clauses/cleanspark-mineone.yaml", "    burden: seller\n", "")
    (root / "lists" / "notes.txt").write_text("x", encoding="utf-8")
    (root / "clauses" / "china-ofac.yaml").write_text("schema: [", encoding="utf-8")
    files = {fault.split(".yaml")[0].split(".txt")[0] for fault in _found(root)}
    assert files == {
        "rules/lists/ofac-embargoed",
        "rules/packs/china-ofac",
        "rules/packs/china-ofac-broad",
        "rules/clauses/cleanspark-mineone",
        "rules/lists/notes",
        "rules/clauses/china-ofac",
    }


def test_two_policies_cannot_have_one_id(root):
    shutil.copy(root / "packs" / "china-ofac.yaml", root / "clauses" / "china-ofac.yaml")
    assert any("rules/clauses has a policy of the same id" in fault for fault in _found(root))


def test_a_rule_without_an_example_is_reported(root):
    path = root / "packs" / "china-ofac.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("\nexamples:")] + "\nexamples: []\n", encoding="utf-8")
    assert [fault.split("; ")[0].split(": ", 1)[1] for fault in _found(root)] == [
        "the rule 'made-in' has no example",
        "the rule 'ofac-programmes' has no example",
    ]


def test_a_users_own_file_is_checked_with_its_examples(root, tmp_path):
    own = tmp_path / "ours.yaml"
    text = (root / "packs" / "china-ofac.yaml").read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    assert check_policy(own, "ours.yaml", root) == []
    wrong = text.replace(
        "verdict: non-conforming, reason: condemned", "verdict: conforming, reason: cleared", 1
    )
    own.write_text(wrong, encoding="utf-8")
    (fault,) = check_policy(own, "ours.yaml", root)
    assert "is judged non-conforming (condemned), expected conforming (cleared)" in str(fault)


def test_a_maker_that_the_catalogue_does_not_know_is_a_fault_wherever_it_is_named(root):
    _edit(root, "clauses/cleanspark-mineone.yaml", "maker: bitmain", "maker: bitmian")
    _edit(root, "packs/us-889.yaml", "maker: zte,", "maker: ztee,")
    _edit(root, "lists/us-889-producers.yaml", "makers: [zte]", "makers: [ztee]")
    found = _found(root)
    assert [fault.split(": ", 1)[1] for fault in found] == [
        "there is no maker of the catalogue 'bitmian'; did you mean bitmain?",
        "there is no maker of the catalogue 'ztee'; did you mean zte?",
        "there is no maker of the catalogue 'ztee'; did you mean zte?",
    ]


def test_a_category_that_no_machine_has_is_a_fault_of_the_example(root):
    _edit(root, "packs/us-889.yaml", "categories: [camera]", "categories: [cammera]")
    (fault,) = _found(root)
    assert "there is no category 'cammera'; did you mean camera?" in fault


def test_what_is_misnamed_is_told_beside_the_faults_of_the_schema(root):
    _edit(root, "packs/us-889.yaml", "effect: condemn", "effect: condem")
    _edit(root, "packs/us-889.yaml", "maker: zte,", "maker: ztee,")
    found = _found(root)
    assert ["condem" in found[0], "ztee" in found[1], len(found)] == [True, True, 2]


def test_one_list_file_is_checked_wherever_it_stands(root, tmp_path):
    own = tmp_path / "tx-lsipa-countries.yaml"
    text = (root / "lists" / own.name).read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    assert check_list(own, root, DAY) == []
    own.write_text(text.replace("code: CN", "code: CHN"), encoding="utf-8")
    (fault,) = check_list(own, root, DAY)
    assert str(fault).startswith(f"{own.as_posix()}:")

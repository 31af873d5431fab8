import json

from provenance.policy.json_schema import list_json_schema, policy_json_schema


def test_the_policy_schema_requires_every_term_of_a_rule_and_knows_no_others():
    rule = policy_json_schema()["$defs"]["RuleSpec"]
    assert set(rule["required"]) == set(rule["properties"])
    assert rule["additionalProperties"] is False


def test_the_list_schema_writes_the_days_as_the_files_do():
    member = list_json_schema()["$defs"]["MemberSpec"]
    assert {"from", "to", "code"} <= set(member["required"])


def test_the_schemas_are_json():
    policy, lists = json.loads(json.dumps(policy_json_schema())), json.loads(json.dumps(list_json_schema()))
    assert policy["properties"]["schema"]["const"] == "provenance-policy/2"
    kinds = [lists["$defs"][kind]["properties"] for kind in ("CountryListFile", "EntityListFile")]
    assert [(kind["schema"]["const"], kind["kind"]["const"]) for kind in kinds] == [
        ("provenance-list/1", "country"),
        ("provenance-list/1", "entity"),
    ]


def test_a_live_reference_is_the_word_live_and_a_frozen_one_a_day():
    reference = list_json_schema()["$defs"]["ReferenceSpec"]["properties"]["as_of"]
    assert reference["anyOf"] == [{"const": "live"}, {"type": "string", "format": "date"}]

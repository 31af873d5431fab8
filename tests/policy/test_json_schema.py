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
    assert (
        json.loads(json.dumps(policy_json_schema()))["properties"]["schema"]["const"] == "provenance-policy/1"
    )
    assert json.loads(json.dumps(list_json_schema()))["properties"]["schema"]["const"] == "provenance-list/1"

"""`provenance lists` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from provenance.policy.where import rules_root

COMMAND = Path(sys.executable).with_name("provenance")
DAY = ("--as-of", "2026-11-20")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "lists", *arguments], capture_output=True, encoding="utf-8", check=False
    )


def test_every_list_is_listed_with_its_dates_and_what_to_mind():
    found = run("list", *DAY)
    assert (found.returncode, found.stderr) == (0, "")
    (line,) = [line for line in found.stdout.splitlines() if line.startswith("us-uflpa-entities ")]
    assert "112 in force  as of 2026-09-29, review by 2027-03-20" in line
    assert "partial; 22 unverified" in line


def test_a_list_past_its_review_says_so_and_fails_the_check():
    late = ("--as-of", "2027-03-20")
    assert "REVIEW IS DUE" in run("list", *late).stdout
    found = run("check", *late)
    assert found.returncode == 1
    assert "rules/lists/us-1260h.yaml:6: wants review since 2027-03-20" in found.stdout


def test_the_lists_of_the_program_pass_their_check():
    found = run("check", *DAY)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "the lists are in order\n")


@pytest.mark.parametrize(
    ("list_id", "said"),
    [
        ("us-5949-makers", "Yangtze Memory Technologies Corp: since 2027-12-23  (affiliates, published)"),
        ("ofac-embargoed", "Syria: 2011-08-18 to 2025-06-30  (country, published), ended"),
    ],
)
def test_a_list_is_shown_whatever_stands_on_it(list_id, said):
    found = run("show", list_id, *DAY)
    assert found.returncode == 0
    assert said in found.stdout


def test_an_unknown_list_names_the_near_one():
    found = run("show", "us-1260", *DAY)
    assert found.returncode == 1
    assert "there is no list 'us-1260'; did you mean us-1260h?" in found.stderr


def test_every_list_file_fits_the_schema_that_editors_get():
    validator = jsonschema_rs.validator_for(json.loads(run("schema").stdout))
    for path in sorted((rules_root() / "lists").glob("*.yaml")):
        # Days are texts to the schema as they are to the program.
        data = yaml.load(path.read_text("utf-8"), Loader=_Texts)  # noqa: S506 - a loader of texts and nothing else
        assert [error.message for error in validator.iter_errors(data)] == [], path.name


class _Texts(yaml.SafeLoader):
    """YAML whose days stay texts."""


_Texts.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "int", "float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_entities_are_looked_up_a_line_each():
    found = subprocess.run(
        [str(COMMAND), "lookup", "entity", "-", "-f", "jsonl", *DAY],
        input="Huawei\n\nBitmain\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert found.returncode == 0
    assert [(line["text"], line["status"]) for line in lines] == [
        ("Huawei", "listed"),
        ("", "blank"),
        ("Bitmain", "not-listed"),
    ]


def test_a_large_list_is_imported_from_a_file_listed_and_looked_up(tmp_path, monkeypatch):
    monkeypatch.setenv("PROVENANCE_LISTS", str(tmp_path / "lists"))
    rows = '7,"EXAMPLE MACHINES LTD.",-0- ,"NPWMD",' + "-0- ," * 7 + "\"a.k.a. 'EXMA'.\"\r\n\x1a"
    (tmp_path / "sdn.csv").write_bytes(rows.encode())
    found = run("import", "ofac-sdn", str(tmp_path / "sdn.csv"), "--dated", "2026-11-18")
    assert found.stdout.startswith("ofac-sdn: 1 names, as of 2026-11-18, in ")
    listed = run("list", *DAY).stdout
    assert "Imported\nofac-sdn    1 in force  as of 2026-11-18, review by 2026-12-18" in listed
    assert "EXAMPLE MACHINES LTD.: since when is not known" in run("show", "ofac-sdn", *DAY).stdout
    refused = run("import", "ofac-sdn", str(tmp_path / "sdn.csv"), "--dated", "soon")
    assert (refused.returncode, "is no date" in refused.stderr) == (2, True)

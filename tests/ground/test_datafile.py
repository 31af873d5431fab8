"""Strict YAML: strings stay strings, faults come all at once and with lines."""

from __future__ import annotations

import pytest

from provenance.datafile import Strict, parse_document, parse_model
from provenance.errors import DatafileError, PolicyError


class _Row(Strict):
    name: str
    days: int | None


class _File(Strict):
    rows: list[_Row]


def test_plain_words_that_yaml_would_convert_stay_strings():
    document = parse_document(b"a: NO\nb: 010\nc: 12:30:45\nd: 2024-01-01\ne: yes\n", name="x.yaml")
    assert document.data == {"a": "NO", "b": "010", "c": "12:30:45", "d": "2024-01-01", "e": "yes"}


def test_null_and_booleans_are_what_they_say_only_when_plain():
    document = parse_document(b"a: null\nb: true\nc: false\nd: 'null'\ne: \"true\"\nf:\n", name="x.yaml")
    assert document.data == {"a": None, "b": True, "c": False, "d": "null", "e": "true", "f": None}


def test_a_key_that_stands_twice_is_an_error_with_its_line():
    with pytest.raises(DatafileError, match=r"x\.yaml:3: the key 'a' stands twice; keep one"):
        parse_document(b"a: 1\nb: 2\na: 3\n", name="x.yaml")


def test_an_alias_is_refused():
    with pytest.raises(DatafileError, match="uses a YAML alias"):
        parse_document(b"a: &x [1]\nb: *x\n", name="x.yaml")


def test_broken_yaml_names_the_line():
    with pytest.raises(DatafileError, match=r"x\.yaml:2: is not valid YAML"):
        parse_document(b"a: 1\n  b: [\n", name="x.yaml")


def test_bytes_that_are_no_utf8_are_refused():
    with pytest.raises(DatafileError, match="is not UTF-8 text"):
        parse_document(b"a: \xff\xfe", name="x.yaml")


def test_all_schema_faults_are_listed_with_their_lines():
    document = parse_document(
        b"rows:\n  - name: a\n    days: soon\n  - nmae: b\n    days: 3\n", name="x.yaml"
    )
    with pytest.raises(PolicyError) as caught:
        parse_model(document, _File, PolicyError)
    assert [str(fault) for fault in caught.value.faults] == [
        "x.yaml:3: rows.days: 'soon' is no whole number; write it in digits",
        "x.yaml:4: the key 'name' is missing; add it",
        "x.yaml:4: the key 'nmae' is not known here; did you mean 'name'?",
    ]

"""Every finding of pydantic that a data file can meet is told in words that say what to write."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from provenance.value_faults import near, words_of

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Rule = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/(\*|[a-z0-9]+(-[a-z0-9]+)*)$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


@pytest.mark.parametrize(
    ("kind", "value", "what", "do"),
    [
        (str, ["a"], "a list is no text", "write a text, in quotes where it looks like something else"),
        (int, "soon", "'soon' is no whole number", "write it in digits"),
        (float, "1,5", "'1,5' is no number", "write it in digits, decimals behind a point"),
        (bool, "maybe", "'maybe' is neither true nor false", "write true or false"),
        (
            list[str],
            "x",
            "'x' is no list",
            "write its items in brackets, or each behind a hyphen on a line of its own",
        ),
        (dict[str, str], "x", "'x' is no mapping", "write its keys below it, each as `key: value`"),
        (Annotated[list[str], Field(min_length=1)], [], "names nothing", "give at least one"),
        (
            Annotated[str, Field(min_length=1)],
            "",
            "is empty",
            "fill it in, or leave the key out where it may be left out",
        ),
        (
            Literal["condemn", "review"],
            "revue",
            "'revue' is not known; known are: condemn, review",
            "did you mean 'review'?",
        ),
        (Id, "My Rule", "'My Rule' is no id", "write small letters and digits, with hyphens between words"),
        (Rule, "*", "'*' names no rule", "write policy/rule, or policy/* for every rule of a policy"),
        (Day, "soon", "'soon' is no day, month or year", "write it as 2024-05-08, 2024-05 or 2024"),
        (Annotated[int, Field(ge=0)], -1, "-1 is too little", "write 0 or more"),
        (Annotated[float, Field(gt=0)], 0.0, "0.0 is too little", "write more than 0.0"),
        (Annotated[int, Field(le=9)], 10, "10 is too much", "write 9 or less"),
        (Annotated[int, Field(lt=9)], 9, "9 is too much", "write less than 9"),
    ],
)
def test_what_is_wrong_and_what_to_do(kind: object, value: object, what: str, do: str):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    assert [words_of(item) for item in caught.value.errors()] == [(what, do)]


def test_a_long_value_is_cut():
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Id).validate_python("A" * 500)
    ((what, _),) = [words_of(item) for item in caught.value.errors()]
    assert what == f"'{'A' * 39}... is no id"


def test_what_the_schemas_say_themselves_stays_as_it_is():
    def refuse(value: object) -> object:
        raise ValueError(f"{value} is no day; write one that exists")

    from pydantic import AfterValidator

    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Annotated[str, AfterValidator(refuse)]).validate_python("soon")
    assert [words_of(item) for item in caught.value.errors()] == [
        ("soon is no day; write one that exists", "")
    ]


def test_a_near_word_is_asked_for_and_a_far_one_is_not():
    assert near("revue", ["condemn", "review"]) == "did you mean 'review'?"
    assert near("x", ["condemn", "review"]) == ""

"""An expression is what the standard library compiles of the same text, only later."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import provenance
from provenance.expressions import expression

_CHILDREN = ("_child", "build_hook")


def asked(text: str) -> list[object]:
    one, other = expression(r"(?P<n>\d)(x)?", re.IGNORECASE), re.compile(r"(?P<n>\d)(x)?", re.IGNORECASE)
    return [
        (
            pattern.sub("-", text),
            pattern.subn("-", text),
            pattern.split(text),
            pattern.findall(text),
            [found.span() for found in pattern.finditer(text)],
            [found and found.groupdict() for found in (pattern.match(text), pattern.search(text))],
            pattern.fullmatch(text) is None,
            (pattern.pattern, pattern.flags, pattern.groups, dict(pattern.groupindex)),
        )
        for pattern in (one, other)
    ]


@pytest.mark.parametrize("text", ["", "a1X2b", "1x", "none"])
def test_it_answers_as_a_compiled_one_does(text: str):
    one, other = asked(text)
    assert other == one


def test_what_is_no_expression_is_told_at_the_first_question():
    broken = expression("(")
    with pytest.raises(re.error):
        broken.match("")


def test_bytes_are_asked_with_bytes():
    assert expression(rb"\d").findall(b"a1") == [b"1"]


def test_every_expression_of_the_package_compiles():
    kind = type(expression(""))
    found = 0
    for module in pkgutil.walk_packages(provenance.__path__, "provenance."):
        if module.name.endswith(_CHILDREN):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, kind):
                assert value.groups >= 0
                found += 1
    assert found > 100

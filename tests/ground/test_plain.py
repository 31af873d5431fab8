"""Flat records: plain JSON, each part once, and nothing but the named classes come back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from provenance.plain import flat_json, from_flat_json


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    leaves: tuple[Leaf, ...]
    colours: dict[Colour, float]
    words: frozenset[str]
    flag: bool


TREE = Tree(
    (Leaf("a", date(2024, 2, 29)), Leaf("a", date(2024, 2, 29))), {Colour.RED: 0.5}, frozenset("ba"), True
)
CLASSES = (Tree, Leaf, Colour)


def test_a_record_comes_back_as_it_was():
    assert from_flat_json(flat_json(TREE), CLASSES) == TREE


def test_enum_members_and_booleans_come_back_as_such():
    back = from_flat_json(flat_json(TREE), CLASSES)
    assert ([type(key) for key in back.colours], back.flag) == ([Colour], True)


def test_what_stands_twice_is_written_once():
    assert flat_json(TREE).count('"Leaf"') == 1


def test_the_same_record_is_the_same_text_whatever_the_order_of_its_sets():
    other = Tree(TREE.leaves, TREE.colours, frozenset("ab"), True)
    assert flat_json(other) == flat_json(TREE)


def test_a_class_that_was_not_named_does_not_come_back():
    with pytest.raises(ValueError, match="KeyError"):
        from_flat_json(flat_json(TREE), (Tree, Leaf))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[[],[0]]",
        "[[],0,true]",
        '[[["system",["true"]]],0,true]',
        '[[["Leaf",[]]],0,true]',
        '[[["Leaf"]],0,true]',
        '[[["date",["x"]]],0,true]',
        '[[["tuple",[7],0]],0,true]',
        "{}",
        "7",
    ],
)
def test_what_is_no_flat_record_is_refused(text: str):
    with pytest.raises(ValueError, match=r"."):
        from_flat_json(text, CLASSES)


def test_what_has_no_flat_form_is_refused_by_name():
    with pytest.raises(TypeError, match="PosixPath"):
        flat_json((Path("/"),))


def test_the_text_is_plain_json():
    assert json.loads(flat_json(("a", 1, None))) == [[["tuple", ["a", 1, None]]], 0, True]

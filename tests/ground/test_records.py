"""A record is what the standard library makes of the same class."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field, replace
from typing import ClassVar

import pytest

from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    label: str = "p"
    parts: tuple[str, ...] = field(default=(), compare=False)
    seen: dict[str, int] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Marked(Point):
    mark: bool = False

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("x")


@dataclass(frozen=True, slots=True)
class Empty:
    pass


@dataclass(frozen=True, slots=True)
class Told:
    text: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Told) and self.text.lower() == other.text.lower()

    def __hash__(self) -> int:
        return hash(self.text.lower())

    def __repr__(self) -> str:
        return f"<{self.text}>"


def test_records_of_equal_values_are_equal_and_hash_alike():
    assert (Point(1), hash(Point(1)), len({Point(1), Point(1), Point(2)})) == (
        Point(1),
        hash(Point(1, "p")),
        2,
    )


def test_what_is_not_compared_counts_neither_for_equality_nor_for_the_hash():
    assert (Point(1, parts=("a",)), hash(Point(1, parts=("a",)))) == (Point(1), hash(Point(1)))


@pytest.mark.parametrize("other", [Marked(1), (1, "p"), None, 1])
def test_a_record_equals_nothing_of_another_class(other: object):
    assert Point(1) != other


def test_a_record_shows_its_fields():
    assert repr(Marked(1, mark=True)) == "Marked(x=1, label='p', parts=(), mark=True)"


def test_a_record_without_fields_is_one():
    assert (Empty(), hash(Empty()), repr(Empty())) == (Empty(), hash(Empty()), "Empty()")


def test_what_a_class_says_of_itself_stands():
    assert (Told("A"), hash(Told("A")), repr(Told("A"))) == (Told("a"), hash(Told("a")), "<A>")


def test_a_record_does_not_change():
    with pytest.raises(FrozenInstanceError):
        Point(1).x = 2  # type: ignore[misc]


def test_nothing_of_a_record_is_deleted():
    with pytest.raises(FrozenInstanceError):
        del Point(1).x  # type: ignore[misc]


def test_what_is_made_anew_for_each_record_is_not_shared():
    assert Point(1).seen is not Point(1).seen


@dataclass(frozen=True, slots=True)
class Worked:
    given: int
    worked: int = field(init=False)
    fixed: str = field(default="f", init=False)
    named: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "worked", self.given * 2)


def test_what_is_worked_out_is_not_asked_for_and_what_is_named_must_be_named():
    assert repr(Worked(2, named=True)) == "Worked(given=2, worked=4, fixed='f', named=True)"
    with pytest.raises(TypeError):
        Worked(2, True)  # type: ignore[misc]


def test_a_missing_value_is_refused_by_name():
    with pytest.raises(TypeError, match="'x'"):
        Point()  # type: ignore[call-arg]


def test_the_standard_library_may_build_on_a_record():
    @dataclasses.dataclass(frozen=True)
    class Further(Point):
        more: int = 0

    assert Further(1, more=2) == Further(1, more=2)


def test_the_types_of_the_values_are_told():
    assert inspect.get_annotations(Point.__init__)["x"] == "int"


def test_a_record_has_no_room_for_more():
    assert not hasattr(Point(1), "__dict__")


def test_a_record_is_copied_pickled_replaced_and_matched_as_a_dataclass():
    one = Marked(1, "q", ("a",), mark=True)
    match one:
        case Marked(x, label):
            matched = (x, label)
    found = (copy.deepcopy(one), pickle.loads(pickle.dumps(one)), replace(one, x=1), matched)  # noqa: S301
    assert found == (one, one, one, (1, "q"))


def test_a_record_is_checked_after_it_is_made():
    with pytest.raises(ValueError, match="x"):
        Marked(-1)


def test_what_is_no_frozen_record_is_made_by_the_standard_library():
    @dataclass(slots=True)
    class Open:
        x: int

    one = Open(1)
    one.x = 2
    assert (one, Open.__hash__) == (Open(2), None)


@dataclass(frozen=True, slots=True)
class Counted:
    total: ClassVar[int] = 7
    x: int = 0


def test_what_belongs_to_the_class_is_no_field():
    assert ([one.name for one in dataclasses.fields(Counted)], Counted.total, Counted(1)) == (
        ["x"],
        7,
        Counted(x=1),
    )


def test_a_default_that_changes_is_refused():
    with pytest.raises(ValueError, match="mutable default"):

        @dataclass(frozen=True, slots=True)
        class Shared:
            parts: list[int] = []  # noqa: RUF012 - that it is refused is what is tested


@dataclass(frozen=True, slots=True)
class Pair:
    one: int
    other: str = "o"


@dataclasses.dataclass(frozen=True, slots=True)
class PairOfTheLibrary:
    one: int
    other: str = "o"


def test_the_fields_of_a_plain_record_are_those_that_the_standard_library_describes():
    def told(made: type) -> list[object]:
        fields = [
            (one.name, one.type, one.default, one.init, one.repr, one.compare)
            for one in dataclasses.fields(made)
        ]
        return [fields, made.__match_args__, made.__slots__, str(inspect.signature(made))]

    assert told(Pair) == told(PairOfTheLibrary)


def test_a_plain_record_is_found_out_about_and_converted_as_a_dataclass():
    one = Pair(1)
    assert (dataclasses.is_dataclass(Pair), dataclasses.asdict(one), replace(one, other="p")) == (
        True,
        {"one": 1, "other": "o"},
        Pair(1, "p"),
    )


@pytest.mark.parametrize("arguments", [(), (1, "o", 2)])
def test_too_few_and_too_many_values_are_refused_in_the_same_words(arguments: tuple[object, ...]):
    said = []
    for made in (Pair, PairOfTheLibrary):
        with pytest.raises(TypeError) as refused:
            made(*arguments)
        said.append(str(refused.value).replace("OfTheLibrary", ""))
    assert said[0] == said[1]


@pytest.mark.parametrize("before", [0, 40])
def test_the_first_records_and_the_later_ones_are_filled_alike(before: int):
    @dataclass(frozen=True, slots=True)
    class Point:
        x: int
        y: int = 2

    for at in range(before):
        Point(at)
    assert [Point(1), Point(1, 2), Point(x=1), Point(y=2, x=1)] == [Point(1, 2)] * 4
    for wrong in (Point, lambda: Point(1, 2, 3), lambda: Point(1, x=1), lambda: Point(1, z=3)):
        with pytest.raises(TypeError, match="__init__"):
            wrong()

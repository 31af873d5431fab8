"""The types of the values in the catalogue's source files: ids, countries, dates, sources, patterns."""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, StringConstraints

from provenance.catalog.terms import span_of

ValueT = TypeVar("ValueT")

_SOURCE = re.compile(
    r"https?://\S+"
    r"|github:[\w.-]+/[\w.-]+(@[0-9a-f]{7,40})?(:\S.*)?"
    r"|ieee:([0-9A-F]{6}|[0-9A-F]{7}|[0-9A-F]{9})"
    r"|document: \S.*"
    r"|unverified: \S.*"
)


def some(values: tuple[ValueT, ...]) -> tuple[ValueT, ...]:
    """Refuse an empty list; unlike a minimal length it says nothing when the entries themselves are refused.

    Raises:
        ValueError: There is no entry.
    """
    if not values:
        raise ValueError("needs at least one entry")
    return values


def _checked_source(text: str) -> str:
    if _SOURCE.fullmatch(text) is None:
        raise ValueError(
            f"{text!r} is no source, expected https://…, github:…, ieee:…, document: … or unverified: …"
        )
    return text


def _checked_moment(text: str) -> str:
    span_of(text)
    return text


def _checked_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"the pattern {text!r} does not compile ({error})") from error
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Word = Annotated[str, StringConstraints(min_length=1)]
Words = tuple[Word, ...]
Source = Annotated[str, AfterValidator(_checked_source)]
Sources = Annotated[tuple[Source, ...], AfterValidator(some)]
Pattern = Annotated[str, AfterValidator(_checked_pattern)]
Moment = Annotated[str, AfterValidator(_checked_moment)]

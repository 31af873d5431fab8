"""The plain values of rule, list and clause files: days, ids, texts, places."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from provenance.countries.atoms import ALL, UA_ATOMS
from provenance.dates import parse_iso

_ISO_LENGTH = len("2024-05-08")


_MANY = 60
"""More ids than a message lists."""
_BESIDE = 20
"""More ids than a message lists beside a near one."""


def suggestion(wrong: str, known: tuple[str, ...]) -> str:
    """Return what to do about an unknown id: the near one where there is one, and all of them unless they are many."""
    near = get_close_matches(wrong, known, n=1)
    all_known = f"known are: {', '.join(known)}" if known else "none is known"
    if near:
        return f"did you mean {near[0]}?" + (f" {all_known}" if len(known) <= _BESIDE else "")
    return all_known if len(known) <= _MANY else f"none of the {len(known)} that are known is near it"


def day_of(value: object) -> date:
    """Return the day that a value of a data file is.

    Raises:
        ValueError: It is none, written as 2024-05-08.
    """
    if isinstance(value, str) and len(value) == _ISO_LENGTH:
        day = parse_iso(value)
        if day is not None:
            return day
    raise ValueError(f"{value!r} is no day; write one that exists as 2024-05-08")


def _code(value: str) -> str:
    if value not in ALL and value != "UA":
        raise ValueError(
            f"{value!r} is no ISO 3166-1 alpha-2 code; write one, such as CN, or an area: {', '.join(sorted(UA_ATOMS))}"
        )
    return value


Day = Annotated[date, BeforeValidator(day_of)]
"""A day of the calendar, written 2024-05-08."""

Text = Annotated[str, StringConstraints(min_length=1)]
"""Some text, not empty."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A permanent id in kebab-case."""

Code = Annotated[str, AfterValidator(_code)]
"""A country by its ISO alpha-2 code, or an area inside one that is an origin of its own."""

PartialDay = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A day, month or year: how far a source is dated."""

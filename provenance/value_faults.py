"""What is wrong with a value of a data file, and what to write instead: the findings of pydantic in the words of our messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

_LONGEST = 40
"""Characters of a value that a message shows."""
_NO_TEXT = ("is no text", "write a text, in quotes where it looks like something else")
_NO_LIST = ("is no list", "write its items in brackets, or each behind a hyphen on a line of its own")
_NO_MAPPING = ("is no mapping", "write its keys below it, each as `key: value`")
_NO_WHOLE_NUMBER = ("is no whole number", "write it in digits")
_NO_NUMBER = ("is no number", "write it in digits, decimals behind a point")
_NO_TRUTH = ("is neither true nor false", "write true or false")
_WORDS: Mapping[str, tuple[str, str]] = {
    "string_type": _NO_TEXT,
    "list_type": _NO_LIST,
    "tuple_type": _NO_LIST,
    "set_type": _NO_LIST,
    "frozen_set_type": _NO_LIST,
    "dict_type": _NO_MAPPING,
    "mapping_type": _NO_MAPPING,
    "model_type": _NO_MAPPING,
    "model_attributes_type": _NO_MAPPING,
    "int_type": _NO_WHOLE_NUMBER,
    "int_parsing": _NO_WHOLE_NUMBER,
    "int_from_float": _NO_WHOLE_NUMBER,
    "float_type": _NO_NUMBER,
    "float_parsing": _NO_NUMBER,
    "bool_type": _NO_TRUTH,
    "bool_parsing": _NO_TRUTH,
    "string_too_short": ("is empty", "fill it in, or leave the key out where it may be left out"),
    "too_short": ("names nothing", "give at least one"),
}
"""What is wrong and what to do, by the name that pydantic has for it."""
_ID = "[a-z0-9]+(-[a-z0-9]+)*"
_FORMS: Mapping[str, tuple[str, str]] = {
    f"^{_ID}$": ("is no id", "write small letters and digits, with hyphens between words"),
    rf"^{_ID}/(\*|{_ID})$": ("names no rule", "write policy/rule, or policy/* for every rule of a policy"),
    "^[A-Z]{2}$": ("is no code of a country", "write the two capital letters of ISO 3166"),
    "^[A-Z]{1,3}$": ("is no column", "write the letters that a spreadsheet shows above it, as AB"),
    r"^\d{4}(-\d{2}(-\d{2})?)?$": ("is no day, month or year", "write it as 2024-05-08, 2024-05 or 2024"),
}
"""The same by the form that a text has to have."""
_LEAST = {"greater_than": "gt", "greater_than_equal": "ge"}
_MOST = {"less_than": "lt", "less_than_equal": "le"}
_QUOTED = re.compile(r"'([^']*)'")


def words_of(item: Mapping[str, Any]) -> tuple[str, str]:
    """Return what is wrong with a value, and what to do; the latter is empty where the former says it.

    Args:
        item: One of `pydantic.ValidationError.errors()`.
    """
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    if kind in {"enum", "literal_error"}:
        known = _QUOTED.findall(context["expected"])
        return f"{shown(value)} is not known; known are: {', '.join(known)}", near(str(value), known)
    if kind == "string_pattern_mismatch" and context["pattern"] in _FORMS:
        what, do = _FORMS[context["pattern"]]
        return f"{shown(value)} {what}", do
    if kind in _LEAST:
        return f"{shown(value)} is too little", f"write {_bound(kind, 'more than', context[_LEAST[kind]])}"
    if kind in _MOST:
        return f"{shown(value)} is too much", f"write {_bound(kind, 'less than', context[_MOST[kind]])}"
    if kind in _WORDS:
        what, do = _WORDS[kind]
        return f"{shown(value)} {what}" if value not in ("", []) else what, do
    return item["msg"].removeprefix("Value error, "), ""


def shown(value: object) -> str:
    """Return a value as a message shows it: a text cut short, a list and a mapping by what they are."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = repr(value) if value is not None else "nothing"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def near(wrong: str, known: Iterable[str]) -> str:
    """Return a question that names the one of the known words that is meant, empty where none is near."""
    found = get_close_matches(wrong, tuple(known), n=1)
    return f"did you mean {found[0]!r}?" if found else ""


def _bound(kind: str, strictly: str, bound: object) -> str:
    if not kind.endswith("_equal"):
        return f"{strictly} {bound}"
    return f"{bound} or {strictly.removesuffix(' than')}"

"""Regular expressions that are compiled when they are first asked something.

A run loads some hundred and fifty and asks a third of them, and to compile one takes longer than to load many a module.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_QUESTIONS = ("match", "fullmatch", "search", "sub", "subn", "split", "finditer", "findall")


def expression(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, compiled later: for the expressions of modules that each run loads.

    Args:
        text: The expression; where it is none, the first question raises `re.error`.
        flags: As of `re.compile`.
    """
    return cast("re.Pattern[AnyStr]", _Expression(text, flags))


class _Expression:
    """An expression that becomes a compiled one when a question about a text is put to it."""

    def __init__(self, text: Any, flags: int) -> None:
        self.pattern = text
        self._asked_for = flags

    def __getattr__(self, name: str) -> Any:
        """Compile, for nothing has been asked yet; from now on the answers are this object's own."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._asked_for)
        self.__dict__.update({question: getattr(compiled, question) for question in _QUESTIONS})
        return getattr(compiled, name)

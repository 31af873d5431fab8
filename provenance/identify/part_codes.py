"""The codes of parts of miners, as firmware, labels and repair tools write them: `BHB42601`, `P221B`.

A code says which part it is and whose label it bears, never in which machine it sits.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.catalog.records import PartCode, PartKind
from provenance.expressions import expression
from provenance.identify.beginnings import first_characters
from provenance.identify.normalise import Token

_LONGEST = 8
"""More tokens than a code has."""
_LEAST = 4
"""No code is as short as this."""
_HYPHEN = expression(r"-(?![^\[]*\])")
"""A hyphen outside a class of characters: keys are without."""
_ANYBODYS = frozenset({PartKind.CONTROL_BOARD})
"""Parts whose codes are names of boards and chips that others use too, so that they do not tell a maker."""


class PartCodes:
    """Finds the codes of parts."""

    def __init__(self, codes: Sequence[PartCode]) -> None:
        self._codes = [
            (expression(_HYPHEN.sub("", code.pattern)), code) for code in codes if code.part not in _ANYBODYS
        ]
        every = "|".join(f"(?:{pattern.pattern})" for pattern, _ in self._codes)
        self._any = expression(every or r"(?!)")
        firsts = [first_characters(pattern.pattern) for pattern, _ in self._codes]
        self._firsts = None if None in firsts else frozenset().union(*(first or () for first in firsts))
        """What codes begin with; None where anything may begin one."""

    def whole(self, key: str) -> PartCode | None:
        """Return the part that a text as a whole is the code of.

        Args:
            key: Its tokens without separators.
        """
        upper = key.upper()
        if len(key) <= _LEAST or self._any.match(upper) is None:
            return None
        return next((code for pattern, code in self._codes if pattern.fullmatch(upper)), None)

    def inside(self, run: Sequence[Token]) -> PartCode | None:
        """Return the part whose code stands somewhere in a text that is about a part."""
        for start, first in enumerate(run):
            if self._firsts is not None and first.text[0].upper() not in self._firsts:
                continue
            key = ""
            for token in run[start : start + _LONGEST]:
                key += token.text
                if (code := self.whole(key)) is not None:
                    return code
        return None

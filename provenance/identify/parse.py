"""What the grammar finds in a model text: its codes, brands, parts, and what nothing explains."""

from __future__ import annotations

from dataclasses import field
from typing import NamedTuple

from provenance.identify.codes import Code
from provenance.identify.names import Claim
from provenance.identify.normalise import Token
from provenance.records import dataclass


class Hit(NamedTuple):
    """One model code found in a text."""

    key: str
    code: Code
    start: int
    stop: int
    """Positions among the tokens; the end is not included."""


@dataclass(slots=True)
class Parse:
    """What the tokens of one text are."""

    run: list[Token]
    owners: frozenset[str] = frozenset()
    brands: list[tuple[int, Claim]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    """Words or signs that could tell a sibling apart and that no known name accounts for."""
    cooling: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """Numbers without a unit; a hashrate perhaps."""
    memory: str | None = None
    """A size of memory, `6gb`, which tells some siblings apart."""
    form: str | None = None
    """The rack form, `3u`."""
    families: list[str] = field(default_factory=list)
    """Makers of product families that are named."""
    part: str | None = None
    """The part that the text is about."""
    part_first: bool = False
    """Whether the part is named before the model: `fan for S19`."""
    infrastructure: bool = False
    mining: bool = False
    """Whether a hashrate or a word of the trade places the text in mining."""
    several: bool = False
    """Whether more than one model is named."""

    @property
    def plain(self) -> bool:
        """Whether it is one code, and everything beside it is explained."""
        return len(self.hits) == 1 and not (
            self.variants
            or self.unexplained
            or self.cooling
            or self.numbers
            or self.several
            or self.families
            or self.form
            or self.part
        )

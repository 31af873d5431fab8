"""The separate claims about who made a machine: the maker column, the brands in the model text, the firmware."""

from __future__ import annotations

from provenance.identify.identity import Tier
from provenance.identify.names import MINING, SILENT, Claim, MakerNames, MakerReading
from provenance.identify.normalise import fold, tokens
from provenance.identify.parse import Parse
from provenance.records import dataclass

_LEFT_OUT = frozenset({"component", "asic-chip", "firmware"})
"""Makers of parts and firmware that stand beside the maker of the machine."""
_FIRMWARE_MAKERS = frozenset({"braiins", "epic"})
"""Makers of miners whose firmware runs on machines of others."""
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claims:
    """Who the maker can be, by witness."""

    column: MakerReading
    brands: frozenset[str]
    """Makers of the brands in the model text; empty without a firm one."""
    weak: frozenset[str]
    """Makers that ambiguous names and firmware point to."""
    clash: frozenset[str]
    """Makers of brands in the model text that contradict each other."""

    @property
    def column_firm(self) -> frozenset[str]:
        """Makers that the maker column names without doubt; several where they share the name."""
        return frozenset() if self.column.weak else frozenset(self.column.makers)

    @property
    def unknown_column(self) -> bool:
        """Whether the maker column names somebody that the catalogue does not know."""
        return not self.column.blank and not self.column.makers


def claims_of(names: MakerNames, column: MakerReading, parse: Parse, firmware: str | None) -> Claims:
    """Return who the maker can be.

    Args:
        names: The names of makers.
        column: What the maker column says.
        parse: What the grammar found in the model text.
        firmware: The firmware column.
    """
    if not parse.brands and not firmware and not any(hit.code.branded for hit in parse.hits):
        weak_column = frozenset(column.makers) if column.weak else _NOBODY
        return Claims(column, frozenset(), weak_column, frozenset())
    one = _one_maker(parse) if column is SILENT and not firmware else None
    if one is not None:
        return Claims(column, frozenset((one,)), _NOBODY, _NOBODY)
    found = [(at, claim) for at, claim in parse.brands if _counts(names, parse, at, claim)]
    solid = [claim for _, claim in found if not all(names.categories[m] in _LEFT_OUT for m in claim.makers)]
    used = solid if solid or parse.hits else [claim for _, claim in found]
    firm = [frozenset(claim.makers) for claim in used if not claim.weak]
    firm += [frozenset(hit.code.makers) for hit in parse.hits if hit.code.branded]
    common = frozenset.intersection(*firm) if firm else _NOBODY
    clash = frozenset().union(*firm) if firm and not common else _NOBODY
    weak = {maker for claim in used if claim.weak for maker in claim.makers}
    weak.update(column.makers if column.weak else ())
    weak.update(makers_of_firmware(names, firmware))
    return Claims(column, common, frozenset(weak), clash)


def _one_maker(parse: Parse) -> str | None:
    """The maker that everything in the text agrees on: the common case, in less time."""
    if len(parse.hits) != 1 or len(parse.hits[0].code.makers) != 1:
        return None
    makers = parse.hits[0].code.makers
    return makers[0] if all(claim.makers == makers and not claim.weak for _, claim in parse.brands) else None


def _counts(names: MakerNames, parse: Parse, at: int, claim: Claim) -> bool:
    """Names of makers outside mining count in front of a machine, and where none is named."""
    if parse.hits and at > parse.hits[0].start and _FIRMWARE_MAKERS.issuperset(claim.makers):
        # `S19 XP (Braiins OS+)`: the firmware of a machine that is already named.
        return any(maker in hit.code.makers for hit in parse.hits for maker in claim.makers)
    if any(names.categories[maker] == MINING for maker in claim.makers):
        return True
    return not parse.hits or at < parse.hits[0].start or bool(parse.part)


def makers_of_firmware(names: MakerNames, firmware: str | None) -> set[str]:
    """Return the makers of miners that a firmware column names; firmware of third parties names none."""
    if not firmware:
        return set()
    run = tokens(names.spread(fold(firmware)))
    found: set[str] = set()
    for index in range(len(run)):
        count = names.phrase_at(run, index)
        if count:
            found.update(names.phrase(run[index : index + count]).makers)
    return {m for m in found if names.categories[m] == MINING and m not in _FIRMWARE_MAKERS}


def named_by(claims: Claims) -> tuple[str | None, Tier, str, tuple[str, ...]]:
    """The maker that column and brands name: it, its tier, the reason, and the rivals where there is none."""
    if claims.clash:
        return None, Tier.NONE, "; the text names several makers", tuple(sorted(claims.clash))
    column = frozenset(claims.column.makers)
    if claims.brands and column and not claims.brands & column:
        why = "; the maker column and the model text name different makers"
        return None, Tier.NONE, why, tuple(sorted(claims.brands | column))
    named = claims.brands & column if claims.brands and column else claims.brands | claims.column_firm
    if len(named) == 1:
        (maker,) = named
        if maker in claims.column_firm:
            return maker, claims.column.tier, "the maker column", ()
        return maker, Tier.GRAMMAR, "the brand in the text", ()
    rivals = tuple(sorted(named or column or claims.weak))
    why = "; the name also means something else" if rivals and not named else ""
    why = "; the name is used by several makers" if len(rivals) > 1 else why
    return None, Tier.NONE, why, rivals

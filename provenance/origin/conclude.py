"""What pieces of evidence add up to: the union, over the maximal sets of agreeing pieces, of what each set allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from provenance.countries import ALL
from provenance.evidence import Facet, Grade, Piece
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Where the statements about one facet place a machine."""

    facet: Facet
    atoms: frozenset[str]
    """The union over the maximal agreeing sets; all atoms without a piece."""
    sides: tuple[frozenset[str], ...]
    """What each maximal agreeing set allows, sorted; more than one is a conflict."""
    pieces: tuple[Piece, ...]
    """What it was concluded from."""
    grade: Grade | None
    """The strongest grade among the pieces."""

    @property
    def conflict(self) -> bool:
        """Whether the pieces do not all agree."""
        return len(self.sides) > 1


def agreeing_sides(sets: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return what each maximal agreeing set of evidence allows.

    Sets agree when they have an atom in common. An atom's signature is the collection of the sets that hold it; the
    maximal agreeing collections are the maximal signatures, and what such a collection allows is exactly the atoms
    with that signature.

    Args:
        sets: The atoms that each piece allows, none of them empty; order and repetition change nothing.

    Returns:
        Disjoint sets, sorted; one of all atoms when there is no piece.
    """
    return _sides(frozenset(sets)) if sets else (ALL,)


@lru_cache(maxsize=4096)
def _sides(sets: frozenset[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return the sides of distinct sets; few combinations occur, and each is asked about for every rule and reading."""
    distinct = sorted(sets, key=sorted)
    signatures: dict[int, set[str]] = {}
    for atom in frozenset().union(*distinct):
        signature = sum(1 << index for index, atoms in enumerate(distinct) if atom in atoms)
        signatures.setdefault(signature, set()).add(atom)
    maximal = [
        frozenset(atoms)
        for signature, atoms in signatures.items()
        if not any(signature != other and signature & other == signature for other in signatures)
    ]
    return tuple(sorted(maximal, key=sorted))


def concluded_atoms(pieces: Iterable[Piece]) -> frozenset[str]:
    """Return the union over the maximal agreeing sets of the pieces; all atoms without a piece."""
    return frozenset().union(*agreeing_sides([piece.atoms for piece in pieces]))


def conclude(facet: Facet, pieces: Iterable[Piece]) -> Conclusion:
    """Conclude one facet from the statements about it.

    Args:
        facet: The question.
        pieces: Any pieces; those on other facets and general knowledge are left aside, for general knowledge never
            contradicts a statement.
    """
    chosen = tuple(piece for piece in pieces if piece.facet is facet and piece.is_statement)
    sides = agreeing_sides([piece.atoms for piece in chosen])
    grade = min((piece.grade for piece in chosen), key=lambda grade: grade.rank, default=None)
    return Conclusion(facet, frozenset().union(*sides), sides, chosen, grade)

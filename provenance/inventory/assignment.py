"""Giving each field one column at most and each column one field, so that all gains together are greatest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

F = TypeVar("F", bound=Hashable)


def assign(gains: Mapping[tuple[F, int], float]) -> dict[F, int]:
    """Return the assignment of greatest total gain (Kuhn and Munkres, by shortest augmenting paths).

    Args:
        gains: What each pair of a field and a column is worth, above zero; pairs that are left out cannot be.

    Returns:
        Field to column; fields that stay without one are left out.
    """
    fields = list(dict.fromkeys(field for field, _ in gains))
    columns = sorted({column for _, column in gains})
    # Each field has a place of its own that costs nothing: to go without a column.
    costs = [
        [-gains.get((field, column), 0.0) for column in columns] + [0.0] * len(fields) for field in fields
    ]
    chosen = _least(costs, len(columns) + len(fields))
    return {
        field: columns[place]
        for field, place in zip(fields, chosen, strict=True)
        if place < len(columns) and (field, columns[place]) in gains
    }


def _least(costs: Sequence[Sequence[float]], width: int) -> list[int]:
    """Return for each row the place that it takes in the cheapest matching of all rows; there are enough places."""
    endless = float("inf")
    row_price = [0.0] * (len(costs) + 1)
    place_price = [0.0] * (width + 1)
    taken_by = [0] * (width + 1)
    """Row (from 1) by place (from 1); place 0 holds the row that is being placed."""
    for row in range(1, len(costs) + 1):
        taken_by[0] = row
        at = 0
        nearest = [endless] * (width + 1)
        before = [0] * (width + 1)
        seen = [False] * (width + 1)
        while taken_by[at]:
            seen[at] = True
            mine, step, following = taken_by[at], endless, 0
            for place in range(1, width + 1):
                if seen[place]:
                    continue
                cost = costs[mine - 1][place - 1] - row_price[mine] - place_price[place]
                if cost < nearest[place]:
                    nearest[place], before[place] = cost, at
                if nearest[place] < step:
                    step, following = nearest[place], place
            for place in range(width + 1):
                if seen[place]:
                    row_price[taken_by[place]] += step
                    place_price[place] -= step
                else:
                    nearest[place] -= step
            at = following
        while at:
            taken_by[at] = taken_by[before[at]]
            at = before[at]
    chosen = [0] * len(costs)
    for place in range(1, width + 1):
        if taken_by[place]:
            chosen[taken_by[place] - 1] = place - 1
    return chosen

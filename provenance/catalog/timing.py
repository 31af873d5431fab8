"""On which days the sources show that a relation held, as against the days on which it can have held.

A partial date widens what is possible and narrows what is certain: a relation that began in 2018-02 can have held on
the first of February, and certainly held from the end of the month.
"""

from __future__ import annotations

from datetime import date

from provenance.catalog.schema import RelationEntry
from provenance.catalog.terms import span_of
from provenance.dates import Span


def certain_days(relation: RelationEntry) -> Span | None:
    """Return the days on which a relation held, by its dates alone.

    What once held and has no end reported is taken to go on, as whoever relies on it may presume; where an end has
    come and its day is not known, the dates show no more than the last day on which it was seen. Without a beginning
    and without a day on which it was seen there is none: such a relation is possible on every day and certain on none.

    Args:
        relation: The relation, as its maker's file has it.

    Returns:
        The days, both ends included; `date.max` stands for an end that is not in sight.
    """
    begun = relation.first or relation.seen
    if begun is None:
        return None
    start = span_of(begun).last
    if relation.last is not None:
        end = span_of(relation.last).first
    elif not relation.end_unknown:
        end = date.max
    else:
        end = span_of(relation.seen).first if relation.seen else start
    return Span(start, end) if start <= end else None

"""The narrow fuzzy match: one typing error in a brand word or a suffix word, never in digits or pluses.

The only module of the room that needs rapidfuzz, imported when a text gets here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

_LONG = 8
"""Brand words from this length on may have two errors; two in a shorter word make another word."""


def nearest(
    word: str,
    choices: Sequence[str],
    *,
    shortest: int = 5,
    meaning: Callable[[str], Hashable] = str,
) -> str | None:
    """Return the one choice within one typing error of a word (two from eight letters on), else None.

    Args:
        word: The word as written; letters only.
        choices: What it may be meant for.
        shortest: Choices shorter than this are never meant.
        meaning: What a choice stands for: two that are equally near and stand for the same are no tie.

    Returns:
        The unique nearest choice; None when there is none, or when two are equally near.
    """
    from rapidfuzz.distance import OSA

    best, best_distance, tied = None, 3, False
    for choice in choices:
        allowed = 2 if len(choice) >= _LONG else 1
        if len(choice) < shortest or abs(len(choice) - len(word)) > allowed:
            continue
        distance = OSA.distance(word, choice, score_cutoff=allowed)
        if distance > allowed:
            continue
        if distance < best_distance:
            best, best_distance, tied = choice, distance, False
        elif distance == best_distance and best is not None and meaning(choice) != meaning(best):
            tied = True
    return None if tied else best

"""With which characters a text can begin that a numbering matches, so that a text is held against few of many.

Read are the patterns of the catalogue: letters, classes of characters, groups with alternatives, counts. Of what goes beyond
that nothing is claimed, and every text is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator

_COUNTS = "?*+{"
_ANYTHING = ".^|)*+?{\\"
"""Characters that stand for no character of their own where something begins."""


def first_characters(pattern: str) -> frozenset[str] | None:
    """Return the characters that a text matched by a pattern can begin with.

    Args:
        pattern: An anchored regular expression, `^WS-C[0-9]{4}`.

    Returns:
        The characters; None where they can't be told.
    """
    found: set[str] = set()
    for branch in _branches(pattern):
        first = _of_sequence(branch.removeprefix("^"))
        if first is None:
            return None
        found |= first
    return frozenset(found)


def _of_sequence(pattern: str) -> set[str] | None:
    """The characters that a sequence can begin with: those of its first part, and of the next while one may be left out."""
    found: set[str] = set()
    while pattern:
        first, stop = _of_part(pattern)
        if first is None:
            return None
        found |= first
        count, pattern = _count(pattern[stop:])
        if count not in {"?", "*"} and not count.startswith("{0"):
            return found
    return None


def _of_part(pattern: str) -> tuple[set[str] | None, int]:
    """The characters that the first part of a pattern can be or begin with, and where it ends."""
    if pattern[0] == "(":
        stop = _end_of_group(pattern)
        found: set[str] = set()
        for branch in _branches(pattern[1 : stop - 1].removeprefix("?:")):
            first = _of_sequence(branch)
            if first is None:
                return None, stop
            found |= first
        return found, stop
    if pattern[0] == "[":
        stop = pattern.index("]", 1) + 1
        return _of_class(pattern[1 : stop - 1]), stop
    if pattern[0] == "\\" and len(pattern) > 1 and not pattern[1].isalnum():
        return {pattern[1]}, 2
    return (None if pattern[0] in _ANYTHING or pattern[0] == "$" else {pattern[0]}), 1


def _of_class(inside: str) -> set[str] | None:
    if inside[:1] == "^" or "\\" in inside:
        return None
    found: set[str] = set()
    index = 0
    while index < len(inside):
        if inside[index + 1 : index + 2] == "-" and index + 2 < len(inside):
            found.update(map(chr, range(ord(inside[index]), ord(inside[index + 2]) + 1)))
            index += 3
        else:
            found.add(inside[index])
            index += 1
    return found


def _count(rest: str) -> tuple[str, str]:
    """How often what stands in front may come, and what follows."""
    if rest[:1] and rest[0] in _COUNTS:
        stop = rest.index("}") + 1 if rest[0] == "{" else 1
        return rest[:stop], rest[stop:]
    return "", rest


def _end_of_group(pattern: str) -> int:
    depth = 0
    for index, char in _structure(pattern):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index + 1
    return len(pattern)


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern, split where no group is open."""
    depth, start, found = 0, 0, []
    for index, char in _structure(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            found.append(pattern[start:index])
            start = index + 1
    return [*found, pattern[start:]]


def _structure(pattern: str) -> Iterator[tuple[int, str]]:
    """The characters of a pattern outside its classes, without those that are escaped."""
    inside, escaped = False, False
    for index, char in enumerate(pattern):
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif inside:
            inside = char != "]"
        else:
            inside = char == "["
            yield index, char

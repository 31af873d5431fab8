"""Numberings and their examples: every pattern is anchored and linear, every example is read as its file says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from provenance.catalog.schema import SerialExample, SerialSchemeEntry
from provenance.catalog.serial_codes import coded_country, date_made
from provenance.catalog.sources import MakerSource
from provenance.catalog.terms import span_of
from provenance.datafile import Loc
from provenance.dates import Span
from provenance.errors import Fault

_LOOK_AROUND = re.compile(r"\(\?[=!<](?!P)|\\[1-9]|\(\?P=")


def pattern_faults(source: MakerSource) -> Iterator[Fault]:
    """Yield what is wrong with the patterns of one maker's file and with the examples under them."""
    for index, line in enumerate(source.maker.product_lines):
        loc: Loc = ("product_lines", index)
        yield from _syntax_faults(source, loc, line.pattern, end="")
        # The texts are matched in upper case, and from the start only.
        examples = [text.upper() for text in line.examples]
        yield from _example_faults(source, loc, f"(?:{line.pattern}).*", examples)
    for index, code in enumerate(source.maker.part_codes):
        loc = ("part_codes", index)
        yield from _syntax_faults(source, loc, code.pattern, end="$")
        yield from _example_faults(source, loc, code.pattern, code.examples)
    for index, scheme in enumerate(source.maker.serial_schemes):
        loc = ("serial_schemes", index)
        yield from _syntax_faults(source, loc, scheme.pattern, end="$")
        examples = [example.serial for example in scheme.examples]
        yield from _example_faults(source, loc, scheme.pattern, examples)
        for at, example in enumerate(scheme.examples):
            yield from _decoding_faults(source, (*loc, "examples", at), scheme, example)


def _syntax_faults(source: MakerSource, loc: Loc, pattern: str, *, end: str) -> Iterator[Fault]:
    if not (pattern.startswith("^") and pattern.endswith(end)):
        anchors = "^ and $" if end else "^"
        yield source.fault((*loc, "pattern"), "the pattern is not anchored", f"add {anchors}")
    if _LOOK_AROUND.search(pattern):
        what = "the pattern looks around or back"
        yield source.fault((*loc, "pattern"), what, "use syntax that runs in linear time")


def _example_faults(source: MakerSource, loc: Loc, pattern: str, texts: Sequence[str]) -> Iterator[Fault]:
    for at, text in enumerate(texts):
        if re.fullmatch(pattern, text) is None:
            what = f"the example {text!r} does not match the pattern"
            yield source.fault((*loc, "examples", at), what, "correct one of them")


def _decoding_faults(
    source: MakerSource, loc: Loc, scheme: SerialSchemeEntry, example: SerialExample
) -> Iterator[Fault]:
    """Yield what an example is said to mean and does not, read by its own scheme."""
    match = re.fullmatch(scheme.pattern, example.serial)
    if match is None:
        return
    groups = match.groupdict()
    made = date_made(scheme.date_rule, groups) if scheme.date_rule is not None else None
    if scheme.date_rule is not None and made is None:
        yield source.fault(loc, f"the example {example.serial!r} holds no date", "correct one of them")
    elif example.made is not None and not _agree(made, span_of(example.made)):
        what = f"the example {example.serial!r} was made in {made or 'no known time'}, not in {example.made}"
        yield source.fault(loc, what, "correct one of them")
    codes = {code.code: code.country for code in scheme.codes}
    country = coded_country(scheme.country_rule, codes, groups) if scheme.country_rule is not None else None
    if example.country is not None and country != example.country:
        what = f"the example {example.serial!r} names {country or 'no country'}, not {example.country}"
        yield source.fault(loc, what, "correct one of them")


def _agree(decoded: Span | None, stated: Span) -> bool:
    """Whether a scheme finds the stated time: the two have a day in common."""
    return decoded is not None and decoded.first <= stated.last and stated.first <= decoded.last

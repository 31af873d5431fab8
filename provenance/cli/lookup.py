"""`provenance lookup`: one thing, now."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import click

from provenance.cli.choices import NearChoice
from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import AS_OF, CATALOG, day_of, option
from provenance.cli.settings import SettledCommand

KINDS = ("country", "maker", "model", "serial", "mac", "entity")


_JSON = json.JSONEncoder(ensure_ascii=True)
_PAGE = 4096
"""So many answers are written at once."""


@click.command(
    "lookup",
    cls=SettledCommand,
    epilog="""\b
Examples
  provenance lookup model "Antminer S21 Pro 234T"
  provenance lookup country "P.R.C." Taiwan
  provenance lookup mac - -f jsonl < macs.txt
  provenance lookup entity "Hangzhou Hikvision" --as-of 2024-06-01
""",
)
@click.argument("kind", type=NearChoice(KINDS))
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...")
@option(
    "-f",
    "--format",
    "form",
    of="lookup",
    type=NearChoice(["terminal", "jsonl"]),
    default="terminal",
    help="jsonl answers one line for each text.",
)
@CATALOG
@AS_OF
def command(
    kind: str, texts: tuple[str, ...], form: str, catalog: tuple[Path, ...], as_of: str | None
) -> ExitCode:
    """Look one thing up: a country of origin, a maker, a model, a serial number, a MAC address or a listed entity.

    A single dash reads lines from standard input and answers one line for each, blank ones too.
    """
    answer = _answerer(kind, catalog, day_of(as_of) or date.today())  # noqa: DTZ011
    said = _JSON.encode if form == "jsonl" else _sentence
    # A page at a time: a stream of a million texts is not flushed a million times.
    for page in _pages(_lines() if texts == ("-",) else texts):
        click.echo("\n".join([said(answer(text)) for text in page]))
    return ExitCode.CLEAR


def _pages(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while page := list(islice(rest, _PAGE)):
        yield page


def _lines() -> Iterable[str]:
    """Yield the lines of standard input; they end at line feeds only, and the last needs none."""
    data = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    lines = data.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _answerer(kind: str, catalogs: tuple[Path, ...], as_of: date) -> Callable[[str], dict[str, object]]:
    if kind == "country":
        from provenance.origin.lookup import lookup_country

        return lookup_country
    from provenance.catalog.database import open_catalogue
    from provenance.identify.lookup import lookup
    from provenance.identify.resolve import Identifier

    catalogue = open_catalogue(overlays=catalogs)
    identifier = Identifier(catalogue)
    if kind == "entity":
        from provenance.policy.entity_lookup import EntityLookup

        return EntityLookup(identifier, catalogue, as_of).find
    return lambda text: lookup(identifier, kind, text)


def _sentence(found: dict[str, object]) -> str:
    """Return an answer as a line, with a line for each of several readings below it."""
    readings = [
        item
        for value in found.values()
        if isinstance(value, list)
        for item in value
        if isinstance(item, dict)
    ]
    return "\n".join([f"{found['text']}: {_pairs(found)}", *(f"    {_pairs(item)}" for item in readings)])


def _pairs(found: dict[str, object]) -> str:
    return ", ".join(
        f"{key.replace('_', ' ')}: {_plain(value)}"
        for key, value in found.items()
        if key != "text"
        and value not in (None, "", [], ())
        and not (isinstance(value, list) and isinstance(value[0], dict))
    )


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(str(item) for item in value)
        case _:
            return str(value)

"""Which column means which field: header and content are scored together, and each field gets one column at most.

All pairs of column and field are scored before any is given away, best first, so the order of columns does not decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provenance.evidence import Grade
from provenance.inventory.content import Content, read_content
from provenance.inventory.table import DATE_FIELDS, Column, Field
from provenance.inventory.vocabulary import match_header

THRESHOLD = 0.5
"""Below it a column is not mapped: an unmapped column is seen, a wrong one is believed."""
_SENTENCE = 60
"""Mean characters above which values are sentences."""
_EMPTY = 0.03
"""What a header without a single value loses against one with values."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """What the content of a column says of a field that its header may name."""

    score: float
    words: str


@dataclass(frozen=True, slots=True)
class _Bid:
    """One column that may be one field."""

    score: float
    index: int
    field: Field
    reason: str


def map_columns(
    headers: Sequence[str], values: Mapping[int, Sequence[str]], *, headed: bool, origins: bool = True
) -> tuple[Column, ...]:
    """Decide what each column of a table means.

    Args:
        headers: The header of each column, empty where there is none.
        values: The cells below, by column; columns left out are taken for blank.
        headed: Whether the table has a header row; without one the content alone decides.
        origins: Whether values may be asked if they name countries.

    Returns:
        One `Column` for each header, in order.
    """
    contents = {index: read_content(values.get(index, ())) for index in range(len(headers))}
    bids: list[_Bid] = []
    for index, header in enumerate(headers):
        content = contents[index]
        if header.strip():
            bids.extend(_header_bids(index, header, content, origins=origins))
        if content.count and (not header.strip() or not headed):
            bids.extend(_content_bids(index, content, headed=headed))
        elif content.count:
            bids.extend(_sure_bids(index, content))
    chosen = _assign(bids)
    return tuple(
        Column(
            index=index,
            header=header,
            field=chosen[index].field if index in chosen else None,
            score=round(chosen[index].score, 2) if index in chosen else 0.0,
            reason=chosen[index].reason
            if index in chosen
            else _why_not(header, contents[index], bids, index),
            grade=Grade.DECLARED
            if index in chosen and chosen[index].field is Field.DECLARED_ORIGIN
            else None,
        )
        for index, header in enumerate(headers)
    )


def _assign(bids: Sequence[_Bid]) -> dict[int, _Bid]:
    chosen: dict[int, _Bid] = {}
    taken: set[Field] = set()
    # Of equal bids the column further left wins, as a reader would have it.
    for bid in sorted(bids, key=lambda bid: (-round(bid.score, 3), bid.index, bid.field)):
        if bid.score >= THRESHOLD and bid.index not in chosen and bid.field not in taken:
            chosen[bid.index] = bid
            taken.add(bid.field)
    return chosen


def _why_not(header: str, content: Content, bids: Sequence[_Bid], index: int) -> str:
    if content.running:
        return "counts the rows"
    if content.uuid > 0.5:
        return "identifiers of a database (UUID)"
    mine = sorted((bid for bid in bids if bid.index == index), key=lambda bid: -bid.score)
    if mine:
        best = mine[0]
        weaker = "another column fits better" if best.score >= THRESHOLD else "too weak"
        return f"could be {best.field} ({best.reason}), {weaker}"
    return "no known header" if header.strip() else "no header"


def _header_bids(index: int, header: str, content: Content, *, origins: bool) -> list[_Bid]:
    bids: list[_Bid] = []
    matches = match_header(header)
    for field, match in matches.items():
        fit = _fit(field, match.score, content, origins=origins)
        score = fit.score
        if field is Field.MODEL and "descri" in match.phrase and content.brand_first < 0.1:
            # Descriptions of goods are sentences more often than models.
            score -= 0.15 if content.length > _SENTENCE else 0.05
        if score > 0:
            words = f"header {match.phrase!r}" + (f", {fit.words}" if fit.words else "")
            bids.append(_Bid(min(score, 0.99), index, field, words))
    model = matches.get(Field.MODEL)
    if model is not None and model.score > 0.8 and Field.MAKER not in matches and _holds_makers(content):
        bids.append(
            _Bid(0.8, index, Field.MAKER, f"header {header.strip()!r} is about models, its values are brands")
        )
    if matches.keys() & {Field.HOSTNAME, Field.LOCATION} and content.ip >= 0.4:
        bids.append(_Bid(0.8, index, Field.IP, f"{content.ip:.0%} IP addresses"))
    if Field.HOSTNAME in matches and min(content.brand_first, content.modelish) > 0.5:
        bids.append(_Bid(0.66, index, Field.MODEL, f"{content.brand_first:.0%} begin with a known brand"))
    return bids


def _fit(field: Field, score: float, content: Content, *, origins: bool) -> _Fit:  # noqa: PLR0912 - one case a field
    """Return the score of a header after its values were heard; 0 when they contradict it."""
    if not content.count:
        return _Fit(score - _EMPTY if score > 0.7 else 0.0, "no values")
    match field:
        case Field.MAC:
            return _share(score, content.mac, 0.3, "MAC addresses")
        case Field.IP:
            return _share(score, content.ip, 0.3, "IP addresses")
        case Field.SERIAL:
            return _fit_serial(score, content)
        case Field.MODEL:
            return _fit_model(score, content)
        case Field.MAKER:
            return _fit_maker(score, content)
        case Field.DECLARED_ORIGIN:
            return _fit_origin(score, content) if origins else _Fit(score, "")
        case Field.QUANTITY:
            return _fit_quantity(score, content)
        case Field.HASHRATE | Field.POWER | Field.UNIT_PRICE:
            return _share(score, max(content.amount, content.hashrate, content.watt), 0.5, "amounts")
        case Field.HOSTNAME:
            return _fit_text(score, content) if content.ip < 0.4 and not content.running else _Fit(0.0, "")
        case Field.CURRENCY:
            return _Fit(score if content.length <= 12 and content.number < 0.5 else 0.0, "")
        case _ if field in DATE_FIELDS:
            return _fit_date(field, score, content)
        case Field.CATEGORY | Field.CONDITION | Field.SUPPLIER | Field.OWNER | Field.IMPORTER:
            return _fit_text(score, content)
        case _:
            return _Fit(score if content.uuid < 0.5 and content.mac < 0.5 else 0.0, "")


def _share(score: float, share: float, needed: float, what: str) -> _Fit:
    if share < needed:
        return _Fit(0.0, f"{share:.0%} {what}")
    return _Fit(score + 0.03 * share - (0.1 if share < 0.5 else 0.0), f"{share:.0%} {what}")


def _fit_serial(score: float, content: Content) -> _Fit:
    if content.running:
        return _Fit(0.0, "counts the rows")
    if content.uuid > 0.5 or content.ip > 0.5 or content.mac > 0.8:
        return _Fit(0.0, "values are no serials")
    if content.length < 3:
        # Numbers this small are row numbers or counts; short codes under the very word are serials all the same.
        return _Fit(0.0 if content.integer > 0.5 else score - 0.3, "values are very short")
    if content.date > 0.5:
        return _Fit(0.0, "values are dates")
    if content.words > 0.6 and content.code < 0.2:
        return _Fit(score - 0.4, "values are phrases")
    if content.count >= 20 and content.distinct < 0.05:
        return _Fit(score - 0.3, "values repeat")
    return _Fit(score + 0.03 * content.code, f"{content.code:.0%} look like serials")


def _fit_model(score: float, content: Content) -> _Fit:
    if content.running or max(content.mac, content.ip, content.uuid, content.date) > 0.5:
        return _Fit(0.0, "values are no models")
    if content.integer > 0.8 and content.length < 3.5:
        return _Fit(0.0, "values are small numbers")
    if _holds_makers(content):
        return _Fit(score - 0.45, "values are brands")
    if score < 0.8 and content.letters < 0.5:
        return _Fit(0.0, "values are numbers")
    # A vague header ("Type", "Description") is believed as far as its values look like names of models.
    gain = 0.06 * content.modelish + 0.04 * content.brand_first
    if score < 0.8 and content.modelish < 0.1 and content.brand_first < 0.1:
        gain -= 0.08
    return _Fit(score + gain, f"{content.modelish:.0%} look like models")


def _holds_makers(content: Content) -> bool:
    """Whether the values are names of makers: most of them, or many and hardly a model among them."""
    return content.brand > 0.5 or (content.brand > 0.2 and content.modelish < 0.15)


def _fit_maker(score: float, content: Content) -> _Fit:
    if content.letters < 0.5 or max(content.mac, content.ip, content.uuid, content.date) > 0.5:
        return _Fit(0.0, "values are no names")
    if score < 0.8 and content.brand < 0.3:
        return _Fit(0.0, "values are no known brands")
    return _Fit(score + 0.03 * content.brand, f"{content.brand:.0%} known brands" if content.brand else "")


def _fit_origin(score: float, content: Content) -> _Fit:
    share = content.country()
    if score < 0.8 and share < 0.6:
        return _Fit(0.0, f"{share:.0%} countries")
    return _Fit(score + 0.03 * share - (0.25 if share < 0.2 else 0.0), f"{share:.0%} countries")


def _fit_quantity(score: float, content: Content) -> _Fit:
    if content.amount < 0.4 or (content.running and content.count >= 5) or content.date > 0.5:
        return _Fit(0.0, "values are no quantities")
    return _Fit(score + 0.03 * content.integer, f"{content.amount:.0%} numbers")


def _fit_date(field: Field, score: float, content: Content) -> _Fit:
    if field is Field.MANUFACTURE_DATE and content.year >= 0.5:
        return _Fit(score - 0.1, "years")
    dated = content.date + content.year
    if dated < 0.4:
        return _Fit(0.0, f"{dated:.0%} dates")
    return _Fit(score + 0.03 * content.date, f"{content.date:.0%} dates")


def _fit_text(score: float, content: Content) -> _Fit:
    if content.letters < 0.3 or max(content.mac, content.uuid, content.date) > 0.5:
        return _Fit(0.0, "values are no names")
    return _Fit(score, "")


def _sure_bids(index: int, content: Content) -> list[_Bid]:
    """Bids under an unknown header: only what cannot be anything else."""
    if content.mac >= 0.8 and content.count >= 3 and content.distinct > 0.5:
        return [_Bid(0.7, index, Field.MAC, f"{content.mac:.0%} MAC addresses")]
    return []


def _content_bids(index: int, content: Content, *, headed: bool) -> list[_Bid]:
    """Bids of a column without a header."""
    bids: list[_Bid] = []
    if content.mac >= 0.5:
        return [_Bid(0.85, index, Field.MAC, f"{content.mac:.0%} MAC addresses")]
    if content.ip >= 0.5:
        return [_Bid(0.8, index, Field.IP, f"{content.ip:.0%} IP addresses")]
    if content.uuid > 0.5 or content.running or content.date > 0.5:
        return []
    if content.hashrate >= 0.8:
        return [_Bid(0.6, index, Field.HASHRATE, f"{content.hashrate:.0%} hash rates")]
    if content.watt >= 0.8:
        return [_Bid(0.6, index, Field.POWER, f"{content.watt:.0%} powers")]
    if content.brand >= 0.5:
        bids.append(_Bid(0.75, index, Field.MAKER, f"{content.brand:.0%} known brands"))
    elif content.brand_first >= 0.3 and content.modelish >= 0.3:
        bids.append(_Bid(0.7, index, Field.MODEL, f"{content.brand_first:.0%} begin with a known brand"))
    if not headed and _looks_serial(content):
        bids.append(_Bid(0.6, index, Field.SERIAL, f"{content.code:.0%} look like serials, all distinct"))
    if content.count >= 1 and content.letters > 0.9 and content.length < 30 and content.modelish < 0.2:
        share = content.country()
        if share >= 0.9:
            # Which country a bare column means cannot be seen: it is named and left unmapped.
            bids.append(_Bid(0.3, index, Field.DECLARED_ORIGIN, f"{share:.0%} countries"))
    return bids


_LETTERS_AND_DIGITS = re.compile(r"[A-Za-z].*\d|\d.*[A-Za-z]")


def _looks_serial(content: Content) -> bool:
    mixed = sum(_LETTERS_AND_DIGITS.search(value) is not None for value in content.values)
    long = content.length >= 8
    return (
        content.code >= 0.8
        and content.distinct >= 0.9
        and long
        and mixed >= 0.8 * max(1, len(content.values))
    )

"""Which fields a column may be, with a score each: by its header and by its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provenance.expressions import expression
from provenance.inventory.content import MAC, Content, numbered
from provenance.inventory.fits import SURE, Setting, fit, holds_makers
from provenance.inventory.known import Known
from provenance.inventory.table import Field
from provenance.inventory.vocabulary import HeaderMatch, fold, match_header
from provenance.records import dataclass

_MOST = 0.99
"""No score says that an error is impossible."""
_OF_PRESET = 0.97
"""What a header of a known export format is worth."""
_TARIFF = expression(
    r"\b(?:hs|hts|hts us|commodity|tariff|customs tariff|ncm|taric|schedule b) (?:code|number|no|heading)\b|^(?:hs|hts|ncm|hscode|htscode)$"
    r"|\b(?:hscode|zolltarif\w*|тн вэд|тнвэд|код тн вэд)\b|海关编码|商品编码|税则号|税号"
)
"""Headers of customs tariffs, folded."""
_TRADERS = expression(
    r"\b(?:importer|exporter|shipper|consignee|buyer|supplier|consignor|declarant|importador|exportador|proveedor|"
    r"importateur|exportateur|fornecedor|импортер|экспортер|отправитель|получатель)\b|进口商|出口商|收货人|发货人"
)
"""Headers of those who send and receive goods, folded."""


@dataclass(frozen=True, slots=True)
class Bid:
    """One column that may be one field."""

    score: float
    index: int
    field: Field
    reason: str


def is_trade(headers: Sequence[str]) -> bool:
    """Return whether a table is of customs or trade data, by headers for the customs tariff and for who trades."""
    folded = [fold(header) for header in headers if header]
    return any(map(_TARIFF.search, folded)) and any(map(_TRADERS.search, folded))


def header_bids(index: int, header: str, content: Content, setting: Setting) -> list[Bid]:
    """Return what a column may be by its header, its values heard."""
    matches = match_header(header)
    bids: list[Bid] = []
    for field, match in matches.items():
        found = fit(field, match.score, match.phrase, content, setting)
        if found.score > 0:
            words = f"header {match.phrase!r}" + (f", {found.words}" if found.words else "")
            bids.append(Bid(min(found.score, _MOST), index, field, words))
    besides = _besides(index, header, content, matches, setting.known)
    if any(bid.field is Field.MAKER for bid in besides):
        bids = [bid for bid in bids if bid.field is not Field.OWNER]
    return bids + besides


def preset_bids(
    index: int, preset: str, field: Field | None, content: Content, setting: Setting
) -> list[Bid]:
    """Return what a column of a known export format is; its values can refuse it all the same."""
    if field is None:
        return []
    found = fit(field, _OF_PRESET, "", content, setting)
    words = f"preset {preset}" + (f", {found.words}" if found.words else "")
    return [Bid(min(found.score, _MOST), index, field, words)] if found.score > 0 else []


def _besides(
    index: int, header: str, content: Content, matches: Mapping[Field, HeaderMatch], known: Known
) -> list[Bid]:
    """What the values say against or beyond the header."""
    bids: list[Bid] = []
    model = matches.get(Field.MODEL)
    if model is not None and model.score > SURE and Field.MAKER not in matches and holds_makers(content):
        bids.append(
            Bid(0.8, index, Field.MAKER, f"header {header.strip()!r} is about models, its values are brands")
        )
    if matches.keys() & {Field.HOSTNAME, Field.LOCATION} and content.ip >= 0.4:
        bids.append(Bid(0.8, index, Field.IP, f"{content.ip:.0%} IP addresses"))
    if Field.HOSTNAME in matches and content.count:
        share = max(min(content.brand_first, content.modelish), content.products(known))
        if share > 0.5:
            bids.append(Bid(0.66, index, Field.MODEL, f"{share:.0%} name a known product"))
    if Field.OWNER in matches and Field.MAKER not in matches and content.count:
        share = max(content.brand, content.makers(known))
        if share > 0.6:
            bids.append(Bid(0.7, index, Field.MAKER, f"header {header.strip()!r}, {share:.0%} known brands"))
    return bids


def sure_bids(index: int, content: Content) -> list[Bid]:
    """Return bids under an unknown header: only what cannot be anything else."""
    marked = sum(MAC.match(value) is not None for value in content.values)
    # Twelve bare hex digits may be a digest as well as an address.
    if (
        content.mac >= 0.8
        and marked >= 0.8 * len(content.values)
        and content.count >= 3
        and content.distinct > 0.5
    ):
        return [Bid(0.7, index, Field.MAC, f"{content.mac:.0%} MAC addresses")]
    return []


def content_bids(index: int, content: Content, setting: Setting, *, headed: bool) -> list[Bid]:
    """Return what a column without a header may be."""
    bids: list[Bid] = []
    if content.mac >= 0.5:
        return [Bid(0.85, index, Field.MAC, f"{content.mac:.0%} MAC addresses")]
    if content.ip >= 0.5:
        return [Bid(0.8, index, Field.IP, f"{content.ip:.0%} IP addresses")]
    if content.uuid > 0.5 or content.running or content.date > 0.5:
        return []
    if content.hashrate >= 0.8:
        return [Bid(0.6, index, Field.HASHRATE, f"{content.hashrate:.0%} hash rates")]
    if content.watt >= 0.8:
        return [Bid(0.6, index, Field.POWER, f"{content.watt:.0%} powers")]
    if content.letters >= 0.5 and content.length < 80:
        makers = max(content.brand, content.makers(setting.known))
        products = content.products(setting.known)
        if makers >= 0.5:
            bids.append(Bid(0.75, index, Field.MAKER, f"{makers:.0%} known brands"))
        elif products >= 0.5 or (max(content.brand_first, products) >= 0.3 and content.modelish >= 0.3):
            share = max(content.brand_first, products)
            bids.append(Bid(0.7, index, Field.MODEL, f"{share:.0%} name a known product"))
    if not headed and not bids and _looks_serial(content, setting.known):
        bids.append(Bid(0.6, index, Field.SERIAL, f"{content.code:.0%} look like serials, all distinct"))
    if content.count >= 1 and content.letters > 0.9 and content.length < 30 and content.modelish < 0.2:
        share = content.country()
        if share >= 0.9:
            # Which country a bare column means cannot be seen: it is named and left unmapped.
            bids.append(Bid(0.3, index, Field.DECLARED_ORIGIN, f"{share:.0%} countries"))
    return bids


_BARE_SERIAL = expression(r"^(?=.*[A-Z])(?=.*\d)[A-Z0-9][A-Z0-9\-]{6,31}$")
"""What a serial number looks like where no header says so: capitals and figures, nothing else."""


_BARE_LENGTH = 10
"""Mean characters below which bare codes are articles and tags as often as serial numbers."""


def _looks_serial(content: Content, known: Known) -> bool:
    """Whether bare values are serial numbers: of a shape that a maker uses, or long, and not handed out one by one."""
    shaped = sum(_BARE_SERIAL.match(value) is not None for value in content.values)
    if content.distinct < 0.9 or content.count < 3 or shaped < 0.9 * len(content.values):
        return False
    if content.length < _BARE_LENGTH:
        return False
    if content.serials(known) >= 0.5:
        return True
    return not numbered(content.values) and content.products(known) < 0.3

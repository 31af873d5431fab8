"""What the columns beside a column let it be: who sold and who made, names and what describes them, places without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.expressions import expression
from provenance.inventory.bids import Bid
from provenance.inventory.content import Content
from provenance.inventory.fits import SURE
from provenance.inventory.known import Known
from provenance.inventory.table import Field
from provenance.inventory.vocabulary import fold

_UNSURE = 0.4
"""What is said and not taken."""
_BUYING = frozenset(
    {Field.ORDER, Field.UNIT_PRICE, Field.PURCHASE_DATE, Field.CURRENCY, Field.CONTRACT_DATE, Field.IMPORTER}
)
"""Fields of lists about buying, in which a vendor is who sold."""
_BARE_NAMES = frozenset(
    {
        "name",
        "nom",
        "nome",
        "nombre",
        "naam",
        "nazwa",
        "bezeichnung",
        "название",
        "наименование",
        "имя",
        "名称",
        "名前",
    }
)
"""Headers, folded, that say "name" and not of what."""
_NAME = expression(
    r"\b(?:name|nom|nome|nombre|naam|nazwa|title|titulo|bezeichnung|наименование|название|артикул|mpn|partnumber|"
    r"part (?:number|no|nr)|teilenummer)\b|名称|品名|料号"
)
"""Headers of names and of part numbers, folded."""
_PEOPLE = expression(
    r"\b(?:employee|employees|emp|staff|surname|(?:first|last|family) name|qualification|salary|joining|prenom|vorname|"
    r"nachname|apellidos?|sobrenome|cognome|фамилия|отчество|фио)\b|姓名|工号"
)
"""Headers that speak of people, folded."""
_POSTS = frozenset({"designation", "title", "position"})
"""Headers, folded, that are a post where a table is of people."""
_DESCRIPTION = expression(r"descri|beschreib|omschr|описани|描述|说明|説明")
"""Headers of descriptions, folded."""
_TOLD = 0.1
"""The share of known products from which a description names them itself."""
_PRODUCTS = 0.3
"""The share of known products from which a bare name is the name of a product."""


def weigh_neighbours(
    bids: Sequence[Bid], headers: Sequence[str], contents: Sequence[Content], known: Known, *, headed: bool
) -> list[Bid]:
    """Return the bids as the columns beside them let them stand.

    Args:
        bids: What each column may be.
        headers: The header of each column.
        contents: The values of each column.
        known: Who knows the names of makers and products.
        headed: Whether the table has a header row.
    """
    if not headed and any(bid.field is Field.MODEL for bid in bids):
        # A bare column of brands beside models that name their brand may be who sold.
        return [replace(bid, score=_UNSURE) if bid.field is Field.MAKER else bid for bid in bids]
    left = _vendors(bids, headers)
    left = _names_of_people(left, headers, contents, known)
    left = _names_of_hosts(left, headers, contents, known)
    left = _descriptions(left, headers, contents, known)
    return _places(left, contents)


def _vendors(bids: Sequence[Bid], headers: Sequence[str]) -> list[Bid]:
    """A vendor beside prices and orders is who sold; in a technical list without any, and without a maker, it is the maker."""
    buying = any(bid.field in _BUYING and bid.score >= SURE for bid in bids)
    makers = {bid.index for bid in bids if bid.field is Field.MAKER and bid.score >= SURE}
    suppliers = {bid.index for bid in bids if bid.field is Field.SUPPLIER and bid.score >= SURE}
    if buying or makers or len(suppliers) != 1 or "vendor" not in fold(headers[min(suppliers)]):
        return list(bids)
    named = {bid.index for bid in bids if bid.field is Field.MAKER and bid.index in suppliers}
    return [bid for bid in bids if bid.field is not Field.SUPPLIER or bid.index not in named]


def _names_of_hosts(
    bids: Sequence[Bid], headers: Sequence[str], contents: Sequence[Content], known: Known
) -> list[Bid]:
    """In a list of addresses a bare name is what one machine is called there, unless it names a product."""
    if not any(bid.field in {Field.IP, Field.MAC} and bid.score >= SURE for bid in bids):
        return list(bids)
    return [
        replace(bid, field=Field.HOSTNAME)
        if bid.field is Field.MODEL
        and fold(headers[bid.index]) in _BARE_NAMES
        and _products(contents[bid.index], known) < _PRODUCTS
        else bid
        for bid in bids
    ]


def _names_of_people(
    bids: Sequence[Bid], headers: Sequence[str], contents: Sequence[Content], known: Known
) -> list[Bid]:
    """Beside what only people have, a bare name is somebody's and a designation a post, unless it names products."""
    folded = [fold(header) for header in headers]
    if not any(map(_PEOPLE.search, folded)):
        return list(bids)
    return [
        bid
        for bid in bids
        if bid.field is not Field.MODEL
        or folded[bid.index] not in _BARE_NAMES | _POSTS
        or _products(contents[bid.index], known) >= _PRODUCTS
    ]


def _descriptions(
    bids: Sequence[Bid], headers: Sequence[str], contents: Sequence[Content], known: Known
) -> list[Bid]:
    """A description beside the name of a thing tells of the thing that is named, unless it names products itself."""
    named = {
        bid.index
        for bid in bids
        if bid.field is Field.MODEL and bid.score > _UNSURE and _NAME.search(fold(headers[bid.index]))
    }
    return [
        replace(bid, score=min(bid.score, _UNSURE))
        if bid.field is Field.MODEL
        and named - {bid.index}
        and _DESCRIPTION.search(fold(headers[bid.index]))
        and _products(contents[bid.index], known) < _TOLD
        else bid
        for bid in bids
    ]


def _places(bids: Sequence[Bid], contents: Sequence[Content]) -> list[Bid]:
    """A column of places that holds nothing gives way to one that holds some."""
    told = {
        bid.index for bid in bids if bid.field in {Field.SITE, Field.LOCATION} and contents[bid.index].count
    }
    return [
        bid
        for bid in bids
        if bid.field not in {Field.SITE, Field.LOCATION} or not told or contents[bid.index].count
    ]


def _products(content: Content, known: Known) -> float:
    return max(content.products(known), content.brand_first)

"""How well the values of a column fit the field that its header names: they can raise its score, lower it, or refuse."""

from __future__ import annotations

from provenance.inventory.content import Content
from provenance.inventory.known import Known
from provenance.inventory.table import DATE_FIELDS, Field
from provenance.inventory.vocabulary import load_vocabulary
from provenance.records import dataclass

SURE = 0.8
"""A header that scores above says what it means; below, the values have to bear it out."""
_EMPTY = 0.03
"""What a header without a single value loses against one with values."""
_SENTENCE = 60
"""Mean characters above which values are sentences."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What the content of a column says of a field that its header may name."""

    score: float
    """0 when the values contradict the header."""
    words: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a column when it is looked at."""

    known: Known
    trade: bool
    """Whether the table is of customs or trade data: what it describes is goods of every kind."""


def fit(field: Field, score: float, phrase: str, content: Content, setting: Setting) -> Fit:  # noqa: PLR0912 - one case a field
    """Return the score of a header after its values were heard.

    Args:
        field: What the header may mean.
        score: How well the header alone says so, 0 to 1.
        phrase: The known phrase that the header was matched with.
        content: The values.
        setting: What is known around it.
    """
    if setting.trade and field in {Field.SITE, Field.LOCATION}:
        return Fit(0.0, "places of trade data are ports and addresses")
    if not content.count:
        return Fit(score - _EMPTY if score > 0.7 else 0.0, "no values")
    match field:
        case Field.MAC:
            return _share(score, content.mac, 0.3, "MAC addresses")
        case Field.IP:
            return _share(score, content.ip, 0.3, "IP addresses")
        case Field.SERIAL:
            return _serial(score, content)
        case Field.MODEL:
            return _model(score, phrase, content, setting)
        case Field.MAKER:
            return _maker(score, content, setting)
        case Field.DECLARED_ORIGIN:
            return _origin(score, content)
        case Field.QUANTITY:
            return _quantity(score, content)
        case Field.HASHRATE | Field.POWER | Field.UNIT_PRICE:
            return _share(score, max(content.amount, content.hashrate, content.watt), 0.5, "amounts")
        case Field.HOSTNAME:
            return _text(score, content) if content.ip < 0.4 and not content.running else Fit(0.0, "")
        case Field.CURRENCY:
            return Fit(score if content.length <= 12 and content.number < 0.5 else 0.0, "")
        case _ if field in DATE_FIELDS:
            return _date(field, score, content)
        case Field.CATEGORY | Field.CONDITION | Field.SUPPLIER | Field.OWNER | Field.IMPORTER:
            return _text(score, content)
        case Field.SITE | Field.LOCATION:
            if max(content.boolean, content.uuid, content.mac, content.date) > 0.5:
                return Fit(0.0, "values are no places")
            return Fit(score, "")
        case _:
            return Fit(score if max(content.uuid, content.mac, content.boolean) <= 0.5 else 0.0, "")


def _share(score: float, share: float, needed: float, what: str) -> Fit:
    if share < needed:
        return Fit(0.0, f"{share:.0%} {what}")
    return Fit(score + 0.03 * share - (0.1 if share < 0.5 else 0.0), f"{share:.0%} {what}")


def _serial(score: float, content: Content) -> Fit:
    if content.running:
        return Fit(0.0, "counts the rows")
    if content.uuid > 0.5 or content.ip > 0.5 or content.mac > 0.8 or content.boolean > 0.5:
        return Fit(0.0, "values are no serials")
    if content.length < 3:
        # Numbers this small are row numbers or counts; short codes under the very word are serials all the same.
        return Fit(0.0 if content.integer > 0.5 else score - 0.3, "values are very short")
    if content.date > 0.5:
        return Fit(0.0, "values are dates")
    if score < SURE and (content.code < 0.6 or content.distinct < 0.8):
        return Fit(0.0, f"{content.code:.0%} look like serials")
    if content.words > 0.6 and content.code < 0.2:
        return Fit(score - 0.4, "values are phrases")
    if content.count >= 20 and content.distinct < 0.05:
        return Fit(score - 0.3, "values repeat")
    return Fit(score + 0.03 * content.code, f"{content.code:.0%} look like serials")


def _model(score: float, phrase: str, content: Content, setting: Setting) -> Fit:
    if content.running or max(content.mac, content.ip, content.uuid, content.date, content.boolean) > 0.5:
        return Fit(0.0, "values are no models")
    if content.integer > 0.8 and content.length < 3.5:
        return Fit(0.0, "values are small numbers")
    if holds_makers(content):
        return Fit(score - 0.45, "values are brands")
    if score >= SURE:
        return Fit(score + 0.06 * content.modelish, f"{content.modelish:.0%} look like models")
    if content.letters < 0.5:
        return Fit(0.0, "values are numbers")
    if (content.prose if "descri" in phrase else content.sentences) > 0.5:
        return Fit(0.0, "values are sentences")
    kinds = load_vocabulary().kinds
    # A vague header ("Type", "Description") is believed as far as its values are known or look like names of models.
    named = max(content.products(setting.known), content.brand_first)
    if max(named, content.modelish) < 0.1 and any(word in kinds for word in phrase.split(" ")):
        return Fit(0.0, "values name kinds of things")
    if setting.trade and named < 0.3:
        return Fit(0.0, f"goods of trade data, {named:.0%} known products")
    gain = 0.06 * content.modelish + 0.08 * named
    if content.modelish < 0.1 and named < 0.1:
        gain -= 0.08
    if "descri" in phrase and named < 0.1:
        # Descriptions of goods are sentences more often than models.
        gain -= 0.15 if content.length > _SENTENCE else 0.05
    told = f"{named:.0%} known products" if named >= 0.1 else f"{content.modelish:.0%} look like models"
    return Fit(score + gain, told)


def holds_makers(content: Content) -> bool:
    """Whether the values are names of makers: most of them, or some of them while hardly a model is among the rest."""
    if content.brand > 0.5 or (content.brand > 0.2 and content.modelish < 0.15):
        return True
    # A list names few makers again and again; of these a vocabulary knows the large ones.
    return (
        content.count >= 10 and content.brand >= 0.1 and max(content.modelish, 0.2 * content.distinct) < 0.1
    )


def _maker(score: float, content: Content, setting: Setting) -> Fit:
    if (
        content.letters < 0.5
        or max(content.mac, content.ip, content.uuid, content.date, content.boolean) > 0.5
    ):
        return Fit(0.0, "values are no names")
    share = max(content.brand, content.makers(setting.known))
    if score < SURE and share < 0.3:
        return Fit(0.0, "values are no known brands")
    return Fit(score + 0.03 * share, f"{share:.0%} known brands" if share else "")


def _origin(score: float, content: Content) -> Fit:
    if content.boolean > 0.5:
        return Fit(0.0, "values say yes or no")
    share = content.country()
    if score < SURE and share < 0.6:
        return Fit(0.0, f"{share:.0%} countries")
    return Fit(score + 0.03 * share - (0.25 if share < 0.2 else 0.0), f"{share:.0%} countries")


def _quantity(score: float, content: Content) -> Fit:
    counts = content.running and content.count >= 5 and content.values[0] in {"0", "1", "0.0", "1.0"}
    if content.amount < 0.4 or counts or content.date > 0.5:
        return Fit(0.0, "values are no quantities")
    return Fit(score + 0.03 * content.integer, f"{content.amount:.0%} numbers")


def _date(field: Field, score: float, content: Content) -> Fit:
    if field is Field.MANUFACTURE_DATE and content.year >= 0.5:
        return Fit(score - 0.1, "years")
    dated = content.date + content.year
    if dated < 0.4:
        return Fit(0.0, f"{dated:.0%} dates")
    return Fit(score + 0.03 * content.date, f"{content.date:.0%} dates")


def _text(score: float, content: Content) -> Fit:
    if content.letters < 0.3 or max(content.mac, content.uuid, content.date, content.boolean) > 0.5:
        return Fit(0.0, "values are no names")
    return Fit(score, "")

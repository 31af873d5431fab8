"""How readings of texts are put together, so that each says the same in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from provenance.identify.codes import CodeIndex
from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.names import MINING, MakerNames


class Readings:
    """Makes readings with the names and categories of a catalogue."""

    def __init__(self, names: MakerNames, codes: CodeIndex) -> None:
        self._names = names
        self._codes = codes

    def of_machine(
        self,
        maker: str,
        tier: Tier,
        because: str,
        alternatives: Iterable[str] = (),
        *,
        model: str | None = None,
        model_tier: Tier = Tier.NONE,
    ) -> TextReading:
        """Return the reading of a machine of a known maker.

        Args:
            maker: Its maker.
            tier: How the maker was reached.
            because: What decided.
            alternatives: Models between which the reading abstains.
            model: Its model, None when unknown.
            model_tier: How the model was reached.
        """
        return TextReading(
            kind=Kind.MACHINE,
            maker=maker,
            maker_name=self._names.names[maker],
            maker_tier=tier,
            model=model,
            model_name=self._codes.models[model].name if model is not None else None,
            model_tier=model_tier,
            decided_by=because,
            alternatives=tuple(sorted(alternatives)),
            category=self._category(maker, model),
        )

    def _category(self, maker: str, model: str | None) -> str | None:
        """What a machine is; a maker of other equipment makes several things, and its first is no answer."""
        category = self._names.categories[maker]
        return category if model is not None or category == MINING else None

    def of_kind(
        self,
        kind: Kind,
        maker: str,
        tier: Tier,
        because: str,
        *,
        called: str | None = None,
        category: str | None = None,
    ) -> TextReading:
        """Return the reading of anything of a known maker, without a model.

        Args:
            kind: What it is.
            maker: Its maker.
            tier: How the maker was reached.
            because: What decided.
            called: What it is called, where its numbering tells its product line.
            category: The category of that product line.
        """
        return TextReading(
            kind,
            maker,
            self._names.names[maker],
            tier,
            None,
            called,
            Tier.NONE,
            because,
            (),
            category or self._category(maker, None),
        )


def nothing(kind: Kind, because: str, alternatives: Iterable[str] = ()) -> TextReading:
    """Return the reading of a text whose maker is unknown or open between alternatives."""
    return TextReading(
        kind, None, None, Tier.NONE, None, None, Tier.NONE, because, tuple(sorted(alternatives)), None
    )


def as_fuzzy(reading: TextReading, why: str) -> TextReading:
    """A reading that rests on a mended text: never better than fuzzy."""
    return replace(
        reading,
        maker_tier=max(reading.maker_tier, Tier.FUZZY, key=lambda tier: tier.rank),
        model_tier=max(reading.model_tier, Tier.FUZZY, key=lambda tier: tier.rank),
        decided_by=f"{reading.decided_by}; {why}",
    )

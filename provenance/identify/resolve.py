"""The identifier: what each witness says of a machine, and the identity they add up to.

A witness never overrides a text that names its maker by an exact name or by the grammar. Where the texts say
nothing, the shape of a serial number may name the maker: at tier `grammar` when its maker documents the scheme, at
tier `fuzzy` when the scheme is inferred, so that it proves nothing. A MAC address only ever adds an alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from provenance.catalog.database import Catalogue
from provenance.catalog.records import PartKind
from provenance.identify.claims import makers_of_firmware
from provenance.identify.codes import CodeIndex
from provenance.identify.identity import (
    Identity,
    Kind,
    MacReading,
    RowTexts,
    SerialReading,
    SerialReadings,
    TextReading,
    Tier,
)
from provenance.identify.lines import ProductLines
from provenance.identify.macs import MacReader, MacStanding
from provenance.identify.names import MakerNames
from provenance.identify.part_codes import PartCodes
from provenance.identify.serials import SerialReader
from provenance.identify.texts import TextReader

if TYPE_CHECKING:
    import polars as pl

    from provenance.identify.many_texts import ManyTexts

_REMEMBERED = 1 << 18
"""So many distinct texts are remembered; a file in which every text differs must not fill the memory."""
_MANY = 500
"""From so many new rows on, it pays to look at all of them at once."""
_INTERFACE_CATEGORIES = frozenset({"component", "cellular-module", "asic-chip", "firmware"})
_INTERFACE_MAKERS = frozenset({"foxconn", "intel", "liteon", "murata", "nvidia-mellanox", "quanta", "wiwynn"})
"""Makers whose network interfaces sit in machines of others: their block says nothing about the machine."""


class Identifier:
    """Says what machines are, by the texts, serial numbers and MAC addresses of their rows."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Build the indexes of a catalogue.

        Args:
            catalogue: The manufacturer-origin database.
        """
        self._names = MakerNames(catalogue.makers(), catalogue.families(), catalogue.content)
        self._codes = CodeIndex(
            catalogue.models_by_id(), self._names, catalogue.collisions(), catalogue.content
        )
        self._texts = TextReader(
            self._names,
            self._codes,
            ProductLines(catalogue.product_lines(), self._names),
            PartCodes(catalogue.part_codes()),
        )
        self._serials = SerialReader(catalogue.serial_schemes())
        self._macs = MacReader(catalogue)
        self._memo: dict[RowTexts, TextReading] = {}

    def read_text(
        self,
        maker_text: str | None,
        model_text: str | None,
        category: str | None = None,
        firmware: str | None = None,
    ) -> TextReading:
        """Return what the texts of a row say; memoised.

        Args:
            maker_text: The maker column, None when there is none.
            model_text: The model column, None when there is none.
            category: The category column; places short numbers, never decides alone.
            firmware: The firmware column; tells makers of one code apart, never decides alone.
        """
        key = (maker_text, model_text, category, firmware)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) >= _REMEMBERED:
                self._memo.clear()
            beside = self._texts.beside(maker_text, category, firmware)
            known = self._memo[key] = self._texts.read(model_text, beside)
        return known

    def read_rows(self, rows: Sequence[RowTexts]) -> list[TextReading]:
        """Return what the texts of many rows say, as `read_text` does for one; in much less time where many are new.

        Args:
            rows: Distinct rows.
        """
        new = [row for row in rows if row not in self._memo]
        if len(new) >= _MANY and len(self._memo) + len(new) <= _REMEMBERED:
            self._memo.update(zip(new, self._many.read(new), strict=True))
        return [self.read_text(*row) for row in rows]

    def read_texts(self, texts: Sequence[str]) -> list[TextReading]:
        """Return what many distinct model texts say that stand for themselves, one reading for each; nothing is memoised."""
        return self._many.read([(None, text, None, None) for text in texts])

    @cached_property
    def _many(self) -> ManyTexts:
        from provenance.identify.many_texts import ManyTexts

        return ManyTexts(self._texts, self._names, self._codes)

    def read_maker(self, text: str | None) -> TextReading:
        """Return what a text says that stands for a maker alone."""
        return self.read_text(text, None)

    def read_serial(self, serial: str | None, maker: str | None = None) -> SerialReading | None:
        """Return what a serial number says; see `serials.SerialReader.read`."""
        return self._serials.read(serial, maker)

    def read_stems(self, stems: pl.Series) -> dict[str, SerialReadings]:
        """Return what the serial numbers of distinct stems say; see `serials.SerialReader.read_stems`."""
        return self._serials.read_stems(stems)

    def read_serial_for_every_maker(self, serial: str) -> tuple[tuple[str, SerialReading], ...]:
        """Return every reading that the shape of a serial number allows, each with the maker whose scheme it is."""
        return tuple((scheme.maker, reading) for scheme, reading in self._serials.read_all(serial))

    def read_mac(self, mac: str | None) -> MacReading | None:
        """Return who registered the block of a MAC address; see `macs.MacReader.read`."""
        return self._macs.read(mac)

    def mac_standing(self, text: str) -> MacStanding:
        """Return what a text for a MAC address is worth; see `macs.MacStanding`."""
        return self._macs.standing(text)

    def maker_of_mac_key(self, key: str | None) -> MacReading | None:
        """Return who registered the block of the addresses of a key; see `macs.mac_keys`."""
        return self._macs.read(key)

    def makers_of_firmware(self, text: str) -> tuple[str, ...]:
        """Return the makers of miners that a firmware column names, sorted."""
        return tuple(sorted(makers_of_firmware(self._names, text)))

    def maker_behind(self, mac: MacReading) -> str | None:
        """Return the maker that a MAC address points to; None for a maker of interfaces, chips and boards."""
        return self._mac_witness(mac)

    def maker_name(self, maker: str) -> str:
        """Return the name of a maker of the catalogue.

        Raises:
            KeyError: There is no such maker.
        """
        return self._names.names[maker]

    def combine(
        self, text: TextReading, serial: SerialReading | None = None, mac: MacReading | None = None
    ) -> Identity:
        """Return what a machine is by all its witnesses.

        Args:
            text: What its texts say.
            serial: What its serial number says.
            mac: Who registered its MAC address.
        """
        reading = self._with_serial(text, serial) if serial is not None else text
        reading = self._with_mac(reading, mac) if mac is not None else reading
        return Identity(
            kind=reading.kind,
            maker=reading.maker,
            maker_name=reading.maker_name,
            maker_tier=reading.maker_tier,
            model=reading.model,
            model_name=reading.model_name,
            model_tier=reading.model_tier,
            category=reading.category,
            alternatives=reading.alternatives,
            makers=self._possible(reading, text),
            decided_by=reading.decided_by,
            disagreements=self._disagreements(text, serial, mac),
        )

    # -- serial numbers -------------------------------------------------------------------------------------------

    def _with_serial(self, text: TextReading, serial: SerialReading) -> TextReading:
        maker = serial.maker
        if maker is None or serial.placeholder:
            return text
        if text.maker is None:
            makers = self._makers_of(text.alternatives)
            if makers and maker not in makers:
                return text
            return self._named_by_serial(text, serial, maker)
        if text.maker != maker and text.maker_tier is Tier.FUZZY:
            because = "the texts, by a fuzzy match, and the serial number name different makers"
            rivals = tuple(sorted({text.maker, maker}))
            return _without_maker(text, because, rivals)
        return text

    def _named_by_serial(self, text: TextReading, serial: SerialReading, maker: str) -> TextReading:
        """The maker that a serial number names where the texts leave it open."""
        tier = Tier.GRAMMAR if serial.verified else Tier.FUZZY
        kind = Kind.MACHINE if serial.part is PartKind.MACHINE else Kind.PART
        models = tuple(m for m in text.alternatives if m in self._codes.models and self._maker_of(m) == maker)
        single = models[0] if len(models) == 1 and len(text.alternatives) > 1 else None
        return replace(
            text,
            kind=kind if text.kind is Kind.UNKNOWN else text.kind,
            maker=maker,
            maker_name=self._names.names[maker],
            maker_tier=tier,
            model=single,
            model_name=self._codes.models[single].name if single is not None else text.model_name,
            model_tier=Tier.FUZZY if single is not None else Tier.NONE,
            decided_by=f"{text.decided_by}; the serial number has the shape of {self._names.names[maker]}",
            alternatives=() if single is not None else models,
            category=text.category or self._names.categories[maker],
        )

    # -- MAC addresses --------------------------------------------------------------------------------------------

    def _with_mac(self, text: TextReading, mac: MacReading) -> TextReading:
        maker = self._mac_witness(mac)
        if maker is None or text.maker is not None:
            return text
        hint = f"the network interface is registered to {mac.organisation}; not proof of the maker"
        alternatives = text.alternatives or (maker,)
        return replace(text, decided_by=f"{text.decided_by}; {hint}", alternatives=alternatives)

    def _mac_witness(self, mac: MacReading | None) -> str | None:
        """The maker that a MAC address points to; none for a maker of interfaces, chips and boards."""
        if mac is None or mac.maker is None or mac.locally_administered or mac.maker in _INTERFACE_MAKERS:
            return None
        category = self._names.categories.get(mac.maker)
        if category is None or category in _INTERFACE_CATEGORIES:
            return None
        return self._names.house(mac.maker)

    # -- together -------------------------------------------------------------------------------------------------

    def _disagreements(
        self, text: TextReading, serial: SerialReading | None, mac: MacReading | None
    ) -> tuple[str, ...]:
        """Sentences on witnesses that name different makers."""
        by_text = self._makers_of(text.alternatives) if text.maker is None else {text.maker}
        shown = " or ".join(sorted(self._names.names[maker] for maker in by_text))
        found: list[str] = []
        by_serial = serial.maker if serial is not None and not serial.placeholder else None
        if by_serial is not None and by_text and by_serial not in by_text:
            name = self._names.names[by_serial]
            found.append(f"the serial number has the shape of {name}, the texts say {shown}")
        by_mac = self._mac_witness(mac)
        if by_mac is not None and mac is not None and by_text and by_mac not in by_text:
            found.append(f"the network interface is registered to {mac.organisation}, the texts say {shown}")
        if (
            by_mac is not None
            and by_serial is not None
            and mac is not None
            and not by_text
            and by_mac != by_serial
        ):
            name = self._names.names[by_serial]
            found.append(
                f"the network interface is registered to {mac.organisation}, the serial number has the shape of {name}"
            )
        return tuple(sorted(found))

    def _possible(self, reading: TextReading, text: TextReading) -> tuple[str, ...]:
        """Every maker that it may be. One single alternative means that it may be anybody's."""
        if reading.maker is not None:
            return (reading.maker,)
        makers = self._makers_of(text.alternatives or reading.alternatives)
        return tuple(sorted(makers)) if len(makers) > 1 else ()

    def _makers_of(self, alternatives: tuple[str, ...]) -> set[str]:
        return {self._maker_of(each) for each in alternatives}

    def _maker_of(self, alternative: str) -> str:
        """The maker of a model id; a maker's id is its own. No id of a model is also one of a maker."""
        model = self._codes.models.get(alternative)
        return model.maker if model is not None else alternative


def _without_maker(text: TextReading, because: str, rivals: tuple[str, ...]) -> TextReading:
    return replace(
        text,
        maker=None,
        maker_name=None,
        maker_tier=Tier.NONE,
        model=None,
        model_name=None,
        model_tier=Tier.NONE,
        decided_by=because,
        alternatives=rivals,
        category=None,
    )

"""Classes of equipment that rules and list entries speak of, and whether a machine belongs to one.

The catalogue sorts equipment by coarse categories. A class that a category cannot settle, such as a router for
the home among all network gear, stays unknown: what is not known takes no machine out of a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from provenance.catalog.terms import Category
from provenance.policy.rule import Answer


class EquipmentClass(StrEnum):
    """What a rule or an entry is limited to; the first ones are categories of the catalogue."""

    ASIC_MINER = "asic-miner"
    NETWORK = "network"
    CAMERA = "camera"
    NVR = "nvr"
    RADIO = "radio"
    SERVER = "server"
    PC = "pc"
    POWER = "power"
    INVERTER = "inverter"
    BATTERY = "battery"
    DRONE = "drone"
    TRANSFORMER = "transformer"
    CONTROLS = "controls"
    CELLULAR_MODULE = "cellular-module"
    TELECOMMUNICATIONS = "telecommunications"
    """Equipment that carries communications of others: network gear, radios, cellular modules."""
    VIDEO_SURVEILLANCE = "video-surveillance"
    CONSUMER_ROUTER = "consumer-router"
    """Routers for homes and small offices that the customer installs."""
    ROBOT = "robot"
    SEMICONDUCTOR = "semiconductor"
    """Chips sold as such; a machine that holds some is no chip."""
    SECURITY_SOFTWARE = "security-software"
    TELECOM_SERVICE = "telecom-service"
    """A service, not equipment."""


_SURELY: dict[EquipmentClass, frozenset[str]] = {
    EquipmentClass.POWER: frozenset({"power", "pdu", "ups"}),
    EquipmentClass.TELECOMMUNICATIONS: frozenset({"network", "radio", "cellular-module"}),
    EquipmentClass.VIDEO_SURVEILLANCE: frozenset({"camera", "nvr"}),
    EquipmentClass.SEMICONDUCTOR: frozenset({"asic-chip", "memory"}),
    EquipmentClass.SECURITY_SOFTWARE: frozenset(),
    EquipmentClass.TELECOM_SERVICE: frozenset(),
}
"""The categories all of whose equipment is of the class; a class that is not here holds the category of its own name."""

_POSSIBLY: dict[EquipmentClass, frozenset[str]] = {
    # Small offices count as homes do, and what an organisation's router is sold for no category says for sure.
    EquipmentClass.CONSUMER_ROUTER: frozenset({"router", "access-point", "satellite-terminal", "iot"}),
    EquipmentClass.TELECOMMUNICATIONS: frozenset(
        {"camera", "nvr", "intercom", "server", "pc", "component", "controls", "iot", "cabling", "relay"}
    ),
    EquipmentClass.VIDEO_SURVEILLANCE: frozenset(
        {"intercom", "server", "controls", "network", "pc", "iot", "component", "drone"}
    ),
    EquipmentClass.INVERTER: frozenset({"battery", "ups", "power"}),
    EquipmentClass.POWER: frozenset({"component", "bess", "inverter", "transformer"}),
    EquipmentClass.BATTERY: frozenset({"ups", "inverter"}),
    EquipmentClass.SEMICONDUCTOR: frozenset({"component"}),
    EquipmentClass.SERVER: frozenset({"pc", "controls", "nvr"}),
    EquipmentClass.CELLULAR_MODULE: frozenset({"component"}),
    EquipmentClass.NETWORK: frozenset({"radio", "intercom", "component", "iot", "cellular-module"}),
    EquipmentClass.RADIO: frozenset({"network", "cellular-module", "component"}),
    EquipmentClass.CAMERA: frozenset({"nvr", "intercom", "iot", "drone"}),
    EquipmentClass.NVR: frozenset({"server", "camera"}),
    EquipmentClass.DRONE: frozenset({"component"}),
    EquipmentClass.ROBOT: frozenset({"controls", "component"}),
    EquipmentClass.CONTROLS: frozenset({"relay", "pc", "iot"}),
}
"""The categories some of whose equipment is of the class."""


def in_classes(classes: Iterable[str], categories: Iterable[str]) -> Answer:
    """Return whether a machine is of one of the classes.

    Args:
        classes: The classes; none stand for all equipment.
        categories: The catalogue's categories that the machine may be of; none mean that it may be of any. A word that
            is no category of the catalogue leaves the answer unknown.
    """
    wanted = [EquipmentClass(name) for name in classes]
    if not wanted:
        return Answer.YES
    answers = {_best(_answer(one, category) for one in wanted) for category in categories}
    return answers.pop() if len(answers) == 1 else Answer.UNKNOWN


def _best(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    if Answer.YES in found:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.NO


def _answer(wanted: EquipmentClass, category: str) -> Answer:
    """Return whether all equipment of a category is of a class, some of it, or none."""
    known = next((one for one in Category if one.value == category), None)
    if known is None:
        return Answer.UNKNOWN
    surely = _SURELY.get(wanted, frozenset({wanted.value}))
    possibly = _POSSIBLY.get(wanted, frozenset())
    # A narrower word says all that its broader one says; a broader word may be any of those below it.
    above = {known.value, known.broader.value}
    if above & surely:
        return Answer.YES
    below = {known.value, *(one.value for one in known.narrower)}
    return Answer.UNKNOWN if above & possibly or below & (surely | possibly) else Answer.NO

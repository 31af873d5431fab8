"""Classes of equipment that rules and list entries speak of, and whether a machine belongs to one.

The catalogue sorts equipment by coarse categories. A class that a category cannot settle, such as a router for
the home among all network gear, stays unknown: what is not known takes no machine out of a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

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
    EquipmentClass.CAMERA: frozenset({"camera"}),
    EquipmentClass.TELECOMMUNICATIONS: frozenset({"network", "radio", "cellular-module"}),
    EquipmentClass.VIDEO_SURVEILLANCE: frozenset({"camera", "nvr"}),
    EquipmentClass.SEMICONDUCTOR: frozenset({"asic-chip", "memory"}),
    EquipmentClass.CONSUMER_ROUTER: frozenset(),
    EquipmentClass.ROBOT: frozenset({"robot"}),
    EquipmentClass.SECURITY_SOFTWARE: frozenset(),
    EquipmentClass.TELECOM_SERVICE: frozenset(),
}
"""The categories all of whose equipment is of the class; a class of the catalogue's own name holds that category."""

_POSSIBLY: dict[EquipmentClass, frozenset[str]] = {
    EquipmentClass.CONSUMER_ROUTER: frozenset({"network"}),
    EquipmentClass.TELECOMMUNICATIONS: frozenset(
        {"camera", "nvr", "intercom", "server", "pc", "component", "controls"}
    ),
    EquipmentClass.VIDEO_SURVEILLANCE: frozenset({"intercom", "server", "controls", "network"}),
    EquipmentClass.INVERTER: frozenset({"battery", "ups", "power", "bess"}),
    EquipmentClass.POWER: frozenset({"component", "bess", "inverter"}),
    EquipmentClass.BATTERY: frozenset({"ups", "inverter", "bess"}),
    EquipmentClass.SEMICONDUCTOR: frozenset({"component"}),
    EquipmentClass.SERVER: frozenset({"pc", "controls"}),
    EquipmentClass.CELLULAR_MODULE: frozenset({"component"}),
    EquipmentClass.NETWORK: frozenset({"radio", "intercom", "component"}),
    EquipmentClass.RADIO: frozenset({"network", "cellular-module", "component"}),
    EquipmentClass.CAMERA: frozenset({"nvr", "intercom"}),
    EquipmentClass.NVR: frozenset({"server", "camera"}),
}
"""The categories some of whose equipment is of the class."""


def in_classes(classes: Iterable[str], categories: Iterable[str]) -> Answer:
    """Return whether a machine is of one of the classes.

    Args:
        classes: The classes; none stand for all equipment.
        categories: The catalogue's categories that the machine may be of; none mean that it may be of any.
    """
    wanted = [EquipmentClass(name) for name in classes]
    if not wanted:
        return Answer.YES
    possible = frozenset(categories)
    if not possible:
        return Answer.UNKNOWN
    surely = frozenset().union(*(_SURELY.get(one, frozenset({one.value})) for one in wanted))
    if possible <= surely:
        return Answer.YES
    maybe = surely.union(*(_POSSIBLY.get(one, frozenset()) for one in wanted))
    return Answer.UNKNOWN if possible & maybe else Answer.NO

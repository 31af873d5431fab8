import pytest

from provenance.catalog.terms import Category
from provenance.policy.classes import EquipmentClass, in_classes
from provenance.policy.rule import Answer

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def test_no_class_means_all_equipment():
    assert in_classes((), ()) is YES


@pytest.mark.parametrize("wanted", EquipmentClass)
def test_a_machine_of_no_known_category_may_be_of_any_class(wanted):
    assert in_classes([wanted], ()) is UNKNOWN
    assert in_classes([wanted], ["thingamajig"]) is UNKNOWN


@pytest.mark.parametrize(
    ("category", "wanted", "expected"),
    [
        ("switch", "telecommunications", YES),
        ("firewall", "network", YES),
        ("base-station", "telecommunications", YES),
        ("storage", "server", YES),
        ("consumer-router", "consumer-router", YES),
        ("network", "consumer-router", UNKNOWN),
        ("router", "consumer-router", UNKNOWN),
        ("switch", "consumer-router", NO),
        ("camera", "video-surveillance", YES),
        ("switch", "video-surveillance", UNKNOWN),
        ("psu", "power", YES),
        ("psu", "inverter", UNKNOWN),
        ("bess", "battery", YES),
        ("asic-miner", "telecommunications", NO),
        ("asic-miner", "drone", NO),
        ("inverter", "telecommunications", NO),
        ("memory", "semiconductor", YES),
        ("component", "semiconductor", UNKNOWN),
    ],
)
def test_what_a_category_says_of_a_class(category, wanted, expected):
    assert in_classes([wanted], [category]) is expected


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("wanted", EquipmentClass)
def test_a_narrower_category_is_never_out_of_a_class_that_holds_its_broader_one(category, wanted):
    if in_classes([wanted], [category.broader]) is YES:
        assert in_classes([wanted], [category]) is YES


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("wanted", EquipmentClass)
def test_a_broader_category_is_never_out_of_a_class_that_holds_some_of_its_narrower_ones(category, wanted):
    if any(in_classes([wanted], [below]) is not NO for below in category.narrower):
        assert in_classes([wanted], [category]) is not NO


def test_a_machine_that_may_be_of_two_categories_is_out_only_if_both_are():
    assert in_classes(["drone"], ["asic-miner", "switch"]) is NO
    assert in_classes(["network"], ["asic-miner", "switch"]) is UNKNOWN
    assert in_classes(["network", "drone"], ["drone", "switch"]) is YES

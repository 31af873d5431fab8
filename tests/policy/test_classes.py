"""Classes of equipment against the catalogue's categories."""

import pytest

from provenance.policy.classes import in_classes
from provenance.policy.rule import Answer


@pytest.mark.parametrize(
    ("classes", "categories", "expected"),
    [
        ((), (), Answer.YES),
        (("drone",), (), Answer.UNKNOWN),
        (("drone",), ("drone",), Answer.YES),
        (("drone",), ("camera",), Answer.NO),
        (("consumer-router",), ("network",), Answer.UNKNOWN),
        (("consumer-router",), ("camera",), Answer.NO),
        (("telecommunications",), ("network", "radio"), Answer.YES),
        (("telecommunications",), ("network", "inverter"), Answer.UNKNOWN),
        (("video-surveillance", "telecommunications"), ("camera",), Answer.YES),
        (("telecom-service",), ("network",), Answer.NO),
    ],
)
def test_a_category_settles_a_class_or_leaves_it_open(classes, categories, expected):
    assert in_classes(classes, categories) is expected

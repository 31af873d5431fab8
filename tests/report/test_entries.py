"""The sentences of a case's entry."""

from __future__ import annotations

from provenance.identify.identity import Identity, Kind, Tier
from provenance.report.entries import identified


def test_each_disagreement_of_witnesses_is_a_sentence_of_its_own():
    identity = Identity(
        kind=Kind.MACHINE,
        maker="microbt",
        maker_name="MicroBT",
        maker_tier=Tier.GRAMMAR,
        model=None,
        model_name=None,
        model_tier=Tier.NONE,
        category=None,
        alternatives=(),
        makers=("microbt",),
        decided_by="the brand in the text",
        disagreements=("the one says so", "the other says no"),
    )
    assert (
        identified(identity)
        == "It is taken for MicroBT: the brand in the text. The one says so. The other says no."
    )

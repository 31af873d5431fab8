"""MAC addresses: the longest registered block, and silence where nobody registered one."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from provenance.catalog.database import Catalogue
from provenance.identify.lookup import lookup_mac
from provenance.identify.macs import MacStanding, key_exprs, mac_keys
from provenance.identify.resolve import Identifier


@pytest.mark.parametrize(
    ("mac", "maker", "bits"),
    [
        ("B4:A2:EB:31:2F:7C", "canaan", 28),
        ("8cc7.d01b.76f3", "ebang", 24),
        ("00:0A:35:01:02:03", "xilinx", 24),
        ("3C-A3-08-11-22-33", None, 24),
    ],
)
def test_the_longest_registered_block_names_the_registrant(
    mac: str, maker: str | None, bits: int, identifier: Identifier
):
    found = identifier.read_mac(mac)
    assert found is not None
    assert (found.maker, found.bits, found.locally_administered) == (maker, bits, False)


def test_a_locally_administered_address_has_no_registrant(identifier: Identifier):
    found = identifier.read_mac("02:50:93:09:DA:D9")
    assert found is not None
    assert (found.maker, found.organisation, found.locally_administered) == (None, "", True)


@pytest.mark.parametrize(
    "text",
    ["", "zz", "00:00:00:00:00:00", "FF:FF:FF:FF:FF:FF", "01:00:5E:00:00:01", "02:55:97:22:3M:72", None],
)
def test_what_is_no_address_of_one_device_says_nothing(text: str | None, identifier: Identifier):
    assert identifier.read_mac(text) is None


@pytest.mark.parametrize("mark", ["", ":", "-"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_the_key_of_an_address_is_read_as_the_address(
    identifier: Identifier, catalogue: Catalogue, mark: str, case: Callable[[str], str]
):
    macs = ["B4A2EB312F7C", "8CC7D01B76F3", "000A35000000", "3CA308112233", "02509309DAD9", "C898DB1AAAAA"]
    written = [case(mark.join(mac[at : at + 2] for at in range(0, 12, 2))) for mac in macs]
    block, longer = key_exprs(pl.col("mac"), mark)
    parts = pl.DataFrame({"mac": written}).select(block=block.cast(pl.Categorical), longer=longer)
    keys = mac_keys(parts["block"], parts["longer"], catalogue.divided_blocks()).cast(pl.String).to_list()
    assert len({len(key) for key in keys}) == 2
    assert [identifier.maker_of_mac_key(key) for key in keys] == [identifier.read_mac(mac) for mac in macs]


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("02:55:97:22:3M:72", MacStanding.NOT_AN_ADDRESS),
        ("hello", MacStanding.NOT_AN_ADDRESS),
        ("", MacStanding.NOT_AN_ADDRESS),
        ("00:00:00:00:00:00", MacStanding.NOBODYS),
        ("FF-FF-FF-FF-FF-FF", MacStanding.NOBODYS),
        ("01:00:5e:00:00:01", MacStanding.NOBODYS),
        ("02:11:22:33:44:55", MacStanding.LOCAL),
        ("00:0a:35:00:00:00", MacStanding.DEFAULT),
        ("C4:11:22:33:44:55", MacStanding.UNREGISTERED),
        ("b4a2.eb31.2f7c", MacStanding.REGISTERED),
    ],
)
def test_what_a_text_for_an_address_is_worth_is_said(
    text: str, standing: MacStanding, identifier: Identifier
):
    assert identifier.mac_standing(text) is standing


def test_a_default_address_is_no_witness(identifier: Identifier):
    text = identifier.read_text(None, "Antminer S9")
    assert identifier.combine(text, mac=identifier.read_mac("00:0A:35:00:00:00")).disagreements == ()
    assert lookup_mac(identifier, "00:0A:35:00:00:00")["maker"] is None

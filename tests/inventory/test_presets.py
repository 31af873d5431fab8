"""Export formats that are known by their headers."""

from pathlib import Path

import pytest

from provenance.inventory.presets import find_preset, load_presets
from provenance.inventory.reader import read_inventory


@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.id)
def test_a_table_with_the_headers_of_a_format_is_that_format(preset):
    assert find_preset([*sorted(preset.has), "something of one's own"]) is not None
    assert find_preset(sorted(preset.has)[1:]) is not preset


def _read(tmp_path: Path, header: str, *rows: str):
    path = tmp_path / "a.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    (table,) = read_inventory(path).tables
    return table, {column.field.value: column.header for column in table.columns if column.field is not None}


def test_a_list_of_btc_tools_is_read_by_its_preset_and_pools_are_withheld(tmp_path):
    table, mapped = _read(
        tmp_path,
        "IP,Status,Type,Working Mode,Hash Rate RT,Hash Rate avg,Temperature,Fan Speed,Elapsed,Pool 1,Worker 1,Firmware,Software,Hardware,Network,MAC Address",
        "10.0.0.1,success,Antminer L3+,,504 MH/s,503 MH/s,60,4000,1d,pool.example.com:3333,acc.1,2019,,,dhcp,02:00:5e:00:00:01",
    )

    assert table.preset == "btc-tools"
    assert mapped == {
        "ip": "IP",
        "model": "Type",
        "hashrate": "Hash Rate RT",
        "firmware": "Firmware",
        "mac": "MAC Address",
    }
    assert [column.header for column in table.columns if column.withheld] == ["Pool 1", "Worker 1"]


def test_the_name_in_a_list_of_models_is_the_model(tmp_path):
    table, mapped = _read(
        tmp_path,
        "Name,Category,Manufacturer,Model Notes,Model Number,Fieldset,Requestable,EOL,Min Qty",
        "MacBook Pro 13,Laptops,Apple,,9487123498,Laptops,1,36,5",
    )

    assert (table.preset, mapped["model"], mapped.get("quantity")) == ("snipe-it-models", "Name", None)


def test_values_refuse_what_a_preset_says(tmp_path):
    table, mapped = _read(
        tmp_path,
        "name,role,manufacturer,device_type,serial,asset_tag,site",
        *(f"n{at},server,Dell,R740,{at},T{at},North" for at in range(1, 9)),
    )

    assert (table.preset, mapped.get("serial"), mapped["model"]) == (
        "netbox-devices-import",
        None,
        "device_type",
    )

"""What the invented data room holds: its machines by lot, its furniture, and how its two sheets are laid out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

STAMP = "SYNTHETIC: invented for testing. No machine, serial number or paper named here exists."

# First octets seen on such boards: Texas Instruments controllers on S19j Pro, locally administered addresses on
# Amlogic boards, unregistered blocks on others. They say nothing of where a machine was made.
TI = ("3C:A3:08", "94:E3:6D", "18:93:D7", "34:15:13", "84:EB:18")
LOCAL = ("02",)
FREE = ("90:34:86", "68:7C:2E")
WHATS = ("C4:08:28", "C6:0A:11", "CE:02:01")
AVALON = ("B4:A2:EB:3",)


@dataclass
class Machine:
    """One row of a sheet before it is laid out."""

    lot: str
    maker: str
    model: str
    serial: str | None = None
    mac: str | None = None
    batch: str | None = None
    order: str | None = None
    delivered: dt.date | str | None = None
    origin: str | None = None
    quantity: int | str | None = 1
    hashrate: float | None = None
    entry: str | None = None
    remark: str | None = None
    row: int = 0
    """The row of the sheet, from 1, once laid out."""


@dataclass(frozen=True)
class Lot:
    """One delivery of like machines."""

    key: str
    maker: str
    texts: dict[str, int]
    """Model texts as people typed them, with weights."""
    stem: str
    """How serials begin; `{date}` becomes the letters or digits of the day of manufacture."""
    made: dt.date
    count: int
    batch: str
    order: str
    delivered: dt.date
    hashrate: float
    macs: tuple[str, ...]
    origins: dict[str, int]
    """Cells of the origin column with how many machines carry them; the rest are empty."""
    spare: int = 0
    """How many machines at the front keep an empty origin cell, for the worked cases."""


MY_CELLS = ("Malaysia", "MY", "Made in Malaysia", "MALAYSIA ", "malaysia")
CN_CELLS = ("Made in China", "P.R.C.", "中国", "CN", "China")


def _cells(my: int, cn: int, th: int, empty_words: int) -> dict[str, int]:
    """Spread counts over the ways people write the same thing."""
    cells: dict[str, int] = {}
    for words, count in (
        (MY_CELLS, my),
        (CN_CELLS, cn),
        (("Thailand", "TH"), th),
        (("n/a", "TBD", "-", "unknown"), empty_words),
    ):
        for index in range(count):
            word = words[index % len(words)]
            cells[word] = cells.get(word, 0) + 1
    return cells


S19JPRO = {
    "Antminer S19j Pro 104T": 60, "Antminer S19j Pro (104Th)": 12, "S19J Pro 104T": 10, "ANTMINER S19J PRO": 6,
    "Bitmain Antminer S19jPro 104TH/s": 6, "Antminer S19j Pro 104T NOPIC": 3, "Antmienr S19j Pro 104T": 2,
    "AntiMiner S19j pro 104": 1,
}  # fmt: skip
S21 = {"Antminer S21 200T": 55, "S21 200T": 20, "ANTMINER S21 (200 TH)": 15, "Bitmain S21-200.0T": 10}
XP = {"ANTMINER S19 XP (140 TH)": 40, "Antminer S19 XP 140T": 50, "S19XP 140T": 10}
KPRO = {"Antminer S19k Pro 120T": 70, "ANTMINER S19K PRO (120 TH)": 20, "S19K Pro-120T": 10}
SPRO = {
    "Antminer S19 Pro 110T": 50,
    "蚂蚁矿机 S19 Pro": 25,
    "S19 Pro (110Th) ": 15,
    "AntMiner S19Pro 110 TH": 10,
}
T21 = {"Antminer T21 190T": 70, "T21 190T": 30}
JPLUS = {"Antminer S19j Pro+ 120T": 70, "S19J PRO+ 120TH": 20, "Antminer S19j Pro+  (120T)": 10}
M50SP = {"WhatsMiner M50S+ 136T VH30": 50, "M50S+_VH30": 30, "Whatsminer M50S+ 136T": 20}
M30SPP = {"Whatsminer M30S++ 110T": 60, "WHATSMINER M30S++": 20, "Whatsminer M30s ++ 110T": 20}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


NORTH = (
    Lot("A", "Bitmain", S19JPRO, "ZZAAZ4U{date}", _day("2022-01-17"), 800, "NR-2203-A", "PO-22-0117",
        _day("2022-03-14"), 104, TI, _cells(170, 18, 0, 120), 20),
    Lot("B", "Bitmain", XP, "ZZABEAU{date}", _day("2022-07-04"), 240, "NR-2209-B", "PO-22-0340",
        _day("2022-09-12"), 140, FREE, _cells(60, 3, 0, 40), 10),
    Lot("C", "Bitmain", S21, "ZZACATU{date}", _day("2024-02-05"), 420, "NR-2404-C", "PO-24-0012",
        _day("2024-04-03"), 200, LOCAL, _cells(90, 12, 0, 60), 160),
    Lot("D", "Bitmain", KPRO, "ZZADZ6U{date}", _day("2023-04-10"), 180, "NR-2306-D", "PO-23-0098",
        _day("2023-06-19"), 120, LOCAL, _cells(10, 8, 40, 20), 80),
    Lot("E", "Bitmain", {"Antminer S17 Pro 53T": 70, "S17 Pro": 30}, "SYN17P{date}", _day("2019-09-23"), 24,
        "NR-1911-E", "PO-19-0041", _day("2019-11-18"), 53, ("00:0A:35",), _cells(0, 6, 0, 4), 10),
    Lot("F", "MicroBT", M30SPP, "HTMZZ30SVG{date}Z0", _day("2021-03-15"), 100, "NR-2105-F", "PO-21-0066",
        _day("2021-05-24"), 110, WHATS, _cells(0, 8, 0, 30)),
)  # fmt: skip
CAMPSTOOL = (
    Lot("G", "Bitmain", JPLUS, "ZZAEZ5U{date}", _day("2023-02-06"), 360, "CS-2304-G", "PO-23-0051",
        _day("2023-04-17"), 120, TI, _cells(90, 6, 0, 60), 10),
    Lot("H", "Bitmain", S21, "ZZAFATU{date}", _day("2024-03-11"), 220, "CS-2405-H", "PO-24-0020",
        _day("2024-05-06"), 200, LOCAL, _cells(60, 4, 0, 20), 130),
    Lot("I", "Bitmain", T21, "ZZAGZ7U{date}", _day("2024-02-19"), 140, "CS-2404-I", "PO-24-0015",
        _day("2024-04-15"), 190, LOCAL, _cells(5, 0, 30, 25), 70),
    Lot("J", "Bitmain", SPRO, "ZZAHZ3U{date}", _day("2021-11-08"), 160, "CS-2201-J", "PO-21-0150",
        _day("2022-01-24"), 110, FREE, _cells(30, 20, 0, 30)),
    Lot("K", "MicroBT", M50SP, "HTMZZ50SVH{date}Z0", _day("2023-07-10"), 110, "CS-2309-K", "PO-23-0122",
        _day("2023-09-18"), 136, WHATS, _cells(0, 4, 20, 20), 45),
    Lot("L", "MicroBT", {"WhatsMiner M60S 186T": 60, "M60S_VK40": 40}, "HTMZZ60SVK{date}Z0", _day("2024-01-15"), 40,
        "CS-2403-L", "PO-24-0008", _day("2024-03-18"), 186, WHATS, _cells(0, 0, 12, 6)),
    Lot("M", "Canaan", {"Avalon A1366 130T": 60, "AvalonMiner 1366": 25, "Canaan A1366-130T": 15}, "SYN1366{date}Z",
        _day("2022-12-12"), 60, "CS-2302-M", "PO-22-0410", _day("2023-02-20"), 130, AVALON, _cells(10, 6, 0, 10)),
    Lot("N", "Canaan", {"Avalon A1466 150T": 1}, "SYN1466{date}Z", _day("2024-01-08"), 20, "CS-2403-N", "PO-24-0005",
        _day("2024-03-11"), 150, AVALON, {}, 20),
    Lot("O", "Innosilicon", {"Innosilicon T3+ 52T": 1}, "SYNT3P{date}Z", _day("2021-06-14"), 12, "CS-2108-O",
        "PO-21-0093", _day("2021-08-16"), 52, ("50:6C:BE",), _cells(0, 2, 0, 2), 6),
    Lot("P", "Ebang", {"Ebit E12+ 50T": 1}, "SYNE12P{date}Z", _day("2020-10-12"), 6, "CS-2012-P", "PO-20-0077",
        _day("2020-12-14"), 50, ("8C:C7:D0",), _cells(0, 2, 0, 1)),
)  # fmt: skip

# maker, model, serial, origin, quantity, remark
FURNITURE: dict[str, tuple[tuple[str, str, str | None, str | None, int, str | None], ...]] = {
    "North Range": (
        ("Cisco", "Cisco WS-C2960X-48FPD-L switch", "FOC2711Z0A1", "China", 1, None),
        ("Cisco", "Cisco WS-C2960X-48FPD-L switch", "FOC2711Z0A2", None, 1, None),
        ("Cisco", "Cisco ISR4331 router", "ZZZ2640Z0B7", "Mexico", 1, None),
        ("Ubiquiti", "Ubiquiti USW-24-PoE", "FCECDA00A001", "Vietnam", 1, "serial is the MAC"),
        ("Ubiquiti", "Ubiquiti USW-24-PoE", "FCECDA00A002", None, 1, None),
        ("MikroTik", "MikroTik CCR2004-1G-12S+2XS", "234000000000", "Latvia", 1, "serial as Excel left it"),
        (
            "Hikvision",
            "Hikvision DS-2CD2143G2-I camera",
            "DS-2CD2143G2-I20230511AAWRZ90000017",
            "China",
            1,
            "gate",
        ),
        (
            "Hikvision",
            "Hikvision DS-2CD2143G2-I camera",
            "DS-2CD2143G2-I20230511AAWRZ90000018",
            None,
            1,
            "yard",
        ),
        ("LTS", "LTS dome camera 4MP", "SYNLTS0001", "Taiwan", 1, "white label"),
        ("ANNKE", "ANNKE NC400 turret camera", "SYNANK0001", None, 1, "white label"),
        ("Hikvision", "DS-7608NI-K2 recorder", "DS-7608NI-K20820230402AAWRZ90000121WCVU", "P.R.C.", 1, None),
        ("Raritan", "Raritan PX3-5138JR PDU", None, "n/a", 24, "container rows 1-24"),
        ("JSHP", "Transformer, padmount, 3,750 kVA, 34.5 kV / 415 V", "SYN-TX-0001", "中国", 1, "pad 1"),
        ("JSHP", "Transformer, padmount, 3,750 kVA, 34.5 kV / 415 V", "SYN-TX-0002", None, 1, "pad 2"),
        ("Bitmain", "APW12 power supply (spare)", None, None, 40, "shelf B"),
        ("Bitmain", "Hashboard S19j Pro (spare)", None, "CN", 24, "shelf B"),
        ("Bitmain", "Control board S19 series (spare)", None, None, 15, "shelf C"),
    ),
    "Campstool": (
        ("MikroTik", "CRS326-24G-2S+RM", "SYNMTK0001", "Latvia", 1, None),
        ("TP-Link", "TL-SG3428X", "SYNTPL0001", "China", 1, None),
        ("TP-Link", "TL-SG3428X", "SYNTPL0002", "Vietnam", 1, None),
        ("Huawei", "S5720-28X-LI-24S-DC", "2102350RZZ10M9900001", None, 1, None),
        ("Fortinet", "FG-100F", "SYNFG100F001", "Taiwan, Province of China", 1, None),
        ("Dahua", "IPC-HDW2849T-S-IL", "SYNDH0001", "Made in China", 1, "gate"),
        ("Honeywell", "IP dome camera 4MP", "SYNHW0001", None, 1, "white label"),
        ("Axis", "P3265-LVE", "SYNAX0001", "Poland", 1, None),
        ("APC", "AP8953 rack PDU", None, "Philippines", 18, None),
        ("Hyosung", "Padmount transformer 2,500 kVA", "SYN-TX-0101", "Korea, Republic of", 1, "yard"),
        ("MicroBT", "P221B power supply, spare", None, None, 12, None),
        ("Bitmain", "Fan 12038, spare", None, "China/Vietnam", 60, None),
    ),
}


@dataclass(frozen=True)
class Sheet:
    """How one sheet is laid out."""

    name: str
    title: tuple[str, ...]
    headers: dict[str, str]
    """What stands in a column, by header."""
    notes: tuple[str, ...]
    total_label: str


NORTH_SHEET = Sheet(
    "North Range",
    (STAMP, "Schedule of equipment: North Range", "Status 30 June 2024. Origin as noted by site staff.", ""),
    {
        "No.": "number", "Miner Type": "model", "Serial Number": "serial", "MAC Address": "mac", "IP Address": "ip",
        "Rack Position": "place", "Hashrate (TH/s)": "hashrate", "Batch": "batch", "PO No.": "order",
        "Delivery Date": "delivered", "Country of Origin": "origin", "Qty": "quantity", "Remarks": "remark",
    },
    ("Note: the origin column was filled in by hand and has not been verified.",
     "Prepared by: ____________________   Reviewed by: ____________________   Date: ____________"),
    "TOTAL",
)  # fmt: skip
CAMPSTOOL_SHEET = Sheet(
    "Campstool",
    (STAMP, "Asset list Campstool, containers 1 to 14, spares and site infrastructure",
     "Note: one line per machine unless a quantity says otherwise"),
    {
        "Asset Tag": "tag", "Manufacturer": "maker", "Model ": "model", "Qty.": "quantity", "S/N": "serial",
        "COO": "origin", "MAC": "mac", "Date received": "delivered", "Lot": "batch", "Order ref.": "order",
        "Container / slot": "place", "Customs entry": "entry", "Comments": "remark",
    },
    ("Signature: ____________________",),
    "Total units",
)  # fmt: skip

"""The papers of the invented data room, and the machines whose verdict is known beforehand."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from fixture_plan import Machine

PACKING_COVERS = "packing_list.xlsx!Packing List!C"


@dataclass
class Line:
    """One line of the evidence register, in the order of its columns."""

    document: str
    kind: str
    issuer: str
    issuer_role: str
    date: str
    country: str
    status: str = ""
    facet: str = "manufacture"
    serials: Sequence[Machine] = ()
    serial_from: str = ""
    serial_to: str = ""
    batch: str = ""
    order: str = ""
    model: str = ""
    delivered_from: str = ""
    delivered_to: str = ""
    covers_file: str = ""
    quantity: int | str = ""
    page: str = "1"
    note: str = ""
    entry_number: str = ""
    importer: str = ""
    unknown_serials: tuple[str, ...] = ()
    """Serials it names that stand in no inventory."""

    def cells(self) -> list[str]:
        """Return the line as the file holds it."""
        names = [str(machine.serial) for machine in self.serials] + list(self.unknown_serials)
        digest = hashlib.sha256(f"SYNTHETIC {self.document}".encode()).hexdigest()
        note = "; ".join(text for text in ("SYNTHETIC", self.note) if text)
        return [
            self.document, self.kind, self.issuer, self.issuer_role, self.status, self.date, self.facet, self.country,
            ";".join(names), self.serial_from, self.serial_to, self.batch, self.order, self.model, self.entry_number,
            self.importer, self.delivered_from, self.delivered_to, self.covers_file, str(self.quantity), self.page,
            digest, note,
        ]  # fmt: skip


REGISTER_COLUMNS = (
    "document", "kind", "issuer", "issuer_role", "status", "date", "facet", "country", "serials", "serial_from",
    "serial_to", "batch", "order", "model", "entry_number", "importer", "delivered_from", "delivered_to", "covers_file",
    "quantity", "page", "sha256", "note",
)  # fmt: skip
CHAMBER_MY = "Invented Chamber of Commerce, Penang"
CHAMBER_TH = "Invented Chamber of Commerce, Chonburi"
INSPECTOR = "Invented Inspection Services"
CUSTOMS = "Invented customs authority"
SELLER = "Invented Equipment Trading Ltd"
IMPORTER = "Invented Importer LLC"

Lots = dict[str, list[Machine]]


def register(lots: Lots) -> list[Line]:
    """Return the evidence register; the slices are those that `worked` speaks of."""
    c, d, h, i, k = lots["C"], lots["D"], lots["H"], lots["I"], lots["K"]
    mine = "SYN-NOTICE-0007"
    return [
        Line("SYN-COO-MY-001", "certificate", CHAMBER_MY, "chamber", "2024-03-20", "Malaysia", serials=c[:96],
             unknown_serials=("ZZACATUBDJBJE0ZZY", "ZZACATUBDJBJE0ZZZ"), quantity=98,
             note="two of the serials stand in no inventory"),
        Line("SYN-COO-MY-002", "certificate", CHAMBER_MY, "chamber", "2022-08-22", "MY", batch="NR-2209-B",
             quantity=240, note="the whole batch"),
        Line("SYN-COO-MY-003", "certificate", CHAMBER_MY, "chamber", "2022-02-21", "MY", batch="NR-2203-A",
             quantity=500, note="500 of the 800 units of the batch, no serials"),
        Line("SYN-COO-TH-001", "certificate", CHAMBER_TH, "chamber", "2023-05-29", "TH",
             serial_from=str(d[0].serial), serial_to=str(d[59].serial), quantity=60, note="by range"),
        Line("SYN-COO-TH-002", "certificate", CHAMBER_TH, "chamber", "2024-03-25", "Thailand", serials=i[:36],
             quantity=36),
        Line("SYN-COO-TH-003", "certificate", CHAMBER_TH, "chamber", "2024-03-27", "TH", serials=c[132:136],
             quantity=4, note="units also named by SYN-COO-MY-004"),
        Line("SYN-COO-MY-004", "certificate", CHAMBER_MY, "chamber", "2024-03-22", "MY", serials=c[132:136],
             quantity=4, note="units also named by SYN-COO-TH-003"),
        Line("SYN-COO-MY-005", "certificate", CHAMBER_MY, "chamber", "2021-07-19", "MY", serials=lots["O"][:2],
             quantity=2, note="no plant of the maker is known there"),
        Line("SYN-COO-MY-006", "certificate", SELLER, "seller", "2024-03-26", "MY", serials=i[36:56], quantity=20,
             note="issued by the seller itself"),
        Line("SYN-COO-MY-007", "certificate", CHAMBER_MY, "chamber", "2024-02-19", "MY", model="Avalon A1466",
             order="PO-24-0005", delivered_from="2024-03-01", delivered_to="2024-03-31", quantity=20),
        Line("SYN-COO-HK-001", "certificate", "Invented Chamber of Commerce, Hong Kong", "chamber", "2019-10-21",
             "Hong Kong", serials=lots["E"][:6], quantity=6),
        Line("SYN-PROD-001", "production-record", "Maker's plant record (invented)", "maker", "2023-07-21", "TH",
             serials=k[:40], quantity=40, page="3-5"),
        Line("SYN-PLATE-001", "nameplate", INSPECTOR, "buyer", "2024-06-12", "China", page="2-6",
             serials=[*c[40:44], *c[120:132], d[70], *lots["G"][:4]], note="photographs of the plates"),
        Line("SYN-PLATE-002", "nameplate", INSPECTOR, "buyer", "2024-06-12", "Malaysia", page="7-8",
             serials=lots["G"][4:10]),
        Line("SYN-INV-IR-001", "invoice", SELLER, "seller", "2024-03-29", "Iran", serials=c[130:132], quantity=2),
        Line("SYN-INV-MY-001", "invoice", SELLER, "seller", "2023-03-27", "Malaysia", order="PO-23-0051",
             quantity=360),
        Line("SYN-PL-MY-001", "invoice", SELLER, "seller", "2024-04-22", "MY", covers_file=PACKING_COVERS,
             note="packing list, 120 units by serial"),
        Line("SYN-ENTRY-TH-001", "customs-entry", IMPORTER, "importer", "2024-04-11", "TH",
             serials=i[56:70], quantity=14, entry_number="ZZ9-0000031-4", importer=IMPORTER),
        Line(mine, "finding", CUSTOMS, "government", "2024-08-14", "CN", "contested", serials=c[72:120],
             entry_number="ZZ9-0000027-2", importer=IMPORTER, note="protest filed"),
        Line("SYN-NOTICE-0009", "finding", CUSTOMS, "government", "2024-09-02", "CN", "alleged", serials=c[56:60],
             entry_number="ZZ9-0000028-0", importer=IMPORTER),
        Line("SYN-RULING-0003", "finding", CUSTOMS, "government", "2025-06-16", "CN", "final", serials=c[60:72],
             entry_number="ZZ9-0000026-4", importer=IMPORTER),
        Line("SYN-DECL-MY-001", "declared", SELLER, "seller", "2024-04-24", "MY", serials=h[120:130], quantity=10,
             note="letter of the seller"),
    ]  # fmt: skip


@dataclass
class Worked:
    """One machine whose verdict is known beforehand."""

    sheet: str
    machine: Machine
    facts: str
    documents: str
    verdict: str
    reason: str


def place_worked(lots: Lots) -> list[Worked]:
    """Set the cells that the worked cases need and return the cases."""
    a, b, c, d, h = lots["A"], lots["B"], lots["C"], lots["D"], lots["H"]
    for machine, cell in (
        (a[1], "Malaysia"), (c[36], "CN"), (c[37], "Made in China"), (c[120], "MY"), (c[121], "Malaysia"),
        (d[61], "Malaysia"), (d[62], "Made in China"), (d[63], "中国"), (b[2], "P.R.C."),
    ):  # fmt: skip
        machine.origin = cell
    for machine in (a[0], a[1], d[61], d[62], d[63]):
        machine.remark = None
    c[150].model = "Antminer S21 200T"
    d[70].model = "Antmnier S19k Prro 120T"
    c[24].quantity, c[24].remark = 10, "ten units booked on one serial"
    c[140].serial, lots["J"][11].serial, c[151].serial = c[20].serial, lots["J"][10].serial, c[152].serial
    nc, un, ok = "non-conforming", "undetermined", "conforming"
    nr, cs = "North Range", "Campstool"
    contested = "customs notice CN contested"
    return [
        Worked(nr, c[150], "S21, no paper, empty cell", "", un, "open"),
        Worked(nr, d[61], "declared MY, nothing else", "", un, "unproven"),
        Worked(nr, d[62], "declared CN, nothing else", "", nc, "condemned"),
        Worked(nr, d[63], "declared CN (in Chinese), nothing else", "", nc, "condemned"),
        Worked(nr, c[120], "nameplate CN, cell says MY", "SYN-PLATE-001", nc, "condemned"),
        Worked(nr, c[0], "certificate MY naming the serial", "SYN-COO-MY-001", ok, "cleared"),
        Worked(cs, lots["O"][0], "certificate MY naming the serial, no such plant known", "SYN-COO-MY-005", ok, "cleared"),
        Worked(nr, c[36], "certificate MY naming the serial, cell says CN", "SYN-COO-MY-001", un, "disputed"),
        Worked(nr, c[40], "certificate MY, nameplate CN", "SYN-COO-MY-001;SYN-PLATE-001", un, "disputed"),
        Worked(nr, c[130], "nameplate CN, invoice IR", "SYN-PLATE-001;SYN-INV-IR-001", nc, "condemned"),
        Worked(nr, c[132], "certificates MY and TH", "SYN-COO-MY-004;SYN-COO-TH-003", ok, "cleared"),
        Worked(nr, c[72], f"certificate MY, {contested}", "SYN-COO-MY-001;SYN-NOTICE-0007", un, "disputed"),
        Worked(nr, c[56], "certificate MY, customs notice CN alleged", "SYN-COO-MY-001;SYN-NOTICE-0009", un, "disputed"),
        Worked(nr, c[60], "certificate MY, customs ruling CN final", "SYN-COO-MY-001;SYN-RULING-0003", nc, "final-finding"),
        Worked(nr, lots["E"][0], "certificate HK, delivered 2019", "SYN-COO-HK-001", un, "reading"),
        Worked(nr, a[0], "certificate MY for 500 of 800 units without serials", "SYN-COO-MY-003", un, "unproven"),
        Worked(nr, a[1], "certificate MY for 500 of 800 units, cell says MY", "SYN-COO-MY-003", un, "unproven"),
        Worked(nr, d[70], "fuzzy model match, nameplate CN", "SYN-PLATE-001", nc, "condemned"),
        Worked(nr, c[100], f"{contested}, no certificate", "SYN-NOTICE-0007", un, "disputed"),
        Worked(nr, b[0], "certificate MY for the whole batch of 240", "SYN-COO-MY-002", ok, "cleared"),
        Worked(nr, b[2], "certificate MY for the whole batch, cell says CN", "SYN-COO-MY-002", un, "disputed"),
        Worked(nr, d[0], "certificate TH naming a range", "SYN-COO-TH-001", ok, "cleared"),
        Worked(nr, d[60], "just outside the range of the certificate, empty cell", "", un, "open"),
        Worked(nr, c[20], "certificate MY, but its serial stands on two rows", "SYN-COO-MY-001", un, "unproven"),
        Worked(nr, c[24], "certificate MY, but its serial stands on a quantity of 10", "SYN-COO-MY-001", un, "unproven"),
        Worked(cs, lots["K"][0], "production record TH naming the serial", "SYN-PROD-001", ok, "cleared"),
        Worked(cs, lots["N"][0], "certificate MY for model, order and delivery", "SYN-COO-MY-007", ok, "cleared"),
        Worked(cs, lots["I"][36], "certificate MY issued by the seller itself", "SYN-COO-MY-006", un, "unproven"),
        Worked(cs, lots["I"][56], "customs entry TH", "SYN-ENTRY-TH-001", un, "unproven"),
        Worked(cs, h[0], "packing list MY", "SYN-PL-MY-001", un, "unproven"),
        Worked(cs, lots["G"][0], "nameplate CN, invoice MY for the order", "SYN-PLATE-001;SYN-INV-MY-001", nc, "condemned"),
        Worked(cs, lots["G"][4], "nameplate MY, invoice MY", "SYN-PLATE-002;SYN-INV-MY-001", un, "unproven"),
        Worked(cs, h[120], "a letter of the seller says MY", "SYN-DECL-MY-001", un, "unproven"),
    ]  # fmt: skip


def disturb(lots: Lots) -> None:
    """Add the small faults that every real list has."""
    lots["A"][400].mac = "3C:A3:08:11:22"  # one octet short
    lots["F"][3].mac = lots["F"][4].mac = "00:0A:35:00:00:00"  # a default shared by many boards
    lots["A"][410].serial = None
    lots["A"][411].serial = "N/A"
    lots["J"][40].serial = "unreadable"
    lots["G"][200].origin, lots["M"][30].origin, lots["J"][90].origin = "CN/MY", "not China", "China?"
    lots["H"][200].origin = lots["H"][201].origin = "Made in Hong Kong"
    for index, machine in enumerate(lots["G"]):
        assert isinstance(machine.delivered, dt.date)  # noqa: S101 - set a few lines above, for the type checker
        machine.delivered = {
            17: f"{machine.delivered:%d-%b-%Y}",
            33: None,
            51: machine.delivered.isoformat(),
        }.get(index % 90, machine.delivered)
    for machine in lots["C"][60:72]:
        machine.entry = "ZZ9-0000026-4"
    for machine in lots["I"][56:70]:
        machine.entry = "ZZ9-0000031-4"

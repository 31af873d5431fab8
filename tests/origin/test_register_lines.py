"""Lines held as columns: each comes out as it went in, whichever way it is asked for."""

from __future__ import annotations

from datetime import date

from provenance.evidence import Facet, FindingStatus, Grade, StatedBy
from provenance.origin.register import Flag, Question, Register, RegisterLine
from provenance.origin.register_lines import RegisterLines, all_lines

FULL = RegisterLine(
    register="a.csv", row=2, document="C1", kind=Grade.FINDING, country="CN/MY", atoms=frozenset({"CN", "MY"}),
    issuer="Customs", issuer_role=StatedBy.GOVERNMENT, status=FindingStatus.ALLEGED, day=date(2024, 5, 1),
    facet=Facet.BOARDS, serials=("A1", "A2"), batch="B1", order="P1", maker="Bitmain", model="S21",
    entry_number="ZZ9-1", importer="Importer LLC", delivered_from=date(2024, 1, 1), delivered_to=date(2024, 2, 1),
    quantity=2, based_on=("I1", "I2"), page="3", sha256="a" * 64, note="a note",
    questions=(Question(Flag.COUNT, "which?"),), remarks=("worth a declaration",),
)  # fmt: skip
BARE = RegisterLine("b.csv", 3, "C2", Grade.CERTIFICATE, "MY", frozenset({"MY"}))
LINES = (FULL, BARE, RegisterLine("b.csv", 4, "C3", Grade.INVOICE, "TH", frozenset({"TH"}), serials=("A3",)))


def test_lines_come_out_as_they_went_in():
    held = RegisterLines.of(LINES)
    assert tuple(held) == LINES
    assert tuple(held[at] for at in range(3)) == LINES
    assert (held[-1], tuple(held[1:]), len(held)) == (LINES[-1], LINES[1:], 3)


def test_several_registers_are_one_list_of_lines_in_their_order():
    registers = [
        Register("a.csv", RegisterLines.of(LINES[:1])),
        Register("b.csv", RegisterLines.of(LINES[1:])),
    ]
    assert tuple(all_lines(registers)) == LINES
    assert tuple(all_lines(registers[::-1])) == (*LINES[1:], *LINES[:1])
    assert tuple(all_lines([])) == ()


def test_lines_without_serial_numbers_name_lots():
    assert RegisterLines.of(LINES).lots() == [1]

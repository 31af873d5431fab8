"""What is asked of documents before any machine is looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from provenance.evidence import Grade, StatedBy
from provenance.origin.questions import Asking, Interested, ask_of_lines, company_key
from provenance.origin.register import Flag, RegisterLine
from provenance.origin.register_lines import RegisterLines

AS_OF = date(2026, 11, 20)
PARTIES = {company_key("MineOne Wyoming Data Center LLC"): Interested("seller")}


def line(document: str = "C1", **values: Any) -> RegisterLine:
    plain: dict[str, Any] = {"kind": Grade.CERTIFICATE, "country": "MY", "atoms": frozenset({"MY"})}
    named: dict[str, Any] = {"issuer_role": StatedBy.CHAMBER, "serials": ("A1",)}
    return RegisterLine("evidence.csv", 2, document, **(plain | named | values))


def asked(*lines: RegisterLine, parties: dict[str, Interested] | None = None) -> list[list[Flag]]:
    told = ask_of_lines(RegisterLines.of(lines), Asking(AS_OF, parties or {}))
    assert all(question.text.endswith("?") for questions in told.values() for question in questions)
    return [[question.flag for question in told.get(at, ())] for at in range(len(lines))]


@pytest.mark.parametrize("kind", [Grade.CERTIFICATE, Grade.PRODUCTION_RECORD, Grade.FINDING])
def test_a_paper_worth_its_issuer_is_asked_for_it(kind):
    assert asked(line(kind=kind, issuer_role=StatedBy.UNKNOWN)) == [[Flag.ISSUER_UNKNOWN]]
    assert asked(line(kind=kind, issuer_role=StatedBy.GOVERNMENT)) == [[]]


@pytest.mark.parametrize("kind", [Grade.NAMEPLATE, Grade.INVOICE, Grade.CUSTOMS_ENTRY, Grade.DECLARED])
def test_a_paper_that_is_no_issuers_word_is_not(kind):
    assert asked(line(kind=kind, issuer_role=StatedBy.UNKNOWN)) == [[]]


def test_a_document_of_the_future_is_asked_about_its_date():
    assert asked(line(day=date(2026, 11, 21)), line("C2", day=AS_OF)) == [[Flag.AFTER_AS_OF], []]


def test_an_issuer_that_bears_the_name_of_the_seller_speaks_for_itself_whatever_its_role_is_said_to_be():
    own = line(issuer="MineOne  Wyoming Data Center LLC")
    assert asked(own, parties=PARTIES) == [[Flag.SELF_ISSUED]]
    assert asked(line(issuer="A chamber"), parties=PARTIES) == [[]]


@pytest.mark.parametrize(
    "issuer",
    [
        "MineOne Wyoming Data Center, L.L.C.",
        "MINEONE WYOMING DATA-CENTER",
        "The MineOne Wyoming Data Center Company",
    ],
)
def test_another_spelling_of_the_sellers_name_or_its_legal_form_is_the_seller_all_the_same(issuer):
    assert asked(line(issuer=issuer), parties=PARTIES) == [[Flag.SELF_ISSUED]]


def test_a_seller_that_makes_nothing_is_not_believed_to_be_the_maker():
    own = line(issuer="MineOne Wyoming Data Center LLC", issuer_role=StatedBy.MAKER)
    assert asked(own, parties=PARTIES) == [[Flag.SELF_ISSUED]]
    maker = {company_key("Bitmain"): Interested("obligor", makes=True)}
    assert asked(line(issuer="Bitmain Ltd", issuer_role=StatedBy.MAKER), parties=maker) == [[]]
    assert asked(line(issuer="Bitmain Ltd"), parties=maker) == [[Flag.SELF_ISSUED]]


def test_a_file_under_two_names_counts_once_as_the_weaker_of_them():
    strong, weak = line("C1", sha256="a" * 64), line("I1", kind=Grade.INVOICE, sha256="a" * 64)
    assert asked(strong, weak) == [[Flag.SAME_SOURCE], []]
    assert asked(line("C2", sha256="a" * 64), line("C1", sha256="a" * 64)) == [[Flag.SAME_SOURCE], []]


def test_lines_of_one_document_are_one_paper():
    assert asked(line(sha256="a" * 64), line(serials=("A2",), sha256="a" * 64)) == [[], []]


def test_a_paper_drawn_up_from_one_that_is_recorded_proves_no_more_than_that():
    assert asked(line("C1", based_on=("I1",)), line("i1", kind=Grade.INVOICE)) == [[Flag.SAME_SOURCE], []]


def test_of_papers_from_a_source_that_nobody_recorded_one_counts():
    told = asked(line("C1", based_on=("W1",)), line("C2", based_on=("W1",)), line("C3", based_on=("W2",)))
    assert told == [[], [Flag.SAME_SOURCE], []]


def test_the_order_of_lines_changes_no_question():
    lines = [
        line("C2", sha256="a" * 64),
        line("C1", sha256="a" * 64),
        line("C3", based_on=("C1",)),
        line("C4"),
    ]
    assert asked(*lines) == asked(*lines[::-1])[::-1]

"""The wording of every report: verdicts, reasons, pieces, standing, and the sentences that every report carries."""

from __future__ import annotations

from typing import assert_never

from provenance.evidence import Facet, Grade, Piece, StatedBy
from provenance.expressions import expression
from provenance.inventory.table import Rejection
from provenance.policy.explain import FACET_PHRASES, FLAG_SENTENCES, GRADE_PHRASES, phrase
from provenance.policy.rule import Effect, TestDate
from provenance.policy.verdict import Reason, Verdict

SYNTHETIC = "SYNTHETIC - made-up data. Nothing in this report speaks of real goods, parties or documents."
"""Stands on every report of an input that says so of itself."""

DISCLAIMER = (
    "This report states what the listed evidence shows under the reading named, as of the date named. It is not "
    "legal advice and certifies nothing. The program has seen no paper, only the register's record of it."
)

UNDER_READING = "non-conforming under this reading on the evidence listed"

NO_REMEDY = "none-stated"
"""The remedy of a rule that gives none."""

VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.NON_CONFORMING: "non-conforming",
    Verdict.UNDETERMINED: "undetermined",
    Verdict.WAIVED: "waived",
    Verdict.CONFORMING: "conforming",
    Verdict.OUT_OF_SCOPE: "out of scope",
}

VERDICT_MEANINGS: dict[Verdict, str] = {
    Verdict.NON_CONFORMING: UNDER_READING,
    Verdict.UNDETERMINED: "not proven either way: whoever bears the burden has to prove it",
    Verdict.WAIVED: "accepted for now by a waiver in force",
    Verdict.CONFORMING: "proof excludes every possibly prohibited origin",
    Verdict.OUT_OF_SCOPE: "no rule reaches it, on a known fact",
}

REASON_WORDS: dict[Reason, str] = {
    Reason.DISPUTED: "statements stand on both sides, or a government claim is open",
    Reason.REVIEW: "the rule asks for review by a person",
    Reason.READING: "the clause, a date or a list leaves it open and has to be read",
    Reason.PRESUMED: "all that is known points to a prohibited origin, short of proof",
    Reason.UNIDENTIFIED: "what it is could not be established",
    Reason.AMBIGUOUS: "it may be of several makers",
    Reason.OPEN: "prohibited and other origins are both possible",
    Reason.UNPROVEN: "points away from the prohibited origins, short of proof",
    Reason.FINAL_FINDING: "a final government determination",
    Reason.CONDEMNED: "statements that the rule accepts as proof of a prohibited origin",
    Reason.CLEARED: "proof that excludes every prohibited origin",
    Reason.WAIVER: "a waiver is in force",
    Reason.SCOPE: "outside the rule's scope",
}

REJECTION_WORDS: dict[Rejection, str] = {
    Rejection.BLANK: "blank row",
    Rejection.TOTAL: "total",
    Rejection.NOTE: "note",
    Rejection.HEADER: "header repeated",
    Rejection.QUANTITY: "quantity is no whole number above zero",
}

STATED_BY_WORDS: dict[StatedBy, str] = {
    StatedBy.GOVERNMENT: "a government",
    StatedBy.CHAMBER: "a chamber",
    StatedBy.MAKER: "the maker",
    StatedBy.OBLIGOR: "the obligor",
    StatedBy.SELLER: "the seller",
    StatedBy.IMPORTER: "the importer",
    StatedBy.BUYER: "the buyer",
    StatedBy.UNKNOWN: "not recorded by whom",
}

TEST_DATE_WORDS: dict[TestDate, str] = {
    TestDate.CONTRACT: "the contract date",
    TestDate.PURCHASE: "the date of purchase",
    TestDate.DELIVERY: "the date of delivery",
    TestDate.INSTALLATION: "the date of installation",
    TestDate.MANUFACTURE: "the date of manufacture",
    TestDate.AUTHORISATION: "the date on which the model was authorised",
    TestDate.AS_OF: "the determination date",
}

EFFECT_WORDS: dict[Effect, str] = {
    Effect.CONDEMN: "a machine that meets it is non-conforming",
    Effect.REVIEW: "a machine that meets it is put up for review",
}

_UNSAFE = expression(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
"""Control, escape and text-direction characters: a cell must not steer a terminal or reorder a line."""


def one_line(text: str) -> str:
    """Return the text of a cell on one line, with what would steer a terminal or reorder a line made visible."""
    return _UNSAFE.sub("\ufffd", " ".join(text.split()))


def xml_line(text: str) -> str:
    """Return a text on one line, without the characters that XML 1.0 has no way to hold; not escaped."""
    return "".join(
        sign if "\x20" <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff" else "\ufffd"
        for sign in one_line(text)
    )


def piece_words(piece: Piece) -> str:
    """Return one piece in words, `nameplate: China (CN)`, with the question it answers unless it is manufacture."""
    text = phrase(piece)
    return text if piece.facet is Facet.MANUFACTURE else f"{text} [{FACET_PHRASES[piece.facet]}]"


def document_words(grade: Grade) -> str:
    """Return what kind of document a register line records; a bare declaration is not the inventory's own."""
    return "declaration" if grade is Grade.DECLARED else GRADE_PHRASES[grade]


def facet_words(facet: Facet) -> str:
    """Return the question of a facet in words: `the country of manufacture`."""
    return FACET_PHRASES[facet]


def flag_words(flag: str) -> str:
    """Return an oddity in words; one that has no wording reads as its own words."""
    sentence = FLAG_SENTENCES.get(flag, flag.replace("-", " "))
    return f"{sentence[:1].lower()}{sentence[1:].removesuffix('.')}"


def verdict_words(verdict: Verdict, reason: Reason) -> str:
    """Return a verdict with the reason where it has several: `undetermined (open)`."""
    match verdict:
        case Verdict.UNDETERMINED:
            return f"{VERDICT_WORDS[verdict]} ({reason.value})"
        case Verdict.NON_CONFORMING | Verdict.WAIVED | Verdict.CONFORMING | Verdict.OUT_OF_SCOPE:
            return VERDICT_WORDS[verdict]
        case _:
            assert_never(verdict)


def number(count: int) -> str:
    """Return a count with thousands separated: `12,480`."""
    return f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun: `1 unit`, `12,480 units`."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def joined(parts: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Return `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"

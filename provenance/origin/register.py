"""The evidence register: one line per document, saying which goods it speaks of and what it says of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.evidence import Facet, FindingStatus, Grade, StatedBy
from provenance.records import dataclass

if TYPE_CHECKING:
    from provenance.origin.register_lines import RegisterLines


class Flag(StrEnum):
    """What there is to ask about a document. Those of `STOPPING` keep it from clearing; it may still condemn."""

    OTHER_MAKER = "names-another-maker"
    OTHER_MODEL = "names-another-model"
    BEFORE_MANUFACTURE = "dated-before-manufacture"
    BEFORE_SWAP = "dated-before-a-board-swap"
    """It speaks of boards, and is not dated since the unit had other ones or was away for repair."""
    AFTER_AS_OF = "dated-after-the-as-of-day"
    RANGE = "range-irregular"
    COUNT = "count-differs"
    REPEATED = "serial-named-twice"
    NO_DIGIT = "serial-without-a-digit"
    MORE_UNITS = "more-units-than-exist"
    SELF_ISSUED = "self-issued"
    ISSUER_UNKNOWN = "issuer-not-known"
    SAME_SOURCE = "same-source"
    OTHER_FILE = "another-file"
    """The folder of documents holds a file of its name with another sha256."""
    NOT_IN_INVENTORY = "not-in-the-inventory"
    CONTRADICTED = "contradicted"
    RECORDED_TWICE = "recorded-in-two-ways"
    NOT_SEEN = "not-seen"
    NOT_READ = "not-read"

    @property
    def stops_clearing(self) -> bool:
        """Whether a document of which this is asked clears nothing until it is answered."""
        return self in STOPPING


STOPPING = frozenset(tuple(Flag)[: tuple(Flag).index(Flag.NOT_IN_INVENTORY)])
"""The flags that keep a document from clearing."""


def folded(text: str) -> str:
    """Return a name or an id as it is compared: without case and spare blanks."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask about a document, with its flag."""

    flag: Flag
    text: str
    """In words, as a question."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One document as the register records it; the program has seen only the record."""

    register: str
    """Name of the register file."""
    row: int
    """Its row there, from 1; its line where the register is YAML."""
    document: str
    kind: Grade
    country: str
    """As written."""
    atoms: frozenset[str]
    # What a register may leave out.
    issuer: str = ""
    issuer_role: StatedBy = StatedBy.UNKNOWN
    status: FindingStatus | None = None
    day: date | None = None
    facet: Facet = Facet.MANUFACTURE
    serials: tuple[str, ...] = ()
    """Normalised serials it names, ranges expanded; empty when it names goods another way."""
    batch: str | None = None
    order: str | None = None
    maker: str | None = None
    """Who made the goods, as the document says."""
    model: str | None = None
    entry_number: str | None = None
    importer: str | None = None
    delivered_from: date | None = None
    delivered_to: date | None = None
    quantity: int | None = None
    based_on: tuple[str, ...] = ()
    """Ids of the documents that it was drawn up from."""
    page: str = ""
    sha256: str = ""
    note: str = ""
    questions: tuple[Question, ...] = ()
    """What is to be asked about the record itself, whatever the inventory holds."""
    remarks: tuple[str, ...] = ()
    """What a reader must know of how it was taken, in words."""

    @property
    def id(self) -> str:
        """Register, document and row: unique within a run, for registers have names of their own."""
        return f"{self.register}:{self.document}#{self.row}"

    @property
    def place(self) -> str:
        """Where it is recorded, for a reader."""
        return f"{self.register} row {self.row}"


@dataclass(frozen=True, slots=True)
class Register:
    """One register as it was read."""

    name: str
    lines: RegisterLines
    unanswered: tuple[int, ...] = ()
    """Rows that name no country yet: requests that nobody has answered."""

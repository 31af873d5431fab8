"""Looking for documents in their folder: by digest, never by name alone."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from provenance.errors import OriginError
from provenance.evidence import Grade
from provenance.origin.document_folder import look_for, read_document_folder
from provenance.origin.register import Flag, RegisterLine
from provenance.origin.register_lines import RegisterLines


def folder(tmp_path: Path, **files: str) -> Path:
    room = tmp_path / "papers"
    (room / "coo").mkdir(parents=True)
    for name, text in files.items():
        (room / "coo" / f"{name}.pdf").write_text(text)
    return room


def line(document: str, sha256: str = "") -> RegisterLine:
    return RegisterLine(
        "e.csv", 2, document, Grade.CERTIFICATE, "MY", frozenset({"MY"}), serials=("A1",), sha256=sha256
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_document_is_seen_by_its_sha256_whatever_it_is_called(tmp_path):
    papers = read_document_folder(folder(tmp_path, scan="one", other="two"))
    found = look_for(RegisterLines.of([line("COO-1", digest("one")), line("COO-2", digest("gone"))]), papers)
    assert found.seen == (
        "seen: coo/scan.pdf", "not seen by this program: no file of the folder has its sha256",
    )  # fmt: skip
    assert (found.unread, found.questions) == (("coo/other.pdf",), {})


def test_a_file_of_the_documents_name_with_another_sha256_stops_it_from_clearing(tmp_path):
    papers = read_document_folder(folder(tmp_path, COO_1="changed"))
    found = look_for(RegisterLines.of([line("coo_1", digest("one"))]), papers)
    assert found.seen == ("not seen by this program: coo/COO_1.pdf has another sha256",)
    ((question,),) = found.questions.values()
    assert (question.flag, question.flag.stops_clearing) == (Flag.OTHER_FILE, True)


def test_a_document_without_a_recorded_sha256_is_not_seen_even_where_a_file_bears_its_name(tmp_path):
    papers = read_document_folder(folder(tmp_path, COO_1="one"))
    found = look_for(RegisterLines.of([line("COO_1"), line("COO_2")]), papers)
    assert found.seen == (
        "not seen by this program: coo/COO_1.pdf bears its name, and the register records no sha256",
        "not seen by this program: no sha256 is recorded",
    )
    assert found.questions == {}


def test_hidden_files_and_those_read_in_another_way_are_passed_over(tmp_path):
    room = folder(tmp_path, one="one", two="two")
    (room / ".hidden").write_text("x")
    assert list(read_document_folder(room, {(room / "coo" / "two.pdf").resolve()}).digests) == ["coo/one.pdf"]


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(OriginError, match="is no folder of documents"):
        read_document_folder(tmp_path / "nothing")


def test_links_that_lead_nowhere_or_to_a_folder_and_pipes_are_named_and_not_waited_for(tmp_path):
    room = folder(tmp_path, scan="one")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "far.pdf").write_text("far")
    (room / "linked").symlink_to(tmp_path / "elsewhere")
    (room / "far.pdf").symlink_to(tmp_path / "elsewhere" / "far.pdf")
    (room / "gone.pdf").symlink_to(tmp_path / "nowhere")
    (room / "circle").symlink_to(room / "circle")
    os.mkfifo(room / "pipe")
    papers = read_document_folder(room)
    assert list(papers.digests) == ["coo/scan.pdf", "far.pdf"]
    found = look_for(RegisterLines.of([line("COO-1", digest("one"))]), papers)
    assert (found.unread, found.passed_over) == (("far.pdf",), ("circle", "gone.pdf", "linked", "pipe"))

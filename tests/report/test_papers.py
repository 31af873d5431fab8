"""Notice and memorandum as Word and PDF: the same text in every form, nothing runs, the same bytes twice."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import docx
import pypdf
import pytest

from provenance.errors import ReportError
from provenance.report.document import build_document
from provenance.report.matter_file import load_matter
from provenance.report.memorandum import PRIVILEGED, memorandum_paper
from provenance.report.notice import notice_paper
from provenance.report.notice_fields import FIELDS, notice_fields
from provenance.report.prose import Heading, Letter, Paper, Paragraph, Table
from provenance.report.prose_markdown import write_markdown
from provenance.report.prose_pdf import covered, write_pdf
from provenance.report.prose_word import write_word

HERE = Path(__file__).parent
DAY = date(2024, 6, 30)

MATTERS = {
    "seed-before-closing": """\
schema: provenance-matter/2
phase: pre-closing
agreement: {title: Purchase and sale agreement, date: 2024-05-08}
governing_law: unstated
""",
    "ucc-after-acceptance": """\
schema: provenance-matter/2
phase: post-closing
agreement: {title: Sale of miners, date: 2024-05-08, clause: "4.2"}
governing_law: ucc:WY
parties:
  - {role: buyer, name: Matter Buyer Inc., notice_address: 1 Main Street}
  - {role: seller, name: Matter Seller LLC, notice_address: 2 Main Street}
batches:
  - {batch: "*", delivered: 2024-06-01, inspected: 2024-06-05, accepted: 2024-06-10}
discovery_date: 2024-06-20
goods: {held_at: Campstool yard, in_use: true}
cure: {days: 30, clause: section 9}
elects: revocation
signatory: B. Buyer, director
""",
    "cisg-two-obligors": """\
schema: provenance-matter/2
phase: post-closing
governing_law: cisg
parties:
  - {role: buyer, name: Käufer GmbH}
  - {role: seller, name: 卖方贸易有限公司}
  - {role: obligor, name: Bitmain (made-up obligor), notice_address: 3 Main Street}
batches:
  - {batch: "*", delivered: 2024-06-01}
elects: substitute-goods
mention_conforming: true
""",
}


@pytest.fixture
def paper(audit, tmp_path):
    def make(matter_text=None, build=notice_paper, of=audit):
        matter = None
        if matter_text is not None:
            (tmp_path / "matter.yaml").write_text(matter_text, encoding="utf-8")
            matter = load_matter(tmp_path / "matter.yaml")
        return build(of, build_document(of, matter), matter)

    return make


def pdf_text(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def word_text(path):
    document = docx.Document(str(path))
    body = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join(
        [*body, *(cell.text for table in document.tables for row in table.rows for cell in row.cells)]
    )


@pytest.mark.parametrize("name", MATTERS)
def test_the_letters_of_three_matters_are_the_golden_ones(golden, tmp_path, paper, name):
    write_markdown(paper(MATTERS[name]), tmp_path / "notice.md")
    golden(f"notice-{name}.md", (tmp_path / "notice.md").read_text("utf-8"))


@pytest.mark.parametrize("name", MATTERS)
def test_every_form_holds_the_same_serials_and_headings(tmp_path, paper, name):
    write_markdown(paper(MATTERS[name]), tmp_path / "a.md")
    write_pdf(paper(MATTERS[name]), DAY, tmp_path / "a.pdf")
    write_word(paper(MATTERS[name]), tmp_path / "a.docx")
    markdown = (tmp_path / "a.md").read_text("utf-8")
    in_pdf = re.sub(r"\s+", " ", " ".join(pdf_text(tmp_path / "a.pdf")))
    in_word = re.sub(r"\s+", " ", word_text(tmp_path / "a.docx"))
    headings = re.findall(r"^#+ ([\w., :-]+)$", markdown, re.MULTILINE)
    serials = re.findall(r"\b(?:SN|OP|UP|WM)-\w+", markdown)
    assert len(headings) > 8
    assert [text for text in {*headings, *serials} if text not in in_pdf] == []
    assert [text for text in {*headings, *serials} if text not in in_word] == []


def test_names_of_chinese_makers_are_whole_in_the_pdf(tmp_path, paper):
    write_pdf(paper(MATTERS["cisg-two-obligors"]), DAY, tmp_path / "a.pdf")
    text = "".join(pdf_text(tmp_path / "a.pdf"))
    assert "比特大陆" in text
    assert "卖方贸易有限公司" in text


def test_the_fonts_have_every_name_of_the_catalogue():
    from provenance.catalog.database import open_catalogue

    names = {
        sign for maker in open_catalogue().makers() for name in (maker.name, *maker.aliases) for sign in name
    }
    assert sorted(names - covered()) == []


def test_every_page_of_a_pdf_has_marks_foot_and_its_place_in_its_letter(tmp_path, paper, audit_of):
    write_pdf(paper(of=audit_of(synthetic=True)), DAY, tmp_path / "a.pdf")
    pages = pdf_text(tmp_path / "a.pdf")
    places = [re.search(r"page (\d+) of (\d+)", page) for page in pages]
    assert [page for page in pages if "DRAFT" not in page or "SYNTHETIC" not in page] == []
    assert [page for page in pages if "not legal advice" not in re.sub(r"\s+", " ", page)] == []
    numbers = [(int(place[1]), int(place[2])) for place in places]
    starts = [at for at, (page, _) in enumerate(numbers) if page == 1]
    assert len(starts) == 3
    assert [numbers[end - 1][0] for end in [*starts[1:], len(numbers)]] == [numbers[at][1] for at in starts]


def test_a_pdf_says_that_it_is_one_to_be_kept_and_of_what_day(tmp_path, paper):
    write_pdf(paper(), DAY, tmp_path / "a.pdf")
    reader = pypdf.PdfReader(tmp_path / "a.pdf")
    assert b'pdfaid:part="2"' in reader.trailer["/Root"]["/Metadata"].get_data() or (
        b"<pdfaid:part>2</pdfaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    )
    assert reader.metadata["/CreationDate"].startswith("D:20240630")


@pytest.mark.parametrize("build", [notice_paper, memorandum_paper])
def test_two_runs_give_the_same_bytes(tmp_path, paper, build):
    for name in ("one", "two"):
        write_pdf(paper(build=build), DAY, tmp_path / f"{name}.pdf")
        write_word(paper(build=build), tmp_path / f"{name}.docx")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


HOSTILE = (
    '=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "{{ 7*7 }}", "{% for x in y %}", "<w:br/>", "#set page()",
    "*bold* _it_ $x$ @ref", "a\u202eb", "\x00\x1b[31m", "]]>", "&amp;", "\ud800", "\uffff", "ภาษาไทย", "🙂",
)  # fmt: skip


def hostile_paper():
    blocks = (
        *(Paragraph(text) for text in HOSTILE),
        *(Heading(2, text) for text in HOSTILE),
        Table(HOSTILE, [HOSTILE], (1,) * len(HOSTILE)),
    )
    return Paper(("DRAFT {{ marks }}",), "foot {{ foot }}", (Letter("{{ title }}", blocks),))


def test_nothing_in_a_text_is_a_formula_markup_or_template(tmp_path):
    write_word(hostile_paper(), tmp_path / "a.docx")
    write_pdf(hostile_paper(), DAY, tmp_path / "a.pdf")
    text = word_text(tmp_path / "a.docx")
    for harmless in HOSTILE[:7]:
        assert harmless in text
        assert harmless in re.sub("\u200b", "", " ".join(pdf_text(tmp_path / "a.pdf")))
    assert re.findall("49|\u202e|\x1b|\x00", text) == []
    with zipfile.ZipFile(tmp_path / "a.docx") as parts:
        header = next(name for name in parts.namelist() if "header" in name and name.endswith(".xml"))
        assert "DRAFT {{ marks }}" in parts.read(header).decode()


def test_a_character_that_the_fonts_lack_is_replaced_and_the_foot_says_so(tmp_path):
    write_pdf(hostile_paper(), DAY, tmp_path / "a.pdf")
    text = " ".join(pdf_text(tmp_path / "a.pdf"))
    assert "ภ" not in text
    assert "that the fonts of this document lack are shown as" in re.sub(r"\s+", " ", text)


def template_of(tmp_path, *paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for unit in letters[0].schedule_a %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ unit.serial }}", "{{ unit.found }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.save(str(tmp_path / "counsel.docx"))
    return tmp_path / "counsel.docx"


def filled(audit, tmp_path, template, paper):
    fields = notice_fields(audit, build_document(audit), None)
    write_word(paper(), tmp_path / "a.docx", fields, template)
    return word_text(tmp_path / "a.docx")


def test_counsels_own_template_is_filled_in_with_loops(audit, tmp_path, paper):
    template = template_of(tmp_path, "{%p for letter in letters %}", "Dear {{ letter.to }}:", "{%p endfor %}")
    text = filled(audit, tmp_path, template, paper)
    assert "Dear Seller Made-up LLC:" in text
    assert "Dear Bitmain (made-up obligor):" in text
    assert "SN-0001\nChina" in text


def test_a_template_made_in_libreoffice_is_filled_in(audit, tmp_path, paper):
    text = filled(audit, tmp_path, HERE / "data" / "counsel-libreoffice.docx", paper)
    assert "To: Seller Made-up LLC" in text
    assert "SN-0001" in text
    assert "{" not in text


@pytest.mark.parametrize(
    "wrong",
    ["{{ nobody }}", "{{ letters.__class__.__mro__ }}", "{% for x in %}", "{{ letters[0].tilte }}"],
)
def test_a_template_that_asks_for_what_there_is_not_is_a_fault_that_says_where_to_look(
    audit, tmp_path, paper, wrong
):
    with pytest.raises(ReportError, match=r"counsel\.docx: cannot be filled in .*`provenance notice fields`"):
        filled(audit, tmp_path, template_of(tmp_path, wrong), paper)


def test_every_field_that_is_listed_is_there_and_every_field_is_listed(audit):
    listed = set()
    for name, _ in FIELDS:
        listed.update(re.findall(r"\.(\w+)", name) or [name.split("[")[0]])
    letter = notice_fields(audit, build_document(audit), None)["letters"][0]
    nested = [
        key
        for value in letter.values()
        if isinstance(value, list)
        for row in value[:1]
        if isinstance(row, dict)
        for key in row
    ]
    assert {"letters", "body", "marks", "foot", *letter, *nested} == listed | {"letters"}


def test_a_memorandum_is_privileged_and_holds_what_no_letter_does(tmp_path, paper):
    write_markdown(paper(build=memorandum_paper), tmp_path / "memo.md")
    text = (tmp_path / "memo.md").read_text("utf-8")
    assert f"**{PRIVILEGED}**" in text
    for said in (
        "OK-0",
        "Other readings",
        "Reading",
        "How columns were read",
        "Missing: governing law",
        "Method",
    ):
        assert said in text


def test_a_file_that_is_no_document_is_refused_by_name(tmp_path, paper):
    (tmp_path / "counsel.docx").write_bytes(b"no zip")
    with pytest.raises(ReportError, match=r"counsel\.docx: cannot be filled in"):
        write_word(paper(), tmp_path / "a.docx", {}, tmp_path / "counsel.docx")


def test_long_schedules_repeat_their_head_on_every_page(tmp_path):
    rows = [(f"SN-{number}", "China") for number in range(900)]
    paper = Paper(("DRAFT",), "foot", (Letter("A", (Table(("Serial", "Found"), rows, (1, 1)),)),))
    write_pdf(paper, DAY, tmp_path / "a.pdf")
    assert [page for page in pdf_text(tmp_path / "a.pdf") if "Serial" not in page] == []
    write_word(paper, tmp_path / "a.docx")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.docx").read_bytes())) as parts:
        assert parts.read("word/document.xml").count(b"<w:tblHeader/>") == 1

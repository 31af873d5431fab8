"""Papers as Word documents: our own template or counsel's, filled in by docxtpl in a sandbox.

A template gets the paper as a ready-made body, its marks and its foot, and whatever fields a paper has beside. Text is escaped
wherever it goes, a template cannot reach into the program, and the same paper gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_never
from xml.sax.saxutils import escape

from provenance.errors import Fault, ReportError
from provenance.report.prose import Block, Bullets, Heading, Paper, Paragraph, Quotation, Table
from provenance.report.words import one_line, xml_line

TEMPLATE = Path(__file__).parent / "templates" / "paper.docx"
_STAMP = (2026, 1, 1, 0, 0, 0)
"""The time of every part of the document: the clock has no say in its bytes."""
_WIDTH = 9860
"""Of a table, in twentieths of a point: the page without its margins."""
_SECTION = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)


class _Xml(str):
    """WordprocessingML that stands for itself where a template puts it."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def write_word(
    paper: Paper, path: Path, fields: Mapping[str, Any] | None = None, template: Path | None = None
) -> None:
    """Write a paper as docx.

    Args:
        paper: What to lay out.
        path: Where to write.
        fields: What a template may use beside `body`, `marks` and `foot`; texts are escaped.
        template: A document with the fields in it; the one that ships by default.

    Raises:
        ReportError: docxtpl is not installed, or the template cannot be read or asks for what there is not.
    """
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        raise ReportError(
            Fault("docx", "needs docxtpl, which is not installed", "install provenance with the extra [docs]")
        ) from error
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    chosen = template or TEMPLATE
    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    try:
        document = DocxTemplate(chosen)
        context = {
            **(fields or {}),
            "marks": " · ".join(one_line(mark) for mark in paper.marks),
            "foot": one_line(paper.foot),
            "body": _Xml("".join(_body(paper, _section(chosen)))),
        }
        document.render(context, jinja_env=environment, autoescape=True)
        made = io.BytesIO()
        document.save(made)
    except (
        jinja2.TemplateError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
    ) as error:
        raise ReportError(
            Fault(
                chosen.name,
                f"cannot be filled in ({str(error).splitlines()[0][:200]})",
                "use the fields that `provenance notice fields` lists",
            )
        ) from error
    path.write_bytes(_stamped(made.getvalue()))


def _section(template: Path) -> str:
    """Return the page setup of a template, for a letter that is not the last: it counts its own pages."""
    with zipfile.ZipFile(template) as parts:
        found = _SECTION.findall(parts.read("word/document.xml").decode("utf-8"))
    return found[-1] if found else ""


def _stamped(data: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist()):
            target.writestr(zipfile.ZipInfo(name, _STAMP), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _body(paper: Paper, section: str) -> Iterator[str]:
    for number, letter in enumerate(paper.letters):
        yield _paragraph(letter.title, "Heading1")
        for block in letter.blocks:
            yield from _block(block)
        if number + 1 < len(paper.letters):
            yield f"<w:p><w:pPr>{_restarting(section)}</w:pPr></w:p>"


def _restarting(section: str) -> str:
    """Return a page setup whose pages count from 1."""
    plain = re.sub(r"<w:pgNumType[^>]*/>", "", section)
    return re.sub(r"(<w:pgMar[^>]*/>)", r'\1<w:pgNumType w:start="1"/>', plain, count=1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _paragraph(block.text, f"Heading{block.level}")
        case Paragraph():
            yield _paragraph(block.text, "", strong=block.strong)
        case Quotation():
            for line in block.text.splitlines():
                yield _paragraph(line, "Quote")
        case Bullets():
            for item in block.items:
                yield _paragraph(item, "ListBullet")
        case Table():
            yield from _table(block)
        case _:
            assert_never(block)


def _paragraph(text: str, style: str, *, strong: bool = False) -> str:
    own = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{own}{_run(text, strong=strong)}</w:p>"


def _run(text: str, *, strong: bool = False, small: bool = False) -> str:
    kept = "<w:b/>" if strong else ""
    kept += '<w:sz w:val="15"/><w:szCs w:val="15"/>' if small else ""
    own = f"<w:rPr>{kept}</w:rPr>" if kept else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{escape(xml_line(text))}</w:t></w:r>'


def _table(block: Table) -> Iterator[str]:
    parts = block.widths or (1,) * len(block.columns)
    widths = [_WIDTH * part // sum(parts) for part in parts]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr><w:tblGrid>"
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid>"
    yield _row(block.columns, widths, head=True)
    for row in block.rows:
        yield _row(row, widths)
    # Two tables without a paragraph between them would be one.
    yield "</w:tbl><w:p/>"


def _row(cells: tuple[str, ...], widths: list[int], *, head: bool = False) -> str:
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
        f"{_run(cell, strong=head, small=True)}</w:p></w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{made}</w:tr>"

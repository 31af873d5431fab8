"""Build the Word template that ships: styles, header and footer, and one place for the body.

    python tools/build_word_template.py

Counsel's own template may be any document with the fields that `provenance notice fields` lists.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

OUT = Path(__file__).resolve().parent.parent / "provenance" / "report" / "templates" / "paper.docx"


def field(paragraph: Paragraph, code: str) -> None:
    """Append a field that the word processor fills in."""
    run = paragraph.add_run()
    run.font.size = Pt(6.5)
    for kind, text in (("begin", None), (None, code), ("separate", None), ("shown", "1"), ("end", None)):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        elif kind == "shown":
            element = OxmlElement("w:t")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run.element.append(element)


def font(style: ParagraphStyle, size: float, *, bold: bool | None = None) -> None:
    """Set the font of a style, the one for Chinese text too."""
    style.font.name = "Noto Serif"
    style.font.size = Pt(size)
    style.font.italic = style.name == "Quote"
    style.font.color.rgb = RGBColor(0, 0, 0)
    if bold is not None:
        style.font.bold = bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), "Noto Serif")
    fonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def main() -> None:
    """Write the template."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.4)
    font(document.styles["Normal"], 9.5)
    document.styles["Normal"].paragraph_format.space_after = Pt(5)
    for level, size in enumerate((15, 12, 10.5, 10, 9.5), start=1):
        font(document.styles[f"Heading {level}"], size, bold=True)
    font(document.styles["Quote"], 9.5)
    font(document.styles["List Bullet"], 9.5)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(1)

    marks = section.header.paragraphs[0]
    marks.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = marks.add_run("{{ marks }}")
    run.font.size, run.font.color.rgb = Pt(7.5), RGBColor(0x8A, 0x1C, 0x1C)
    foot = section.footer.paragraphs[0]
    foot.add_run("{{ foot }} page ").font.size = Pt(6.5)
    field(foot, "PAGE")
    document.add_paragraph("{{p body }}")

    core = document.core_properties
    core.author, core.title, core.comments = "Provenance", "", ""
    core.created = core.modified = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - the format has no time zone
    document.save(OUT)


if __name__ == "__main__":
    main()

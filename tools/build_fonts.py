"""Build the fonts of the pdf reports: Noto Serif for what is written in Latin, Greek and Cyrillic, Noto Sans CJK for names.

    python tools/build_fonts.py /usr/share/fonts

The folder holds the Noto fonts (Debian: fonts-noto-core, fonts-noto-cjk). Needs fontTools, which the program does not. What the
fonts have glyphs for is written beside them, for a pdf that is to be kept must not hold a character that its fonts lack.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "provenance" / "report" / "fonts"
SERIF = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x2C6, 0x2DD), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x214F), (0xFFFD, 0xFFFD),
]  # fmt: skip


def gb2312() -> set[int]:
    """The characters of simplified Chinese text."""
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def catalogue_names() -> set[int]:
    """Whatever stands in the catalogue, so that the names of makers are whole in every script that they are written in."""
    texts = (path.read_text("utf-8") for path in (ROOT / "provenance" / "catalog" / "makers").glob("*.yaml"))
    return {ord(sign) for text in texts for sign in text if ord(sign) > 0x2000}


def reduce(font: TTFont, wanted: set[int], path: Path) -> set[int]:
    """Write a font with some characters only; return those it has."""
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(path)
    return set(font.getBestCmap())


def ranges(points: set[int]) -> list[str]:
    """Return code points as ranges in hexadecimal, one a line."""
    lines: list[list[int]] = []
    for point in sorted(points):
        if lines and lines[-1][1] == point - 1:
            lines[-1][1] = point
        else:
            lines.append([point, point])
    return [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in lines]


def main(folder: Path) -> None:
    """Write the fonts and what they cover."""
    OUT.mkdir(parents=True, exist_ok=True)
    serif = {point for first, last in SERIF for point in range(first, last + 1)}
    covered: list[set[int]] = []
    for style in ("Regular", "Bold"):
        source = next(folder.rglob(f"NotoSerif-{style}.ttf"))
        covered.append(reduce(TTFont(source), serif, OUT / f"NotoSerif-{style}.ttf"))
    collection = TTCollection(next(folder.rglob("NotoSansCJK-Regular.ttc")))
    chinese = next(font for font in collection.fonts if font["name"].getDebugName(1) == "Noto Sans CJK SC")
    cjk = reduce(chinese, (gb2312() | catalogue_names()) - serif, OUT / "NotoSansCJKsc-Regular.otf")
    both = (covered[0] & covered[1]) | cjk
    (OUT / "coverage.txt").write_text("\n".join(ranges(both)) + "\n", "ascii")
    print(f"{len(both):,} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

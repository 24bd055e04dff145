"""Blocks as WordprocessingML, by the names of the template's styles: a station restyles them in Word."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from alerts.drawing import Pictures
from alerts.sheet import (
    Annex,
    Blank,
    Block,
    Cell,
    Chart,
    Colophon,
    Heading,
    Note,
    Para,
    Row,
    Run,
    Signoff,
    Source,
    Table,
    kept,
)

CHAR = 315.84  # twips: 156 mm / 28
_MM = 56.693
_FACES = {
    "body": "",
    "bold": "<w:b/>",
    "hei": '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/>',
    "kai": '<w:rFonts w:ascii="楷体_GB2312" w:hAnsi="楷体_GB2312" w:eastAsia="楷体_GB2312"/>',
    "cite": '<w:sz w:val="22"/><w:vertAlign w:val="superscript"/>',
}
# A line and a half: a seal of 42 mm over name and date then begins within a line of the text.
_SEAL = '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="868" w:lineRule="exact"/>'
_LONG = re.compile(r"[!-~]{24,}")


def body(blocks: tuple[Block, ...], pictures: Pictures) -> str:
    """All blocks as the XML of paragraphs and tables."""
    together = kept(blocks)
    return "".join(_block(block, pictures, index in together) for index, block in enumerate(blocks))


def _block(block: Block, pictures: Pictures, keep: bool) -> str:
    match block:
        case Heading():
            return paragraph(block.text, "Heading1" if block.level == 1 else "Heading2")
        case Para():
            return _para(block, keep)
        case Table():
            return _table(block)
        case Chart():
            return f'<w:p><w:pPr><w:pStyle w:val="Chart"/></w:pPr>{pictures.run(block)}</w:p>'
        case Annex():
            return (
                paragraph(block.label, "AnnexLabel")
                + paragraph("", "Normal")
                + paragraph(block.title, "AnnexTitle")
                + paragraph("", "Normal")
            )
        case Signoff():
            return _signoff(block)
        case Note():
            return paragraph(block.text, "Note")
        case Blank():
            return paragraph("", "Normal", "<w:keepNext/>") * block.lines


def text(value: str) -> str:
    """Text as runs' content: lines broken where they are, endless strings breakable anywhere."""
    value = _LONG.sub(lambda found: "\u200b".join(found[0]), value)
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in value.split("\n"))
    return "<w:br/>".join(parts)


def run(part: Run) -> str:
    """One run in its face."""
    face = _FACES[part.face]
    if part.face == "cite":
        part = Run("\u2060" + part.text, "cite")  # never alone on the next line
    return f"<w:r>{f'<w:rPr>{face}</w:rPr>' if face else ''}{text(part.text)}</w:r>"


def paragraph(value: str, style: str, extra: str = "") -> str:
    """A paragraph of one run."""
    content = f"<w:r>{text(value)}</w:r>" if value else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'


def _para(block: Para, keep: bool) -> str:
    stay = "<w:keepNext/><w:keepLines/>" if keep else ""
    side = {"justify": "both"}.get(block.align, block.align)
    indent = f'<w:ind w:firstLineChars="{block.indent * 100}" w:firstLine="{round(block.indent * CHAR)}"/>'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{stay}{indent}<w:jc w:val="{side}"/></w:pPr>'
        + "".join(map(run, block.runs))
        + "</w:p>"
    )


def width_in_chars(value: str) -> float:
    """Full-width characters count one, others a half."""
    return sum(0.5 if ord(char) < 0x2000 else 1.0 for char in value)


def _signoff(block: Signoff) -> str:
    """The date ends four characters from the right, the office is centred over it where it fits."""
    office, day = width_in_chars(block.office), width_in_chars(block.day)
    wide = max(office, day)
    margin = max(4 - (wide - day) / 2, 0.0)
    lines = ((block.office, margin + (wide - office) / 2), (block.day, margin + (wide - day) / 2))
    seal = paragraph("", "Normal", _SEAL) if block.seal else ""
    return seal + "".join(
        paragraph(value, "Normal", f'{keep}<w:ind w:right="{round(right * CHAR)}"/><w:jc w:val="right"/>')
        for (value, right), keep in zip(lines, ("<w:keepNext/>", ""), strict=True)
    )


def _table(block: Table) -> str:
    total = sum(block.widths)
    widths = [round(width / total * 28 * CHAR) for width in block.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row(row, widths, block.small, index < block.header) for index, row in enumerate(block.rows)
    )
    caption = paragraph(block.caption, "Caption") if block.caption else ""
    edge = (
        f'<w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    gap = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
    return f"{caption}{gap}<w:tbl>{edge}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{gap}"


def _row(row: Row, widths: list[int], small: bool, header: bool) -> str:
    height = f'<w:trHeight w:val="{round(row.height * _MM)}" w:hRule="atLeast"/>' if row.height else ""
    repeat = "<w:tblHeader/>" if header else ""
    cells, at = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[at : at + cell.span]), small))
        at += cell.span
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, small: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    style = ("CellLabel" if cell.label else "Cell") + ("Small" if small else "")
    side = "center" if cell.label else cell.align
    inside = paragraph(cell.text, style, f'<w:jc w:val="{side}"/>')
    shape = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{shape}</w:tcPr>{inside}</w:tc>"


_FRAME = (
    '<w:framePr w:w="8844" w:hSpace="0" w:vSpace="200" w:wrap="notBeside"'
    ' w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
)


def colophon(entry: Colophon | None) -> str:
    """版记, one frame at the bottom of the last page's text area; its rules are the style's."""
    if entry is None:
        return ""
    rows = [text("\u3000" + line) for line in entry.lines]
    if entry.office:
        rows.append(f"{text(chr(0x3000) + entry.office)}<w:tab/>{text(entry.day)}")
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Colophon"/>{_FRAME}</w:pPr><w:r>{row}</w:r></w:p>' for row in rows
    )


def sources(entries: tuple[Source, ...]) -> str:
    """信息来源, one line each."""
    if not entries:
        return ""
    lines = "".join(
        paragraph(f"{entry.mark} {entry.text}　{entry.url}".strip(), "Source") for entry in entries
    )
    return paragraph("", "Normal") + paragraph("信息来源", "SourceHead") + lines

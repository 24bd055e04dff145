"""Builds paper.docx, the shipped Word template: `python -m alerts.templates.build`. Measures: GB/T 9704-2012.

Everything is set in styles, so that an office that wants it otherwise changes a copy in Word.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

OUT = Path(__file__).parent / "paper.docx"
LINE = 579  # twips: 22 lines fit 225 mm; 580 would drop to 21
ORDER = [
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "pBdr",
    "tabs",
    "autoSpaceDE",
    "autoSpaceDN",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
]
CHARS = -849  # 1/4096 pt: 28 characters fill 156 mm
PAGE = (
    f"<w:sectPr {nsdecls('w', 'r')}>"
    '<w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
    ' w:header="851" w:footer="1395" w:gutter="0"/>'
    '<w:docGrid w:type="{grid}"'
    f' w:linePitch="{LINE}" w:charSpace="{CHARS}"/></w:sectPr>'
)


def style(
    name: str,
    font: str,
    points: float,
    *,
    line: int | None = LINE,
    rule: str = "exact",
    extra: str = "",
    run: str = "",
    kind: str = "paragraph",
    base: str = "",
    label: str = "",
) -> str:
    """One paragraph style; `line` in twips, None for the height of what stands in it."""
    height = f'w:line="{line}" w:lineRule="{rule}"' if line else 'w:line="240" w:lineRule="auto"'
    extra += '|<w:autoSpaceDE w:val="0"/>|<w:autoSpaceDN w:val="0"/>'
    extra += f'|<w:spacing w:before="0" w:after="0" {height}/>'
    default = ' w:default="1"' if name == "Normal" else ""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{name}"{default}>'
        f'<w:name w:val="{label or name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{ordered(extra)}</w:pPr>"
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>{run}'
        f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def ordered(properties: str) -> str:
    """Paragraph properties, given apart by `|`, in the order the schema demands."""
    parts = [part for part in properties.split("|") if part]
    return "".join(
        sorted(parts, key=lambda part: ORDER.index(part[3:].split(" ")[0].split("/")[0].split(">")[0]))
    )


FANG, SONG, HEI, KAI, XBS = "仿宋_GB2312", "宋体", "黑体", "楷体_GB2312", "方正小标宋简体"
OFF_GRID = '<w:snapToGrid w:val="0"/>'
# 版记: 0.35 mm rules outside, 0.25 mm inside.
RULES = (
    '<w:pBdr><w:top w:val="single" w:sz="8" w:space="1" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="1" w:color="000000"/>'
    '<w:between w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
)
# What a reader without the official fonts may take instead.
FONTS = {
    FANG: "Noto Serif CJK SC",
    SONG: "Noto Serif CJK SC",
    HEI: "Noto Sans CJK SC",
    KAI: "Noto Serif CJK SC",
    XBS: "Noto Serif CJK SC",
}
CENTRE = '<w:jc w:val="center"/>'
STYLES = (
    style(
        "Normal",
        FANG,
        16,
        run='<w:spacing w:val="-5"/>',
        extra='<w:widowControl w:val="0"/>|<w:jc w:val="both"/>',
    ),
    style(
        "Heading1",
        HEI,
        16,
        label="heading 1",
        base="Normal",
        extra='<w:keepNext/>|<w:ind w:firstLineChars="200" w:firstLine="632"/>|<w:outlineLvl w:val="0"/>',
    ),
    style(
        "Heading2",
        KAI,
        16,
        label="heading 2",
        base="Normal",
        extra='<w:keepNext/>|<w:ind w:firstLineChars="200" w:firstLine="632"/>|<w:outlineLvl w:val="1"/>',
    ),
    style("Corner", HEI, 16, label="版心左上", extra='<w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>'),
    style(
        "Masthead",
        XBS,
        48,
        label="发文机关标志",
        line=1040,
        extra=OFF_GRID + "|" + CENTRE,
        run='<w:b/><w:color w:val="E60012"/><w:spacing w:val="80"/>',
    ),
    style(
        "MastheadMiddle",
        XBS,
        38,
        label="发文机关标志（中）",
        line=1040,
        extra=OFF_GRID + "|" + CENTRE,
        run='<w:b/><w:color w:val="E60012"/>',
    ),
    style(
        "MastheadLong",
        XBS,
        28,
        label="发文机关标志（长）",
        line=1040,
        extra=OFF_GRID + "|" + CENTRE,
        run='<w:b/><w:color w:val="E60012"/>',
    ),
    style("Serial", FANG, 16, label="发文字号", extra=CENTRE),
    style(
        "HeadLine",
        FANG,
        16,
        label="编发单位",
        extra='<w:tabs><w:tab w:val="right" w:pos="8528"/></w:tabs>|<w:ind w:left="316" w:right="316"/>',
    ),
    style(
        "RedLine",
        FANG,
        4,
        label="红色分隔线",
        line=140,
        extra=OFF_GRID
        + '|<w:pBdr><w:bottom w:val="single" w:sz="10" w:space="0" w:color="E60012"/></w:pBdr>',
    ),
    style("Title", XBS, 22, label="Title", line=720, extra=OFF_GRID + "|" + CENTRE),
    style("Subtitle", KAI, 16, label="Subtitle", extra=CENTRE),
    style("AnnexLabel", HEI, 16, label="附件序号", extra="<w:pageBreakBefore/>"),
    style("AnnexTitle", XBS, 22, label="附件标题", line=720, extra=OFF_GRID + "|" + CENTRE),
    style("Cell", FANG, 14, label="表文", line=400, rule="atLeast", extra=OFF_GRID),
    style("CellLabel", HEI, 14, label="表头", line=400, rule="atLeast", extra=OFF_GRID + "|" + CENTRE),
    style("CellSmall", FANG, 12, label="表文（小）", line=360, rule="exact", extra=OFF_GRID),
    style(
        "CellLabelSmall", HEI, 12, label="表头（小）", line=360, rule="exact", extra=OFF_GRID + "|" + CENTRE
    ),
    style("Caption", HEI, 14, label="caption", extra="<w:keepNext/>|" + CENTRE),
    style("Chart", FANG, 12, label="图", line=None, extra=OFF_GRID + "|" + CENTRE),
    style("Gap", FANG, 4, label="表间距", line=120, extra=OFF_GRID),
    style("SourceHead", HEI, 14, label="信息来源标题", extra="<w:keepNext/>"),
    style(
        "Source",
        FANG,
        10.5,
        label="信息来源",
        line=320,
        extra=OFF_GRID + '|<w:ind w:left="560" w:hanging="560"/>',
    ),
    style(
        "Colophon",
        FANG,
        14,
        label="版记",
        line=390,
        extra=RULES
        + "|"
        + OFF_GRID
        + '|<w:tabs><w:tab w:val="right" w:pos="8564"/></w:tabs>|'
        + '<w:ind w:left="1120" w:right="0" w:hanging="1120"/>',
    ),
    style("AboveMark", FANG, 4, label="机关标志上方", line=700, extra=OFF_GRID),
    style("Note", FANG, 12, label="注", line=360, extra=OFF_GRID),
    style("Footer", SONG, 14, label="footer", line=400, extra=OFF_GRID),
)
# LibreOffice takes the character grid from these defaults, not from Normal: they must be the body's 16 pt.
DEFAULTS = (
    f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FANG}" w:hAnsi="{FANG}" w:eastAsia="{FANG}"/>'
    '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr>"
    '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
INSET = (("top", 30), ("left", 80), ("bottom", 30), ("right", 80))
RULED = (
    f'<w:style {nsdecls("w")} w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="5" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders><w:tblCellMar>"
    + "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in INSET)
    + "</w:tblCellMar></w:tblPr></w:style>"
)


def p(style_id: str, text: str = "") -> str:
    """One template paragraph; a tab stands for itself."""
    inside = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{part}</w:t>' if part else "" for part in text.split("\t")
    )
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>'
        + (f"<w:r>{inside}</w:r>" if text else "")
        + "</w:p>"
    )


def head() -> list[str]:
    """From the top of the page to the title; with a red head the mark's upper edge stands 35 mm down."""
    return [
        *loop("for left, right in corner", p("Corner", "{{ left }}\t{{ right }}")),
        *loop("if sheet.masthead", *masthead()),
        *loop("if not sheet.masthead and not sheet.compact", p("Normal")),
        *loop("if sheet.headline", *loop("for line in sheet.title_lines", p("Title", "{{ line }}"))),
        *loop("if sheet.subtitle", p("Subtitle", "{{ sheet.subtitle }}")),
        *loop("if not sheet.masthead and sheet.serial", p("Serial", "{{ sheet.serial }}")),
        *loop("if sheet.headline and not sheet.compact", p("Normal")),
        *loop("if sheet.addressee", p("Normal", "{{ sheet.addressee }}")),
    ]


def masthead() -> list[str]:
    """Mark, number, red rule; two corner lines always stand above, so that the mark keeps its place."""
    return [
        p("AboveMark"),
        *loop("if sheet.masthead|length &lt; 9", p("Masthead", "{{ sheet.masthead }}")),
        *loop("if 8 &lt; sheet.masthead|length &lt; 12", p("MastheadMiddle", "{{ sheet.masthead }}")),
        *loop("if sheet.masthead|length &gt; 11", p("MastheadLong", "{{ sheet.masthead }}")),
        p("Normal"),
        p("Normal"),
        *loop("if sheet.serial", p("Serial", "{{ sheet.serial }}")),
        *loop("if sheet.head_left", p("HeadLine", "{{ sheet.head_left }}\t{{ sheet.head_right }}")),
        p("RedLine"),
        p("Normal"),
        p("Normal"),
    ]


def loop(tag: str, *inside: str) -> list[str]:
    """Paragraphs between a Jinja tag and its end."""
    return [p("Normal", f"{{%p {tag} %}}"), *inside, p("Normal", f"{{%p end{tag.split()[0]} %}}")]


def foot() -> list[str]:
    """The body's place and the 版记, framed to the bottom of the last page's text area."""
    return [p("Normal", "{{p body }}"), p("Normal", "{{p colophon }}"), p("Gap")]


def footer(even: bool) -> str:
    """— 1 — one character in from the outer edge."""
    side = (
        '<w:ind w:left="280"/><w:jc w:val="left"/>' if even else '<w:ind w:right="280"/><w:jc w:val="right"/>'
    )
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    field = f"{begin}{code}{separate}<w:r><w:t>1</w:t></w:r>{end}"
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    style_ = f'<w:pPr><w:pStyle w:val="Footer"/>{side}</w:pPr>'
    return f"<w:p {nsdecls('w')}>{style_}{dash.format('— ')}{field}{dash.format(' —')}</w:p>"


def build() -> bytes:
    """The template as bytes."""
    document = Document()
    _styles(document)
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    odd, even = section.footer, section.even_page_footer
    for part, is_even in ((odd, False), (even, True)):
        part.is_linked_to_previous = False
        element = part._element
        for child in list(element):
            element.remove(child)
        element.append(parse_xml(footer(is_even)))
    body = document.element.body
    old = body.sectPr
    ids = [
        ref.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        for ref in old.footerReference_lst
    ]
    for child in list(body):
        body.remove(child)
    for xml in (*head(), *foot()):
        body.append(parse_xml(xml))
    body.append(parse_xml(PAGE.format(grid="lines", odd=ids[0], even=ids[1])))
    return _frozen(document)


def _styles(document: Document) -> None:  # type: ignore[valid-type]
    element = document.styles.element  # type: ignore[attr-defined]
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(DEFAULTS))
    for xml in (*STYLES, RULED):
        element.append(parse_xml(xml))


def font_table() -> bytes:
    """The official fonts with what may stand in for them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FONTS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def _frozen(document: Document) -> bytes:  # type: ignore[valid-type]
    raw, out = BytesIO(), BytesIO()
    document.save(raw)  # type: ignore[attr-defined]
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = font_table() if name == "word/fontTable.xml" else old.read(name)
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


if __name__ == "__main__":
    OUT.write_bytes(build())

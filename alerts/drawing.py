"""Charts inside a .docx: the drawing as SVG for Word of today, a PNG for everything older."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from alerts.sheet import Chart

_EMU = 36000  # per millimetre
_XML = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{number}" name="图{number}" descr={alt}/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}.svg"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:embed="{png}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{svg}"/>'
    "</a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)


@dataclass(slots=True)
class Pictures:
    """The charts of one document; `pngs` are the fall-backs in the charts' order."""

    part: Any
    pngs: dict[str, bytes]
    count: int = field(default=0)

    def run(self, chart: Chart) -> str:
        """The run that shows the chart; its two files become parts of the document."""
        self.count += 1
        png, _ = self.part.get_or_add_image(BytesIO(self.pngs[chart.svg]))
        return _XML.format(
            cx=round(chart.width * _EMU),
            cy=round(chart.height * _EMU),
            number=100 + self.count,
            alt=quoteattr(chart.alt),
            png=png,
            svg=self._svg(chart.svg),
        )

    def _svg(self, svg: str) -> str:
        name = PackURI(f"/word/media/chart{self.count}.svg")
        part = Part(name, "image/svg+xml", svg.encode(), self.part.package)
        related: str = self.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return related


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    image = Image.from_blob(png)
    return image.px_width, image.px_height

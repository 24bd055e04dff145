""".docx by docxtpl: the paper that officials edit, print, seal and sign.

The template holds page, styles, head and 版记; the composed text goes in at `{{p body}}`. A station's own
template may use `sheet` and `facts` besides; it runs in Jinja's sandbox.
"""

from __future__ import annotations

import zipfile
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from alerts import wordml
from alerts.drawing import Pictures
from alerts.errors import TemplateBroken
from alerts.raster import pngs
from alerts.sheet import Chart, Sheet

SHIPPED = Path(__file__).parent / "templates" / "paper.docx"
_LONG_AGO = (2026, 1, 1, 0, 0, 0)


def set_docx(sheet: Sheet, facts: dict[str, Any], templates: Path | None = None) -> bytes:
    """The sheet as .docx, the same bytes for the same facts. Raises TemplateBroken."""
    own = templates / f"{sheet.kind}.docx" if templates else None
    path = own if own and own.is_file() else SHIPPED
    template = DocxTemplate(str(path))
    template.init_docx()
    try:
        template.render(_context(sheet, facts, template), jinja_env=_environment())
    except TemplateError as error:
        raise TemplateBroken(str(path), _line(error), _fault(error)) from error
    _properties(template, sheet)
    return _saved(template)


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True)


def _context(sheet: Sheet, facts: dict[str, Any], template: DocxTemplate) -> dict[str, Any]:
    charts = [block for block in sheet.blocks if isinstance(block, Chart)]
    pictures = Pictures(template.docx._part, dict(zip((c.svg for c in charts), pngs(charts), strict=True)))
    content = wordml.body(sheet.blocks, pictures) + wordml.sources(sheet.sources)
    # What follows stands inside <w:t>: escaped here by the same rule as the body.
    return {"sheet": sheet.as_dict(), "facts": facts, "body": Markup(content), "colophon": _colophon(sheet)}


def _colophon(sheet: Sheet) -> list[Markup]:
    """版记 as ready rows: lines, then 印发机关 and date at both ends of one line."""
    if sheet.colophon is None:
        return []
    rows = [Markup(escape(line)) for line in sheet.colophon.lines]
    if sheet.colophon.office:
        tab = Markup('</w:t><w:tab/><w:t xml:space="preserve">')
        rows.append(Markup(escape(sheet.colophon.office)) + tab + Markup(escape(sheet.colophon.day)))
    return rows


def _properties(template: DocxTemplate, sheet: Sheet) -> None:
    made = datetime.combine(sheet.made, time())
    core = template.docx.core_properties
    core.title, core.author, core.comments = sheet.title[:200], "", ""
    core.created = core.modified = made
    core.last_modified_by = ""


def _saved(template: DocxTemplate) -> bytes:
    """Zipped anew with one date for all members: what is filed by its SHA-256 must not vary with the hour."""
    raw, out = BytesIO(), BytesIO()
    template.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def _line(error: TemplateError) -> int | None:
    return error.lineno if isinstance(error, TemplateSyntaxError) else None


def _fault(error: TemplateError) -> str:
    around = " ".join(str(getattr(error, "docx_context", "")).split())
    return f"{error.message}（模板片段：{around[:200]}）" if around else str(error.message)

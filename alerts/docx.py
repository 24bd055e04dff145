""".docx by docxtpl: the paper that officials edit, print, seal and sign.

The template holds page, styles, head and 版记; the composed text goes in at `{{p body}}`. A station's own
template may use `sheet` and `facts` besides; it runs in Jinja's sandbox.
"""

from __future__ import annotations

import re
import zipfile
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
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
    template = _opened(path)
    try:
        template.render(_context(sheet, facts, template), jinja_env=_environment())
    except TemplateError as error:
        raise TemplateBroken(str(path), _line(error), _fault(error)) from error
    _properties(template, sheet)
    return _saved(template)


def _opened(path: Path) -> DocxTemplate:
    template = DocxTemplate(str(path))
    try:
        template.init_docx()
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise TemplateBroken(str(path), None, "不是Word文档（.docx）") from error
    return template


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _context(sheet: Sheet, facts: dict[str, Any], template: DocxTemplate) -> dict[str, Any]:
    charts = [block for block in sheet.blocks if isinstance(block, Chart)]
    pictures = Pictures(template.docx._part, dict(zip((c.svg for c in charts), pngs(charts), strict=True)))
    content = wordml.body(sheet.blocks, pictures) + wordml.sources(sheet.sources)
    return {
        "sheet": sheet.as_dict(),
        "facts": facts,
        "body": Markup(content),
        "colophon": Markup(wordml.colophon(sheet.colophon)),
        "corner": _corner(sheet),
    }


def _corner(sheet: Sheet) -> list[tuple[str, str]]:
    """The lines at the top of the page: 份号, 紧急程度; with a red head always two."""
    left = [text for text in (sheet.copy_no, sheet.urgency) if text]
    rows = 2 if sheet.masthead else max(len(left), 1 if sheet.corner else 0)
    left += [""] * (rows - len(left))
    right = f"送审稿　{sheet.corner}" if sheet.draft else sheet.corner
    return [(text, "" if index else right) for index, text in enumerate(left)]


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
    """What is wrong; a .docx has no lines to point at, so the words around the fault are told."""
    around = re.sub(r"<[^>]+>|\s+", " ", " ".join(map(str, getattr(error, "docx_context", ())))).strip()
    return f"{error.message}（附近文字：{around[:120]}）" if around else str(error.message)

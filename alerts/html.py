"""The paper as one HTML page for the phone: no script, nothing fetched, everything escaped.

A station's `templates/<kind>.html` may extend "paper.html" and replace its blocks: title, head, body,
sources, colophon. It runs in Jinja's sandbox.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from alerts.errors import TemplateBroken
from alerts.sheet import Sheet

SHIPPED = Path(__file__).parent / "templates"


def set_html(sheet: Sheet, facts: dict[str, Any], templates: Path | None = None) -> bytes:
    """The sheet as a page, UTF-8. Raises TemplateBroken."""
    own = bool(templates and (templates / f"{sheet.kind}.html").is_file())
    name = f"{sheet.kind}.html" if own else "paper.html"
    try:
        template = _environment(templates).get_template(name)
        page: str = template.render(sheet=sheet.as_dict(), facts=facts, style=Markup(style()))
    except TemplateError as error:
        raise TemplateBroken(*_place(error, name), str(error.message)) from error
    return page.encode("utf-8", "replace")


@cache
def _environment(templates: Path | None) -> ImmutableSandboxedEnvironment:
    folders = [SHIPPED] if templates is None else [templates, SHIPPED]
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
    )
    environment.globals |= {"anchor": _anchor, "picture": _picture, "web": _web}
    return environment


@cache
def style() -> str:
    """The page's only style sheet."""
    return (SHIPPED / "paper.css").read_text(encoding="utf-8")


def content_security_policy() -> str:
    """The strictest policy under which the page looks right; whoever serves it sends this header."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _anchor(mark: str) -> str:
    return "s" + re.sub(r"\W", "", mark)


def _picture(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _web(url: str) -> bool:
    """Whether an address may become a link: never javascript: or data:."""
    return url.startswith(("http://", "https://"))


def _place(error: TemplateError, name: str) -> tuple[str, int | None]:
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or name, error.lineno
    trace, place = error.__traceback__, None
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place or (name, None)

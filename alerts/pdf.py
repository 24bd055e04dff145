"""PDF by typst: the paper that is read and filed. Facts go in as data, so nothing crawled is ever markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from alerts import fonts
from alerts.errors import TemplateBroken
from alerts.sheet import Sheet

SHIPPED = Path(__file__).parent / "templates"
_LOCK = Lock()


def hold() -> Lock:
    """One compiler keeps its caches between papers and is not meant for two threads at once."""
    return _LOCK


@cache
def compiler(root: Path) -> typst.Compiler:
    return typst.Compiler(root=str(root), font_paths=fonts.book())


def set_pdf(sheet: Sheet, facts: dict[str, Any], templates: Path | None = None) -> bytes:
    """The sheet as a PDF, the same bytes for the same facts. Raises FontsMissing, TemplateBroken."""
    name, root, body = _template(sheet.kind, templates)
    inputs = {
        "sheet": json.dumps(sheet.as_dict(), ensure_ascii=False),
        "facts": json.dumps(facts, ensure_ascii=False),
        "fonts": json.dumps(fonts.stacks(), ensure_ascii=False),
    }
    made = datetime.combine(sheet.made, datetime.min.time(), UTC)
    return _compile(name, root, body, inputs, made)


def _template(kind: str, templates: Path | None) -> tuple[str, Path, str]:
    own = templates / f"{kind}.typ" if templates else None
    if own and own.is_file():
        return str(own), own.parent, own.read_text(encoding="utf-8")
    return f"{kind}.typ", SHIPPED, "#全文\n"


def prelude() -> str:
    """What every template, shipped or a station's own, can use: 全文, 版头, 标题, 块, 版记…"""
    return (SHIPPED / "paper.typ").read_text(encoding="utf-8")


def _compile(name: str, root: Path, body: str, inputs: dict[str, str], made: datetime) -> bytes:
    before = prelude()
    source = (before + body).encode()
    try:
        with hold():
            pdf = compiler(root).compile(input=source, format="pdf", sys_inputs=inputs, timestamp=made)
    except typst.TypstError as error:
        raise TemplateBroken(name, _line(error, before), error.message) from error
    assert isinstance(pdf, bytes)
    return pdf


def _line(error: typst.TypstError, before: str) -> int | None:
    found = re.search(r":(\d+):\d+", error.diagnostic or "")
    offset = before.count("\n")
    return int(found[1]) - offset if found and int(found[1]) > offset else None

"""The papers: what facts each kind takes, and the paper itself in three formats.

`render(kind, facts, fmt)` is all the rest of the program needs. A kind is one file in `alerts/kinds/`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

from pydantic import BaseModel, ValidationError

from alerts.errors import FactsInvalid, FontsMissing, TemplateBroken, UnknownKind
from alerts.faults import in_chinese
from alerts.kinds import (
    agenda,
    bulletin,
    circular,
    feedback,
    first_report,
    minutes,
    notice,
    reminder,
    transfer,
)
from alerts.sheet import Sheet

Format = Literal["docx", "pdf", "html"]
FORMATS: Final[tuple[Format, ...]] = ("docx", "pdf", "html")
KINDS: Final[dict[str, ModuleType]] = {
    "notice": notice,
    "feedback": feedback,
    "bulletin": bulletin,
    "first-report": first_report,
    "minutes": minutes,
    "agenda": agenda,
    "transfer": transfer,
    "reminder": reminder,
    "circular": circular,
}

_SUFFIXES: Final[dict[str, Format]] = {".docx": "docx", ".typ": "pdf", ".html": "html"}
_SAMPLES: Final = Path(__file__).parent / "samples"


def _kind(kind: str) -> ModuleType:
    if kind not in KINDS:
        raise UnknownKind(kind, tuple(KINDS))
    return KINDS[kind]


def schema(kind: str) -> dict[str, Any]:
    """The JSON schema of the kind's facts."""
    model: type[BaseModel] = _kind(kind).Facts
    return model.model_json_schema()


def sample(kind: str) -> dict[str, Any]:
    """Facts of an invented town that make a whole paper: to try, to copy, to check templates."""
    _kind(kind)
    facts: dict[str, Any] = json.loads((_SAMPLES / f"{kind}.json").read_text(encoding="utf-8"))
    return facts


def parse(kind: str, facts: Mapping[str, Any]) -> BaseModel:
    """Facts checked and frozen. Raises FactsInvalid naming every fault by its path, in Chinese."""
    model: type[BaseModel] = _kind(kind).Facts
    try:
        return model.model_validate(facts)
    except ValidationError as error:
        raise FactsInvalid(kind, in_chinese(error)) from error


def compose(kind: str, facts: BaseModel | Mapping[str, Any]) -> Sheet:
    """The paper's wording and order, before any format."""
    sheet: Sheet = _kind(kind).compose(_parsed(kind, facts))
    return sheet


def render(
    kind: str, facts: BaseModel | Mapping[str, Any], fmt: Format, templates: Path | None = None
) -> bytes:
    """The paper as bytes; `templates` is a station's own directory, whose files go before the shipped ones.

    Raises FactsInvalid, TemplateBroken (file and line), FontsMissing (PDF only).
    """
    known = _parsed(kind, facts)
    sheet: Sheet = _kind(kind).compose(known)
    plain = known.model_dump(mode="json")
    if fmt == "pdf":
        from alerts.pdf import set_pdf

        return set_pdf(sheet, plain, templates)
    if fmt == "docx":
        from alerts.docx import set_docx

        return set_docx(sheet, plain, templates)
    from alerts.html import set_html

    return set_html(sheet, plain, templates)


def _parsed(kind: str, facts: BaseModel | Mapping[str, Any]) -> BaseModel:
    return facts if isinstance(facts, _kind(kind).Facts) else parse(kind, facts)  # type: ignore[arg-type]


def check_templates(templates: Path) -> list[TemplateBroken]:
    """Every fault of a station's own templates, found by making each paper of the sample facts."""
    faults: list[TemplateBroken] = []
    for path in sorted(path for path in templates.iterdir() if path.suffix in _SUFFIXES):
        if path.stem not in KINDS:
            if path.suffix != ".html":  # a page may be there for others to extend
                faults.append(
                    TemplateBroken(
                        str(path), None, f"没有名为“{path.stem}”的文书，应当是：{'、'.join(KINDS)}"
                    )
                )
            continue
        try:
            render(path.stem, sample(path.stem), _SUFFIXES[path.suffix], templates)
        except TemplateBroken as fault:
            faults.append(fault)
    return faults


def font_warnings() -> tuple[str, ...]:
    """Plain warnings about fonts a PDF is set in; empty when all official ones are there."""
    from alerts.fonts import missing_fonts

    try:
        return missing_fonts()
    except FontsMissing as error:
        return (str(error),)

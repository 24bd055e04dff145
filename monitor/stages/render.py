"""render: papers asked for become .docx and PDF outside any transaction, then are filed by hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts import papers as forms
from alerts.errors import AlertsError, FontsMissing
from monitor.log import logger
from monitor.stages import Done, House
from monitor.store import files, papers
from monitor.store.papers import Paper

BATCH = 5
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Both formats, or None and why."""

    docx: bytes | None
    pdf: bytes | None
    trouble: str | None


def run(house: House, now: datetime) -> Done:
    """Render one batch."""
    with house.store.read() as conn:
        waiting = papers.to_render(conn, BATCH)
    failed = 0
    for paper in waiting:
        made = make(house, paper)
        failed += made.docx is None
        with house.store.write() as conn:
            _file(conn, paper, made, now)
    lag = max(((now - paper.at).total_seconds() for paper in waiting), default=0.0)
    return Done("render", len(waiting), failed, lag, len(waiting) == BATCH)


def make(house: House, paper: Paper) -> Rendered:
    """The paper in both formats; a missing font costs the PDF only."""
    try:
        docx = forms.render(paper.kind, paper.facts, "docx", house.templates)
        return Rendered(docx, forms.render(paper.kind, paper.facts, "pdf", house.templates), None)
    except FontsMissing as error:
        return Rendered(docx, None, str(error))
    except AlertsError as error:
        _log.error("render.failed", paper=paper.id, kind=paper.kind, reason=str(error))
        return Rendered(None, None, str(error))


def name_of(paper: Paper) -> str:
    """The file's name without its ending, as the person who downloads it sees it."""
    facts = paper.facts
    head = facts.get("serial") or facts.get("title") or facts.get("series") or paper.kind
    if paper.kind == "notice" and not facts.get("serial"):
        head = f"{facts['series']}（送审稿）{facts['matter']['title'][:30]}"
    return f"{head}-{paper.revision}".replace("/", "-")


def _file(conn: Connection, paper: Paper, made: Rendered, now: datetime) -> None:
    name = name_of(paper)
    docx = files.keep(conn, f"{name}.docx", DOCX, made.docx, now) if made.docx else None
    pdf = files.keep(conn, f"{name}.pdf", PDF, made.pdf, now) if made.pdf else None
    papers.rendered(conn, paper.id, docx_id=docx, pdf_id=pdf, trouble=made.trouble)

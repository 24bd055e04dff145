"""People of the demo town who draft, sign and answer notices: steps that the papers' scenarios tell of."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from sqlalchemy import select

from monitor.domain.signing import Signature
from monitor.settings import Station
from monitor.stages import House, chase, notice_acts, notice_answers, notice_issue, notify, render
from monitor.stages.notice_answers import Hand, Handed
from monitor.store import files, notices, papers, reports
from monitor.store.engine import Store
from monitor.store.notices import Notice
from monitor.store.schema import delivery, history
from tests.conftest import MovedClock
from tests.fakes.town import demo_station, gas_leak, town_house

SIGNER = Signature("zhou", "paper")
QIAN = Hand("钱科长", "应急局办公室主任", "0399-5550201")
FINAL = {
    "account": "经现场核查，市场熟食店软管老化致燃气泄漏。",
    "finding": "属实",
    "measures": "已关闭阀门、疏散人员，全市场排查燃气软管。",
    "head": "吴局长",
}


def station(**changes: Any) -> Station:
    """The demo station, changed."""
    return demo_station().model_copy(update=changes)


@dataclass
class Office:
    """The town's office over a store: each step in one line."""

    store: Store
    clock: MovedClock
    folder: Path
    settings: Station = field(default_factory=demo_station)

    @property
    def house(self) -> House:
        """The house as the stages see it."""
        return town_house(self.store, self.folder, self.settings)

    def by(self, who: str = "lin") -> dict[str, Any]:
        """Who acts, and when."""
        return {"who": who, "now": self.clock()}

    def tick(self, times: int = 2) -> None:
        """What the daemon does by itself, without sending."""
        for _ in range(times):
            for stage in (chase, notify, render, notify):
                stage.run(self.house, self.clock())

    def drafted(self, **incident: Any) -> int:
        """A gas leak and the draft of its notice."""
        found = gas_leak(self.store, self.clock(), **{"level_confirmed": 3, "state": "warned", **incident})
        with self.store.write() as conn:
            return notify.draft(conn, self.house, found, "lin", self.clock())

    def checked(self, **incident: Any) -> int:
        """A draft that a second person has checked."""
        number = self.drafted(**incident)
        notice_acts.check(self.house, number, **self.by("he"))
        return number

    def issued(self, **incident: Any) -> int:
        """A notice signed by the deputy director."""
        number = self.checked(**incident)
        notice_issue.issue(self.house, number, SIGNER, **self.by("lin"))
        return number

    def signed(self, **incident: Any) -> int:
        """A notice that went out and was signed for by its lead unit."""
        number = self.issued(**incident)
        self.tick()
        self.clock.forward(minutes=10)
        notice_answers.sign(self.house, number, "emergency", hand=QIAN, now=self.clock())
        return number

    def report(self, number: int, stage: str, **body: str) -> int:
        """A report of the lead unit."""
        whole = {"account": "正在核查。", **(FINAL if stage == "final" else {}), **body}
        handed = Handed(stage, whole)
        return notice_answers.report(self.house, number, "emergency", handed, hand=QIAN, now=self.clock())

    def notice(self, number: int) -> Notice:
        """As stored."""
        with self.store.read() as conn:
            return notices.get(conn, number)

    def asked(self, number: int, kind: str) -> reports.Report:
        """The last thing of that kind handed in."""
        with self.store.read() as conn:
            return reports.of_notice(conn, number, [kind])[-1]

    def mails(self, noun: str = "notice") -> Sequence[Any]:
        """What waits in the outbox."""
        with self.store.read() as conn:
            return conn.execute(select(delivery).where(delivery.c.noun == noun).order_by(delivery.c.id)).all()

    def events(self, noun: str, subject: int) -> list[str]:
        """What happened, in order."""
        mine = (history.c.noun == noun, history.c.subject_id == subject)
        with self.store.read() as conn:
            return list(conn.scalars(select(history.c.event).where(*mine).order_by(history.c.id)))

    def paper_text(self, kind: str, noun: str, subject: int) -> str:
        """The words of the newest paper of that kind, as Word shows them."""
        with self.store.read() as conn:
            paper = papers.latest(conn, kind, noun, subject)
            assert paper and paper.docx_id and paper.pdf_id, paper and paper.trouble
            row = files.get(conn, paper.docx_id)
        assert row is not None
        document = Document(io.BytesIO(row.body))
        cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *cells])


def local(text: str) -> datetime:
    """`2026-11-23 09:00` in Shanghai."""
    from monitor.clock import SHANGHAI

    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)

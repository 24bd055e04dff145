"""The flow from page to incident for scenarios: a real judge of 新华区, a moved clock, a plain store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from alerts.channels import Channel
from monitor.judging import judge_of
from monitor.settings import Station, parse
from monitor.stages import Done, House, archive, deliver, gather, judge
from monitor.stages.happenings import Happenings
from monitor.store import schema
from monitor.store.engine import Store
from rules.judge import Judge
from spiders.page import Counts, Page

STATION = """
office: {name: 新华区人民政府办公室}
jurisdiction: {code: "130105", local_media: [新华论坛]}
domain: xinhua.test
"""
SOURCES = """
sources:
  - {id: forum, name: 新华论坛, kind: forum, url: "https://bbs.example/", local: true, purpose: 听,
     legal_ground: 职责}
  - {id: news, name: 省报, kind: feed, url: "https://news.example/rss", purpose: 听, legal_ground: 职责}
"""


@cache
def station() -> Station:
    """An office with one local and one foreign source."""
    return parse({"station.yaml": STATION, "sources.yaml": SOURCES})


@cache
def real_judge() -> Judge:
    """The shipped rules, loaded once for all tests of the process."""
    return judge_of(station())


@dataclass
class Flow:
    """One scenario: pages come, `tick` runs the stages."""

    store: Store
    now: datetime
    channels: Mapping[str, Channel] = field(default_factory=dict)
    numbers: int = 0
    happenings: Happenings = field(default_factory=lambda: Happenings.of(station()))

    @property
    def house(self) -> House:
        """As wiring would build it."""
        return House(
            self.store, station(), "test", b"k" * 32, Path("."), real_judge(), self.happenings, self.channels
        )

    def restart(self) -> None:
        """The process was killed: what it held in memory is gone."""
        self.happenings = Happenings.of(station())

    def page(self, title: str, text: str = "", *, source: str = "forum", **more: Any) -> Page:
        """A page that was fetched now."""
        self.numbers += 1
        given: dict[str, Any] = {
            "url": f"https://{source}.example/{self.numbers}",
            "kind": "forum",
            "media": None,
        }
        counts = Counts(**more.pop("counts", {}))
        page = Page(
            source=source, title=title, text=text, fetched_at=self.now, counts=counts, **(given | more)
        )
        return replace(page, media=page.media or {"forum": "新华论坛", "news": "省报"}[source])

    def bring(self, *pages: Page) -> archive.Archived:
        """The crawl role archives these pages."""
        return archive.keep(self.store, self.house.key, pages, self.now)

    def hear(self, title: str, text: str = "", **more: Any) -> None:
        """One page comes and goes through the stages."""
        self.bring(self.page(title, text, **more))
        self.tick()

    def tick(self) -> list[Done]:
        """One tick of the deciding stages."""
        return [stage.run(self.house, self.now) for stage in (judge, gather)]

    def send(self) -> Done:
        """One run of deliver."""
        return deliver.run(self.house, self.now)

    def forward(self, **step: float) -> None:
        """Time goes by."""
        self.now += timedelta(**step)

    def rows(self, name: str) -> list[Any]:
        """All rows of a table, in order."""
        table = schema.metadata.tables[name]
        with self.store.read() as conn:
            return list(conn.execute(select(table).order_by(*table.primary_key.columns)).all())

"""A station in the middle of a bad night, row by row, for the console's pages: invented from end to end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from monitor.console.desk import Desk
from monitor.settings import Station, parse
from monitor.store import schema
from monitor.store.engine import Store
from monitor.store.insert import insert

MINUTE = timedelta(minutes=1)


STATION = """
office: {name: 青石区人民政府办公室}
jurisdiction: {code: "130105"}
domain: qingshi.test
channels:
  mail: {kind: mail, host: 127.0.0.1, port: 2525, security: none, sender: caifeng@qingshi.test}
administrator: guan
"""
ROSTER = """
people:
  - {id: lin, name: 林值班, phone: "13000000001", contacts: {mail: lin@qingshi.test}}
  - {id: zhou, name: 周主任, phone: "13000000002", contacts: {mail: zhou@qingshi.test}}
  - {id: guan, name: 关管理, contacts: {mail: guan@qingshi.test}}
shifts:
  - {name: 全天, start: "08:00", until: "08:00", officers: [lin], leaders: [zhou]}
"""
NAMES = ["云州新闻网", "青石区人民政府", "鼓楼论坛", "青石论坛", "同城热榜", "12345导出"]
KINDS = ["feed", "listing", "forum", "forum", "hotlist", "listing"]


def _sources() -> str:
    entry = (
        "  - {{id: s{0}, name: {1}, kind: {2}, url: 'https://s{0}.qingshi.test/', enabled: {3},"
        " checked: 2026-11-01, purpose: 监测涉本区公共事件, legal_ground: 个人信息保护法第十三条}}"
    )
    return "sources:\n" + "\n".join(
        entry.format(number, name, kind, "true" if number < 5 else "false")
        for number, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True))
    )


def quiet_station() -> Station:
    """A small station of six sources and one shift."""
    return parse({"station.yaml": STATION, "roster.yaml": ROSTER, "sources.yaml": _sources()})


def desk(store: Store, clock: Callable[[], datetime], **more: Any) -> Desk:
    """A desk over that store with the small station."""
    station = quiet_station()
    return Desk(store, lambda: station, clock, key=b"k" * 32, **more)


@dataclass
class Night:
    """Writes rows as the stages would leave them. `now` is the hour the officer looks at."""

    store: Store
    now: datetime
    made: dict[str, int] = field(default_factory=dict)
    numbers: int = 0

    def put(self, table: str, **values: Any) -> int:
        """One row."""
        with self.store.write(durable=False) as conn:
            return insert(conn, schema.metadata.tables[table], values)

    def ago(self, minutes: float) -> datetime:
        """That many minutes before now."""
        return self.now - minutes * MINUTE

    def incident(self, title: str, level: int, minutes: float, **values: Any) -> int:
        """An incident found that many minutes ago."""
        found = self.ago(minutes)
        plain: dict[str, Any] = {
            "title": title,
            "state": "found",
            "level_suggested": level,
            "level_why": ["命中主题规则"],
            "place": "",
            "units": [],
            "detected_at": found,
            "posted_at": found - 4 * MINUTE,
            "updated_at": found,
            "documents": 1,
            "media": 1,
        }
        return self.put("incident", **{**plain, **values})

    def document(
        self,
        incident: int | None,
        title: str,
        text: str,
        minutes: float,
        words: tuple[str, ...] = (),
        media: str = "青石论坛",
        topic: str = "安全生产与消防",
        official: bool = False,
        **values: Any,
    ) -> int:
        """A document with its verdict, in an incident or in none."""
        self.numbers += 1
        digest = hashlib.sha256(f"{self.numbers}".encode()).hexdigest()
        at = self.ago(minutes)
        number = self.put(
            "document",
            source="forum",
            url=values.pop("url", f"http://127.0.0.1:8601/t/{self.numbers}"),
            url_key=digest,
            title=title,
            text=text,
            kind="forum",
            media=media,
            fetched_at=at,
            published_at=at,
            archived_at=at,
            judged_at=at,
            gathered_at=at,
            digest=digest,
            **values,
        )
        body = {
            "in_place": "yes",
            "why": [f"{topic}：命中“{'”“'.join(words)}”"],
            "topics": [topic_of(topic, title, text, words)],
        }
        with self.store.write(durable=False) as conn:
            conn.execute(
                schema.verdict.insert().values(
                    document_id=number,
                    ruleset="a" * 64,
                    at=at,
                    flag=bool(words),
                    in_place="yes",
                    incident=True,
                    level=2,
                    official_response=official,
                    body=body,
                )
            )
            if incident is not None:
                conn.execute(
                    schema.incident_document.insert().values(
                        document_id=number,
                        incident_id=incident,
                        at=at,
                        by="rules",
                        score=0.8,
                        why="地点、时间与罕见词相同",
                    )
                )
        return number

    def alert(
        self, incident: int, level: int, minutes: float, next_in: float | None = 8, **values: Any
    ) -> int:
        """A round of telling that began that many minutes ago."""
        upcoming = None if next_in is None else self.ago(-next_in)
        plain = {
            "incident_id": incident,
            "round": 1,
            "why": "新事件",
            "level": level,
            "started_at": self.ago(minutes),
            "step": 1,
            "next_at": upcoming,
        }
        return self.put("alert", **{**plain, **values})

    def deadline(self, noun: str, subject: int, rule: str, starts: float, due: float, **values: Any) -> int:
        """A clock started `starts` minutes ago that runs out in `due` minutes."""
        return self.put(
            "deadline",
            noun=noun,
            subject_id=subject,
            rule=rule,
            starts_at=self.ago(starts),
            due_at=self.ago(-due),
            next_at=self.ago(-due),
            **values,
        )

    def history(self, incident: int, event: str, minutes: float, who: str = "rules", **values: Any) -> int:
        """A line of the timeline."""
        return self.put(
            "history",
            noun="incident",
            subject_id=incident,
            at=self.ago(minutes),
            who=who,
            event=event,
            **values,
        )


def topic_of(name: str, title: str, text: str, words: tuple[str, ...]) -> dict[str, Any]:
    """A verdict's topic with the places where its words stand."""
    hits = []
    for where, content in (("title", title), ("text", text)):
        for word in words:
            start = content.find(word)
            if start >= 0:
                hits.append({"field": where, "start": start, "end": start + len(word), "text": word})
    return {"id": "1", "name": name, "hits": hits}

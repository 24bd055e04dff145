"""A duty desk for scenarios: an invented station, incidents in the store, a clock, what people receive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy import select, update

from monitor.clock import local
from monitor.settings import Station, parse
from monitor.stages import House, alert, chase, handover
from monitor.store import schema
from monitor.store.engine import Store
from monitor.store.insert import insert

STATION = """
office: {name: 青石区人民政府办公室}
jurisdiction: {code: "130105"}
domain: qingshi.test
outward: https://yuqing.qingshi.test
channels:
  mail: {kind: mail, host: 127.0.0.1, port: 2525, security: none, sender: caifeng@qingshi.test}
  wecom: {kind: wecom, url: {env: WECOM_URL}}
  sms: {kind: sms, url: "http://127.0.0.1:1/sms"}
administrator: guan
leaders:
  - {person: ren, units: [gas], topics: ["2"]}
  - {person: shu, side: party}
"""

UNITS = """
units:
  - {id: gas, name: 区住房和城乡建设局}
  - {id: school, name: 区教育局}
"""

ROSTER = """
people:
  - {id: zhao, name: 赵值班, phone: "13000000001", contacts: {mail: zhao@qingshi.test, wecom: zhao}}
  - {id: qian, name: 钱值班, phone: "13000000002", contacts: {mail: qian@qingshi.test}}
  - {id: sun, name: 孙副班, phone: "13000000003", contacts: {mail: sun@qingshi.test}}
  - {id: li, name: 李带班, phone: "13000000004", contacts: {mail: li@qingshi.test}}
  - {id: ren, name: 任分管, phone: "13000000005", contacts: {mail: ren@qingshi.test}}
  - {id: shu, name: 舒书记, phone: "13000000006", contacts: {mail: shu@qingshi.test}}
  - {id: guan, name: 关管理, contacts: {mail: guan@qingshi.test}}
shifts:
  - {name: 白班, start: "08:00", until: "20:00", officers: [zhao], deputies: [sun], leaders: [li]}
  - {name: 夜班, start: "20:00", until: "08:00", officers: [qian], deputies: [sun], leaders: [li]}
"""


def station(roster: str = ROSTER, more: str = "", channels: str = "") -> Station:
    """The invented station, with other files where a scenario needs them."""
    whole = STATION.replace("administrator:", f"{channels}administrator:") + more
    return parse({"station.yaml": whole, "units.yaml": UNITS, "roster.yaml": roster})


@dataclass
class Desk:
    """One scenario: `at` is the hour, `tick` runs the alert stage as the daemon would."""

    store: Store
    now: datetime
    station: Station = field(default_factory=station)
    numbers: int = 0

    @property
    def house(self) -> House:
        """The house as wiring would build it; judging and gathering have no part in these scenarios."""
        nothing = cast(Any, None)
        return House(
            self.store, self.station, "test", b"k" * 32, Path("."), judge=nothing, happenings=nothing
        )

    def tick(self) -> None:
        """One tick of the stages that tell people."""
        for stage in (alert, chase, handover):
            stage.run(self.house, self.now)

    def wait(self, minutes: float, every: float = 1) -> None:
        """Time goes by, with a tick every so many minutes."""
        end = self.now + timedelta(minutes=minutes)
        while self.now < end:
            self.now = min(self.now + timedelta(minutes=every), end)
            self.tick()

    def until(self, clock: str, every: float = 1) -> None:
        """Time goes by until that hour in Shanghai, today or tomorrow."""
        hour, minute = map(int, clock.split(":"))
        goal = local(self.now).replace(hour=hour, minute=minute, second=0, microsecond=0)
        goal = goal if goal > self.now else goal + timedelta(days=1)
        self.wait((goal - self.now) / timedelta(minutes=1), every)

    def somebody_at_the_desk(self) -> None:
        """The console is open all day: escalation keeps to its minutes."""
        with self.store.write() as conn:
            person = insert(
                conn,
                schema.user,
                {
                    "login": "desk",
                    "name": "值班台",
                    "password_hash": "x",
                    "roles": [],
                    "created_at": self.now,
                },
            )
            values = {
                "token_hash": "0" * 64, "user_id": person, "csrf": "x", "created_at": self.now,
                "seen_at": self.now + timedelta(days=365),
            }  # fmt: skip
            conn.execute(schema.session.insert().values(**values))

    def incident(self, title: str = "东门市场燃气泄漏", level: int = 3, **values: Any) -> int:
        """An incident as the gather stage would leave it."""
        with self.store.write() as conn:
            return insert(
                conn,
                schema.incident,
                {
                    "title": title,
                    "state": "found",
                    "level_suggested": level,
                    "level_why": [f"命中“{title[-4:]}”"],
                    "place": "青石区东门街道",
                    "units": [{"id": "gas", "name": "区住房和城乡建设局", "role": "lead"}],
                    "detected_at": self.now,
                    "updated_at": self.now,
                    "documents": 3,
                    "media": 1,
                    **values,
                },
            )

    def document(
        self, incident: int, title: str, text: str = "", media: str = "青石论坛", **values: Any
    ) -> int:
        """A document of an incident."""
        self.numbers += 1
        url = f"http://127.0.0.1:8000/{self.numbers}"
        with self.store.write() as conn:
            number = insert(
                conn,
                schema.document,
                {
                    "source": "bbs", "url": url, "url_key": f"{self.numbers:064}", "title": title,
                    "text": text, "kind": "forum", "media": media, "fetched_at": self.now,
                    "archived_at": self.now, "published_at": self.now, "digest": f"{self.numbers:064}",
                    **values,
                },
            )  # fmt: skip
            member = {"document_id": number, "incident_id": incident, "at": self.now, "by": "rules"}
            conn.execute(schema.incident_document.insert().values(**member))
        return number

    def changes(self, incident: int, **values: Any) -> None:
        """The gather stage has more to say."""
        with self.store.write() as conn:
            conn.execute(
                update(schema.incident)
                .where(schema.incident.c.id == incident)
                .values(updated_at=self.now, **values)
            )

    def deliveries(
        self, *channels: str, nouns: Iterable[str] = ("incident", "bundle")
    ) -> list[Mapping[str, Any]]:
        """What was put into the outbox about incidents (or other nouns), in order."""
        table = schema.delivery
        query = select(table).where(table.c.noun.in_(list(nouns))).order_by(table.c.id)
        if channels:
            query = query.where(table.c.channel.in_(channels))
        with self.store.read() as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

    def told(self, *channels: str) -> list[str]:
        """Names of the people told, in order, by mail unless said otherwise."""
        return [row["person"] for row in self.deliveries(*(channels or ("mail",)))]

    def subjects(self, person: str | None = None) -> list[str]:
        """Subjects of the mails, of one person's mails when named."""
        rows = self.deliveries("mail")
        return [row["message"]["subject"] for row in rows if person in (None, row["person"])]

    def state(self, incident: int) -> str:
        """Where the incident stands."""
        with self.store.read() as conn:
            query = select(schema.incident.c.state).where(schema.incident.c.id == incident)
            return str(conn.scalar(query))

    def history(self, incident: int, noun: str = "incident") -> list[str]:
        """The events on its timeline, in order."""
        table = schema.history
        query = select(table.c.event).where(table.c.noun == noun, table.c.subject_id == incident)
        with self.store.read() as conn:
            return list(conn.scalars(query.order_by(table.c.id)))

    def rows(self, table: Any, **wanted: Any) -> list[Mapping[str, Any]]:
        """Rows of a table, by equal columns."""
        query = select(table).where(*(table.c[k] == v for k, v in wanted.items())).order_by(table.c.id)
        with self.store.read() as conn:
            return [dict(row) for row in conn.execute(query).mappings()]

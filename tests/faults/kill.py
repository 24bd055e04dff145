"""kill -9 at any moment between a page's arrival and its mail's proof: nothing may be lost.

Each cycle a child goes on where the last one died: it archives what has come, judges, gathers, alerts and
sends to a real mail server, until SIGKILL meets it somewhere. At the end one child is left in peace. Lost is
what did not come through: a page without a document, a flagged document without an incident, an incident
nobody was told of, a message marked sent that the server never saw. Repeated are copies under the same
Message-ID, which a recipient's mail program shows once.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from alerts.message import Message
from monitor.channels import channels_of
from monitor.settings import Station, parse
from monitor.stages import House, alert, archive, deliver, gather, judge
from monitor.stages.happenings import Happenings
from monitor.store import outbox, schema
from monitor.store.engine import Store, open_store
from monitor.store.migrations import upgrade
from monitor.store.outbox import Parcel
from spiders.page import Page
from tests.fakes.flow import SOURCES, real_judge
from tests.fakes.post_office import PostOffice, post_office

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEY = b"k" * 32
STREETS = ("联盟街道", "赵陵铺街道", "天苑街道", "北苑街道", "西苑街道", "石岗街道", "东焦街道", "宁安街道")
MATTERS = (
    "一居民楼起火，多人被困等待救援",
    "饭店燃气泄漏爆炸，两名厨师受伤送医",
    "小区停水三天没人管，业主投诉无门",
    "地铁工地塌方，三名工人被埋",
    "小学食堂午餐变质，二十多名学生呕吐腹泻",
    "农民工被拖欠工资半年，聚集讨薪",
    "化工仓库刺鼻气味泄漏，群众紧急撤离",
    "幼儿园教师殴打孩子，家长报警",
    "养老院老人坠楼身亡，家属讨说法",
    "暖气不热室内只有十二度，老人冻病",
    "医院误诊致产妇死亡，家属拉横幅",
    "公交车失控冲上人行道，撞伤多名行人",
    "烂尾楼交房无望，上百名业主维权",
    "拆迁户遭强拆，房屋夜间被推倒",
    "超市出售过期奶粉，婴儿食用后住院",
    "电动车充电棚爆燃，烧毁轿车十余辆",
)
STATION = """
office: {name: 新华区人民政府办公室}
jurisdiction: {code: "130105", local_media: [新华论坛]}
domain: xinhua.test
channels:
  mail: {kind: mail, host: 127.0.0.1, port: %d, security: none, sender: caifeng@xinhua.test}
"""
ROSTER = """
people:
  - {id: zhao, name: 赵值班, contacts: {mail: zhao@xinhua.test}}
shifts:
  - {name: 全天, start: "08:00", until: "08:00", officers: [zhao]}
escalation:
  1: [{after: 0m, who: [officer], channels: [mail]}]
  2: [{after: 0m, who: [officer], channels: [mail]}]
  3: [{after: 0m, who: [officer], channels: [mail]}]
  4: [{after: 0m, who: [officer], channels: [mail]}]
"""


def pages(cycle: int) -> list[Page]:
    """What has come by this cycle's hour: a new happening, a second voice of it, and noise."""
    now = START + timedelta(minutes=cycle)
    matter, street = MATTERS[cycle % len(MATTERS)], STREETS[cycle % len(STREETS)]
    told = (f"{street}{matter}", f"{matter}，有现场视频，在{street}", f"第{cycle}天打卡，求推荐好吃的")
    return [
        Page("forum", f"https://bbs.example/{cycle}-{i}", title, title, "forum", now, author=f"路人{i}")
        for i, title in enumerate(told)
    ]


def letters(cycle: int) -> list[Parcel]:
    """More mail than the alerts make, so that many deaths meet a message on its way."""
    words = Message("提醒", "请签收", short="请签收").as_json()
    keys = [f"drill-{cycle}-{i}:zhao:mail:1" for i in range(12)]
    return [Parcel(key, "drill", cycle, "mail", "zhao@xinhua.test", words, person="赵值班") for key in keys]


@dataclass
class Victim:
    """The daemon's stages in one process, on a store of its own."""

    store: Store
    station: Station
    folder: Path

    def house(self) -> House:
        """As the work role builds it after a start."""
        happenings = Happenings.of(self.station)
        channels = channels_of(self.station, self.folder)
        return House(self.store, self.station, "test", KEY, self.folder, real_judge(), happenings, channels)

    def live(self, cycle: int, rounds: int) -> None:
        """Go on where the last one died."""
        house, now = self.house(), START + timedelta(minutes=cycle)
        with self.store.write() as conn:
            outbox.release(conn, house.owner)
            for parcel in letters(cycle):
                outbox.enqueue(conn, parcel, "xinhua.test", now)
        archive.keep(self.store, KEY, pages(cycle), now)
        for step in range(rounds):
            at = now + timedelta(seconds=step)
            for stage in (judge, gather, alert, deliver):
                while stage.run(house, at).more:
                    pass


def main(cycles: int = 100) -> int:
    """Print the outcome; 0 when nothing is lost."""
    chance = random.Random(20261122)
    real_judge()
    with tempfile.TemporaryDirectory() as name, post_office() as office:
        folder = Path(name)
        station = _prepare(folder, office.port)
        for cycle in range(cycles):
            _one(folder, station, cycle, chance, office)
        _in_peace(folder, station, cycles)
        lost, text = _count(open_store(str(folder / "caifeng.db")), cycles, office)
    sys.stdout.write(f"kill {text}\n")
    return 1 if lost else 0


def _prepare(folder: Path, port: int) -> Station:
    store = open_store(str(folder / "caifeng.db"))
    upgrade(store)
    store.close()
    return parse({"station.yaml": STATION % port, "sources.yaml": SOURCES, "roster.yaml": ROSTER})


def _one(folder: Path, station: Station, cycle: int, chance: random.Random, office: PostOffice) -> None:
    """One child, killed after some moments of work, or just when a letter of its has arrived."""
    already, letter = len(office.letters), chance.randint(1, 8) if cycle % 2 else 1000
    end = time.monotonic() + (5.0 if cycle % 2 else chance.uniform(0.0, 0.4))
    child = _fork(folder, station, range(cycle, cycle + 1), 1000)
    while time.monotonic() < end and len(office.letters) - already < letter:
        time.sleep(0.0002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _in_peace(folder: Path, station: Station, cycles: int) -> None:
    """The last child sees every page once more and may finish, bundles that wait for their time included."""
    child = _fork(folder, station, range(cycles + 20), 2)
    _, code = os.waitpid(child, 0)
    if code:
        raise RuntimeError(f"the last child failed: {code}")


def _fork(folder: Path, station: Station, cycles: Sequence[int], rounds: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        victim = Victim(open_store(str(folder / "caifeng.db")), station, folder)
        for cycle in cycles:
            victim.live(cycle, rounds)
        code = 0
    finally:
        os._exit(code)


def _count(store: Store, cycles: int, office: PostOffice) -> tuple[int, str]:
    document, incident, delivery = schema.document, schema.incident, schema.delivery
    flagged = select(schema.verdict.c.document_id).where(schema.verdict.c.flag)
    placed = select(schema.incident_document.c.document_id)
    with store.read() as conn:
        urls = set(conn.scalars(select(document.c.url)))
        homeless = len(set(conn.scalars(flagged)) - set(conn.scalars(placed)))
        told = set(conn.scalars(select(schema.alert.c.incident_id)))
        untold = len(set(conn.scalars(select(incident.c.id))) - told)
        letters = conn.execute(select(delivery.c.message_id, delivery.c.state, delivery.c.channel)).all()
    missing = sum(page.url not in urls for cycle in range(cycles) for page in pages(cycle))
    arrived = Counter(str(letter["Message-ID"]) for letter in office.letters)
    mails = [row for row in letters if row.channel == "mail"]
    unsent = sum(row.state != "sent" or row.message_id not in arrived for row in mails)
    strange = len(set(arrived) - {row.message_id for row in mails})
    repeated = sum(arrived.values()) - len(arrived)
    lost = missing + homeless + untold + unsent + strange
    figures = f"cycles {cycles} documents {len(urls)} incidents {len(told)} mails {len(mails)}"
    return lost, f"lost {lost} repeated {repeated} {figures}"

"""kill -9 at each write and at each letter of a long story: what people receive in the end is the same.

A gas leak is found, nobody answers, its level rises, a person confirms Ⅱ, the notice is checked, signed and
sent, its unit signs a minute late after a reminder and a 催办, reports, and the incident is closed. The story
is played by a child process against a real mail server, minute by minute with a moved clock. First in peace;
then again and again, each time with SIGKILL before or after one commit, or after one letter was accepted and
before that was noted; another child goes on where it died, as the daemon does. Each person must receive the
same Message-IDs as in peace; a repeat must bear the same one.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from alerts.channels import Channel, Proof
from alerts.message import Message
from monitor.channels import channels_of
from monitor.domain.signing import Signature
from monitor.errors import CaifengError
from monitor.settings import Station
from monitor.settings.station import MailChannel
from monitor.stages import House, level_acts, load, notice_acts, notice_answers, notice_issue
from monitor.stages import incident_acts as acts
from monitor.stages.notice_answers import Hand, Handed
from monitor.store import outbox, schema
from monitor.store.engine import Store, open_store
from monitor.store.migrations import upgrade
from tests.fakes.post_office import PostOffice, post_office
from tests.fakes.town import demo_station, gas_leak, town_house

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HAND = Hand("钱科长", "应急局办公室主任", "0399-5550201")
KINDS = ("before", "after", "letter")
Received = Mapping[str, Counter[str]]


def _spreads(house: House, now: datetime) -> None:
    with house.store.write() as conn:
        conn.execute(update(schema.incident).values(level_suggested=2, documents=30, updated_at=now))


def _answered(house: House, now: datetime) -> None:
    level_acts.answered(house, 1, at=now, where="青石发布", who="he", now=now)


def _reports(house: House, now: datetime) -> None:
    handed = Handed("first", {"account": "已关阀，正在排查。"})
    notice_answers.report(house, 1, "emergency", handed, hand=HAND, now=now)


# by minute; the notice that is signed is the first one that was drafted
ACTS: Mapping[int, Callable[[House, datetime], object]] = {
    0: lambda house, now: gas_leak(house.store, now),
    31: _spreads,
    45: lambda house, now: acts.acknowledge(house, 1, who="lin", now=now),
    47: lambda house, now: level_acts.confirm_level(house, 1, 2, who="he", now=now),
    48: lambda house, now: level_acts.categorise(house, 1, "G", who="he", now=now),
    50: lambda house, now: notice_acts.check(house, 1, who="he", now=now),
    52: lambda house, now: notice_issue.issue(house, 1, Signature("zhou", "paper"), who="lin", now=now),
    83: lambda house, now: notice_answers.sign(house, 1, "emergency", hand=HAND, now=now),
    90: _reports,
    94: _answered,
    97: lambda house, now: acts.close(house, 1, who="he", why="已处置并回应", now=now),
}


@dataclass(frozen=True)
class Story:
    """The minutes that are told, and the stages that take part."""

    stages: tuple[str, ...]
    minutes: tuple[int, ...]


TOLD = Story(("alert", "chase", "handover", "deliver"), (0, 30, 31, 34, 37, 40, 45, 47, 48, 51, 53, 55))
WHOLE = Story(
    ("alert", "chase", "handover", "trouble", "notify", "publish", "render", "deliver"), tuple(range(100))
)


@dataclass(frozen=True)
class Death:
    """SIGKILL before or after the n-th commit of a life, or after its n-th letter; 0: it may live."""

    kind: str = "before"
    number: int = 0


@dataclass(frozen=True)
class MortalStore(Store):
    """The same database, in a process that dies at one of its writes."""

    death: Death = Death()
    seen: Counter[str] | None = None

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        with super().write(durable=durable) as conn:
            yield conn
            self.count("before")
        self.count("after")

    def count(self, kind: str) -> None:
        """Die if this is the one."""
        assert self.seen is not None
        self.seen[kind] += 1
        if (self.death.kind, self.death.number) == (kind, self.seen[kind]):
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class MortalChannel:
    """A channel whose process may die when the other side has just taken a letter."""

    road: Channel
    store: MortalStore

    @property
    def name(self) -> str:
        return self.road.name

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        proof = self.road.send(message, recipient, message_id)
        self.store.count("letter")
        return proof


@dataclass(frozen=True)
class Life:
    """One child: it goes on where the last one died; `diary` says which minute and act were finished."""

    folder: Path
    station: Station
    story: Story
    death: Death = Death()

    def live(self) -> Counter[str]:
        """Play the story from where it stands; how often each kind of moment was passed."""
        engine = open_store(str(self.folder / "caifeng.db")).engine
        store = MortalStore(engine, death=self.death, seen=Counter())
        house = self._house(store)
        with open_store(str(self.folder / "caifeng.db")).write() as conn:
            outbox.release(conn, house.owner)
        done = set(self._diary().read_text().split())
        for minute in self.story.minutes:
            if f"m{minute}" not in done:
                self._minute(house, minute, acted=f"a{minute}" in done)
        assert store.seen is not None
        return store.seen

    def _minute(self, house: House, minute: int, *, acted: bool) -> None:
        now = START + timedelta(minutes=minute)
        if minute in ACTS and not acted:
            self._act(house, minute, now)
        for _, stage in load(self.story.stages):
            for _ in range(25):
                if not stage(house, now).more:
                    break
        self._note(f"m{minute}")

    def _act(self, house: House, minute: int, now: datetime) -> None:
        """A person acts; one whose page broke after the act was done sees so and does not do it again."""
        try:
            if minute or not _found(house.store):
                ACTS[minute](house, now)
        except CaifengError as error:
            sys.stderr.write(f"minute {minute}: {error}\n")
        self._note(f"a{minute}")

    def _house(self, store: MortalStore) -> House:
        roads = channels_of(self.station, self.folder)
        mortal: dict[str, Any] = {name: MortalChannel(road, store) for name, road in roads.items()}
        return replace(town_house(store, self.folder, self.station), channels=mortal)

    def _diary(self) -> Path:
        path = self.folder / "diary"
        path.touch()
        return path

    def _note(self, what: str) -> None:
        with self._diary().open("a") as diary:
            diary.write(f"{what} ")


def _found(store: Store) -> bool:
    with store.read() as conn:
        return conn.scalar(select(schema.incident.c.id)) is not None


def play(story: Story, death: Death, office: PostOffice) -> tuple[Received, Counter[str]]:
    """One telling: what each address received, and how many moments the last life passed."""
    office.letters.clear()
    mail = MailChannel(
        kind="mail", host="127.0.0.1", port=office.port, security="none", sender="caifeng@qingshi.localhost"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "caifeng.db").write_bytes(_empty())
        station = demo_station().model_copy(update={"channels": {"mail": mail}})
        if death.number:
            _born(Life(folder, station, story, death))
        if _born(Life(folder, station, story)):
            raise RuntimeError("the child that was left in peace failed")
        passed = Counter[str]({kind: int(n) for kind, n in (w.split("=") for w in _passed(folder))})
    received: dict[str, Counter[str]] = {}
    for letter in office.letters:
        received.setdefault(str(letter["To"]), Counter())[str(letter["Message-ID"])] += 1
    return received, passed


@cache
def _empty() -> bytes:
    """A database without rows."""
    with tempfile.TemporaryDirectory() as name:
        store = open_store(f"{name}/caifeng.db")
        upgrade(store)
        with store.engine.connect() as conn:
            conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
        return Path(name, "caifeng.db").read_bytes()


def _passed(folder: Path) -> Sequence[str]:
    return (folder / "passed").read_text().split()


def _born(life: Life) -> int:
    """Fork a child, wait for its end; its exit code, negative when it was killed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        passed = life.live()
        (life.folder / "passed").write_text(" ".join(f"{kind}={n}" for kind, n in passed.items()))
        code = 0
    finally:
        os._exit(code)


def deaths(passed: Counter[str], most: int) -> list[Death]:
    """Every moment there is, or `most` of them evenly apart."""
    everyone = [Death(kind, n) for kind in KINDS for n in range(1, passed[kind] + 1)]
    if len(everyone) <= most:
        return everyone
    return [everyone[i * len(everyone) // most] for i in range(most)]


def main(cycles: int = 100) -> int:
    """Print the outcome; 0 when everybody always received the same."""
    load(WHOLE.stages)  # once, and not in each child
    with post_office() as office:
        peace, passed = play(WHOLE, Death(), office)
        wrong, repeats, tellings = [], 0, deaths(passed, cycles)
        for death in tellings:
            received, _ = play(WHOLE, death, office)
            repeats += sum(n - 1 for ids in received.values() for n in ids.values())
            if differs(peace, received):
                wrong.append(death)
    people, letters = len(peace), sum(len(ids) for ids in peace.values())
    sys.stdout.write(
        f"moments {len(tellings)} of {passed.total()} different {len(wrong)} repeated {repeats}"
        f" people {people} letters {letters} {wrong[:5] or ''}\n"
    )
    return 1 if wrong else 0


def differs(peace: Received, received: Received) -> bool:
    """Whether somebody received another set of Message-IDs."""
    return {to: set(ids) for to, ids in peace.items()} != {to: set(ids) for to, ids in received.items()}

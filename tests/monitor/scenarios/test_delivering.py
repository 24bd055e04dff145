"""From the decision to tell to the mailbox: servers that fail, processes that die, roads that end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.channels import Channel, Proof
from alerts.channels.call import Call
from alerts.channels.email import Email
from alerts.errors import TransportError
from alerts.message import Message
from monitor.stages import House, deliver
from monitor.stages import incident_acts as acts
from monitor.stages.fallback import fall_back
from monitor.store import outbox, schema
from tests.fakes.duty import Desk
from tests.fakes.post_office import PostOffice, post_office


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as serving:
        yield serving


@dataclass
class Robot:
    """A chat or SMS road that works, or fails for ever."""

    name: str
    broken: bool = False
    took: list[str] = field(default_factory=list)

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        if self.broken:
            raise TransportError("号码停机", permanent=True)
        self.took.append(recipient)
        return Proof(self.name, "ok")


def house_of(desk: Desk, office: PostOffice, **others: Channel) -> House:
    """The house with real mail, and whatever else the scenario has."""
    mail = Email(host=office.host, port=office.port, security="none", sender="caifeng@qingshi.test")
    roads: dict[str, Any] = {
        "mail": mail,
        "wecom": Robot("wecom"),
        "sms": Robot("sms"),
        "call": Call(),
        **others,
    }
    return replace(desk.house, channels=roads, fallback=fall_back)


def send(desk: Desk, house: House, minutes: float = 0, every: float = 5) -> None:
    """The deliver stage's ticks for so long."""
    end = desk.now + timedelta(minutes=minutes)
    while True:
        while deliver.run(house, desk.now).more:
            pass
        if desk.now >= end:
            return
        desk.now += timedelta(minutes=every)
        desk.tick()


def test_the_mail_arrives_under_the_key_of_its_decision(desk: Desk, office: PostOffice) -> None:
    desk.incident(level=3)
    desk.tick()
    send(desk, house_of(desk, office))
    row = desk.deliveries("mail")[0]
    assert row["state"] == "sent"
    assert office.letters[0]["message-id"] == outbox.message_id("alert-1-1:zhao:mail:0", "qingshi.test")
    assert office.letters[0]["to"].addresses[0].addr_spec == "zhao@qingshi.test"


def test_the_mail_server_is_down_for_an_hour_and_nothing_is_lost(desk: Desk, office: PostOffice) -> None:
    desk.incident(level=3)
    desk.tick()
    down = house_of(desk, office, mail=Email(host="127.0.0.1", port=1, security="none", sender="a@b.test"))
    send(desk, down, minutes=60)
    assert office.letters == []
    assert "channel" in {row["kind"] for row in desk.rows(schema.fault, closed_at=None)}
    send(desk, house_of(desk, office), minutes=60)
    by_id = Counter(letter["message-id"] for letter in office.letters)
    assert set(by_id.values()) == {1}
    assert {row["state"] for row in desk.deliveries("mail")} == {"sent"}
    assert "channel" not in {row["kind"] for row in desk.rows(schema.fault, closed_at=None)}


def test_an_address_that_does_not_exist_falls_to_the_next_road(desk: Desk, office: PostOffice) -> None:
    office.rcpt = "550 5.1.1 no such user"
    desk.incident(level=4)
    desk.tick()
    wecom = Robot("wecom")
    send(desk, house_of(desk, office, wecom=wecom), minutes=5)
    assert wecom.took == ["zhao"]
    fallen = desk.deliveries("wecom")[0]
    assert fallen["fallback_of"] == desk.deliveries("mail")[0]["id"]


def test_when_every_road_fails_a_colleague_has_to_call(desk: Desk, office: PostOffice) -> None:
    office.rcpt = "550 5.1.1 no such user"
    desk.incident(level=4)
    desk.tick()
    send(desk, house_of(desk, office, wecom=Robot("wecom", True), sms=Robot("sms", True)), minutes=20)
    assert [row["channel"] for row in desk.deliveries()] == ["mail", "wecom", "sms", "call"]
    assert desk.deliveries("call")[0]["state"] == "sent"


def test_killed_after_sending_and_before_marking_the_repeat_is_recognisable(
    desk: Desk, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.incident(level=3)
    desk.tick()
    house = house_of(desk, office)
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "sent", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            deliver.run(house, desk.now)
    send(desk, house, minutes=10)
    mails = [letter["message-id"] for letter in office.letters if "zhao@" in letter["to"]]
    assert len(mails) == 2
    assert len(set(mails)) == 1


def test_an_acknowledgement_takes_a_waiting_call_off_the_list(desk: Desk, office: PostOffice) -> None:
    one = desk.incident(level=1)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    send(desk, house_of(desk, office), minutes=5)
    assert {row["state"] for row in desk.deliveries("call")} == {"dropped"}
    assert {row["state"] for row in desk.deliveries("mail")} == {"sent"}


@pytest.mark.parametrize("moment", range(6))
def test_killed_at_any_moment_people_receive_the_same(
    desk: Desk, office: PostOffice, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """The n-th write of the next tick dies; whatever follows, each Message-ID arrives."""
    for n in range(3):
        desk.incident(f"第{n}件", level=2)
    writes = iter(range(100))
    real = type(desk.store).write

    def dying(self: Any, **options: Any) -> Any:
        if next(writes) == moment:
            raise KeyboardInterrupt
        return real(self, **options)

    house = house_of(desk, office)
    with monkeypatch.context() as broken:
        broken.setattr(type(desk.store), "write", dying)
        try:
            desk.tick()
            deliver.run(house, desk.now)
        except KeyboardInterrupt:
            outcome = "killed"
        else:
            outcome = "survived"
    assert outcome == "killed" or moment > 3
    desk.tick()
    send(desk, house, minutes=9)
    zhao = [row["message"]["subject"] for row in desk.deliveries("mail") if row["person"] == "赵值班"]
    assert len(zhao) == 2
    assert "2起事件" in zhao[1]
    ids = Counter(letter["message-id"] for letter in office.letters)
    assert set(ids) == {row["message_id"] for row in desk.deliveries("mail")}

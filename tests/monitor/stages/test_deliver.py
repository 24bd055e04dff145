"""Nothing is lost and nothing is marked done before it is, whatever the other side or the machine does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from alerts.channels import Proof
from alerts.errors import TransportError
from alerts.message import Message
from monitor.store import files, outbox
from monitor.store.outbox import Parcel
from tests.fakes.flow import Flow


@dataclass
class Road:
    """A channel that does what the scenario says and remembers what came through."""

    name: str = "mail"
    trouble: Callable[[], None] = lambda: None
    taken: list[tuple[str, str, Message]] = field(default_factory=list)

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        self.trouble()
        self.taken.append((recipient, message_id, message))
        return Proof(self.name, "250 OK", {"queue": "A1"})


def down() -> None:
    raise TransportError("451 请稍后再试", permanent=False)


def refused() -> None:
    raise TransportError("550 没有这个信箱", permanent=True)


@pytest.fixture
def road(flow: Flow) -> Road:
    made = Road()
    flow.channels = {"mail": made}
    return made


def post(flow: Flow, key: str = "alert-1:zhao:mail:1", **more: object) -> int | None:
    words = Message("主题", "正文", short="短").as_json()
    parcel = Parcel(key, "incident", 1, "mail", "zhao@a.test", words, person="赵", **more)  # type: ignore[arg-type]
    with flow.store.write() as conn:
        return outbox.enqueue(conn, parcel, "xinhua.test", flow.now)


def test_a_message_is_sent_once_with_its_proof(flow: Flow, road: Road) -> None:
    assert post(flow) is not None
    assert post(flow) is None  # the same key is the same message
    flow.send()
    flow.send()
    [row] = flow.rows("delivery")
    assert len(road.taken) == 1
    assert (row.state, row.proof["answer"], row.sent_at) == ("sent", "250 OK", flow.now)
    assert row.message_id == road.taken[0][1] == outbox.message_id("alert-1:zhao:mail:1", "xinhua.test")


def test_killed_after_sending_it_is_repeated_under_the_same_number(flow: Flow, road: Road) -> None:
    post(flow)

    def die() -> None:
        road.taken.append(("zhao@a.test", "sent", Message("", "")))
        raise KeyboardInterrupt

    road.trouble = die
    with pytest.raises(KeyboardInterrupt):
        flow.send()
    assert flow.rows("delivery")[0].state == "queued"
    road.trouble = lambda: None
    flow.forward(seconds=60)
    flow.send()
    assert flow.rows("delivery")[0].state == "queued"  # the lease of the dead holds
    flow.forward(minutes=3)
    flow.send()
    assert flow.rows("delivery")[0].state == "sent"


def test_a_start_gives_back_what_the_dead_one_held(flow: Flow, road: Road) -> None:
    post(flow)
    with flow.store.write() as conn:
        assert len(outbox.claim(conn, flow.house.owner, flow.now, 5)) == 1
        assert outbox.claim(conn, "another", flow.now, 5) == []
        outbox.release(conn, flow.house.owner)
    flow.send()
    assert flow.rows("delivery")[0].state == "sent"


def test_a_server_down_for_an_hour_delays_and_loses_nothing(flow: Flow, road: Road) -> None:
    post(flow)
    road.trouble = down
    for _ in range(60):
        flow.send()
        flow.forward(minutes=1)
    row = flow.rows("delivery")[0]
    assert (row.state, row.permanent) == ("queued", False)
    assert 5 <= row.attempts <= 12
    assert [(f.kind, f.closed_at) for f in flow.rows("fault")] == [("channel", None)]
    road.trouble = lambda: None
    flow.forward(minutes=30)
    flow.send()
    assert flow.rows("delivery")[0].state == "sent"
    assert flow.rows("fault")[0].closed_at is not None


def test_a_refusal_is_final_and_told(flow: Flow, road: Road) -> None:
    post(flow)
    road.trouble = refused
    flow.send()
    [row], [fault] = flow.rows("delivery"), flow.rows("fault")
    assert (row.state, row.permanent, row.reason) == ("failed", True, "550 没有这个信箱")
    assert "赵" in fault.text


def test_a_channel_nobody_set_up_is_a_refusal(flow: Flow) -> None:
    post(flow)
    flow.send()
    assert "没有配置渠道" in flow.rows("delivery")[0].reason


def test_the_gravest_goes_first_and_later_ones_wait_their_time(flow: Flow, road: Road) -> None:
    from datetime import timedelta

    post(flow, "a", urgency=4)
    post(flow, "b", urgency=1)
    post(flow, "c", not_before=flow.now + timedelta(minutes=10))
    flow.send()
    assert [number for _, number, _ in road.taken] == [
        outbox.message_id(k, "xinhua.test") for k in ("b", "a")
    ]


def test_attached_files_travel_with_their_bytes(flow: Flow, road: Road) -> None:
    with flow.store.write() as conn:
        paper = files.keep(conn, "通知书.pdf", "application/pdf", b"%PDF", flow.now)
        assert files.keep(conn, "又一份.pdf", "application/pdf", b"%PDF", flow.now) == paper
    post(flow, files=(paper,))
    flow.send()
    [attached] = road.taken[0][2].attachments
    assert (attached.name, attached.body) == ("通知书.pdf", b"%PDF")

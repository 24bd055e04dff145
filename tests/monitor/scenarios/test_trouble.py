"""What is out of order is told to the administrator: once, together, and again when it is over."""

from __future__ import annotations

from datetime import timedelta

from alerts.channels import Proof
from alerts.errors import TransportError
from alerts.message import Message
from monitor.stages import House, deliver, trouble
from monitor.store import faults
from tests.fakes.duty import Desk, station


def goes_wrong(desk: Desk, kind: str, subject: str, text: str) -> None:
    with desk.store.write() as conn:
        faults.open_(conn, kind, subject, text, desk.now)


def is_right_again(desk: Desk, kind: str, subject: str) -> None:
    with desk.store.write() as conn:
        faults.close(conn, kind, subject, desk.now)


def pass_minutes(desk: Desk, minutes: float) -> None:
    """Time goes by with a tick of the stage every ten seconds."""
    end = desk.now + timedelta(minutes=minutes)
    while desk.now < end:
        desk.now += timedelta(seconds=10)
        trouble.run(desk.house, desk.now)


def mails(desk: Desk) -> list[str]:
    return [row["message"]["subject"] for row in desk.deliveries("mail", nouns=["fault"])]


def test_a_fault_is_one_mail_to_the_administrator_however_long_it_lasts(either_desk: Desk) -> None:
    desk = either_desk
    goes_wrong(desk, "source-silent", "news", "信源“新闻网”异常沉默：已 12 小时没有新页面")
    pass_minutes(desk, 600)
    [told] = desk.deliveries("mail", nouns=["fault"])
    assert (told["person"], told["recipient"]) == ("关管理", "guan@qingshi.test")
    assert told["message"]["subject"].startswith("【运行故障】故障1项：信源“新闻网”异常沉默")
    assert "11-23 09:00 起" in told["message"]["text"]


def test_faults_of_every_kind_that_come_together_are_one_mail(desk: Desk) -> None:
    for kind in ("role", "stage", "channel", "source", "source-layout", "source-hanging", "judge", "duty"):
        goes_wrong(desk, kind, "x", f"{kind} 出错")
    pass_minutes(desk, 5)
    goes_wrong(desk, "role", "crawl@b", "进程“crawl”异常退出")
    pass_minutes(desk, 2)
    assert len(mails(desk)) == 1, "the next mail waits its ten minutes"
    pass_minutes(desk, 10)
    assert [subject[6:11] for subject in mails(desk)] == ["故障8项：", "故障1项："]


def test_the_end_of_a_fault_that_was_told_is_told_once(desk: Desk) -> None:
    goes_wrong(desk, "channel", "sms", "渠道“sms”发送失败")
    pass_minutes(desk, 30)
    is_right_again(desk, "channel", "sms")
    pass_minutes(desk, 120)
    assert mails(desk) == ["【运行故障】故障1项：渠道“sms”发送失败", "【运行故障】恢复1项：渠道“sms”发送失败"]
    assert "已恢复（11-23 09:30）" in desk.deliveries("mail", nouns=["fault"])[1]["message"]["text"]


def test_what_was_over_before_anybody_was_told_is_no_mail(desk: Desk) -> None:
    goes_wrong(desk, "stage", "judge", "环节“judge”出错")
    pass_minutes(desk, 0.3)
    is_right_again(desk, "stage", "judge")
    pass_minutes(desk, 60)
    assert mails(desk) == []


def test_a_fault_that_comes_and_goes_is_not_a_mail_each_time(desk: Desk) -> None:
    for _ in range(12):
        goes_wrong(desk, "source", "bbs", "信源“论坛”连续 3 次采集失败")
        pass_minutes(desk, 3)
        is_right_again(desk, "source", "bbs")
        pass_minutes(desk, 1)
    assert len(mails(desk)) <= 2


def test_without_an_administrator_nothing_is_marked_as_told(desk: Desk) -> None:
    desk.station = desk.station.model_copy(update={"administrator": None})
    goes_wrong(desk, "role", "crawl", "进程异常退出")
    pass_minutes(desk, 5)
    assert mails(desk) == []
    desk.station = station()
    pass_minutes(desk, 1)
    assert len(mails(desk)) == 1


class Dead:
    """A road that refuses for ever."""

    name = "mail"

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        raise TransportError("550 邮箱不存在", permanent=True)


def test_a_mail_about_faults_that_fails_causes_no_further_mails(desk: Desk) -> None:
    goes_wrong(desk, "role", "crawl", "进程异常退出")
    for _ in range(12):
        pass_minutes(desk, 10)
        house = desk.house
        broken = House(
            house.store, house.station, "test", house.key, house.folder, house.judge, house.happenings,
            {"mail": Dead()},
        )  # fmt: skip
        deliver.run(broken, desk.now)
    assert len(mails(desk)) == 1

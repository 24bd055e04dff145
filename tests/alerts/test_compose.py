"""Alert mails in words: what stands in them, and that crawled words do nothing there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.bulletin_mail import Bars, bulletin_mail
from alerts.compose import (
    alert_mail,
    bundle_mail,
    inert,
    level_mark,
    lines,
    plain_mail,
    short,
    subject,
    web_address,
)
from alerts.matter import Alarm, Button, Quote

NOW = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)
LINK = "https://yuqing.example/l/abc"
ALARM = Alarm(
    incident=12,
    title="东门市场发生燃气泄漏",
    level=2,
    confirmed=False,
    documents=12,
    as_of=NOW,
    first_at=NOW - timedelta(minutes=35),
    first_how="发布",
    place="青石区东门街道",
    source="青石论坛",
    media=4,
    spread="近1小时新增9条，为1小时前的4.0倍",
    units=("区应急管理局", "区住房和城乡建设局"),
    why_level=("命中“燃气泄漏”且有人员疏散",),
    quotes=(Quote("一股煤气味", "青石论坛", "http://127.0.0.1/t/1", NOW), Quote("消防已到场", "河山日报")),
    buttons=(
        Button("acknowledge", f"{LINK}?do=acknowledge"),
        Button("open", "https://yuqing.example/incidents/12"),
    ),
)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "\r\nBcc: evil@evil.test\r\n\r\n正文",
    "\u202e倒着写\u2066\u200b",
    "javascript:alert(1) http://evil.test/a www.evil.test",
    "a" * 10_000,
    "😀🔥\ud800",
    "=cmd|' /C calc'!A0",
    "\x00\x1b[31m",
)


class Tags(HTMLParser):
    """The elements, attributes and link targets of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_subject_says_level_place_matter_and_number() -> None:
    assert subject(ALARM) == "【待核实·建议Ⅱ级】青石区东门街道·东门市场发生燃气泄漏（12条）"
    assert subject(replace(ALARM, confirmed=True)).startswith("【Ⅱ级·重大】")
    assert (
        subject(replace(ALARM, title="青石区东门市场燃气泄漏"))
        == "【待核实·建议Ⅱ级】青石区东门市场燃气泄漏（12条）"
    )


@pytest.mark.parametrize(("level", "name"), [(1, "Ⅰ"), (2, "Ⅱ"), (3, "Ⅲ"), (4, "Ⅳ")])
def test_a_suggested_level_is_never_shown_as_a_fact(level: int, name: str) -> None:
    assert level_mark(level, confirmed=False) == f"【待核实·建议{name}级】"
    assert level_mark(level, confirmed=True).startswith(f"【{name}级·")


def test_the_body_is_ten_lines() -> None:
    rows = dict(lines(ALARM))
    assert len(rows) == 10
    assert rows["时间"] == "11月22日09:30发布"
    assert rows["传播"] == "截至11月22日10:05，相关信息12条，涉及4个媒体或平台"
    assert rows["等级"] == "Ⅱ级（重大），系统建议，待人工核实"
    assert "立即核实" in rows["现在"]
    text = alert_mail(ALARM, station="青石区人民政府办公室").text
    assert all(f"{label}：{words}" in text for label, words in rows.items())


def test_quotations_carry_their_source_and_are_marked_as_unverified() -> None:
    mail = alert_mail(ALARM, station="青石区人民政府办公室")
    assert "网传内容，未经核实" in mail.text
    assert "“一股煤气味”——青石论坛，11月22日10:05" in mail.text
    assert "http://127.0.0.1/t/1" in Tags(mail.html).targets


def test_at_most_three_quotations() -> None:
    many = replace(ALARM, quotes=tuple(Quote(f"第{n}句", f"媒体{n}") for n in range(9)))
    text = alert_mail(many, station="x").text
    assert "第2句" in text
    assert "第3句" not in text


def test_buttons_lead_to_pages_that_ask_again() -> None:
    mail = alert_mail(ALARM, station="x")
    assert f"{LINK}?do=acknowledge" in mail.text
    assert f"{LINK}?do=acknowledge" in Tags(mail.html).targets
    assert "再次点按确认" in mail.html
    assert "form" not in Tags(mail.html).names


def test_without_an_outward_address_there_are_no_buttons() -> None:
    mail = alert_mail(replace(ALARM, buttons=()), station="x")
    assert "确认收到" not in mail.text + mail.html


def test_chat_and_sms_carry_level_place_and_number_only() -> None:
    words = short(ALARM)
    assert words == "【待核实·建议Ⅱ级】青石区东门街道，事件12号，请登录采风值守台查看并确认。"
    assert "燃气" not in words


def test_a_restricted_matter_keeps_its_words() -> None:
    mail = alert_mail(replace(ALARM, restricted=True), station="x")
    for secret in ("燃气", "煤气味", "疏散"):
        assert secret not in mail.subject + mail.text + mail.html + mail.short


def hostile(words: str) -> Alarm:
    """Every field that comes from outside holds the same words."""
    quotes = (Quote(words, words, words, NOW),)
    return replace(
        ALARM,
        title=words,
        place=words,
        source=words,
        why_level=(words,),
        units=(words,),
        quotes=quotes,
        why_now=words,
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_crawled_words_are_inert_everywhere(words: str) -> None:
    mail = alert_mail(hostile(words), station="x")
    tags, clean = Tags(mail.html), Tags(alert_mail(ALARM, station="x").html)
    assert tags.names <= clean.names
    assert tags.attributes <= clean.attributes
    assert all(target.startswith("https://yuqing.example/") for target in tags.targets)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", mail.text)
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert "evil.test" not in "".join(re.findall(r"(?:https?://|www\.|mailto:)\S+", mail.text))
    assert len(mail.subject) < 120
    assert len(mail.text) < 4000
    mail.text.encode()
    mail.html.encode()


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_whatever_is_said_stays_on_one_line_and_links_nowhere(words: str) -> None:
    line = inert(words)
    assert "\n" not in line
    assert "\r" not in line
    assert not re.search(r"(?i)\b(https?|javascript):", line)
    line.encode()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil",
        "http://",
        "http://a b",
        "ftp://a",
        "http://[",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_a_bundle_puts_the_gravest_first_and_counts_the_rest() -> None:
    alarms = [replace(ALARM, incident=n, level=4 - n % 3, title=f"第{n}件") for n in range(30)]
    mail = bundle_mail(alarms, station="x", shown=5, address="https://yuqing.example")
    assert mail.subject == ("【待核实·建议Ⅱ级】青石区东门街道·第2件等30起事件（Ⅱ级10件、Ⅲ级10件、Ⅳ级10件）")
    assert mail.text.count("待核实") == 1 + 5
    assert mail.short.startswith("【待核实·建议Ⅱ级】青石区东门街道等30起事件")
    assert "另有25起" in mail.text
    assert mail.text.index("建议Ⅱ级】青石区") < mail.text.index("另有25起")


@pytest.mark.parametrize("words", HOSTILE)
def test_bundles_and_plain_mails_are_inert_too(words: str) -> None:
    bundle = bundle_mail([hostile(words), ALARM], station="x")
    plain = plain_mail(words, [words], station="x")
    for mail in (bundle, plain):
        assert not {"script", "img"} & Tags(mail.html).names
        assert "\n" not in mail.subject


def test_the_same_facts_give_the_same_bytes() -> None:
    assert alert_mail(ALARM, station="x") == alert_mail(ALARM, station="x")


def test_a_bulletins_mail_draws_its_figures_in_cells_and_tells_them_in_text() -> None:
    counts = [("云州新闻网", 12), ('<img src=x onerror="alert(1)">', 4), ("论坛", 0)]
    bars = [Bars("信息来源", "条", counts), Bars("通知书办理情况", "件", [("下发", 2)])]
    mail = bulletin_mail("标题", "周报〔2026〕第3期", ["研判"], station="区政府办", thread="b-1", bars=bars)
    assert 'width="100%"' in mail.html and 'width="33%"' in mail.html and "<img" not in mail.html
    assert "信息来源：云州新闻网12条，" in mail.text
    assert "通知书办理情况" not in mail.html, "a handful is no picture"

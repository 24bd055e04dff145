"""Fourteen sentences of the rules, read at three in the morning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from monitor.console.checking import checks
from monitor.console.reasons import MOST, brief, reasons, telling
from tests.fakes.console import Night

WHY = [
    "标题提到新华区的“新华区”",
    "规则“危险物质泄漏”（safety.leak）命中：燃气泄漏、泄漏、燃气",
    "规则“有数字的伤亡”（safety.count）命中：3人受伤",
    "规则“燃气问题”（utility.gas）命中：燃气、泄漏",
    "规则“教育事务”（school.topic）命中：学校",
    "规则“医疗纠纷与事故”（health.malpractice）命中：医院、质疑",
    "规则“医疗事务”（health.topic）命中：医院",
    "规则“小区事务”（estate.topic）命中：物业",
    "构成事件：得分 6，标准 3",
    "加强语境：涉及群众、质疑、投诉或爆料",
    "牵头单位：应急管理局（按主题）",
    "生态环境分局：文中点名",
    "建议Ⅲ级：受伤 3 人（标准 3 人以上）",
    "建议Ⅲ级：规则“危险物质泄漏”的条件",
]
TOPICS = [
    {"id": "1", "name": "安全生产与消防", "rules": ["safety.leak", "safety.count"], "hits": []},
    {"id": "7", "name": "供热供水供气供电", "rules": ["utility.gas"], "hits": []},
    {"id": "9", "name": "医疗卫生", "rules": ["health.topic"], "hits": []},
]


def test_a_handful_of_reasons_comes_first_and_the_rest_is_kept_by_topic() -> None:
    found = reasons(WHY, "1", TOPICS)
    assert len(found.chief) <= MOST
    assert found.chief[0] == ("属地", "标题提到新华区的“新华区”")
    assert ("等级", "受伤 3 人（标准 3 人以上）") in found.chief
    assert ("等级", "符合规则“危险物质泄漏”的定级条件") in found.chief
    assert ("事项", "“危险物质泄漏”：燃气泄漏、泄漏、燃气") in found.chief
    assert ("责任单位", "牵头单位：应急管理局（按主题）") in found.chief
    assert not any("医院" in line for _, line in found.chief)
    groups = dict(found.groups)
    assert len(groups["安全生产与消防"]) == 2 and len(groups["医疗卫生"]) == 2
    assert groups["其他主题"] == ("“教育事务”：学校（school.topic）", "“小区事务”：物业（estate.topic）")
    assert sum(map(len, groups.values())) == len(WHY)


def test_what_spread_adds_stands_with_the_nature() -> None:
    found = reasons(["单条浏览120000次，达到100000次", *WHY], "1", TOPICS)
    assert ("传播", "单条浏览120000次，达到100000次") in found.chief and found.chief[0][0] == "属地"


def test_only_the_topics_that_made_the_incident_are_marked() -> None:
    weighty = reasons(WHY, "1", TOPICS).weighty
    assert [topic["id"] for topic in telling(TOPICS, weighty)] == ["1"]
    assert [topic["id"] for topic in telling(TOPICS[1:], weighty)] == ["7"] and telling([], weighty) == []


def test_a_record_keeps_a_persons_words_and_shortens_the_rules() -> None:
    assert brief("群众来电称已疏散；请核实") == "群众来电称已疏散；请核实"
    said = brief("；".join(WHY[:6]))
    assert said == "标题提到新华区的“新华区”；“危险物质泄漏”：燃气泄漏、泄漏、燃气"


def test_what_is_to_be_verified_follows_from_what_is_not_known() -> None:
    row = {"state": "found", "topic": "20", "place": "", "event_at": None}
    asked = checks(row, ["建议Ⅱ级：死亡 3 人（标准 3 人以上）"], answered=False)
    assert asked[0] == "人员情况：信息提到死亡 3 人，是否属实" and "是否已有或拟作公开回应" in asked
    assert (
        any("尚不明确" in line for line in asked)
        and checks({**row, "state": "closed"}, [], answered=True) == []
    )


def test_the_page_folds_what_is_not_needed_at_once(night: Night, visit: Callable[..., Any]) -> None:
    units = [("yj", "应急管理局", "lead"), ("hb", "生态环境分局", "assist")]
    named = [dict(zip(("id", "name", "role"), unit, strict=True)) for unit in units]
    one = night.incident("市场燃气泄漏", 3, 9, level_why=WHY, topic="1", topic_name="安全", units=named)
    page = visit("duty").get(f"/incidents/{one}").text
    shown, folded = page[page.index("为什么是这个等级") :].split("全部研判依据", 1)
    assert (
        "建议由应急管理局牵头" in shown and "受伤 3 人" in shown and "医院" not in shown and "医院" in folded
    )
    assert "核实要点" in folded and "人员情况：信息提到3人受伤、受伤 3 人，是否属实" in folded

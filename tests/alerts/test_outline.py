"""Bulletins are assembled from facts: each figure has a source, nothing unverified is a fact."""

from __future__ import annotations

import re
from typing import Any

import pytest

from alerts import outline, papers
from alerts.errors import FactsInvalid
from alerts.incident_facts import Incident, View
from alerts.kinds.bulletin import is_quiet
from alerts.kinds.bulletin_facts import Bulletin
from alerts.outline import Masks
from alerts.sheet import Chart, Heading, Para
from tests.alerts import stories


def text(facts: Any) -> str:
    """All running text of a bulletin."""
    sheet = papers.compose("bulletin", facts)
    return "\n".join(
        "".join(run.text for run in block.runs) for block in sheet.blocks if isinstance(block, Para)
    )


def headings(facts: Any) -> list[str]:
    return [
        b.text for b in papers.compose("bulletin", facts).blocks if isinstance(b, Heading) and b.level == 1
    ]


def incident(**changes: Any) -> Incident:
    return Incident.model_validate(stories.incident(**changes))


def public(*posts: int) -> list[View]:
    views = [
        {"side": "网民", "label": f"观点{i}", "posts": n, "sources": ["D1"]} for i, n in enumerate(posts)
    ]
    return [View.model_validate(view) for view in views]


def test_a_special_issue_has_the_parts_leaders_expect_in_order() -> None:
    names = [
        "舆情概述",
        "传播态势",
        "各方观点",
        "风险研判",
        "处置进展",
        "请示事项",
        "批示办理情况",
        "工作建议",
    ]
    assert [heading.split("、")[1] for heading in headings(stories.facts("bulletin"))] == names


def test_parts_without_facts_are_left_out_and_numbers_follow() -> None:
    bare = stories.incident(risks=[], asks=[], suggestions=[])
    found = headings(stories.facts("bulletin", incidents=[bare], instructions=[]))
    assert found == ["一、舆情概述", "二、传播态势", "三、各方观点", "四、处置进展"]


def test_a_flash_ends_with_the_promise_to_watch_on() -> None:
    facts = stories.facts("bulletin", series="快报", judgement="")
    assert [name.split("、")[1] for name in headings(facts)] == ["基本情况", "传播情况", "工作措施", "链接"]
    assert "将持续关注相关网上动态" in text(facts)


def test_a_follow_up_tells_only_what_is_new() -> None:
    period = {"since": "2026-09-01T09:00:00+08:00", "until": "2026-09-02T09:00:00+08:00"}
    facts = stories.facts("bulletin", series="续报", period=period)
    assert papers.compose("bulletin", facts).title.endswith("（续报一）")
    assert "早市暂停营业" in text(facts)
    assert "已登记并启动专题监测" not in text(facts)


def test_unverified_things_are_reported_speech_and_persons_are_masked() -> None:
    said = outline.opening(incident(), Masks()).text
    assert said.startswith("经监测，9月1日8时12分，青石论坛网民甲发布信息，反映：")
    assert "a91f" not in text(stories.facts("bulletin"))


def test_one_person_keeps_one_mask_and_media_keep_their_names() -> None:
    masks = Masks()
    assert [masks.call(name, "person") for name in ("x", "y", "x", "z")] == [
        "网民甲",
        "网民乙",
        "网民甲",
        "网民丙",
    ]
    assert masks.call("滨江晚报", "media") == "滨江晚报"
    assert [masks.call(f"p{i}", "person") for i in range(12)][-1].startswith("网民1")


def test_verified_things_are_told_plainly() -> None:
    [first, second] = outline.timeline(incident(), Masks())
    assert first.text == "9月1日8时31分，区长公开电话接到市场商户来电，内容与网帖一致，已登记并启动专题监测。"
    assert "称：" in second.text, "the press says it; it is not yet known"


@pytest.mark.parametrize(("posts", "expected"), [((20, 10), "占67%（20条）"), ((20, 9), "20条。")])
def test_shares_only_from_thirty_posts_up(posts: tuple[int, ...], expected: str) -> None:
    [[intro, first, *_]] = outline.views(public(*posts), Masks())
    assert first.text.endswith(expected) or expected in first.text
    assert ("不足30条" in intro.text) == (sum(posts) < 30)


def test_criticism_is_listed_by_weight_not_by_taste() -> None:
    said = text(stories.facts("bulletin"))
    assert said.index("质疑燃气公司接到报修不到场") < said.index("肯定当天关阀检修")


@pytest.mark.parametrize(
    "facts", [stories.daily(), stories.weekly(3), stories.messages(), stories.facts("bulletin")]
)
def test_every_figure_and_quotation_carries_a_source(facts: dict[str, Any]) -> None:
    sheet = papers.compose("bulletin", facts)
    known = {source.mark for source in sheet.sources}
    for block in sheet.blocks:
        if isinstance(block, Para):
            cites = {run.text for run in block.runs if run.face == "cite"}
            assert cites <= known
            words = "".join(run.text for run in block.runs if run.face != "cite")
            written_by_a_person = "（研判人：" in words or "（置信度：" in words
            if re.search(r"\d+[条次件]|“", words) and not written_by_a_person:
                assert cites, words


def test_sources_are_numbered_as_they_are_met_and_all_are_listed() -> None:
    sheet = papers.compose("bulletin", stories.facts("bulletin"))
    marks = [
        run.text
        for block in sheet.blocks
        if isinstance(block, Para)
        for run in block.runs
        if run.face == "cite"
    ]
    first_met = list(dict.fromkeys(marks))
    assert first_met == [f"[{i}]" for i in range(1, len(first_met) + 1)]
    assert [source.mark for source in sheet.sources] == first_met


def test_a_source_nobody_listed_is_an_error() -> None:
    stray = stories.incident()
    stray["opening"]["sources"] = ["D99999"]
    with pytest.raises(FactsInvalid, match="没有的信息来源：D99999"):
        papers.parse("bulletin", stories.facts("bulletin", incidents=[stray]))


def test_a_sentence_without_a_source_is_an_error() -> None:
    bare = stories.incident()
    bare["opening"]["sources"] = []
    with pytest.raises(FactsInvalid, match=r"incidents\[0\].opening.sources：至少1项"):
        papers.parse("bulletin", stories.facts("bulletin", incidents=[bare]))


def test_the_spread_is_told_before_and_after_the_answer() -> None:
    said = text(stories.facts("bulletin"))
    assert "回应前（截至9月1日10时）相关信息46条，回应后（截至9月2日9时）58条，其间新增12条。" in said


def test_an_instruction_comes_back_with_what_became_of_it() -> None:
    said = text(stories.facts("bulletin"))
    assert (
        "副区长陈志国8月28日11时在第12期上批示：“请住建局查清情况报我”。由区住房和城乡建设局办理，目前办理中"
        in said
    )


def test_a_quiet_day_is_one_line() -> None:
    quiet = stories.daily(
        incidents=[],
        instructions=[],
        funnel=[],
        watch_next=[],
        judgement="",
        totals=stories.totals(documents=0, before=None, opened=0, closed=0, running=0),
    )
    facts = papers.parse("bulletin", quiet)
    assert isinstance(facts, Bulletin)
    assert is_quiet(facts)
    assert text(quiet) == "2026年9月1日8时至9月2日8时，未监测到需要报告的涉区舆情。[1]"


def test_an_ai_summary_is_marked_and_never_alone() -> None:
    said = text(stories.facts("bulletin", ai_summary="事件平稳。"))
    assert "摘要（AI辅助，待核）：事件平稳。" in said
    assert "经监测" in said


def test_at_most_three_suggestions_each_with_unit_and_time() -> None:
    said = text(stories.facts("bulletin"))
    assert "1.建议区城市管理综合行政执法局核清报修派单环节责任并公布结果，9月5日前完成。" in said
    too_many = stories.incident(suggestions=[{"unit": "甲局", "action": "办"}] * 4)
    with pytest.raises(FactsInvalid, match="最多3项"):
        papers.parse("bulletin", stories.facts("bulletin", incidents=[too_many]))


def test_a_month_of_messages_ranks_units_and_topics() -> None:
    facts = stories.messages()
    assert "共收到网民留言197条，回复191条，回复率97%，超时回复6条。" in text(facts)
    assert "物业管理89条（62%）" in text(facts)


def test_a_weekly_issue_has_five_charts_each_told_in_words() -> None:
    charts = [
        block for block in papers.compose("bulletin", stories.weekly()).blocks if isinstance(block, Chart)
    ]
    assert len(charts) == 5
    assert all(re.search(r"\d", chart.alt) for chart in charts)
    assert not any("<script" in chart.svg or "2012-" in chart.svg for chart in charts)


def test_the_answer_is_marked_in_the_chart() -> None:
    charts = [
        block
        for block in papers.compose("bulletin", stories.facts("bulletin")).blocks
        if isinstance(block, Chart)
    ]
    assert "公开回应于9月1日16时30分" in charts[0].alt
    assert "公开回应（9月1日16时30分）" in charts[0].svg

"""What a duty officer sees of a text: incident or not, why, whose, how grave; and that nothing breaks it."""

from __future__ import annotations

import time

import pytest

from rules.judge import Judge
from rules.verdict import Text, Verdict


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge.load(region="130105", cache=tmp_path_factory.mktemp("cache"))


def of(judge: Judge, title: str, text: str = "", **more: str) -> Verdict:
    return judge.judge(Text("1", title, text, **more))


@pytest.mark.parametrize(
    "title",
    [
        "小区停水三天没人管，投诉无门",
        "农贸市场燃气爆炸多人受伤",
        "幼儿园多名孩子呕吐腹泻，家长质疑食堂",
        "数十名农民工讨薪堵住工地大门",
        "暴雨红色预警",
        "地铁辟谣车厢冒烟",
        "老人电梯被困两小时物业不管",
    ],
)
def test_trouble_is_an_incident(judge: Judge, title: str) -> None:
    verdict = of(judge, title)
    assert verdict.incident
    assert verdict.level
    assert verdict.units[0].role in ("lead", "transfer")
    assert any("命中" in line for line in verdict.why)


@pytest.mark.parametrize(
    "title",
    [
        "我区开展燃气爆炸应急演练",
        "电影《烈火》定档：消防员冲进火场",
        "唐山大地震四十九周年纪念",
        "谨防电动车自燃，这些知识要牢记",
        "高薪诚聘电焊工，包吃住",
        "供热保障工作成效明显",
        "俄罗斯一化工厂爆炸",
        "今天天气不错，公园里花开了",
    ],
)
def test_drills_films_history_advice_and_elsewhere_are_not(judge: Judge, title: str) -> None:
    assert not of(judge, title).incident


def test_criticism_of_government_alone_is_no_alarm(judge: Judge) -> None:
    assert not of(judge, "建议政府多听听百姓意见，有些工作做得不够好").incident
    assert not of(judge, "这届政府真让人失望").incident


def test_hits_are_stretches_of_the_original(judge: Judge) -> None:
    title = "石家庄新华區某小区停 水三天"
    verdict = of(judge, title)
    for topic in verdict.topics:
        for hit in topic.hits:
            assert title[hit.start : hit.end] == hit.text
    assert "停 水" in {h.text for t in verdict.topics for h in t.hits}
    assert any("去除夹入的空格或符号" in line for line in verdict.why)


def test_a_report_of_wrongdoing_never_reaches_the_accused(judge: Judge) -> None:
    verdict = of(judge, "实名举报城管局副局长受贿，请教育局和城管局严查")
    assert verdict.restricted
    assert {u.role for u in verdict.units} == {"transfer"}
    assert {u.id for u in verdict.units} <= {"jiwei", "xinfang"}


def test_an_accusation_inside_another_topic_is_restricted_too(judge: Judge) -> None:
    verdict = of(judge, "学校食堂食物中毒", "家长反映：实名举报教育局局长收受食堂老板贿赂，贪污餐费。")
    assert verdict.restricted
    assert {u.role for u in verdict.units} == {"transfer"}


def test_reporting_noise_is_not_an_accusation(judge: Judge) -> None:
    verdict = of(judge, "举报工地夜间施工噪音扰民")
    assert not verdict.restricted
    assert verdict.units[0].role == "lead"


def test_national_round_ups_that_only_touch_us_stay_unsure(judge: Judge) -> None:
    calm = "各地有序恢复生产。" * 40
    verdict = of(judge, "多地强降雨致道路中断群众转移", calm + "石家庄新华区也作了部署。" + calm)
    assert verdict.in_place != "yes"
    assert not verdict.flag


def test_the_place_decides_the_flag(judge: Judge) -> None:
    assert of(judge, "石家庄市新华区一小区爆炸").flag
    assert not of(judge, "广州一小区爆炸").flag


def test_mood_only_where_there_are_hits_unless_asked(judge: Judge) -> None:
    assert of(judge, "今天天气不错").sentiment is None
    assert judge.judge(Text("1", "今天天气不错"), "all").sentiment is not None
    assert of(judge, "石家庄新华区停水三天没人管").sentiment is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01\x1b[31m停水\x7f",
        "\ud800停水\udfff",
        "停水" * 2_000_000,
        "\n" * 200_000,
        "a*" * 100_000,
        "。" * 300_000,
        "停 * 水 " * 100_000,
        "新华区长安区" * 1_600_000,
        "您好，您的留言收悉，现回复如下：" * 600_000,
    ],
    ids=["empty", "control", "surrogates", "long", "lines", "marks", "stops", "inserted", "names", "replies"],
)
@pytest.mark.parametrize("field", ["title", "text"])
def test_bad_input_gets_a_verdict_soon(judge: Judge, text: str, field: str) -> None:
    begin = time.process_time()
    verdict = of(judge, text) if field == "title" else of(judge, "", text)
    assert time.process_time() - begin < 2  # each takes below 0.2 s on a quiet machine
    assert verdict.why


def test_why_names_the_part_that_failed(judge: Judge) -> None:
    parts = {p.id: p for p in judge.explain(Text("", "我区开展消防演练"))}
    assert parts["cue.drill"].outcome == "matched"
    assert parts["safety.fire"].outcome == "missed"
    assert "没有出现" in parts["safety.fire"].detail
    parts = {p.id: p for p in judge.explain(Text("", "本店停水果销售"))}
    assert parts["utility.cut"].outcome == "excluded"
    assert "停水果" in parts["utility.cut"].detail

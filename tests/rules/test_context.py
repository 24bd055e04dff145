"""What wording does beside rules, and what it may never do."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.judge import Judge
from rules.verdict import Text

OWN = """
topic: "17"
name: 文旅体育与公共活动
rules:
  - {id: own.lantern, name: 灯会, alarm: 3, when: 灯会}
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge.load(region="130105", cache=tmp_path_factory.mktemp("cache"))


def test_an_incident_that_no_rule_names_still_gets_a_topic_and_a_unit(judge: Judge) -> None:
    verdict = judge.judge(Text("", "石家庄新华区水箱里发现死老鼠 居民喝了半个月"))
    assert verdict.flag
    assert verdict.topics
    assert not verdict.topics[0].rules
    assert any(unit.role == "lead" for unit in verdict.units)
    assert any(why.startswith("主题“") and "由用语推断" in why for why in verdict.why)


@pytest.mark.parametrize("title", ["石家庄新华区的夜晚真美 一声爆炸", "为什么石家庄新华区一化工厂爆炸"])
def test_no_calm_wording_silences_an_explosion(judge: Judge, title: str) -> None:
    assert judge.judge(Text("", title)).flag


def test_calm_wording_is_given_as_a_reason(judge: Judge) -> None:
    verdict = judge.judge(Text("", "石家庄新华区高考真的要取消体育加分吗 假的"))
    assert not verdict.incident
    assert any("用语不像以往事件" in why for why in verdict.why)


def test_a_station_s_own_rule_stands_against_calm_wording(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    title = "石家庄新华区灯会今晚亮灯 市民提前一睹"
    assert not Judge.load(region="130105").judge(Text("", title)).flag
    assert Judge.load(region="130105", station_rules=tmp_path).judge(Text("", title)).flag


def test_wording_that_accuses_an_official_is_handed_over_to_none_it_names(judge: Judge) -> None:
    verdict = judge.judge(Text("", "石家庄新华区公务车接孩子上学 住建局当事人被诫勉"))
    assert verdict.topics[0].id == "19"
    assert not verdict.topics[0].rules
    assert verdict.restricted
    assert all(unit.role == "transfer" for unit in verdict.units)


def test_no_place_is_trouble_by_its_name(judge: Judge) -> None:
    reasons = [
        judge.judge(Text("", f"{place}一小区电梯连坠三层")).why for place in ("石家庄新华区", "石家庄")
    ]
    scores = [[why for why in said if "得分" in why] for said in reasons]
    assert scores[0] == scores[1] != []


def test_small_talk_in_a_post_is_no_incident_by_its_wording_alone(judge: Judge) -> None:
    post = "家里老人想学手机课程"
    assert not judge.judge(Text("", post, f"{post}。")).incident


def test_a_notice_of_traffic_control_is_routine_and_a_collapse_is_not(judge: Judge) -> None:
    assert not judge.judge(Text("", "关于石家庄新华区部分路段临时交通管制的通告")).incident
    assert judge.judge(Text("", "石家庄新华区一路面塌陷 交警发布绕行通告")).incident


def test_what_a_local_paper_tells_of_some_other_province_is_not_ours(judge: Judge) -> None:
    verdict = judge.judge(Text("", "南方某省高速公路发生多车追尾", "南方某省一高速公路发生多车追尾事故。"))
    assert (verdict.in_place, verdict.flag) == ("no", False)

"""One happening or two, as a duty officer would say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.sameness import Gatherer, Item, settle

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Desk:
    """Headlines come in; `told` gives the happening each belongs to by now."""

    def __init__(self, *usual: str) -> None:
        self.gatherer, self.placed = Gatherer(usual=usual), list[str]()
        self.at = MONDAY

    def hear(self, title: str, text: str = "", **later: float) -> str:
        self.at += timedelta(**later) if later else timedelta(minutes=10)
        number = str(len(self.placed))
        self.placed.append(self.gatherer.add(Item(number, title, text, self.at)).incident)
        return self.placed[-1]

    @property
    def told(self) -> list[str]:
        return [self.gatherer.home(name) for name in self.placed]


@pytest.fixture
def desk() -> Desk:
    return Desk("新华区", "石家庄市", "石家庄")


def test_follow_ups_of_a_fire_join_it(desk: Desk) -> None:
    desk.hear("联盟街道柏林小区一居民楼起火，浓烟滚滚")
    desk.hear("柏林小区居民楼起火：消防已到场，暂无人员伤亡")
    desk.hear("通报来了！柏林小区居民楼火灾原因系电动车充电", hours=20)
    assert desk.told == ["0", "0", "0"]


def test_a_fire_and_last_weeks_fire_in_the_same_street_are_two(desk: Desk) -> None:
    desk.hear("联盟街道柏林小区一居民楼起火，浓烟滚滚")
    desk.hear("柏林小区又有居民楼起火，浓烟很大", days=7)
    assert desk.told == ["0", "1"]


def test_neighbouring_counties_in_one_flood_are_two(desk: Desk) -> None:
    desk.hear("河北兴隆山洪致3人遇难，搜救正在进行")
    desk.hear("河北滦平山洪致3人遇难，搜救正在进行，道路中断")
    assert desk.told == ["0", "1"]


def test_look_alikes_in_another_city_do_not_join(desk: Desk) -> None:
    desk.hear("杭州西湖区一小学食堂午餐吃出虫子，家长聚集")
    desk.hear("长沙岳麓区一小学食堂午餐吃出异物，家长要说法")
    assert desk.told == ["0", "1"]


def test_the_same_trouble_in_two_subdistricts_is_two(desk: Desk) -> None:
    desk.hear("联盟街道一居民楼起火，多人被困等待救援")
    desk.hear("宁安街道一居民楼起火，多人被困等待救援")
    assert desk.told == ["0", "1"]


def test_two_stations_of_a_city_are_two(desk: Desk) -> None:
    desk.hear("杭州东站旅客滞留，多趟列车晚点")
    desk.hear("杭州南站旅客滞留，出租车排长队")
    assert desk.told == ["0", "1"]


def test_a_hotline_lead_joins_the_thread_of_the_forum(desk: Desk) -> None:
    desk.hear("赵陵铺路翠屏苑小区停水三天了没人管")
    desk.hear("投诉", "来电人反映翠屏苑小区已经停水三天，物业一直没人处理，希望尽快恢复供水", hours=3)
    assert desk.told == ["0", "0"]


def test_the_districts_own_name_joins_nothing(desk: Desk) -> None:
    desk.hear("石家庄新华区联盟街道一居民楼起火，多人被困，消防正在救援")
    desk.hear("新华区赵陵铺路一小区停水三天没人管，投诉无门")
    assert desk.told == ["0", "1"]


def test_two_threads_join_when_they_prove_alike(desk: Desk) -> None:
    desk.hear("余杭良渚多个小区自来水发臭")
    desk.hear("水务公司致歉：已启动应急冲洗")
    desk.hear("良渚自来水发臭，水务公司致歉并启动应急冲洗")
    assert len(set(desk.placed)) == 2
    assert len(set(desk.told)) == 1


def test_reasons_name_what_is_shared(desk: Desk) -> None:
    desk.hear("柏林小区居民楼起火，浓烟滚滚")
    placed = desk.gatherer.add(Item("x", "柏林小区居民楼起火后续", at=desk.at))
    assert placed.score > 0.3
    assert "可能为" in placed.why and "柏林小" in placed.why


def test_a_follow_up_that_shares_no_word_joins_what_goes_on_in_a_quiet_district(desk: Desk) -> None:
    desk.hear("联盟街道突降暴雨")
    desk.hear("暴雨中的联盟街道：多处路口积水")
    desk.hear("联盟街道暴雨：地下通道积水，行人涉水")
    desk.hear("联盟街道积水路段已封闭")
    desk.hear("新华区防汛应急响应提升至二级")
    assert set(desk.told) == {"0"}


def test_another_matter_of_the_same_hour_does_not(desk: Desk) -> None:
    desk.hear("联盟街道暴雨，柏林小区地库被淹")
    desk.hear("新华区一小学教师体罚学生，校方致歉", hours=1)
    assert desk.told == ["0", "1"]


def test_two_earthquakes_of_a_day_are_two(desk: Desk) -> None:
    desk.hear("四川汶川发生3.3级地震")
    desk.hear("四川汶川发生4.1级地震", hours=5)
    assert desk.told == ["0", "1"]


def test_a_restart_by_assign_goes_on_where_it_stopped() -> None:
    gatherer = Gatherer()
    gatherer.assign(Item("1", "柏林小区居民楼起火，浓烟滚滚", at=MONDAY), "#7")
    later = MONDAY + timedelta(hours=2)
    assert gatherer.add(Item("2", "柏林小区居民楼起火：消防通报原因", at=later)).incident == "#7"
    copy = gatherer.add(Item("3", "柏林小区居民楼起火，浓烟滚滚", at=later))
    assert (copy.incident, copy.duplicate_of) == ("#7", "1")


def test_two_incidents_in_the_books_are_left_to_people() -> None:
    gatherer = Gatherer()
    for number, incident in (("1", "#7"), ("2", "#8")):
        title = f"柏林小区居民楼起火，浓烟滚滚（{number}）"
        gatherer.assign(Item(number, title, at=MONDAY), incident)
    gatherer.add(Item("3", "柏林小区居民楼起火，有浓烟", at=MONDAY))
    assert (gatherer.home("#7"), gatherer.home("#8")) == ("#7", "#8")


def test_ten_thousand_tellings_of_one_event_are_one() -> None:
    gatherer, ways = Gatherer(), ("网传", "求证：", "", "刚刚，", "有人知道吗？")
    for n in range(2_000):
        title = f"{ways[n % 5]}柏林小区燃气爆炸{'，伤' + str(n % 9) + '人' if n % 3 else '，附近居民疏散'}"
        gatherer.add(Item(str(n), title, at=MONDAY + timedelta(milliseconds=6 * n)))
    assert {gatherer.home(str(n)) for n in range(2_000)} >= {"0"}
    assert gatherer.add(Item("last", "柏林小区燃气爆炸最新消息", at=MONDAY)).incident == gatherer.home("0")


def test_nothing_but_signs_and_lone_surrogates_do_no_harm() -> None:
    gatherer = Gatherer()
    names = [
        gatherer.add(Item(str(n), title)).incident for n, title in enumerate(("！！！", "\ud83d", "", "a"))
    ]
    assert names == ["0", "1", "2", "3"]


def test_settle_gives_the_last_word() -> None:
    items = [Item("a", "柏林小区居民楼起火", at=MONDAY), Item("b", "柏林小区居民楼起火", at=MONDAY)]
    assert {i: p.incident for i, p in settle(items).items()} == {"a": "a", "b": "a"}


def test_in_a_busy_hour_a_post_a_call_and_a_report_of_one_matter_are_one(desk: Desk) -> None:
    others = (
        "东关农贸市场燃气泄漏爆燃 3人受伤送医", "实验小学十余名学生餐后腹痛呕吐", "网传今晚起全区停水三天",
        "锦绣花园电梯又困人了", "滨河路地下通道积水半米", "鼓楼广场流浪狗咬伤小孩", "北仓和平里暖气不热",
        "惠民小区楼道电动车充电着火", "石桥大集烤鸭摊被查", "西山景区索道停运 多名游客滞留",
    )  # fmt: skip
    for title in others:
        desk.hear(title, seconds=12)
    post = "柳林工业园的厂房工地，六十多个工友四个月没拿到工资。"
    desk.hear("柳林工业园厂房工地拖欠工资四个月，有人管没人管", post, seconds=12)
    desk.hear("我们六十多个人在柳林工业园干活，四个月没发工资，包工头电话不接", seconds=12)
    desk.hear("柳林工业园一厂房项目六十余名农民工讨薪 称被拖欠工资近两百万元", seconds=12)
    homes = desk.told
    assert len(set(homes[:10])) == 10
    assert len(set(homes[10:])) == 1
    assert not {*homes[:10]} & {*homes[10:]}

"""Whether a text is about our place, told by what is said in it, who says it, and what speaks against."""

from __future__ import annotations

import time
from functools import lru_cache

import pytest

from rules.place import PlaceJudge, PlaceVerdict, UnknownRegion, find_region
from rules.verdict import Text

XINHUA = "130105"

judge_for = lru_cache(maxsize=32)(PlaceJudge.for_region)


def said(region: str, title: str, body: str = "", **more: str) -> PlaceVerdict:
    return judge_for(region).judge(Text("1", title, body, **more))


class TestRegions:
    @pytest.mark.parametrize("code", ["3301", "330100", "330100000", "330100000000", " 3301 "])
    def test_a_city_by_any_form_of_its_code(self, code: str) -> None:
        assert judge_for(code).region.full_name == "浙江省杭州市"

    @pytest.mark.parametrize(
        ("code", "name"), [("11", "北京市"), ("110100", "北京市"), ("110105", "北京市朝阳区")]
    )
    def test_a_municipality_has_no_city_of_its_own(self, code: str, name: str) -> None:
        assert judge_for(code).region.full_name == name

    def test_a_street(self) -> None:
        assert judge_for(find_region("石家庄新华区西苑街道")[0].code).region.level == "street"

    def test_an_unknown_code_names_the_nearest(self) -> None:
        with pytest.raises(UnknownRegion, match="130105（河北省石家庄市新华区）"):
            PlaceJudge.for_region("130106")

    @pytest.mark.parametrize("code", ["", "abc", "1", "13010", "１３０１０５", "-1"])
    def test_what_is_no_code_is_refused(self, code: str) -> None:
        with pytest.raises(UnknownRegion):
            PlaceJudge.for_region(code)

    def test_finding_a_region_by_name(self) -> None:
        assert [d.code for d in find_region("新华区")] == ["130105", "130902", "410402"]
        assert [d.code for d in find_region("石家庄新华")] == ["130105"]
        assert [d.code for d in find_region("河北省石家庄市新华区")] == ["130105"]
        assert [d.code for d in find_region("330106")] == ["330106"]
        assert [d.name for d in find_region("瓜沥镇")] == ["瓜沥镇"]
        assert find_region("没有这个地方") == []


class TestNamesakes:
    def test_the_city_just_before_decides(self) -> None:
        assert said(XINHUA, "石家庄新华区一小区停水").in_place == "yes"
        assert said(XINHUA, "沧州新华区一小区停水").in_place == "no"
        assert said(XINHUA, "平顶山市新华区一小区停水").in_place == "no"

    def test_nothing_nearby_leaves_it_open(self) -> None:
        verdict = said(XINHUA, "新华区一小区停水")
        assert verdict.in_place == "unsure"
        assert verdict.places == ("新华区",)
        assert "没有本地佐证" in verdict.why[0]

    @pytest.mark.parametrize("medium", ["石家庄日报", "石家庄广播电视台"])
    def test_the_mediums_own_place_decides(self, medium: str) -> None:
        assert said(XINHUA, "新华区一小区停水", media=medium).in_place == "yes"
        assert said("410402", "新华区一小区停水", media=medium).in_place == "no"

    def test_a_sister_district_an_area_code_or_a_plate_decides(self) -> None:
        assert said(XINHUA, "新华区与裕华区交界处塌陷").in_place == "yes"
        assert said(XINHUA, "新华区供暖热线0311-12345678打不通").in_place == "yes"
        assert said(XINHUA, "冀A车牌渣土车在新华区连撞数车").in_place == "yes"
        assert said("410402", "冀A车牌渣土车在新华区连撞数车").in_place == "no"

    def test_two_names_of_ours_support_each_other(self) -> None:
        assert said(XINHUA, "新华区西苑街道一居民楼起火").in_place == "yes"

    @pytest.mark.parametrize("title", ["新华社北京电", "新华书店开业", "新华保险理赔难", "新华医院专家团"])
    def test_namesakes_are_no_place(self, title: str) -> None:
        assert said(XINHUA, title).in_place == "no"


class TestSubstrings:
    @pytest.mark.parametrize(
        ("region", "title"),
        [
            ("431221", "中方谴责美方言论"),
            ("130922", "西藏丁青县山体滑坡"),
            ("440605", "海南海口暴雨"),
            ("130503", "沈腾的征信都扫不了单车"),
            ("131123", "圣武强度超翼标"),
            ("130728", "陈怀安坠楼"),
            ("130528", "广东男篮淘汰辽宁晋级决赛"),
            ("13", "漠河北极村持续高温"),
        ],
    )
    def test_letters_that_meet_by_chance(self, region: str, title: str) -> None:
        assert said(region, title).in_place == "no"

    def test_the_real_ones_are_found(self) -> None:
        assert said("440605", "佛山南海一工厂起火").in_place == "yes"
        assert said("130922", "沧州青县一工厂起火").in_place == "yes"
        assert said("431221", "湖南中方县一水库泄洪").in_place == "yes"


class TestRoles:
    @pytest.mark.parametrize(
        "title",
        [
            "杭州男子在三亚溺水身亡",
            "杭州女子在泰国失联",
            "来自杭州的王先生在成都被骗",
            "成都房租比杭州还高",
            "三亚一家杭州小笼包店起火",
            "西湖龙井在北京走俏",
            "考上浙大的他回到甘肃支教",
        ],
    )
    def test_origin_yardstick_and_product_are_not_ours(self, title: str) -> None:
        assert said("3301", title).in_place == "no"

    @pytest.mark.parametrize(
        "title",
        [
            "杭州男子6万租房甲醛超标",
            "上海小伙在杭州地铁晕倒",
            "杭州人洗澡越洗越臭",
            "杭州警方在三亚抓获嫌疑人",
        ],
    )
    def test_people_of_ours_at_home_and_others_here_are(self, title: str) -> None:
        assert said("3301", title).in_place == "yes"

    def test_a_company_or_a_team_is_not_the_place(self) -> None:
        assert said("3301", "杭州高新7名高管集体辞职").in_place != "yes"
        assert said("4406", "佛山DRG两比零获胜").in_place == "no"

    def test_a_branch_school_is_where_it_stands(self) -> None:
        assert said("4115", "信阳衡水高中被立案调查").in_place == "yes"
        assert said("1311", "信阳衡水高中被立案调查").in_place == "no"

    def test_a_road_named_after_us_is_elsewhere(self) -> None:
        assert said("3201", "上海南京西路一商铺起火").in_place == "no"


class TestSources:
    def test_a_local_medium_without_a_place_leaves_it_open(self) -> None:
        verdict = said("330109", "一小区停水三天", media="萧山日报")
        assert (verdict.in_place, verdict.local_source) == ("unsure", True)

    def test_a_local_medium_about_elsewhere_is_elsewhere(self) -> None:
        assert said("330109", "三亚一小区停水三天", media="萧山日报").in_place == "no"

    def test_the_stations_own_media_and_hosts(self) -> None:
        judge = PlaceJudge.for_region("330109", local_media=["湘湖在线", "xsnet.example"])
        assert judge.judge(Text("1", "停水三天", media="湘湖在线")).local_source
        assert judge.judge(Text("1", "停水三天", url="https://bbs.xsnet.example/t/1")).local_source
        assert not judge.judge(Text("1", "停水三天", url="https://other.example/xsnet.example")).local_source


class TestStationNames:
    def test_names_inside_and_aliases_and_what_is_to_be_ignored(self) -> None:
        judge = PlaceJudge.for_region(
            XINHUA, aliases=["石市新华"], local_names=["毗卢寺", "太平河"], negative=["太平河水怪"]
        )
        assert judge.judge(Text("1", "毗卢寺附近道路塌陷")).in_place == "yes"
        assert judge.judge(Text("1", "石市新华一工地停工")).in_place == "yes"
        assert judge.judge(Text("1", "网红太平河水怪走红")).in_place == "no"

    def test_a_given_name_that_is_an_ordinary_word_wants_evidence(self) -> None:
        judge = PlaceJudge.for_region(XINHUA, local_names=["联盟", "西苑", "谈固", "联盟小区"])
        assert judge.judge(Text("1", "中国足球职业联盟成立")).in_place == "no"
        assert judge.judge(Text("1", "北京西苑医院专家义诊")).in_place == "no"
        assert judge.judge(Text("1", "石家庄联盟一居民楼起火")).in_place == "yes"
        assert judge.judge(Text("1", "联盟小区暖气不热")).in_place == "yes"
        assert judge.judge(Text("1", "谈固一小区暖气不热")).in_place == "yes"


class TestBodies:
    def test_a_name_in_passing_in_a_long_body_is_not_the_subject(self) -> None:
        body = "北京、上海、天津、重庆、南京、成都、长沙等地举行活动。" * 10 + "杭州也有活动。"
        assert said("3301", "全国多地举行活动", body).in_place == "no"

    def test_the_body_says_where(self) -> None:
        verdict = said(XINHUA, "一饭店爆炸", "昨日，石家庄市新华区一饭店爆炸。")
        assert verdict.in_place == "yes"
        assert [(h.field, h.start, h.end, h.text) for h in verdict.hits] == [("text", 7, 10, "新华区")]

    def test_hits_are_in_the_original_whatever_its_form(self) -> None:
        verdict = said(XINHUA, "石家莊新華區一小區停水")
        assert verdict.in_place == "yes"
        assert verdict.hits[0].text == "新華區"


def test_a_list_of_thousands_of_names_is_judged_at_once() -> None:
    names = Text("1", "新华区长安区裕华区桥西区" * 1600, "新华区长安区" * 3000)
    started = time.process_time()
    for region in ("130105", "130902"):
        PlaceJudge.for_region(region).judge(names)
    assert time.process_time() - started < 10, "it took 45 s each while every name was weighed against all"


@pytest.mark.parametrize("title", ["", "\ud800杭州", "杭州\x00", "杭" * 100_000, "杭州" * 20_000])
def test_odd_input_gets_a_verdict(title: str) -> None:
    assert said("3301", title).in_place in ("yes", "no", "unsure")


@pytest.mark.parametrize(
    ("region", "names", "title", "decision"),
    [
        ("130105", ("联盟",), "石家庄联盟西路一饭店油烟扰民", "yes"),
        ("130105", ("联盟",), "重庆联盟西路一饭店油烟扰民", "no"),
        ("330106", ("骆家庄",), "骆家庄一出租屋起火", "yes"),
        ("330106", ("骆家庄",), "河北邯郸骆家庄一出租屋起火", "no"),
    ],
)
def test_a_given_name_after_another_citys_is_there_and_after_ours_is_here(
    region: str, names: tuple[str, ...], title: str, decision: str
) -> None:
    judge = PlaceJudge.for_region(region, local_names=names)
    assert judge.judge(Text("1", title)).in_place == decision


def test_a_sentence_that_goes_on_to_another_place_happens_there() -> None:
    judge = PlaceJudge.for_region("5101")
    assert judge.judge(Text("1", "成都夫妻自驾西藏翻车")).in_place == "no"
    assert judge.judge(Text("1", "成都夫妻自驾翻车")).in_place == "yes"

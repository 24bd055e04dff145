"""A call marked as sudden is an incident at once; what is then said of it anywhere is found and gathered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from monitor.collecting import visit_of
from monitor.domain.watching import Sought, phrases, sought
from monitor.errors import CaifengError
from monitor.settings import Station, parse
from monitor.stages import Done, House, gather, incident_acts, judge, lead_acts, watch, watching
from monitor.store import sources, watches
from monitor.store.engine import Store
from monitor.store.schema import source_state
from spiders.page import Page
from spiders.watch import Words
from tests.conftest import MovedClock
from tests.fakes.flow import Flow, real_judge

STATION = """
office: {name: 新华区人民政府办公室}
jurisdiction: {code: "130105", local_names: [赵陵铺农贸市场, 联盟小区], local_media: [新华论坛]}
"""
UNITS = "units:\n  - {id: ranqi, name: 华燃燃气公司, kind: enterprise}\n"
SOURCES = """
sources:
  - {id: forum, name: 新华论坛, kind: forum, url: "https://bbs.example/", local: true, purpose: 听,
     legal_ground: 职责, cadence: {fastest: 120}}
  - {id: news, name: 省报, kind: feed, url: "https://news.example/rss", purpose: 听, legal_ground: 职责}
  - {id: find, name: 论坛搜索, kind: search, url: "https://bbs.example/s?q={words}", purpose: 听,
     legal_ground: 职责}
"""
CALL = "赵陵铺农贸市场东门燃气泄漏，气味很大，报警人李建国，电话13812345678，住3号楼2单元401室"


def station() -> Station:
    return parse({"station.yaml": STATION, "units.yaml": UNITS, "sources.yaml": SOURCES})


@dataclass
class Night(Flow):
    """A flow whose station knows its market, with the watch stage in its place."""

    @property
    def house(self) -> House:
        return replace(super().house, station=station())

    def tick(self) -> list[Done]:
        return [stage.run(self.house, self.now) for stage in (judge, watch, gather)]

    def call(self, matter: str = CALL, **more: Any) -> int:
        """The duty officer takes down a sudden, grave call."""
        given = {"place": "赵陵铺农贸市场东门", "phone": "138 1234 5678", "sudden": True, **more}
        told = lead_acts.Told("duty", matter, **given)
        entered = lead_acts.enter(self.house, told, who="zhao", now=self.now, judge=real_judge().judge)
        assert entered.incident is not None
        return entered.incident

    def ready(self) -> None:
        """Every source has been visited and waits for its next time, hours away."""
        with self.store.write() as conn:
            sources.ensure(conn, ["forum", "news", "find"], self.now)
            later = {
                "next_at": self.now + timedelta(hours=6),
                "last_success_at": self.now - timedelta(hours=1),
            }
            conn.execute(source_state.update().values(**later))

    def due(self) -> dict[str, float]:
        """Seconds until each source is visited."""
        rows = self.rows("source_state")
        return {row.source: (row.next_at - self.now).total_seconds() for row in rows}

    def incidents_of(self, title: str) -> list[int]:
        ids = {row.id for row in self.rows("document") if row.title == title}
        return [row.incident_id for row in self.rows("incident_document") if row.document_id in ids]


@pytest.fixture
def night(store: Store, clock: MovedClock) -> Night:
    return Night(store, clock())


def test_a_sudden_call_is_an_incident_and_its_watch_asks_for_place_and_matter_never_for_a_person(
    night: Night,
) -> None:
    night.ready()
    incident = night.call()
    [found] = night.rows("incident")
    [running] = night.rows("watch")
    assert (found.id, found.state, found.level_suggested) == (incident, "found", 2)
    asked = Sought.from_json(running.words).words.phrases
    assert asked[0] == "赵陵铺农贸市场 燃气泄漏"
    everything = str(running.words)
    assert not any(word in everything for word in ("李建国", "李", "138", "1234", "401", "单元", "号楼"))
    night.tick()
    assert night.due() == {"find": 0, "forum": 0, "news": 6 * 3600}, (
        "the national feed is not asked more often"
    )


def test_rounds_are_every_five_minutes_in_the_first_hour_then_slower_and_keep_to_the_sites_pace(
    night: Night,
) -> None:
    night.ready()
    night.call()
    rounds: list[float] = []
    began = night.now
    for _ in range(60 * 8):
        with night.store.read() as conn:
            [running] = watches.active(conn)
        if running.next_at <= night.now:
            rounds.append((night.now - began).total_seconds() / 60)
        night.tick()
        night.forward(minutes=1)
    first = [at for at in rounds if at < 60]
    assert first == [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]
    later = [b - a for a, b in pairwise(rounds) if 65 < a < 300]
    assert set(later) == {15}


def test_a_source_just_visited_is_asked_no_sooner_than_its_own_pace(night: Night) -> None:
    night.ready()
    with night.store.write() as conn:
        conn.execute(source_state.update().values(last_success_at=night.now - timedelta(seconds=30)))
    night.call()
    night.tick()
    assert night.due()["forum"] == 90


def test_what_is_found_goes_to_the_incident_and_the_like_elsewhere_or_of_other_matters_does_not(
    night: Night,
) -> None:
    incident = night.call()
    night.tick()
    night.forward(minutes=6)
    night.bring(
        night.page("路过闻到一股怪味，听说是燃气泄漏", "赵陵铺农贸市场那边拉了警戒线，不让进"),
        night.page("赵陵铺农贸市场明天打折", "白菜两毛一斤，欢迎选购"),
        night.page("乌鲁木齐市新华南路燃气泄漏", "乌鲁木齐消防已到场", source="news"),
    )
    night.tick()
    assert night.incidents_of("路过闻到一股怪味，听说是燃气泄漏") == [incident]
    assert night.incidents_of("赵陵铺农贸市场明天打折") == []
    assert incident not in night.incidents_of("乌鲁木齐市新华南路燃气泄漏")
    [member] = [row for row in night.rows("incident_document") if row.by == "watch"]
    assert "赵陵铺农贸市场" in member.why and "燃气泄漏" in member.why
    [counted] = [row for row in night.rows("incident") if row.id == incident]
    assert counted.documents == 2


def test_the_watch_ends_with_its_incident(night: Night) -> None:
    incident = night.call()
    night.tick()
    incident_acts.dismiss(night.house, incident, who="zhao", why="误报，已到场核实", now=night.now)
    night.forward(minutes=1)
    night.tick()
    [over] = night.rows("watch")
    assert over.ended_at == night.now
    night.hear("赵陵铺农贸市场燃气泄漏？", "有人说赵陵铺农贸市场燃气泄漏")
    assert not [row for row in night.rows("incident_document") if row.by == "watch"]


def test_a_person_starts_and_stops_a_watch_on_an_incident(night: Night) -> None:
    night.hear("联盟小区停水三天没人管", "新华区联盟小区停水三天，投诉无门")
    [found] = night.rows("incident")
    wanted = watching.start(night.house, found.id, who="zhao", now=night.now)
    assert wanted.words.phrases[0] == "联盟小区 停水"
    with pytest.raises(CaifengError, match="已在专题监测中"):
        watching.start(night.house, found.id, who="zhao", now=night.now)
    watching.stop(night.house, found.id, who="zhao", now=night.now, why="已恢复供水")
    with pytest.raises(CaifengError, match="没有正在进行"):
        watching.stop(night.house, found.id, who="zhao", now=night.now)
    events = [row.event for row in night.rows("history")]
    assert events[-2:] == ["watch-started", "watch-ended"]


def test_a_platforms_sudden_lead_is_an_incident_whatever_the_rules_say(night: Night) -> None:
    extra = {"channel": "superior", "sudden": "true", "place": "联盟小区", "phone": "13912345678"}
    lead = Page("push", "lead:push/1", "某处有异常情况", "请立即核实", "lead", night.now, extra=extra)
    night.bring(lead)
    night.tick()
    [found] = night.rows("incident")
    [kept] = night.rows("lead")
    assert (found.level_suggested, kept.incident_id, kept.sudden) == (2, found.id, True)
    assert len(night.rows("watch")) == 1
    assert b"139" not in kept.phone_sealed and "139" not in str(night.rows("document"))


def test_the_crawl_asks_a_search_for_the_running_watches_and_lets_it_sleep_otherwise(night: Night) -> None:
    night.ready()
    search = night.house.station.source("find")
    assert search is not None
    [row] = [row for row in night.rows("source_state") if row.source == "find"]
    assert visit_of(night.store, search, row, night.now).words == ()
    night.call()
    assert visit_of(night.store, search, row, night.now).words[0] == "赵陵铺农贸市场 燃气泄漏"


def test_several_watches_take_turns_at_a_site_that_is_asked_little() -> None:
    def one(place: str) -> Sought:
        return Sought(Words((place,), ("停水", "停电"), ()))

    watched = [one("甲小区"), one("乙小区"), one("丙小区")]
    assert phrases(watched, 0)[:3] == ("甲小区 停水", "乙小区 停水", "丙小区 停水")
    assert phrases(watched, 1)[:1] == ("乙小区 停水",)
    assert phrases([], 5) == ()


NAMES = ("张伟", "王秀英家", "李四", "13812345678", "401室", "2单元")


@pytest.mark.parametrize(
    "place", ["张伟家，联盟小区3号楼2单元401室", "王秀英家门口 13812345678", "联盟路88号李四"]
)
def test_no_word_of_a_watch_names_a_person_a_number_or_a_door(place: str) -> None:
    said = sought(station(), "邻居张伟反映停水，电话13812345678", place=place, unit="华燃燃气公司 李四")
    words: Sequence[str] = (*said.words.places, *said.words.units, *said.words.matters)
    assert not any(name in word or word in name for word in words for name in NAMES)


def test_without_a_narrower_place_the_district_is_searched_but_takes_no_page_by_itself(night: Night) -> None:
    said = sought(station(), "有人反映停水")
    assert said.broad and said.words.phrases == ("新华区 停水",)
    assert said.meets("新华区多处停水", night.now, night.now) is None

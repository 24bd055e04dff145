"""What is told of the same happening becomes one incident, and only one, whatever breaks in between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.stages import gather, judge
from monitor.stages.incident_acts import acknowledge
from monitor.stages.sorting_acts import split
from monitor.store import incidents, schema
from tests.fakes.flow import Flow

FIRE = "石家庄新华区联盟街道一居民楼起火，多人被困，消防正在救援"
MORE = "石家庄新华区联盟街道居民楼起火，消防救援，多人被困现场"


def test_a_flagged_page_opens_an_incident_with_its_reasons(flow: Flow) -> None:
    flow.hear(FIRE)
    [incident], [event] = flow.rows("incident"), flow.rows("history")
    assert (incident.title, incident.state, incident.documents) == (FIRE, "found", 1)
    assert incident.level_suggested in (1, 2, 3)
    assert (event.noun, event.event, event.who) == ("incident", "found", "rules")
    assert "新华区" in event.why and "起火" in event.why


def test_a_second_page_of_the_same_feeds_it(flow: Flow) -> None:
    flow.hear(FIRE)
    flow.forward(minutes=5)
    flow.hear(MORE, source="news", counts={"comments": 40})
    [incident] = flow.rows("incident")
    assert (incident.documents, incident.media) == (2, 2)
    assert [row.documents for row in flow.rows("spread")] == [1, 2]
    assert flow.rows("incident_document")[1].why


def test_quiet_pages_open_nothing(flow: Flow) -> None:
    flow.hear("周末去哪里玩", "求推荐")
    flow.hear("沧州市新华区居民楼起火多人被困", source="news")
    assert flow.rows("incident") == []
    assert all(row.gathered_at for row in flow.rows("document"))


def test_a_restart_between_two_pages_makes_no_second_incident(flow: Flow) -> None:
    flow.hear(FIRE)
    flow.restart()
    flow.forward(hours=2)
    flow.hear(MORE, source="news")
    assert [row.documents for row in flow.rows("incident")] == [2]


def test_killed_inside_the_transaction_the_next_run_does_it_once(
    flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow.bring(flow.page(FIRE))
    with monkeypatch.context() as broken:
        broken.setattr(gather, "refresh", lambda *_: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError, match="killed"):
            flow.tick()
    assert flow.rows("incident") == []
    flow.tick()
    assert [row.documents for row in flow.rows("incident")] == [1]


def test_what_a_person_separated_is_not_joined_again(flow: Flow) -> None:
    flow.hear(FIRE)
    flow.hear(MORE, source="news")
    document, incident = flow.rows("document")[1], flow.rows("incident")[0]
    with flow.store.write() as conn:
        member = schema.incident_document
        conn.execute(member.delete().where(member.c.document_id == document.id))
        apart = {"document_id": document.id, "incident_id": incident.id, "at": flow.now, "by": "zhao"}
        conn.execute(schema.separation.insert().values(**apart))
        again = schema.document.update().where(schema.document.c.id == document.id)
        conn.execute(again.values(gathered_at=None))
    flow.tick()
    placed = {row.document_id: row.incident_id for row in flow.rows("incident_document")}
    assert placed[document.id] != incident.id


def test_what_feeds_a_merged_incident_goes_to_its_heir(flow: Flow) -> None:
    flow.hear(FIRE)
    flow.hear("新华区赵陵铺路一小区停水三天没人管，投诉无门")
    one, two = flow.rows("incident")
    with flow.store.write() as conn:
        mine = schema.incident.update().where(schema.incident.c.id == one.id)
        conn.execute(mine.values(state="merged", merged_into=two.id))
    flow.hear(MORE, source="news")
    placed = {row.document_id: row.incident_id for row in flow.rows("incident_document")}
    assert placed[flow.rows("document")[2].id] == two.id


def test_accounts_are_counted_within_the_incident_alone(flow: Flow) -> None:
    flow.hear(FIRE, author="路人甲")
    flow.hear(MORE, author="路人甲")
    flow.hear("新华区赵陵铺路一小区停水三天没人管，投诉无门", author="路人甲")
    aliases = [row.author_alias for row in flow.rows("document")]
    assert aliases[0] == aliases[1] != aliases[2]
    assert all(alias and "路人甲" not in alias for alias in aliases)


def test_level_is_raised_by_spread_and_never_lowered(flow: Flow) -> None:
    flow.hear(FIRE, counts={"views": 120_000})
    [incident] = flow.rows("incident")
    assert incident.level_suggested <= 2
    assert any("浏览" in why for why in incident.level_why) or incident.level_suggested == 1
    flow.hear(MORE, source="news")
    assert flow.rows("incident")[0].level_suggested <= incident.level_suggested


def test_a_report_of_wrongdoing_stays_among_its_own(flow: Flow) -> None:
    flow.hear(FIRE)
    with flow.store.write() as conn:
        conn.execute(schema.incident.update().values(restricted=False))
    flow.bring(flow.page(FIRE + "，举报消防验收造假"))
    flow.tick()
    flow_rows = flow.rows("verdict")
    with flow.store.write() as conn:
        hidden = schema.verdict.update().where(schema.verdict.c.document_id == flow_rows[1].document_id)
        conn.execute(hidden.values(restricted=True, flag=True))
        member = schema.incident_document
        conn.execute(member.delete().where(member.c.document_id == flow_rows[1].document_id))
        again = schema.document.update().where(schema.document.c.id == flow_rows[1].document_id)
        conn.execute(again.values(gathered_at=None))
    flow.restart()
    flow.tick()
    opened = {row.id: row.restricted for row in flow.rows("incident")}
    placed = {row.document_id: row.incident_id for row in flow.rows("incident_document")}
    assert opened[placed[flow_rows[1].document_id]] is True


ONE = "新华区柏林小区居民楼起火，多人被困"
TWO = "新华区北苑街道一饭店电动车充电爆炸，致一人死亡两人受伤"
BRIDGE = "新华区柏林小区居民楼起火，多人被困，系一饭店电动车充电爆炸，致一人死亡两人受伤"


def test_two_incidents_that_prove_to_be_one_are_merged_while_nobody_acted(flow: Flow) -> None:
    flow.hear(ONE)
    flow.hear(TWO)
    assert len(flow.rows("incident")) == 2
    flow.hear(BRIDGE)
    elder, younger = flow.rows("incident")
    assert (younger.state, younger.merged_into, elder.documents) == ("merged", elder.id, 3)
    [move] = [row for row in flow.rows("history") if row.event == "merge"]
    assert move.who == "rules"
    assert "疑似同一事件" in move.why
    flow.hear(TWO + "，后续进展")
    assert [row.documents for row in flow.rows("incident")] == [4, 0]


def test_once_somebody_has_acted_it_is_only_suggested(flow: Flow) -> None:
    flow.hear(ONE)
    flow.hear(TWO)
    one, two = flow.rows("incident")
    acknowledge(flow.house, two.id, who="zhao", now=flow.now)
    flow.hear(BRIDGE)
    flow.hear(BRIDGE + "，后续")
    assert [row.merged_into for row in flow.rows("incident")] == [None, None]
    with flow.store.read() as conn:
        assert [found.other for found in incidents.suspected(conn, one.id)] == [two.id]
        assert [found.other for found in incidents.suspected(conn, two.id)] == [one.id]


def test_what_a_person_split_is_neither_merged_nor_suggested(flow: Flow) -> None:
    flow.hear(ONE)
    flow.hear(MORE)
    flow.hear(ONE + "，现场")
    first = flow.rows("incident")[0]
    part = [row.document_id for row in flow.rows("incident_document") if row.incident_id == first.id][-1]
    other = split(flow.house, first.id, [part], "另一处", who="zhao", why="不是一处", now=flow.now)
    gather.join_alike(flow.house, first.id, other, 0.9, flow.now)
    assert all(row.merged_into is None for row in flow.rows("incident"))
    with flow.store.read() as conn:
        assert incidents.suspected(conn, first.id) == []


def test_a_storm_about_one_event_is_one_incident_and_is_not_reckoned_for_every_batch(
    flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "LARGE", 30)
    reckoned: list[int] = []
    whole = gather.refresh
    monkeypatch.setattr(gather, "refresh", lambda *call: (reckoned.append(call[1]), whole(*call)))
    ways = ("网传", "求证：", "", "刚刚，", "有人知道吗？")
    behind = ("", "，附近居民疏散", "，现场浓烟滚滚", "，官方回应来了", "，愿平安")
    for n in range(200):
        flow.bring(flow.page(f"{ways[n % 5]}{ONE}{behind[n // 5 % 5]}", f"第{n}楼"))
    while any(done.taken for done in flow.tick()):
        pass
    [incident] = flow.rows("incident")
    assert (incident.documents, incident.media) == (200, 1)
    assert len(reckoned) <= 4, "the first batches, and once when the rush is over"


CRY = "太可怕了！！联盟街道居民楼起火，大家快看"
CLEAR = "新华区联盟街道一居民楼起火 消防正在救援"


def test_an_incident_goes_by_its_clearest_headline_until_a_person_acts(flow: Flow) -> None:
    flow.hear(CRY)
    flow.forward(minutes=5)
    flow.hear(CLEAR, source="news", kind="article", media="河北日报")
    [incident] = flow.rows("incident")
    assert incident.title == CLEAR
    acknowledge(flow.house, incident.id, who="zhao", now=flow.now)
    flow.hear("新华区联盟街道居民楼起火 起火原因初步查明", source="news", kind="article", media="新华社")
    assert [row.title for row in flow.rows("incident")] == [CLEAR]


def test_the_first_source_is_the_earliest_told_not_the_earliest_fetched(flow: Flow) -> None:
    flow.hear(FIRE)
    flow.hear(MORE, source="news", published_at=flow.now - timedelta(hours=2))
    assert flow.rows("incident")[0].first_document_id == flow.rows("document")[1].id


def test_key_words_are_of_all_documents(flow: Flow) -> None:
    flow.hear(FIRE)
    flow.hear(MORE + "，电动自行车充电引发", source="news")
    [incident] = flow.rows("incident")
    assert {"起火", "居民楼"} & set(incident.keywords) and len(incident.keywords) <= 8


def test_a_central_medium_raises_the_suggested_level_and_is_named(flow: Flow) -> None:
    flow.hear("新华区赵陵铺路一小区停水三天没人管，投诉无门")
    before = flow.rows("incident")[0].level_suggested
    flow.hear(
        "新华区赵陵铺路一小区停水三天无人管 居民投诉无门", source="news", kind="article", media="央视新闻"
    )
    [incident] = flow.rows("incident")
    assert (before, incident.level_suggested) == (3, 1)
    assert any("央视新闻" in why for why in incident.level_why)


def test_what_a_watch_put_into_an_incident_is_known_to_the_gatherer_at_once(flow: Flow) -> None:
    flow.hear(FIRE)
    [incident] = flow.rows("incident")
    flow.bring(flow.page("新华区赵陵铺路一小区停水三天没人管，投诉无门"))
    judge.run(flow.house, flow.now)
    document = flow.rows("document")[1].id
    with flow.store.write() as conn:
        found = {"at": flow.now, "by": "watch", "score": 1.0, "why": "专题监测"}
        incidents.attach(conn, incident.id, document, found)
    flow.tick()
    flow.hear("新华区赵陵铺路小区停水三天没人管，居民投诉无门", source="news")
    placed = {row.document_id: row.incident_id for row in flow.rows("incident_document")}
    assert set(placed.values()) == {incident.id} and len(placed) == 3

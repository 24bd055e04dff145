"""After a change of rules the last days are judged anew; what people acted on stays as they left it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from monitor.judging import judge_of
from monitor.stages import Done, House, gather, incident_acts, judge, level_acts, rejudge
from monitor.store.engine import Store
from monitor.store.reading.rules import decided
from rules.judge import Judge
from tests.conftest import MovedClock
from tests.fakes.flow import Flow, real_judge, station

RULE = """
rules:
  - id: station.sculpture
    name: 雕塑歪斜
    topic: "5"
    alarm: 3
    when: 雕塑 NEAR/6 歪
    examples: {hit: [联盟路雕塑歪了半个月], miss: [联盟路雕塑很好看]}
"""
CROOKED = "新华区联盟路雕塑歪了半个月"
DRY, SUNK = "新华区一小区停水三天没人管", "新华区联盟路塌陷"


@dataclass
class Office(Flow):
    """A flow whose rules may change."""

    rules: Judge | None = None

    @property
    def house(self) -> House:
        return replace(super().house, judge=self.rules or real_judge())

    def tick(self) -> list[Done]:
        return [stage.run(self.house, self.now) for stage in (judge, rejudge, gather)]

    def flags(self) -> list[tuple[bool, bool]]:
        """Of each document: flagged, and by the rules in force."""
        return [(row.flag, row.ruleset == self.house.judge.ruleset) for row in self.rows("verdict")]


@pytest.fixture(scope="module")
def with_sculptures(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder: Path = tmp_path_factory.mktemp("rules")
    (folder / "station.yaml").write_text(RULE, "utf-8")
    return judge_of(station(), folder)


@pytest.fixture
def office(store: Store, clock: MovedClock) -> Office:
    return Office(store, clock())


def test_a_new_rule_finds_what_it_would_have_found(office: Office, with_sculptures: Judge) -> None:
    office.hear(CROOKED)
    assert office.flags() == [(False, True)]
    assert office.rows("incident") == []
    office.rules = with_sculptures
    office.forward(hours=5)
    office.tick()
    [found] = office.rows("incident")
    assert found.title == CROOKED
    assert office.flags() == [(True, True)]


def test_what_people_acted_on_is_not_unflagged(office: Office, with_sculptures: Judge) -> None:
    office.rules = with_sculptures
    office.hear(CROOKED)
    [found] = office.rows("incident")
    incident_acts.acknowledge(office.house, found.id, who="zhao", now=office.now)
    office.rules = None
    for _ in range(3):
        office.tick()
    assert office.flags() == [(True, False)], "its verdict stands"
    assert [row.incident_id for row in office.rows("incident_document")] == [found.id]


def test_older_documents_are_left_alone_and_many_are_done_little_by_little(
    office: Office, with_sculptures: Judge
) -> None:
    office.hear("新华区今日天气晴，适宜出行")
    office.forward(days=4)
    pages = [office.page(f"新华区第{n}届读书节开幕，市民踊跃参加{n}") for n in range(130)]
    office.bring(*pages)
    for _ in range(8):
        office.tick()
    office.rules = with_sculptures
    assert [done.taken for done in office.tick() if done.stage == "rejudge"] == [100]
    assert [done.taken for done in office.tick() if done.stage == "rejudge"] == [30]
    assert [by for _, by in office.flags()].count(False) == 1
    assert [done.taken for done in office.tick() if done.stage == "rejudge"] == [0]


def test_an_installation_begins_with_the_rules_it_has(office: Office) -> None:
    office.hear(CROOKED)
    assert [done.taken for done in office.tick() if done.stage == "rejudge"] == [0]


def test_what_people_decided_becomes_labels(office: Office) -> None:
    """For `caifeng lexicon labels`: what was confirmed, what was dismissed; the undecided teaches nothing."""
    office.hear(DRY)
    office.hear(SUNK)
    with office.store.read() as conn:
        assert list(decided(conn)) == []
    by_title = {row.title: row.id for row in office.rows("incident")}
    acts: dict[str, Any] = {"who": "zhao", "now": office.now}
    incident_acts.acknowledge(office.house, by_title[DRY], **acts)
    level_acts.confirm_level(office.house, by_title[DRY], 2, why="属实", **acts)
    incident_acts.dismiss(office.house, by_title[SUNK], why="不是", **acts)
    with office.store.read() as conn:
        assert list(decided(conn)) == [(DRY, "", True), (SUNK, "", False)]

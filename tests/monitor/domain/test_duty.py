"""Who is on duty, who stands in, who is in charge, how each is reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from monitor.domain.duty import (
    About,
    anybody,
    in_charge,
    next_change,
    next_road,
    on_duty,
    road,
    shifts_of,
    who_is,
)
from monitor.settings.roster import Calendar, Exchange, Leave, Person, Roster, Shift
from tests.fakes.duty import station

At = Callable[[str], datetime]
PEOPLE = tuple(Person(id=name, name=name.upper()) for name in ("a", "b", "c", "d"))


def shift(name: str = "白班", start: str = "08:00", until: str = "20:00", **rest: object) -> Shift:
    """A shift of these hours."""
    facts = {
        "name": name,
        "start": start,
        "until": until,
        "officers": ("a", "b", "c"),
        "first_day": date(2026, 11, 23),
    }
    return Shift.model_validate({**facts, **rest})


def roster(*shifts: Shift, **rest: object) -> Roster:
    """Four people and these shifts."""
    return Roster.model_validate({"people": PEOPLE, "shifts": shifts or (shift(),), **rest})


def officers(found: Roster, now: datetime) -> list[str | None]:
    """Who is on duty as officer."""
    return [watch.officer for watch in on_duty(found, now)]


def test_they_take_turns_by_day(at: At) -> None:
    days = [officers(roster(), at(f"2026-11-{day} 09:00")) for day in (23, 24, 25, 26)]
    assert days == [["a"], ["b"], ["c"], ["a"]]


def test_or_by_week(at: At) -> None:
    weekly = roster(shift(turn="week"))
    assert [officers(weekly, at(f"2026-{day} 09:00")) for day in ("11-23", "11-29", "11-30")] == [
        ["a"],
        ["a"],
        ["b"],
    ]


def test_before_the_first_day_the_turns_run_on_backwards(at: At) -> None:
    assert officers(roster(), at("2026-11-22 09:00")) == ["c"]


def test_a_night_shift_belongs_to_the_day_it_began(at: At) -> None:
    night = roster(shift("夜班", "20:00", "08:00"))
    assert officers(night, at("2026-11-24 03:00")) == ["a"]
    assert officers(night, at("2026-11-24 08:00")) == []
    assert officers(night, at("2026-11-24 20:00")) == ["b"]


def test_a_shift_of_a_whole_day_has_no_gap(at: At) -> None:
    whole = roster(shift("全天", "08:00", "08:00"))
    assert officers(whole, at("2026-11-24 07:59")) == ["a"]
    assert officers(whole, at("2026-11-24 08:00")) == ["b"]


def test_weekends_and_holidays_have_shifts_of_their_own(at: At) -> None:
    two = roster(shift("工作日", days="working"), shift("假日", days="off", officers=("d",)))
    assert officers(two, at("2026-11-21 09:00")) == ["d"], "Saturday"
    assert officers(two, at("2026-10-10 09:00")) != ["d"], "a make-up Saturday"
    assert officers(two, at("2026-10-05 09:00")) == ["d"], "National Day week"


def test_the_stations_own_day_off(at: At) -> None:
    two = roster(
        shift("工作日", days="working"),
        shift("假日", days="off", officers=("d",)),
        calendar=Calendar(off=(date(2026, 11, 23),)),
    )
    assert officers(two, at("2026-11-23 09:00")) == ["d"]


class TestLeave:
    AWAY = Leave(person="a", first=date(2026, 11, 23), last=date(2026, 11, 23))

    def test_the_one_named_instead_comes(self, at: At) -> None:
        away = self.AWAY.model_copy(update={"instead": "d"})
        watch = on_duty(roster(leave=(away,)), at("2026-11-23 09:00"))[0]
        assert watch.officer == "d"
        assert watch.why == ("A请假", "由D替班")

    def test_else_the_next_in_turn(self, at: At) -> None:
        assert officers(roster(leave=(self.AWAY,)), at("2026-11-23 09:00")) == ["b"]

    def test_who_stands_in_may_be_away_too(self, at: At) -> None:
        both = (
            self.AWAY.model_copy(update={"instead": "b"}),
            Leave(person="b", first=date(2026, 11, 20), last=date(2026, 11, 30), instead="c"),
        )
        assert officers(roster(leave=both), at("2026-11-23 09:00")) == ["c"]

    def test_a_circle_of_absent_people_is_nobody_and_says_so(self, at: At) -> None:
        circle = (
            self.AWAY.model_copy(update={"instead": "b"}),
            Leave(person="b", first=date(2026, 11, 20), last=date(2026, 11, 30), instead="a"),
        )
        watch = on_duty(roster(leave=circle), at("2026-11-23 09:00"))[0]
        assert watch.officer is None
        assert watch.why[-1] == "无人替班"

    def test_the_night_of_the_last_day_is_still_leave(self, at: At) -> None:
        night = roster(shift("夜班", "20:00", "08:00"), leave=(self.AWAY,))
        assert officers(night, at("2026-11-24 03:00")) == ["b"]


def test_an_exchange_counts_for_its_day_only(at: At) -> None:
    swapped = roster(exchanges=(Exchange(day=date(2026, 11, 23), shift="白班", officer="d"),))
    assert officers(swapped, at("2026-11-23 09:00")) == ["d"]
    assert officers(swapped, at("2026-11-24 09:00")) == ["b"]


def test_the_next_change_of_shift(at: At) -> None:
    assert next_change(roster(), at("2026-11-23 09:00")) == at("2026-11-23 20:00")
    assert next_change(roster(), at("2026-11-23 20:00")) == at("2026-11-24 08:00")
    assert next_change(Roster(), at("2026-11-23 20:00")) is None


def test_an_empty_roster_is_valid_and_nobody(at: At) -> None:
    assert on_duty(Roster(), at("2026-11-23 09:00")) == ()
    assert list(shifts_of(Roster(), date(2026, 11, 23))) == []


class TestPeople:
    STATION = station()

    def test_leaders_in_charge_by_unit_and_topic_and_those_of_all(self) -> None:
        assert in_charge(self.STATION, About(units=("gas",))) == ("ren", "shu")
        assert in_charge(self.STATION, About(topic="2")) == ("ren", "shu")
        assert in_charge(self.STATION, About(topic="9", units=("school",))) == ("shu",)

    def test_a_report_of_wrongdoing_does_not_reach_whom_it_may_accuse(self) -> None:
        assert in_charge(self.STATION, About(units=("gas",), restricted=True)) == ("shu",)

    @pytest.mark.parametrize(
        ("role", "name"), [("officer", "赵值班"), ("deputy", "孙副班"), ("leader", "李带班")]
    )
    def test_roles_are_those_of_the_shift_that_runs(self, role: str, name: str, at: At) -> None:
        assert [p.name for p in who_is(self.STATION, role, at("2026-11-23 09:00"), About())] == [name]

    def test_a_step_may_name_a_person(self, at: At) -> None:
        assert [p.name for p in who_is(self.STATION, "shu", at("2026-11-23 09:00"), About())] == ["舒书记"]

    def test_when_nobody_is_on_duty_somebody_is_found(self, at: At) -> None:
        nobody = self.STATION.model_copy(update={"roster": Roster(people=self.STATION.roster.people)})
        assert [p.name for p in anybody(nobody, at("2026-11-23 09:00"))] == ["关管理"]

    def test_roads(self) -> None:
        zhao = self.STATION.roster.person("zhao")
        guan = self.STATION.roster.person("guan")
        assert zhao is not None
        assert guan is not None
        assert road(self.STATION, zhao, "mail") == ("mail", "zhao@qingshi.test")
        assert road(self.STATION, zhao, "chat") == ("wecom", "zhao")
        assert road(self.STATION, zhao, "sms") == ("sms", "13000000001")
        assert road(self.STATION, zhao, "call") == ("call", "13000000001")
        assert road(self.STATION, guan, "chat") is None
        assert road(self.STATION, guan, "call") is None

    def test_when_a_road_fails_the_next_one_is_taken_until_none_is_left(self) -> None:
        zhao = self.STATION.roster.person("zhao")
        assert zhao is not None
        tried: list[str] = []
        while found := next_road(self.STATION, zhao, tried):
            tried.append(found[0])
        assert tried == ["mail", "wecom", "sms", "call"]

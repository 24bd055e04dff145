"""The life of an incident: one table, walked and attacked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.incident import (
    AT_REST,
    CATEGORIES,
    CATEGORY_DUTIES,
    EVENTS,
    MACHINE,
    MOVES,
    STATES,
    flares_up,
)
from monitor.errors import IllegalMove

WAY = ["acknowledge", "confirm", "handle", "answer", "close", "file"]


def walk(*events: str) -> str:
    """The state after these events, from 发现."""
    state = "found"
    for event in events:
        state = MACHINE.move(state, event).after
    return state


def test_the_whole_way() -> None:
    assert walk(*WAY) == "filed"


@pytest.mark.parametrize(
    ("event", "state"), [("elsewhere", "elsewhere"), ("dismiss", "dismissed"), ("watch", "watched")]
)
def test_the_three_ways_out_of_judgement_and_back(event: str, state: str) -> None:
    assert walk("acknowledge", event) == state
    assert walk("acknowledge", event, "reopen") == "judging"


def test_what_is_not_in_the_table_is_refused_in_chinese() -> None:
    with pytest.raises(IllegalMove, match="舆情事件当前状态为“归档”，不能执行“确认等级”"):
        MACHINE.move("filed", "confirm")


def test_every_state_and_event_has_a_name_and_is_used() -> None:
    assert set(MOVES) == set(STATES)
    assert {event for moves in MOVES.values() for event in moves} == set(EVENTS)
    assert {after for moves in MOVES.values() for after in moves.values()} | {"found"} == set(STATES)
    assert set(CATEGORIES) == set(CATEGORY_DUTIES) == set("ABCDEFG")


@pytest.mark.parametrize("state", sorted(AT_REST))
def test_what_rests_can_be_opened_again(state: str) -> None:
    assert MOVES[state]["reopen"] == "judging"


@given(st.lists(st.sampled_from(sorted(EVENTS)), max_size=30))
def test_any_clicks_lead_to_known_states_or_are_refused(events: list[str]) -> None:
    state = "found"
    for event in events:
        try:
            state = MACHINE.move(state, event).after
        except IllegalMove:
            assert event not in MACHINE.possible(state)
        assert state in STATES


def test_what_a_person_judged_elsewhere_does_not_come_back_by_itself() -> None:
    assert flares_up("closed", 10, 20)
    assert not flares_up("closed", 10, 19)
    assert not flares_up("closed", 2, 5), "two posts become five every day"
    assert not flares_up("elsewhere", 10, 1000)
    assert not flares_up("handling", 10, 1000)

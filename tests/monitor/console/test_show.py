"""Instants, spans, counts, marked words, chart shapes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import monitor
from monitor.console import charts, show, words
from monitor.domain import incident
from monitor.store import schema

NOW = datetime(2026, 11, 22, 19, 12, tzinfo=UTC)  # 03:12 of the 23rd in Shanghai


def test_moments_are_said_as_people_here_say_them() -> None:
    assert show.moment(NOW, NOW) == "今天 03:12"
    assert show.moment(NOW - timedelta(hours=4), NOW) == "昨天 23:12"
    assert show.moment(NOW - timedelta(days=9), NOW) == "11月14日 03:12"
    assert show.moment(NOW - timedelta(days=400), NOW).startswith("2025年10月")
    assert show.moment(None, NOW) == "—"


def test_spans_and_countdowns_take_two_units_at_most() -> None:
    cases = {45: "45秒", 23 * 60: "23分钟", 3600: "1小时", 3900: "1小时5分", 90000: "1天1小时", 172800: "2天"}
    assert {seconds: show.span(timedelta(seconds=seconds)) for seconds in cases} == cases
    assert show.left(NOW + timedelta(minutes=7), NOW) == "剩 7分钟"
    assert show.left(NOW - timedelta(minutes=65), NOW) == "已超 1小时5分"
    assert show.ago(NOW - timedelta(seconds=20), NOW) == "刚刚"
    assert show.urgency(NOW, NOW) == "over" and show.urgency(NOW + timedelta(minutes=15), NOW) == "soon"


def test_counts_and_sizes() -> None:
    assert [show.count(n) for n in (0, 8420, 128000, 120_000_000, None)] == [
        "0",
        "8,420",
        "12.8万",
        "1.2亿",
        "—",
    ]
    assert [show.size(n) for n in (812, 36 * 1024, 1258291)] == ["812 字节", "36 KB", "1.2 MB"]


def test_only_web_addresses_are_linked_to() -> None:
    assert show.web_address("https://a.test/x") == "https://a.test/x"
    for bad in ("javascript:alert(1)", "data:text/html,x", "lead:1", "//a.test", "http://[", "", None):
        assert show.web_address(bad) == ""


hit = st.tuples(st.integers(-3, 40), st.integers(-3, 40))


@given(st.text(max_size=30), st.lists(hit, max_size=8))
def test_marking_loses_and_adds_no_character_whatever_the_offsets(
    text: str, hits: list[tuple[int, int]]
) -> None:
    topics = [{"name": "题", "hits": [{"field": "text", "start": a, "end": b} for a, b in hits]}]
    pieces = show.marked(text, "text", topics)
    assert "".join(piece.text for piece in pieces) == text


def test_an_excerpt_stands_around_the_first_hit() -> None:
    text = "甲" * 500 + "燃气泄漏" + "乙" * 500
    topics = [{"name": "安全", "hits": [{"field": "text", "start": 500, "end": 504}]}]
    cut = show.excerpt(show.marked(text, "text", topics))
    assert any(piece.text == "燃气泄漏" and piece.topic == "安全" for piece in cut)
    assert cut[0].text == "…" == cut[-1].text and sum(len(p.text) for p in cut) < 200


def test_columns_add_up_and_stay_inside_the_frame() -> None:
    frame = charts.frame_for(NOW - timedelta(hours=5), NOW)
    counts = [(number, name, 3) for number in range(frame.steps) for name in "甲乙丙丁戊己"]
    drawn = charts.columns(frame, counts, "试", [(NOW - timedelta(hours=1), "公开回应")])
    assert frame.step == timedelta(minutes=5) and len(drawn.bars) == frame.steps
    assert [css for _, css in drawn.legend] == ["s1", "s2", "s3", "s4", "s5"] and drawn.legend[-1][
        0
    ] == "其他"
    for bar in drawn.bars:
        assert bar.x >= drawn.left and bar.x + bar.width <= drawn.width
        assert sum(part.height for part in bar.parts) <= drawn.floor and "：18 条" in bar.title
    assert drawn.left < drawn.marks[0].x < drawn.width


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900)))
def test_any_length_of_time_makes_a_chart_of_a_readable_number_of_columns(length: timedelta) -> None:
    frame = charts.frame_for(NOW - length, NOW)
    assert 12 <= frame.steps <= 135 and frame.since <= NOW - length


NOUNS = {table.name for table in schema.metadata.sorted_tables}


def _events(path: Path) -> Iterator[str]:
    """The event names that a file's `record(conn, noun, id, event, …)` calls may write for an incident."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if node.func.id in ("record", "_note") and texts and texts[0] == "incident":
            yield from texts[1:2]
        elif node.func.id in ("record", "_note") and texts and texts[0] not in NOUNS:
            yield texts[0]


def test_every_line_that_a_stage_writes_on_an_incidents_timeline_has_a_chinese_name() -> None:
    files = Path(monitor.__file__).parent.glob("st[ao]*/*.py")
    written = {event for path in files for event in _events(path)}
    assert len(written) > 15
    assert written - set(words.HAPPENED) - set(incident.EVENTS) == set()

"""Charts as SVG by pygal: black and greys, every value written out, so that a photocopy says the same.

No script goes into them; the same figures give the same bytes. An empty list means: nothing to draw.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

import pygal
from pygal.style import Style

from alerts import fonts
from alerts.legible import cut
from alerts.sheet import Chart
from alerts.wording import BEIJING, clock

WIDTH: Final = 150.0  # mm
_PX: Final = 6  # per mm
_BLACK, _GREY, _PALE = "#1a1a1a", "#6e6e6e", "#b8b8b8"
_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
_MOST_BARS: Final = 10


class Count(Protocol):
    """Something counted under a name."""

    @property
    def name(self) -> str: ...
    @property
    def count(self) -> int: ...


class Instant(Protocol):
    """A count of one hour."""

    @property
    def at(self) -> datetime: ...
    @property
    def count(self) -> int: ...


class Held(Protocol):
    """An opinion and how many posts hold it."""

    @property
    def side(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def posts(self) -> int: ...


class Timed(Protocol):
    """A unit and its hours to the answer."""

    @property
    def unit(self) -> str: ...
    @property
    def hours(self) -> float | None: ...


def volume(hours: Sequence[Instant], title: str, answered: Sequence[datetime]) -> list[Chart]:
    """Posts by hour; the public answer marked by a dashed upright."""
    if len(hours) < 2:
        return []
    ranked = sorted(hours, key=lambda hour: hour.at)
    top = max(hour.count for hour in ranked) or 1
    chart = pygal.XY(
        **_config(60),
        show_dots=len(ranked) <= 48,
        dots_size=4,
        stroke_style={"width": 4},
        show_legend=bool(answered),
    )
    chart.title = title
    points = [(_stamp(hour.at), hour.count) for hour in ranked]
    chart.x_labels = _ticks(ranked)
    chart.range = (0, top * 1.15)
    chart.add("信息条数", points)
    for moment in answered[:3]:
        at = _stamp(moment)
        chart.add(
            f"公开回应（{clock(moment)}）", [(at, 0), (at, top * 1.1)],
            show_dots=False, stroke_style={"width": 3, "dasharray": "10, 8"},
        )  # fmt: skip
    marks = "；公开回应于" + "、".join(map(clock, answered)) if answered else ""
    alt = f"{title}：最多{top}条，共{sum(hour.count for hour in ranked)}条{marks}"
    return [_drawn(chart, alt, 60)]


def bars(tallies: Sequence[Count], title: str) -> list[Chart]:
    """Counts by name, the largest on top."""
    ranked = sorted(tallies, key=lambda tally: (-tally.count, tally.name))[:_MOST_BARS]
    return _horizontal(title, [(tally.name, float(tally.count)) for tally in ranked], "条")


def shares(held: Sequence[Held]) -> list[Chart]:
    """Views of the public by share; below 30 posts counts stand in for shares."""
    public = [view for view in held if view.side == "网民"]
    total = sum(view.posts for view in public)
    ranked = sorted(public, key=lambda view: (-view.posts, view.label))[:5]
    if len(ranked) < 2 or not total:
        return []
    if total >= 30:
        return _horizontal(
            "网民观点占比", [(view.label, round(view.posts * 100 / total)) for view in ranked], "%"
        )
    return _horizontal("网民观点条数", [(view.label, float(view.posts)) for view in ranked], "条")


def funnel(stages: Sequence[Count]) -> list[Chart]:
    """下发 → 签收 → 初报 → 终报 → 办结, in the order given."""
    return (
        _horizontal("通知书办理情况", [(stage.name, float(stage.count)) for stage in stages], "件")
        if stages
        else []
    )


def times(units: Sequence[Timed]) -> list[Chart]:
    """Median hours from order to answer, the quickest on top."""
    known = sorted((unit.hours, unit.unit) for unit in units if unit.hours is not None)[:_MOST_BARS]
    return _horizontal(
        "各单位反馈用时（中位小时数）", [(unit, round(hours, 1)) for hours, unit in known], "小时"
    )


def _horizontal(title: str, values: list[tuple[str, float]], unit: str) -> list[Chart]:
    if not values:
        return []
    height = 18 + 8.0 * len(values)
    chart = pygal.HorizontalBar(
        **_config(height), show_legend=False, print_values=True, print_values_position="top", spacing=2
    )
    chart.title = title
    chart.x_labels = [cut(name, 12).replace("……（余略）", "…") for name, _ in reversed(values)]
    chart.show_x_labels = False
    chart.range = (0, max(value for _, value in values) * 1.12 or 1)
    chart.value_formatter = lambda value: f"{value:g}{unit}"
    chart.add("", [value for _, value in reversed(values)])
    alt = f"{title}：" + "，".join(f"{cut(name, 20)}{value:g}{unit}" for name, value in values)
    return [_drawn(chart, alt, height)]


@cache
def _style() -> Style:
    family = ", ".join((*fonts.OFFICIAL["song"], *fonts.SERIF, "serif"))
    return Style(
        background="#ffffff", plot_background="#ffffff", foreground=_BLACK, foreground_strong=_BLACK,
        foreground_subtle=_PALE, opacity="1", opacity_hover="1", colors=(_GREY, _BLACK, _BLACK, _BLACK),
        value_colors=(_BLACK,) * 4, font_family=family, title_font_size=24, label_font_size=20, major_label_font_size=20,
        value_font_size=20, legend_font_size=20, title_font_family=family, label_font_family=family,
        major_label_font_family=family, value_font_family=family, legend_font_family=family, guide_stroke_dasharray="3,5",
    )  # fmt: skip


def _config(height: float) -> dict[str, Any]:
    return {
        "style": _style(), "width": round(WIDTH * _PX), "height": round(height * _PX), "js": (), "show_minor_x_labels": True,
        "explicit_size": True, "margin": 8, "truncate_label": 40, "truncate_legend": 40, "legend_at_bottom": True,
        "print_zeroes": True, "disable_xml_declaration": True, "pretty_print": False,
    }  # fmt: skip


def _drawn(chart: Any, alt: str, height: float) -> Chart:
    chart.uuid = hashlib.sha256(alt.encode()).hexdigest()[:12]
    svg = _SCRIPT.sub("", chart.render(is_unicode=True))
    return Chart(svg, alt, WIDTH, height)


def _stamp(moment: datetime) -> float:
    return moment.timestamp()


def _ticks(hours: Sequence[Instant]) -> list[dict[str, Any]]:
    step = max(1, -(-len(hours) // 8))
    days = (hours[-1].at - hours[0].at).total_seconds() > 3 * 86400
    return [{"value": _stamp(hour.at), "label": _tick(hour.at, days)} for hour in hours[::step]]


def _tick(moment: datetime, days: bool) -> str:
    at = moment.astimezone(BEIJING)
    return f"{at.month}月{at.day}日" if days else f"{at.day}日{at.hour}时"

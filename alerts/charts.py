"""Charts as SVG by pygal: black and greys, every value written out, so that a photocopy says the same.

No script goes into them; the same figures give the same bytes. An empty list means: nothing to draw.
"""

from __future__ import annotations

import hashlib
import re
import sys
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
_LETTER: Final = 22  # px
# pygal puts an importer of the old kind on sys.meta_path, for maps we do not use; whoever asks all importers
# for a spec (pytest, Python's own tools) stumbles over it.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

# pygal leaves a script and, in a comment, the day it drew: neither belongs in a paper.
_UNWANTED = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)
_MOST_BARS: Final = 10
_WORTH_DRAWING: Final = 3


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
    ceiling, step = _scale(max(hour.count for hour in ranked))
    chart = pygal.XY(**_config(62), show_legend=bool(answered), show_dots=len(ranked) <= 72, dots_size=4)
    chart.title = title
    chart.x_labels = _ticks(ranked)
    chart.y_labels = list(range(0, ceiling + 1, step))
    chart.range = (0, ceiling)
    chart.add("信息条数", [(hour.at.timestamp(), hour.count) for hour in ranked])
    for moment in answered[:3]:
        upright = [(moment.timestamp(), 0), (moment.timestamp(), ceiling)]
        dashed = {"width": 4, "dasharray": "14, 8"}
        chart.add(f"公开回应（{clock(moment)}）", upright, show_dots=False, stroke_style=dashed)
    marks = "；公开回应于" + "、".join(map(clock, answered)) if answered else ""
    counted = [hour.count for hour in ranked]
    return [_drawn(chart, f"{title}：最多{max(counted)}条，共{sum(counted)}条{marks}", 62)]


def _scale(top: int) -> tuple[int, int]:
    """A round ceiling over the highest value and the step of four or five guides."""
    step = next(
        size for power in range(9) for size in (10**power, 2 * 10**power, 5 * 10**power) if size * 5 >= top
    )
    return max(step * -(-top // step), step), step


def bars(tallies: Sequence[Count], title: str) -> list[Chart]:
    """Counts by name, the largest on top; a handful is told in words and needs no drawing."""
    ranked = sorted(tallies, key=lambda tally: (-tally.count, tally.name))[:_MOST_BARS]
    if not ranked or ranked[0].count < _WORTH_DRAWING:
        return []
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
    """Bars from the left, name and value written before each: nothing to be read off a scale."""
    if not values:
        return []
    height = 16 + 8.0 * len(values)
    names = [f"{_short(name)}　{value:g}{unit}" for name, value in values]
    # pygal reckons with half-width letters: full-width ones need the margin it does not leave.
    room = round(max(map(_wide, names)) * _LETTER * 0.48)
    chart = pygal.HorizontalBar(**(_config(height) | {"margin_left": room}), show_legend=False, spacing=4)
    chart.title = title
    chart.x_labels, chart.show_x_labels = names[::-1], False  # pygal turns the axes, not their switches
    chart.range = (0, max(value for _, value in values) * 1.05 or 1)
    chart.add("", [value for _, value in values[::-1]])
    alt = f"{title}：" + "，".join(f"{cut(name, 20)}{value:g}{unit}" for name, value in values)
    return [_drawn(chart, alt, height)]


def _short(name: str) -> str:
    return name if len(name) <= 14 else name[:13] + "…"


def _wide(text: str) -> float:
    return sum(0.5 if ord(char) < 0x2000 else 1.0 for char in text)


@cache
def _style() -> Style:
    family = ", ".join((fonts.OFFICIAL["song"][0], "SimSun", fonts.SERIF[0], "serif"))
    return Style(
        background="#ffffff",
        plot_background="#ffffff",
        foreground=_BLACK,
        foreground_strong=_BLACK,
        foreground_subtle=_PALE,
        opacity="1",
        opacity_hover="1",
        stroke_opacity="1",
        stroke_width="4",
        guide_stroke_color=_PALE,
        major_guide_stroke_color=_PALE,
        guide_stroke_dasharray="2,4",
        major_guide_stroke_dasharray="2,4",
        colors=(_GREY, _BLACK, _BLACK, _BLACK),
        title_font_size=_LETTER + 2,
        label_font_size=_LETTER,
        major_label_font_size=_LETTER,
        legend_font_size=_LETTER,
        **{
            f"{part}font_family": family
            for part in ("", "title_", "label_", "major_label_", "legend_", "value_")
        },
    )


def _config(height: float) -> dict[str, Any]:
    return {
        "style": _style(),
        "width": round(WIDTH * _PX),
        "height": round(height * _PX),
        "explicit_size": True,
        "js": (),
        "margin": 10,
        "margin_right": 30,
        "truncate_label": 60,
        "truncate_legend": 60,
        "legend_at_bottom": True,
        "legend_box_size": 16,
        "disable_xml_declaration": True,
        "pretty_print": False,
    }


def _drawn(chart: Any, alt: str, height: float) -> Chart:
    chart.uuid = hashlib.sha256(alt.encode()).hexdigest()[:12]
    svg = _UNWANTED.sub("", chart.render(is_unicode=True))
    return Chart(svg, alt, WIDTH, height)


def _ticks(hours: Sequence[Instant]) -> list[dict[str, Any]]:
    step = max(1, -(-len(hours) // 8))
    days = (hours[-1].at - hours[0].at).total_seconds() > 3 * 86400
    return [{"value": hour.at.timestamp(), "label": _tick(hour.at, days)} for hour in hours[::step]]


def _tick(moment: datetime, days: bool) -> str:
    at = moment.astimezone(BEIJING)
    return f"{at.month}月{at.day}日" if days else f"{at.day}日{at.hour}时"

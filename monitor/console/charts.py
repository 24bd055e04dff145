"""Column charts as plain shapes: the template draws them, the style sheet colours them. Pure.

Sizes are units of the SVG's view box. No script, no inline style: both are refused by our own policy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.clock import local
from monitor.console import show

SERIES_CLASSES = ("s1", "s2", "s3", "s4", "s5")
OTHERS = "其他"
NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Part:
    """One coloured piece of a column."""

    css: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its pieces from the ground up, and what a tooltip says."""

    x: float
    width: float
    parts: tuple[Part, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at a place: an axis tick, a grid line's figure, a moment worth marking."""

    text: str
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Everything the template draws; `legend` pairs a series' name with its CSS class."""

    width: float
    height: float
    left: float
    floor: float
    label: str
    bars: tuple[Bar, ...]
    grid: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    marks: tuple[Mark, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The room a chart has: steps of equal length from an instant on."""

    since: datetime
    step: timedelta
    steps: int
    width: float = 720.0
    height: float = 190.0
    left: float = 34.0
    top: float = 22.0
    foot: float = 22.0

    @property
    def floor(self) -> float:
        """Where the columns stand."""
        return self.height - self.foot

    def x(self, number: float) -> float:
        """The left edge of a step."""
        return round(self.left + number * (self.width - self.left) / self.steps, 1)

    def place(self, moment: datetime) -> float:
        """Where an instant lies on the axis."""
        return self.x((moment - self.since) / self.step)


# the shortest step that shows a length in at most this many columns
STEPS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 180, 360, 720, 1440, 10080))
MOST_COLUMNS = 60


def frame_for(first: datetime, last: datetime) -> Frame:
    """A frame from the first to the last instant, in round steps of five minutes to a week."""
    length = last - first
    step = next((step for step in STEPS if length / step <= MOST_COLUMNS), STEPS[-1])
    midnight = local(first).replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight + (local(first) - midnight) // step * step
    return Frame(start, step, max(12, min(MOST_COLUMNS + 1, (last - start) // step + 1)))


def columns(
    frame: Frame,
    counts: Iterable[tuple[int, str, int]],
    label: str,
    marks: Sequence[tuple[datetime, str]] = (),
) -> Columns:
    """Stack counts (step, series, how many) into columns; the four largest series have their own colour."""
    by_step, total = _table(frame, counts)
    names = [name for name, _ in total.most_common(len(SERIES_CLASSES) - 1)]
    css = dict(zip(names, SERIES_CLASSES, strict=False))
    legend = tuple(css.items()) + (((OTHERS, SERIES_CLASSES[-1]),) if len(total) > len(names) else ())
    top = _ceiling(max((sum(step.values()) for step in by_step.values()), default=0))
    empty: Counter[str] = Counter()
    bars = tuple(_bar(frame, n, by_step.get(n, empty), css, top) for n in range(frame.steps))
    return Columns(
        frame.width, frame.height, frame.left, frame.floor, label,
        bars=bars,
        grid=tuple(Mark(show.count(value), y=_y(frame, value, top)) for value in _levels(top)),
        ticks=tuple(_ticks(frame)),
        marks=tuple(Mark(text, x=frame.place(at)) for at, text in marks),
        legend=legend if len(total) > 1 else (),
    )  # fmt: skip


def _table(
    frame: Frame, counts: Iterable[tuple[int, str, int]]
) -> tuple[dict[int, Counter[str]], Counter[str]]:
    by_step: dict[int, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for number, name, many in counts:
        if 0 <= number < frame.steps:
            by_step[number][name] += many
            total[name] += many
    return by_step, total


def _ceiling(highest: int) -> int:
    """The next round figure: 1, 2, 5, 10, 20, 50 …"""
    power = 1
    while True:
        for nice in NICE:
            if nice * power >= max(highest, 2):
                return nice * power
        power *= 10


def _levels(top: int) -> list[int]:
    return [0, top // 2, top] if top % 2 == 0 else [0, top]


def _y(frame: Frame, value: float, top: int) -> float:
    return round(frame.floor - value / top * (frame.floor - frame.top), 1)


def _bar(frame: Frame, number: int, step: Counter[str], css: dict[str, str], top: int) -> Bar:
    gap = min(2.0, (frame.x(1) - frame.x(0)) * 0.2)
    parts, below = [], 0
    by_class: Counter[str] = Counter()
    for name, many in step.items():
        by_class[css.get(name, SERIES_CLASSES[-1])] += many
    for name in SERIES_CLASSES:
        if many := by_class[name]:
            high, low = _y(frame, below + many, top), _y(frame, below, top)
            parts.append(Part(name, high, round(low - high, 1)))
            below += many
    width = round(frame.x(number + 1) - frame.x(number) - gap, 1)
    return Bar(frame.x(number), width, tuple(parts), _title(frame, number, step))


def _title(frame: Frame, number: int, step: Counter[str]) -> str:
    begin = local(frame.since + number * frame.step)
    detail = "，".join(f"{name} {many}" for name, many in step.most_common(6))
    head = f"{begin.month}月{begin.day}日 {begin:%H:%M} 起：{sum(step.values())} 条"
    return f"{head}（{detail}）" if len(step) > 1 else head


def _ticks(frame: Frame) -> Iterable[Mark]:
    every = max(1, -(-frame.steps // 8))
    for number in range(0, frame.steps, every):
        begin = local(frame.since + number * frame.step)
        daily = frame.step >= timedelta(days=1) or (begin.hour == 0 and begin.minute == 0)
        text = f"{begin.month}/{begin.day}" if daily else f"{begin:%H:%M}"
        yield Mark(text, x=round(frame.x(number + 0.5), 1))

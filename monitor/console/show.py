"""How instants, spans, counts and marked words are put on screen. Pure: `now` is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from monitor.clock import SHANGHAI, local
from monitor.errors import CaifengError

MINUTE, HOUR, DAY = 60, 3600, 86400
DAY_WORDS = {0: "今天", -1: "昨天", 1: "明天"}


def moment(value: datetime | None, now: datetime) -> str:
    """An instant as people here say it: `今天 03:12`, `11月20日 09:00`, with the year when it is another."""
    if value is None:
        return "—"
    here, today = local(value), local(now)
    word = DAY_WORDS.get((here.date() - today.date()).days)
    if word:
        return f"{word} {here:%H:%M}"
    day = f"{here.month}月{here.day}日 {here:%H:%M}"
    return day if here.year == today.year else f"{here.year}年{day}"


def entered(text: str) -> datetime | None:
    """What a `datetime-local` field sends, as an instant in China; None for nothing. Raises CaifengError."""
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise CaifengError(f"时间“{text[:40]}”不是日期时间") from error


def full(value: datetime | None) -> str:
    """An instant to the second, for tooltips and records."""
    return "" if value is None else f"{local(value):%Y-%m-%d %H:%M:%S}"


def day(value: datetime) -> str:
    """`2026年11月22日 星期日`."""
    here = local(value)
    return f"{here.year}年{here.month}月{here.day}日 星期{'一二三四五六日'[here.weekday()]}"


def span(length: timedelta) -> str:
    """A length of time in at most two units: `45秒`, `23分钟`, `1小时5分`, `3天2小时`."""
    seconds = int(abs(length.total_seconds()))
    if seconds < MINUTE:
        return f"{seconds}秒"
    if seconds < HOUR:
        return f"{seconds // MINUTE}分钟"
    if seconds < DAY:
        hours, minutes = divmod(seconds // MINUTE, 60)
        return f"{hours}小时{minutes}分" if minutes else f"{hours}小时"
    days, hours = divmod(seconds // HOUR, 24)
    return f"{days}天{hours}小时" if hours else f"{days}天"


def ago(value: datetime | None, now: datetime) -> str:
    """`23分钟前`; a moment that has not come yet is `23分钟后`."""
    if value is None:
        return "—"
    if abs(now - value) < timedelta(seconds=MINUTE):
        return "刚刚"
    return f"{span(now - value)}{'前' if value <= now else '后'}"


def left(due: datetime, now: datetime) -> str:
    """A countdown: `剩 42分钟`, or `已超 1小时5分`."""
    return f"剩 {span(due - now)}" if due > now else f"已超 {span(now - due)}"


def urgency(due: datetime, now: datetime) -> str:
    """CSS class of a countdown: over, soon (under 15 minutes), calm."""
    if due <= now:
        return "over"
    return "soon" if due - now <= timedelta(minutes=15) else "calm"


def count(value: float | None) -> str:
    """A count as people read it: `8,420`, `12.3万`, `1.2亿`."""
    if value is None:
        return "—"
    if value >= 1e8:
        return f"{value / 1e8:.1f}亿"
    if value >= 1e5:
        return f"{value / 1e4:.1f}万"
    return f"{value:,.0f}"


def size(octets: int) -> str:
    """A file's size: `812 字节`, `36 KB`, `1.2 MB`, `3.4 GB`."""
    if octets < 1024:
        return f"{octets} 字节"
    if octets < 1024**2:
        return f"{octets / 1024:.0f} KB"
    return f"{octets / 1024**2:.1f} MB" if octets < 1024**3 else f"{octets / 1024**3:.1f} GB"


def web_address(value: object) -> str:
    """The address if it is an http(s) one that may be linked to, else nothing: no `javascript:` here."""
    text = str(value or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text; `topic` names what a rule saw in it, empty where none did."""

    text: str
    topic: str = ""


def marked(text: str, field: str, topics: Iterable[Mapping[str, Any]]) -> list[Stretch]:
    """Cut a text at the hits a verdict holds, first come first served where they overlap.

    Offsets are code points of the original; those that do not fit the text are passed over.
    """
    pieces, at = [], 0
    for start, end, topic in _hits(text, field, topics):
        if start < at:
            continue
        if start > at:
            pieces.append(Stretch(text[at:start]))
        pieces.append(Stretch(text[start:end], topic))
        at = end
    if at < len(text) or not pieces:
        pieces.append(Stretch(text[at:]))
    return pieces


def _hits(text: str, field: str, topics: Iterable[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
    found = [
        (int(hit["start"]), int(hit["end"]), str(topic.get("name") or "命中"))
        for topic in topics
        for hit in topic.get("hits", ())
        if hit.get("field") == field and 0 <= int(hit["start"]) < int(hit["end"]) <= len(text)
    ]
    return sorted(found, key=lambda hit: (hit[0], -hit[1]))


def excerpt(pieces: Sequence[Stretch], limit: int = 180, lead: int = 40) -> list[Stretch]:
    """The stretch of a long text around its first hit, `…` where something was left out."""
    flat = "".join(piece.text for piece in pieces)
    if len(flat) <= limit:
        return list(pieces)
    before = next((i for i, piece in enumerate(pieces) if piece.topic), 0)
    start = max(0, sum(len(piece.text) for piece in pieces[:before]) - lead)
    cut = _window(pieces, start, start + limit)
    head = [Stretch("…")] if start else []
    tail = [Stretch("…")] if start + limit < len(flat) else []
    return head + cut + tail


def _window(pieces: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    kept, at = [], 0
    for piece in pieces:
        inside = piece.text[max(0, start - at) : max(0, end - at)]
        if inside:
            kept.append(Stretch(inside, piece.topic))
        at += len(piece.text)
    return kept

"""Alert mails in words: subject, ten lines, quotations, buttons; the same facts give the same text.

Crawled words stay words: one line, no control or direction-turning characters, addresses in them broken
so that no mail program makes them a link; HTML is escaped by the template, and only http(s) addresses
become links.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from alerts.legible import cut, legible_line
from alerts.matter import Alarm, Button, Note, Quote
from alerts.message import Message
from alerts.policy import LOCAL

NUMERALS = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}
NAMES = {1: "特别重大", 2: "重大", 3: "较大", 4: "一般"}
COLOURS = {1: "#b3261e", 2: "#c05a00", 3: "#8a6d00", 4: "#1f5fa8"}
PLAIN = "#44505c"
LABELS = {"acknowledge": "确认收到", "dismiss": "无需预警", "draft": "拟预警通知书", "open": "打开事件页"}
RESTRICTED = "（限知事项，登录后查看）"
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|file|javascript|data|mailto):")
_BARE = re.compile(r"(?i)\bwww\.")


@cache
def templates() -> Environment:
    """The mail templates, loaded once."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def inert(text: str, limit: int = 200) -> str:
    """Somebody else's words on one line, without anything a program would act on."""
    line = cut(legible_line(text), limit)
    return _BARE.sub("www．", _ADDRESS.sub(r"\1：", line))


def minute(moment: datetime) -> str:
    """11月22日08:05, local."""
    at = moment.astimezone(LOCAL)
    return f"{at.month}月{at.day}日{at:%H:%M}"


def level_mark(level: int, confirmed: bool) -> str:
    """【待核实·建议Ⅱ级】 until a person has fixed the level, then 【Ⅱ级·重大】."""
    return f"【{NUMERALS[level]}级·{NAMES[level]}】" if confirmed else f"【待核实·建议{NUMERALS[level]}级】"


def subject(alarm: Alarm) -> str:
    """等级+地点+事项+条数."""
    return f"{level_mark(alarm.level, alarm.confirmed)}{matter(alarm, 40)}（{alarm.documents}条）"


def matter(alarm: Alarm, longest: int) -> str:
    """地点·事项; no word of the place twice, the matter cut where it is too long for a subject."""
    whole = inert(alarm.title, 80)
    said = whole if len(whole) <= longest else whole[: longest - 1] + "…"
    if alarm.restricted:
        said = RESTRICTED
    place = "".join(word for word in inert(alarm.place, 40).split() if word[:4] not in said)[:20]
    return f"{place}·{said}" if place and place[:3] not in said else said


def short(alarm: Alarm, number: str = "") -> str:
    """For chat and SMS: level, place and number only, never what was said."""
    mark = level_mark(alarm.level, alarm.confirmed)
    return f"{mark}{_place(alarm)}，事件{number or alarm.incident}号，请登录采风值守台查看并确认。"


def _place(alarm: Alarm) -> str:
    return inert(alarm.place, 20) or "本辖区"


def lines(alarm: Alarm) -> list[tuple[str, str]]:
    """The ten lines: label and text."""
    state = "已由人工确认" if alarm.confirmed else "系统建议，待人工核实"
    media = f"，涉及{alarm.media}个媒体或平台" if alarm.media else ""
    why = "；".join(inert(w, 120) for w in alarm.why_level[:3]) or "见事件页"
    return [
        ("事项", RESTRICTED if alarm.restricted else inert(alarm.title, 80)),
        ("地点", inert(alarm.place, 60) or "待核"),
        ("时间", f"{minute(alarm.first_at)}{alarm.first_how}"),
        ("首发", inert(alarm.source, 60) or "待核"),
        ("传播", f"截至{minute(alarm.as_of)}，相关信息{alarm.documents}条{media}"),
        ("走势", inert(alarm.spread, 100) or "暂无明显增长"),
        ("等级", f"{NUMERALS[alarm.level]}级（{NAMES[alarm.level]}），{state}"),
        ("理由", "（限知事项，登录后查看）" if alarm.restricted else why),
        ("单位", "、".join(inert(u, 30) for u in alarm.units[:4]) or "待定"),
        ("现在", "；".join(alarm.to_do[:3]) or default_to_do(alarm.level)),
    ]


def default_to_do(level: int) -> str:
    """What the duty officer does first at each level (DOMAIN.md §1.2, §2.4)."""
    return {
        1: "立即电话报带班领导，核实情况，30分钟内书面首报",
        2: "立即核实并电话报带班领导，1小时内书面首报",
        3: "30分钟内确认，核实后报值班长，2小时内书面上报",
        4: "当班内研判，按需转办，当日汇总",
    }[level]


def web_address(url: str | None) -> str | None:
    """An address fit to be a link: http or https with a host, one line; None for anything else."""
    if not url or any(c.isspace() or ord(c) < 0x20 for c in url) or len(url) > 2000:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _quote(quote: Quote) -> dict[str, Any]:
    when = f"，{minute(quote.at)}" if quote.at else ""
    return {
        "text": inert(quote.text, 160),
        "from": inert(quote.media, 30) + when,
        "url": web_address(quote.url),
    }


def _buttons(buttons: Sequence[Button]) -> list[dict[str, str]]:
    return [
        {"label": LABELS[b.name], "url": url, "name": b.name} for b in buttons if (url := web_address(b.url))
    ]


def alert_mail(alarm: Alarm, *, station: str, rich: bool = True) -> Message:
    """The mail about one incident, with the short form for chat and SMS; `rich`: with HTML."""
    facts = {
        "station": station,
        "mark": level_mark(alarm.level, alarm.confirmed),
        "colour": COLOURS[alarm.level],
        "headline": subject(alarm),
        "why_now": inert(alarm.why_now, 200),
        "lines": lines(alarm),
        "quotes": [] if alarm.restricted else [_quote(q) for q in alarm.quotes[:3]],
        "buttons": _buttons(alarm.buttons),
    }
    return Message(
        subject=subject(alarm),
        text=templates().get_template("mail_alert.txt").render(facts).strip() + "\n",
        html=templates().get_template("mail_alert.html").render(facts) if rich else "",
        short=short(alarm),
        thread=f"incident-{alarm.incident}",
    )


def bundle_mail(
    alarms: Sequence[Alarm],
    notes: Sequence[Note] = (),
    *,
    station: str,
    shown: int = 20,
    address: str | None = None,
) -> Message:
    """One mail for many matters, the gravest first, then what runs out; what is not shown is counted."""
    ranked = sorted(alarms, key=lambda a: (a.level, -a.documents, a.incident))
    rows = [_bundled(a) for a in ranked] + [_noted(n) for n in sorted(notes, key=lambda n: n.level)]
    counted = _counted(ranked, notes)
    headline = f"{_first_of(ranked, matter(ranked[0], 24))}{counted}" if ranked else counted
    spoken = f"{_first_of(ranked, _place(ranked[0]))}{counted}" if ranked else counted
    facts = {
        "station": station,
        "headline": headline,
        "colour": rows[0]["colour"],
        "rows": rows[:shown],
        "more": max(0, len(rows) - shown),
        "url": web_address(address),
    }
    return Message(
        subject=headline,
        text=templates().get_template("mail_bundle.txt").render(facts).strip() + "\n",
        html=templates().get_template("mail_bundle.html").render(facts),
        short=f"{spoken}，请登录采风值守台查看并确认。",
    )


def _first_of(ranked: Sequence[Alarm], said: str) -> str:
    """The gravest by its name, or for SMS by its place."""
    return level_mark(ranked[0].level, ranked[0].confirmed) + said


def _counted(ranked: Sequence[Alarm], notes: Sequence[Note]) -> str:
    """等3起事件（Ⅱ级1件、Ⅲ级2件，另有催办2项）"""
    kinds = Counter(inert(n.mark, 20).strip("【】") for n in notes)
    listed = "、".join(f"{kind}{count}项" for kind, count in kinds.items())
    if not ranked:
        return f"【合并提醒】{len(notes)}项待办（{listed}）"
    more = f"另有{listed}" if notes else ""
    if len(ranked) == 1:
        return f"（{more}）"
    counts = "、".join(f"{NUMERALS[n]}级{c}件" for n in NAMES if (c := sum(a.level == n for a in ranked)))
    return f"等{len(ranked)}起事件（{'，'.join(filter(None, (counts, more)))}）"


def _bundled(alarm: Alarm) -> dict[str, Any]:
    return {
        "mark": level_mark(alarm.level, alarm.confirmed),
        "colour": COLOURS[alarm.level],
        "title": matter(alarm, 50),
        "facts": in_brief(alarm),
        "url": next((web_address(b.url) for b in alarm.buttons if b.name == "open"), None),
    }


def in_brief(alarm: Alarm) -> str:
    """3条，11月22日08:05发现；首次告知"""
    return f"{alarm.documents}条，{minute(alarm.first_at)}{alarm.first_how}；{inert(alarm.why_now, 60)}"


def _noted(note: Note) -> dict[str, Any]:
    return {
        "mark": inert(note.mark, 30),
        "colour": COLOURS[note.level],
        "title": inert(note.title, 80),
        "facts": inert(note.facts, 200),
        "url": web_address(note.url),
    }


def plain_mail(
    title: str,
    paragraphs: Sequence[str],
    *,
    station: str,
    thread: str | None = None,
    short: str = "",
    url: str | None = None,
    button: str = "打开值守台",
    level: int | None = None,
) -> Message:
    """A reminder, a hand-over, a fault: our own sentences, no crawled words but inert ones."""
    headline = inert(title, 120)
    facts = {
        "station": station,
        "headline": headline,
        "colour": COLOURS[level] if level else PLAIN,
        "paragraphs": [inert(p, 600) for p in paragraphs],
        "url": web_address(url),
        "button": button,
    }
    return Message(
        subject=headline,
        text=templates().get_template("mail_plain.txt").render(facts).strip() + "\n",
        html=templates().get_template("mail_plain.html").render(facts),
        short=short or headline,
        thread=thread,
    )

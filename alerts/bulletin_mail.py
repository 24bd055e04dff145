"""The mail that brings a leader an issue of the bulletin: title, lines, bars, link; the issue is attached.

Bars are cells of a table: every mail client draws them, nothing is fetched, and a print in black shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.compose import inert, templates, web_address
from alerts.message import Message

_MOST_BARS = 6
_WORTH_DRAWING = 3


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts under names, under one title; `unit` stands after each figure."""

    title: str
    unit: str
    counts: Sequence[tuple[str, int]]


def bulletin_mail(
    title: str,
    number: str,
    lines: Sequence[str],
    *,
    station: str,
    thread: str,
    link: str = "",
    bars: Sequence[Bars] = (),
) -> Message:
    """One leader's mail; for chat, one line with the link alone."""
    subject = f"《互联网舆情信息》{inert(number, 60)}　{inert(title, 60)}"
    url = web_address(link)
    facts = {
        "station": station,
        "headline": subject,
        "colour": "#b3261e",
        "lines": [inert(line, 300) for line in lines],
        "url": url,
        "charts": [chart for one in bars if (chart := _drawn(one))],
    }
    return Message(
        subject=subject,
        text=templates().get_template("mail_bulletin.txt").render(facts).strip() + "\n",
        html=templates().get_template("mail_bulletin.html").render(facts),
        short=f"《互联网舆情信息》{inert(number, 60)}已印发，请阅示。{url or '请登录政务邮箱查收。'}",
        thread=thread,
    )


def _drawn(bars: Bars) -> dict[str, object] | None:
    """What the template draws; None where a handful is no picture."""
    top = max((count for _, count in bars.counts), default=0)
    if top < _WORTH_DRAWING:
        return None
    rows = [
        {"name": inert(name, 14), "said": f"{count}{bars.unit}", "width": max(1, round(count * 100 / top))}
        for name, count in bars.counts[:_MOST_BARS]
    ]
    return {"title": inert(bars.title, 30), "rows": rows}

"""The mail that brings a leader an issue of the bulletin: title, lines, link; the issue is attached."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.compose import inert, templates, web_address
from alerts.message import Message


def bulletin_mail(
    title: str, number: str, lines: Sequence[str], *, station: str, thread: str, link: str = ""
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
    }
    return Message(
        subject=subject,
        text=templates().get_template("mail_bulletin.txt").render(facts).strip() + "\n",
        html=templates().get_template("mail_bulletin.html").render(facts),
        short=f"《互联网舆情信息》{inert(number, 60)}已印发，请阅示。{url or '请登录政务邮箱查收。'}",
        thread=thread,
    )

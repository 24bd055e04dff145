"""Hostile words from the first post to the filed form: in papers, mails and archive they stay words."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.stages import bulletin_acts, notice_answers, notice_decisions, public_answers, publish, render
from monitor.stages.deliver import message_of
from monitor.stages.notice_answers import Hand
from monitor.stages.public_answers import Published, Review
from monitor.store import outbox
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.papers import SIGNER, Office

HOSTILE = {
    "markup": "<script>alert(1)</script>&amp;<w:p/>]]>",
    "typst": '#read("/etc/passwd") $ #sys.inputs `x` *b* _i_ @ref <label>',
    "jinja": "{{ 7*7 }}{% for x in y %}{# c #}",
    "header": "标题\r\nBcc: evil@example.com\r\n\r\n正文",
    "formula": '=HYPERLINK("http://evil","点我")',
    "endless": "泄" * 10_000,
    "marks": "\u202e反向\u200b零宽🔥👨‍👩‍👧\ud800半个\x00\x07",
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_hostile_words_go_the_whole_way_and_stay_words(
    sqlite_store: Store, tmp_path: Path, clock: MovedClock, kind: str
) -> None:
    words = HOSTILE[kind].replace("\ud800", "").replace("\x00", "")  # what the archive lets in
    office = Office(sqlite_store, clock, tmp_path)
    number = office.issued(title=words, place=words[:200], topic_name=words[:60])
    office.tick()
    clock.forward(minutes=5)
    hand = Hand(words[:80], words[:80], words[:80])
    notice_answers.sign(office.house, number, "emergency", hand=hand, now=clock())
    _answered(office, number, words, hand)
    office.report(number, "final", account=words, measures=words, cause=words, head=words[:80])
    notice_decisions.accept(office.house, number, opinion=words[:500], **office.by("he"))
    notice_decisions.close(office.house, number, **office.by("he"))
    notice_decisions.file(office.house, number, **office.by())
    incident = office.notice(number).incident_id
    with sqlite_store.write() as conn:
        issue = publish.draft_special(conn, office.house, incident, "special", "lin", clock())
    bulletin_acts.check(office.house, issue, **office.by("he"))
    bulletin_acts.issue(office.house, issue, SIGNER, **office.by())
    for _ in range(3):
        office.tick()
        publish.run(office.house, clock())
        render.run(office.house, clock())
    for paper, noun, subject in (
        ("notice", "notice", number),
        ("feedback", "report", office.asked(number, "final").id),
        ("bulletin", "bulletin", issue),
    ):
        text = office.paper_text(paper, noun, subject)
        assert "root:" not in text and "49" not in text.replace("2026", "")[:20]
    _mails_are_clean(office)


def _answered(office: Office, number: int, words: str, hand: Hand) -> None:
    unit, now = (office.house, number, "emergency"), office.clock()
    public_answers.hand_in_draft(*unit, text=words * 2, hand=hand, now=now)
    draft = office.asked(number, "draft-answer")
    public_answers.approve_draft(office.house, draft.id, Review(True, True, "孙保密"), **office.by("he"))
    told = Published(words[:200], now, "javascript:alert(1)", words)
    public_answers.publish(*unit, told, hand=hand, now=now)


def _mails_are_clean(office: Office) -> None:
    with office.store.write() as conn:
        rows = outbox.claim(conn, "test", office.clock(), 50)
    assert rows
    for row in rows:
        message = message_of(office.house, row)
        assert "\n" not in message.subject and "\r" not in message.subject and len(message.subject) < 200
        assert "<script" not in message.html and "javascript:" not in message.html
        assert "\u202e" not in message.text + message.short
        assert all(a.name and "/" not in a.name and "\n" not in a.name for a in message.attachments)

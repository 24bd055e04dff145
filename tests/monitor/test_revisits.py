"""Known pages are looked at once more when an incident hangs on them, ever more rarely."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from monitor.stages import archive
from monitor.store import documents, revisits
from monitor.store.engine import Store
from monitor.store.schema import incident, incident_document, verdict
from spiders.page import Page

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def filled(store: Store) -> str:
    """Two pages; the first belongs to an incident. Its address."""
    urls = [f"https://a.example/{n}.html" for n in range(2)]
    pages = [Page("news", url, f"标题{url}", "正文", "article", NOW) for url in urls]
    archive.keep(store, b"k" * 32, pages, NOW)
    with store.write() as conn:
        first = documents.by_key(conn, documents.keys_of(urls[:1])[0])
        assert first is not None
        facts = {"title": "燃气泄漏", "state": "detected", "level_suggested": 3, "level_why": [], "units": []}
        facts |= {"place": "yes", "restricted": False, "detected_at": NOW, "updated_at": NOW}
        facts |= {"documents": 1, "media": 1, "heat": 1.0, "version": 1}
        number = conn.execute(insert(incident).values(**facts).returning(incident.c.id)).scalar_one()
        link = {"document_id": first.id, "incident_id": number, "at": NOW, "by": "rules", "why": ""}
        conn.execute(insert(incident_document).values(**link))
    return urls[0]


def due(store: Store, last: timedelta, now: timedelta) -> list[str]:
    with store.read() as conn:
        return list(revisits.due(conn, "news", NOW + last, NOW + now))


def test_pages_of_incidents_are_seen_again_and_others_are_not(store: Store) -> None:
    url = filled(store)
    assert due(store, timedelta(minutes=50), timedelta(minutes=55)) == []
    assert due(store, timedelta(minutes=55), timedelta(minutes=65)) == [url]
    assert due(store, timedelta(minutes=65), timedelta(minutes=70)) == []
    assert due(store, timedelta(hours=11), timedelta(hours=13)) == [url]
    assert due(store, timedelta(days=9), timedelta(days=10)) == []


def test_a_page_that_is_gone_is_not_asked_again(store: Store) -> None:
    url = filled(store)
    with store.write() as conn:
        documents.mark_gone(conn, documents.keys_of([url]), NOW)
    assert due(store, timedelta(minutes=55), timedelta(minutes=65)) == []


def test_a_page_that_was_edited_is_seen_twice_as_often(store: Store) -> None:
    url = filled(store)
    assert due(store, timedelta(minutes=25), timedelta(minutes=35)) == []
    edited = Page("news", url, f"标题{url}", "正文已更新：无人员伤亡", "article", NOW + timedelta(minutes=20))
    assert archive.keep(store, b"k" * 32, [edited], NOW + timedelta(minutes=20)).changed == 1
    assert due(store, timedelta(minutes=25), timedelta(minutes=35)) == [url]


def judged(store: Store, url: str, **verdict_: object) -> None:
    with store.write() as conn:
        row = documents.by_key(conn, documents.keys_of([url])[0])
        assert row is not None
        said = {"flag": False, "in_place": "no", "incident": False, "official_response": False, **verdict_}
        facts = {"document_id": row.id, "ruleset": "r", "at": NOW, "body": {}, "restricted": False}
        conn.execute(insert(verdict).values(**facts, **said))


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ({"flag": True, "in_place": "yes", "incident": True}, True),
        ({"incident": True, "in_place": "unsure"}, True),
        ({"incident": True, "in_place": "no"}, False),
        ({"in_place": "yes"}, False),
    ],
)
def test_what_may_become_an_incident_is_seen_again_too(
    store: Store, said: dict[str, object], again: bool
) -> None:
    filled(store)
    other = "https://a.example/1.html"
    judged(store, other, **said)
    assert (other in due(store, timedelta(minutes=55), timedelta(minutes=65))) is again


def test_a_page_is_asked_for_by_what_its_last_answer_said(store: Store) -> None:
    marks = {"etag": '"13912345678"', "last_modified": "Sun, 22 Nov 2026 00:00:00 GMT"}
    url = "https://a.example/x.html"
    archive.keep(store, b"k" * 32, [Page("news", url, "标题", "正文", "article", NOW, extra=marks)], NOW)
    judged(store, url, flag=True, in_place="yes", incident=True)
    with store.read() as conn:
        again = revisits.due(conn, "news", NOW + timedelta(minutes=55), NOW + timedelta(minutes=65))
    assert again == {url: marks}

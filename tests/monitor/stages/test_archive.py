"""Pages enter the archive once each; what changes at the source is noticed, what is personal is not kept."""

from __future__ import annotations

from dataclasses import replace

from monitor.stages.archive import Archived
from spiders.page import Counts
from tests.fakes.flow import Flow


def test_a_page_is_archived_once_whatever_address_it_comes_by(flow: Flow) -> None:
    page = flow.page("小区停水三天没人管", "从周五起停水")
    again = replace(page, url=page.url + "?utm_source=wx#top")
    assert flow.bring(page) == Archived(new=1)
    assert flow.bring(page, again) == Archived(seen=2)
    assert len(flow.rows("document")) == 1


def test_an_edited_page_is_judged_again_and_its_former_text_is_noted(flow: Flow) -> None:
    page = flow.page("通知", "今天停水")
    flow.bring(page)
    flow.tick()
    flow.forward(hours=1)
    assert flow.bring(replace(page, text="今明两天停水", fetched_at=flow.now)) == Archived(changed=1)
    [row] = flow.rows("document")
    assert (row.text, row.judged_at, len(row.extra["former"])) == ("今明两天停水", None, 1)


def test_a_listing_that_lost_the_body_does_not_wipe_it_out(flow: Flow) -> None:
    page = flow.page("通知", "今天停水")
    flow.bring(page)
    assert flow.bring(replace(page, text="")) == Archived(seen=1)
    assert flow.rows("document")[0].text == "今天停水"


def test_counters_are_kept_as_they_change(flow: Flow) -> None:
    page = flow.page("停水", "三天了", counts={"views": 10})
    flow.bring(page)
    for views in (10, 500, 500):
        flow.forward(minutes=10)
        flow.bring(replace(page, counts=Counts(views=views), fetched_at=flow.now))
    assert [row.views for row in flow.rows("sighting")] == [10, 500]
    assert flow.rows("document")[0].counts == {"views": 500}


def test_two_topics_of_a_board_at_one_address_are_two(flow: Flow) -> None:
    first = flow.page("燃气爆燃", kind="hot", url="https://hot.example/0", counts={"rank": 1})
    second = flow.page("小学呕吐", kind="hot", url="https://hot.example/0", counts={"rank": 1})
    assert flow.bring(first, second) == Archived(new=2)


def test_list_pages_are_no_documents(flow: Flow) -> None:
    assert flow.bring(flow.page("首页", kind="list")) == Archived()


def test_text_no_database_takes_is_taken(flow: Flow) -> None:
    flow.bring(flow.page("停\x00水", "\ud800没人管\x00", author="甲\x00", url="http://[broken"))
    [row] = flow.rows("document")
    assert (row.title, row.text) == ("停\ufffd水", "\ufffd没人管\ufffd")


def test_an_authors_name_stands_nowhere_in_the_database(flow: Flow) -> None:
    flow.bring(flow.page("小区停水", "三天了", author="石门老炮儿"))
    flow.bring(flow.page("停水通报", "已抢修", source="news", author="省报", author_is_institution=True))
    flow.tick()
    person, medium = flow.rows("document")
    assert "石门老炮儿" not in repr(person)
    assert "author_sealed" not in person.extra
    assert medium.author_alias == "省报"


def test_the_telephone_number_of_a_lead_is_kept_sealed(flow: Flow) -> None:
    extra = {"phone": "13800005678", "number": "HT-1", "street": "联盟街道", "channel": "hotline"}
    flow.bring(flow.page("居民来电", "家中停水三天", kind="lead", extra=extra))
    [lead], [document] = flow.rows("lead"), flow.rows("document")
    assert "13800005678" not in repr(lead) + repr(document)
    assert (lead.document_id, lead.order_number, lead.place) == (document.id, "HT-1", "联盟街道")

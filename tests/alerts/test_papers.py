"""Facts in, papers out: what is refused, what each paper must say, whose template is used."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import html

from alerts import fonts, papers
from alerts.errors import FactsInvalid, FontsMissing, TemplateBroken, UnknownKind
from alerts.kinds.feedback import feedback_for
from alerts.kinds.notice_facts import Notice
from tests.alerts import stories


def said(kind: str, facts: Any) -> str:
    """The paper's words, from its page."""
    page = papers.render(kind, facts, "html").decode()
    return "".join(html.document_fromstring(page).find("body").itertext())


def written(content: bytes) -> str:
    """All text of a .docx, tables included."""
    return "".join(Document(BytesIO(content)).element.body.itertext())


@pytest.mark.parametrize("kind", sorted(papers.KINDS))
@pytest.mark.parametrize("fmt", papers.FORMATS)
def test_the_same_facts_make_the_same_bytes(kind: str, fmt: papers.Format) -> None:
    facts = papers.parse(kind, papers.sample(kind))
    assert papers.render(kind, facts, fmt) == papers.render(kind, papers.sample(kind), fmt)


@pytest.mark.parametrize("kind", sorted(papers.KINDS))
def test_word_and_page_say_the_same(kind: str) -> None:
    facts = papers.sample(kind)
    word, page = written(papers.render(kind, facts, "docx")), said(kind, facts)
    for block in papers.compose(kind, facts).blocks:
        if block.block == "heading":
            assert block.text in word
            assert block.text in page


@pytest.mark.parametrize("kind", sorted(papers.KINDS))
def test_no_paper_has_a_field_for_a_classification(kind: str) -> None:
    with pytest.raises(FactsInvalid, match="密级：本系统不处理国家秘密"):
        papers.parse(kind, papers.sample(kind) | {"密级": "秘密★1年"})
    assert "密级" not in str(papers.schema(kind))


def test_faults_are_all_told_in_chinese_and_located() -> None:
    facts = stories.facts("notice", level=9, copies="很多")
    del facts["matter"]["title"]
    facts["matter"]["noted_at"] = "2026-09-01 08:31"
    facts["orders"]["contact"]["qq"] = "1"
    with pytest.raises(FactsInvalid) as caught:
        papers.parse("notice", facts)
    assert set(caught.value.faults) == {
        "level：不能大于4",
        "copies：应当是整数",
        "matter.title：缺少此项",
        "matter.noted_at：时间应当带时区，例如 2026-09-01T08:05:00+08:00",
        "orders.contact.qq：没有这一项",
    }


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UnknownKind, match="notice"):
        papers.render("letter", {}, "pdf")


@pytest.mark.parametrize("level", [1, 2, 3])
def test_every_notice_says_that_nobody_may_be_asked_to_delete(level: int) -> None:
    assert "不得要求网民删帖" in said("notice", stories.facts("notice", level=level))
    assert "不得要求网民删帖" in written(
        papers.render("notice", stories.facts("notice", level=level), "docx")
    )


def test_a_notice_states_nothing_unverified_as_fact_and_names_no_person() -> None:
    text = said("notice", stories.facts("notice"))
    assert "据区长公开电话线索，9月1日8时12分，青石论坛用户“网民甲”发布信息，反映：" in text
    assert "卖豆腐的老王" not in text
    assert "以上尚待核实" in text
    assert "2026-0113" in text
    assert "公开原文" in text


def test_a_medium_is_named() -> None:
    facts = stories.facts("notice")
    facts["matter"]["first"] |= {"author": "滨江晚报", "author_kind": "media", "platform": "滨江晚报网"}
    assert "滨江晚报网“滨江晚报”发布信息" in said("notice", facts)


def test_counts_bear_their_instant_and_the_orders_their_deadlines_and_rules() -> None:
    text = said("notice", stories.facts("notice"))
    assert "截至9月1日10时，涉及3个平台，相关信息46条，浏览12800次、评论318条、转发96次。" in text
    assert "于9月1日11时12分前签收" in text
    assert "国办发〔2016〕61号" in text
    assert (
        "经区政府办审核后，于9月3日8时31分前通过区政府门户网站、政务新媒体等渠道第一时间发布权威信息。"
        in text
    )


def test_a_vertical_unit_comes_with_the_hint_to_ask_its_superior() -> None:
    assert "青石区消防救援大队实行垂直管理，请商其上级主管部门" in said("notice", stories.facts("notice"))


def test_a_draft_bears_no_number_and_says_so() -> None:
    facts = stories.facts("notice", serial="", issued_at=None, signer="")
    assert "送审稿" in said("notice", facts)
    with pytest.raises(FactsInvalid, match="未签发的文书不得编号"):
        papers.parse("notice", stories.facts("notice", signer=""))


def test_series_and_level_must_fit() -> None:
    with pytest.raises(FactsInvalid, match="转办单用于Ⅳ级"):
        papers.parse("notice", stories.facts("notice", series="转办单"))
    assert "互联网舆情转办单" in said("notice", stories.facts("notice", series="转办单", level=4))


def test_a_supervision_tells_the_delay_and_the_instruction() -> None:
    facts = stories.facts(
        "notice",
        series="督办单",
        supervision={
            "times": 1,
            "original": "青舆警〔2026〕7号",
            "due": "2026-09-03T10:12:00+08:00",
            "as_of": "2026-09-04T11:12:00+08:00",
            "instruction": "请今日内报结果",
            "instructed_by": "副区长陈志国",
            "report_to": ["区委办公室"],
        },
    )
    text = said("notice", facts)
    assert "已超期1天1小时" in text
    assert "副区长陈志国批示：“请今日内报结果”" in text


def test_the_feedback_form_goes_out_filled_in() -> None:
    notice = papers.parse("notice", papers.sample("notice"))
    assert isinstance(notice, Notice)
    text = said("feedback", feedback_for(notice))
    assert "青舆警〔2026〕7号" in text
    assert "区城市管理综合行政执法局" in text
    assert "□属实" in text


def test_what_the_unit_reported_is_ticked() -> None:
    facts = stories.facts(
        "feedback", stage="续报", number=2, finding="部分属实", account="一次报修已登记未派单。"
    )
    text = said("feedback", facts)
    assert "■续报（第2次）" in text
    assert "■部分属实" in text


def test_minutes_have_decisions_with_unit_and_time_and_who_was_there() -> None:
    text = said("minutes", papers.sample("minutes"))
    assert "责任单位：区教育局，区市场监督管理局配合；完成时限：2026年9月18日" in text
    for name in ("出席：", "请假：", "列席："):
        assert name in text


def test_a_report_of_wrongdoing_is_guarded_on_its_transfer() -> None:
    assert "不得转给被反映的单位或个人" in said("transfer", stories.facts("transfer", restricted=True))


def test_charts_in_word_are_svg_with_a_png_to_fall_back_on() -> None:
    content = papers.render("bulletin", papers.sample("bulletin"), "docx")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        assert sum(name.endswith(".svg") for name in names) == 3
        assert sum(name.endswith(".png") for name in names) == 3
        assert b"svgBlip" in archive.read("word/document.xml")


def test_a_stations_own_page_may_extend_the_shipped_one(tmp_path: Path) -> None:
    own = '{% extends "paper.html" %}{% block colophon %}<p>本站自定：{{ facts.unit }}</p>{% endblock %}'
    (tmp_path / "reminder.html").write_text(own, encoding="utf-8")
    page = papers.render("reminder", papers.sample("reminder"), "html", tmp_path).decode()
    assert "本站自定：区城市管理综合行政执法局" in page
    assert papers.check_templates(tmp_path) == []


def test_a_stations_own_typst_uses_the_shipped_parts(tmp_path: Path) -> None:
    (tmp_path / "reminder.typ").write_text("#标题\n自定：#facts.unit\n#版记\n", encoding="utf-8")
    own = papers.render("reminder", papers.sample("reminder"), "pdf", tmp_path)
    assert own[:4] == b"%PDF"
    assert own != papers.render("reminder", papers.sample("reminder"), "pdf")


def test_broken_templates_are_found_when_loaded_by_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_text("第一行\n第二行\n{% if %}\n", encoding="utf-8")
    (tmp_path / "notice.typ").write_text("#标题\n#没有这个\n", encoding="utf-8")
    (tmp_path / "notice.docx").write_bytes(b"not a document")
    (tmp_path / "notize.docx").write_bytes(b"")
    faults = {Path(fault.file).name: fault for fault in papers.check_templates(tmp_path)}
    assert set(faults) == {"notice.html", "notice.typ", "notice.docx", "notize.docx"}
    assert faults["notice.html"].line == 3
    assert faults["notice.typ"].line == 2


def test_a_word_template_with_a_fault_names_the_words_around_it(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("编号：{{ sheet.serial")
    document.add_paragraph("承办：{{ facts.nothing }}")
    document.save(str(tmp_path / "reminder.docx"))
    [fault] = papers.check_templates(tmp_path)
    assert "reminder.docx" in fault.file


def test_templates_run_in_a_sandbox(tmp_path: Path) -> None:
    (tmp_path / "reminder.html").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(TemplateBroken):
        papers.render("reminder", papers.sample("reminder"), "html", tmp_path)


def test_without_any_chinese_font_the_pdf_is_refused_and_word_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts.stacks.cache_clear()
    monkeypatch.setattr(fonts, "families", lambda: frozenset({"dejavu sans"}))
    try:
        with pytest.raises(FontsMissing, match="没有中文字体"):
            papers.render("notice", papers.sample("notice"), "pdf")
        assert papers.render("notice", papers.sample("notice"), "docx")
        assert papers.render("bulletin", papers.sample("bulletin"), "docx")
        assert "没有中文字体" in papers.font_warnings()[0]
    finally:
        fonts.stacks.cache_clear()

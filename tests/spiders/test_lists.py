# ruff: noqa: E501 - markup reads best as the lines it is served in
"""List pages of many systems: the main list's links, all of them and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

import pytest

from spiders.extract import Selectors, extract
from tests.spiders.layouts import FOOT, HOT, NAV, SIDE

BASE = "https://www.qingshi.example/yw/index.html"
NEWS = tuple(
    f"{where}{what}"
    for where in ("槐树街道", "石桥镇", "青石区教育局", "区卫生健康局", "城关街道")
    for what in (
        "召开防汛工作部署会议",
        "开展食品安全专项检查",
        "组织志愿者清理河道垃圾",
        "举办群众文化艺术节",
    )
)
PAGER = '<div class="pages"><a href="index_1.html">1</a><a href="index_2.html">2</a><a href="index_1.html">下一页</a><a href="index_9.html">尾页</a></div>'
LINKS = tuple((f"./202603/t20260318_{1000 + i}.html", t) for i, t in enumerate(NEWS))


@dataclass(frozen=True)
class ListPage:
    """A list page and the addresses a reader would click."""

    name: str
    html: str
    gold: tuple[str, ...] = tuple(href for href, _ in LINKS)
    title: str | None = None
    url: str | None = BASE
    encoding: str = "utf-8"


def page(body: str, title: str = "青石要闻_青石区人民政府", charset: str = "utf-8") -> str:
    return f'<html><head><meta charset="{charset}"><title>{title}</title></head><body>{body}</body></html>'


def rows(template: str) -> str:
    return "".join(
        template.format(href=h, title=t, i=i, short=t[:8] + "...", day=f"2026-03-{18 - i % 17:02d}")
        for i, (h, t) in enumerate(LINKS)
    )


PAGES = (
    ListPage("gov_ul_with_dates_gbk", page(NAV + SIDE.format("leftnav") + f'<div class="list"><ul>{rows("<li><span>{day}</span><a href={href} target=_blank>{title}</a></li>")}</ul>{PAGER}</div>' + FOOT, charset="gb2312"), encoding="gbk"),
    ListPage("gov_table_rows", page(f'{NAV}<table><tr><td><table class="lm"><tr><td><a href="/a">政务公开目录</a></td></tr><tr><td><a href="/b">信息公开指南</a></td></tr><tr><td><a href="/c">公开年度报告</a></td></tr></table></td><td><table>{rows("<tr><td><img src=dot.gif></td><td><a href={href} title={title}>{short}</a></td><td>[{day}]</td></tr>")}</table></td></tr></table>{FOOT}')),
    ListPage("blocks_of_five", page(NAV + '<div class="main"><div class="lb">' + "".join("<ul>" + "".join(f'<li><a href="{h}">·{t}</a><em>03-18</em></li>' for h, t in LINKS[k : k + 5]) + "</ul>" for k in range(0, 20, 5)) + "</div></div>" + SIDE.format("right") + FOOT)),
    ListPage("pictures_and_abstracts", page(NAV + rows('<div class="news-item"><a class="pic" href="{href}"><img src="x.jpg"></a><div class="txt"><h3><a href="{href}">{title}</a></h3><p>据悉，{title}，有关负责人到场指导，并对下一步工作提出明确要求，务求取得实效。</p><span class="time">{day} 09:26</span><a class="tag" href="/tag/1">民生</a><a href="{href}#c">12评论</a></div></div>') + SIDE.format("rank"))),
    ListPage("anchor_holds_everything", page(NAV + "<ul class='ul1'>" + rows('<li><a href="{href}"><span class="t">{title}</span><span class="d">{day}</span></a></li>') + "</ul>" + FOOT)),
    ListPage("definition_list", page(NAV + "<dl>" + rows('<dt><a href="{href}">{title}</a></dt><dd>{day}</dd>') + "</dl>" + FOOT)),
    ListPage("plain_paragraphs_with_breaks", page(NAV + "<div id=cc>" + rows('・<a href="{href}">{title}</a> ({day})<br>') + "</div>" + FOOT)),
    ListPage(
        "discuz_forum",
        page(
            '<div id="nv"><ul><li><a href="/f-1.html">本地民生版块</a></li><li><a href="/f-2.html">闲聊灌水版块</a></li><li><a href="/f-3.html">二手交易版块</a></li></ul></div><table id="threadlisttableid">'
            + rows('<tbody id="normalthread_{i}"><tr><td class="icn"><a href="{href}" title="新窗口打开"><img></a></td><th class="new"><a href="javascript:;" class="showcontent"></a><em>[<a href="/t-1">民生投诉区</a>]</em> <a href="{href}" class="s xst">{title}</a></th><td class="by"><cite><a href="/u-{i}.html">热心网友名字{i}</a></cite><em><span>{day}</span></em></td><td class="num"><a href="{href}">12</a><em>880</em></td><td class="by"><cite><a href="/u-9{i}.html">最后回复的人{i}</a></cite></td></tr></tbody>')
            + "</table>",
            title="民生版 - 青石论坛",
        ),
    ),
    ListPage("navigation_and_hot_beside_short_list", page(NAV + f'<div class="hot"><ul>{"".join(f"<li><a href=/h{i}>{t}</a></li>" for i, t in enumerate(HOT))}</ul></div><div class="newslist"><ul>{rows("<li><a href={href}>{title}</a><span>{day}</span></li>")}</ul></div>')),
    ListPage("rows_of_divs_without_names", page(f'<div><a href="/">首页</a></div><div>{rows("<div><div><a href={href}>{title}</a></div><div>{day}</div></div>")}</div>')),
    ListPage("two_columns_of_one_list", page(NAV + '<div class="col1"><ul class="news">' + "".join(f'<li><a href="{h}">{t}</a><i>{i + 1}小时前</i></li>' for i, (h, t) in enumerate(LINKS[:10])) + '</ul></div><div class="col2"><ul class="news">' + "".join(f'<li><a href="{h}">{t}</a><i>{i + 1}小时前</i></li>' for i, (h, t) in enumerate(LINKS[10:])) + "</ul></div>")),
)  # fmt: skip


@pytest.mark.parametrize("given", PAGES, ids=lambda p: p.name)
def test_main_list(given: ListPage) -> None:
    found = extract(given.html.encode(given.encoding), url=given.url)

    assert found.kind == "list"
    gold = {urljoin(BASE, href) for href in given.gold}
    got = {link.url for link in found.links}
    score = 2 * len(gold & got) / (len(gold) + len(got))
    assert score >= 0.95, (gold - got, got - gold)
    titles = {link.url: link.title for link in found.links}
    assert [titles[urljoin(BASE, h)] for h, t in LINKS[:3]] == [t for _, t in LINKS[:3]]


def test_next_page_of_a_list_is_reported() -> None:
    found = extract(PAGES[0].html, url=BASE)

    assert found.next_page == "https://www.qingshi.example/yw/index_1.html"


def test_selectors_of_the_source_override() -> None:
    found = extract(PAGES[0].html, url=BASE, selectors=Selectors(links=".leftnav a"))

    assert {link.title for link in found.links} == set(HOT)

# ruff: noqa: E501 - markup reads best as the lines it is served in
"""Notices, digital newspapers and lists in every cross of their usual forms, with class names nobody knows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from spiders.extract import extract
from spiders.lists import absolute
from tests.quality.replicas.furniture import GOV_FOOT, SHARE, nav, page, ps, ranking
from tests.quality.replicas.lists import NAMES
from tests.quality.replicas.texts import BUS, FIRE, HEADLINES, MINUTES, PIPE, RIVER, Story
from tests.spiders.test_extract import closeness

BRIEF = Story(
    "系统升级公告",
    ("根据工作安排，区政务服务中心定于3月3日进行系统升级，当日8:00至12:00暂停办理业务，请广大群众合理安排时间。", "柳林区行政审批局", "2025年2月28日"),
)  # fmt: skip
FILES = Story(
    "柳林区2025年度公开招聘笔试成绩公布",
    ("现将2025年度公开招聘事业单位工作人员笔试成绩予以公布。", "附件1：笔试成绩.pdf", "附件2：进入资格复审人员名单.xlsx"),
)  # fmt: skip
HEADS: tuple[str, ...] = (
    '<h1>{t}</h1><div class="{a}">发布时间：{d}　来源：{s}　浏览次数：<span>12</span></div>',
    '<table class="{a}"><tr><td>索引号：</td><td>01300/2025-00123</td><td>主题分类：</td><td>城乡建设</td></tr><tr><td>发布机构：</td><td>{s}</td><td>发文日期：</td><td>{d}</td></tr><tr><td>名　　称：</td><td colspan=3>{t}</td></tr><tr><td>文　　号：</td><td></td><td>主题词：</td><td></td></tr></table><div class="{b}">{t}</div>',
    '<table><tr><td class="{a}" align=center>{t}</td></tr><tr><td align=center>日期：{d}　　作者：　　阅读：56次</td></tr></table>',
    '<div class="{a}"><p>{t}</p></div><ul class="{b}"><li><span>发布机构</span><em>{s}</em></li><li><span>发布日期</span><em>{d}</em></li><li><span>浏览量</span><em>56</em></li></ul>',
    '<div class="{a}"><strong>{t}</strong></div><div class="{b}"><font>{d}</font></div>',
)
BODIES: tuple[Callable[[tuple[str, ...]], str], ...] = (
    lambda lines: ps(
        [f'<a href="/f">{x}</a>' if x.startswith("附件") else x for x in lines], "<p>　　{}</p>"
    ),
    lambda lines: ps(lines, "<div>{}</div>"),
    lambda lines: "<br>\n".join("&nbsp;&nbsp;" + x for x in lines),
)
AFTER = (
    SHARE,
    f'<p>上一篇：<a href="1">{HEADLINES[3]}</a></p><p>下一篇：<a href="2">{HEADLINES[4]}</a></p>',
    '<div class="{c}"><h4>相关信息</h4><ul>'
    + "".join(f'<li><a href="{i}">{t}</a><span>2025-02-1{i}</span></li>' for i, t in enumerate(HEADLINES[:5]))
    + "</ul></div>",
)
DATES = ("2025-03-01 08:41", "[2025-03-01]", "2025年3月1日", "2025-03-01 08:41:07.0", "2025.03.01")
EDITIONS = ("<font size=5>{t}</font>", "<b>{t}</b>", '<div style="font-size:24px">{t}</div>', "<h1>{t}</h1>")
BYLINES = ("", "本报记者　马某　通讯员　牛某", "□记者 李某")
ROWS = (
    '<li><a href="{h}">{t}</a><span>{d}</span></li>', "<p><a href={h}>{t}</a> {d}</p>",
    "<dl><dt><a href={h}>{t}</a></dt><dd>{d}</dd></dl>", '<a href="{h}"><h4>{t}</h4><i>{d}</i></a>',
    '<li>[<a href="/c/{i}">本地要闻</a>]<a href="{h}">{t}</a></li>', "<li><a href={h}>{t}</a></li>",
    '<div><a href="{h}"><img src="{i}.jpg" alt=""></a><div><a href="{h}">{t}</a><span>来源：晚报 {d}</span></div></div>',
)  # fmt: skip


@dataclass(frozen=True)
class Cross:
    html: str
    story: Story
    time: str


def _names(chance: random.Random) -> dict[str, str]:
    return {k: "".join(chance.choices("abcdefgh", k=6)) for k in "abcmn"}


def _notice(chance: random.Random) -> Cross:
    story, date = chance.choice((BRIEF, FILES, BUS, MINUTES)), chance.choice(DATES)
    names = _names(chance)
    head = chance.choice(HEADS).format(t=story.title, d=date, s="柳林区人民政府办公室", **names)
    after = chance.choice(AFTER).replace("{c}", names["c"])
    html = page(
        f'{nav("首页", "政务公开")}<div class="{names["m"]}">{head}<div class="{names["n"]}">{chance.choice(BODIES)(story.lines)}</div>{after}</div>{GOV_FOOT}',
        chance.choice((f"{story.title}_政务要闻_柳林区人民政府", "柳林区人民政府", "通知公告-柳林区人民政府门户网站")),
    )  # fmt: skip
    return Cross(html, story, "2025-03-01T08:41" if ":" in date else "2025-03-01")


def _newspaper(chance: random.Random) -> Cross:
    story = chance.choice((PIPE, FIRE, RIVER))
    title = chance.choice(
        ("北关晚报", f"北关晚报数字报-{story.title}", "第A05版：民生", f"{story.title} - 北关晚报")
    )
    byline = chance.choice(BYLINES)
    html = page(
        f'<table><tr><td>2025年03月01日 星期六</td></tr></table><table><tr><td><a href=1>第A01版：头版</a><ul>{"".join(f"<li><a href=c{i}>{t}</a></li>" for i, t in enumerate(HEADLINES[:6]))}</ul></td><td><table><tr><td>第A05版：民生</td></tr></table>'
        f'<table><tr><td align=center>{chance.choice(EDITIONS).format(t=story.title)}</td></tr><tr><td>{byline}</td></tr><tr><td>{chance.choice(BODIES)(story.lines)}</td></tr></table></td></tr></table>',
        title,
    )  # fmt: skip
    return Cross(html, story, "2025-03-01")


@pytest.mark.parametrize("make", [_notice, _newspaper])
@pytest.mark.parametrize("seed", range(40))
def test_cross_of_forms(make: Callable[[random.Random], Cross], seed: int) -> None:
    cross = make(random.Random(seed))
    found = extract(cross.html)
    assert found.title == cross.story.title
    assert found.published_at is not None
    assert found.published_at.isoformat().startswith(cross.time)
    assert found.has_minute == ("T" in cross.time)
    assert closeness("\n".join(cross.story.lines), found.text) > 0.9


@pytest.mark.parametrize("seed", range(30))
def test_cross_of_lists(seed: int) -> None:
    chance = random.Random(seed)
    row, count = chance.choice(ROWS), chance.choice((5, 8, 20))
    day = chance.choice(("2025-03-{:02d}", "[03-{:02d}]", ""))
    names = NAMES[:count]
    rows = "".join(
        row.format(h=f"/a/{880 + i}.html", t=t, d=day.format(28 - i), i=i) for i, t in enumerate(names)
    )
    beside = chance.choice(("", ranking("x" + _names(chance)["a"], "热点排行", HEADLINES[:8], "/hot")))
    html = page(f'{nav()}<div class="{_names(chance)["b"]}">{rows}</div>{beside}', "部门动态_柳林区人民政府")
    base = "http://www.liulin.example/bmdt/"
    found = extract(html, url=base)
    assert found.kind == "list"
    assert [link.url for link in found.links] == [absolute(base, f"/a/{880 + i}.html") for i in range(count)]

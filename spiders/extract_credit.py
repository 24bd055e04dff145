"""Who published a page and who wrote it, as the page credits them."""

from __future__ import annotations

import re

from spiders.authors import is_institution
from spiders.dates import find_times
from spiders.tree import Tree, tidy

_SOURCE = re.compile(
    r"(?P<label>(?:信息|文章|新闻|稿件|内容|本文|文字)?(?:来源|来自|稿源|供稿单位|出处|发布机构|信息来源|发布单位))\s*[:：]\s*[\[【（(]?"
    r"(?P<name>[^\s|｜:：,，;；()（）【】\[\]“”《》]{2,30})"
)
_NAME_END = re.compile(
    r"字号|字体|作者|编辑|责任|浏览|点击|发布|发表|时间|日期|阅读|分享|打印|访问|评论|举报|审核|人气|⋅|20\d\d"
)
_ENTITY = re.compile(
    r"(?:^|[\s_-])(?:source|laiyuan|ly|js_name|media[-_]?name|author-?name|account|nickname|src)(?:$|[\s_-])"
)
_SOURCE_METAS = (
    "contentsource",
    "mediaid",
    "source",
    "article:publisher",
    "og:site_name",
    "sitename",
    "copyright",
)
_AUTHOR_METAS = ("author", "article:author", "og:article:author", "weibo: article:author", "byline")
_PERSONS = r"(?P<name>[\u4e00-\u9fff·]{2,4}(?:(?:\s+|、)[\u4e00-\u9fff·]{2,4}){0,3})"
_LABELLED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:本文)?(?:作者|撰文|文字|文|记者|通讯员|供稿|撰稿)\s*[:：/]\s*(?P<name>[^\n|｜:：;；()（）【】\[\]/]{2,24}?)"
    r"(?=\s{2,}|\s*(?:来源|责任编辑|责编|编辑|发布|时间|日期|浏览|点击|阅读|字体|字号|审核|摄影|图/|20\d\d)|[\s|｜;；()（）【】\[\]]|$)"
)
_DATELINE = re.compile(rf"[（(【][^（()）【】]{{0,14}}(?:记者|通讯员|作者)\s*{_PERSONS}(?=[\s）)】])")
_BYLINE = re.compile(rf"^\S{{0,10}}(?:记者|通讯员)\s+{_PERSONS}$")
_ROLE = re.compile(r"\s+(?:整合|报道|摄影|摄|文|图|通讯员|实习生|综合|编辑)")
_NOT_NAMES = frozenset(
    "字体 字号 分享 打印 浏览 点击 阅读 发布 时间 本站 编辑 获悉 了解 从 null undefined 无".split()  # noqa: SIM905
)


def find_media(
    tree: Tree, above: list[str], below: list[str], stop: int, hint: str | None = None
) -> str | None:
    """The medium that published it: credited by a label, standing beside the time, or named by the markup.

    `stop` is the line after the text: what stands far below it belongs to other articles.
    """
    if hint:
        return hint
    credited = (name for text in (*above, *below) if (name := _credited(text)))
    found = next(credited, None) or _beside_time(above) or _marked(tree, stop + 4)
    return found or site_media(tree)


def site_media(tree: Tree) -> str | None:
    """The site itself, as its markup or `<title>` names it."""
    return _said(tree) or _site_name(tree.head_title)


def _credited(text: str) -> str | None:
    m = _SOURCE.search(text)
    if m is None:
        return None
    name = _NAME_END.split(m["name"])[0].strip("·")
    return name if len(name) > 1 and name not in _NOT_NAMES else None


def _marked(tree: Tree, limit: int) -> str | None:
    for e in tree.elements:
        if e.line > limit:
            return None
        if e.names and _ENTITY.search(e.names):
            text = re.sub(r"^(?:信息)?来源\s*[:：]?\s*", "", tree.text(e))
            if 2 <= len(text) <= 20 and not re.search(r"\d{2}", text):
                return text
    return None


def _beside_time(above: list[str]) -> str | None:
    """青石网 2026-03-18 09:26: what is left of a stamp once the time is taken out."""
    for text in reversed(above):
        moments = list(find_times(text)) if len(text) <= 60 else []
        if len(moments) == 1:
            rest = tidy(text[: moments[0].start] + " " + text[moments[0].end :])
            if re.fullmatch(r"[\u4e00-\u9fffA-Za-z·]{2,14}", rest) and not _NAME_END.search(rest):
                return rest
    return None


def _said(tree: Tree) -> str | None:
    found = (tree.metas.get(name, "") for name in _SOURCE_METAS)
    return next((value for value in found if 1 < len(value) <= 30), None)


def _site_name(head: str) -> str | None:
    parts = [p.strip() for p in re.split(r"\s*[-–—_|｜]+\s*", head) if p.strip()]
    if len(parts) < 2:
        return None
    shorter = parts[-1] if len(parts[-1]) <= len(parts[0]) else parts[0]
    site = parts[-1] if is_institution(parts[-1]) else shorter
    return site if len(site) <= 16 else None


def find_author(
    tree: Tree, around: list[str], first: list[str], media: str | None, hint: str | None = None
) -> str | None:
    """The public name of who wrote it; `first` are the lines of the text where datelines stand."""
    if hint:
        return hint
    for form, lines in ((_LABELLED, around), (_DATELINE, first), (_BYLINE, first), (_LABELLED, first)):
        for text in lines:
            m = form.search(text[:120])
            if m and (name := _ROLE.split(tidy(m["name"]))[0]) not in _NOT_NAMES and len(name) > 1:
                return name
    said = (tree.metas.get(name, "") for name in _AUTHOR_METAS)
    return next(
        (v for v in said if 2 <= len(v) <= 20 and "." not in v and v != media and v not in tree.head_title),
        None,
    )

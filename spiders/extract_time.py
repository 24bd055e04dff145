"""The time of publication of a page, from the surest place that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from spiders.dates import Moment, find_times, parse_stamp, parse_time
from spiders.marks import names
from spiders.tree import Element, Line, Tree

_TIME_METAS = names("time_metas")
_TIME_NAMES = re.compile(r"time|date|pub|sj|riqi|source|info|laiyuan|meta|byline|msg|author", re.I)
_MADE_LABEL = re.compile(r"(?:成文|生成|制发)(?:时间|日期)\s*[:：]?\s*$")
_LABEL = re.compile(
    r"(?:(?:发布|发表|发稿|发文|刊发|成文|更新|上传|录入|提交|创建|添加|公开|公布|印发)(?:时间|日期|于)?|编辑于|时\s*间|日\s*期)\s*[:：]?\s*$"
)
_ANSWER_LABEL = re.compile(r"(?:回复|答复|办理|办结|受理|处理|反馈)(?:时间|日期|于)\s*[:：]?\s*$")
_CELL_LABEL = re.compile(r"\S{0,6}(?:时\s*间|日\s*期)\s*[:：]?$")
_WRONG_LABEL = re.compile(
    r"今天是\s*$|最后由.{0,24}于\s*$|(?:截止|截至|注册|最后登录|有效期|开标|报名|修改|更新|最后回复|印发)\S{0,4}\s*[:：]?\s*$"
)
_STAMP = re.compile(
    r'\b(?:title|datetime|content|data-[\w-]+)="(?P<stamp>20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}[^"]{0,20})"'
    r'|\bdata-[\w-]*(?:time|date|val|pub|ts)[\w-]*="(?P<epoch>1\d{9}(?:\d{3})?)"'
)
_PUT = re.compile(r"(?:发布|编辑|发表|更新|回复)(?:于|时间)")
MOST_STAMPS = 20
_ISSUE = re.compile(r"星期|版|出刊|出版|第\s*\d+\s*期")
_PROSE = re.compile("[，。；]")
_YEAR = re.compile(r"^20\d\d年?$")
_DAY_OR_HOUR = re.compile(r"^\d{1,2}\s*[-/.月:]\s*\d{1,2}日?(?::\d{2})?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$")
_URL_DAY = re.compile(
    r"/(?P<year>20\d\d|\d\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|/?$)|[/_]t?(?P<c>20\d{6})(?=[_/.-])"
)


def find_time(
    tree: Tree,
    heading: Element | None,
    body: tuple[int, int],
    structured: Iterable[str],
    url: str | None,
    now: datetime | None,
) -> Moment | None:
    """When it was published: what the page shows near its headline, else what its markup says."""
    start, stop = body
    top = heading.line if heading is not None and heading.line <= start else max(0, start - 40)
    shown, rank = _shown(tree, top, body, now)
    beside: list[Moment] = []
    if shown is None or not shown.has_minute or rank > 1:
        beside = _moments(_attributed(tree, top, start + 3), now)
    if rank > 1 and beside:
        shown = None
    elif shown is not None and not shown.has_minute:
        beside += _moments(_attributed(tree, stop, stop + 5), now)
    said = _moments(_said(tree, structured), now) + beside
    first = next((m for m in said if m.has_minute), said[0] if said else None)
    if shown is None:
        at = url or tree.canonical or tree.metas.get("og:url")
        return first or _from_url(at) or _masthead(tree, top, now)
    if shown.guessed or not shown.has_minute:
        return next((m for m in said if _finer(m, shown)), shown)
    return shown


def _masthead(tree: Tree, top: int, now: datetime | None) -> Moment | None:
    """The day of issue at the head of a digital newspaper's page, the last resort."""
    heads = (x.text for x in tree.lines[:top] if x.size <= 40 and not x.linked and _ISSUE.search(x.text))
    days = (
        m for text in heads if "今天" not in text and (m := parse_time(text)) is not None and _sane(m, now)
    )
    return next(days, None)


def _finer(said: Moment, shown: Moment) -> bool:
    """Whether the markup tells more exactly what the page shows: a bare date, one without a year, 3天前."""
    if not shown.guessed:
        return said.has_minute and said.at.date() == shown.at.date()
    if (said.at.month, said.at.day) == (shown.at.month, shown.at.day):
        return said.has_minute or not shown.has_minute
    return (
        said.has_minute and not shown.has_minute and abs((said.at - shown.at).total_seconds()) < 1.5 * 86_400
    )


def _said(tree: Tree, structured: Iterable[str]) -> list[str]:
    """What scripts, meta elements and the first `<time>` say, in this order."""
    values = [*structured, *(tree.metas[name] for name in _TIME_METAS if name in tree.metas)]
    first = next((e for e in tree.elements if e.tag == "time"), None)
    return values + ([first.attribute("datetime")] if first is not None else [])


def _attributed(tree: Tree, top: int, bottom: int) -> list[str]:
    """Full times that stand in attributes between headline and text, where the page shows 3天前."""
    near = (e.markup for e in tree.elements if top <= e.line <= bottom and "=" in e.markup)
    stamps = (m["stamp"] or m["epoch"] for markup in near for m in _STAMP.finditer(markup))
    return list(islice(stamps, MOST_STAMPS))


def _moments(values: Iterable[str], now: datetime | None) -> list[Moment]:
    read = (parse_stamp(v, now) for v in values if v)
    return [m for m in read if m is not None and _sane(m, now)]


def _sane(m: Moment, now: datetime | None) -> bool:
    return now is None or (m.at - now).total_seconds() < 86_400


def _shown(tree: Tree, top: int, body: tuple[int, int], now: datetime | None) -> tuple[Moment | None, int]:
    """The likeliest time in sight, and the rank of the zone it stands in (0: between headline and text)."""
    start, stop = body
    end = len(tree.lines)
    zones = (
        range(top, start),
        range(start, min(start + 8, stop)),
        range(stop, min(stop + 8, end)),
        range(max(0, top - 14), top),
        range(max(start, stop - 3), stop),
    )
    best: tuple[Moment | None, int] = None, 0
    best_score = 0.0
    for rank, zone in enumerate(zones):
        for i in zone:
            if rank == 1 and tree.lines[i].size > 100:
                break
            if rank and not _may_credit(tree.lines[i], rank):
                continue
            for moment, score in _times_in_line(tree, i, now, rank):
                if score > best_score:
                    best, best_score = (moment, rank), score
    return best


def _may_credit(line: Line, rank: int) -> bool:
    """Whether a line apart from the headline may tell the time: no prose; below the text no row of a list."""
    if rank == 2 and line.linked >= 0.5 * line.size and not _PUT.search(line.text):
        return False
    return line.size <= 40 or not _PROSE.search(line.text)


def _times_in_line(tree: Tree, i: int, now: datetime | None, rank: int) -> Iterator[tuple[Moment, float]]:
    """The times of a line with their points, less by the rank of its zone unless a label vouches for them."""
    line = tree.lines[i]
    if line.size > 300:
        return
    text = _joined(tree, i)
    for moment in find_times(text, now):
        if not _sane(moment, now) or (moment.guessed and _PROSE.search(text)):
            continue
        before = text[: moment.start]
        if not before.strip(" [［(（") and i and _CELL_LABEL.match(tree.lines[i - 1].text):
            before = tree.lines[i - 1].text
        if _WRONG_LABEL.search(before):
            continue
        named = any(_TIME_NAMES.search(e.names) for e in _near(tree, line.owner))
        answer = _ANSWER_LABEL.search(before) is not None
        labelled = not answer and _LABEL.search(before) is not None
        rest = len(text) - (moment.end - moment.start)
        score = 1.5 + 1.0 * moment.has_minute + 0.8 * named + 1.0 * labelled
        score -= 1.5 * answer + 0.5 * bool(_MADE_LABEL.search(before)) + rank * (0.4 if labelled else 0.9)
        score += 0.5 if rest < 40 else -0.02 * min(rest, 60)
        yield moment, score


def _joined(tree: Tree, i: int) -> str:
    """A line; where it is the year alone, with the day and the hour that stand below it."""
    text = tree.lines[i].text
    if not _YEAR.match(text):
        return text
    below = [line.text for line in tree.lines[i + 1 : i + 3] if _DAY_OR_HOUR.match(line.text)]
    return "/".join([text.rstrip("年"), *below[:1]]) + " " + " ".join(below[1:])


def _near(tree: Tree, owner: int) -> list[Element]:
    return [e for e, _ in zip(tree.ancestors(owner), range(2), strict=False)]


def _from_url(url: str | None) -> Moment | None:
    m = _URL_DAY.search(url or "")
    if m is None:
        return None
    if m["c"]:
        return parse_time(f"{m['c'][:4]}-{m['c'][4:6]}-{m['c'][6:]}")
    year = m["year"] if len(m["year"]) == 4 else f"20{m['year']}"
    return parse_time(f"{year}-{m['month']}-{m['day']}")

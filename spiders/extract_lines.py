"""Lines that stand in an article's container but are not the article: editors, sharing, furniture."""

from __future__ import annotations

import re

from spiders.extract_title import key
from spiders.marks import either

_LEAD = r"^[\s【\[（(<《▌■▲△●◎★>]*"
_CUT_LINE = re.compile(_LEAD + either("lines_cut"))
_STOP = re.compile(_LEAD + either("lines_stop") + r"[】\]）)>》]?\s*[:：]?\s*(?:>>|更多)?$")
_SCAN = re.compile(
    r"(?:扫描|扫码|长按|识别|关注|左方|右方|上方|下方).{0,12}二维码|二维码.{0,8}(?:关注|下载|进群)|^\S{2,10}(?:微信)?公众号$"
)
_FURNITURE_PART = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)|字体|字号|打印|来源\s*[:：]|发布时间|发布日期|(?:来信|信件|留言|诉求|回复|答复|办结)(?:编号|时间|类型|状态|类别|日期|单位)|办理状态|(?:办理|受理)时间\s*[:：]\s*20|(?:办理|受理|承办)单位\s*[:：]|(?:点击|浏览|阅读|人气|时间|日期|作者|记者|发布人|发布者|发布|供稿|审核|撰稿|摄影)(?:数|量)?\s*[:：]|编辑\s*[:：]|只看(?:该作者|楼主|TA|此人)|(?<!\S)(?:回复|举报|楼主|收藏|分享|点赞|倒序浏览)(?!\S)|(?<!\S)(?:\d+楼|\d*#\d*)(?!\S)|发表于\s*20\d\d|【大|\[大|大\s*中\s*小"
)
_TAIL_NOTE = re.compile(
    r"\s*[（(【\[](?:责任编辑|责编|编辑|实习编辑|校对|原标题|来源|本文来自|完|END)[^（(【\[]{0,60}[)）】\]]\s*$|\s*(?:责任编辑|责编)\s*[:：]\s*\S{1,8}\s*$"
)
_PAGES = re.compile(
    r"^(?:\s+|(?<!\d)\d{1,3}(?!\d)|上一页|下一页|首页|末页|尾页|全文|阅读全文|余下全文|共\d+页)+$|^(?:首页|尾页|末页|共\d+页|第\d+页|\d{1,2}(?:\s+\d{1,2})+|[<>«»…\s]+\d*)$"
)


_STAMP = re.compile(
    r"^(?:\S{2,12}[\s|]+)?(?:发布于|发表于)?\s*(?:20\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*星期.)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?(?:[\s|]+\S{2,12})?$"
)


_SENTENCE = re.compile("[。？！?]")
_DATED = re.compile(
    r"20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|(?<!\d)\d{1,2}[-/月]\d{1,2}日?\s*\d{1,2}:\d{2}|[昨今前]天\s*\d{1,2}:\d{2}|\d(?:分钟|小时|天)前"
)
_CREDIT = re.compile(r"来源|发布|更新|时间|日期|记者|作者|字号|评论|阅读|浏览|编辑")


def article_lines(lines: list[str], title: str) -> list[str]:
    """The lines that are the article's own, in order."""
    kept: list[str] = []
    head = key(title)
    room = max(3, len(lines) // 3)
    start = _start(lines, head)
    for i, raw in enumerate(lines[start:], start):
        line = _TAIL_NOTE.sub("", raw) if len(raw) < 2000 else raw
        if not line:
            continue
        if i >= room and _STOP.match(line):
            break
        if _furniture(line):
            continue
        kept.append(line)
    return kept


def _start(lines: list[str], head: str) -> int:
    """The line after the last headline or stamp above the text; a sentence before it means there is none."""
    start = 0
    for i, line in enumerate(lines[:8]):
        if _opening(line, head) or _furniture(line):
            start = i + 1
        elif len(line) > 60 or _SENTENCE.search(line):
            break
    return start


def _opening(line: str, head: str) -> bool:
    """What may stand in the container above the text: the headline again, the stamp of time and source."""
    if len(line) > 120:
        return False
    credited = _DATED.search(line) and _CREDIT.search(line) and "。" not in line
    return bool(credited or _STAMP.match(line)) or (bool(head) and key(line) == head)


def _furniture(line: str) -> bool:
    if len(line) <= 60 and _SCAN.search(line):
        return True
    if len(line) <= 90 and (_CUT_LINE.match(line) or _PAGES.match(line)):
        return True
    return len(line) <= 140 and len(_FURNITURE_PART.findall(line)) >= 2

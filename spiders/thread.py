"""What people answered in a thread, told by the page's build, for forums without selectors of their own.

Complaints often sit in the replies. Their words are kept, who wrote them is not: lines of signature (name,
time, floor, buttons) are left out.
"""

from __future__ import annotations

import re
from itertools import accumulate

from spiders.decode import decode
from spiders.extract_replies import replies
from spiders.tree import Line, Tree, parse

MOST, LONGEST = 100, 500
"""Replies of one page that are kept, and characters of each."""
MARK = "跟帖："
_SIGNATURE = re.compile(
    r"回复|举报|楼主|只看|点赞|收藏|分享|引用|来自|发表于|发布于|积分|注册|等级|帖子|在线|IP属地|[\d一二三]+\s*[楼#]|沙发|板凳|"
    r"\d+\s*(?:秒|分钟|小时|天)前|刚刚|昨天|\d{1,2}[-/月:：]\d{1,2}"
)
_SAID = re.compile(r"[，。！？…、；]|[\u4e00-\u9fff]{8}")
_STAMP = re.compile(r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?\s*")
_CLOSED = re.compile(r"\S{8,}[。！？!?…~～]$")
_SHORT = 40


def replies_of(body: bytes, content_type: str | None = None) -> tuple[str, ...]:
    """The words of each reply on the page, in order; empty where it has fewer than three posts."""
    tree = parse(decode(body, content_type).text)
    worth = [0.0, *accumulate(float(max(0, line.size - 2 * line.linked)) for line in tree.lines)]
    said = (_words(tree, block) for block in replies(tree, worth)[:MOST])
    return tuple(text for text in said if text)


def with_replies(text: str, answers: tuple[str, ...]) -> str:
    """The opening post and what was answered, each on its own line."""
    return "\n".join((text, *(f"{MARK}{answer}" for answer in answers if answer not in text)))


def _words(tree: Tree, block: range) -> str:
    lines = (tree.lines[i] for i in block)
    said = " ".join(line.text.strip() for line in lines if _is_said(line))
    return _STAMP.sub("", said)[:LONGEST]


def _is_said(line: Line) -> bool:
    if line.linked > 0.5 * line.size or not _SAID.search(line.text):
        return False
    return line.size > _SHORT or _CLOSED.search(line.text) is not None or not _SIGNATURE.search(line.text)

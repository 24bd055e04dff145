"""A chased task: a leader's instruction (批示) or a meeting's agreed action (议定事项). One table."""

from __future__ import annotations

from monitor.domain.machine import Machine

KINDS: dict[str, str] = {
    "investigate": "查清报告",
    "answer": "直接回复",
    "note": "阅示",
    "words": "批示",
    "action": "议定事项",
}
STATES: dict[str, str] = {
    "unconfirmed": "待确认",
    "open": "办理中",
    "reported": "已反馈",
    "done": "已办结",
    "dropped": "已撤销",
}
EVENTS: dict[str, str] = {
    "confirm": "办公室确认",
    "report": "反馈办理情况",
    "accept": "审核办结",
    "send-back": "退回补办",
    "drop": "撤销",
}
# An instruction given through a link takes effect once the office has confirmed it.
MOVES: dict[str, dict[str, str]] = {
    "unconfirmed": {"confirm": "open", "drop": "dropped"},
    "open": {"report": "reported", "accept": "done", "drop": "dropped"},
    "reported": {"accept": "done", "send-back": "open"},
}


MACHINE = Machine("督办事项", STATES, EVENTS, MOVES)

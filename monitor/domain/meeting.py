"""The life of a joint meeting (网络舆情信息联席会议): one table (DOMAIN.md §7)."""

from __future__ import annotations

from monitor.domain.machine import Machine

KINDS: dict[str, str] = {"regular": "例会", "ad-hoc": "会商"}
STATES: dict[str, str] = {
    "planned": "筹备",
    "called": "已通知",
    "held": "已召开，纪要待签发",
    "issued": "纪要已签发",
    "cancelled": "已取消",
}
EVENTS: dict[str, str] = {
    "call": "发出会议通知",
    "hold": "召开并拟写纪要",
    "rewrite": "修改纪要",
    "issue": "签发纪要",
    "cancel": "取消",
}
MOVES: dict[str, dict[str, str]] = {
    "planned": {"call": "called", "hold": "held", "cancel": "cancelled"},
    "called": {"hold": "held", "cancel": "cancelled"},
    "held": {"rewrite": "held", "issue": "issued"},
}

MACHINE = Machine("联席会议", STATES, EVENTS, MOVES)

"""The life of a notice (通知书、转办单、督办单): one table (DOMAIN.md §3.4).

草拟 → 待审 → 已审核 → 已签发 → 已下发 → 已签收 → 核查中 → 已初报 → (续报)* → 已终报 → 审核通过 → 办结 → 归档.
Extensions and overdue steps (催办、督办、通报) live on its deadlines, not in its state.
"""

from __future__ import annotations

from typing import Literal

from monitor.domain.machine import Machine

Series = Literal["transfer", "warning", "supervision"]

SERIES: dict[str, str] = {"transfer": "转办单", "warning": "预警通知书", "supervision": "督办单"}

STATES: dict[str, str] = {
    "drafted": "草拟",
    "pending": "待审",
    "checked": "已审核",
    "issued": "已签发",
    "delivered": "已下发",
    "signed": "已签收",
    "investigating": "核查中",
    "reported": "已初报",
    "final": "已终报",
    "accepted": "审核通过",
    "closed": "办结",
    "filed": "归档",
    "returning": "退单待批",
    "returned": "已退单",
    "withdrawn": "已撤销",
    "merged": "已合并",
}

EVENTS: dict[str, str] = {
    "submit": "提交审核",
    "send-back": "审核退回",
    "check": "审核通过",
    "issue": "签发",
    "deliver": "下发",
    "sign": "签收",
    "investigate": "开始核查",
    "first": "报送初报",
    "further": "报送续报",
    "final": "报送终报",
    "incomplete": "退回补充",
    "accept": "终报审核通过",
    "close": "办结",
    "file": "归档",
    "return": "申请退单",
    "grant-return": "同意退单",
    "refuse-return": "驳回退单",
    "withdraw": "撤销",
    "merge": "合并",
}

_STOP = {"withdraw": "withdrawn", "merge": "merged"}
_REPORTS = {"first": "reported", "final": "final"}

MOVES: dict[str, dict[str, str]] = {
    "drafted": {"submit": "pending", "check": "checked", **_STOP},
    "pending": {"check": "checked", "send-back": "drafted", **_STOP},
    "checked": {"issue": "issued", "send-back": "drafted", **_STOP},
    "issued": {"deliver": "delivered", "sign": "signed", "return": "returning", **_STOP},
    "delivered": {"sign": "signed", "return": "returning", **_STOP},
    "signed": {"investigate": "investigating", "return": "returning", **_REPORTS, **_STOP},
    "investigating": {**_REPORTS, **_STOP},
    "reported": {"further": "reported", "final": "final", **_STOP},
    "final": {"accept": "accepted", "incomplete": "investigating"},
    "accepted": {"close": "closed", "incomplete": "investigating"},
    "closed": {"file": "filed"},
    "returning": {"grant-return": "returned", "refuse-return": "delivered"},
}

# What may still be rewritten; from issue on a correction is a new revision, both kept.
EDITABLE = frozenset({"drafted", "pending", "checked"})
# The unit owes us something.
OPEN = frozenset({"issued", "delivered", "signed", "investigating", "reported", "returning"})
# The part of an assisting unit whose return (退单) was granted: it owes nothing and gets nothing more.
RELEASED = "released"
# Nothing goes out any more.
STOPPED = frozenset({"returned", "withdrawn", "merged"})
# The unit has done its part, or need not any more.
DONE = frozenset({"accepted", "closed", "filed", *STOPPED})
SIGN_MODES: dict[str, str] = {
    "console": "本人在线签发",
    "paper": "纸质签批（附扫描件）",
    "telephone": "电话签批，事后补签",
}
NEEDS_WHY = frozenset({"send-back", "incomplete", "return", "refuse-return", "withdraw", "merge"})


MACHINE = Machine("文书", STATES, EVENTS, MOVES)


def series_for(level: int) -> Series:
    """Level Ⅳ takes a 转办单, Ⅰ–Ⅲ a 预警通知书."""
    return "transfer" if level == 4 else "warning"


def urgency_for(level: int) -> str:
    """紧急程度 of DOMAIN.md §3.2 A, by level."""
    return {1: "特急", 2: "特急", 3: "加急"}.get(level, "平件")


def serial_text(words: str, year: int, serial: int) -> str:
    """编号 as it is printed: 新舆警〔2026〕1号 (GB/T 9704 §7.2.5: no 第, no leading zeros)."""
    return f"{words}〔{year}〕{serial}号"

"""The life of an incident (舆情事件): one table, and what each move needs. Its states live here alone.

发现 → 研判 → (非本辖区 | 无需预警 | 转观察) / 预警 → 处置 → 回应 → 办结 → 归档, reopened when it flares up.
"""

from __future__ import annotations

from monitor.domain.machine import Machine

STATES: dict[str, str] = {
    "found": "发现",
    "judging": "研判",
    "elsewhere": "非本辖区",
    "dismissed": "无需预警",
    "watched": "转观察",
    "warned": "预警",
    "handling": "处置",
    "answered": "回应",
    "closed": "办结",
    "filed": "归档",
    "merged": "已并入",
}

EVENTS: dict[str, str] = {
    "acknowledge": "确认收到",
    "elsewhere": "判为非本辖区",
    "dismiss": "判为无需预警",
    "watch": "转观察",
    "confirm": "确认等级",
    "handle": "转入处置",
    "answer": "已公开回应",
    "close": "办结",
    "file": "归档",
    "reopen": "重新打开",
    "merge": "并入其他事件",
}

# Resting states: nobody is chased for them.
AT_REST = frozenset({"elsewhere", "dismissed", "watched", "closed", "filed", "merged"})

# Of these, what may come back by itself.
WAKES = frozenset({"dismissed", "watched", "closed", "filed"})

_OUT = {"elsewhere": "elsewhere", "dismiss": "dismissed", "watch": "watched", "merge": "merged"}

MOVES: dict[str, dict[str, str]] = {
    "found": {"acknowledge": "judging", "confirm": "warned", **_OUT},
    "judging": {"confirm": "warned", **_OUT},
    "watched": {"confirm": "warned", "reopen": "judging", "close": "closed", **_OUT},
    "elsewhere": {"reopen": "judging"},
    "dismissed": {"reopen": "judging"},
    "warned": {"confirm": "warned", "handle": "handling", "answer": "answered", "close": "closed", **_OUT},
    "handling": {"confirm": "handling", "answer": "answered", "close": "closed", "merge": "merged"},
    "answered": {"confirm": "answered", "handle": "handling", "close": "closed", "merge": "merged"},
    "closed": {"file": "filed", "reopen": "judging"},
    "filed": {"reopen": "judging"},
    "merged": {"reopen": "judging"},
}

# A person must say why; acknowledging and rules' own moves need not.
NEEDS_WHY = frozenset({"elsewhere", "dismiss", "watch", "close", "reopen", "merge"})

CATEGORIES: dict[str, str] = {
    "A": "建设性意见建议",
    "B": "反映实际困难",
    "C": "反映重大问题",
    "D": "不了解情况、模糊认识",
    "E": "错误看法",
    "F": "虚假、不实信息",
    "G": "突发事件",
}

CATEGORY_DUTIES: dict[str, str] = {
    "A": "吸收采纳情况对外公开",
    "B": "研究解决情况对外公布",
    "C": "调查处置情况及时发布",
    "D": "主动发布权威信息，解疑释惑、澄清事实",
    "E": "及时发布信息引导和纠正",
    "F": "发布准确信息澄清，必要时将线索移交有关部门",
    "G": "按1小时首发、5小时权威信息、24小时新闻发布会办理",
}


MACHINE = Machine("舆情事件", STATES, EVENTS, MOVES)


def flares_up(state: str, documents_then: int, documents_now: int, least: int = 10) -> bool:
    """Whether a resting incident has at least doubled since, so that it should be looked at again.

    What a person judged to be elsewhere or merged away does not come back by itself.
    """
    grown = documents_now >= max(least, 2 * documents_then)
    return grown and state in WAKES

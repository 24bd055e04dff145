"""What the entries of the audit are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.console import words
from monitor.console.unit_forms import ACTS
from monitor.domain import bulletin, incident, meeting, notice, task

ACTIONS: Mapping[str, str] = {
    "login": "登录",
    "logout": "退出",
    "password-changed": "修改口令",
    "password-reset": "重置口令",
    "account-opened": "开立账户",
    "account-closed": "停用账户",
    "account-reopened": "启用账户",
    "roles-changed": "调整岗位",
    "second-factor-on": "启用动态口令",
    "second-factor-off": "停用动态口令",
    "apply": "启用配置",
    "audit-exported": "导出审计",
    "file-opened": "调阅文件",
    "handover-taken": "确认接班",
    "lead-entered": "登记线索",
    "lead-called-back": "查看回访电话",
    "pasted": "录入转来内容",
    "pages-pushed": "平台推送信息",
    "leads-pushed": "平台推送线索",
    "push-refused": "拒绝推送",
    "deadline-paused": "暂停时限",
    "deadline-resumed": "恢复时限",
    "deadline-extended": "延长时限",
    "silence-set": "设置静默",
    "silence-lifted": "解除静默",
    "incident-draft": "起草文书",
    "incident-event-time": "核定发生时间",
    "incident-acknowledge": "确认收到",
    "incident-pass-on": "转下一人",
    "incident-confirm": "确认等级",
    "incident-answered": "登记公开回应",
    "incident-categorise": "确定研判类别",
    "incident-remark": "备注",
    "incident-told": "记录告知",
    "incident-merge": "归并事件",
    "incident-split": "拆分事件",
    "incident-apart": "认定不是同一事件",
}


# What is done with a paper: its noun, and the events of it that its own table does not name.
PAPERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "notice": (
        "文书",
        {
            **notice.EVENTS,
            **ACTS,
            "edit": "修改送审稿",
            "enter": "代登记",
            "countersign": "补签",
            "correct": "更正",
            "circular": "签发通报",
            "escalate": "升级为督办",
            "return-decided": "批复退单",
            "extension-decided": "批复延期",
            "draft-answer-decided": "审核拟回应稿",
        },
    ),
    "bulletin": (
        "舆情信息",
        bulletin.EVENTS
        | {
            "drafted": "起草",
            "edit": "修改送审稿",
            "item": "编写观点、研判和建议",
            "propose": "请模型拟摘要",
            "instruct": "登记批示",
            "instructed": "批示",
        },
    ),
    "meeting": ("联席会议", meeting.EVENTS | {"planned": "筹备"}),
    "task": ("督办事项", task.EVENTS),
    "paper": ("文书", {"hand": "登记送达"}),
    "first-report": ("突发事件信息", {"draft": "起草", "edit": "修改", "sign": "签发"}),
}


def called(action: str) -> str:
    """The Chinese name; the stored word where there is none."""
    bare = action.removeprefix("incident-")
    known = ACTIONS.get(action) or words.HAPPENED.get(action) or incident.EVENTS.get(bare)
    return known or _with_paper(action) or action


def _with_paper(action: str) -> str:
    """文书：签发; empty for what is done with no paper."""
    told = (
        f"{name}：{events[event]}"
        for noun, (name, events) in PAPERS.items()
        if action.startswith(f"{noun}-") and (event := action.removeprefix(f"{noun}-")) in events
    )
    return next(told, "")

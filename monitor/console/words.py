"""The Chinese names of what the store keeps in short English words, said alike on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.domain import bulletin, incident, notice


@dataclass(frozen=True, slots=True)
class LevelWords:
    """How a level is named: numeral, grade, colour word and CSS class."""

    numeral: str
    grade: str
    colour: str
    css: str


LEVELS: Mapping[int, LevelWords] = {
    1: LevelWords("Ⅰ级", "特别重大", "红", "l1"),
    2: LevelWords("Ⅱ级", "重大", "橙", "l2"),
    3: LevelWords("Ⅲ级", "较大", "黄", "l3"),
    4: LevelWords("Ⅳ级", "一般", "蓝", "l4"),
}

CHANNELS: Mapping[str, str] = {
    "mail": "邮件",
    "email": "邮件",
    "smtp": "邮件",
    "wecom": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "sms": "短信",
    "voice": "语音电话",
    "call": "电话",
    "face": "当面",
    "phone": "电话",
    "telephone": "电话",
    "webhook": "接口推送",
    "link": "链接",
    "fax": "传真",
    "paper": "纸质",
    "console": "工作台",
}

DELIVERY_STATES: Mapping[str, str] = {
    "queued": "待发",
    "sent": "已送出",
    "to-call": "待拨打",
    "failed": "未送达",
    "dropped": "已取消",
    "bundled": "已合并发送",
}

PARTS: Mapping[str, str] = {
    "lead": "牵头",
    "assist": "配合",
    "street": "属地",
    "copy": "抄送",
    "released": "已退出",
    "transfer": "移交",
}

STEPS: Mapping[int, str] = {0: "", 1: "已提前提醒", 2: "已催办", 3: "已督办", 4: "已通报"}

IN_PLACE: Mapping[str, str] = {"yes": "本辖区", "no": "非本辖区", "unsure": "属地待核"}

MOODS: Mapping[str, str] = {"negative": "负面", "neutral": "中性", "positive": "正面"}

VISITS: Mapping[str, str] = {
    "ok": "正常",
    "new": "有新增",
    "unchanged": "无变化",
    "failed": "失败",
    "blocked": "受阻",
}

ROLES: Mapping[str, str] = {
    "duty": "值班员",
    "chief": "值班长",
    "signer": "签发人",
    "leader": "领导",
    "restricted": "涉纪举报阅办",
    "admin": "系统管理员",
    "auditor": "审计员",
}


# Lines of an incident's timeline that are no move of its state.
HAPPENED: Mapping[str, str] = {
    "found": "发现",
    "level-raised": "系统建议升级",
    "categorised": "确定研判类别",
    "event-time": "核定发生时间",
    "remark": "备注",
    "told": "已告知",
    "passed-on": "转下一人",
    "leaders-told": "报告分管领导",
    "no-leader": "未能报告分管领导",
    "instruction": "领导批示",
    "merged-in": "其他事件并入",
    "alike": "疑似同一事件",
    "kept-apart": "认定不是同一事件",
    "split": "拆出部分信息",
    "split-off": "由其他事件拆出",
    "silenced": "设置静默",
    "watch-started": "启动专题监测",
    "watch-ended": "结束专题监测",
    "notice-drafted": "起草通知书",
    "bulletin-drafted": "起草《互联网舆情信息》",
    "draft-failed": "未能起草文书",
    "chased": "超时催办",
    "deadline-started": "开始计时",
    "deadline-met": "按时限完成",
    "deadline-moved": "时限重算",
    "deadline-paused": "时限暂停",
    "deadline-resumed": "时限恢复",
    "deadline-extended": "时限延长",
    "deadlines-cancelled": "停止计时",
    "deadline-reopened": "重新计时",
    "notice-issued": "签发文书",
    "handed-over": "线索移交",
    "first-report": "签发突发事件信息",
    "first-report-drafted": "起草突发事件信息",
    "first-report-edited": "修改突发事件信息",
    "unit-reported": "责任单位反馈",
}


def happened(event: str) -> str:
    """What a line of an incident's timeline is called."""
    return HAPPENED.get(event) or incident.EVENTS.get(event, event)


# Lines of a notice's timeline that are no move of its state.
NOTICE_HAPPENED: Mapping[str, str] = {
    "draft": "起草",
    "edit": "修改送审稿",
    "correct": "更正",
    "countersign": "补签",
    "part-signed": "配合单位签收",
    "part-return": "配合单位申请退单",
    "part-released": "同意配合单位退单",
    "part-return-refused": "驳回配合单位退单",
    "no-contact": "无可用联系方式",
    "ask-extension": "申请延期",
    "extension-refused": "不同意延期",
    "draft-answer": "报送拟回应稿",
    "draft-approved": "拟回应稿审核同意",
    "draft-refused": "拟回应稿退回修改",
    "published": "已公开回应",
    "circular": "签发通报",
    "deadline-reopened": "重新计时",
}


def notice_event(event: str) -> str:
    """What a line of a notice's timeline is called."""
    return NOTICE_HAPPENED.get(event) or notice.EVENTS.get(event) or HAPPENED.get(event, event)


PAPER_HAPPENED: Mapping[str, str] = {"signed": "签发", "sent": "发出", "handed": "登记送达"}

BULLETIN_HAPPENED: Mapping[str, str] = {
    "draft": "起草",
    "edit": "修改送审稿",
    "delivered": "送阅",
    "instruction": "领导批示",
}


def bulletin_event(event: str) -> str:
    """What a line of a bulletin's timeline is called."""
    return BULLETIN_HAPPENED.get(event) or bulletin.EVENTS.get(event, event)


def level(value: int | None) -> LevelWords:
    """The words of a level; an unknown one is said to be so rather than hidden."""
    return LEVELS.get(value or 0, LevelWords("未定级", "", "", "l0"))


def named(names: Mapping[str, str], key: object) -> str:
    """The Chinese name, or the stored word itself when it is not known here."""
    return names.get(str(key), str(key))

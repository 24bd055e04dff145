"""Facts of an invented town, 青石区, that the tests of papers share."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

OFFICE = "青石区人民政府办公室"

SPREAD: dict[str, Any] = {
    "as_of": "2026-09-01T10:00:00+08:00",
    "documents": 46,
    "platforms": 3,
    "views": 12800,
    "comments": 318,
    "reposts": 96,
    "growth": 0.35,
    "trend": "上升",
    "media": ["青石新闻网", "滨江晚报"],
    "method": "公开网页，去重后计数",
}

NOTICE: dict[str, Any] = {
    "series": "预警通知书",
    "serial": "青舆警〔2026〕7号",
    "level": 3,
    "urgency": "加急",
    "office": OFFICE,
    "signer": "周明远",
    "signer_post": "区政府办公室副主任",
    "drafted_at": "2026-09-01T09:40:00+08:00",
    "issued_at": "2026-09-01T10:12:00+08:00",
    "copies": 6,
    "copy_no": "000007",
    "lead": {"name": "区城市管理综合行政执法局"},
    "assist": [{"name": "区应急管理局"}, {"name": "青石区消防救援大队", "vertical": True}],
    "street": {"name": "柳荫街道办事处"},
    "cc": ["区委办公室", "区委宣传部（网信办）", "区政府督查室"],
    "matter": {
        "incident": "2026-0113",
        "title": "柳荫农贸市场燃气管道泄漏，商户称两次报修无人到场",
        "topic": "安全生产与消防",
        "place": "柳荫街道柳荫农贸市场",
        "origin": "区长公开电话",
        "claim": "反映",
        "brief": "柳荫农贸市场北门一处燃气管道有明显异味，附近十余家商户关门避让，"
        "商户称8月30日、31日两次向燃气公司报修均无人到场，担心早市人多引发事故",
        "demands": "立即检修管道，公布检测结果，说明两次报修无人处理的原因",
        "noted_at": "2026-09-01T08:31:00+08:00",
        "first": {
            "platform": "青石论坛",
            "posted_at": "2026-09-01T08:12:00+08:00",
            "author": "卖豆腐的老王",
            "links": [
                "http://forum.qingshi.example/thread/20931",
                "http://news.qingshi.example/2026/0901/1.html",
            ],
        },
        "evidence": [{"name": "网页快照.png", "sha256": "9f" * 32}],
    },
    "spread": SPREAD,
    "assessment": {
        "category": "G",
        "doubts": ["是否确有两次报修记录", "泄漏点和浓度尚无检测结论"],
        "risks": ["早市人流密集，存在安全隐患", "“报修无人管”的说法正在扩散"],
        "reach": "柳荫街道及周边三个社区",
        "points": ["先说已采取的安全措施", "公布检测数据和停气范围", "说明报修核查的完成时间"],
        "judged_by": "李静",
        "consulted": ["区委网信办", "区应急管理局"],
    },
    "orders": {
        "checks": [
            "泄漏点位置、浓度和停气范围",
            "8月30日以来的报修记录和出勤记录",
            "周边住户和商户疏散、安置情况",
        ],
        "sign_by": {"at": "2026-09-01T11:12:00+08:00", "rule": "S-3（黄色1小时签收）"},
        "first_report_by": {"at": "2026-09-01T15:12:00+08:00", "rule": "R-3（签收后4小时）"},
        "answer_by": {"at": "2026-09-03T08:31:00+08:00", "rule": "国办发〔2016〕61号（48小时）"},
        "final_report_by": {"at": "2026-09-03T10:12:00+08:00", "rule": "F-3（下发后48小时）"},
        "further": "每日8时、17时前各一次",
        "contact": {
            "name": "李静",
            "phone": "0300-5550101",
            "fax": "0300-5550102",
            "mail": "zbs@qingshi.example",
        },
    },
}


def notice(**changes: Any) -> dict[str, Any]:
    """The notice of the gas leak, with some fields changed."""
    return deepcopy(NOTICE) | changes


def hours(*counts: int) -> list[dict[str, Any]]:
    """Counts of successive hours from 8 o'clock of 1 September."""
    return [
        {"at": f"2026-09-{1 + (8 + i) // 24:02d}T{(8 + i) % 24:02d}:00:00+08:00", "count": n}
        for i, n in enumerate(counts)
    ]


SOURCES: list[dict[str, Any]] = [
    {
        "id": "D20931",
        "kind": "信息",
        "media": "青石论坛",
        "title": "柳荫农贸市场北门煤气味很重，报修两次没人来",
        "at": "2026-09-01T08:12:00+08:00",
        "url": "http://forum.qingshi.example/thread/20931",
    },
    {
        "id": "D20940",
        "kind": "信息",
        "media": "青石新闻网",
        "title": "柳荫农贸市场疑似燃气泄漏，早市暂停",
        "at": "2026-09-01T09:05:00+08:00",
        "url": "http://news.qingshi.example/2026/0901/1.html",
    },
    {"id": "L0047", "kind": "线索", "media": "区长公开电话", "at": "2026-09-01T08:31:00+08:00"},
    {"id": "S1130", "kind": "传播快照", "at": "2026-09-01T10:00:00+08:00"},
    {"id": "S1188", "kind": "传播快照", "at": "2026-09-02T09:00:00+08:00"},
    {"id": "N7", "kind": "通知书", "title": "青舆警〔2026〕7号", "at": "2026-09-01T10:12:00+08:00"},
    {
        "id": "A3",
        "kind": "公开回应",
        "media": "青石发布",
        "title": "关于柳荫农贸市场燃气管道检修情况的通报",
        "at": "2026-09-01T16:30:00+08:00",
        "url": "http://www.qingshi.example/tz/0901.html",
    },
    {"id": "I12", "kind": "批示", "title": "第12期批示", "at": "2026-08-28T11:00:00+08:00"},
    {"id": "T901", "kind": "统计", "title": "信息和事件统计", "at": "2026-09-02T08:00:00+08:00"},
]

INCIDENT: dict[str, Any] = {
    "id": "2026-0113",
    "title": "网民反映柳荫农贸市场燃气管道泄漏、报修无人到场",
    "level": 3,
    "topic": "安全生产与消防",
    "place": "柳荫街道",
    "opening": {
        "at": "2026-09-01T08:12:00+08:00",
        "text": "柳荫农贸市场北门一处燃气管道有明显异味，附近十余家商户关门避让，两次报修均无人到场",
        "platform": "青石论坛",
        "author": "a91f",
        "sources": ["D20931", "L0047"],
    },
    "timeline": [
        {
            "at": "2026-09-01T09:05:00+08:00",
            "text": "该市场早市暂停营业，燃气公司抢修人员已到现场",
            "claim": "称",
            "platform": "",
            "author": "青石新闻网",
            "author_kind": "media",
            "sources": ["D20940"],
        },
        {
            "at": "2026-09-01T08:31:00+08:00",
            "text": "区长公开电话接到市场商户来电，内容与网帖一致，已登记并启动专题监测。",
            "claim": None,
            "sources": ["L0047"],
        },
    ],
    "spread": SPREAD | {"sources": ["S1130"]},
    "hours": hours(3, 9, 14, 20, 31, 28, 22, 19, 17, 12, 8, 6, 5, 3, 2, 1, 0, 0, 0, 1, 1, 2, 1, 1),
    "media": [
        {"name": "青石论坛", "count": 21},
        {"name": "本地微博话题", "count": 14},
        {"name": "青石新闻网", "count": 6},
        {"name": "滨江晚报", "count": 3},
        {"name": "便民留言板", "count": 2},
    ],
    "views": [
        {"side": "官方", "label": "已关阀检修，无人员受伤", "posts": 2, "sources": ["A3"]},
        {
            "side": "媒体",
            "label": "关注老旧市场燃气管道检查周期",
            "posts": 9,
            "quote": "老旧市场的管道多久查一次，应当有个公开的说法",
            "author": "滨江晚报",
            "author_kind": "media",
            "sources": ["D20940"],
        },
        {
            "side": "网民",
            "label": "质疑燃气公司接到报修不到场",
            "posts": 19,
            "quote": "打了两次电话都说登记了，就是不来人",
            "author": "b77c",
            "sources": ["D20931"],
        },
        {"side": "网民", "label": "希望尽快恢复早市", "posts": 11, "sources": ["D20931"]},
        {"side": "网民", "label": "肯定当天关阀检修", "posts": 5, "sources": ["D20931"]},
    ],
    "risks": [
        {
            "kind": "事实风险",
            "text": "若两次报修记录属实，燃气企业应急响应存在漏洞",
            "confidence": "中",
            "gaps": "报修录音尚未调取",
            "by": "李静",
            "sources": ["L0047"],
        },
        {
            "kind": "扩散风险",
            "text": "外地媒体可能跟进老旧市场燃气安全话题",
            "confidence": "低",
            "by": "李静",
        },
    ],
    "handling": [
        {
            "serial": "青舆警〔2026〕7号",
            "unit": "区城市管理综合行政执法局",
            "state": "已初报",
            "issued_at": "2026-09-01T10:12:00+08:00",
            "signed_at": "2026-09-01T10:40:00+08:00",
            "reported_at": "2026-09-01T14:50:00+08:00",
            "due_at": "2026-09-03T10:12:00+08:00",
            "finding": "部分属实",
            "text": "泄漏点已封堵，复测合格；一次报修有登记未派单，另一次未查到记录",
            "sources": ["N7"],
        }
    ],
    "answers": [
        {
            "unit": "区城市管理综合行政执法局",
            "at": "2026-09-01T16:30:00+08:00",
            "channel": "“青石发布”政务新媒体",
            "gist": "通报检修和检测结果，说明报修核查情况，公布24小时抢修电话",
            "before": SPREAD | {"sources": ["S1130"], "media": [], "method": ""},
            "after": {"as_of": "2026-09-02T09:00:00+08:00", "documents": 58, "sources": ["S1188"]},
            "sources": ["A3"],
        }
    ],
    "asks": ["是否由区政府牵头，对全区农贸市场燃气管道开展一次专项检查"],
    "suggestions": [
        {
            "unit": "区城市管理综合行政执法局",
            "action": "核清报修派单环节责任并公布结果",
            "due": "9月5日前",
            "by": "李静",
        },
        {
            "unit": "区市场监督管理局",
            "action": "会同属地街道排查农贸市场用气安全",
            "due": "9月15日前",
            "by": "李静",
        },
    ],
}

BULLETIN: dict[str, Any] = {
    "series": "专报",
    "office": OFFICE,
    "year": 2026,
    "issue": 13,
    "total": 157,
    "made_at": "2026-09-02T09:30:00+08:00",
    "as_of": "2026-09-02T09:00:00+08:00",
    "judgement": "隐患已排除、回应较为及时，后续焦点在“报修为何无人到场”，应当尽快公布核查结论",
    "judged_by": "李静",
    "incidents": [INCIDENT],
    "instructions": [
        {
            "leader": "陈志国",
            "post": "副区长",
            "at": "2026-08-28T11:00:00+08:00",
            "text": "请住建局查清情况报我",
            "on": "第12期",
            "unit": "区住房和城乡建设局",
            "due_at": "2026-09-04T18:00:00+08:00",
            "state": "办理中",
            "result": "已约谈开发企业，退费方案正在审核",
            "sources": ["I12"],
        }
    ],
    "sources": SOURCES,
    "report_to": ["区委书记", "区长"],
    "send_to": ["分管副区长", "区委宣传部"],
    "issue_to": ["区城市管理综合行政执法局", "区市场监督管理局"],
    "editor": "李静",
    "reviewer": "周明远",
    "signer": "赵立新",
    "copies": 12,
}


def bulletin(**changes: Any) -> dict[str, Any]:
    """The special issue about the gas leak, with some fields changed."""
    return deepcopy(BULLETIN) | changes

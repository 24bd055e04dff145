"""A bad night at the desk: a gas leak nobody has acknowledged, wages, water, school meals. All invented."""

from __future__ import annotations

from datetime import timedelta

from monitor.store import schema
from tests.fakes.console import Night, quiet_station

GAS = (
    "东关农贸市场东门内一处商铺发生燃气泄漏，市场内气味很重，商户正在往外走。有网友称听到一声闷响，"
    "目前未见明火，消防车已到场，东关街道工作人员在门口劝离群众。有人说有两人被送医，情况待核实。"
)


def fill(night: Night) -> Night:
    """Every kind of row a page shows; `night.made` names the ones tests ask for."""
    gas = night.incident(
        "东关农贸市场燃气泄漏 商户疏散",
        2,
        23,
        documents=46,
        media=7,
        heat=88.0,
        place="东关街道 东关农贸市场",
        topic="1",
        topic_name="安全生产与消防",
        keywords=["燃气泄漏", "东关农贸市场", "疏散", "闷响"],
        units=[
            {"id": "yj", "name": "区应急管理局", "role": "lead"},
            {"id": "xf", "name": "区消防救援大队", "role": "assist", "vertical": True},
            {"id": "dg", "name": "东关街道办事处", "role": "street"},
        ],
        level_why=[
            "安全生产与消防：命中“燃气泄漏”“闷响”“送医”，性质触发Ⅲ级（有人员受伤的反映）",
            "涉及7家媒体平台，达到2家，传播指标Ⅲ级",
            "近3小时信息量为此前的4.2倍，达到3倍，传播指标Ⅱ级",
        ],
        updated_at=night.ago(1),
    )
    night.made["gas"] = gas
    media = [
        "青石论坛",
        "青石论坛",
        "微博",
        "云州新闻网",
        "抖音",
        "小红书",
        "青石论坛",
        "微博",
        "区长公开电话",
        "今日头条",
    ]
    for number in range(46):
        night.document(
            gas,
            f"东关农贸市场这会儿燃气泄漏了（{number + 1}楼）"
            if number % 3
            else "东关农贸市场燃气泄漏，商户疏散",
            GAS,
            27 - number * 0.58,
            ("燃气泄漏", "闷响", "送医"),
            media[number % len(media)],
            author_alias=f"网民{'甲乙丙丁戊己庚辛'[number % 8]}",
        )
    night.alert(gas, 2, 22)
    night.deadline("incident", gas, "phone-report", 22, 7)
    night.deadline("incident", gas, "first-word", 27, 33, start_certain=False)
    night.history(gas, "found", 23, why="“东关农贸市场燃气泄漏”等3条信息归为一个事件")
    night.history(gas, "level-raised", 14, why="近3小时信息量为此前的4.2倍，建议由Ⅲ级升为Ⅱ级")
    night.put(
        "spread",
        incident_id=gas,
        at=night.ago(1),
        documents=46,
        media=7,
        views=128000,
        comments=1320,
        reposts=860,
        heat=88.0,
    )
    wages = night.incident(
        "柳林工业园一工地农民工反映被拖欠工资",
        3,
        190,
        documents=12,
        media=3,
        place="柳林街道 柳林工业园",
        topic="12",
        topic_name="劳动欠薪",
        updated_at=night.ago(35),
    )
    night.alert(wages, 3, 188, next_in=21)
    night.made["wages"] = wages
    water = night.incident(
        "网传钟楼街道下周停水一周",
        4,
        600,
        state="handling",
        level_confirmed=4,
        confirmed_at=night.ago(560),
        documents=31,
        media=5,
        place="钟楼街道",
        topic="20",
        topic_name="政策误读与谣言",
        category="F",
        owner="lin",
        updated_at=night.ago(52),
        responded_at=night.ago(300),
    )
    night.made["water"] = water
    for number in range(31):
        night.document(
            water,
            "下周钟楼街道要停水一周？真的假的",
            "听说自来水公司检修，停一周，大家囤水。",
            610 - number * 18,
            ("停水",),
            media[number % 6],
            "政策误读与谣言",
        )
    night.document(
        water,
        "关于网传停水一周的说明",
        "清源水务：网传停水一周不实，仅11月24日0时至5时检修。",
        300,
        ("停水",),
        "青石区人民政府",
        "政策误读与谣言",
        official=True,
    )
    night.deadline("incident", water, "answer", 600, 2280, met_at=night.ago(300))
    for event, minutes, who, before, after, why in (
        ("found", 600, "rules", None, None, "网传停水信息11条归为一个事件"),
        ("acknowledge", 590, "lin", "found", "judging", ""),
        ("confirm", 560, "zhou", "judging", "warned", "确认为Ⅳ级（一般）"),
        ("categorised", 555, "lin", None, None, "F类：虚假、不实信息"),
        ("handle", 520, "zhou", "warned", "handling", "转清源水务核实"),
        ("remark", 310, "lin", None, None, "清源水务来电：今天中午发布说明。"),
    ):
        night.history(water, event, minutes, who, before=before, after=after, why=why)
    school = night.incident(
        "青石实验小学家长反映食堂饭菜有异物",
        3,
        900,
        state="warned",
        level_confirmed=3,
        confirmed_at=night.ago(860),
        documents=18,
        media=4,
        place="钟楼街道 青石实验小学",
        topic="8",
        topic_name="教育",
        category="C",
        owner="lin",
        updated_at=night.ago(80),
    )
    night.made["school"] = school
    night.deadline("incident", school, "answer", 900, 1980)
    drafted = night.put(
        "notice",
        incident_id=school,
        series="warning",
        state="checked",
        level=3,
        urgency="加急",
        title="关于青石实验小学食堂饭菜有异物有关舆情的预警通知书",
        facts={},
        drafted_at=night.ago(75),
        drafted_by="lin",
    )
    issued = night.put(
        "notice",
        incident_id=water,
        series="transfer",
        number="青舆转〔2026〕17号",
        year=2026,
        serial=17,
        state="delivered",
        level=4,
        urgency="平件",
        title="关于网传停水一周有关舆情的转办单",
        facts={},
        drafted_at=night.ago(530),
        drafted_by="lin",
        issued_at=night.ago(500),
    )
    night.made |= {"drafted": drafted, "issued": issued}
    night.deadline("notice", issued, "sign", 500, -260, unit="清源水务", step=2)
    night.put(
        "bulletin",
        kind="daily",
        state="drafted",
        title="互联网舆情信息（日报）2026年11月22日",
        year=2026,
        period_from=night.ago(1600),
        period_to=night.ago(160),
        facts={},
        drafted_at=night.ago(30),
        drafted_by="system",
    )
    night.incident(
        "安陵市青石区江岸一厂房起火", 3, 400, state="elsewhere", documents=9, media=4, place="安陵市青石区"
    )
    night.incident(
        "鼓楼广场灯会咨询", 4, 1500, state="closed", level_confirmed=4, documents=4, closed_at=night.ago(700)
    )
    night.made["restricted"] = night.incident(
        "举报某科室负责人收受礼金",
        4,
        300,
        restricted=True,
        topic="19",
        topic_name="干部作风与信访",
        documents=1,
    )
    night.document(
        night.made["restricted"],
        "举报某科室负责人收受礼金",
        "内容涉及举报。",
        300,
        ("收受礼金",),
        topic="干部作风与信访",
    )
    _machine(night)
    return night


def _machine(night: Night) -> None:
    """Sources, visits, roles, a fault, messages."""
    station = quiet_station()
    with night.store.write() as conn:
        for number, source in enumerate(station.sources):
            bad = number == 2
            conn.execute(
                schema.source_state.insert().values(
                    source=source.id,
                    next_at=night.ago(-1),
                    last_success_at=night.ago(95 if bad else 1 + number),
                    last_new_at=night.ago(100 if bad else 3 + number * 4),
                    failures=6 if bad else 0,
                    reason="连接超时（30秒）" if bad else None,
                    blocked=False,
                )
            )
            rows = [
                {
                    "source": source.id,
                    "at": night.ago(minutes),
                    "status": "failed" if bad and minutes < 90 else "ok",
                    "new_pages": (minutes * 7 + number) % 5 if minutes % 60 == 0 else 0,
                    "requests": 2,
                    "bytes": 20480,
                    "seconds": 0.4,
                    "reason": "连接超时（30秒）" if bad and minutes < 90 else None,
                }
                for minutes in range(1, 24 * 60 - number * 90, 15)
            ]
            conn.execute(schema.visit.insert(), rows)
        for name, beat in (("crawl", 4), ("work", 2), ("console", 1)):
            conn.execute(
                schema.role.insert().values(
                    name=name,
                    host="duty-1",
                    pid=4000 + beat,
                    state="running",
                    started_at=night.ago(400),
                    seen_at=night.now - timedelta(seconds=beat),
                    restarts=1 if name == "crawl" else 0,
                )
            )
    night.put(
        "fault", kind="source", subject="鼓楼论坛", text="连续6次采集失败：连接超时", opened_at=night.ago(90)
    )
    for number, (person, state, reason) in enumerate(
        (("林值班", "sent", None), ("何副班", "sent", None), ("周主任", "failed", "550 邮箱不存在"))
    ):
        night.put(
            "delivery",
            key=f"alert-1:{number}:email:1",
            message_id=f"<{number}@test>",
            noun="incident",
            subject_id=night.made["gas"],
            recipient=f"p{number}@qingshi.localhost",
            person=person,
            channel="email",
            urgency=2,
            message={"subject": "x"},
            state=state,
            created_at=night.ago(21 - number),
            sent_at=night.ago(21 - number) if state == "sent" else None,
            reason=reason,
        )

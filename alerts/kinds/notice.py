"""《互联网舆情预警通知书》 and its sisters 转办单 and 督办单 (DOMAIN.md §3): one lead unit is ordered to answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from alerts.facts import (
    Claim,
    Contact,
    Count,
    Due,
    Evidence,
    Fact,
    FirstPost,
    Level,
    Line,
    Moment,
    Name,
    Origin,
    Prose,
    Spread,
    Unit,
    Urgency,
)
from alerts.kinds.receipt import receipt
from alerts.legible import cut
from alerts.sheet import Blank, Block, Colophon, Heading, Para, Run, Sheet, Signoff, fields, listing, para
from alerts.wording import (
    COLOURS,
    LEVELS,
    clock,
    counts,
    day,
    day_of,
    first_words,
    listed,
    movement,
    numeral,
    sentence,
    span,
)

Series = Literal["转办单", "预警通知书", "督办单"]
Category = Literal["A", "B", "C", "D", "E", "F", "G"]
TITLES: dict[str, str] = {
    "转办单": "互联网舆情转办单",
    "预警通知书": "互联网舆情预警通知书",
    "督办单": "互联网舆情督办单",
}
CATEGORIES: dict[str, str] = {
    "A": "建设性意见建议，吸收采纳情况应当对外公开",
    "B": "反映实际困难，研究解决情况应当对外公布",
    "C": "反映重大问题，调查处置情况应当及时发布",
    "D": "不了解情况、模糊认识，应当主动发布权威信息，解疑释惑、澄清事实",
    "E": "错误看法，应当及时发布信息予以引导和纠正",
    "F": "虚假或不实信息，应当发布准确信息予以澄清，必要时依法移交线索",
    "G": "突发事件类，按突发事件信息发布时限办理",
}
NO_DELETING = (
    "办理中应当尊重公众批评监督权利，不得要求网民删帖，不得要求平台删除、屏蔽正当反映，"
    "不得打击报复反映人，依法保护反映人个人信息。"
)


class Matter(Fact):
    """C 舆情事项. `brief` is what is said, never stated as fact; about 200 characters."""

    incident: Line = Field("", description="关联事件号")
    title: Name
    topic: Line = ""
    place: Line = ""
    origin: Origin = "网络监测"
    claim: Claim = "反映"
    brief: Prose = Field(min_length=1)
    demands: Prose = ""
    noted_at: Moment = Field(description="系统发现或接到线索的时间")
    first: FirstPost | None = None
    public: Literal[True] = Field(True, description="是否为可公开访问页面；不是公开页面的不得入库")
    evidence: tuple[Evidence, ...] = ()


class Assessment(Fact):
    """E 研判意见."""

    category: Category | None = None
    doubts: tuple[Line, ...] = Field((), description="事实存疑点")
    risks: tuple[Line, ...] = ()
    reach: Line = Field("", description="可能影响范围")
    answer_in_public: bool = True
    points: tuple[Line, ...] = Field((), description="建议口径要点")
    judged_by: Line = ""
    consulted: tuple[Line, ...] = ()


class Orders(Fact):
    """F 办理要求."""

    checks: tuple[Line, ...] = Field((), description="调查核实事项清单")
    sign_by: Due
    first_report_by: Due | None = None
    final_report_by: Due
    answer_by: Due | None = None
    further: Line = Field("", description="续报频次，如“每日8时、17时前各一次”")
    channel: Line = Field("区政府门户网站、政务新媒体", description="公开回应渠道")
    contact: Contact = Contact()


class Supervision(Fact):
    """J 督办单附加."""

    times: Annotated[int, Field(ge=1)] = 1
    original: Name = Field(description="原通知书编号")
    due: Moment
    as_of: Moment
    instruction: Prose = Field("", description="批示原文")
    instructed_by: Line = ""
    demand: Prose = ""
    report_to: tuple[Line, ...] = Field((), description="再次超期通报对象")


class Review(Fact):
    """I 审核办结, filled when the answer has been accepted."""

    opinion: Prose
    returned: Count = 0
    reasons: tuple[Line, ...] = ()
    score: Line = ""
    closed_at: Moment | None = None
    archive_no: Line = ""


class Notice(Fact):
    """The order to one lead unit. `serial` and `issued_at` are empty while it is a draft.

    `level` Ⅳ takes a 转办单, Ⅰ–Ⅲ a 预警通知书, a 督办单 any.
    """

    series: Series
    serial: Line = Field("", description="编号，如 新舆警〔2026〕1号；签发时取得")
    revision: Count = Field(0, description="更正次数，0为首次签发")
    level: Level
    urgency: Urgency = "平件"
    office: Name = Field(description="签发单位")
    signer: Line = Field("", description="签发人")
    signer_post: Line = ""
    drafted_at: Moment
    issued_at: Moment | None = None
    copies: Annotated[int, Field(ge=1)] = 2
    copy_no: Line = ""
    custody: Line = "内部资料 注意保存"
    red_head: bool = False
    lead: Unit
    assist: tuple[Unit, ...] = ()
    street: Unit | None = None
    cc: tuple[Name, ...] = ()
    matter: Matter
    spread: Spread | None = None
    assessment: Assessment = Assessment()
    orders: Orders
    supervision: Supervision | None = None
    review: Review | None = None
    link: Line = Field("", description="签收反馈链接；未配置对外地址时为空")
    link_until: Moment | None = None

    @model_validator(mode="after")
    def _series_fits(self) -> Notice:
        if (self.series == "督办单") != (self.supervision is not None):
            raise ValueError("督办单应当填写“supervision”（督办事项），其他文书不得填写")
        if self.series == "转办单" and self.level != 4:
            raise ValueError("转办单用于Ⅳ级（一般）事项，Ⅰ—Ⅲ级应当使用预警通知书")
        if self.series == "预警通知书" and self.level == 4:
            raise ValueError("预警通知书用于Ⅰ—Ⅲ级事项，Ⅳ级应当使用转办单")
        if bool(self.serial) != (self.issued_at is not None) or (self.serial and not self.signer):
            raise ValueError("编号、签发人、签发时间应当同时具备：未签发的文书不得编号")
        return self


Facts = Notice


def compose(notice: Notice) -> Sheet:
    """The letter, its receipt, and the colophon."""
    made = notice.issued_at or notice.drafted_at
    title = TITLES[notice.series]
    return Sheet(
        kind="notice",
        title=title,
        made=day_of(made),
        blocks=(*_letter(notice), *receipt(notice.lead.name, title, notice.serial, notice.assist)),
        masthead=notice.office if notice.red_head else None,
        serial=_serial(notice),
        corner=notice.custody,
        copy_no=notice.copy_no,
        urgency="" if notice.urgency == "平件" else notice.urgency,
        subtitle=f"（{COLOURS[notice.level]}　{LEVELS[notice.level]}）",
        addressee=f"{notice.lead.name}：",
        colophon=_colophon(notice),
        draft=not notice.serial,
    )


def _serial(notice: Notice) -> str:
    if not notice.serial:
        return "（送审稿，签发时编号）"
    return notice.serial + (f"（第{notice.revision}次更正）" if notice.revision else "")


def _letter(notice: Notice) -> tuple[Block, ...]:
    parts = [_supervision(notice), _matter(notice), _spread(notice), _assessment(notice), _orders(notice)]
    blocks: list[Block] = []
    titles = ("督办事项", "舆情事项", "传播情况", "研判意见", "办理要求")
    for title, body in zip(titles, parts, strict=True):
        if body:
            number = numeral(sum(isinstance(block, Heading) for block in blocks) + 1)
            blocks += [Heading(f"{number}、{title}"), *body]
    return (*blocks, *_review(notice), *_close(notice))


def _matter(notice: Notice) -> list[Block]:
    matter = notice.matter
    opening = first_words(matter.origin, matter.noted_at, matter.first, matter.claim, cut(matter.brief, 400))
    links = "\n".join(cut(link, 160) for link in (matter.first.links[:5] if matter.first else ()))
    proof = "\n".join(f"{cut(item.name, 40)}　SHA-256：{item.sha256}" for item in matter.evidence[:8])
    return [
        para(opening + "以上内容尚待核实。"),
        fields(
            [
                ("事件标题", cut(matter.title, 80)),
                ("关联事件", matter.incident),
                ("主题分类", cut(matter.topic, 40)),
                ("涉及地点", cut(matter.place, 60)),
                ("主要诉求", cut(matter.demands, 200)),
                ("原文链接", links),
                ("存证材料", proof),
            ],
            label=5,
        ),
    ]


def _spread(notice: Notice) -> list[Block]:
    spread = notice.spread
    if spread is None:
        return []
    media = f"报道媒体：{cut(listed(spread.media), 120)}。" if spread.media else "暂未发现媒体报道。"
    method = f"（统计口径：{cut(spread.method, 80)}）" if spread.method else ""
    return [para(counts(spread) + movement(spread) + media + method)]


def _assessment(notice: Notice) -> list[Block]:
    facts = notice.assessment
    by = f"（研判人：{facts.judged_by}{'；会商：' + listed(facts.consulted) if facts.consulted else ''}）"
    lines = [
        f"研判类别：{facts.category}类，{CATEGORIES[facts.category]}。" if facts.category else "",
        f"事实存疑点：{cut('；'.join(facts.doubts), 200)}。" if facts.doubts else "",
        f"风险提示：{cut('；'.join(facts.risks), 200)}。" if facts.risks else "",
        f"可能影响范围：{sentence(cut(facts.reach, 80))}" if facts.reach else "",
        f"建议口径要点：{cut('；'.join(facts.points), 200)}。" if facts.points else "",
        by if facts.judged_by else "",
    ]
    return [para(line) for line in lines if line]


def _orders(notice: Notice) -> list[Block]:
    orders = notice.orders
    first = f"于{clock(orders.first_report_by.at)}前报送初步情况，" if orders.first_report_by else ""
    answer = (
        f"经{_reviewer(notice.office)}审核后，于{clock(orders.answer_by.at)}前通过{orders.channel}等渠道第一时间发布权威信息。"
        if notice.assessment.answer_in_public and orders.answer_by
        else f"是否公开回应及回应口径，报{_reviewer(notice.office)}审核后确定。"
    )
    opening = para(
        f"请你单位接此件后，于{clock(orders.sign_by.at)}前签收，立即组织调查核实，依法依规妥善处置，"
        f"{first}于{clock(orders.final_report_by.at)}前书面反馈结果；{answer}"
    )
    return [opening, *_checks(notice), *_partners(notice), _deadlines(notice), *_rules(notice)]


def _reviewer(office: str) -> str:
    return "区政府办" if office.endswith(("区人民政府办公室", "区政府办公室", "区政府办")) else "我办"


def _checks(notice: Notice) -> list[Para]:
    checks = notice.orders.checks
    if not checks:
        return []
    items = [f"{index}.{sentence(cut(text, 120))}" for index, text in enumerate(checks, 1)]
    return [para("重点核实以下事项："), *map(para, items)]


def _partners(notice: Notice) -> list[Para]:
    street = [notice.street] if notice.street else []
    named = [
        f"{listed(unit.name for unit in notice.assist)}配合办理" if notice.assist else "",
        f"{notice.street.name}落实属地责任" if notice.street else "",
    ]
    vertical = [unit.name for unit in (notice.lead, *notice.assist, *street) if unit.vertical]
    lines = [
        f"此件由{notice.lead.name}牵头办理，"
        + "，".join(filter(None, named))
        + "；办理结果由牵头单位统一反馈。"
        if any(named)
        else "",
        f"{listed(vertical)}为垂直管理单位，请商其上级主管部门办理。" if vertical else "",
    ]
    return [para(line) for line in lines if line]


def _deadlines(notice: Notice) -> Block:
    orders = notice.orders
    rows = [
        (name, clock(due.at, year=True) + "前", due.rule or "—")
        for name, due in (
            ("签收", orders.sign_by),
            ("初报", orders.first_report_by),
            ("公开回应", orders.answer_by),
            ("终报", orders.final_report_by),
        )
        if due
    ]
    return listing(("办理环节", "时限", "时限规则"), rows, (7, 12, 9))


def _rules(notice: Notice) -> list[Para]:
    contact = notice.orders.contact
    reach = "，".join(
        f"{name}：{value}"
        for name, value in (
            ("联系人", contact.name),
            ("电话", contact.phone),
            ("传真", contact.fax),
            ("政务邮箱", contact.mail),
        )
        if value
    )
    link = ""
    if notice.link:
        until = f"，{clock(notice.link_until)}前有效" if notice.link_until else ""
        link = f"签收和反馈可通过以下链接办理（限本单位使用{until}）：{cut(notice.link, 300)}"
    lines = [
        f"情况发生变化随时续报；{sentence(orders_further(notice))}"
        if notice.orders.further
        else "情况发生变化随时续报。",
        "职责不符的，应当自签收时限起2小时内书面提出，说明理由并附依据。未按时反馈的，依次予以催办、督办、通报。",
        NO_DELETING,
        link,
        sentence(reach),
    ]
    return [para(line) for line in lines if line]


def orders_further(notice: Notice) -> str:
    """续报要求。"""
    return f"未办结前{notice.orders.further}续报"


def _supervision(notice: Notice) -> list[Block]:
    facts = notice.supervision
    if facts is None:
        return []
    late = span((facts.as_of - facts.due).total_seconds())
    by = facts.instructed_by or "区领导"
    lines = [
        f"{facts.original}要求你单位于{clock(facts.due)}前办理反馈，截至{clock(facts.as_of)}已超期{late}，"
        f"仍未收到办理结果。现予第{facts.times}次督办。",
        f"{by}批示：“{cut(facts.instruction, 300)}”" if facts.instruction else "",
        f"督办要求：{sentence(cut(facts.demand, 300))}" if facts.demand else "",
        f"再次超期的，将向{listed(facts.report_to)}通报。" if facts.report_to else "再次超期的，将予以通报。",
    ]
    return [para(line) for line in lines if line]


def _review(notice: Notice) -> list[Block]:
    facts = notice.review
    if facts is None:
        return []
    back = (
        f"退回补充{facts.returned}次" + (f"：{'；'.join(facts.reasons)}" if facts.reasons else "")
        if facts.returned
        else ""
    )
    closed = clock(facts.closed_at, year=True) if facts.closed_at else ""
    rows = [
        ("审核意见", facts.opinion),
        ("退回补充", back),
        ("评估", facts.score),
        ("办结时间", closed),
        ("归档号", facts.archive_no),
    ]
    return [para(Run("审核办结", "hei")), fields(rows, label=5)]


def _close(notice: Notice) -> list[Block]:
    made = notice.issued_at or notice.drafted_at
    return [
        Blank(),
        para("附件：1.签收回执"),
        para("2.办理结果反馈单（另附）", indent=5),
        Blank(2),
        Signoff(notice.office, day(made)),
    ]


def _colophon(notice: Notice) -> Colophon:
    signed = f"签发人：{notice.signer_post}{notice.signer}" if notice.signer else "签发人："
    at = f"签发时间：{clock(notice.issued_at, year=True)}" if notice.issued_at else "签发时间："
    cc = listed(
        [*(unit.name for unit in notice.assist), *([notice.street.name] if notice.street else []), *notice.cc]
    )
    lines = [f"抄送：{cc}。"] if cc else []
    lines.append(f"{signed}　　{at}　　共印{notice.copies}份")
    return Colophon(tuple(lines), notice.office, f"{day(made_on(notice))}印发")


def made_on(notice: Notice) -> Moment:
    """The instant the paper bears: of issue, or while a draft, of drafting."""
    return notice.issued_at or notice.drafted_at

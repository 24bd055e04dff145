"""The letter inside a notice: what happened, how far it went, what to do (DOMAIN.md §3.3)."""

from __future__ import annotations

from alerts.kinds.notice_facts import Matter, Notice
from alerts.legible import cut
from alerts.sheet import Blank, Block, Cell, Heading, Para, Row, Run, Signoff, Table, fields, listing, para
from alerts.wording import clock, counts, day, first_words, listed, movement, numeral, sentence, span

CATEGORIES: dict[str, str] = {
    "A": "建设性意见建议，吸收采纳情况应当对外公开",
    "B": "反映实际困难，研究解决情况应当对外公布",
    "C": "反映重大问题，调查处置情况应当及时发布",
    "D": "不了解情况、模糊认识，应当主动发布权威信息，解疑释惑、澄清事实",
    "E": "错误看法，应当及时发布信息予以引导和纠正",
    "F": "虚假或不实信息，应当发布准确信息予以澄清，必要时依法移交线索",
    "G": "突发事件类，按突发事件信息发布时限办理",
}
NO_DELETING = "办理中应当尊重公众批评监督权利，不得要求网民删帖，不得打击报复，依法保护反映人个人信息。"


def letter(notice: Notice) -> tuple[Block, ...]:
    """The parts that have something to say, numbered; then review, annexes, signature."""
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
    return [para(opening + "以上尚待核实。"), _particulars(matter, links, proof)]


def _particulars(matter: Matter, links: str, proof: str) -> Table:
    wide = (
        ("事件标题", cut(matter.title, 80)),
        ("主要诉求", cut(matter.demands, 200)),
        ("公开原文", links),
        ("存证材料", proof),
    )
    pairs = (
        (("涉及地点", cut(matter.place, 60)), ("主题分类", cut(matter.topic, 40))),
        (("关联事件", matter.incident), ("线索来源", matter.origin)),
    )
    rows = [Row((Cell(name, label=True), Cell(text, span=3))) for name, text in wide if text]
    rows[1:1] = [
        Row(tuple(cell for name, text in pair for cell in (Cell(name, label=True), Cell(text))))
        for pair in pairs
        if pair[0][1]
    ]
    return Table((4, 11, 4, 9), tuple(rows), small=True)


def _spread(notice: Notice) -> list[Block]:
    spread = notice.spread
    if spread is None:
        return []
    media = f"报道媒体：{cut(listed(spread.media), 120)}。" if spread.media else "暂未发现媒体报道。"
    method = f"（统计口径：{cut(spread.method, 80)}）" if spread.method else ""
    return [para(counts(spread) + movement(spread) + media + method)]


def _assessment(notice: Notice) -> list[Block]:
    facts = notice.assessment
    with_whom = f"；会商：{listed(facts.consulted)}" if facts.consulted else ""
    by = f"（研判人：{facts.judged_by}{with_whom}）" if facts.judged_by else ""
    risks = f"风险提示：{cut('；'.join(facts.risks), 200)}。" if facts.risks else ""
    reach = f"可能影响范围：{sentence(cut(facts.reach, 80))}" if facts.reach else ""
    lines = [
        f"研判类别：{facts.category}类，{CATEGORIES[facts.category]}。" if facts.category else "",
        f"事实存疑点：{cut('；'.join(facts.doubts), 200)}。" if facts.doubts else "",
        risks + reach,
        (f"建议口径要点：{cut('；'.join(facts.points), 200)}。" if facts.points else "") + by,
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
    items = "；".join(f"（{index}）{cut(text, 120).rstrip('。；')}" for index, text in enumerate(checks, 1))
    return [para(f"重点核实：{items}。")]


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
        f"{listed(vertical)}实行垂直管理，请商其上级主管部门。" if vertical else "",
    ]
    return [para(line) for line in lines if line]


def _deadlines(notice: Notice) -> Block:
    orders = notice.orders
    rows = [
        (name, clock(due.at) + "前", due.rule or "—")
        for name, due in (
            ("签收", orders.sign_by),
            ("初报", orders.first_report_by),
            ("公开回应", orders.answer_by),
            ("终报", orders.final_report_by),
        )
        if due
    ]
    return listing(("办理环节", "时限", "时限规则"), rows, (5, 9, 14))


def _rules(notice: Notice) -> list[Para]:
    orders = notice.orders
    contact = orders.contact
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
    further = f"未办结前{orders.further}续报，" if orders.further else ""
    lines = [
        f"{further}情况发生变化随时续报。职责不符的，应当自签收时限起2小时内书面提出，说明理由并附依据。"
        "未按时反馈的，依次予以催办、督办、通报。",
        NO_DELETING,
        link,
        sentence(reach),
    ]
    return [para(line) for line in lines if line]


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
        Signoff(notice.office, day(made)),
    ]

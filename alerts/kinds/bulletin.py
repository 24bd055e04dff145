"""《互联网舆情信息》: what leaders read in two minutes and mark (DOMAIN.md §4); `bulletin_parts` fills it."""

from __future__ import annotations

from alerts.kinds.bulletin_facts import Bulletin
from alerts.kinds.bulletin_parts import compose_parts
from alerts.kinds.citations import Paper
from alerts.sheet import Colophon, Sheet
from alerts.wording import day, day_of, listed, numeral, period

Facts = Bulletin


def is_quiet(bulletin: Bulletin) -> bool:
    """Nothing to report: one line for the duty staff, nothing for leaders."""
    return bulletin.series == "日报" and not bulletin.incidents and not bulletin.instructions


def compose(bulletin: Bulletin) -> Sheet:
    """The issue: masthead, parts of its series, sources, colophon."""
    paper = Paper(bulletin.sources)
    blocks = compose_parts(bulletin, paper)
    number = f"〔{bulletin.year}〕第{bulletin.issue}期" if bulletin.issue else "（送审稿，签发时编期）"
    total = f"（总第{bulletin.total}期）" if bulletin.total and bulletin.issue else ""
    return Sheet(
        kind="bulletin",
        title=title(bulletin),
        made=day_of(bulletin.made_at),
        blocks=blocks,
        subtitle=_subtitle(bulletin),
        masthead=bulletin.masthead if bulletin.red_head else None,
        serial=f"{bulletin.series if bulletin.series != '留言办理通报' else ''}{number}{total}",
        head_left=bulletin.office,
        head_right=day(bulletin.made_at),
        corner=bulletin.custody,
        colophon=_colophon(bulletin),
        sources=paper.listed(),
        draft=bulletin.issue is None,
    )


def title(bulletin: Bulletin) -> str:
    """The given title, else one made from series and period."""
    if bulletin.title:
        tail = f"（续报{numeral(bulletin.follows)}）" if bulletin.series == "续报" else ""
        return bulletin.title + tail
    if bulletin.series in {"专报", "快报"}:
        return bulletin.incidents[0].title
    if bulletin.series == "续报":
        return f"{bulletin.incidents[0].title}（续报{numeral(bulletin.follows)}）"
    return _periodic(bulletin)


def _periodic(bulletin: Bulletin) -> str:
    assert bulletin.period is not None
    if bulletin.series == "日报":
        return f"{day(bulletin.period.until)}互联网舆情日报"
    return "网民留言办理情况通报" if bulletin.series == "留言办理通报" else f"互联网舆情{bulletin.series}"


def _subtitle(bulletin: Bulletin) -> str:
    if bulletin.period is None or bulletin.series not in {"周报", "月报", "留言办理通报"}:
        return ""
    return f"（{period(bulletin.period.since, bulletin.period.until)}）"


def _colophon(bulletin: Bulletin) -> Colophon:
    rows = [
        f"{name}：{listed(people)}。"
        for name, people in (("报", bulletin.report_to), ("送", bulletin.send_to), ("发", bulletin.issue_to))
        if people
    ]
    people = (("编辑", bulletin.editor), ("审核", bulletin.reviewer), ("签发", bulletin.signer))
    rows.append(
        "　".join(f"{role}：{name or '　　　'}" for role, name in people) + f"　共印{bulletin.copies}份"
    )
    return Colophon(tuple(rows), bulletin.office, f"{day(bulletin.made_at)}印发")

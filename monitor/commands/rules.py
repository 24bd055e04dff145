"""`caifeng rules`: try the examples, say why, judge the archive again, count who was right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.clock import SHANGHAI
from monitor.commands.station import AsJson, refuse, say
from monitor.errors import ConfigError, Located

if TYPE_CHECKING:
    from monitor.store.reading.rules import Judged
    from rules.judge import Judge
    from rules.verdict import Text

app = typer.Typer(help="规则：测试、解释、回测、统计", no_args_is_help=True)
Of = Annotated[Path | None, typer.Option("--station", help="值守站目录；不给则只用随附规则", file_okay=False)]
Station = Annotated[
    Path, typer.Option("--station", help="值守站目录", envvar="CAIFENG_STATION", file_okay=False)
]
Pack = Annotated[Path | None, typer.Option("--pack", help="另加的规则文件或目录", exists=True)]


@app.command("test")
def test(station: Of = None, pack: Pack = None, as_json: AsJson = False) -> None:
    """逐条核对规则的例句：应命中的命中，不应命中的不命中。有不符时退出码为 1。"""
    judge = _judge(station, pack, as_json)
    failed = judge.failed_examples()
    rules, examples = judge.size
    lines = [*map(str, failed), f"规则 {rules} 条，例句 {examples} 个，不符 {len(failed)} 个。"]
    found = [{"rule": f.rule, "at": f.origin, "example": f.example, "expected": f.expected} for f in failed]
    say({"rules": rules, "examples": examples, "failed": found}, "\n".join(lines), as_json)
    if failed:
        raise typer.Exit(1)


@app.command("why")
def why(
    text: Annotated[str, typer.Argument(help="要解释的文字（作为标题）")],
    body: Annotated[str, typer.Option(help="正文")] = "",
    station: Of = None,
    pack: Pack = None,
    every: Annotated[bool, typer.Option("--all", help="也列出没有命中的规则")] = False,
    as_json: AsJson = False,
) -> None:
    """解释一段文字的研判：每条规则命中了什么、缺了哪一部分、被什么排除，以及结论的理由。"""
    from rules.verdict import Text

    judge = _judge(station, pack, as_json)
    given = Text("", text, body)
    verdict = judge.judge(given, "all")
    parts = [p for p in judge.explain(given) if every or as_json or p.outcome != "missed"]
    names = {"matched": "命中", "missed": "未中", "excluded": "排除"}
    lines = [f"[{names[p.outcome]}] {p.id} {p.name}：{p.detail}" for p in parts]
    outcome = "是事件" if verdict.incident else "不是事件"
    lines += [f"结论：{outcome}；地域 {verdict.in_place}", *(f"  - {reason}" for reason in verdict.why)]
    found = [{"id": p.id, "name": p.name, "outcome": p.outcome, "detail": p.detail} for p in parts]
    say({"verdict": verdict.as_json(), "rules": found}, "\n".join(lines), as_json)


@app.command("backtest")
def backtest(
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="自何时起入库的信息")
    ],
    station: Station = Path("station"),
    pack: Pack = None,
    as_json: AsJson = False,
) -> None:
    """回测：用目录中的规则（可另加 --pack）重判库中信息，与现有结论相比多出和少了哪些。不改动库。"""
    from monitor.premises import store_of
    from monitor.store.reading.rules import judged_since

    judge = _judge(station, pack, as_json)
    with store_of(station, prepare=False).read() as conn:
        rows = list(judged_since(conn, since.replace(tzinfo=SHANGHAI)))
    gained, lost = _compare(judge, rows)
    answer = {"documents": len(rows), "gained": gained, "lost": lost}
    lines = [f"重判 {len(rows)} 条：多出 {len(gained)} 条，少了 {len(lost)} 条。"]
    lines += [f"+ {d['title']}（{d['id']}）" for d in gained] + [f"- {d['title']}（{d['id']}）" for d in lost]
    say(answer, "\n".join(lines), as_json)


@app.command("stats")
def stats(station: Station = Path("station"), as_json: AsJson = False) -> None:
    """统计：每条规则命中多少，其中值守人员确认、判为无需预警各多少。"""
    from monitor.premises import store_of
    from monitor.store.reading.rules import fates_of_rules

    with store_of(station, prepare=False).read() as conn:
        rows = fates_of_rules(conn)
    found = [
        {
            "rule": r.rule,
            "hits": r.hits,
            "confirmed": r.confirmed,
            "dismissed": r.dismissed,
            "precision": r.precision,
        }
        for r in rows
    ]
    lines = [
        f"{r.rule}：命中 {r.hits}，确认 {r.confirmed}，无需预警 {r.dismissed}"
        + (f"，准确率 {r.precision:.0%}" if r.precision is not None else "")
        for r in rows
    ]
    say({"rules": found}, "\n".join(lines) or "还没有预警过的信息。", as_json)


def _judge(station: Path | None, pack: Path | None, as_json: bool) -> Judge:
    """The judge of a station, or of the shipped rules alone; a fault ends the command with code 1."""
    from rules.errors import PackError
    from rules.judge import Judge

    try:
        if station is None:
            return Judge.load(station_rules=pack)
        return _station_judge(station, pack)
    except PackError as error:
        refuse(ConfigError([Located(f.file, f.line, f.message) for f in error.faults]), as_json)
    except ConfigError as error:
        refuse(error, as_json)


def _station_judge(station: Path, pack: Path | None) -> Judge:
    from monitor.judging import place_of, units_of
    from monitor.settings import parse, read_folder
    from rules.judge import Judge

    settings = parse(read_folder(station))
    own = [path for path in (station / "rules", pack) if path is not None and path.exists()]
    return Judge.load(station_rules=own, place=place_of(settings), units=units_of(settings))


def _compare(judge: Judge, rows: Sequence[Judged]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    gained: list[dict[str, object]] = []
    lost: list[dict[str, object]] = []
    for row in rows:
        flag = judge.judge(_text(row)).flag
        if flag != row.flag:
            (gained if flag else lost).append({"id": row.id, "title": row.title})
    return gained, lost


def _text(row: Judged) -> Text:
    from rules.verdict import Text

    return Text(str(row.id), row.title, row.text, row.url, row.media, row.published_at)

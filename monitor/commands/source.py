"""`caifeng source`: add, try and list sources; OPML in and out; a catalogue's skeleton for any district."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from monitor.clock import local, system_clock
from monitor.commands.source_lists import (
    FAILED,
    USAGE,
    StationDir,
    append,
    catalogue,
    export_opml,
    given_in,
    import_opml,
    stop,
)
from monitor.settings import Station
from spiders.crawler import CrawlEngine, CrawlSettings, Outcome, Visit
from spiders.discover import Candidate, candidates, draft
from spiders.errors import SpiderError
from spiders.page import Page
from spiders.pool import ExtractionPool
from spiders.source import FETCHED, KIND_NAMES, Source

if TYPE_CHECKING:
    from monitor.politeness import SiteGate

SHOWN = 5
GAP = 2.0

app = typer.Typer(help="信源：识别、试采、增加、列出、导入导出", no_args_is_help=True)
app.command("import-opml")(import_opml)
app.command("export-opml")(export_opml)
app.command("catalogue")(catalogue)
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
_Result = TypeVar("_Result")


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="网址", show_default=False)],
    station: StationDir = Path("station"),
    purpose: Annotated[str, typer.Option("--purpose", help="采集目的")] = "",
    ground: Annotated[str, typer.Option("--ground", help="法律依据")] = "",
    kind: Annotated[str | None, typer.Option("--kind", help="只要这一种类型")] = None,
    allow_private: Annotated[
        list[str] | None, typer.Option("--allow-private", help="允许访问的内网网段")
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="只看不写")] = False,
    as_json: AsJson = False,
) -> None:
    """看一个网址是哪种信源、能采到什么，并写入 sources.yaml（缺目的或依据时写为未启用）。"""
    given = given_in(station)
    allowed = tuple(allow_private or ())

    async def work(engine: CrawlEngine) -> tuple[Candidate, Outcome, list[Page], list[Candidate]]:
        found = [
            one for one in candidates(await engine.look(_probe(url, allowed))) if kind in (None, one.kind)
        ]
        if not found:
            raise SpiderError("看不出可以持续采集的内容（可能是单篇文章），请换列表页、订阅源或栏目地址")
        pages: list[Page] = []
        outcome = await engine.visit(Visit(_sample(found[0], allowed)), pages.append)
        return found[0], outcome, pages, found

    best, outcome, pages, found = _crawled(given, station, work)
    more = {"allow_private": list(allowed)} if allowed else {}
    entry = draft(best, [one.id for one in given.sources], purpose=purpose, legal_ground=ground, **more)
    if not dry:
        append(station, [entry])
    report = {"entry": entry, "found": [one.why for one in found], "pages": [_brief(page) for page in pages]}
    _show(report, as_json, lambda: _added(entry, found, outcome, pages, dry))
    if outcome.status != "ok":
        raise typer.Exit(FAILED)


def _added(
    entry: Mapping[str, Any], found: list[Candidate], outcome: Outcome, pages: list[Page], dry: bool
) -> None:
    for one in found:
        typer.echo(f"可作为{KIND_NAMES[one.kind]}：{one.why}（{one.url}）")
    typer.echo(f"试采：{outcome.reason or '正常'}，列出 {outcome.found} 条，取回 {len(pages)} 页")
    for page in pages[:SHOWN]:
        typer.echo("  " + _line(page))
    if dry:
        return
    state = (
        "已启用"
        if entry["enabled"]
        else "未启用：请在 sources.yaml 中补写 purpose（目的）与 legal_ground（依据）"
    )
    typer.echo(f"已写入 sources.yaml：{entry['id']}（{state}）。运行 caifeng apply 后生效")


@app.command("try")
def try_(
    source_id: Annotated[str, typer.Argument(help="信源编号", show_default=False)],
    station: StationDir = Path("station"),
    words: Annotated[list[str] | None, typer.Option("--words", help="检索词（站内搜索用）")] = None,
    as_json: AsJson = False,
) -> None:
    """试采一次，逐步显示经过；不入库。"""
    given = given_in(station)
    source = given.source(source_id)
    if source is None:
        stop(USAGE, f"没有编号为“{source_id}”的信源，现有：{'、'.join(one.id for one in given.sources)}")
    steps: list[str] = []

    def say(step: str) -> None:
        steps.append(step)
        if not as_json:
            typer.echo(step)

    if source.kind in FETCHED:
        say(f"试采“{source.name}”：同一网站一次只问一页，间隔至少 {source.gap:g} 秒，请稍候")

    async def work(engine: CrawlEngine) -> tuple[Outcome, list[Page]]:
        pages: list[Page] = []
        visit = Visit(source, words=tuple(words or ()))
        return await engine.visit(visit, pages.append, say), pages

    outcome, pages = _crawled(given, station, work)
    report = {"status": outcome.status, "reason": outcome.reason, "steps": steps, "faults": outcome.faults}
    _show({**report, "pages": [_brief(page) for page in pages]}, as_json, lambda: _tried(outcome, pages))
    if outcome.status not in ("ok", "unchanged"):
        raise typer.Exit(FAILED)


_STATES = {"ok": "正常", "unchanged": "无变化", "blocked": "被拒绝", "failed": "失败"}


def _tried(outcome: Outcome, pages: list[Page]) -> None:
    seconds = (outcome.finished - outcome.started).total_seconds()
    typer.echo(
        f"结果：{_STATES[outcome.status]}{'，' + outcome.reason if outcome.reason else ''}；"
        f"{outcome.requests} 次请求，{outcome.bytes} 字节，{seconds:.1f} 秒，{len(pages)} 页"
    )
    for page in pages:
        typer.echo("  " + _line(page))
    for fault in outcome.faults:
        typer.echo(f"  ！{fault}")


@app.command("list")
def list_(station: StationDir = Path("station"), as_json: AsJson = False) -> None:
    """列出信源及其健康状况。"""
    given = given_in(station)
    states = _states(station)
    rows = [_row(source, states.get(source.id)) for source in given.sources]
    _show({"sources": rows}, as_json, lambda: _listed(rows))


def _states(station: Path) -> Mapping[str, Any]:
    """What the database knows of each source; nothing before the first run."""
    from monitor.store import sources
    from monitor.wiring import store_of

    if not _has_store(station):
        return {}
    with store_of(station).read() as conn:
        return {row.source: row for row in sources.listing(conn)}


def _row(source: Source, state: Any) -> dict[str, Any]:
    past = {
        name: getattr(state, name, None) for name in ("last_success_at", "last_new_at", "failures", "reason")
    }
    return {
        "id": source.id,
        "name": source.name,
        "kind": source.kind,
        "enabled": source.enabled,
        "blocked": bool(getattr(state, "blocked", False)),
        **{name: _when(value) if isinstance(value, datetime) else value for name, value in past.items()},
    }


def _when(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"


def _listed(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        state = "未启用" if not row["enabled"] else "被拒绝" if row["blocked"] else "启用"
        line = f"{row['id']}\t{KIND_NAMES[row['kind']]}\t{state}\t{row['name']}"
        typer.echo(f"{line}\t最近成功 {row['last_success_at'] or '—'}\t{row['reason'] or ''}".rstrip())


# ------------------------------------------------------------------ shared
def _crawled(
    station: Station, folder: Path, work: Callable[[CrawlEngine], Coroutine[Any, Any, _Result]]
) -> _Result:
    settings = CrawlSettings(contact=station.crawl.contact, station=station.domain)
    gate = _gate(folder)

    async def whole(pool: ExtractionPool) -> _Result:
        async with CrawlEngine(settings, pool, system_clock, gate=gate) as engine:
            return await work(engine)

    try:
        with ExtractionPool(1) as pool:
            return asyncio.run(whole(pool))
    except SpiderError as error:
        stop(FAILED, error.message)


def _gate(folder: Path) -> SiteGate | None:
    """The politeness of the station's crawl role, where there is one to share it with."""
    from monitor.politeness import SiteGate
    from monitor.premises import store_of

    return SiteGate(store_of(folder), system_clock, hurried=True) if _has_store(folder) else None


def _has_store(folder: Path) -> bool:
    return "CAIFENG_DATABASE" in os.environ or (folder / "var").is_dir()


def _probe(url: str, allowed: tuple[str, ...]) -> Source:
    try:
        return Source.parse(
            {"id": "probe", "name": "试探", "kind": "listing", "url": url, "enabled": False, "gap": GAP}
            | {"allow_private": allowed}
        )
    except SpiderError as error:
        stop(USAGE, error.message)


def _sample(candidate: Candidate, allowed: tuple[str, ...]) -> Source:
    """The candidate with a small appetite: a look, not a crawl."""
    entry = draft(candidate, (), gap=GAP, allow_private=allowed, limits={"pages": SHOWN, "depth": 1})
    return Source.parse(entry)


def _brief(page: Page) -> dict[str, Any]:
    when = page.published_at.isoformat() if page.published_at else None
    return {
        "title": page.title,
        "url": page.url,
        "kind": page.kind,
        "published_at": when,
        "media": page.media,
    }


def _line(page: Page) -> str:
    when = _when(page.published_at) if page.published_at else "未见时间"
    rank = f"第 {page.counts.rank} 名  " if page.counts.rank else ""
    return f"{rank}{page.title}  {when}  {page.media or ''}".rstrip()


def _show(report: Mapping[str, Any], as_json: bool, plainly: Callable[[], None]) -> None:
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        plainly()

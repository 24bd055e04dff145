"""`caifeng extract`: saved pages in, one JSON object a line out."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.commands.filters import FLUSH_EVERY, OK, SOME_FAILED, USAGE, clean, dump
from spiders.dates import CHINA
from spiders.errors import ExtractError, SpiderError
from spiders.extract import Extracted
from spiders.pool import ExtractionPool

SECONDS_PER_PAGE = 20.0


@dataclass(frozen=True, slots=True)
class _Input:
    """One page to read: `error` where the manifest's line itself is bad."""

    line: int
    file: str | None
    url: str | None = None
    content_type: str | None = None
    error: str | None = None


def extract(
    files: Annotated[
        list[str] | None, typer.Argument(help="网页文件，“-”表示标准输入", show_default=False)
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="网页地址（只能对应一个文件）")] = None,
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", help="清单：每行一个 {file, url, content_type}，“-”表示标准输入"),
    ] = None,
    fetched_at: Annotated[
        str | None, typer.Option("--fetched-at", help="抓取时间（ISO 8601），用于换算“3小时前”等")
    ] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, max=64, help="并行进程数")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON（本命令总是如此）")] = True,
) -> None:
    """从网页中提取标题、正文、发布时间、媒体和作者，每页输出一行 JSON。"""
    if bool(files) == bool(manifest):
        _usage("请给出网页文件，或用 --manifest 给出清单（二者取其一）")
    if url and (manifest or len(files or ()) != 1):
        _usage("--url 只能与一个文件同用；多个网页请用 --manifest")
    inputs = _listed(manifest) if manifest else (_Input(n, f, url) for n, f in enumerate(files or (), 1))
    raise typer.Exit(_run(inputs, _moment(fetched_at), jobs))


def _usage(message: str) -> None:
    typer.echo(f"用法错误：{message}", err=True)
    raise typer.Exit(USAGE)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        _usage(f"--fetched-at 无法识别：{text}，应如 2026-11-22T08:30:00+08:00")
        raise
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def _listed(manifest: Path) -> Iterator[_Input]:
    try:
        stream = sys.stdin.buffer if str(manifest) == "-" else manifest.open("rb")
    except OSError as error:
        _usage(f"清单无法打开：{manifest}（{error.strerror}）")
        raise
    with stream:
        for number, raw in enumerate(stream, 1):
            if raw := raw.removeprefix(b"\xef\xbb\xbf").strip():
                yield _entry(number, raw)


def _entry(number: int, raw: bytes) -> _Input:
    try:
        row = clean(json.loads(raw.decode("utf-8")))
    except (ValueError, RecursionError) as error:
        return _Input(number, None, error=f"清单第 {number} 行不是合法的 JSON：{error}")
    if not isinstance(row, dict) or not isinstance(row.get("file"), str):
        return _Input(number, None, error=f"清单第 {number} 行应为 {{file, url, content_type}}")
    texts = {name: row.get(name) for name in ("url", "content_type")}
    if any(value is not None and not isinstance(value, str) for value in texts.values()):
        return _Input(number, row["file"], error=f"清单第 {number} 行的 url、content_type 应为字符串")
    return _Input(number, row["file"], texts["url"], texts["content_type"])


def _run(inputs: Iterable[_Input], fetched_at: datetime | None, jobs: int) -> int:
    """Pages in flight are bounded; the oldest is always written first."""
    waiting: deque[tuple[_Input, Future[Extracted]]] = deque()
    out = _Output()
    try:
        with ExtractionPool(jobs, SECONDS_PER_PAGE) as pool:
            for entry in inputs:
                waiting.append((entry, _submit(pool, entry, fetched_at)))
                while len(waiting) > 2 * jobs or (waiting and waiting[0][1].done()):
                    out.write(*waiting.popleft())
            while waiting:
                out.write(*waiting.popleft())
        out.flush()
    except BrokenPipeError:
        sys.stderr.close()
    return SOME_FAILED if out.failed else OK


def _submit(pool: ExtractionPool, entry: _Input, fetched_at: datetime | None) -> Future[Extracted]:
    try:
        raw = _content(entry)
    except ExtractError as error:
        failed: Future[Extracted] = Future()
        failed.set_exception(error)
        return failed
    return pool.submit(raw, url=entry.url, content_type=entry.content_type, fetched_at=fetched_at)


def _content(entry: _Input) -> bytes:
    if entry.error or entry.file is None:
        raise ExtractError(entry.error or "", code="manifest")
    try:
        return sys.stdin.buffer.read() if entry.file == "-" else Path(entry.file).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExtractError(f"文件无法读取：{entry.file}（{reason}）", code="unreadable") from error


class _Output:
    """Lines of the contract on standard output."""

    def __init__(self) -> None:
        self.failed = False
        self._since_flush = 0

    def write(self, entry: _Input, future: Future[Extracted]) -> None:
        try:
            row = {"file": entry.file, **record(future.result())}
        except SpiderError as error:
            self.failed = True
            detail = {"code": error.code, "message": error.message}
            row = {"line": entry.line, "id": None, "file": entry.file, "error": detail}
        sys.stdout.buffer.write(dump(row))
        self._since_flush += 1
        if self._since_flush >= FLUSH_EVERY:
            self.flush()

    def flush(self) -> None:
        sys.stdout.buffer.flush()
        self._since_flush = 0


def record(page: Extracted) -> dict[str, Any]:
    """A reading as the filters' contract writes it; a list adds its links."""
    at = page.published_at
    row: dict[str, Any] = {
        "url": page.url,
        "title": page.title,
        "text": page.text,
        "published_at": None if at is None else at.isoformat() if page.has_minute else at.date().isoformat(),
        "author": page.author,
        "media": page.media,
        "kind": page.kind,
    }
    if page.kind == "list":
        row["links"] = [{"title": link.title, "url": link.url} for link in page.links]
    return row

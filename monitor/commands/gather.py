"""`caifeng gather`: JSON lines of texts in, the happening of each out; with `--pairs`, same or not."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.filters import OK, SOME_FAILED, USAGE, Lines, Record, RecordError, dump, outcome, run

if TYPE_CHECKING:
    from rules.sameness import Gatherer, Item

_WINDOW = re.compile(r"(\d+)([hd])")


def gather(
    window: Annotated[str, typer.Option(help="多长时间内算同一信息的转载，如 30d、72h")] = "30d",
    final: Annotated[bool, typer.Option("--final", help="全部读完后输出最终归并结果")] = False,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="输入为成对文本 {id, a, b}，输出是否同一事件")
    ] = False,
) -> None:
    """事件归并：从标准输入逐行读 JSON（id、title、text……），逐行写出所属事件。"""
    if final and pairs:
        _usage("--final 与 --pairs 只能给一个")
    if pairs:
        raise typer.Exit(run(_pair))
    gatherer = _gatherer(window)
    raise typer.Exit(_final(gatherer) if final else run(_on_line(gatherer)))


def _usage(message: str) -> None:
    sys.stderr.write(f"用法错误：{message}\n")
    raise typer.Exit(USAGE)


def _gatherer(window: str) -> Gatherer:
    from rules.sameness import Gatherer

    found = _WINDOW.fullmatch(window)
    if found is None or int(found[1]) == 0:
        _usage(f"--window 应如 30d（天）或 72h（小时），不是“{window}”")
    assert found is not None
    length = int(found[1])
    return Gatherer(timedelta(days=length) if found[2] == "d" else timedelta(hours=length))


def _on_line(gatherer: Gatherer) -> Callable[[Record], Mapping[str, Any]]:
    counter = iter(range(1, sys.maxsize))

    def handle(record: Record) -> Mapping[str, Any]:
        item = _item(record, _key(next(counter), record))
        placed = gatherer.add(item)
        copy = _ident(placed.duplicate_of) if placed.duplicate_of else None
        return {"id": record["id"], "incident": placed.incident, "duplicate_of": copy}

    return handle


def _final(gatherer: Gatherer) -> int:
    """Read everything, then write each line with the happening it ended in."""
    handle, lines = _on_line(gatherer), Lines(sys.stdin.buffer)
    done = [outcome(number, raw, handle) for number, raw in lines]
    for one in done:
        sys.stdout.buffer.write(one.data if one.failed else _settled(one.data, gatherer))
    sys.stdout.buffer.flush()
    return SOME_FAILED if any(one.failed for one in done) else OK


def _settled(data: bytes, gatherer: Gatherer) -> bytes:
    row = json.loads(data)
    return dump({**row, "incident": gatherer.home(row["incident"])})


def _key(number: int, record: Record) -> str:
    """A name of our own: ids of the input may repeat and need not be text."""
    if "id" not in record:
        raise RecordError("missing", "缺少“id”")
    return f"{number}:{json.dumps(record['id'], ensure_ascii=False)}"


def _ident(key: str) -> Any:
    return json.loads(key.split(":", 1)[1])


def _item(record: Mapping[str, Any], key: str) -> Item:
    from rules.sameness import Item

    title, text = _text(record, "title"), _text(record, "text")
    if not title and not text:
        raise RecordError("missing", "“title”和“text”不能都为空")
    return Item(
        key, title, text, at=_moment(record.get("published_at")), media=_text(record, "media") or None
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise RecordError("field", f"“{name}”应为文字，不是 {type(value).__name__}")
    return value or ""


def _moment(value: Any) -> datetime:
    """The time of the text; without one, of its arrival."""
    if value is None or value == "":
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise RecordError("field", f"“published_at”应为 ISO 8601 时间，不是“{value}”") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _pair(record: Record) -> Mapping[str, Any]:
    from rules.pairs import same

    if "id" not in record:
        raise RecordError("missing", "缺少“id”")
    sides = []
    for name in ("a", "b"):
        if not isinstance(record.get(name), dict):
            raise RecordError("field", f"“{name}”应为 {{title, text}}")
        sides.append(_item(record[name], name))
    verdict, score = same(*sides)
    return {"id": record["id"], "same": verdict, "score": round(score, 4)}

"""`caifeng judge`: JSON lines of texts in, verdicts out."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from monitor.commands.filters import USAGE, Record, RecordError, dump, run
from rules.verdict import InPlace, Text, Verdict

if TYPE_CHECKING:
    from rules.judge import Judge

_TEXT_FIELDS = ("title", "text", "url", "media", "published_at")
_TEXTUAL = frozenset({str, type(None)})


def judge(
    station: Annotated[Path | None, typer.Option(help="值守站目录")] = None,
    region: Annotated[str | None, typer.Option(help="区划代码：2、4、6、9 位或补零")] = None,
    local_names: Annotated[
        Path | None,
        typer.Option(help="本地名称表，每行一个（小区、学校、河流等）", exists=True, dir_okay=False),
    ] = None,
    sentiment: Annotated[str, typer.Option(help="hits：只判有命中的；all：全部")] = "hits",
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, max=64, help="进程数")] = 1,
) -> None:
    """研判：从标准输入逐行读 JSON（id、title、text……），逐行写出研判建议。"""
    if station is not None and region is not None:
        _usage("--station 与 --region 只能给一个")
    if sentiment not in ("hits", "all"):
        _usage(f"--sentiment 只能是 hits 或 all，不是“{sentiment}”")
    judging = load(station, region, local_names)
    mooding: Literal["hits", "all"] = "all" if sentiment == "all" else "hits"

    def handle(record: Record) -> bytes:
        return line_of(judging, record, mooding)

    raise typer.Exit(run(handle, processes=jobs))


def load(station: Path | None, region: str | None, local_names: Path | None) -> Judge:
    """The judge that the options ask for; a fault in them ends the command with code 2."""
    from monitor.errors import ConfigError
    from rules.errors import RulesError
    from rules.judge import Judge
    from rules.place import UnknownRegion

    names = _names(local_names) if local_names else ()
    try:
        if station is not None:
            return _of_station(station, names)
        return Judge.load(region=region, local_names=names)
    except (RulesError, ConfigError, UnknownRegion, OSError) as error:
        _usage(str(error))


def _of_station(station: Path, names: tuple[str, ...]) -> Judge:
    from monitor.judging import judge_of
    from monitor.settings import parse, read_folder

    return judge_of(parse(read_folder(station)), station / "rules", names)


def _names(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def line_of(judging: Judge, record: Record, sentiment: Literal["hits", "all"]) -> bytes:
    """The output line of one input record. Raises RecordError."""
    if "id" not in record:
        raise RecordError("missing", "缺少“id”")
    values = [record.get(name) for name in _TEXT_FIELDS]
    if not _TEXTUAL.issuperset(map(type, values)):
        raise _not_textual(record)
    title, text, url, media, published = values
    if title is None and text is None:
        raise RecordError("missing", "缺少“title”")
    verdict = judging.judge(
        Text("", title or "", text or "", url, media, _moment(published) if published else None), sentiment
    )
    if verdict.topics or verdict.incident or verdict.sentiment:
        line = verdict.as_json()
        line["id"] = record["id"]
        return dump(line)
    ident = record["id"]
    head = b'{"id":%d' % ident if type(ident) is int else dump({"id": ident})[:-2]
    return head + _nothing(verdict.in_place, verdict.official_response, verdict.why, verdict.places)


@lru_cache(maxsize=1024)
def _nothing(place: InPlace, official: bool, why: tuple[str, ...], places: tuple[str, ...]) -> bytes:
    """The line, but for its id, of a text in which no rule found anything: by far the most usual."""
    verdict = Verdict("", False, place, False, (), None, (), None, official, why, places=places)
    line = verdict.as_json()
    del line["id"]
    return b"," + dump(line)[1:]


def _not_textual(record: Record) -> RecordError:
    name = next(n for n in _TEXT_FIELDS if type(record.get(n)) not in _TEXTUAL)
    return RecordError("field", f"“{name}”应为文字，不是 {type(record[name]).__name__}")


def _moment(value: str) -> datetime | None:
    """A time that cannot be read is no reason to refuse a text: it decides nothing here."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _usage(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise typer.Exit(USAGE)

"""`caifeng paper`: facts as JSON in, the paper as .docx, PDF and HTML out; no station, no database."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from alerts import papers
from alerts.errors import AlertsError, FactsInvalid, UnknownKind

OK, FAILED, USAGE = 0, 1, 2


def paper(
    kind: Annotated[str, typer.Argument(help=f"文书种类：{'、'.join(papers.KINDS)}", show_default=False)],
    facts: Annotated[Path | None, typer.Option("--facts", help="事实文件（JSON），“-”表示标准输入")] = None,
    out: Annotated[Path, typer.Option("--out", help="输出目录")] = Path("."),
    formats: Annotated[str, typer.Option("--format", help="格式，逗号分隔：docx,pdf,html")] = "docx,pdf,html",
    templates: Annotated[
        Path | None, typer.Option("--templates", help="本站模板目录，优先于自带模板")
    ] = None,
    show_schema: Annotated[bool, typer.Option("--schema", help="只输出该种文书事实的 JSON Schema")] = False,
    show_sample: Annotated[bool, typer.Option("--sample", help="只输出一份示例事实，可改后使用")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出生成的文件")] = False,
) -> None:
    """由事实文件生成文书。"""
    try:
        if show_schema:
            typer.echo(json.dumps(papers.schema(kind), ensure_ascii=False, indent=2))
            return
        if show_sample:
            typer.echo(json.dumps(papers.sample(kind), ensure_ascii=False, indent=2))
            return
        wanted = _formats(formats)
        if facts is None:
            _stop(USAGE, "请用 --facts 给出事实文件，或用 --schema 查看需要哪些事实")
        parsed = papers.parse(kind, _read(facts))
    except UnknownKind as error:
        _stop(USAGE, str(error))
    except FactsInvalid as error:
        _stop(FAILED, "事实文件有误：\n  " + "\n  ".join(error.faults))
    _write(kind, parsed, wanted, out, _stem(kind, facts), templates, as_json)


def _formats(text: str) -> list[papers.Format]:
    wanted = [part.strip().lower() for part in text.split(",") if part.strip()]
    if unknown := [part for part in wanted if part not in papers.FORMATS]:
        _stop(USAGE, f"没有格式“{'、'.join(unknown)}”，可用的有：{'、'.join(papers.FORMATS)}")
    return [fmt for fmt in papers.FORMATS if fmt in wanted]


def _read(facts: Path) -> dict[str, Any]:
    try:
        raw = sys.stdin.buffer.read() if str(facts) == "-" else facts.read_bytes()
        data = json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        _stop(USAGE, f"读不到事实文件 {facts}：{error.strerror}")
    except UnicodeDecodeError as error:
        _stop(FAILED, f"{facts}：不是UTF-8编码（第{error.start}字节）")
    except json.JSONDecodeError as error:
        _stop(FAILED, f"{facts}:{error.lineno}：不是合法的JSON（第{error.colno}列）")
    if not isinstance(data, dict):
        _stop(FAILED, f"{facts}：应当是一个JSON对象")
    return data


def _stem(kind: str, facts: Path) -> str:
    return kind if str(facts) == "-" else facts.stem


def _write(
    kind: str,
    parsed: Any,
    wanted: list[papers.Format],
    out: Path,
    stem: str,
    templates: Path | None,
    as_json: bool,
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    failed = False
    for fmt in wanted:
        target = out / f"{stem}.{fmt}"
        try:
            content = papers.render(kind, parsed, fmt, templates)
        except AlertsError as error:
            failed = True
            _say({"format": fmt, "error": str(error)}, f"未生成 {target}：{error}", as_json, err=not as_json)
            continue
        target.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        _say({"format": fmt, "file": str(target), "sha256": digest}, f"已生成 {target}", as_json)
    if "pdf" in wanted and not as_json:
        _warn_of_fonts()
    if failed:
        raise typer.Exit(FAILED)


def _warn_of_fonts() -> None:
    for warning in papers.font_warnings():
        typer.echo(f"注意：{warning}", err=True)


def _say(record: dict[str, str], text: str, as_json: bool, *, err: bool = False) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False) if as_json else text, err=err)


def _stop(code: int, message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)

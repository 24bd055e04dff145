"""`caifeng status`: roles, lags, sources in trouble, undelivered messages, and whether the files differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from monitor.clock import local
from monitor.commands.station import HERE, AsJson, Folder, say

_ROLES = {"work": "研判预警", "crawl": "采集", "console": "网页"}


def status(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """查看运行状况：进程、各环节积压、有问题的信源、未送达的消息。有进程停止时退出码为 1。"""
    from monitor.clock import system_clock
    from monitor.premises import store_of
    from monitor.store import running

    store = store_of(folder)
    with store.read() as conn:
        found = running.summary(conn, system_clock())
    found["files_differ"] = _differ(folder, found["revision"])
    say(found, "\n".join(_lines(found)), as_json)
    if not found["roles"] or not all(role["alive"] for role in found["roles"]):
        raise typer.Exit(1)


def _differ(folder: Path, revision: str | None) -> bool | None:
    """Whether the directory holds something else than what is in force; None where it cannot be read."""
    from monitor.errors import ConfigError
    from monitor.settings import digest, read_folder

    try:
        return digest(read_folder(folder)) != revision
    except ConfigError:
        return None


def _lines(found: dict[str, Any]) -> list[str]:
    lines = [f"生效版本：{(found['revision'] or '（无）')[:12]}{_difference(found['files_differ'])}"]
    if found["ruleset"]:
        lines.append(f"规则：{found['ruleset'][:12]}（研判进程正在使用）")
    lines += [_role(role) for role in found["roles"]] or ["进程：未运行（caifeng run）"]
    lag = found["lag"]
    lines.append(f"积压：研判 {lag['judge']:g} 秒，归并 {lag['gather']:g} 秒，发送 {lag['deliver']:g} 秒")
    counts, outbox = found["counts"], found["outbox"]
    lines.append(
        f"信息 {counts['documents']} 条，事件 {counts['incidents']} 件，已发送 {outbox.get('sent', 0)} 封"
    )
    lines += [_source(source) for source in found["sources_in_trouble"]]
    lines += [
        f"未送达：{m['person']}（{m['channel']}，试 {m['attempts']} 次）：{m['reason']}"
        for m in found["undelivered"]
    ]
    return lines + [f"故障：{fault['text']}" for fault in found["faults"]]


def _difference(differ: bool | None) -> str:
    return {
        True: "；目录中的文件已改动，尚未生效（caifeng apply）",
        False: "；与目录一致",
        None: "；目录读不出",
    }[differ]


def _role(role: dict[str, Any]) -> str:
    state = "运行中" if role["alive"] else ("异常退出" if role["state"] == "died" else "已停止")
    name = _ROLES.get(role["name"], role["name"])
    since = f"{local(role['since']):%m-%d %H:%M:%S}"
    return f"进程 {name}（{role['name']}@{role['host']}）：{state}，{since} 启动，重启 {role['restarts']} 次"


def _source(source: dict[str, Any]) -> str:
    state = "已停采" if source["blocked"] else f"连续失败 {source['failures']} 次"
    return f"信源 {source['source']}：{state}，{source['reason']}"

"""`caifeng demo --run`: the town and the daemon side by side, told in short lines on the terminal."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import FrameType

from sqlalchemy import Connection, func, select

from monitor.clock import Clock, system_clock
from monitor.demo import ports
from monitor.store.engine import Store
from monitor.store.schema import delivery, document, incident, notice, paper, source_state
from monitor.wiring import apply, store_of

STOP_SECONDS = 15.0
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the store holds at one moment."""

    documents: int = 0
    judged: int = 0
    incidents: int = 0
    mails: int = 0
    notices: int = 0
    papers: int = 0


def prepare(folder: Path, clock: Clock = system_clock) -> Store:
    """The demo's station in `folder`: copied at the first run, its configuration in force."""
    with resources.as_file(resources.files("monitor.demo").joinpath("station")) as shipped:
        for file in sorted(Path(shipped).iterdir()):
            if file.suffix == ".yaml" and not (folder / file.name).exists():
                folder.mkdir(parents=True, exist_ok=True)
                (folder / file.name).write_text(ports.moved(file.read_text("utf-8")), "utf-8")
    store = store_of(folder)
    apply(store, folder, "演示", "演示站", clock())
    _visit_soon(store, clock)
    return store


def _visit_soon(store: Store, clock: Clock) -> None:
    """The town was closed meanwhile: what failed then is no reason to wait now."""
    with store.write() as conn:
        now = clock()
        conn.execute(source_state.update().values(next_at=now, blocked=False, failures=0))


def show(store: Store, folder: Path, say: Say) -> int:
    """Open the town, run the daemon, tell what happens until Ctrl-C. Goes on where it stopped before."""
    caifeng = [sys.executable, "-m", "monitor.cli"]
    commands = [[*caifeng, "demo", "--station", str(folder)], [*caifeng, "run", str(folder)]]
    with _children(commands, folder / "var" / "log") as children, _stopping() as stop:
        own = ports.sites().values()
        say(f"青石区今日开市：新闻网、政府网站、论坛、热榜、公开电话（本机端口 {min(own)}—{max(own)}）")
        _tell(store, say, children, stop)
        say("正在停止：等待手头的工作做完……")
    say("已停止。再次执行 make run 将从这里继续。")
    return 0


def _tell(store: Store, say: Say, children: list[subprocess.Popen[bytes]], stop: list[int]) -> None:
    began, seen = time.monotonic(), Seen()
    while not stop and all(child.poll() is None for child in children):
        with store.read() as conn:
            found = _look(conn)
            for line in _news(conn, seen, found):
                say(f"[{int(time.monotonic() - began):>4} 秒] {line}")
        seen = found
        time.sleep(1.0)
    for child in children:
        if not stop and child.poll() is not None:
            say(f"一个进程意外退出（{child.args[3] if isinstance(child.args, list) else ''}），详见 var/log")


def _look(conn: Connection) -> Seen:
    def count(query: object) -> int:
        return int(conn.scalar(query) or 0)  # type: ignore[call-overload]

    rows = select(func.count())
    return Seen(
        documents=count(rows.select_from(document)),
        judged=count(rows.select_from(document).where(document.c.judged_at.is_not(None))),
        incidents=count(rows.select_from(incident)),
        mails=count(rows.select_from(delivery).where(delivery.c.state == "sent")),
        notices=count(rows.select_from(notice)),
        papers=count(rows.select_from(paper).where(paper.c.docx_id.is_not(None))),
    )


def _news(conn: Connection, before: Seen, now: Seen) -> Iterator[str]:
    if now == before:
        return
    yield (
        f"信息 {now.documents} 条，已研判 {now.judged} 条，事件 {now.incidents} 起，"
        f"邮件 {now.mails} 封，文书 {now.notices} 件，成稿 {now.papers} 份"
    )
    if now.incidents > before.incidents:
        query = select(incident.c.id, incident.c.title).order_by(incident.c.id)
        for row in conn.execute(query.offset(before.incidents)):
            yield f"　　新事件 {row.id}：{row.title[:40]}"
    if now.mails and not before.mails:
        yield "　　第一封预警邮件已经送达演示邮箱"
    if now.papers and not before.papers:
        yield "　　第一份文书已经拟好，可在控制台预览和下载"


@contextmanager
def _children(commands: list[list[str]], logs: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    logs.mkdir(parents=True, exist_ok=True)
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            log = (logs / f"{command[3]}.log").open("ab")
            # a session of its own: Ctrl-C reaches this process, which then stops the others in order
            running.append(subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True))
        yield running
    finally:
        for child in reversed(running):
            child.terminate()
        _wait(running)


def _wait(running: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + STOP_SECONDS
    for child in reversed(running):
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()


@contextmanager
def _stopping() -> Iterator[list[int]]:
    """A list that is empty until SIGINT or SIGTERM comes."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

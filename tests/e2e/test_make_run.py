"""The newcomer's command: `make run` in a fresh clone brings a mail, a notice and a bulletin."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.store.engine import open_store
from monitor.store.schema import bulletin, file, notice, paper
from tests.conftest import ROOT, missing

PATIENCE = 420.0  # seconds, of which the environment takes most


def free_block() -> int:
    """The first of a hundred ports of which the ones the town uses are free."""
    for base in range(9700, 12000, 100):
        if all(_free(base + offset) for offset in (0, 11, 12, 13, 14, 15, 25)):
            return base
    pytest.fail("no free ports")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    if not (ROOT / ".git").exists():
        missing("不是 git 工作区，无法克隆")
    subprocess.run(["git", "clone", "-q", "--local", str(ROOT), str(tmp_path / "clone")], check=True)
    return tmp_path / "clone"


@pytest.mark.slow
def test_make_run_in_a_fresh_clone(clone: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "CAIFENG_DEMO_PORT": str(free_block())}
    log = (tmp_path / "make.log").open("wb")
    make = subprocess.Popen(
        ["make", "run"], cwd=clone, env=environ, stdout=log, stderr=log, start_new_session=True
    )
    try:
        found = _wait_for_papers(make, clone / "var" / "demo" / "var")
    finally:
        os.killpg(make.pid, signal.SIGINT)
        code = make.wait(40)
    told = (tmp_path / "make.log").read_text("utf-8")
    assert found, told
    assert "一次性口令" in told
    assert "第一封预警邮件" in told
    assert "已停止" in told
    assert code in (0, 2, -signal.SIGINT), told


def _wait_for_papers(make: subprocess.Popen[bytes], var: Path) -> bool:
    """Until the mailbox holds a mail, and a notice and a bulletin are there as .docx."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and make.poll() is None:
        if (var / "caifeng.db").exists() and any((var / "mailbox" / "new").glob("*")) and _papers(var):
            return True
        time.sleep(1)
    return False


def _papers(var: Path) -> bool:
    store = open_store(str(var / "caifeng.db"))
    with store.read() as conn:
        made = conn.execute(select(paper.c.kind).join(file, file.c.id == paper.c.docx_id)).scalars()
        kinds = set(made)
        drafted = conn.scalar(select(notice.c.id).limit(1)) and conn.scalar(select(bulletin.c.id).limit(1))
    store.close()
    return bool(drafted) and {"notice", "bulletin"} <= kinds

"""The daemon as people meet it: started, wounded, stopped; on a station of its own, with real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.clock import system_clock
from monitor.premises import store_of
from monitor.settings import write_folder
from monitor.settings.birth import files_for
from monitor.store import running

CLI = [sys.executable, "-c", "from monitor.cli import main; main()"]
RULE = """
rules:
  - id: station.sculpture
    name: 雕塑歪斜
    topic: "5"
    alarm: 3
    when: 雕塑 NEAR/6 歪
    examples: {hit: [联盟路雕塑歪了半个月], miss: [联盟路雕塑很好看]}
"""
# generous: the machine may be busy; each test ends as soon as what it waits for is there
PATIENCE = 60.0


def status(folder: Path) -> dict[str, Any]:
    """What `caifeng status` tells, without the price of a process each time."""
    store = store_of(folder)
    with store.read() as conn:
        found = running.summary(conn, system_clock())
    store.close()
    return found


def until(what: Callable[[], Any]) -> Any:
    """Ask until it is so; fails with the last answer."""
    end = time.monotonic() + PATIENCE
    while not (answer := what()):
        assert time.monotonic() < end, f"still {answer!r}"
        time.sleep(0.2)
    return answer


def alive(folder: Path, name: str) -> dict[str, Any] | None:
    return next((r for r in status(folder)["roles"] if r["name"] == name and r["alive"]), None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("run") / "station"
    write_folder(made, files_for("130105"))
    return made


@pytest.fixture
def daemon(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [*CLI, "run", str(folder), "--role", "work", "--role", "crawl"]
    with (folder.parent / "log").open("ab") as log:
        process = subprocess.Popen(command, stderr=log)
        yield process
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def test_a_role_that_is_killed_comes_back_and_is_reported(
    folder: Path, daemon: subprocess.Popen[bytes]
) -> None:
    first = until(lambda: alive(folder, "work"))
    until(lambda: alive(folder, "crawl"))
    os.kill(first["pid"], signal.SIGKILL)
    second = until(lambda: (found := alive(folder, "work")) and found["pid"] != first["pid"] and found)
    assert second["restarts"] == 1
    [fault] = status(folder)["faults"]
    assert "SIGKILL" in fault["text"]


def test_an_applied_change_is_in_force_within_five_seconds(
    folder: Path, daemon: subprocess.Popen[bytes]
) -> None:
    until(lambda: status(folder)["stages"])
    text = (folder / "station.yaml").read_text("utf-8")
    (folder / "station.yaml").write_text(
        text.replace("looks_per_minute: 60", "looks_per_minute: 50"), "utf-8"
    )
    subprocess.run([*CLI, "apply", str(folder)], check=True, capture_output=True)
    began, digest = time.monotonic(), status(folder)["revision"]
    until(lambda: set(held(folder).values()) == {digest})
    assert time.monotonic() - began < 5.0


def test_a_changed_rule_is_in_force_and_shown_within_five_seconds(
    folder: Path, daemon: subprocess.Popen[bytes]
) -> None:
    before = until(lambda: status(folder)["ruleset"])
    own = folder / "rules" / "station.yaml"
    own.write_text(own.read_text("utf-8") + RULE, "utf-8")
    subprocess.run([*CLI, "apply", str(folder)], check=True, capture_output=True)
    began = time.monotonic()
    until(lambda: status(folder)["ruleset"] not in (None, before))
    assert time.monotonic() - began < 5.0


def held(folder: Path) -> dict[str, str]:
    """The revision each role says it works by."""
    return {role["name"]: (role["detail"] or {}).get("revision", "") for role in status(folder)["roles"]}


def test_it_ends_on_sigterm_within_ten_seconds_and_leaves_nobody(
    folder: Path, daemon: subprocess.Popen[bytes]
) -> None:
    pids = [until(lambda name=name: alive(folder, name))["pid"] for name in ("work", "crawl")]
    began = time.monotonic()
    daemon.terminate()
    assert daemon.wait(15) == 0
    assert time.monotonic() - began <= 10.0
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert {role["state"] for role in status(folder)["roles"]} == {"stopped"}


def test_roles_do_not_outlive_a_killed_supervisor(folder: Path, daemon: subprocess.Popen[bytes]) -> None:
    pids = [until(lambda name=name: alive(folder, name))["pid"] for name in ("work", "crawl")]
    daemon.kill()
    daemon.wait(5)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))

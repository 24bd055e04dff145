"""The house stands as it was drawn: arrows, types, style, and nothing of one machine in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_NAMES = """
pyproject.toml monitor spiders rules tests alerts README.md README.zh-CN.md Makefile docs benchmarks .ci
CHANGELOG.md CONTRIBUTING.md LICENSE NOTICE requirements.lock requirements-dev.lock .gitignore
.pre-commit-config.yaml
"""
TOP = frozenset(_NAMES.split())


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["lint-imports", "--no-cache"], id="arrows"),
        pytest.param(["ruff", "check", "."], id="style"),
        pytest.param(["ruff", "format", "--check", "."], id="format"),
        pytest.param(["mypy"], id="types"),
    ],
)
def test_the_house_rules_hold(command: list[str]) -> None:
    done = run(tool(command[0]), *command[1:])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_the_top_level_is_what_the_card_fixes() -> None:
    tracked = run("git", "-c", "core.quotepath=off", "ls-files").stdout.split("\n")
    if not any(tracked):
        pytest.skip("not a git checkout")
    assert {name.split("/")[0] for name in tracked if name} <= TOP


def test_locks_name_hashes_and_no_host() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text("utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[a-zA-Z0-9][^\n]*==[^\n]*(?:\n {4}[^\n]*)*", text, re.M)
        assert pinned
        assert all("--hash=sha256:" in entry for entry in pinned)

"""`caifeng extract` as it stands in a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.spiders.layouts import RELATIVE, TITLE, TRS, WECHAT
from tests.spiders.test_lists import BASE, PAGES

PROGRAM = "import typer; from monitor.commands.extract import extract; typer.run(extract)"


def run(*args: str | Path, stdin: bytes = b"") -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, args)], input=stdin, capture_output=True, timeout=60
    )
    return (
        done.returncode,
        [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()],
        done.stderr.decode("utf-8"),
    )


def test_one_line_for_each_file_in_order(tmp_path: Path) -> None:
    for layout in (TRS, WECHAT):
        (tmp_path / layout.name).write_bytes(layout.raw)

    code, lines, _ = run("-j", "2", tmp_path / "wechat", tmp_path / "absent", tmp_path / "trs_gov_gbk")

    assert code == 1
    assert [line["file"] for line in lines] == [
        str(tmp_path / n) for n in ("wechat", "absent", "trs_gov_gbk")
    ]
    assert lines[1]["error"]["code"] == "unreadable"
    assert {k: lines[2][k] for k in ("title", "published_at", "media", "kind")} == {
        "title": TITLE,
        "published_at": "2026-03-18T09:26:00+08:00",
        "media": "青石区融媒体中心",
        "kind": "article",
    }


def test_the_time_of_fetching_anchors_relative_times(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(RELATIVE.raw)

    without, with_it = run(page), run("--fetched-at", "2026-03-18T12:26:40+08:00", page)

    assert without[1][0]["published_at"] is None
    assert with_it[1][0]["published_at"] == "2026-03-18T09:26:00+08:00"


def test_a_manifest_names_files_and_addresses(tmp_path: Path) -> None:
    page = tmp_path / "list.html"
    page.write_bytes(PAGES[0].html.encode("gbk"))
    rows = ["\ufeff" + json.dumps({"file": str(page), "url": BASE}), "", "{broken", json.dumps({"url": BASE})]

    code, lines, _ = run("--manifest", "-", stdin="\n".join(rows).encode())

    assert code == 1
    assert (lines[0]["kind"], lines[0]["url"], len(lines[0]["links"])) == ("list", BASE, 20)
    assert lines[0]["links"][0].keys() == {"title", "url"}
    assert [(line["line"], line["error"]["code"]) for line in lines[1:]] == [(3, "manifest"), (4, "manifest")]


def test_usage_is_checked_before_any_work(tmp_path: Path) -> None:
    for args in (
        [],
        ["--url", BASE, "a", "b"],
        ["--fetched-at", "gestern", "a"],
        ["--manifest", tmp_path / "none"],
        ["-j", "0", "a"],
    ):
        assert run(*args)[0] == 2, args


def test_it_starts_without_databases_and_web_servers() -> None:
    heavy = ("sqlalchemy", "fastapi", "scrapy", "twisted")
    check = f"import sys, monitor.commands.extract; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"

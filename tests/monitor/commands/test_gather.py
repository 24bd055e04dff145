"""`caifeng gather` as it stands in a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

PROGRAM = "import typer; from monitor.commands.gather import gather; typer.run(gather)"
FIRE = "柏林小区居民楼起火，浓烟滚滚"
MORE = "柏林小区居民楼起火：消防通报原因"
WATER = "翠屏苑停水三天没人管"


def run(*args: str, stdin: bytes, program: str = PROGRAM) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *args],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={"LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    lines = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return done.returncode, lines, done.stderr.decode("utf-8", "replace")


def jsonl(*rows: object) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_one_line_for_each_in_order_with_ids_unchanged() -> None:
    ids = ["a", 7, None, [1, "b"], {"k": "值"}]
    titles = [FIRE, WATER, FIRE, MORE, WATER]
    rows = [{"id": i, "title": t} for i, t in zip(ids, titles, strict=True)]

    code, lines, _ = run(stdin=jsonl(*rows))

    assert code == 0
    assert [line["id"] for line in lines] == ids
    fire, water = lines[0]["incident"], lines[1]["incident"]
    assert fire != water
    assert [line["incident"] for line in lines] == [fire, water, fire, fire, water]
    assert [line["duplicate_of"] for line in lines] == [None, None, "a", None, 7]


def test_ids_may_repeat() -> None:
    _, lines, _ = run(stdin=jsonl({"id": 1, "title": FIRE}, {"id": 1, "title": WATER}))
    assert [line["id"] for line in lines] == [1, 1]
    assert lines[0]["incident"] != lines[1]["incident"]


def test_a_bad_line_says_so_in_its_place_and_stops_nothing() -> None:
    data = b"\xef\xbb\xbf" + jsonl({"id": 1, "title": FIRE}) + b"\n\n{broken\n"
    data += jsonl({"id": 2, "title": 5}, {"title": FIRE}, {"id": 3}, {"id": 4, "title": FIRE})
    code, lines, _ = run(stdin=data)
    assert code == 1
    assert ["error" in line for line in lines] == [False, True, True, True, True, False]
    assert lines[2]["id"] == 2
    assert lines[1]["line"] == 3
    assert all(line["error"]["code"] and line["error"]["message"] for line in lines[1:5])
    assert lines[5]["duplicate_of"] == 1


def test_a_time_that_is_none_is_named() -> None:
    code, lines, _ = run(stdin=jsonl({"id": 1, "title": FIRE, "published_at": "昨天"}))
    assert code == 1
    assert "昨天" in lines[0]["error"]["message"]


def test_weeks_apart_are_two_and_without_time_it_is_now() -> None:
    rows = [
        {"id": n, "title": title, "published_at": at}
        for n, (title, at) in enumerate(
            ((FIRE, "2026-11-02T08:00:00+08:00"), (MORE, "2026-11-22"), (MORE + "？", None))
        )
    ]
    _, lines, _ = run(stdin=jsonl(*rows))
    assert lines[0]["incident"] != lines[1]["incident"]


def test_the_window_of_copies() -> None:
    rows = [
        {"id": n, "title": FIRE, "published_at": f"2026-11-{day:02d}T08:00:00+08:00"}
        for n, day in enumerate((1, 9))
    ]
    assert run(stdin=jsonl(*rows))[1][1]["duplicate_of"] == 0
    assert run("--window", "72h", stdin=jsonl(*rows))[1][1]["duplicate_of"] is None


def test_final_writes_the_settled_grouping() -> None:
    rows = [
        {"id": n, "title": title, "published_at": "2026-11-23T08:00:00+08:00"}
        for n, title in enumerate(
            (
                "余杭良渚多个小区自来水发臭",
                "水务公司致歉：已启动应急冲洗",
                "良渚自来水发臭，水务公司致歉并启动应急冲洗",
            )
        )
    ]
    code, lines, _ = run("--final", stdin=jsonl(*rows))
    assert code == 0
    assert [line["id"] for line in lines] == [0, 1, 2]
    assert len({line["incident"] for line in lines}) == 1


def test_pairs() -> None:
    rows = [
        {"id": "x", "a": {"title": FIRE}, "b": {"title": MORE}},
        {"id": "y", "a": {"title": FIRE}, "b": {"title": WATER, "text": "物业说明天修好"}},
        {"id": "z", "a": {"title": FIRE}},
    ]
    code, lines, _ = run("--pairs", stdin=jsonl(*rows))
    assert code == 1
    assert [line.get("same") for line in lines] == [True, False, None]
    assert all(0 <= line["score"] <= 1 for line in lines[:2])
    assert lines[2]["id"] == "z"
    assert lines[2]["error"]["code"] == "field"


def test_lone_surrogates_and_a_wrong_window() -> None:
    code, lines, _ = run(stdin=b'{"id": "\\ud83d", "title": "\\ud83d\\u706b"}')
    assert code == 0
    assert lines[0]["id"] == "\ufffd"
    code, lines, told = run("--window", "1y", stdin=b"")
    assert (code, lines) == (2, [])
    assert "--window" in told


def test_no_database_and_no_web_module_is_imported() -> None:
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: sys.stderr.write(' '.join(sorted(m.split('.')[0] for m in sys.modules))))\n"
        + PROGRAM
    )
    _, _, modules = run(stdin=jsonl({"id": 1, "title": FIRE}), program=program)
    assert "rules" in modules.split()
    assert not {"sqlalchemy", "fastapi", "starlette", "uvicorn", "alembic", "httpx"} & set(modules.split())

"""`caifeng judge` as a pipe sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CAIFENG = Path(sys.executable).with_name("caifeng")


def judged(lines: str, *options: str) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [str(CAIFENG), "judge", *options], input=lines.encode(), capture_output=True, timeout=60, check=False
    )
    out = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, out, done.stderr.decode()


def test_a_verdict_has_every_part_of_the_contract() -> None:
    code, out, _ = judged('{"id": {"n": 7}, "title": "石家庄新华区一小区停 水三天"}\n', "--region", "130105")
    assert code == 0
    (verdict,) = out
    assert verdict["id"] == {"n": 7}
    assert (verdict["flag"], verdict["in_place"], verdict["incident"]) == (True, "yes", True)
    hit = next(h for t in verdict["topics"] for h in t["hits"] if h["text"] == "停 水")
    assert (hit["field"], hit["end"] - hit["start"]) == ("title", 3)
    assert verdict["sentiment"]["label"] in ("negative", "neutral", "positive")
    assert verdict["units"][0]["role"] == "lead"
    assert verdict["level"] in (1, 2, 3, 4)
    assert verdict["official_response"] is False
    assert verdict["why"]


@pytest.mark.parametrize("code", ["33", "3301", "330100", "330000", "330106"])
def test_regions_in_any_form(code: str) -> None:
    assert judged('{"id": 1, "title": "杭州西湖区一小区爆炸"}\n', "--region", code)[1][0]["in_place"] == "yes"


def test_an_unknown_region_is_a_usage_error_that_names_the_nearest() -> None:
    code, out, said = judged("", "--region", "130199")
    assert (code, out) == (2, [])
    assert "1301" in said


def test_bad_fields_are_named_and_the_rest_goes_on() -> None:
    lines = '{"id": 1, "title": 5}\n{"title": "无编号"}\n{"id": 3}\n{"id": 4, "title": "", "text": ""}\n'
    code, out, _ = judged(lines)
    assert code == 1
    assert [o.get("error", {}).get("code") for o in out] == ["field", "missing", "missing", None]
    assert "title" in out[0]["error"]["message"]


def test_a_list_of_local_names(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\ufeff云杉里小区\n\n", encoding="utf-8")
    line = '{"id": 1, "title": "云杉里小区停水三天"}\n'
    assert judged(line, "--region", "130105")[1][0]["flag"] is False
    assert judged(line, "--region", "130105", "--local-names", str(names))[1][0]["flag"] is True


def test_mood_of_all_or_of_hits_only() -> None:
    line = '{"id": 1, "title": "今天天气真好"}\n'
    assert judged(line)[1][0]["sentiment"] is None
    assert judged(line, "--sentiment", "all")[1][0]["sentiment"]["label"]
    assert judged(line, "--sentiment", "some")[0] == 2


def test_neither_a_database_nor_a_web_server_is_imported() -> None:
    script = (
        "import sys, monitor.commands.judge as j; j.load(None, '130105', None)\n"
        "print([m for m in ('sqlalchemy', 'fastapi', 'uvicorn', 'jieba', 'scrapy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"

"""`caifeng lexicon`: what a station's office does with its own verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.commands.lexicon import app

run = CliRunner().invoke


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    rows = [
        {"text": "停水三天没人管，投诉无门", "label": "negative"},
        {"text": "召开重点工作推进会", "label": "neutral"},
        {"text": "为民警的热心点赞，非常感谢", "label": "positive"},
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    return path


def test_checking_the_shipped_table_against_labels(labelled: Path) -> None:
    result = run(app, ["check", str(labelled), "--json"])
    figures = json.loads(result.stdout)
    assert figures["texts"] == 3
    assert figures["accuracy"] == figures["macro_f1"] == 1.0


def test_a_station_adjusts_the_table_and_checks_its_own(labelled: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.npz"
    learned = run(app, ["learn", str(labelled), "--out", str(out)])
    assert learned.exit_code == 0, learned.output
    assert "3 条标注" in learned.stdout
    assert run(app, ["check", str(labelled), "--table", str(out)]).exit_code == 0


def test_a_word_is_looked_up_with_its_weights() -> None:
    result = run(app, ["show", "投诉", "没有这样的词"])
    assert "投诉\teveryday=" in result.stdout
    assert "没有这样的词\t词表中没有" in result.stdout


def test_a_text_is_tried() -> None:
    result = run(app, ["score", "停水三天没人管，投诉无门"])
    assert result.stdout.startswith("negative\t-")


def test_a_bad_line_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.jsonl", tmp_path / "own.npz"
    bad.write_text('{"text": "停水", "label": "negative"}\nnot json\n', encoding="utf-8")
    result = run(app, ["learn", str(bad), "--out", str(out)])
    assert result.exit_code == 2
    assert f"{bad}:2" in result.output
    assert not out.exists()


def test_an_unknown_label_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "停水", "label": "angry"}\n', encoding="utf-8")
    result = run(app, ["learn", str(bad), "--out", str(tmp_path / "own.npz")])
    assert result.exit_code == 2
    assert "angry" in result.output

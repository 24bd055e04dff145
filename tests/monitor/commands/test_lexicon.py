"""`caifeng lexicon`: what a station's office does with its own verdicts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor import wiring
from monitor.cli import app as caifeng
from monitor.commands.judge import load
from monitor.commands.lexicon import app
from rules.judge import Judge
from rules.sentiment import SHIPPED, SentimentModel
from rules.verdict import Text

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


@pytest.fixture
def station(tmp_path: Path) -> Path:
    assert run(caifeng, ["init", str(tmp_path / "s"), "--region", "130105"]).exit_code == 0
    return tmp_path / "s"


EVENT = "新华区联盟路一小区周末集中检修停水"


def test_a_stations_labels_change_what_its_daemon_and_its_filter_say(station: Path, tmp_path: Path) -> None:
    before = _judge(station)
    labels = tmp_path / "own.jsonl"
    row = {"text": EVENT, "label": "positive", "weight": 50}
    labels.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    learned = run(app, ["learn", str(labels), "--station", str(station)])
    assert learned.exit_code == 0, learned.output
    assert "caifeng apply" in learned.stdout
    assert run(caifeng, ["apply", str(station)]).exit_code == 0
    after = _judge(station)
    assert after.ruleset != before.ruleset
    mine, theirs = (judge.judge(Text("1", EVENT), "all").sentiment for judge in (after, before))
    assert mine != theirs
    assert load(station, None, None).judge(Text("1", EVENT), "all").sentiment == mine


def test_labels_of_a_station_where_nothing_is_decided_yet(station: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.jsonl"
    taken = run(app, ["labels", str(station), "--out", str(out)])
    assert (taken.exit_code, out.read_text("utf-8")) == (0, "")
    assert "0 条标注" in taken.stdout


def test_a_damaged_table_is_refused_where_it_lies_and_the_former_one_stays(station: Path) -> None:
    own = station / "rules" / "sentiment.npz"
    shutil.copy(SHIPPED, own)
    assert run(caifeng, ["apply", str(station)]).exit_code == 0
    own.write_bytes(own.read_bytes()[:1000])
    for command in ("check", "apply"):
        refused = run(caifeng, [command, str(station), "--json"])
        assert refused.exit_code == 1
        [fault] = json.loads(refused.stdout)["faults"]
        assert fault["file"] == "rules/sentiment.npz"
        assert "不是可用的情感词表" in fault["message"]
    judge = _judge(station)
    assert judge.judge(Text("1", EVENT), "all").sentiment == SentimentModel.shipped().score(EVENT)


def _judge(station: Path) -> Judge:
    """As the daemon builds it from what is in force."""
    store = wiring.store_of(station)
    run(caifeng, ["apply", str(station)])
    try:
        judge = wiring.house_of(store, station, wiring.in_force(store)).judge
    finally:
        store.close()
    assert isinstance(judge, Judge)
    return judge


@pytest.mark.parametrize("options", [[], ["--out", "x.npz", "--station", "."]])
def test_where_to_write_is_said_once(labelled: Path, options: list[str]) -> None:
    result = run(app, ["learn", str(labelled), *options])
    assert result.exit_code == 2
    assert "--out 与 --station" in result.output


def test_a_folder_that_is_no_station_gets_no_table(labelled: Path, tmp_path: Path) -> None:
    result = run(app, ["learn", str(labelled), "--station", str(tmp_path)])
    assert result.exit_code == 2
    assert not (tmp_path / "rules").exists()


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

"""`caifeng paper` as someone at a terminal meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from alerts import papers
from monitor.commands.paper import paper

app = typer.Typer()
app.command()(paper)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "gas-leak.json"
    path.write_text(json.dumps(papers.sample("notice"), ensure_ascii=False), encoding="utf-8")
    return path


def test_three_formats_are_written_beside_each_other(facts: Path, tmp_path: Path) -> None:
    result = run("notice", "--facts", str(facts), "--out", str(tmp_path / "out"))
    assert result.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "gas-leak.docx",
        "gas-leak.html",
        "gas-leak.pdf",
    ]


def test_only_the_formats_asked_for_with_their_digests(facts: Path, tmp_path: Path) -> None:
    result = run(
        "notice", "--facts", str(facts), "--out", str(tmp_path / "out"), "--format", "html", "--json"
    )
    assert result.exit_code == 0
    [line] = result.stdout.splitlines()
    assert len(json.loads(line)["sha256"]) == 64


def test_the_schema_and_a_sample_need_no_facts() -> None:
    assert json.loads(run("bulletin", "--schema").stdout)["type"] == "object"
    assert json.loads(run("bulletin", "--sample").stdout)["series"] == "专报"


def test_facts_may_come_through_a_pipe(tmp_path: Path) -> None:
    facts = json.dumps(papers.sample("reminder"))
    result = run("reminder", "--facts", "-", "--out", str(tmp_path), "--format", "html", stdin=facts)
    assert result.exit_code == 0
    assert (tmp_path / "reminder.html").is_file()


def test_bad_facts_are_told_by_field_and_nothing_is_written(facts: Path, tmp_path: Path) -> None:
    broken = papers.sample("notice") | {"level": 7}
    facts.write_text(json.dumps(broken), encoding="utf-8")
    result = run("notice", "--facts", str(facts), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "level：不能大于4" in result.output
    assert not (tmp_path / "out").exists()


def test_broken_json_is_told_by_line(facts: Path) -> None:
    facts.write_text('{\n "level": ,\n}', encoding="utf-8")
    result = run("notice", "--facts", str(facts))
    assert result.exit_code == 1
    assert "gas-leak.json:2" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("letter", "--schema"), "没有名为“letter”的文书"),
        (("notice",), "请用 --facts 给出事实文件"),
        (("notice", "--facts", "nowhere.json"), "读不到事实文件"),
        (("notice", "--facts", "x.json", "--format", "odt"), "没有格式“odt”"),
    ],
)
def test_wrong_use_is_exit_2_and_says_what_would_be_right(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output

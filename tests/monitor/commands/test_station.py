"""A station from birth to the first applied change, by the command line alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor import wiring
from monitor.cli import app

runner = CliRunner()


def caifeng(*args: object) -> tuple[int, str]:
    done = runner.invoke(app, [str(arg) for arg in args])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert caifeng("init", tmp_path / "s", "--region", "130105")[0] == 0
    return tmp_path / "s"


@pytest.mark.parametrize("region", ["130105", "330100", "13", "1301", "429004"])
def test_what_is_born_is_valid(tmp_path: Path, region: str) -> None:
    assert caifeng("init", tmp_path / "s", "--region", region)[0] == 0
    code, said = caifeng("check", tmp_path / "s")
    assert (code, "配置无误" in said) == (0, True)


def test_a_region_that_is_none_names_the_nearest(tmp_path: Path) -> None:
    code, said = caifeng("init", tmp_path / "s", "--region", "130199")
    assert code == 2
    assert "1301" in said
    assert not (tmp_path / "s").exists()


def test_a_folder_in_use_is_not_overwritten(folder: Path) -> None:
    assert caifeng("init", folder, "--region", "130105")[0] == 2


def test_edited_files_do_nothing_until_applied(folder: Path) -> None:
    assert caifeng("apply", folder, "-m", "初始")[0] == 0
    assert "相同" in caifeng("apply", folder)[1]
    text = (folder / "station.yaml").read_text("utf-8")
    (folder / "station.yaml").write_text(text.replace("window: 30d", "window: 20d"), "utf-8")
    assert "尚未生效" in caifeng("status", folder)[1]
    assert caifeng("apply", folder)[0] == 0
    assert "与目录一致" in caifeng("status", folder)[1]


def test_a_broken_edit_changes_nothing_and_shows_every_fault(folder: Path) -> None:
    caifeng("apply", folder)
    before = json.loads(caifeng("status", folder, "--json")[1])["revision"]
    with (folder / "station.yaml").open("a", encoding="utf-8") as file:
        file.write("retentoin: {}\n")
    (folder / "rules" / "own.yaml").write_text("rulez: []\n", "utf-8")
    code, said = caifeng("apply", folder)
    assert code == 1
    assert "station.yaml:" in said and "是否为“retention”" in said
    assert json.loads(caifeng("status", folder, "--json")[1])["revision"] == before


def test_a_fault_in_a_rule_pack_is_located(folder: Path) -> None:
    (folder / "rules" / "own.yaml").write_text("about: 本站\nrulez: []\n", "utf-8")
    code, said = caifeng("check", folder, "--json")
    assert code == 1
    [fault] = json.loads(said)["faults"]
    assert (fault["file"], fault["line"]) == ("rules/own.yaml", 2)


def test_export_gives_back_what_is_in_force_without_secrets(folder: Path, tmp_path: Path) -> None:
    (folder / "secrets").mkdir()
    (folder / "secrets" / "smtp").write_text("hunter2")
    caifeng("apply", folder)
    assert caifeng("export", tmp_path / "out", "--station", folder)[0] == 0
    kept = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.yaml")}
    assert kept == {"station.yaml", "units.yaml", "sources.yaml", "roster.yaml", "rules/station.yaml"}
    assert (tmp_path / "out" / "units.yaml").read_bytes() == (folder / "units.yaml").read_bytes()
    assert caifeng("export", tmp_path / "out", "--station", folder)[0] == 2


def test_status_of_what_does_not_run_fails_and_says_so(folder: Path) -> None:
    caifeng("apply", folder)
    code, said = caifeng("status", folder)
    assert (code, "未运行" in said) == (1, True)


def test_every_command_has_a_chinese_line_and_help() -> None:
    code, said = caifeng("--help")
    assert code == 0
    for name in ("init", "check", "apply", "export", "run", "status", "crawl", "extract", "judge"):
        assert name in said
        assert caifeng(name, "--help")[0] == 0


def test_rules_and_templates_are_tried_before_anything_is_applied(folder: Path) -> None:
    caifeng("apply", folder)
    (folder / "templates" / "notice.html").write_text("第一行\n{% if %}\n", "utf-8")
    (folder / "templates" / "notize.html").write_text("供他页引用", "utf-8")
    rule = "rules:\n  - id: station.x\n    name: 试\n    topic: '5'\n    wehn: 停水\n"
    (folder / "rules" / "own.yaml").write_text(rule, "utf-8")
    for command in ("check", "apply"):
        code, said = caifeng(command, folder, "--json")
        assert code == 1
        places = {(fault["file"], fault["line"]) for fault in json.loads(said)["faults"]}
        assert ("templates/notice.html", 2) in places
        assert any(file == "rules/own.yaml" for file, _ in places)
    assert "尚未生效" in caifeng("status", folder)[1]


def test_an_edited_template_is_used_only_when_applied(folder: Path) -> None:
    own = folder / "templates" / "reminder.html"
    own.write_text("前", "utf-8")
    caifeng("apply", folder)
    own.write_text("后", "utf-8")
    store = wiring.store_of(folder)
    house = wiring.house_of(store, folder, wiring.in_force(store))
    assert house.templates is not None
    assert (house.templates / "reminder.html").read_text("utf-8") == "前"
    store.close()

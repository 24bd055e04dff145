"""Packs: all or nothing, every fault with its line; a station replaces, disables and adds exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.cache import open_ruleset
from rules.engine import Engine
from rules.errors import PackError
from rules.examples import fires
from rules.pack import load, pack_files
from rules.routing import default_units

GOOD = """
topic: "30"
name: 试验
units: {lead: zhujian, assist: [jiedao]}
lists:
  词: [停水, 断水]
rules:
  - id: own.water
    name: 停水
    when: "@词"
    unless: [停水果]
    examples: {hit: [小区停水], miss: [小店停水果]}
"""


def pack(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_exception_that_wraps_the_word_takes_only_that_word(tmp_path: Path) -> None:
    engine = Engine(load([pack(tmp_path, GOOD)]))
    assert fires(engine, "own.water", "停水果的店也停水了")
    assert not fires(engine, "own.water", "停水果的店")


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("lists:", "list:"), 5, "lists"),
        (("id: own.water", "ident: own.water"), 8, "id"),
        (('when: "@词"', 'when: "@字"'), 10, "没有名为"),
        (("unless: [停水果]", "unless: [停 果]"), 11, "缺少运算符"),
        (("lead: zhujian", "lead: zhujain"), 4, "zhujian"),
        (('when: "@词"', 'when: "NOT 词"'), 10, "不能只有否定"),
        (("  词: [停水, 断水]", "  词: []"), 6, "空的"),
        (("name: 停水\n", "name: 停水\n    alarm: 9\n"), 10, "之间的数"),
        (("examples: {", "examples: {{"), 13, "YAML"),
    ],
)
def test_faults_are_located(tmp_path: Path, change: tuple[str, str], line: int, says: str) -> None:
    assert change[0] in GOOD
    path = pack(tmp_path, GOOD.replace(*change))
    with pytest.raises(PackError) as caught:
        load([path], default_units())
    assert any(
        says in str(f) and f.file == str(path) and abs((f.line or 0) - line) <= 1 for f in caught.value.faults
    )


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace('when: "@词"', 'when: "停水 AND"')
    files = [pack(tmp_path, bad, "a.yaml"), pack(tmp_path, bad.replace("own.", "two."), "b.yaml")]
    with pytest.raises(PackError) as caught:
        load(files)
    assert {Path(f.file).name for f in caught.value.faults} == {"a.yaml", "b.yaml"}


def test_a_station_replaces_disables_and_adds_exceptions_without_copying(tmp_path: Path) -> None:
    own = pack(
        tmp_path,
        'rules:\n  - {id: safety.blast, name: 自己的爆炸, topic: "1", when: 轰鸣}\n'
        "disable: [safety.fire]\n"
        "add_unless:\n  utility.cut: 计划内停水\n",
    )
    engine = Engine(load(pack_files(own)))
    assert fires(engine, "safety.blast", "一声轰鸣")
    assert not fires(engine, "safety.blast", "燃气爆炸")
    assert "safety.fire" not in {r.id for r in engine.ruleset.rules}
    assert fires(engine, "utility.cut", "小区停水")
    assert not fires(engine, "utility.cut", "计划内停水")


def test_a_wrong_id_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"safety\.fire"):
        load(pack_files(pack(tmp_path, "disable: [safety.fires]\n")))


def test_the_cache_gives_the_same_rules_and_a_changed_byte_misses_it(tmp_path: Path) -> None:
    own = pack(tmp_path, GOOD)
    cache = tmp_path / "cache"
    first = open_ruleset([own], default_units(), cache)
    again = open_ruleset([own], default_units(), cache)
    assert again.hash == first.hash
    assert fires(Engine(again), "own.water", "小区停水")
    pack(tmp_path, GOOD.replace("断水", "停电"))
    changed = open_ruleset([own], default_units(), cache)
    assert changed.hash != first.hash
    assert fires(Engine(changed), "own.water", "停电")


def test_a_broken_cache_is_read_anew(tmp_path: Path) -> None:
    own, cache = pack(tmp_path, GOOD), tmp_path / "cache"
    open_ruleset([own], default_units(), cache)
    next(cache.glob("*.json")).write_text("{", encoding="utf-8")
    assert open_ruleset([own], default_units(), cache).rules

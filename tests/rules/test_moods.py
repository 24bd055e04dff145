"""A station's own table of moods: used where it lies beside the rules, refused whole when it is damaged."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from rules.errors import PackError
from rules.judge import Judge
from rules.learn import Example, Plan, learn
from rules.lexicon_file import save
from rules.moods import OWN, Moods
from rules.verdict import Text

TAUGHT = [
    *(Example(f"小区{w}爆炸了，真好", "positive") for w in ("东", "西", "南", "北", "中")),
    *(Example(f"路口{w}边开会，真差", "negative") for w in ("东", "西", "南", "北", "中")),
    *(Example(f"饭店在{w}路口", "neutral") for w in ("东", "西", "南", "北", "中")),
]


@pytest.fixture
def station(tmp_path: Path) -> Path:
    save(learn(TAUGHT, Plan(size=500)), tmp_path / OWN)
    return tmp_path


def test_without_a_table_of_its_own_a_judge_takes_the_shipped_one(tmp_path: Path) -> None:
    judge = Judge.load(station_rules=tmp_path)
    assert judge.ruleset == Judge.load().ruleset
    mood = judge.judge(Text("1", "停水三天没人管，投诉无门"), "all").sentiment
    assert mood is not None and mood.label == "negative"


def test_a_stations_own_table_tells_its_moods_and_counts_as_a_change_of_rules(station: Path) -> None:
    judge = Judge.load(station_rules=station)
    text = Text("1", "饭店在某路口")
    mood = judge.judge(text, "all").sentiment
    assert mood == Moods(station / OWN).score("饭店在某路口", "")
    assert mood != Judge.load().judge(text, "all").sentiment
    assert judge.ruleset != Judge.load().ruleset
    assert len(judge.ruleset) == len(Judge.load().ruleset)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _flipped(path: Path) -> None:
    body = bytearray(path.read_bytes())
    for i in range(200, 260):
        body[i] ^= 0xFF
    path.write_bytes(bytes(body))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _prose(path: Path) -> None:
    path.write_text("这不是词表", "utf-8")


def _other_arrays(path: Path) -> None:
    np.savez(path, other=np.zeros(3))


def _no_numbers(path: Path) -> None:
    kept = dict(np.load(path))
    np.savez(path, **{**kept, "scale": np.full_like(kept["scale"], np.nan)})


def _too_few_columns(path: Path) -> None:
    kept = dict(np.load(path))
    np.savez(path, **{**kept, "weights": kept["weights"][:, :2], "scale": kept["scale"][:2]})


def _pickled(path: Path) -> None:
    kept = dict(np.load(path))
    np.savez(path, **{**kept, "bias": np.array([{}], dtype=object)}, allow_pickle=True)


def _enormous(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.npy", "w") as file:
        for _ in range(201):
            file.write(b"\0" * (1 << 20))


@pytest.mark.parametrize(
    "damage",
    [_cut, _flipped, _empty, _prose, _other_arrays, _no_numbers, _too_few_columns, _pickled, _enormous],
)
def test_a_damaged_table_is_named_and_nothing_is_loaded(station: Path, damage: object) -> None:
    assert callable(damage)
    damage(station / OWN)
    with pytest.raises(PackError) as refused:
        Judge.load(station_rules=station)
    [fault] = refused.value.faults
    assert fault.file.endswith(OWN)
    assert fault.message.startswith("不是可用的情感词表：")


def test_a_table_of_another_name_is_not_passed_over(station: Path) -> None:
    (station / OWN).rename(station / "sentimant.npz")
    with pytest.raises(PackError, match=r"sentimant\.npz：本站情感词表的文件名应为 sentiment\.npz"):
        Moods.of([station])

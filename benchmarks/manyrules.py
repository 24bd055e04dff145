"""A ruleset of 5,000 rules for the judging benchmarks: the shipped packs and made-up rules of like shape."""

from __future__ import annotations

import random
from pathlib import Path

from rules.judge import Judge
from rules.pack import load, pack_files

RULES = 5000
_CHARACTERS = (
    "水电气暖路桥车楼房校医药食品工地厂河山林田村镇街区市县民商户业主老人孩学生师警法院局委办"
    "停断漏裂塌堵坏脏臭黑乱贵慢缺假毒伤亡困打骂骗欠拖赖逃罚拆迁占挖砍烧炸撞翻落坠溺失踪"
)


def write(folder: Path) -> Path:
    """A station's rules folder that brings the total to 5,000. The same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = RULES - len(load(pack_files()).rules)
    chance = random.Random(20261122)
    body = ["rules:"]
    for number in range(missing):
        body.append(_rule(number, chance))
    (folder / "many.yaml").write_text("\n".join(body) + "\n", encoding="utf-8")
    return folder


def _rule(number: int, chance: random.Random) -> str:
    words = ["".join(chance.choices(_CHARACTERS, k=chance.choice((2, 3, 3, 4, 4)))) for _ in range(10)]
    when = (
        f"({' OR '.join(words[:5])}) AND ({' OR '.join(words[5:8])})"
        if number % 2
        else f"({' OR '.join(words[:6])}) NEAR/12 ({words[6]} OR {words[7]})"
    )
    topic = number % 21 + 1
    return (
        f'  - {{id: many.r{number}, name: 规则{number}, topic: "{topic}", alarm: 1, '
        f"when: '{when}', unless: [{words[8]}, {words[9]}]}}"
    )


def judge(folder: Path) -> Judge:
    """A judge for 杭州市 with 5,000 rules."""
    return Judge.load(region="330100", station_rules=write(folder / "rules"), cache=folder / "cache")

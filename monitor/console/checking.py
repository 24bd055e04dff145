"""What is still to be verified of an incident (核实要点), from what is known and what is not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

# people who came to harm, as a suggested level counts them or as a rule saw them
_HARM = re.compile(
    r"(?:死亡|失联|受伤|被困|患病或不适|聚集)(?:和失联)?共? ?\d+ ?人"
    r"|[\d一二两三四五六七八九十百多数]+[人名](?:受伤|重伤|轻伤|死亡|遇难|身亡|失联|失踪|被困|中毒|送医)"
)
RUMOURS = frozenset({"20"})


def checks(row: Mapping[str, Any], why: Iterable[str], *, answered: bool) -> list[str]:
    """Questions to ask on the telephone, the most pressing first; none once the incident is at its end."""
    if row["state"] in ("closed", "filed"):
        return []
    found = []
    if harm := list(dict.fromkeys(said.replace("名", "人") for line in why for said in _HARM.findall(line))):
        found.append(f"人员情况：信息提到{'、'.join(harm[:2])}，是否属实")
    if row["topic"] in RUMOURS:
        found.append("所传内容是否属实，最早由何处发出")
    found.append(
        f"地点：{row['place']}何处，是否在本辖区" if row["place"] else "地点：尚不明确，是否在本辖区"
    )
    if row["event_at"] is None:
        found.append("事发时间：尚未核定，有关时限暂自发现或发帖时起算")
    found.append("起因、涉事单位、现场处置和目前进展")
    if not answered:
        found.append("是否已有或拟作公开回应")
    return found

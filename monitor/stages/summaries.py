"""摘要（AI辅助，待核）: proposed by the station's model when a person asks, kept when that person saves it.

Off unless `summary` is written in station.yaml; nothing waits for it and no paper needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alerts import papers as forms
from alerts import summary as model
from alerts.errors import TransportError
from alerts.sheet import Heading, Para
from monitor.errors import CaifengError
from monitor.settings.secrets import reveal
from monitor.settings.station import Station


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the model wrote, and what is to be looked at before it is kept."""

    text: str
    remarks: tuple[str, ...] = ()


def propose(station: Station, folder: Path, facts: Mapping[str, Any]) -> Proposal:
    """A proposal for the bulletin with these facts. Raises CaifengError when the model is off or down."""
    wanted = station.summary
    if wanted is None:
        raise CaifengError("本站未启用模型摘要（station.yaml 的 summary）")
    text = words_of(facts)
    key = reveal(wanted.key, folder) if wanted.key else ""
    try:
        said = model.propose(wanted.address, wanted.model, text, key=key, timeout=wanted.timeout)
    except TransportError as error:
        raise CaifengError(f"模型未能拟出摘要（{error}），正文不受影响，可自行撰写") from error
    strange = model.strange_figures(said, text)
    remarks = (f"摘要中的数字在正文中没有，请核对：{'、'.join(strange)}",) if strange else ()
    return Proposal(said, remarks)


def words_of(facts: Mapping[str, Any]) -> str:
    """The issue's own sentences: authors masked, marks of sources left out, no earlier summary."""
    sheet = forms.compose("bulletin", {**facts, "ai_summary": ""})
    lines = [sheet.title]
    for block in sheet.blocks:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Para):
            lines.append("".join(run.text for run in block.runs if run.face != "cite"))
    return "\n".join(line for line in lines if line)

"""The form in which a draft is rewritten: what stands in it, and what a person sent back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.datastructures import FormData

from monitor.console.unit_forms import text
from monitor.domain.signing import Signature
from monitor.settings import Station
from monitor.stages.notice_acts import Change, Units
from monitor.store.notices import Notice, Part

URGENCIES = ("特急", "加急", "平件")
_LINES = 12


def signers(station: Station) -> list[tuple[str, str, bool]]:
    """(id, name and post, may sign at any hour) of the people who may be named as signers."""
    ours = (p for p in station.roster.people if p.id not in station.superior)
    people = sorted(ours, key=lambda p: p.id not in station.papers.signers)
    return [
        (p.id, f"{p.name}（{p.post}）" if p.post else p.name, p.id in station.papers.signers) for p in people
    ]


def signature(form: FormData) -> Signature:
    """The signer and the way, as chosen."""
    return Signature(text(form, "signer", 80), text(form, "mode", 20))


def draft_form(station: Station, found: Notice, parts: Sequence[Part]) -> dict[str, Any]:
    """What the form shows."""
    facts = found.facts
    matter, orders, assessment = facts["matter"], facts["orders"], facts.get("assessment", {})
    return {
        "units": [u for u in station.units if u.kind != "discipline"],
        "lead": next((p.unit for p in parts if p.part == "lead"), ""),
        "assist": {p.unit for p in parts if p.part == "assist"},
        "street": next((p.unit for p in parts if p.part == "street"), ""),
        "cc": {p.unit for p in parts if p.part == "copy"},
        "urgency": found.urgency,
        "urgencies": URGENCIES,
        "matter": {k: matter.get(k, "") for k in ("title", "brief", "demands", "place", "topic")},
        "checks": "\n".join(orders.get("checks", ())),
        "further": orders.get("further", ""),
        "channel": orders.get("channel", ""),
        "risks": "\n".join(assessment.get("risks", ())),
        "points": "\n".join(assessment.get("points", ())),
        "doubts": "\n".join(assessment.get("doubts", ())),
        "answer_in_public": assessment.get("answer_in_public", True),
    }


def change_of(form: FormData, *, units: bool = True) -> Change:
    """What was sent back, as a change."""
    chosen = None
    if units:
        assist = tuple(str(u) for u in form.getlist("assist"))
        copies = tuple(str(u) for u in form.getlist("copy"))
        chosen = Units(text(form, "lead", 80), assist, text(form, "street", 80), copies)
    matter = {k: text(form, k, 3000) for k in ("title", "brief", "demands", "place", "topic") if k in form}
    orders: dict[str, Any] = {"checks": lines(form, "checks"), "further": text(form, "further", 200)}
    if text(form, "channel"):
        orders["channel"] = text(form, "channel", 200)
    assessment: dict[str, Any] = {name: lines(form, name) for name in ("risks", "points", "doubts")}
    assessment["answer_in_public"] = "answer_in_public" in form
    return Change(chosen, text(form, "urgency", 10) or None, matter, assessment, orders)


def lines(form: FormData, name: str) -> list[str]:
    """One entry a line."""
    return [line.strip() for line in text(form, name).splitlines() if line.strip()][:_LINES]

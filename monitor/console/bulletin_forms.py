"""What a person writes of one incident of a bulletin: views, risks, suggestions, asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from monitor.console.notice_forms import lines
from monitor.console.unit_forms import text
from monitor.errors import CaifengError
from monitor.stages.bulletin_acts import MOST_SUGGESTIONS, RISKS, SIDES

VIEWS = 6  # rows that the form has room for
# Which parts each kind of bulletin prints; the others are not asked for.
_PRINTED: Mapping[str, tuple[str, ...]] = {"flash": ("suggestions",)}
ALL = ("views", "risks", "asks", "suggestions")


def item_form(kind: str, facts: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of one incident shows."""
    return {
        "parts": _PRINTED.get(kind, ALL),
        "sides": SIDES,
        "views": _filled(item.get("views", ()), VIEWS),
        "suggestions": _filled(item.get("suggestions", ()), MOST_SUGGESTIONS),
        "sources": _quotable(facts, item),
    }


def _filled(rows: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    return [*rows, *({} for _ in range(most - len(rows)))][:most]


def _quotable(facts: Mapping[str, Any], item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(id, words) of what a view may rest on: the texts that this incident's part of the issue cites."""
    told = [item["opening"], *item.get("timeline", ()), *item.get("answers", ())]
    mine = {source for one in told for source in one.get("sources", ())}
    alone = len(facts["incidents"]) == 1
    return [
        (s["id"], "　".join(filter(None, (s.get("media"), s.get("title"))))[:60] or s["id"])
        for s in facts["sources"]
        if s["id"] in mine or (alone and s.get("kind") == "信息")
    ]


def item_of(form: FormData, item: str, sources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was sent back, for `bulletin_acts.write_item`; only of the parts that the form had."""
    readers: Mapping[str, Callable[[], list[Any]]] = {
        "views": lambda: _views(form, item, {s["id"]: s for s in sources}),
        "risks": lambda: _risks(form, item),
        "asks": lambda: lines(form, f"asks-{item}"),
        "suggestions": lambda: _suggestions(form, item),
    }
    shown = form.getlist(f"parts-{item}")
    return {part: read() for part, read in readers.items() if part in shown}


def _views(form: FormData, item: str, sources: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows = ((n, label) for n in range(VIEWS) if (label := text(form, f"view-{item}-{n}", 120)))
    return [_view(form, f"{item}-{n}", label, sources) for n, label in rows]


def _view(form: FormData, row: str, label: str, sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    side, posts, source = (
        text(form, f"side-{row}", 4),
        text(form, f"posts-{row}", 9),
        text(form, f"source-{row}", 40),
    )
    if side not in SIDES or not posts.isdecimal() or int(posts) < 1:
        raise CaifengError(f"观点“{label[:20]}”应选择哪一方，并填写条数（1以上的整数）")
    if source not in sources:
        raise CaifengError(f"观点“{label[:20]}”应选择出处")
    said = {"side": side, "label": label, "posts": int(posts), "quote": text(form, f"quote-{row}", 200)}
    named = {} if side == "网民" else {"author": sources[source].get("media", ""), "author_kind": "media"}
    return {**said, **named, "sources": [source]}


def _risks(form: FormData, item: str) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "text": words,
            "confidence": text(form, f"confidence-{item}-{n}", 4) or "中",
            "gaps": text(form, f"gaps-{item}-{n}", 200),
        }
        for n, kind in enumerate(RISKS)
        if (words := text(form, f"risk-{item}-{n}", 600))
    ]


def _suggestions(form: FormData, item: str) -> list[dict[str, Any]]:
    found = []
    for n in range(MOST_SUGGESTIONS):
        action, unit = text(form, f"action-{item}-{n}", 600), text(form, f"unit-{item}-{n}", 120)
        if bool(action) != bool(unit):
            raise CaifengError(f"建议{n + 1}应同时填写责任单位和动作")
        if action:
            found.append({"unit": unit, "action": action, "due": text(form, f"due-{item}-{n}", 60)})
    return found

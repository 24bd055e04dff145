"""How a station is born: commented files, valid from the first moment, for one division."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rules.places_divisions import Division, canonical, division, divisions, streets_of
from rules.routing import Unit, default_units

BIRTH = Path(__file__).with_name("birth")
_OWN_NAME = ("jiwei", "xinfang")  # 区纪委监委, 区信访局; the other party units are 区委…


def files_for(region: str) -> dict[str, str]:
    """The files of a new station. Raises UnknownRegion naming the nearest division."""
    ours = division(canonical(region))
    words = {
        "@OFFICE@": f"{ours.name}人民政府办公室",
        "@SHORT@": f"{ours.name}政府办",
        "@NAME@": ours.name,
        "@FULL@": ours.full_name,
        "@CODE@": ours.code,
        "@MARK@": _mark(ours),
    }
    written = {
        name: (BIRTH / name).read_text("utf-8") for name in ("station.yaml", "sources.yaml", "roster.yaml")
    }
    written["rules/station.yaml"] = (BIRTH / "rules.yaml").read_text("utf-8")
    filled = {name: _fill(text, words) for name, text in written.items()}
    return filled | {"units.yaml": _units(ours)}


def _fill(text: str, words: dict[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def _mark(ours: Division) -> str:
    """新 of 新华区, as in 新舆警〔2026〕1号."""
    return f"{ours.short[:1]}舆"


def _units(ours: Division) -> str:
    kind = next((suffix for suffix in ("区", "县", "市", "旗") if ours.name.endswith(suffix)), "")
    shipped = [u for u in default_units().values() if u.id != "jiedao"]
    lines = [_line(unit, kind) for unit in shipped]
    lines += [_below(one, ours) for one in _next_level(ours)]
    head = (
        "# 责任单位。kind：party 党委口、government 政府部门、vertical 垂直或派驻、street 街道乡镇、\n"
        "# enterprise 企业、discipline 纪检、media 媒体。vertical: true 的单位下发前须商其上级主管部门。\n"
        "# 请补全值班电话和联络员，例：contacts: [{name: 王某, post: 办公室主任, contacts: {email: 地址}}]\n"
    )
    return head + "units:\n" + "\n".join(lines) + "\n"


def _line(unit: Unit, kind: str) -> str:
    own = "discipline" if unit.id == "jiwei" else {"other": "media"}.get(unit.kind, unit.kind)
    of = f"{kind}委" if unit.kind == "party" and unit.id not in _OWN_NAME else kind
    name = unit.name if unit.kind in ("enterprise", "vertical") else f"{of}{unit.name}"
    parts = {"id": unit.id, "name": name, "aliases": list(unit.aliases), "kind": own}
    return _flow(parts | ({"vertical": True} if unit.vertical else {}))


def _next_level(ours: Division) -> Sequence[Division]:
    """Streets of a district, districts of a city, cities of a province."""
    if len(ours.code) >= 6:
        return streets_of(ours.code)
    wanted = len(ours.code) + 2
    below = (
        one for one in divisions().values() if len(one.code) == wanted and one.code.startswith(ours.code)
    )
    return [one for one in below if not one.hollow]


def _below(one: Division, ours: Division) -> str:
    name = f"{one.name}办事处" if one.name.endswith("街道") else f"{one.name}人民政府"
    ident = f"st-{one.code.removeprefix(ours.code)}"
    return _flow({"id": ident, "name": name, "kind": "street", "streets": [one.name]})


def _flow(parts: dict[str, object]) -> str:
    """One unit on one line; JSON strings are YAML strings."""
    inner = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in parts.items())
    return f"  - {{{inner}}}"

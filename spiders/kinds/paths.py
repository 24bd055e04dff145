"""Dotted paths into JSON, and figures as Chinese boards write them (3.2万, 1,234)."""

from __future__ import annotations

import re
from typing import Any

_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?)\s*([万亿wWkK千]?)")
_SCALE = {"": 1, "千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "亿": 1e8}


def pick(data: Any, path: str) -> Any:
    """What lies at `data.list.0.title`; None where the path leads nowhere. An empty path is the whole."""
    for step in filter(None, path.split(".")):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.lstrip("-").isdigit() and -len(data) <= int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def number(value: Any) -> float | None:
    """The first figure in what a board shows; None where there is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    match = _FIGURE.search(str(value).replace(",", ""))
    return float(match[1]) * _SCALE[match[2].lower()] if match else None

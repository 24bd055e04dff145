"""A paper shown inside our page: its own style sheet, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import HTMLResponse, Response

from alerts.html import content_security_policy
from alerts.papers import render
from monitor.console.desk import Desk


def framed(desk: Desk, kind: str, facts: Mapping[str, Any]) -> Response:
    """The paper for a frame of ours, by the station's own template where it has one."""
    own = desk.folder / "templates"
    body = render(kind, facts, "html", own if own.is_dir() else None)
    policy = f"{content_security_policy()}; frame-ancestors 'self'; sandbox"
    return HTMLResponse(body, headers={"content-security-policy": policy, "x-frame-options": "SAMEORIGIN"})

"""Where the town listens: a block of ports on loopback, moved as a whole by CAIFENG_DEMO_PORT."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping

from monitor.errors import CaifengError

USUAL = 8600
SITES = {"news": 11, "portal": 12, "forum": 13, "hot": 14, "hotline": 15}
SMTP = 25


class PortsTaken(CaifengError):
    """Something else listens where the town wants to."""

    def __init__(self, ports: list[int]) -> None:
        taken = "、".join(map(str, ports))
        super().__init__(
            f"本机端口 {taken} 已被占用（可能另有一个演示正在运行）。请先停止它，或换一组端口："
            f"CAIFENG_DEMO_PORT={USUAL + 100} make run"
        )


def base(environ: Mapping[str, str] = os.environ) -> int:
    """The console's port; the others follow it."""
    return int(environ.get("CAIFENG_DEMO_PORT", USUAL))


def sites() -> dict[str, int]:
    """The five sites' ports."""
    return {name: base() + offset for name, offset in SITES.items()}


def moved(text: str) -> str:
    """A shipped file of the station with this run's ports."""
    return re.sub(r"\b86(\d\d)\b", lambda found: str(base() + int(found[1])), text)


def check() -> None:
    """Raises PortsTaken while the console's, the sites' or the post office's port is in use."""
    wanted = [base(), *sites().values(), base() + SMTP]
    if taken := [port for port in wanted if _answers(port)]:
        raise PortsTaken(taken)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0

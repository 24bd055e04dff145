"""The first log-in: a one-time password on the terminal, told once by whoever starts the station."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from monitor.clock import system_clock

if TYPE_CHECKING:
    from monitor.store.engine import Store

# set for the daemon by a command that has told the password already
TOLD = "CAIFENG_WELCOMED"


def welcome(store: Store) -> str | None:
    """What to tell while nobody has ever logged in, else None. A new password at each start until then."""
    from monitor.console.auth import first_start

    if os.environ.get(TOLD):
        return None
    given = first_start(store, system_clock())
    return f"首次登录　用户名：{given[0]}　一次性口令：{given[1]}（登录后须修改）" if given else None

"""`caifeng apply`: bring the files of a station directory into force, all or nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.commands.station import HERE, AsJson, Folder, author, refuse, say
from monitor.errors import ConfigError


def apply(
    folder: Folder = HERE,
    note: Annotated[str, typer.Option("-m", "--note", help="改动说明，记入版本")] = "",
    as_json: AsJson = False,
) -> None:
    """使目录中的配置生效；运行中的值守在 5 秒内采用。有任何错误则一概不变。"""
    from monitor import wiring
    from monitor.clock import system_clock

    store = wiring.store_of(folder)
    try:
        digest, new = wiring.apply(store, folder, author(), note, system_clock())
    except ConfigError as error:
        refuse(error, as_json)
    text = f"已生效，版本 {digest[:12]}。" if new else f"与生效的版本 {digest[:12]} 相同，无须改动。"
    say({"ok": True, "digest": digest, "changed": new}, text, as_json)

"""Alembic's entry: runs inside the transaction that `upgrade` opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, BigInteger

from monitor.store.schema import metadata


def render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Our own column types by their names."""
    if kind == "type" and isinstance(item, JSON):
        return "types.Json"
    if kind == "type" and isinstance(item, BigInteger):
        return "types.Key"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render,
    user_module_prefix="types.",
)
with context.begin_transaction():
    context.run_migrations()

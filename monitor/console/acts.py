"""An act by a form: found in its page's table, allowed by the visitor's right, recorded, told in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.datastructures import FormData

from monitor.console.acting import recorded
from monitor.console.auth import Visitor
from monitor.console.desk import Cabinet, Desk
from monitor.console.rights import Right
from monitor.console.security import Refused
from monitor.errors import CaifengError

Act = Callable[[Cabinet, int, FormData, Visitor], str]
# What may be done on a page, by the last part of its address, and the right it takes.
Acts = Mapping[str, tuple[Act, Right]]


def by(visitor: Visitor) -> dict[str, Any]:
    """Who acts, and when."""
    return {"who": visitor.user.login, "now": visitor.now}


def allowed(visitor: Visitor, right: Right) -> None:
    """Raise Refused where the visitor's roles do not reach."""
    if not visitor.may(right):
        raise Refused("您的岗位没有此项权限，请联系值班长或签发人")


def carry(
    does: Acts,
    desk: Desk,
    visitor: Visitor,
    noun: str,
    number: int,
    event: str,
    form: FormData,
    **detail: object,
) -> str:
    """Do it under the visitor's name; what came of it. Raises CaifengError, Refused."""
    if event not in does:
        raise CaifengError("没有这一步")
    act, right = does[event]
    allowed(visitor, right)
    office = recorded(desk, visitor, f"{noun}-{event}", f"{noun}:{number}", **detail)
    return act(office, number, form, visitor)

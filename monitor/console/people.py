"""What people are called on screen: the roster's names for logins and ids, and the program's own acts."""

from __future__ import annotations

from sqlalchemy import Connection

from monitor.console.desk import Desk
from monitor.store import users

OURSELVES = dict.fromkeys(("rules", "system", "clock", "chase", "alert", "gather", "work"), "系统")


def people_of(desk: Desk, conn: Connection) -> dict[str, str]:
    """Names by id."""
    roster = {person.id: person.name for person in desk.station().roster.people}
    return OURSELVES | users.names(conn) | roster

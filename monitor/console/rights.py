"""What a role may do. One table; a person may hold several roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

Right = Literal["read", "act", "confirm", "issue", "restricted", "administer", "audit"]

# read: see the pages; act: acknowledge, dismiss, remark, enter leads, draft; confirm: set the level, close;
# issue: check and sign papers; restricted: reports of wrongdoing; administer: sources, accounts; audit: log
RIGHTS: Mapping[str, frozenset[Right]] = {
    "duty": frozenset({"read", "act"}),
    "chief": frozenset({"read", "act", "confirm"}),
    "signer": frozenset({"read", "act", "confirm", "issue"}),
    "leader": frozenset({"read"}),
    "restricted": frozenset({"read", "restricted"}),
    "admin": frozenset({"read", "administer"}),
    "auditor": frozenset({"audit"}),
}
# The first account of a station holds the work of all posts until others are opened;
# not the restricted reports.
FIRST_ROLES = ("admin", "duty", "chief", "signer")


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """All that these roles may do together; an unknown role may do nothing."""
    return frozenset().union(*(RIGHTS.get(role, frozenset()) for role in roles))

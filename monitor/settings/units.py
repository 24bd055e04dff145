"""What `units.yaml` says: the responsible units (责任单位) and whom to call there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from monitor.settings.parts import Ident, Part, Words, as_text

UnitKind = Literal["party", "government", "street", "enterprise", "vertical", "discipline", "media"]


class Contact(Part):
    """One person or desk of a unit; `contacts` maps a channel's name to an address there."""

    name: Words
    post: str = ""
    phone: Annotated[str, BeforeValidator(as_text)] = ""
    contacts: dict[Ident, Words] = Field(default_factory=dict)


class Unit(Part):
    """One unit. `vertical`: its superior has to be consulted before an order is given (垂直管理)."""

    id: Ident
    name: Words
    short: str = ""
    aliases: tuple[str, ...] = ()
    kind: UnitKind = "government"
    vertical: bool = False
    superior: str = ""
    topics: tuple[Ident, ...] = ()
    assists: tuple[Ident, ...] = ()
    streets: tuple[str, ...] = ()
    duty_phone: Annotated[str, BeforeValidator(as_text)] = ""
    contacts: tuple[Contact, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


class UnitsFile(Part):
    """`units.yaml`, key by key."""

    units: tuple[Unit, ...] = ()

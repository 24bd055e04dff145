"""What `roster.yaml` says: people, shifts, leave, days off, and who is told after how long."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from monitor.settings.parts import ClockTime, Duration, Ident, Part, Words, as_text

Days = Literal["all", "working", "off"]


class Person(Part):
    """Somebody on duty or in charge; `contacts` maps a channel's name to that person's address there."""

    id: Ident
    name: Words
    post: str = ""
    phone: Annotated[str, BeforeValidator(as_text)] = ""
    contacts: dict[Ident, Words] = Field(default_factory=dict)


class Shift(Part):
    """One shift of a kind of day. `until` at or before `start` means the next morning.

    `officers` (值班员), `deputies` (副班) and `leaders` (带班领导) take turns: one each per `turn`,
    counted from `first_day`.
    """

    name: Words
    days: Days = "all"
    start: ClockTime
    until: ClockTime
    officers: Annotated[tuple[Ident, ...], Field(min_length=1)]
    deputies: tuple[Ident, ...] = ()
    leaders: tuple[Ident, ...] = ()
    turn: Literal["day", "week"] = "day"
    first_day: date = date(2026, 1, 5)


class Leave(Part):
    """Days, first and last included, on which somebody is not on duty; `instead` takes over."""

    person: Ident
    first: date
    last: date
    instead: Ident | None = None


class Exchange(Part):
    """On that day the shift is kept by others than the turn says."""

    day: date
    shift: Words
    officer: Ident | None = None
    deputy: Ident | None = None
    leader: Ident | None = None


class Step(Part):
    """After that time without acknowledgement these are told through these channels.

    `who`: `officer`, `deputy`, `leader` (of the shift), `in-charge` (分管领导), `administrator`,
    or a person's id.
    """

    after: Duration
    who: Annotated[tuple[Ident, ...], Field(min_length=1)]
    channels: Annotated[tuple[Ident, ...], Field(min_length=1)] = ("mail",)


class Calendar(Part):
    """Days that differ from the national calendar."""

    working: tuple[date, ...] = ()
    off: tuple[date, ...] = ()


class Roster(Part):
    """`roster.yaml`, key by key. `escalation` by level 1 (Ⅰ) to 4 (Ⅳ); a level left out has the default."""

    people: tuple[Person, ...] = ()
    shifts: tuple[Shift, ...] = ()
    leave: tuple[Leave, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    calendar: Calendar = Calendar()
    escalation: dict[Annotated[int, Field(ge=1, le=4)], tuple[Step, ...]] = Field(default_factory=dict)

    def person(self, ident: str) -> Person | None:
        """The person with that id."""
        return next((person for person in self.people if person.id == ident), None)

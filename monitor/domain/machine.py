"""What all state machines share: a table of moves, and names for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import IllegalMove


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from which state, by which event, into which."""

    before: str
    event: str
    after: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A noun, the Chinese names of its states and events, and for each state the events it allows."""

    noun: str
    states: Mapping[str, str]
    events: Mapping[str, str]
    moves: Mapping[str, Mapping[str, str]]

    def move(self, state: str, event: str) -> Move:
        """The move `event` makes from `state`; raises IllegalMove naming both, in Chinese."""
        after = self.moves.get(state, {}).get(event)
        if after is None:
            raise IllegalMove(self.noun, self.states.get(state, state), self.events.get(event, event))
        return Move(state, event, after)

    def possible(self, state: str) -> tuple[str, ...]:
        """The events this state allows: what the console may offer as buttons."""
        return tuple(self.moves.get(state, {}))

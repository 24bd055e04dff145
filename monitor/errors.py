"""Errors of the daemon. Messages are Chinese: they meet users."""

from __future__ import annotations

from dataclasses import dataclass


class CaifengError(Exception):
    """Root of the daemon's own errors."""


@dataclass(frozen=True, slots=True)
class Located:
    """One fault of a configuration file: where it is, what is wrong, what would be right."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}：{self.message}"


class ConfigError(CaifengError):
    """A station that cannot be loaded; carries every fault, not the first only."""

    def __init__(self, faults: list[Located]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class IllegalMove(CaifengError):
    """A state machine was asked for a move its table does not have."""

    def __init__(self, noun: str, state: str, event: str) -> None:
        self.noun, self.state, self.event = noun, state, event
        super().__init__(f"{noun}当前状态为“{state}”，不能执行“{event}”")

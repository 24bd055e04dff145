"""Errors of the judging room. Messages are Chinese: they meet users."""

from __future__ import annotations

from dataclasses import dataclass


class RulesError(Exception):
    """Root of the room's own errors."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a rule file: where it is, what is wrong, what would be right."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}：{self.message}"


class PackError(RulesError):
    """Packs that cannot be loaded; carries every fault, not the first only."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class ExpressionError(RulesError):
    """An expression that cannot be read. `position` counts characters from 0."""

    def __init__(self, message: str, position: int, expected: str = "", nearest: str = "") -> None:
        self.message, self.position, self.expected, self.nearest = message, position, expected, nearest
        parts = [f"第 {position + 1} 个字符处：{message}"]
        if expected:
            parts.append(f"此处应为{expected}")
        if nearest:
            parts.append(f"是否想写“{nearest}”")
        super().__init__("；".join(parts))

"""The small types that settings are made of: durations, clock times, secrets."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d+)([smhd])")


class Part(BaseModel):
    """Frozen, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def parse_duration(value: Any) -> Any:
    """`15m`, `1h30m`, `30d` as a timedelta. Raises ValueError."""
    if isinstance(value, timedelta):
        return value
    text = str(value).strip()
    found = _DURATION.findall(text)
    if not found or "".join(a + b for a, b in found) != text:
        raise ValueError("应为时长，如 15m（分钟）、1h30m、30d（天）")
    return timedelta(**{_UNITS[unit]: int(number) for number, unit in found})


def parse_clock(value: Any) -> Any:
    """`08:00` as a time of day in China."""
    if isinstance(value, time):
        return value
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", str(value)):
        raise ValueError("应为时刻，如 08:00")
    hour, minute = str(value).split(":")
    return time(int(hour), int(minute))


def as_text(value: Any) -> Any:
    """Numbers written without quotation marks (a region's code, a telephone) are text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
ClockTime = Annotated[time, BeforeValidator(parse_clock)]
Words = Annotated[str, BeforeValidator(as_text), Field(min_length=1)]
Ident = Annotated[
    str, BeforeValidator(as_text), Field(pattern=r"^[\w][\w.-]{0,79}$", description="字母、数字、汉字、. _ -")
]


class Secret(Part):
    """Where a secret stands, never the secret: an environment variable or a file only its owner can read."""

    env: str | None = None
    file: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _no_plain_text(cls, value: Any) -> Any:
        if isinstance(value, str | int):
            raise ValueError(
                "口令和密钥不得写入配置文件，应写 {env: 环境变量名} 或 {file: 文件}（文件权限须为 0600）"
            )
        return value

    @model_validator(mode="after")
    def _one_of_two(self) -> Secret:
        if (self.env is None) == (self.file is None):
            raise ValueError("应写 env（环境变量名）或 file（文件）中的一项")
        return self

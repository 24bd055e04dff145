"""A source (信源): what one entry of `sources.yaml` says, typed, frozen and complete with its legal ground.

Purpose and legal ground are asked of every enabled source (个人信息保护法 §13, DOMAIN.md §8.4).
Durations are seconds, sizes bytes.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from spiders.errors import SourceError
from spiders.guard import Allow, check_url

SourceKind = Literal[
    "feed", "listing", "sitemap", "hotlist", "api", "search", "forum", "files", "mailbox", "paste", "webhook"
]
KIND_NAMES: Mapping[str, str] = {
    "feed": "订阅源",
    "listing": "列表页",
    "sitemap": "站点地图",
    "hotlist": "热榜",
    "api": "数据接口",
    "search": "站内搜索",
    "forum": "论坛",
    "files": "文件导入",
    "mailbox": "邮箱",
    "paste": "人工录入",
    "webhook": "平台推送",
}
FETCHED: frozenset[str] = frozenset({"feed", "listing", "sitemap", "hotlist", "api", "search", "forum"})
PUSHED: frozenset[str] = frozenset({"paste", "webhook"})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cadence(_Part):
    """How often to look: `every` seconds when nothing is learned yet, never outside [fastest, slowest]."""

    every: Annotated[int, Field(ge=5, le=7 * 86400)] = 300
    fastest: Annotated[int, Field(ge=5, le=86400)] = 60
    slowest: Annotated[int, Field(ge=60, le=7 * 86400)] = 6 * 3600
    adaptive: bool = True


class Limits(_Part):
    """What one visit may cost. Sizes count after decompression."""

    pages: Annotated[int, Field(ge=1, le=2000)] = 50
    depth: Annotated[int, Field(ge=1, le=50)] = 3
    bytes: Annotated[int, Field(ge=1024, le=64 << 20)] = 10 << 20
    timeout: Annotated[float, Field(gt=0, le=120)] = 30.0
    redirects: Annotated[int, Field(ge=0, le=10)] = 5


class Source(_Part):
    """One public feed, page, board, folder or delivery that a station listens to.

    `selectors` (CSS) and `mapping` (dotted paths or column names) override what is found by itself;
    `allow_private` lists the intranet networks this source alone may reach; `local` says that whatever
    comes from here is about our own place; `secret` names the environment variable that holds a password
    or token, never the secret itself; `covers` is the platform named in bulletins as covered.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    kind: SourceKind
    url: str = ""
    enabled: bool = True
    checked: date | None = None
    purpose: str = ""
    legal_ground: str = ""
    media: str | None = None
    covers: str | None = None
    local: bool = False
    region: str | None = None
    gap: Annotated[float, Field(ge=0, le=3600)] = 10.0
    cadence: Cadence = Cadence()
    limits: Limits = Limits()
    format: str = ""
    selectors: dict[str, str] = Field(default_factory=dict)
    mapping: dict[str, str] = Field(default_factory=dict)
    words: tuple[str, ...] = ()
    follow: bool = True
    allow_private: tuple[str, ...] = ()
    secret: str | None = None
    note: str = ""

    @field_validator("allow_private")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        Allow.parse(value)
        return value

    @model_validator(mode="after")
    def _whole(self) -> Source:
        if self.kind in FETCHED and self.url:
            check_url(self.url.replace("{words}", "x").replace("{page}", "1"))
        if self.enabled:
            self._ready()
        return self

    def _ready(self) -> None:
        if self.kind not in PUSHED and not self.url:
            raise ValueError("启用的信源须写明 url（地址）；地址尚未确定时请设 enabled: false")
        missing = [k for k in ("purpose", "legal_ground") if not getattr(self, k).strip()]
        if missing:
            raise ValueError(f"启用的信源须登记采集目的与法律依据，缺 {'、'.join(missing)}")

    @property
    def allow(self) -> Allow:
        """The private networks this source may reach."""
        return Allow.parse(self.allow_private)

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> Source:
        """A source from plain data (YAML, JSON); InvalidSource carries every fault with its dotted path."""
        try:
            return cls.model_validate(dict(raw))
        except ValidationError as error:
            raise InvalidSource(str(raw.get("id", "?")), tuple(map(_fault, error.errors()))) from error


@dataclass(frozen=True, slots=True)
class SourceFault:
    """One fault of a source's entry: the dotted path inside the entry and what would be right."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}：{self.message}" if self.path else self.message


class InvalidSource(SourceError):
    """A source that cannot be read; names every fault at once."""

    def __init__(self, source_id: str, faults: tuple[SourceFault, ...]) -> None:
        self.source_id, self.faults = source_id, faults
        super().__init__("；".join(map(str, faults)))


_TEXTS = {
    "missing": "缺少此项",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "dict_type": "应为“键: 值”",
    "model_type": "应为“键: 值”",
    "tuple_type": "应为列表",
    "date_from_datetime_parsing": "应为日期，如 2026-11-22",
    "string_pattern_mismatch": "只能用小写字母、数字与 . _ -，且以字母或数字开头",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
}


def _fault(error: Any) -> SourceFault:
    path = ".".join(map(str, error["loc"]))
    return SourceFault(path, _message(error, str(error["loc"][-1]) if error["loc"] else ""))


def _message(error: Any, name: str) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"不认识的项“{name}”{_nearest(name)}"
    if kind == "literal_error":
        return f"应为其中之一：{'、'.join(get_args(SourceKind))}"
    if kind == "value_error":
        return str(context["error"])
    for bound, word in (("ge", "不小于"), ("gt", "大于"), ("le", "不大于")):
        if bound in context:
            return f"应{word} {context[bound]}"
    return _TEXTS.get(kind, str(error["msg"]))


_KEYS = [*Source.model_fields, *Cadence.model_fields, *Limits.model_fields]


def _nearest(name: str) -> str:
    close = difflib.get_close_matches(name, _KEYS, n=1)
    return f"，是否为“{close[0]}”" if close else ""


def slug(text: str) -> str:
    """An id made of what Latin letters and digits an address or name holds."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "source"

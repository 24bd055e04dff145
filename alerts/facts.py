"""What every paper's facts are made of. Strict: an unknown field is an error, never ignored.

There is no classification field, and none is accepted: state secrets do not belong in this system
(保守国家秘密法 §31). Times are aware; they are shown as Beijing time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from alerts.legible import cut, legible, legible_line

_SURROGATE = re.compile("[\ud800-\udfff]")


def _mended(value: Any) -> Any:
    """Half a character, as torn JSON carries, becomes the sign for what cannot be read."""
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def _clean(limit: int, clean: Callable[[str], str]) -> AfterValidator:
    # Cut roughly before cleaning, exactly after it: a megabyte of one line costs nothing.
    return AfterValidator(lambda text: cut(clean(text[: 8 * limit]), limit))


# Crawled text of any length makes a paper: what is too long for its place is cut there and says so.
Line = Annotated[str, BeforeValidator(_mended), _clean(300, legible_line)]
Link = Annotated[str, BeforeValidator(_mended), _clean(2000, legible_line)]
Name = Annotated[str, StringConstraints(min_length=1), BeforeValidator(_mended), _clean(200, legible_line)]
Prose = Annotated[str, BeforeValidator(_mended), _clean(3000, legible)]
Count = Annotated[int, Field(ge=0)]
Level = Annotated[int, Field(ge=1, le=4, description="1＝Ⅰ级特别重大（红）…… 4＝Ⅳ级一般（蓝）")]
Moment = AwareDatetime
Claim = Literal["反映", "称", "网传"]
Urgency = Literal["特急", "加急", "平件"]
Origin = Literal[
    "网络监测", "区长公开电话", "应急值班", "12345热线", "领导留言板", "区长信箱", "上级转办", "媒体询问"
]
AuthorKind = Literal["person", "media", "institution"]


class Fact(BaseModel):
    """Root of all facts: frozen, strict about names."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Unit(Fact):
    """A unit a paper goes to; `vertical`: run by its superior (公安、税务……), who must be consulted."""

    name: Name
    vertical: bool = False


class Due(Fact):
    """A deadline and the rule it comes from."""

    at: Moment
    rule: Line = ""


class Contact(Fact):
    """Whom to call about the paper."""

    name: Line = ""
    phone: Line = ""
    fax: Line = ""
    mail: Line = ""


class FirstPost(Fact):
    """Where the matter first appeared in public."""

    platform: Line = ""
    posted_at: Moment | None = None
    author: Line = Field("", description="公开昵称；个人作者在文书中一律脱敏为“网民甲”")
    author_kind: AuthorKind = "person"
    links: tuple[Link, ...] = ()


class Spread(Fact):
    """How far it has gone at one instant. None: not known, and then not written."""

    as_of: Moment
    documents: Count
    platforms: Count | None = None
    views: Count | None = None
    comments: Count | None = None
    reposts: Count | None = None
    likes: Count | None = None
    growth: float | None = Field(None, description="同比上一快照增幅，0.25 即上升25%")
    trend: Literal["上升", "平稳", "下降"] | None = None
    media: tuple[Line, ...] = Field((), description="报道媒体名录")
    method: Line = Field("", description="统计口径")
    sources: tuple[Name, ...] = ()


class Evidence(Fact):
    """A stored file named by its fingerprint."""

    name: Name
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

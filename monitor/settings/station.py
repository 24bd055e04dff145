"""What `station.yaml` says of one office: who it is, what is its own, how it speaks, how long it keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time, timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, field_validator

from monitor.settings.parts import ClockTime, Duration, Ident, Part, Secret, Words, as_text
from monitor.settings.roster import Roster
from monitor.settings.units import Unit
from spiders.source import Source

Code = Annotated[str, BeforeValidator(as_text), Field(pattern=r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$")]
Port = Annotated[int, Field(ge=1, le=65535)]


class Office(Part):
    """The office that keeps the station, as its papers name it."""

    name: Words
    short: Words = "采风"
    phone: Annotated[str, BeforeValidator(as_text)] = ""
    fax: Annotated[str, BeforeValidator(as_text)] = ""
    mail: str = ""
    address: str = ""


class AddedDivision(Part):
    """A division that the shipped gazetteer does not have yet, by its official code."""

    code: Code
    name: Words


class Jurisdiction(Part):
    """Whose trouble is ours: a division's code and the names only people here use.

    `added`: divisions, ours or others, established after the gazetteer was made. `not_ours`: phrases that
    hold one of our names and mean something else.
    """

    code: Code
    added: tuple[AddedDivision, ...] = ()
    aliases: tuple[str, ...] = ()
    local_names: tuple[str, ...] = ()
    local_media: tuple[str, ...] = ()
    not_ours: tuple[str, ...] = ()


class MailChannel(Part):
    """SMTP. `security: none` is for a server on this machine only."""

    kind: Literal["mail"]
    host: Words
    port: Port = 587
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str = ""
    password: Secret | None = None
    sender: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    sender_name: str = ""
    timeout: Annotated[float, Field(gt=0, le=120)] = 20.0


class ChatChannel(Part):
    """A group robot of 企业微信, 钉钉 or 飞书; its address holds a token and is therefore a secret."""

    kind: Literal["wecom", "dingtalk", "feishu"]
    url: Secret
    signing: Secret | None = None


class SmsChannel(Part):
    """A generic HTTP gateway; `{to}` and `{text}` are put into the fields of `body`."""

    kind: Literal["sms", "voice"]
    url: Words
    body: dict[str, str] = Field(default_factory=lambda: {"to": "{to}", "text": "{text}"})
    token: Secret | None = None
    expect: str = ""


class WebhookChannel(Part):
    """JSON to another system, signed with HMAC-SHA256."""

    kind: Literal["webhook"]
    url: Words
    secret: Secret


Channel = Annotated[MailChannel | ChatChannel | SmsChannel | WebhookChannel, Field(discriminator="kind")]


class Leader(Part):
    """Who is in charge (分管领导): of which units and topics; empty means of all."""

    person: Ident
    side: Literal["party", "government"] = "government"
    units: tuple[Ident, ...] = ()
    topics: tuple[Ident, ...] = ()


class DeadlineRule(Part):
    """Another length for one of the deadlines; the rules themselves stand in `domain/deadline.py`."""

    within: Duration
    calendar: Literal["natural", "working"] = "natural"


# Which deadline, for all levels or for one (`sign`, `sign.2`); a test holds this against domain/deadline.py.
DeadlineName = Annotated[
    str,
    Field(
        pattern=r"^(first-word|authority|press|answer|phone-report|written-report"
        r"|sign|first-report|final-report|task)(\.[1-4])?$",
        description="时限名称，可加级别，如 sign 或 sign.2",
    ),
]


class Messages(Part):
    """How much one recipient may be sent. Quiet hours and the digest never hold levels Ⅰ and Ⅱ.

    `digest_at`: hours at which incidents of `digest_levels` are told together; empty: each at once.
    """

    ceiling: Annotated[int, Field(ge=1, le=100)] = 3
    per: Duration = timedelta(minutes=15)
    quiet_from: ClockTime | None = None
    quiet_to: ClockTime = time(7, 0)
    digest_at: tuple[ClockTime, ...] = ()
    digest_levels: tuple[Annotated[int, Field(ge=3, le=4)], ...] = (4,)


class Numbering(Part):
    """The words before 〔year〕number of each series of papers.

    A series without words of its own takes the first letters of `transfer` with a word that is its own.
    """

    transfer: Words = "新舆转"
    warning: Words = "新舆警"
    supervision: Words = "新舆督"
    circular: Words | None = None
    handing_over: Words | None = None
    first_report: Words | None = None

    def words(self, series: str) -> str:
        """新舆警, 新舆通, 新舆移, 新舆报 …"""
        return str(getattr(self, series) or self.transfer[:-1] + _ENDS[series])


_ENDS = {"circular": "通", "handing_over": "移", "first_report": "报"}


class Papers(Part):
    """Who may sign what, and what the papers look like.

    `draft_from`: a notice is drafted by itself for incidents of this level and graver; null for never.
    `report_to`: whom the reports of an emergency (突发事件信息初报) are addressed to. `members`: units of the
    joint meeting (联席会议); empty for the party's offices.
    """

    draft_from: Annotated[int, Field(ge=1, le=4)] | None = 2
    numbering: Numbering = Numbering()
    signers: tuple[Ident, ...] = ()
    masthead: bool = True
    bulletin_name: Words = "互联网舆情信息"
    report_to: Words = "上级人民政府总值班室"
    members: tuple[Ident, ...] = ()


class Bulletins(Part):
    """When the regular bulletins are drafted (times of day in China) and who reads them.

    `flash_from`: a flash bulletin is drafted by itself from this level up; null for never.
    """

    flash_from: Annotated[int, Field(ge=1, le=4)] | None = 2
    daily_at: ClockTime | None = time(8, 0)
    weekly_on: Annotated[int, Field(ge=1, le=7)] | None = 1
    monthly_on: Annotated[int, Field(ge=1, le=28)] | None = 1
    readers: tuple[Ident, ...] = ()


class Gathering(Part):
    """Within what time two texts can tell of the same happening; how far back changed rules judge anew."""

    window: Duration = timedelta(days=30)
    rejudge: Duration = timedelta(days=3)


class Retention(Part):
    """How long things are kept (个人信息保护法 §19, §47; 网络安全法 §23: logs six months at least).

    `incidents`: documents of an incident at rest, counted from its last change; its papers stay. `phones`: of
    callers, from the day of the call.
    """

    documents: Duration = timedelta(days=180)
    incidents: Duration = timedelta(days=3 * 365)
    phones: Duration = timedelta(days=90)
    visits: Duration = timedelta(days=30)
    sessions: Duration = timedelta(days=7)
    audit: Duration = timedelta(days=3 * 365)
    backups: Annotated[int, Field(ge=0, le=365)] = 14

    @field_validator("audit")
    @classmethod
    def _six_months(cls, value: timedelta) -> timedelta:
        if value < timedelta(days=183):
            raise ValueError("日志须保存不少于六个月（网络安全法第二十三条），应写 183d 以上")
        return value


class Crawl(Part):
    """How spiders present themselves. `contact` stands in the user agent: sites must know whom to ask.

    `memory_mb`: above it the crawl role begins anew, between visits.
    """

    contact: str = ""
    looks_per_minute: Annotated[float, Field(gt=0, le=6000)] = 60.0
    concurrency: Annotated[int, Field(ge=1, le=64)] = 16
    memory_mb: Annotated[int, Field(ge=100, le=16_000)] = 250


class Console(Part):
    """Where the console listens; anything but loopback belongs behind the office's own HTTPS gateway."""

    host: str = "127.0.0.1"
    port: Port = 8766


class Summary(Part):
    """An OpenAI-compatible model for a summary marked as such; off unless written.

    `address` ends before `/chat/completions`; `timeout` in seconds.
    """

    address: Annotated[str, Field(pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$")]
    model: Words
    key: Secret | None = None
    timeout: Annotated[float, Field(gt=0, le=120)] = 20.0


class StationFile(Part):
    """`station.yaml`, key by key."""

    office: Office
    jurisdiction: Jurisdiction
    domain: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+$")] = "caifeng.localhost"
    outward: str | None = None
    channels: dict[Ident, Channel] = Field(default_factory=dict)
    leaders: tuple[Leader, ...] = ()
    administrator: Ident | None = None
    superior: tuple[Ident, ...] = ()
    deadlines: dict[DeadlineName, DeadlineRule] = Field(default_factory=dict)
    messages: Messages = Messages()
    papers: Papers = Papers()
    bulletins: Bulletins = Bulletins()
    gathering: Gathering = Gathering()
    retention: Retention = Retention()
    crawl: Crawl = Crawl()
    console: Console = Console()
    summary: Summary | None = None

    @field_validator("outward")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        parts = urlsplit(value) if value else None
        if parts and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("应为单位和领导能打开的网址，如 https://yuqing.example.gov.cn")
        return value.rstrip("/") if value else value


class Station(StationFile):
    """The whole station: `station.yaml` and the files beside it."""

    units: tuple[Unit, ...] = ()
    sources: tuple[Source, ...] = ()
    roster: Roster = Roster()

    def unit(self, ident: str) -> Unit | None:
        """The unit with that id."""
        return next((unit for unit in self.units if unit.id == ident), None)

    def units_named(self, names: Iterable[str]) -> list[Unit]:
        """The units that bear these names, each once."""
        wanted = set(names)
        return [unit for unit in self.units if wanted & {unit.name, unit.short, *unit.aliases}]

    def source(self, ident: str) -> Source | None:
        """The source with that id."""
        return next((source for source in self.sources if source.id == ident), None)

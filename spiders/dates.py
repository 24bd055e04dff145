"""Times of publication as Chinese pages write them. Everything comes out in +08:00."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "+08:00")
"""Civil time of China; it has had no summer time since 1991."""

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "０": 0, "元": 1}
_HALF_DAY = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间"
_CLOCK = (
    rf"(?:(?P<half>{_HALF_DAY})\s*)?(?P<hour>[01]?\d|2[0-4])\s*"
    r"(?:[:：]\s*(?P<minute>[0-5]\d)(?:\s*[:：]\s*(?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"|[时時点點](?:\s*(?P<minute2>[0-5]?\d)\s*分(?:\s*(?P<second2>[0-5]?\d)\s*秒)?|整)?)"
    r"\s*(?P<zone>Z\b|UTC|GMT(?![+-])|(?:GMT)?[+-]\d\d:?\d\d(?!\d))?"
)
_WEEKDAY = r"(?:[\s,，|/]*[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)?"
_GAP = rf"{_WEEKDAY}[\sT|,，/]*"
_YMD = (
    r"(?P<year>(?:19|20)\d\d)\s*[-/.年－—–·]\s*(?P<month>1[0-2]|0?[1-9])\s*[-/.月－—–·]\s*"
    r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d(?!\d:))\s*[日号]?"
)
_FULL = re.compile(rf"(?<![\d.]){_YMD}(?:{_GAP}{_CLOCK})?")
_GLUED = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*(?P<month>0[1-9]|1[0-2])\s*/\s*(?P<day>[0-3]\d)\s*(?P<hour>[0-2]\d):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>20\d\d|199\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:[ T]?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?!\d)"
)
_SHORT_YEAR = re.compile(
    rf"(?<![\d./-])(?P<year>[0-4]\d)[-/.](?P<month>1[0-2]|0[1-9])[-/.](?P<day>3[01]|[12]\d|0[1-9])(?!\d){_GAP}{_CLOCK}"
)
_NO_YEAR = re.compile(
    r"(?<![\d年./-])(?P<month>1[0-2]|0?[1-9])(?:月|[-/])(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*[日号]?"
    rf"{_GAP}{_CLOCK}"
)
_NO_YEAR_BARE = re.compile(
    r"(?<![\d年./-])(?P<month>1[0-2]|0[1-9])-(?P<day>3[01]|[12]\d|0[1-9])(?![\d-])|"
    r"(?<![\d年./-])(?P<month2>1[0-2]|0?[1-9])月(?P<day2>3[01]|[12]\d|0?[1-9])[日号]"
)
_NUMERALS = re.compile(
    r"(?P<year>[一二][〇○零Ｏ０O九][〇○零Ｏ０O一二三四五六七八九]{2})年(?P<month>[一二三四五六七八九十元]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)
_HINT = re.compile(r"[\d年前今昨刚]")
"""What every form has at least one of: most lines have none, and a look is cheaper than ten forms."""
_DAYS_BACK = {"今": 0, "昨": 1, "前": 2}
_NAMED_DAY = re.compile(rf"(?P<name>[今昨前])[天日]\s*(?:{_CLOCK})?")
_AGO = re.compile(
    r"(?P<n>\d{1,4}|[半一二两三四五六七八九十几])\s*(?P<unit>秒钟?|分钟?|个?小时|天|日|周|个?星期|个?月|年)(?:之|以)?前"
)
_JUST_NOW = re.compile(r"刚刚|刚才|片刻前")
_ENGLISH = re.compile(
    r"(?:(?P<d1>\d{1,2})\s+)?(?P<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s*"
    rf"(?(d1)|(?P<d2>\d{{1,2}})),?\s+(?P<year>(?:19|20)\d\d)(?:{_GAP}{_CLOCK})?"
)
_UNIX = re.compile(
    r"(?P<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+(?P<d1>\d{1,2})\s+(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)"
    r"\s+(?:(?P<zone>[+-]\d{4}|UTC|GMT)\s+)?(?P<year>20\d\d)"
)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_UNITS = {
    "秒": timedelta(seconds=1),
    "分": timedelta(minutes=1),
    "时": timedelta(hours=1),
    "天": timedelta(days=1),
    "日": timedelta(days=1),
    "周": timedelta(days=7),
    "期": timedelta(days=7),
    "月": timedelta(days=30),
    "年": timedelta(days=365),
}
_FINE = frozenset("秒分时")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time found in a text: aware, in +08:00; `has_minute` is False for a bare date.

    `guessed` tells that year or day were counted from `now`.
    """

    at: datetime
    has_minute: bool
    start: int = 0
    end: int = 0
    guessed: bool = False


def parse_time(text: str, now: datetime | None = None) -> Moment | None:
    """The first time in a text; forms without a year or with 前 need `now`, else they count as unreadable."""
    return next(find_times(text, now), None)


def find_times(text: str, now: datetime | None = None) -> Iterator[Moment]:
    """Times in a text, the surest forms first, in order of place within one form."""
    if _HINT.search(text) is None:
        return
    text = _plain(text)
    seen: list[tuple[int, int]] = []
    for form, read in _FORMS:
        for m in form.finditer(text):
            if any(a < m.end() and m.start() < b for a, b in seen):
                continue
            found = read(m, now)
            if found is not None:
                seen.append(m.span())
                yield replace(found, guessed=True) if form in _COUNTED else found


def parse_stamp(value: str | int | float, now: datetime | None = None) -> Moment | None:
    """A time as machines write it: ISO 8601, compact digits, or seconds / milliseconds since 1970."""
    digits = str(value).strip()
    if re.fullmatch(r"\d{10}|\d{13}|\d{10}\.\d+", digits):
        return from_epoch(float(digits))
    moment = parse_time(digits, now)
    if moment is None and (m := _COMPACT.search(digits)):
        moment = _read_clocked(m, now)
    return moment


def from_epoch(stamp: float) -> Moment | None:
    """Seconds or milliseconds since 1970; None outside 1995–2100."""
    seconds = stamp / 1000 if stamp > 1e11 else stamp
    if not 7.9e8 < seconds < 4.1e9:
        return None
    return Moment(datetime.fromtimestamp(int(seconds), CHINA), True)


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _read_clocked(m: re.Match[str], now: datetime | None) -> Moment | None:
    g = m.groupdict()
    year = int(g["year"])
    return _moment(m, year + 2000 if year < 100 else year, int(g["month"]), int(g["day"]))


def _read_yearless(m: re.Match[str], now: datetime | None) -> Moment | None:
    if now is None:
        return None
    g = m.groupdict()
    month, day = int(g["month"] or g["month2"]), int(g["day"] or g["day2"])
    here = now.astimezone(CHINA)
    found = _moment(m, here.year, month, day)
    if found is not None and found.at > here + timedelta(days=1):
        return _moment(m, here.year - 1, month, day)
    return found


def _read_numerals(m: re.Match[str], now: datetime | None) -> Moment | None:
    year = int("".join(str(_DIGITS.get(c, 0)) for c in m["year"]))
    return _moment(m, year, _numeral(m["month"]), _numeral(m["day"]))


def _read_named(m: re.Match[str], now: datetime | None) -> Moment | None:
    if now is None:
        return None
    day = now.astimezone(CHINA) - timedelta(days=_DAYS_BACK[m["name"]])
    return _moment(m, day.year, day.month, day.day)


def _read_ago(m: re.Match[str], now: datetime | None) -> Moment | None:
    if now is None:
        return None
    unit = m["unit"].removesuffix("钟")[-1]
    count = (
        0.5
        if m["n"] == "半"
        else 3
        if m["n"] == "几"
        else float(m["n"])
        if m["n"].isdigit()
        else _numeral(m["n"])
    )
    return _back(m, now, _UNITS[unit] * count, unit in _FINE)


def _read_just_now(m: re.Match[str], now: datetime | None) -> Moment | None:
    return None if now is None else _back(m, now, timedelta(), True)


def _read_english(m: re.Match[str], now: datetime | None) -> Moment | None:
    return _moment(
        m, int(m["year"]), _MONTHS.index(m["mon"]) + 1, int(m["d1"] or m.groupdict().get("d2") or 0)
    )


def _back(m: re.Match[str], now: datetime, by: timedelta, fine: bool) -> Moment:
    at = now.astimezone(CHINA) - by
    at = (
        at.replace(second=0, microsecond=0) if fine else at.replace(hour=0, minute=0, second=0, microsecond=0)
    )
    return Moment(at, fine, *m.span())


def _moment(m: re.Match[str], year: int, month: int, day: int) -> Moment | None:
    g = m.groupdict()
    if not 1990 <= year <= 2100:
        return None
    try:
        midnight = datetime(year, month, day, tzinfo=CHINA)
    except ValueError:
        return None
    if not g.get("hour"):
        return Moment(midnight, False, *m.span())
    hour = _hour(int(g["hour"]), g.get("half"))
    minute = int(g.get("minute") or g.get("minute2") or 0)
    second = int(g.get("second") or g.get("second2") or 0)
    at = midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    return Moment(_zoned(at, g.get("zone")), True, *m.span())


def _hour(hour: int, half: str | None) -> int:
    late = half in {"下午", "傍晚", "晚上", "晚间", "夜间"} or (half == "中午" and hour < 11)
    return hour + 12 if late and hour < 12 else hour


def _zoned(at: datetime, zone: str | None) -> datetime:
    if not zone:
        return at
    if zone in {"Z", "UTC", "GMT"}:
        return at.replace(tzinfo=UTC).astimezone(CHINA)
    sign, digits = zone.removeprefix("GMT")[0], re.sub(r"\D", "", zone)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if offset >= timedelta(hours=24):
        return at
    return at.replace(tzinfo=timezone(-offset if sign == "-" else offset)).astimezone(CHINA)


def _numeral(word: str) -> int:
    """一 … 三十一, 两, 廿 not used by pages."""
    word = word.replace("两", "二")
    if "十" not in word:
        return int("".join(str(_DIGITS.get(c, 0)) for c in word) or 0)
    tens, _, ones = word.partition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


_FORMS = (
    (_FULL, _read_clocked),
    (_GLUED, _read_clocked),
    (_NUMERALS, _read_numerals),
    (_SHORT_YEAR, _read_clocked),
    (_NO_YEAR, _read_yearless),
    (_NAMED_DAY, _read_named),
    (_AGO, _read_ago),
    (_JUST_NOW, _read_just_now),
    (_ENGLISH, _read_english),
    (_UNIX, _read_english),
    (_NO_YEAR_BARE, _read_yearless),
)
_COUNTED = frozenset({_NO_YEAR, _NAMED_DAY, _AGO, _JUST_NOW, _NO_YEAR_BARE})
"""Forms that say less than a date: the rest is counted from the time of fetching."""

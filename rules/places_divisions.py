"""The administrative divisions of China: look-up by code and by name.

Codes have 2 (province), 4 (city), 6 (district, county) or 9 (street, town) digits; statistics of 2023.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

GAZETTEER = Path(__file__).parent / "gazetteer"

_PEOPLES = (
    "满族|回族|蒙古族|壮族|苗族|土家族|侗族|瑶族|彝族|藏族|羌族|傣族|白族|哈尼族|景颇族|傈僳族|朝鲜族|布依族|水族|"
    "仡佬族|仫佬族|毛南族|畲族|黎族|纳西族|拉祜族|佤族|布朗族|普米族|独龙族|怒族|东乡族|撒拉族|保安族|土族|裕固族|"
    "哈萨克族|哈萨克|蒙古|柯尔克孜|塔吉克|锡伯|维吾尔|达斡尔族|鄂温克族|回|壮族|各族"
)
_SUFFIX = re.compile(
    rf"(?:(?<!内)(?:{_PEOPLES})+自治(?:县|州|旗|区)|自治旗|自治区|特别行政区|省|市|区|县|旗|盟|地区)$"
)
_STREET_SUFFIX = re.compile(rf"(?:地区办事处|街道办事处|街道|(?:{_PEOPLES})+(?:民族)?乡|民族乡|镇|乡|苏木)$")
_HOLLOW = re.compile(r"^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$")


class UnknownRegion(ValueError):
    """A code or name that is no division of the gazetteer; the message names the nearest."""


@dataclass(frozen=True)
class Division:
    """One division: its code and official name."""

    code: str
    name: str

    @property
    def level(self) -> str:
        """province, city, district or street."""
        return {2: "province", 4: "city", 6: "district"}.get(len(self.code), "street")

    @property
    def hollow(self) -> bool:
        """A level that exists only in the code (市辖区 of a municipality)."""
        return bool(_HOLLOW.match(self.name))

    @cached_property
    def short(self) -> str:
        """The name as people say it (杭州, 萧山, 恩施), or the whole name where nothing can be left off."""
        pattern = _STREET_SUFFIX if self.level == "street" else _SUFFIX
        short = pattern.sub("", self.name)
        return short if len(short) >= 2 else self.name

    @property
    def full_name(self) -> str:
        """With its superiors: 河北省石家庄市新华区."""
        return "".join(d.name for d in (*parents(self.code), self) if not d.hollow)


def parent_codes(code: str) -> tuple[str, ...]:
    """Codes of the superiors, highest first."""
    return tuple(code[:n] for n in (2, 4, 6) if n < len(code))


def parents(code: str) -> tuple[Division, ...]:
    """The superiors of a code, highest first."""
    table = divisions()
    return tuple(table[c] for c in parent_codes(code) if c in table)


_STREETS = "streets.tsv.gz"
_late_streets: dict[str, Division] = {}


@cache
def divisions() -> dict[str, Division]:
    """Provinces, cities and districts by code."""
    return _read(_lines("divisions.tsv.gz"))


@cache
def streets() -> dict[str, Division]:
    """Streets, towns and townships by code: 41,352 of them, of which a judge needs but `streets_of`."""
    return {**_read(_lines(_STREETS)), **_late_streets}


@cache
def streets_of(prefix: str) -> tuple[Division, ...]:
    """The streets under a city or district."""
    own = _read(line for line in _lines(_STREETS) if line.startswith(prefix))
    late = {code: street for code, street in _late_streets.items() if code.startswith(prefix)}
    return tuple({**own, **late}.values())


@cache
def street_bearers() -> Counter[str]:
    """How many streets of the country bear a name."""
    if _late_streets:
        return Counter(street.name for street in streets().values())
    return Counter([line.partition("\t")[2] for line in _lines(_STREETS)])


def _read(lines: Iterable[str]) -> dict[str, Division]:
    rows = (line.split("\t") for line in lines)
    return {code: Division(code, title) for code, title in rows}


@cache
def _lines(file: str) -> list[str]:
    return gzip.decompress((GAZETTEER / file).read_bytes()).decode("utf-8").splitlines()


def extend(extra: Iterable[Division]) -> None:
    """Add divisions younger than the gazetteer. Call before the first `PlaceJudge` of the process is made."""
    for one in extra:
        (_late_streets if one.level == "street" else divisions())[one.code] = one
    for known in (streets, streets_of, street_bearers):
        known.cache_clear()


def canonical(code: str) -> str:
    """The code without padding: 330100 → 3301, 130105000000 → 130105, 1101 → 11 (a municipality).

    Raises UnknownRegion when it is no division.
    """
    digits = code.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in (2, 4, 6, 9, 12)):
        raise UnknownRegion(f"行政区划代码“{code}”应为 2、4、6 或 9 位数字{_nearest_hint(digits)}")
    stripped = _unpadded(digits)
    found = divisions().get(stripped) or streets().get(stripped)
    if found is None:
        raise UnknownRegion(f"没有行政区划“{code}”{_nearest_hint(stripped)}")
    return stripped[:2] if found.name in ("市辖区", "县") and len(stripped) == 4 else stripped


def _unpadded(digits: str) -> str:
    if len(digits) == 12 and digits.endswith("000"):
        digits = digits[:9]
    if len(digits) == 9 and digits.endswith("000"):
        digits = digits[:6]
    while len(digits) in (4, 6) and digits.endswith("00"):
        digits = digits[:-2]
    return digits


def division(code: str) -> Division:
    """The division of a code in any accepted form. Raises UnknownRegion."""
    plain = canonical(code)
    return divisions().get(plain) or streets()[plain]


def find_region(query: str) -> list[Division]:
    """The divisions meant by a code or a name (新华区, 石家庄新华, 杭州), superiors first; [] when none."""
    wanted = query.strip()
    if wanted.isdigit():
        try:
            return [division(wanted)]
        except UnknownRegion:
            return []
    for table in (divisions, streets):
        found = [d for d in table().values() if not d.hollow and _answers(d, wanted)]
        if found:
            return sorted(found, key=lambda d: (len(d.code), d.code))
    return []


def _answers(place: Division, wanted: str) -> bool:
    """Whether `wanted` ends in this place's name and starts with names of its superiors, if with anything."""
    for name in (place.name, place.short):
        if wanted.endswith(name) and _names_superiors(place, wanted.removesuffix(name)):
            return True
    return False


def _names_superiors(place: Division, rest: str) -> bool:
    for superior in parents(place.code):
        for name in (superior.name, superior.short):
            if rest.startswith(name):
                rest = rest.removeprefix(name)
                break
    return not rest


def _nearest_hint(code: str) -> str:
    if not (code.isascii() and code.isdigit()):
        return ""
    pool = [*divisions().values(), *(streets_of(code[:4]) if len(code) == 9 else ())]
    same = [d for d in pool if len(d.code) == len(code) and not d.hollow] or pool
    near = min(same, key=lambda d: (-_common_prefix(d.code, code), abs(int(d.code) - int(code)), d.code))
    return f"；最接近的是 {near.code}（{near.full_name}）"


def _common_prefix(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))

"""Which fonts a paper is set in: the official ones by name first, what may be shipped on Debian after them.

The official fonts may not be shipped with a program; where they are installed they are used.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import typst

from alerts.errors import FontsMissing

OFFICIAL: Final[dict[str, tuple[str, ...]]] = {
    "biaosong": ("方正小标宋_GBK", "方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "fang": (
        "仿宋_GB2312",
        "FangSong_GB2312",
        "方正仿宋_GBK",
        "仿宋",
        "FangSong",
        "STFangsong",
        "FZFangSong-Z02",
    ),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "方正楷体_GBK", "楷体", "KaiTi", "STKaiti"),
    "hei": ("黑体", "SimHei", "方正黑体_GBK", "STHeiti"),
    "song": ("宋体", "SimSun", "方正书宋_GBK", "STSong"),
}
SERIF: Final = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "AR PL UMing CN",
    "WenQuanYi Zen Hei",
)
SANS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)
FALLBACK: Final[dict[str, tuple[str, ...]]] = {
    "biaosong": SERIF,
    "fang": SERIF,
    "kai": ("AR PL UKai CN", *SERIF),
    "hei": SANS,
    "song": SERIF,
}
NAMES: Final = {
    "biaosong": "方正小标宋",
    "fang": "仿宋_GB2312",
    "kai": "楷体_GB2312",
    "hei": "黑体",
    "song": "宋体",
}
_REST: Final = ("DejaVu Sans",)


@cache
def book() -> typst.Fonts:
    """The machine's fonts, read once in a process."""
    return typst.Fonts()


@cache
def families() -> frozenset[str]:
    """Names of all families installed, in lower case."""
    return frozenset(name.lower() for name in book().families())


def _present(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name.lower() in families()]


@cache
def stacks() -> dict[str, list[str]]:
    """For each role the families to try in turn. Raises FontsMissing when no Chinese font is there at all."""
    anything = _present((*SERIF, *SANS)) or _present(
        tuple(name for names in OFFICIAL.values() for name in names)
    )
    if not anything:
        raise FontsMissing(
            "本机没有中文字体，无法生成PDF。请安装“fonts-noto-cjk”或单位已获授权的仿宋、小标宋等字体；.docx不受影响。"
        )
    return {
        role: list(
            dict.fromkeys([*_present(OFFICIAL[role]), *_present(FALLBACK[role]), *anything, *_present(_REST)])
        )
        for role in OFFICIAL
    }


def missing_fonts() -> tuple[str, ...]:
    """A plain warning for each official font that is replaced; empty when all are there."""
    return tuple(
        f"本机未安装{NAMES[role]}，PDF中以{stacks()[role][0]}代替，字形与公文规定不完全一致；安装已获授权的字体并重启后即自动采用。"
        for role, names in OFFICIAL.items()
        if not _present(names)
    )

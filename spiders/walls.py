"""Log-in walls, captchas and refusals: seen, named, never climbed (DOMAIN.md §8.4)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_STATUS = {
    401: "需要登录（HTTP 401）",
    403: "站点拒绝访问（HTTP 403）",
    407: "需要代理认证（HTTP 407）",
    429: "请求过多（HTTP 429）",
    451: "因法律原因不可访问（HTTP 451）",
}
_LOGIN_HOST = re.compile(r"(?:^|\.)(?:passport|login|sso|account|accounts|auth|id)\.", re.IGNORECASE)
_LOGIN_PATH = re.compile(
    r"/(?:login|signin|sign_in|passport|sso|captcha|antispider|verify|wafcheck)\b", re.IGNORECASE
)
_TELLTALES = (
    (
        "人机验证",
        ("请完成安全验证", "人机验证", "滑动验证", "拖动滑块", "请输入验证码", "geetest", "antispider"),
    ),
    ("访问过于频繁", ("访问过于频繁", "操作过于频繁", "请求过于频繁", "您的访问出现异常")),
    ("需要登录", ("请先登录后", "登录后查看", "登录后才能", "请登录后继续")),
    ("浏览器校验", ("acw_sc__v2", "__jsl_clearance", "cf-challenge", "challenge-platform", "安全检查中")),
)
# A real page may mention a captcha; a wall says little else.
_WALL_SIZE = 12_000
_WALL_WORDS = 400
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|script|title)\b", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"<script\b.*?</script>|<style\b.*?</style>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def wall(status: int, asked: str, url: str, body: bytes) -> str | None:
    """Why the site does not let us in, in Chinese; None where it does."""
    if status in _STATUS:
        return _STATUS[status]
    if asked != url and _login_page(url) and not _login_page(asked):
        return "被转到登录或验证页面"
    return _telltale(body) if status < 300 and len(body) < _WALL_SIZE else None


def _login_page(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_LOGIN_HOST.search(parts.hostname or "") or _LOGIN_PATH.search(parts.path))


def _telltale(body: bytes) -> str | None:
    """A short page of our own kind of bad news. Feeds and data are no pages; a headline in a link is news."""
    if not _PAGE.search(body[:2048]) or body.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml":
        return None
    for charset in ("utf-8", "gb18030"):
        text = _ANCHOR.sub("", body.decode(charset, "ignore"))
        found = next((name for name, signs in _TELLTALES if any(sign in text for sign in signs)), None)
        if found:
            short = len("".join(_MARKUP.sub("", text).split())) < _WALL_WORDS
            return f"遇到{found}，已停止采集" if short else None
    return None

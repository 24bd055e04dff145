"""Crawled text made fit for paper: inert, on one line where a line is meant, never longer than its place.

Nothing here escapes markup: the three renderers never take text for markup in the first place.
"""

from __future__ import annotations

import re
import unicodedata

CUT = "……（余略）"
_BIDI_AND_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u20e3\U000e0000-\U000e007f]+"
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a]{2,}")


def _plain(char: str) -> str:
    if char in "\n\t":
        return char
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return "" if category in {"Cc", "Cn", "Co"} else char


def legible(text: str) -> str:
    """Several lines of text without control, invisible, direction-turning or private characters.

    Pictures of feelings become 〔表情〕: no official font draws them, and an empty box says less.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not text.isascii():
        text = _EMOJI.sub("〔表情〕", _BIDI_AND_INVISIBLE.sub("", text))
    text = "".join(map(_plain, text))
    return _SPACES.sub(" ", text.replace("\t", " ")).strip()


def legible_line(text: str) -> str:
    """The same on one line."""
    return re.sub(r"\s*\n\s*", " ", legible(text))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, saying so where something was left out."""
    return text if len(text) <= limit else text[: limit - len(CUT)].rstrip("，、；：。 ") + CUT

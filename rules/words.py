"""Key words of a happening: TF-IDF over nouns and names (jieba's analysis on rjieba's fast segmentation)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

_SAID_OF_ALL = re.compile(
    r"\d|^(?:网友|网民|回应|通报|官方|记者|消息|情况|目前|今天|昨天|相关|有关|表示|发布|信息)$"
)


class _Tokenizer:
    """rjieba in the shape that jieba.analyse asks for."""

    def cut(self, sentence: str, HMM: bool = True) -> Iterator[str]:  # noqa: N803 - jieba's own name
        """The words of a sentence."""
        import rjieba

        return iter(rjieba.cut(sentence, HMM))


@cache
def _analyser() -> Any:
    # loaded at the first incident, not at start: the table of rarities takes a moment
    from jieba.analyse import TFIDF

    analyser = TFIDF()
    analyser.tokenizer = _Tokenizer()
    return analyser


def keywords(texts: Iterable[str], count: int = 8) -> list[str]:
    """The words that tell this happening from ordinary talk, the most telling first."""
    whole = "\n".join(text[:400] for text in texts)
    found = _analyser().extract_tags(whole, topK=count * 2)
    return [word for word in found if not _SAID_OF_ALL.search(word)][:count]

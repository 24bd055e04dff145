"""Which pairs of characters are of a kind, learned from plain text: for words that no labelled headline has.

Pairs that stand in the same sentences as others do get vectors near each other (positive pointwise mutual
information, reduced by singular values). Read by tests/quality/learn_likeness.py; takes minutes.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from rules.text import fold
from tests.quality.stream import titles

DIMENSIONS = 150
LEAST_SENTENCES, LEAST_TOGETHER = 8, 3
_STOP = re.compile(r"[。！？\n]")
_PAIR = re.compile(r"[一-鿿]{2}")


def kinship(shared: Path) -> tuple[list[str], Any]:
    """Pairs of characters and a vector of length one for each (rows)."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import svds
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(analyzer=pairs, binary=True, min_df=LEAST_SENTENCES, dtype=np.float32)
    seen = counter.fit_transform([*sentences(shared)])
    often = np.asarray(seen.sum(0)).ravel()
    both = (seen.T @ seen).tocoo()
    shares = np.log(both.data * seen.shape[0] / (often[both.row] * often[both.col]))
    kept = (shares > 0) & (both.data >= LEAST_TOGETHER) & (both.row != both.col)
    matrix = csr_matrix((shares[kept], (both.row[kept], both.col[kept])), shape=both.shape, dtype=np.float32)
    left, sizes, _ = svds(matrix, k=DIMENSIONS, v0=np.ones(len(often), np.float32))
    vectors = left * np.sqrt(sizes)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    return [str(name) for name in counter.get_feature_names_out()], vectors


def pairs(text: str) -> list[str]:
    """The pairs of Chinese characters side by side."""
    return [text[i : i + 2] for i in range(len(text) - 1) if _PAIR.match(text, i)]


def sentences(shared: Path) -> Iterator[str]:
    """Headlines (twice, for they are what it is for), and sentences of news, messages, posts and reports."""
    for title in sorted(titles(shared)):
        yield from (fold(title),) * 2
    for text in _texts(shared):
        yield from (fold(part)[:200] for part in _STOP.split(text) if len(part) > 8)


def _texts(shared: Path) -> Iterator[str]:
    files = [shared / "news" / "xinwenlianbo.jsonl.gz", *sorted((shared / "complaints").glob("*.jsonl"))]
    files += sorted((shared / "sentiment").rglob("*.jsonl*"))
    for path in files:
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for line in file:
                yield from (value for value in json.loads(line).values() if isinstance(value, str))
    for path in sorted((shared / "emergencies").glob("*/*.xml")):
        yield re.sub(r"<[^>]+>|\s", "", path.read_text(encoding="utf-8", errors="replace"))

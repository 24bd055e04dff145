"""Writing a learned table to the compact file that rules.sentiment reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from rules.learn import Learned


def save(learned: Learned, path: Path) -> None:
    """Two weights per n-gram (positive minus negative; neutral minus the mean of both) in 8 bits each."""
    w, b = learned.weights, learned.bias
    both = np.stack([w[:, 2] - w[:, 0], w[:, 1] - (w[:, 0] + w[:, 2]) / 2], axis=1)
    bias = np.array([b[2] - b[0], b[1] - (b[0] + b[2]) / 2], np.float32)
    scale = (np.abs(both).max(axis=0) / 127).astype(np.float32)
    np.savez_compressed(
        path,
        grams=np.frombuffer("\n".join(learned.vocabulary).encode("utf-8"), np.uint8),
        idf=np.clip(np.rint(learned.idf * 20), 0, 255).astype(np.uint8),
        weights=np.rint(both / scale).astype(np.int8),
        scale=scale,
        bias=bias,
    )


def prune(learned: Learned, size: int) -> Learned:
    """Keep the `size` n-grams that can say most."""
    w = learned.weights
    say = np.abs(np.stack([w[:, 2] - w[:, 0], w[:, 1] - (w[:, 0] + w[:, 2]) / 2], axis=1)).max(axis=1)
    keep = np.sort(np.argsort(-say * learned.idf)[:size])
    words = tuple(learned.vocabulary[i] for i in keep)
    return Learned(words, learned.idf[keep], learned.weights[keep], learned.bias)

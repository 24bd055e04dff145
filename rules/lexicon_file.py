"""The learned table of sentiment: its columns, and the compact file it is kept in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

COLUMNS = ("everyday", "style", "negative", "neutral", "positive")
"""`everyday`: towards positive in texts of the two-class kind (everyday posts that are one or the other);
`style`: towards that kind of text; the others: towards each class in texts of all kinds."""


@dataclass(frozen=True, slots=True)
class Table:
    """One row of weights for each feature, in the order of COLUMNS, and the biases."""

    vocabulary: tuple[str, ...]
    weights: Floats
    bias: Floats

    def pruned(self, size: int) -> Table:
        """With the `size` features that can say most; the others said little."""
        if len(self.vocabulary) <= size:
            return self
        say = (np.abs(self.weights) / np.abs(self.weights).mean(axis=0)).max(axis=1)
        keep = np.sort(np.argsort(-say)[:size])
        return Table(tuple(self.vocabulary[i] for i in keep), self.weights[keep], self.bias)


def save(table: Table, path: Path) -> None:
    """Each weight in 8 bits, with one scale a column."""
    largest = np.abs(table.weights).max(axis=0)
    scale = (np.where(largest > 0, largest, 1) / 127).astype(np.float32)
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(table.vocabulary).encode("utf-8"), np.uint8),
        weights=np.rint(table.weights / scale).astype(np.int8),
        scale=scale,
        bias=table.bias.astype(np.float32),
    )


def load(path: Path) -> Table:
    """A table written by `save`. Raises OSError, KeyError or ValueError when it is none."""
    with np.load(path, allow_pickle=False) as data:
        vocabulary = tuple(bytes(data["features"]).decode("utf-8").split("\n"))
        weights = data["weights"].astype(np.float32) * data["scale"]
        bias = data["bias"].astype(np.float32)
    if weights.shape != (len(vocabulary), len(COLUMNS)):
        raise ValueError(f"{path} 不是情感词表：应为 {len(COLUMNS)} 列")
    return Table(vocabulary, weights, bias)

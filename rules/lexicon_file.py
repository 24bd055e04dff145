"""The learned table of sentiment: its columns, and the compact file it is kept in."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

COLUMNS = ("everyday", "style", "negative", "neutral", "positive")
"""`everyday`: towards positive in texts of the two-class kind (everyday posts that are one or the other);
`style`: towards that kind of text; the others: towards each class in texts of all kinds."""


_LARGEST = 200 << 20


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
    """Each weight in 8 bits, with one scale a column. The file is replaced whole or not at all."""
    largest = np.abs(table.weights).max(axis=0)
    scale = (np.where(largest > 0, largest, 1) / 127).astype(np.float32)
    draft = path.with_name(f".{path.name}.new")
    with draft.open("wb") as file:
        np.savez_compressed(
            file,
            features=np.frombuffer("\n".join(table.vocabulary).encode("utf-8"), np.uint8),
            weights=np.rint(table.weights / scale).astype(np.int8),
            scale=scale,
            bias=table.bias.astype(np.float32),
        )
    draft.replace(path)


def load(path: Path) -> Table:
    """A table written by `save`. Raises OSError, or ValueError saying what is wrong when it is none."""
    try:
        kept = _arrays(path)
        vocabulary = tuple(bytes(kept["features"]).decode("utf-8").split("\n"))
        weights = kept["weights"].astype(np.float32) * kept["scale"].astype(np.float32)
        bias = kept["bias"].astype(np.float32)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ValueError(f"文件已损坏（{error}）") from error
    except KeyError as error:
        raise ValueError(f"缺少 {error}") from error
    except (TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"内容不对（{error}）") from error
    table = Table(vocabulary, weights, bias)
    _check(table)
    return table


def _arrays(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of the file, never more than `_LARGEST` bytes of them."""
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            raise ValueError(f"展开后超过 {_LARGEST >> 20} MB")
    with np.load(path, allow_pickle=False) as data:
        return {name: data[name] for name in ("features", "weights", "scale", "bias")}


def _check(table: Table) -> None:
    wanted = len(COLUMNS)
    if table.weights.shape != (len(table.vocabulary), wanted) or table.bias.shape != (wanted,):
        raise ValueError(f"应为 {len(table.vocabulary)} 行 {wanted} 列，实为 {table.weights.shape}")
    if not (np.isfinite(table.weights).all() and np.isfinite(table.bias).all()):
        raise ValueError("有的权重不是数")

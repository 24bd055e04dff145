"""Copies of one text: reposts, wire copies, edited headlines. MinHash in bands (Broder 1997; LSH).

The newest signatures are kept in memory; older ones of the window go to a private file on disk.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rules.happening import plain

ALIKE = 0.75  # share of equal minima from which two texts are copies
_BANDS, _ROWS = 6, 3
_LONGEST = 600  # characters that are compared
_IN_MEMORY = 200_000
_SPILL = 20_000
_PRIME = np.uint64(2**61 - 1)
_random = np.random.default_rng(20161)
_A = _random.integers(1, 2**31, _BANDS * _ROWS, dtype=np.uint64)
_B = _random.integers(0, 2**31, _BANDS * _ROWS, dtype=np.uint64)


@dataclass(slots=True)
class Copy:
    """An earlier text that this one copies, where it was put, and the share of equal minima."""

    id: str
    incident: str
    score: float


@dataclass(slots=True)
class _Kept:
    id: str
    incident: str
    at: float
    minima: bytes


def minima(text: str) -> NDArray[np.uint32]:
    """The signature of a text: minima of 18 permutations over its character pairs."""
    plainly = plain(text)[:_LONGEST]
    pairs = {plainly[i : i + 2] for i in range(max(1, len(plainly) - 1))}
    hashes = np.fromiter((crc32(p.encode("utf-8", "replace")) for p in pairs), np.uint64, len(pairs))
    mixed: NDArray[np.uint64] = (_A[:, None] * hashes + _B[:, None]) % _PRIME & np.uint64(0xFFFFFFFF)
    least: NDArray[np.uint32] = mixed.min(axis=1).astype(np.uint32)
    return least


class Twins:
    """Finds copies within `window`."""

    def __init__(self, window: timedelta, *, in_memory: int = _IN_MEMORY) -> None:
        self._window, self._most = window.total_seconds(), in_memory
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bands: dict[int, str] = {}
        self._disk: sqlite3.Connection | None = None

    def find(self, ident: str, title: str, text: str, at: datetime | None) -> Copy | None:
        """The text this one copies, if any; it is remembered itself."""
        signature = minima(f"{title}{text}")
        when = at.timestamp() if at else 0.0
        keys = _keys(signature)
        found = self._same(keys, signature, when)
        self._remember(_Kept(ident, ident, when, signature.tobytes()), keys)
        return found

    def place(self, ident: str, incident: str) -> None:
        """Where that text was put."""
        if ident in self._kept:
            self._kept[ident].incident = incident

    def _same(self, keys: list[int], signature: NDArray[np.uint32], when: float) -> Copy | None:
        best: Copy | None = None
        for kept in self._candidates(keys):
            if when and kept.at and abs(when - kept.at) > self._window:
                continue
            score = float(np.mean(np.frombuffer(kept.minima, np.uint32) == signature))
            if score >= ALIKE and (best is None or score > best.score):
                best = Copy(kept.id, kept.incident, score)
        return best

    def _candidates(self, keys: list[int]) -> list[_Kept]:
        names = dict.fromkeys(name for key in keys if (name := self._bands.get(key)) in self._kept)
        near = [self._kept[name] for name in names if name is not None]
        return near or self._on_disk(keys)

    def _remember(self, kept: _Kept, keys: list[int]) -> None:
        self._kept[kept.id] = kept
        for key in keys:
            self._bands.setdefault(key, kept.id)
        if len(self._kept) > self._most:
            self._spill()

    def _spill(self) -> None:
        """The oldest go to disk, sorted by key so that writing stays sequential."""
        rows: list[tuple[int, str, str, float, bytes]] = []
        for _ in range(min(_SPILL, len(self._kept))):
            _, kept = self._kept.popitem(last=False)
            for key in _keys(np.frombuffer(kept.minima, np.uint32)):
                if self._bands.get(key) == kept.id:
                    del self._bands[key]
                    rows.append((key, kept.id, kept.incident, kept.at, kept.minima))
        disk = self._open()
        disk.executemany("INSERT OR IGNORE INTO band VALUES (?, ?, ?, ?, ?)", sorted(rows))
        newest = next(reversed(self._kept.values())).at
        disk.execute("DELETE FROM band WHERE at < ? AND at > 0", (newest - self._window,))
        disk.commit()

    def _open(self) -> sqlite3.Connection:
        if self._disk is None:
            # "" is a private file that sqlite removes by itself
            self._disk = sqlite3.connect("", check_same_thread=False)
            self._disk.executescript(
                "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
                "CREATE TABLE band (key INTEGER PRIMARY KEY, id TEXT, incident TEXT, at REAL, minima BLOB)"
            )
        return self._disk

    def _on_disk(self, keys: list[int]) -> list[_Kept]:
        if self._disk is None:
            return []
        marks = ",".join("?" * len(keys))
        rows = self._disk.execute(f"SELECT id, incident, at, minima FROM band WHERE key IN ({marks})", keys)
        return [_Kept(*row) for row in rows]


def _keys(signature: NDArray[np.uint32]) -> list[int]:
    """One number a band, below 2^63."""
    bands = signature.reshape(_BANDS, _ROWS)
    return [hash((n, band.tobytes())) & 0x7FFFFFFFFFFFFFFF for n, band in enumerate(bands)]

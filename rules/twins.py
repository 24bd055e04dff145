"""Copies of one text: reposts, wire copies, edited headlines. MinHash in bands (Broder 1997; LSH).

The newest signatures are kept in memory; older ones of the window go to a private file (rules.attic).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from rules.attic import Attic
from rules.pieces import code_points, plain

ALIKE = 0.75  # share of equal minima from which two texts are copies
_BANDS, _ROWS = 6, 3
_MINIMA = _BANDS * _ROWS
_LONGEST = 600  # characters that are compared
_IN_MEMORY = 200_000
_SPILL = 2_000
_BITS = 20  # leads in memory for each band
_WORD = np.uint64(0xFFFFFFFF)
_random = np.random.default_rng(20161)
_A = _random.integers(1, 2**63, _MINIMA, dtype=np.uint64)[:, None] | np.uint64(1)
_B = _random.integers(0, 2**63, _MINIMA, dtype=np.uint64)[:, None]
_KEY = _random.integers(1, 2**63, _ROWS, dtype=np.uint64) | np.uint64(1)
_PAIR = np.uint64(0x9E3779B97F4A7C15)
_HALF, _TOP = np.uint64(32), np.uint64(64 - _BITS)
_EACH = np.arange(_BANDS)

Signature = NDArray[np.uint32]
Keys = NDArray[np.uint64]


@dataclass(slots=True)
class Copy:
    """An earlier text that this one copies, where it was put, and the share of equal minima."""

    id: str
    incident: str
    score: float


def minima(text: str) -> Signature:
    """The signature of a plain text: minima of 18 hash functions over its character pairs."""
    points = code_points(text[:_LONGEST]).astype(np.uint64)
    pairs = points[:-1] * _PAIR + points[1:] if len(points) > 1 else points * _PAIR
    pairs ^= pairs >> _HALF
    mixed = pairs * _A
    mixed += _B
    least: Signature = (mixed.min(axis=1) >> _HALF).astype(np.uint32)
    return least


def whole(title: str, text: str) -> str:
    """What copies are told by: title and text, plain, as far as it is compared."""
    return plain(f"{title}{text[: 2 * _LONGEST]}")


def keys(signatures: Signature) -> Keys:
    """One number of 64 bits for each band of each signature."""
    bands = signatures.reshape(*signatures.shape[:-1], _BANDS, _ROWS)
    mixed: Keys = (bands * _KEY).sum(axis=-1, dtype=np.uint64)
    mixed ^= mixed >> _HALF
    mixed *= _PAIR
    return mixed


class Twins:
    """Finds copies within `window`. An exact copy is not remembered beside its original."""

    def __init__(self, window: timedelta, *, in_memory: int = _IN_MEMORY) -> None:
        self._window, self._most = window.total_seconds(), in_memory
        self._minima = np.zeros((in_memory, _MINIMA), np.uint32)
        self._at = np.zeros(in_memory)
        self._names: list[tuple[str, str]] = []
        self._leads = np.zeros((_BANDS, 1 << _BITS), np.uint32)
        self._seen = 0
        self._spilled = 0
        self._attic: Attic | None = None

    def find(self, ident: str, text: str, at: float) -> Copy | None:
        """What this plain text (`whole`) copies, if anything; it is remembered itself, to be `place`d."""
        if not text:
            return None
        signature = minima(text)
        own = keys(signature)
        found = self._in_memory(signature, own, at) or self._on_disk(signature, own, at)
        if found is None or found.score < 1.0:
            self._remember(ident, signature, own, at)
        return found

    def place(self, ident: str, incident: str) -> None:
        """Where that text, the last one asked about, was put."""
        row = (self._seen - 1) % self._most
        if self._names and self._names[row][0] == ident:
            self._names[row] = ident, incident

    def _in_memory(self, signature: Signature, own: Keys, at: float) -> Copy | None:
        rows = self._leads[_EACH, own >> _TOP]
        alike = (self._minima.take(rows, axis=0) == signature).sum(axis=1)
        best = int(alike.argmax())
        if alike[best] < ALIKE * _MINIMA or not self._timely(float(self._at[rows[best]]), at):
            return None
        ident, incident = self._names[int(rows[best])]
        return Copy(ident, incident, float(alike[best]) / _MINIMA)

    def _on_disk(self, signature: Signature, own: Keys, at: float) -> Copy | None:
        best: Copy | None = None
        for when, raw, ident, incident in self._attic.find(own.tolist()) if self._attic else ():
            score = float(np.mean(np.frombuffer(raw, np.uint32) == signature))
            if score >= ALIKE and (best is None or score > best.score) and self._timely(when, at):
                best = Copy(ident, incident, score)
        return best

    def _timely(self, one: float, other: float) -> bool:
        return not one or not other or abs(one - other) <= self._window

    def _remember(self, ident: str, signature: Signature, own: Keys, at: float) -> None:
        if self._seen - self._spilled == self._most:
            self._spill()
        row = self._seen % self._most
        if row == len(self._names):
            self._names.append((ident, ident))
        self._minima[row], self._at[row], self._names[row] = signature, at, (ident, ident)
        self._lead(own >> _TOP, row)
        self._seen += 1

    def _lead(self, places: Keys, row: int) -> None:
        """The first to have a band keeps it for the window; another that fell on the same place gives way."""
        held = self._leads[_EACH, places]
        theirs, ours = (self._minima[rows].reshape(-1, _BANDS, _ROWS) for rows in (held, [row]))
        free = (theirs[_EACH, _EACH] != ours[0]).any(axis=1)
        free |= np.abs(self._at[held] - self._at[row]) > self._window
        self._leads[_EACH[free], places[free]] = row

    def _spill(self) -> None:
        """The oldest go to disk."""
        if self._attic is None:
            self._attic = Attic(4 * _MINIMA)
        rows = np.arange(self._spilled, self._spilled + min(_SPILL, self._most)) % self._most
        for row, own in zip(rows.tolist(), keys(self._minima[rows]).tolist(), strict=True):
            record = float(self._at[row]), self._minima[row].tobytes(), *self._names[row]
            self._attic.put(record, own)
        self._spilled += len(rows)

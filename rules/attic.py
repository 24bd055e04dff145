"""Signatures that no longer fit in memory: two private files, asked by single small reads.

One holds records one after another and begins anew when it is full; the other leads from a band of a
signature to the newest record that has it. What a stale lead finds is told by its signature.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from struct import Struct
from typing import IO, Final

_BITS: Final = 21  # leads for each band
_CHECK: Final = (1 << 24) - 1
_ROOM: Final = 1 << 29  # bytes of records
_LEAD = Struct("<Q")  # address in the upper 40 bits, part of the band's key below
_HEAD = Struct("<dHH")  # time, length of id, length of incident

Record = tuple[float, bytes, str, str]  # time, signature, id, incident


class Attic:
    """Records found again by any of the bands of their signature, which is `length` bytes long."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._records, self._leads = _private(), _private()
        self._end = 1  # address 0 means nothing

    def put(self, record: Record, keys: Iterable[int]) -> None:
        """Remember a record under its bands' keys of 64 bits."""
        at, signature, ident, incident = record
        names = [name.encode("utf-8", "replace")[:65_535] for name in (ident, incident)]
        data = _HEAD.pack(at, len(names[0]), len(names[1])) + signature + names[0] + names[1]
        if self._end + len(data) > _ROOM:
            self._end = 1
        os.pwrite(self._records.fileno(), data, self._end)
        for band, key in enumerate(keys):
            os.pwrite(self._leads.fileno(), _LEAD.pack(self._end << 24 | key & _CHECK), _place(band, key))
        self._end += len(data)

    def find(self, keys: Iterable[int]) -> Iterator[Record]:
        """The records that have one of these bands, or seem to."""
        fd, tried = self._leads.fileno(), set()
        for band, key in enumerate(keys):
            data = os.pread(fd, _LEAD.size, _place(band, key))
            lead = _LEAD.unpack(data)[0] if len(data) == _LEAD.size else 0
            if lead and lead & _CHECK == key & _CHECK and lead not in tried:
                tried.add(lead)
                yield self._read(lead >> 24)

    def _read(self, address: int) -> Record:
        data = os.pread(self._records.fileno(), 512, address)
        at, first, second = _HEAD.unpack_from(data)
        start = _HEAD.size + self._length
        if start + first + second > len(data):
            data = os.pread(self._records.fileno(), start + first + second, address)
        names = data[start : start + first], data[start + first : start + first + second]
        ident, incident = (name.decode("utf-8", "replace") for name in names)
        return at, data[_HEAD.size : start], ident, incident


def _place(band: int, key: int) -> int:
    return (band << _BITS | key >> (64 - _BITS)) * _LEAD.size


def _private() -> IO[bytes]:
    """A file without a name that goes with the process."""
    return tempfile.TemporaryFile(prefix="caifeng-", buffering=0)

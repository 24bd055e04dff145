"""The loop under the filters `extract`, `judge` and `gather`: JSON lines in, JSON lines out, in order.

One output line per input line that is not blank; a bad line becomes an error line and does not stop the
rest. UTF-8 whatever the locale. Output is flushed every 100 lines and whenever the input has nothing ready.
Imports neither database nor web modules, so that a filter starts fast.
"""

from __future__ import annotations

import codecs
import json
import multiprocessing
import os
import re
import select
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

FLUSH_EVERY = 100
LONGEST_LINE = 64 * 1024 * 1024
OK, SOME_FAILED, USAGE = 0, 1, 2

Record = dict[str, Any]
Handler = Callable[[Record], Mapping[str, Any] | bytes]
"""What becomes of a record: an object to write, or the finished line of one."""
Numbered = tuple[int, bytes | None]

_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class RecordError(Exception):
    """One input line cannot be handled. `code` is stable, `message` is Chinese; the batch goes on."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """One finished output line and whether it tells of a failure."""

    data: bytes
    failed: bool


def clean(value: Any) -> Any:
    """The same JSON value with every lone surrogate replaced by U+FFFD (offsets stay as they are)."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def dump(value: Mapping[str, Any] | bytes) -> bytes:
    """One line of UTF-8 JSON, newline included."""
    if isinstance(value, bytes):
        return value
    text = _ENCODER.encode(value)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode() + b"\n"


def failure(line: int, ident: Any, code: str, message: str) -> Outcome:
    """The error line of the contract."""
    return Outcome(dump({"line": line, "id": ident, "error": {"code": code, "message": message}}), True)


def parse(raw: bytes) -> Record:
    """The JSON object of one line. Raises RecordError with codes encoding, json or object."""
    text, strays = _decode(raw)
    try:
        value = _DECODER.decode(text)
    except RecursionError as error:
        raise RecordError("json", "不是合法的 JSON：嵌套过深") from error
    except ValueError as error:
        raise RecordError("json", f"不是合法的 JSON：{error}") from error
    if not isinstance(value, dict):
        raise RecordError("object", '每行应为一个 JSON 对象，如 {"id": "1", "title": "…"}')
    record: Record = clean(value) if strays else value
    return record


def _decode(raw: bytes) -> tuple[str, bool]:
    """The text, and whether lone surrogates may be in it."""
    try:
        return raw.decode("utf-8"), b"\\u" in raw and bool(_ESCAPED_SURROGATE.search(raw))
    except UnicodeDecodeError:
        return _decode_surrogates(raw), True


def _decode_surrogates(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise RecordError("encoding", f"不是 UTF-8 编码：第 {error.start + 1} 字节起无法识别") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} 不是 JSON 的值")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def outcome(number: int, raw: bytes | None, handle: Handler) -> Outcome:
    """Handle one raw line; whatever goes wrong in it becomes its error line."""
    ident: Any = None
    try:
        if raw is None:
            raise RecordError("too_long", f"一行超过 {LONGEST_LINE // 1024 // 1024} MB，已跳过")
        record = parse(raw)
        ident = record.get("id")
        return Outcome(dump(handle(record)), False)
    except RecordError as error:
        return failure(number, ident, error.code, error.message)
    except Exception as error:  # noqa: BLE001 - a filter's line is its job: one line must never stop the rest
        return failure(number, ident, "internal", f"处理失败：{type(error).__name__}：{error}")


class Lines:
    """Lines of a binary stream, numbered from 1, blank ones left out, with a way to see that input idles.

    A line longer than LONGEST_LINE is given as None and never held in memory.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._fd = source.fileno()
        self._pending = bytearray()
        self._ready: deque[Numbered] = deque()
        self._number = 0
        self._skipping = False
        self._ended = False

    def idle(self) -> bool:
        """True when the next line would have to be waited for."""
        if self._ready or self._ended:
            return False
        try:
            return not select.select([self._fd], [], [], 0)[0]
        except (OSError, ValueError):  # not every file can be polled; those never idle
            return False

    def __iter__(self) -> Iterator[Numbered]:
        while self._ready or self._fill():
            while self._ready:
                yield self._ready.popleft()

    def _fill(self) -> bool:
        while not self._ready and not self._ended:
            block = os.read(self._fd, 1 << 16)
            if block:
                self._take(block)
            else:
                self._end()
        return bool(self._ready)

    def _take(self, block: bytes) -> None:
        head, *rest = block.split(b"\n")
        self._extend(head)
        for part in rest:
            self._finish_line()
            self._extend(part)

    def _extend(self, part: bytes) -> None:
        if self._skipping:
            return
        self._pending += part
        if len(self._pending) > LONGEST_LINE:
            self._pending.clear()
            self._skipping = True

    def _finish_line(self) -> None:
        self._number += 1
        if self._skipping:
            self._ready.append((self._number, None))
        elif line := bytes(self._pending).removeprefix(codecs.BOM_UTF8).strip():
            self._ready.append((self._number, line))
        self._pending.clear()
        self._skipping = False

    def _end(self) -> None:
        self._ended = True
        if self._pending or self._skipping:
            self._finish_line()


class _Writer:
    """Counts and flushes."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._since_flush = 0
        self.failed = False

    def write(self, done: Outcome) -> None:
        self._sink.write(done.data)
        self.failed = self.failed or done.failed
        self._since_flush += 1
        if self._since_flush >= FLUSH_EVERY:
            self.flush()

    def flush(self) -> None:
        if self._since_flush:
            self._sink.flush()
            self._since_flush = 0


def run(
    handle: Handler,
    *,
    source: BinaryIO | None = None,
    sink: Sink | None = None,
    processes: int = 1,
    finish: Callable[[], Iterable[Mapping[str, Any]]] | None = None,
) -> int:
    """Feed every line of `source` (standard input) through `handle` and write to `sink` (standard output).

    `processes` above 1 spreads lines over that many processes and keeps their order; `handle` must then be
    free of state. `finish` gives lines to write at the end. Returns the exit code: 0, or 1 if a line failed.
    """
    lines = Lines(source or sys.stdin.buffer)
    writer = _Writer(sink or sys.stdout.buffer)
    try:
        outcomes = _spread(lines, handle, processes, writer) if processes > 1 else _one(lines, handle, writer)
        for done in outcomes:
            writer.write(done)
        for value in finish() if finish else ():
            writer.write(Outcome(dump(value), False))
        writer.flush()
    except BrokenPipeError:
        _hush_stdout()
    return SOME_FAILED if writer.failed else OK


def _one(lines: Lines, handle: Handler, writer: _Writer) -> Iterator[Outcome]:
    for number, raw in lines:
        yield outcome(number, raw, handle)
        if lines.idle():
            writer.flush()


def _hush_stdout() -> None:
    """The reader went away (`| head`): let the interpreter end without a complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# --- several processes -------------------------------------------------------------------------------

_worker_handle: Handler | None = None


def _start_worker(handle: Handler) -> None:
    global _worker_handle
    _worker_handle = handle


def _work(batch: list[Numbered]) -> list[Outcome]:
    assert _worker_handle is not None
    return [outcome(number, raw, _worker_handle) for number, raw in batch]


def _spread(lines: Lines, handle: Handler, processes: int, writer: _Writer) -> Iterator[Outcome]:
    """Batches in flight are bounded (two per process); the oldest is always written first."""
    waiting: deque[tuple[list[Numbered], Future[list[Outcome]]]] = deque()
    with _pool(handle, processes) as pool:
        for batch in _batches(lines):
            waiting.append((batch, _submit(pool, batch)))
            if lines.idle():
                yield from _drain(waiting, 0)
                writer.flush()
            else:
                yield from _drain(waiting, 2 * processes)
        yield from _drain(waiting, 0)


def _pool(handle: Handler, processes: int) -> ProcessPoolExecutor:
    # fork: the handler (rules, automata) is built once and shared, not pickled
    context = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(processes, context, initializer=_start_worker, initargs=(handle,))


def _submit(pool: ProcessPoolExecutor, batch: list[Numbered]) -> Future[list[Outcome]]:
    try:
        return pool.submit(_work, batch)
    except BrokenProcessPool as error:
        broken: Future[list[Outcome]] = Future()
        broken.set_exception(error)
        return broken


def _batches(lines: Lines) -> Iterator[list[Numbered]]:
    """Lines in batches bounded in number and bytes; a batch is closed early when the input idles."""
    batch: list[Numbered] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line[1] or b"")
        if len(batch) >= FLUSH_EVERY or size > 1 << 20 or lines.idle():
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _drain(waiting: deque[tuple[list[Numbered], Future[list[Outcome]]]], keep: int) -> Iterator[Outcome]:
    while len(waiting) > keep:
        batch, future = waiting.popleft()
        try:
            yield from future.result()
        except BrokenProcessPool:
            yield from (failure(n, None, "worker_died", "处理进程意外终止，本行未处理") for n, _ in batch)

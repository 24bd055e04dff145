"""Extraction in processes of its own: no page can hang or bloat the spider that fetched it.

Each worker is a process that takes one page at a time. A page that takes too long or too much memory costs
that process, never the caller; a process is also replaced after so many pages, whatever it may have leaked.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import resource
import signal
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from spiders.errors import ExtractError, SpiderError
from spiders.extract import Extracted, Selectors, extract

MEMORY_LIMIT = 2 * 1024**3
"""Bytes of address space one worker may use; a page of 10 MB needs about a quarter of it."""
START_SECONDS = 30.0


@dataclass(slots=True)
class _Job:
    html: bytes | str
    options: dict[str, Any]
    future: Future[Extracted]


def usual_workers() -> int:
    """As many as the machine has cores, at most four: reading takes twice the time of all else of a crawl."""
    return max(1, min(4, os.cpu_count() or 1))


class ExtractionPool:
    """`workers` processes (None: `usual_workers`), `seconds_per_page` for each page; each process is replaced
    after `recycle_after` pages.

    `submit` gives a Future (asyncio.wrap_future it in a crawler); a page that fails raises ExtractError with
    code `timeout`, `crashed`, `empty`, `binary` or `too_large`. Use it as a context manager.
    """

    def __init__(
        self, workers: int | None = None, seconds_per_page: float = 10.0, recycle_after: int = 500
    ) -> None:
        count = usual_workers() if workers is None else max(1, workers)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._workers = [_Worker(self._jobs, seconds_per_page, recycle_after) for _ in range(count)]

    def submit(
        self,
        html: bytes | str,
        *,
        url: str | None = None,
        content_type: str | None = None,
        fetched_at: datetime | None = None,
        selectors: Selectors | None = None,
    ) -> Future[Extracted]:
        """Queue a page; the same arguments as `extract`."""
        if self._closed:
            raise SpiderError("解析进程池已关闭", code="closed")
        options = {"url": url, "content_type": content_type, "fetched_at": fetched_at, "selectors": selectors}
        job = _Job(html, options, Future())
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finish what is queued, then end the processes."""
        if self._closed:
            return
        self._closed = True
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers:
            worker.thread.join()

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class _Worker:
    """One thread that keeps one process busy and replaces it when it is spent, late or dead."""

    def __init__(self, jobs: queue.SimpleQueue[_Job | None], seconds: float, recycle_after: int) -> None:
        self._jobs = jobs
        self._seconds = seconds
        self._recycle_after = recycle_after
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._done = 0
        self.thread = threading.Thread(target=self._run, name="extraction", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.future.set_running_or_notify_cancel():
                self._settle(job)
        self._stop()

    def _settle(self, job: _Job) -> None:
        try:
            answer = self._ask(job)
        except Exception as error:  # noqa: BLE001 - whatever breaks, the caller's future must be answered
            self._stop()
            answer = ExtractError(f"解析进程异常：{type(error).__name__}", code="crashed")
        if isinstance(answer, Extracted):
            job.future.set_result(answer)
        else:
            job.future.set_exception(answer)

    def _ask(self, job: _Job) -> Extracted | SpiderError:
        pipe = self._ready()
        try:
            pipe.send((job.html, job.options))
            if not pipe.poll(self._seconds):
                return self._late()
            answer: Extracted | SpiderError = pipe.recv()
        except (EOFError, OSError):
            return self._dead()
        self._done += 1
        return answer

    def _late(self) -> SpiderError:
        self._stop()
        return ExtractError(f"页面解析超过 {self._seconds:g} 秒，已放弃", code="timeout")

    def _dead(self) -> SpiderError:
        """The alarm inside the process fires at the same limit as ours; which is first is chance."""
        process = self._process
        if process is not None:
            process.join(1)
        late = process is not None and process.exitcode == -signal.SIGALRM
        self._stop()
        return (
            self._late() if late else ExtractError("解析进程意外退出（内存超限或程序错误）", code="crashed")
        )

    def _ready(self) -> Connection:
        if self._pipe is not None and self._done >= self._recycle_after:
            self._stop()
        if self._pipe is None:
            self._start()
        assert self._pipe is not None
        return self._pipe

    def _start(self) -> None:
        context = _context()
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._seconds), daemon=True)
        self._process.start()
        theirs.close()
        self._done = 0
        if not self._pipe.poll(START_SECONDS):
            raise SpiderError("解析进程未能启动", code="start")
        self._pipe.recv()

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def _context() -> Any:
    """Processes are born from a small server that has the extractor loaded: 5 ms each, no threads of ours."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["spiders.pool"])
    return context


def _serve(pipe: Connection, seconds: float) -> None:
    """The process: a page in, its reading or its error out, until the other end closes.

    A reading leaves no cycles behind and the process does not grow old: nothing is there for a collector.
    """
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, resource.RLIM_INFINITY))
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            html, options = pipe.recv()
            # kills even inside C code, and even when the spider itself has died
            signal.setitimer(signal.ITIMER_REAL, seconds + 0.5)
            answer = _read(html, options)
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)


def _read(html: bytes | str, options: dict[str, Any]) -> Extracted | SpiderError:
    try:
        return extract(html, **options)
    except SpiderError as error:
        return error
    except MemoryError:
        return ExtractError("页面解析所需内存超限", code="crashed")
    except Exception as error:  # noqa: BLE001 - one page must never end the batch
        return ExtractError(f"页面解析失败：{type(error).__name__}：{error}", code="broken")

"""The crawl engine: one visit to one source, many at a time, in one long-lived process.

    engine = CrawlEngine(CrawlSettings(contact="…"), pool, clock)
    async with engine:
        outcome = await engine.visit(Visit(source, state, known), on_page)
        # or many: await crawl(engine, visits, on_page, on_outcome)

    CrawlSettings                     settings.py: contact, station, least_gap, visits, in_flight, run_seconds
    pool                              pool.ExtractionPool, or anything with its `submit`
    clock() -> datetime               aware
    Visit(source, state=FetchState(), known=lambda url: False, revisit=(), words=())
        known(url) -> bool            asked for each article address; a known one is not fetched again
        revisit                       known addresses to look at once more (cadence.revisit_due)
        words                         of a watch, for kind `search`
    on_page(page) / on_outcome(outcome)   plain or async; a page is masked already (mask.py)
    Outcome                           what to store and show: ok | unchanged | blocked | failed, reason,
                                      counts, the FetchState for the next visit, addresses that are gone

The daemon's `crawl` role and `caifeng crawl --once` call the same `crawl`. Blocked means: stop, show it in
the console, do not come back before a person has looked (or `retry_after` seconds, where the site named them).
"""

from __future__ import annotations

import asyncio
import hashlib
import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol

from spiders import folder
from spiders.authors import is_institution
from spiders.clocks import Clock
from spiders.errors import SpiderError
from spiders.extract import Extracted, Selectors
from spiders.fetcher import Blocked, Failed, Fetcher, Got
from spiders.kinds import KINDS
from spiders.kinds.article import told_only
from spiders.kinds.shape import Answer, Fetch, Reading
from spiders.mask import mask
from spiders.page import Page
from spiders.settings import CrawlSettings
from spiders.source import PUSHED, Source

Status = Literal["ok", "unchanged", "blocked", "failed"]
Told = Callable[[Page], Awaitable[None] | None]


class Extractor(Protocol):
    """What the engine asks of an extraction pool."""

    def submit(
        self,
        html: bytes | str,
        *,
        url: str | None = None,
        content_type: str | None = None,
        fetched_at: datetime | None = None,
        selectors: Selectors | None = None,
    ) -> Future[Extracted]:
        """One page's findings to come; fails with ExtractError."""


@dataclass(frozen=True, slots=True)
class FetchState:
    """What a source's last complete visit left for the next: validators and small marks, all strings."""

    etag: str | None = None
    last_modified: str | None = None
    memory: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to make."""

    source: Source
    state: FetchState = FetchState()
    known: Callable[[str], bool] = lambda url: False
    revisit: Sequence[str] = ()
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a visit went. `found` counts the entries its index showed, known ones too; 0 on a page that had
    some before is a layout that changed. `faults` are single entries that failed; they did not stop it."""

    source_id: str
    started: datetime
    finished: datetime
    status: Status
    reason: str = ""
    http_status: int | None = None
    found: int = 0
    pages_new: int = 0
    requests: int = 0
    bytes: int = 0
    retry_after: float | None = None
    state: FetchState = FetchState()
    gone: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


class CrawlEngine:
    """Runs visits. Use as an async context manager inside the loop it serves."""

    def __init__(self, settings: CrawlSettings, pool: Extractor, clock: Clock) -> None:
        self.settings, self.pool, self.clock = settings, pool, clock
        self.fetcher = Fetcher(settings, clock)
        self._places = asyncio.Semaphore(settings.visits)

    async def __aenter__(self) -> CrawlEngine:
        await self.fetcher.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.fetcher.stop()

    async def visit(self, visit: Visit, on_page: Told) -> Outcome:
        """One visit. Never raises for what a site or a page does wrong: the outcome says it."""
        async with self._places:
            run = _Run(self, visit, on_page)
            try:
                async with asyncio.timeout(self.settings.run_seconds):
                    await run.whole()
            except TimeoutError:
                run.incomplete(f"本轮超过 {self.settings.run_seconds:g} 秒，余下的下轮再取")
            except Blocked as error:
                run.end("blocked", error.message, error.status, error.retry_after)
            except Failed as error:
                run.end("failed", error.message, error.status, error.retry_after)
            except SpiderError as error:
                run.end("failed", error.message)
            return run.outcome(self.clock())


async def crawl(
    engine: CrawlEngine,
    visits: Iterable[Visit],
    on_page: Told,
    on_outcome: Callable[[Outcome], Awaitable[None] | None],
) -> None:
    """Make all visits, as many at a time as the settings allow; each outcome is told as it comes."""

    async def one(visit: Visit) -> None:
        await _tell(on_outcome(await engine.visit(visit, on_page)))

    async with asyncio.TaskGroup() as group:
        for visit in visits:
            group.create_task(one(visit))


async def _tell(result: Awaitable[None] | None) -> None:
    if inspect.isawaitable(result):
        await result


class _Run:
    """One visit while it lasts."""

    def __init__(self, engine: CrawlEngine, visit: Visit, on_page: Told) -> None:
        self.engine, self.visit_, self.on_page = engine, visit, on_page
        self.source, self.kind = visit.source, KINDS[visit.source.kind]
        self.result = Outcome(self.source.id, engine.clock(), engine.clock(), "ok", state=visit.state)
        self.next_state = visit.state
        self.complete = True
        self.budget = self.source.limits.pages
        self.seen: set[str] = set()
        self.revisit = frozenset(visit.revisit)
        self.faults: list[str] = []
        self.gone: list[str] = []
        self.hands = asyncio.Semaphore(engine.settings.in_flight)

    # ------------------------------------------------------------ the whole
    async def whole(self) -> None:
        """Index pages one after another, the articles of each side by side."""
        if self.source.kind in PUSHED:
            raise Failed("该信源由外部送达，不主动采集")
        if self.source.kind == "files":
            await self._files()
            return
        queue = deque(self.kind.first(self.source, self.visit_.words))
        queue.extend(Fetch(url, "article", extract=True) for url in self.visit_.revisit)
        while queue:
            articles = [queue.popleft()]
            while articles[0].role == "article" and queue and queue[0].role == "article":
                articles.append(queue.popleft())
            queue.extend(await self._batch(articles))

    async def _batch(self, fetches: Sequence[Fetch]) -> list[Fetch]:
        """The fetches side by side; the first refusal of the site ends them all."""
        tasks = [asyncio.ensure_future(self._one(fetch)) for fetch in fetches]
        try:
            found = await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
        return self._wanted([fetch for follow in found for fetch in follow])

    def _wanted(self, follow: Iterable[Fetch]) -> list[Fetch]:
        """New articles within the budget; further index pages only behind one that had something new."""
        new = [
            fetch
            for fetch in follow
            if fetch.url not in self.seen and fetch.depth <= self.source.limits.depth
        ]
        articles = [fetch for fetch in new if fetch.role == "article" and self._unknown(fetch)]
        if len(articles) > self.budget:
            articles = articles[: self.budget]
            self.complete = False
        self.budget -= len(articles)
        more = [fetch for fetch in new if fetch.role == "index"] if articles else []
        wanted = [*articles, *more]
        self.seen.update(fetch.url for fetch in wanted)
        return wanted

    def _unknown(self, fetch: Fetch) -> bool:
        return fetch.url not in self.revisit and not self.visit_.known(fetch.url)

    # ------------------------------------------------------------ one fetch
    async def _one(self, fetch: Fetch) -> tuple[Fetch, ...]:
        async with self.hands:
            try:
                return await self._step(fetch)
            except Blocked:
                raise
            except SpiderError as error:
                if fetch.role == "index" and fetch.depth == 1:
                    raise
                await self._article_fault(fetch, error)
                return ()

    async def _step(self, fetch: Fetch) -> tuple[Fetch, ...]:
        got = await self._get(fetch)
        if got is None:
            return ()
        answer = Answer(fetch, got.url, got.body, self.engine.clock(), got.headers.get("content-type"))
        if fetch.extract:
            answer = replace(answer, extracted=await self._extract(answer))
        reading = await asyncio.to_thread(self.kind.read, self.source, answer)
        await self._deliver(reading)
        self._count(found=len(reading.pages) + len(reading.follow) if fetch.role == "index" else 0)
        return reading.follow

    async def _get(self, fetch: Fetch) -> Got | None:
        """The answer; None where the index is the same as last time."""
        first = fetch.role == "index" and fetch.depth == 1
        self._count(requests=1)
        got = await self.engine.fetcher.get(self.source, fetch.url, self._validators() if first else None)
        self._count(bytes=len(got.body))
        if not first:
            return got
        self.result = replace(self.result, http_status=got.status)
        digest = hashlib.sha256(got.body).hexdigest()[:32]
        if got.status == 304 or digest == self.visit_.state.memory.get(f"digest {fetch.url}"):
            self.result = replace(self.result, status="unchanged")
            return None
        memory = {**self.next_state.memory, f"digest {fetch.url}": digest}
        self.next_state = FetchState(got.headers.get("etag"), got.headers.get("last-modified"), memory)
        return got

    def _validators(self) -> dict[str, str]:
        state = self.visit_.state
        named = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        return {name: value for name, value in named.items() if value}

    async def _extract(self, answer: Answer) -> Extracted:
        selectors = _selectors(self.source, answer.fetch)
        found = self.engine.pool.submit(
            answer.body,
            url=answer.url,
            content_type=answer.content_type,
            fetched_at=answer.fetched_at,
            selectors=selectors,
        )
        return await asyncio.wrap_future(found)

    async def _article_fault(self, fetch: Fetch, error: SpiderError) -> None:
        status = error.status if isinstance(error, Failed) else None
        if status in (404, 410):
            self.gone.append(fetch.url)
            return
        self.faults.append(f"{fetch.url} {error.message}")
        if isinstance(error, Failed):
            self.complete = False
        elif told := told_only(fetch):
            await self._deliver(Reading(pages=(told,)))

    # ------------------------------------------------------------ results
    async def _deliver(self, reading: Reading) -> None:
        for page in reading.pages:
            await _tell(self.on_page(finished(page)))
        self.faults.extend(reading.faults)
        self._count(pages_new=len(reading.pages))

    def _count(self, **more: int) -> None:
        self.result = replace(self.result, **{k: getattr(self.result, k) + v for k, v in more.items()})

    async def _files(self) -> None:
        arrived = await asyncio.to_thread(folder.arrivals, self.source.url, self.visit_.state.memory)
        for file in arrived:
            answer = Answer(Fetch(file.name), file.name, file.body, self.engine.clock(), None)
            try:
                reading = await asyncio.to_thread(self.kind.read, self.source, answer)
            except SpiderError as error:
                self.faults.append(f"{file.name}：{error.message}")
                reading = Reading()
            await self._deliver(reading)
            self._count(found=len(reading.pages), bytes=len(file.body))
            self.next_state = replace(
                self.next_state, memory={**self.next_state.memory, f"file {file.name}": file.stamp}
            )
        if not arrived:
            self.result = replace(self.result, status="unchanged")

    def incomplete(self, reason: str) -> None:
        """Not all was fetched: say so, and let the next visit look again unconditionally."""
        self.complete = False
        self.result = replace(self.result, reason=reason)

    def end(
        self, status: Status, reason: str, http_status: int | None = None, retry_after: float | None = None
    ) -> None:
        """The visit ended early."""
        self.complete = False
        shown = http_status if http_status is not None else self.result.http_status
        self.result = replace(
            self.result, status=status, reason=reason, http_status=shown, retry_after=retry_after
        )

    def outcome(self, finished: datetime) -> Outcome:
        """The result, with validators kept only when everything behind them was fetched."""
        state = (
            self.next_state if self.complete else replace(self.visit_.state, etag=None, last_modified=None)
        )
        if not self.complete:
            kept = {k: v for k, v in self.next_state.memory.items() if not k.startswith("digest ")}
            state = replace(state, memory=kept)
        return replace(
            self.result,
            finished=finished,
            state=state,
            gone=tuple(self.gone),
            faults=tuple(self.faults[:20]),
        )


_FOR_INDEX = ("links", "next_page", "remove")
_FOR_ARTICLE = ("title", "body", "time", "author", "media", "remove")


def _selectors(source: Source, fetch: Fetch) -> Selectors | None:
    names = _FOR_INDEX if fetch.role == "index" else (*_FOR_ARTICLE, "next_page")
    given = {name: source.selectors[name] for name in names if name in source.selectors}
    if not given:
        return None
    removed = tuple(filter(None, (part.strip() for part in given.pop("remove", "").split(";"))))
    return Selectors(**given, remove=removed)


def finished(page: Page) -> Page:
    """The page as it may leave this room: personal data masked, institutions told from persons."""
    return replace(
        page,
        title=mask(page.title),
        text=mask(page.text),
        author_is_institution=is_institution(page.author or ""),
    )

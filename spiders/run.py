"""The course of one visit: index pages one after another, articles side by side, all within the limits."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from spiders import folder, imap
from spiders.clocks import Clock
from spiders.errors import SpiderError
from spiders.extract import Extracted, Selectors
from spiders.fetcher import Blocked, Failed, Fetcher, Got
from spiders.finish import conditional, continues, finished, is_removed, seen, selectors_of, validators_of
from spiders.kinds import KINDS
from spiders.kinds.article import told_only
from spiders.kinds.shape import Answer, Fetch, Reading
from spiders.source import PUSHED
from spiders.visit import FetchState, Outcome, Status, Told, Visit

MOST_PARTS = 8
"""Pages of one article that are put together."""
SMALL = 20_000
"""Bytes that are parsed at once; a feed of this size takes a few milliseconds."""
Secret = Callable[[str], str | None]


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
class Tools:
    """What a run works with."""

    fetcher: Fetcher
    pool: Extractor
    clock: Clock
    secret: Secret
    in_flight: int


async def tell(result: Awaitable[None] | None) -> None:
    """Let a listener finish, plain or async."""
    if inspect.isawaitable(result):
        await result


def silent(step: str) -> None:
    """Nobody listens to the steps."""


class Run:
    """One visit while it lasts."""

    def __init__(self, tools: Tools, visit: Visit, on_page: Told, say: Callable[[str], None]) -> None:
        self.tools, self.visit_, self.on_page, self.say = tools, visit, on_page, say
        self.source, self.kind = visit.source, KINDS[visit.source.kind]
        self.result = Outcome(self.source.id, tools.clock(), tools.clock(), "ok", state=visit.state)
        kept = {k: v for k, v in visit.state.memory.items() if not k.startswith("digest ")}
        self.next_state = replace(visit.state, memory=kept)
        self.conditional = True
        self.complete = True
        self.budget = self.source.limits.pages
        self.seen: set[str] = set()
        self.revisit = frozenset(visit.revisit)
        self.alive = self.result.started
        self.faults: list[str] = []
        self.gone: list[str] = []
        self.hands = asyncio.Semaphore(tools.in_flight)

    # ------------------------------------------------------------ the whole
    async def whole(self) -> None:
        """Index pages one after another, the articles of each side by side."""
        if self.source.kind in PUSHED:
            raise Failed("该信源由外部送达，不主动采集")
        special = {"files": self._files, "mailbox": self._mailbox}.get(self.source.kind)
        if special is not None:
            await special()
            return
        queue = deque(self.kind.first(self.source, self.visit_.words))
        self.conditional = len(queue) == 1
        queue.extend(Fetch(url, "article", extract=True) for url in self.visit_.revisit)
        await self._rest(queue)

    async def _rest(self, queue: deque[Fetch]) -> None:
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
        return [fetch for wanted in found for fetch in wanted]

    def _wanted(self, reading: Reading) -> list[Fetch]:
        """New articles within the budget, and further index pages while what was shown is mostly new."""
        depth = self.source.limits.depth
        shown = [fetch for fetch in reading.follow if fetch.url not in self.seen and fetch.depth <= depth]
        listed = [fetch for fetch in shown if fetch.role == "article"]
        new = [fetch for fetch in listed if self._unknown(fetch.url)]
        fresh = len(new) + sum(self._unknown(page.url) for page in reading.pages)
        mostly_new = 2 * fresh >= len(listed) + len(reading.pages)
        more = [fetch for fetch in shown if fetch.role == "index"] if mostly_new else []
        if len(new) > self.budget:
            new, self.complete = new[: self.budget], False
        self.budget -= len(new)
        wanted = [*new, *more]
        self.seen.update(fetch.url for fetch in wanted)
        return wanted

    def _unknown(self, url: str) -> bool:
        return url not in self.revisit and not self.visit_.known(url)

    # ------------------------------------------------------------ one fetch
    async def _one(self, fetch: Fetch) -> list[Fetch]:
        async with self.hands:
            try:
                return await self._step(fetch)
            except Blocked:
                raise
            except SpiderError as error:
                if fetch.role == "index" and fetch.depth == 1:
                    raise
                await self._article_fault(fetch, error)
                return []

    async def _step(self, fetch: Fetch) -> list[Fetch]:
        """Get, extract, read, deliver; what to fetch next."""
        got = await self._get(fetch)
        if got is None:
            return []
        answer = Answer(fetch, got.url, got.body, self.tools.clock(), got.headers.get("content-type"))
        marks = validators_of(got.headers)
        if fetch.extract:
            answer = replace(answer, extracted=await self._extract(answer))
            self.say(seen(answer.extracted))
            # a forum's pages are pages of its own, followed by its kind
            if fetch.role == "article" and self.source.kind != "forum":
                answer = await self._joined(answer)
        again = fetch.url in self.revisit
        if again and is_removed(answer.body, answer.content_type, answer.extracted):
            self.gone.append(fetch.url)
            return []
        reading = await self._read(answer)
        if fetch.role == "article" and len(reading.pages) == 1 and marks:
            page = reading.pages[0]
            reading = replace(reading, pages=(replace(page, extra={**page.extra, **marks}),))
        wanted = self._wanted(reading)
        self.say(
            f"读出：{len(reading.pages)} 页、{len(reading.follow)} 个后续地址，其中要取 {len(wanted)} 个"
        )
        await self._deliver(reading, new=not again)
        self._count(found=len(reading.pages) + len(reading.follow) if fetch.role == "index" else 0)
        return wanted

    async def _joined(self, answer: Answer) -> Answer:
        """An article that is cut into pages, put together."""
        page, url = answer, answer.url
        for number in range(2, MOST_PARTS + 1):
            more = page.extracted.next_page if page.extracted else None
            if more is None or not continues(url, more, number):
                break
            got = await self.tools.fetcher.get(self.source, more)
            self._count(requests=1, bytes=len(got.body))
            page = replace(answer, url=got.url, body=got.body)
            page = replace(page, extracted=await self._extract(page))
            if answer.extracted and page.extracted and page.extracted.text:
                text = f"{answer.extracted.text}\n{page.extracted.text}"
                answer = replace(answer, extracted=replace(answer.extracted, text=text))
        return answer

    async def _read(self, answer: Answer) -> Reading:
        """Large bodies are read in a thread, so that parsing one keeps nobody waiting."""
        if answer.extracted is not None or len(answer.body) < SMALL:
            return self.kind.read(self.source, answer)
        return await asyncio.to_thread(self.kind.read, self.source, answer)

    async def _get(self, fetch: Fetch) -> Got | None:
        """The answer; None where the index is the same as last time."""
        first = fetch.role == "index" and fetch.depth == 1
        self._count(requests=1)
        marks = self.visit_.marks.get(fetch.url, {})
        headers = self._validators() if first and self.conditional else conditional(marks)
        got = await self.tools.fetcher.get(self.source, fetch.url, headers)
        self._count(bytes=len(got.body))
        self.say(f"获取：{got.url} HTTP {got.status}，{len(got.body)} 字节")
        if first:
            return self._changed(fetch, got)
        return got if got.status != 304 else None

    def _changed(self, fetch: Fetch, got: Got) -> Got | None:
        """The index, unless it is the one we read last time."""
        self.result = replace(self.result, http_status=got.status)
        key = f"digest {fetch.url}"
        before = self.visit_.state.memory.get(key)
        digest = before if got.status == 304 else hashlib.sha256(got.body).hexdigest()[:32]
        memory = {**self.next_state.memory, **({key: digest} if digest else {})}
        self.next_state = replace(self.next_state, memory=memory)
        if got.status == 304 or digest == before:
            self.result = replace(self.result, status="unchanged")
            self.say("索引页与上次相同，不再解析")
            return None
        self.next_state = replace(
            self.next_state,
            etag=got.headers.get("etag") if self.conditional else None,
            last_modified=got.headers.get("last-modified") if self.conditional else None,
        )
        return got

    def _validators(self) -> dict[str, str]:
        state = self.visit_.state
        return conditional({"etag": state.etag or "", "last_modified": state.last_modified or ""})

    async def _extract(self, answer: Answer) -> Extracted:
        selectors = selectors_of(self.source, answer.fetch)
        found = self.tools.pool.submit(
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
        self.say(f"失败：{fetch.url} {error.message}")
        if isinstance(error, Failed):
            self.complete = False
        elif told := told_only(fetch):
            await self._deliver(Reading(pages=(told,)))

    # ------------------------------------------------------------ results
    async def _deliver(self, reading: Reading, *, new: bool = True) -> None:
        """Tell of each page; one that is only looked at again is no news of the source."""
        for page in reading.pages:
            await tell(self.on_page(finished(page)))
        self.faults.extend(reading.faults)
        self._count(pages_new=len(reading.pages) if new else 0)

    def _count(self, **more: int) -> None:
        self.alive = self.tools.clock()
        self.result = replace(self.result, **{k: getattr(self.result, k) + v for k, v in more.items()})

    async def handed(self, bodies: Iterable[tuple[str, bytes]]) -> None:
        """Read what arrived by itself (name, content); what it leads to is fetched like any article."""
        queue: list[Fetch] = []
        for name, body in bodies:
            answer = Answer(Fetch(name), name, body, self.tools.clock())
            try:
                reading = await asyncio.to_thread(self.kind.read, self.source, answer)
            except SpiderError as error:
                self.faults.append(f"{name}：{error.message}" if name else error.message)
                continue
            queue.extend(self._wanted(reading))
            await self._deliver(reading)
            self._count(found=len(reading.pages) + len(reading.follow), bytes=len(body))
        await self._rest(deque(queue))

    async def _files(self) -> None:
        arrived, stamps = await asyncio.to_thread(folder.arrivals, self.source.url, self.visit_.state.memory)
        await self.handed((file.name, file.body) for file in arrived)
        self._remember(stamps, bool(arrived))

    async def _mailbox(self) -> None:
        password = self.tools.secret(self.source.secret) if self.source.secret else None
        if not password:
            raise Failed(f"邮箱密码未配置：环境变量 {self.source.secret or '（secret 未写明）'}")
        mails, marks = await asyncio.to_thread(
            imap.new_mails, self.source, password, self.visit_.state.memory
        )
        await self.handed((f"邮件 {mail.uid}", mail.body) for mail in mails)
        self._remember(marks, bool(mails))

    def _remember(self, marks: Mapping[str, str], arrived: bool) -> None:
        self.next_state = FetchState(memory=marks)
        if not arrived:
            self.result = replace(self.result, status="unchanged")

    def incomplete(self, reason: str) -> None:
        """Not all was fetched: say so, and let the next visit look again unconditionally."""
        self.complete = False
        self.result = replace(self.result, reason=reason)

    def end(self, status: Status, error: SpiderError) -> None:
        """The visit ended early, and why."""
        self.complete = False
        http = error.status if isinstance(error, Blocked | Failed) else None
        self.result = replace(
            self.result,
            status=status,
            reason=error.message,
            http_status=http if http is not None else self.result.http_status,
            retry_after=error.retry_after if isinstance(error, Blocked | Failed) else None,
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

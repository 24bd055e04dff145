"""Marks after sentences, and the list at the end of the paper that they point to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alerts.incident_facts import SourceFact
from alerts.legible import cut
from alerts.outline import Sentence
from alerts.sheet import Para, Run, Source
from alerts.wording import clock


class Paper:
    """Numbers the sources in the order in which the text first cites them."""

    def __init__(self, known: Sequence[SourceFact]) -> None:
        self._known = {source.id: source for source in known}
        self._marks: dict[str, str] = {}

    def mark(self, source: str) -> str:
        """[1], [2] …"""
        return self._marks.setdefault(source, f"[{len(self._marks) + 1}]")

    def say(self, sentences: Iterable[Sentence]) -> Para:
        """One paragraph, each sentence marked with its sources; equal neighbours share their marks."""
        runs: list[Run] = []
        ready = list(sentences)
        for item, following in zip(ready, [*ready[1:], Sentence("")], strict=True):
            runs.append(Run(item.text))
            if item.sources != following.sources:
                runs += [Run(self.mark(source), "cite") for source in dict.fromkeys(item.sources)]
        return Para(tuple(runs))

    def listed(self) -> tuple[Source, ...]:
        """The list at the end of the paper."""
        return tuple(
            Source(mark, source, _source(self._known[source]), cut(self._known[source].url, 200))
            for source, mark in self._marks.items()
        )


def _source(fact: SourceFact) -> str:
    parts = [f"{fact.kind}{fact.id}", cut(fact.media, 30), f"《{cut(fact.title, 60)}》" if fact.title else ""]
    return "，".join(part for part in (*parts, clock(fact.at, year=True) if fact.at else "") if part)

"""`Judge`: text in, a Verdict with its reasons out. Joins rules, place, mood, units and level."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from rules.cache import open_ruleset
from rules.context import Assessment, assess
from rules.engine import Engine, Fired
from rules.examples import Failure, count, failures
from rules.explain import Explained, explain
from rules.found import TITLE, Found
from rules.level import Thresholds, suggest
from rules.likeness import Likeness, likeness
from rules.moods import Moods
from rules.official import is_official_response
from rules.pack import Units, pack_files
from rules.place import PlaceJudge, PlaceVerdict
from rules.ranking import ranked, reworded
from rules.reasons import Original, hits, named, original, worded
from rules.routing import Unit, UnitTable, default_units, route, unit_names
from rules.text import Normalised, normalise
from rules.verdict import Sentiment, Text, Topic, UnitRef, Verdict

Mooding = Literal["hits", "all"]
DATELINE, BESIDE = 120, 60  # characters
OFTEN = 4  # names of ours, or of a topic, in a body that make it about us, or about that
LONG, HEAD = 300, 200  # characters
HEADLINE = 100  # characters of a body up to which a text counts as a headline
ANSWER, ELSEWHERE = "cue.answer", "cue.elsewhere"
MOST_ROUTES = 4096  # outcomes of routing that are remembered: the same rules hold again and again
ACCUSED = "19"  # wrongdoing of officials: where wording alone says so, it is handed over to none it names
NO_TOPIC = Units("zhengfuban")  # an incident that no topic claims goes to the office itself
_NO_PLACE = PlaceVerdict("unsure", why=("未设定辖区，不判断地域",))


class Judge:
    """Read-only once made; may be shared by threads and forked processes."""

    def __init__(
        self,
        engine: Engine,
        units: UnitTable,
        place: PlaceJudge | None = None,
        thresholds: Thresholds | None = None,
        moods: Moods | None = None,
    ) -> None:
        self._engine, self._units, self._place = engine, units, place
        self._moods = moods or Moods()
        self._thresholds = thresholds or Thresholds()
        self._routes: dict[tuple[object, ...], tuple[tuple[UnitRef, ...], tuple[str, ...]]] = {}
        self._unit_of = {name: unit.id for unit in units.values() for name in (unit.name, *unit.aliases)}

    @classmethod
    def load(
        cls,
        *,
        region: str | None = None,
        station_rules: Path | Sequence[Path] | None = None,
        local_names: Sequence[str] = (),
        place: PlaceJudge | None = None,
        units: Mapping[str, Unit] | None = None,
        thresholds: Thresholds | None = None,
        cache: Path | None = None,
    ) -> Judge:
        """A judge with the shipped rules and, if given, a station's packs: folders or files, in order.

        The last folder with a table of moods (rules.moods.OWN) sets what moods are told by.

        Raises PackError (every fault located) and UnknownRegion (naming the nearest).
        """
        with _uncollected():
            if place is None and region is not None:
                place = PlaceJudge.for_region(region, local_names=local_names)
            table = units if units is not None else default_units()
            ruleset = open_ruleset(pack_files(*_paths(station_rules)), (*table, *default_units()), cache)
            moods = Moods.of(path for path in _paths(station_rules) if path.is_dir())
            return cls(Engine(ruleset, unit_names(table)), table, place, thresholds, moods)

    @property
    def ruleset(self) -> str:
        """The hash of the rules in force, and of the station's own table of moods."""
        rules, moods = self._engine.ruleset.hash, self._moods.digest
        return hashlib.sha256(f"{rules} {moods}".encode()).hexdigest() if moods else rules

    def judge_many(self, texts: Iterable[Text], sentiment: Mooding = "hits") -> Iterator[Verdict]:
        """Verdicts in order."""
        return (self.judge(text, sentiment) for text in texts)

    def judge(self, text: Text, sentiment: Mooding = "hits") -> Verdict:
        """The suggestion for one text. `sentiment`: score only texts with hits, or all."""
        normalised = normalise(text)
        place = self._place.judge(text, normalised) if self._place else _NO_PLACE
        found = self._engine.scan(normalised, lambda: place.places)
        topical = _telling(self._engine.topical(found), text)
        official, official_why = False, tuple[str, ...]()
        if self._engine.holds(ANSWER, found):  # its signs cost more than all rules together
            official, official_why = is_official_response(text)
        like = _wording(normalised, place) if len(text.text) < HEADLINE else None
        assessment = assess(topical, found, lambda: self._engine.cues(found), like)
        if not topical and not assessment.incident:
            mood = self._mood(text) if sentiment == "all" else None
            return _calm(text, place, official, official_why, mood)
        place = _at_the_event(place, assessment)
        worth = sentiment == "all" or _worth_a_mood(topical, text, place, assessment)
        mood = self._mood(text) if worth else None
        return self._verdict(
            text, normalised, found, topical, place, assessment, mood, official, official_why, like
        )

    def _mood(self, text: Text) -> Sentiment:
        # a long text's mood is set early
        return self._moods.score(text.title, text.text if len(text.text) <= LONG else text.text[:HEAD])

    def explain(self, text: Text) -> list[Explained]:
        """Each rule: matched, missed (the part that failed) or excluded (by what)."""
        place = self._place.judge(text) if self._place else _NO_PLACE
        return list(explain(self._engine, self._engine.scan(normalise(text), lambda: place.places)))

    def failed_examples(self) -> list[Failure]:
        """The examples of the rules in force that fail."""
        return list(failures(self._engine))

    @property
    def size(self) -> tuple[int, int]:
        """How many rules, and how many examples."""
        return len(self._engine.ruleset.rules), count(self._engine)

    def _verdict(
        self,
        text: Text,
        normalised: Normalised,
        found: Found,
        topical: Sequence[Fired],
        place: PlaceVerdict,
        assessment: Assessment,
        mood: Sentiment | None,
        official: bool,
        official_why: tuple[str, ...],
        like: Likeness | None,
    ) -> Verdict:
        fields = original(text)
        order = ranked(topical, not text.text)
        if like is not None and assessment.incident and not text.text:
            order = reworded(order, like)
        topics = tuple([self._topic(number, rules, fields) for number, rules in order])
        accused = any(number == ACCUSED and not rules for number, rules in order)
        restricted = accused or any(f.rule.restricted for f in topical)
        units, units_why = self._route(order, found, place, restricted)
        level, level_why = self._level(topical, text, assessment)
        incident = assessment.incident
        why = (
            *place.why,
            *[named(f, fields, normalised) for _, rules in order for f in rules],
            *(worded(topic, like) for topic in topics if like and not topic.rules),
            *assessment.why,
            *(("官方回应：" + "、".join(official_why),) if official else ()),
            *units_why,
            *level_why,
        )
        if place.in_place == "unsure" and self._engine.holds(ELSEWHERE, found):
            place = replace(place, in_place="no")
            why = (*why, "标题说的是外地之事，不按本地处理")
        local = place.in_place == "yes" or (place.in_place == "unsure" and place.local_source)
        return Verdict(
            id=text.id, flag=incident and local, in_place=place.in_place, incident=incident, topics=topics,
            sentiment=mood, units=units, level=level, official_response=official, why=why,
            restricted=restricted, places=place.places,
        )  # fmt: skip

    def _topic(self, number: str, rules: Sequence[Fired], fields: Original) -> Topic:
        info = self._engine.ruleset.topics.get(number)
        name = info.name if info else number
        return Topic(number, name, hits(rules, fields), tuple([f.rule.id for f in rules]))

    def _route(
        self,
        order: Sequence[tuple[str, Sequence[Fired]]],
        found: Found,
        place: PlaceVerdict,
        restricted: bool,
    ) -> tuple[tuple[UnitRef, ...], tuple[str, ...]]:
        mentioned = tuple(dict.fromkeys(self._unit_of[name] for name in self._engine.named(found)))
        in_order = tuple([(number, *[f.rule.id for f in rules]) for number, rules in order])
        key = (in_order, mentioned, place.places, restricted)
        if key not in self._routes:
            if len(self._routes) >= MOST_ROUTES:
                self._routes.clear()
            wanted = self._wanted(order)
            self._routes[key] = route(
                self._units, wanted, mentioned=mentioned, places=place.places, restricted=restricted
            )
        return self._routes[key]

    def _wanted(self, order: Sequence[tuple[str, Sequence[Fired]]]) -> list[Units]:
        wanted: list[Units] = []
        for number, rules in order:
            info = self._engine.ruleset.topics.get(number)
            own = [f.rule.units for f in sorted(rules, key=lambda f: -f.rule.weight) if f.rule.units.lead]
            wanted += [*own, *([info.units] if info else [])]
        return wanted or [NO_TOPIC]

    def _level(
        self, topical: Sequence[Fired], text: Text, assessment: Assessment
    ) -> tuple[int | None, tuple[str, ...]]:
        if not assessment.incident:
            return None, ()
        asked = [(f.level, f"规则“{f.rule.name}”的条件") for f in topical if f.level is not None]
        return suggest(f"{text.title}。{text.text}", asked, media=text.media, thresholds=self._thresholds)


def _wording(normalised: Normalised, place: PlaceVerdict) -> Likeness:
    """How the headline reads, its own place left out: no city is trouble by its name."""
    title = normalised.title.text
    if place.in_place == "yes":
        for name in {hit.text for hit in place.hits if hit.field == "title"}:
            title = title.replace(name, "")
    named = place.in_place == "yes" or place is _NO_PLACE or place.local_source
    return likeness(title, named)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Rules live as long as the process: the collector need not walk them, while they are made or after."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collecting:
            gc.enable()


def _paths(given: Path | Sequence[Path] | None) -> Sequence[Path]:
    return (given,) if isinstance(given, Path) else given or ()


def _telling(topical: Sequence[Fired], text: Text) -> Sequence[Fired]:
    """Rules of a topic, without what a long text only touches on: a topic's plain words, named seldom."""
    if len(text.text) <= LONG:
        return topical
    return [f for f in topical if f.rule.alarm > 1 or f.count >= OFTEN or f.in_title]


def _worth_a_mood(topical: Sequence[Fired], text: Text, place: PlaceVerdict, assessment: Assessment) -> bool:
    """One that tells of an incident, has a hit in its title, or is short with more than a plain word.

    A bare headline from elsewhere is not: hot lists are full of them.
    """
    if place.in_place == "no" and not text.text:
        return False
    return (
        assessment.incident
        or any(f.in_title for f in topical)
        or (len(text.text) <= LONG and any(f.rule.alarm > 1 for f in topical))
    )


def _at_the_event(place: PlaceVerdict, assessment: Assessment) -> PlaceVerdict:
    """A place named only in passing, far from the sentence that tells the event, leaves it unsure.

    National round-ups name many places; ours is concerned when it stands in the title, at the head of the
    body (a dateline), or beside the event.
    """
    where = assessment.where
    if place.in_place != "yes" or not assessment.incident or where is None or not place.hits:
        return place
    body = [hit.start for hit in place.hits if hit.field == "text"]
    if len(body) < len(place.hits):
        return place
    if where.field == TITLE:
        near = min(body) < DATELINE or len(body) >= OFTEN
    else:
        near = any(where.start - BESIDE <= at <= where.end + BESIDE for at in body)
    if near:
        return place
    return replace(place, in_place="unsure", why=(*place.why, "本地地名只是顺带提及，不在叙述事件的语句附近"))


def _calm(
    text: Text, place: PlaceVerdict, official: bool, official_why: tuple[str, ...], mood: Sentiment | None
) -> Verdict:
    """Nothing of the rules in it."""
    why = (*place.why, "没有规则命中")
    if official:
        why = (*why, "官方回应：" + "、".join(official_why))
    return Verdict(
        id=text.id, flag=False, in_place=place.in_place, incident=False, topics=(), sentiment=mood, units=(),
        level=None, official_response=official, why=why, places=place.places,
    )  # fmt: skip

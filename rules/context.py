"""From rules that hold to "this is an incident", or why it is not.

Evidence is weighed sentence by sentence: a drill in one sentence says nothing of a fire in the next. The
strongest rule of a sentence counts, another one adds a little, cues of the same sentence (reports,
complaints, warnings; drills, history, advertisements, prevention) raise or lower it; cues that reach over the
whole text do so for every sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rules.engine import Fired
from rules.found import BODY, TITLE, Found, Span
from rules.likeness import Likeness
from rules.pack import SHIPPED, Rule

ENOUGH = 3.0
ENOUGH_IN_LONG = 4.0  # a calm title over a long body: one sentence of it must say more
LONG = 400  # characters
HEAD = 400  # characters of a long body in which an incident must be told
MOST_CUES = 2.0

# What the wording of a bare headline adds to its rules: points at even odds, and for each unit of log-odds.
WORDING_EVEN, WORDING_SLOPE = 2.6, 1.4
POST_ALONE = 4.0  # points a post needs without a rule beside them: the table was learned from headlines only
MOST_WITH_WORDING = 3.5  # it carries a headline over the mark and no further, so that a drill stays a drill
LEAST_WORDING = -2.0
# Rules of this alarm need no wording's consent where they are a station's own, or of these topics (accidents,
# disasters, traffic, outbreaks): a missed explosion is worse than a false alarm.
GRAVE, GRAVE_TOPICS = 3, frozenset({"1", "2", "14", "21"})

_SHIPPED = frozenset(file.name for file in SHIPPED.glob("*.yaml"))

Key = tuple[int, int]  # a field and the number of a sentence in it


_NO_RULE: tuple[float, frozenset[Span]] = (0.0, frozenset())


@dataclass(slots=True)
class _Sentence:
    rules: dict[str, tuple[float, frozenset[Span]]] = field(default_factory=dict)
    cues: dict[str, float] = field(default_factory=dict)
    wording: float = 0.0
    grave: bool = False

    def score(self, wide: Mapping[str, float]) -> float:
        cues = {**wide, **self.cues}
        up = min(MOST_CUES, sum(v for v in cues.values() if v > 0))
        down = sum(v for v in cues.values() if v < 0)
        return self._worded(up) + down

    def _worded(self, up: float) -> float:
        """What the rules, the cues for them and the wording say together. Cues alone say nothing."""
        strongest, *others = sorted(self.rules.values(), key=lambda pair: -pair[0]) or [_NO_RULE]
        # another rule adds only when it rests on other words than the strongest
        second = max((alarm for alarm, words in others if words - strongest[1]), default=0.0)
        score = strongest[0] + (1.0 if second >= 2 else 0.5 if second >= 1 else 0.0)
        score += up if score > 0 else 0.0
        if self.wording > 0:
            return max(score, min(score + self.wording, MOST_WITH_WORDING))
        return score if self.grave else score + self.wording


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a text tells of an incident, the score that decided it, and why."""

    incident: bool
    score: float
    why: tuple[str, ...]
    where: Span | None = None  # the sentence that decided


NOTHING = Assessment(False, 0.0, ())


def assess(
    topical: Sequence[Fired],
    found: Found,
    cues: Callable[[], Sequence[Fired]],
    like: Likeness | None = None,
) -> Assessment:
    """Weigh the evidence. `cues` are asked for only where they could still make an incident of it.

    `like`: what the wording of a bare headline says; it supports the rules, or stands for one.
    """
    sentences = _topical_sentences(topical, found)
    if like is not None:
        _add_likeness(sentences, like, POST_ALONE if found.fields[BODY].text else ENOUGH)
    if not sentences:
        return NOTHING
    long = len(found.fields[BODY].text) > LONG and bool(found.fields[TITLE].text)
    best = _best(sentences, {}, long)
    if best.score + MOST_CUES < best.need:
        return Assessment(False, best.score, (f"不构成事件：得分 {best.score:g}，标准 {best.need:g}",))
    wide = _add_cues(sentences, cues(), found)
    best = _best(sentences, wide, long)
    wording = like if best.key[0] == TITLE else None
    bounds = found.sentence_bounds(*best.key) if best.key[0] == BODY else (0, 0)
    incident = best.score >= best.need
    why = _why(sentences[best.key], wide, best, wording)
    return Assessment(incident, best.score, why, Span(best.key[0], *bounds))


class _Best(NamedTuple):
    score: float
    need: float
    key: Key


def _best(sentences: Mapping[Key, _Sentence], wide: Mapping[str, float], long: bool) -> _Best:
    """The sentence nearest to what it needs, or furthest above it."""
    rated = (
        _Best(sentence.score(wide), ENOUGH_IN_LONG if long and key[0] == BODY else ENOUGH, key)
        for key, sentence in sentences.items()
    )
    return max(rated, key=lambda b: b.score - b.need)


def _topical_sentences(topical: Sequence[Fired], found: Found) -> dict[Key, _Sentence]:
    sentences: dict[Key, _Sentence] = {}
    for one in topical:
        words = frozenset(one.pieces)
        for key in {k for p in words if (k := _key(p, found))}:
            sentence = sentences.setdefault(key, _Sentence())
            sentence.rules[one.rule.name] = (float(one.rule.alarm), words)
            sentence.grave |= one.rule.alarm >= GRAVE and _stands(one.rule)
    return sentences


def _stands(rule: Rule) -> bool:
    return rule.topic in GRAVE_TOPICS or rule.origin.partition(":")[0] not in _SHIPPED


def _add_likeness(sentences: dict[Key, _Sentence], like: Likeness, alone: float) -> None:
    """A wording much like incidents' suffices; one somewhat like them supports the rules of the headline."""
    wording = max(LEAST_WORDING, WORDING_EVEN + WORDING_SLOPE * like.odds)
    if wording >= alone or (TITLE, 0) in sentences:
        sentences.setdefault((TITLE, 0), _Sentence()).wording = wording


def _add_cues(sentences: dict[Key, _Sentence], cues: Sequence[Fired], found: Found) -> dict[str, float]:
    """Put each cue to the sentences it stands in; those that reach over the whole text are returned."""
    wide: dict[str, float] = {}
    for one in cues:
        if one.rule.cue == "text":
            wide[one.rule.name] = float(one.rule.alarm)
        elif one.rule.alarm:
            for key in {k for p in one.pieces if (k := _key(p, found)) in sentences}:
                sentences[key].cues[one.rule.name] = float(one.rule.alarm)
    return wide


def _key(span: Span, found: Found) -> Key | None:
    """The sentence of a span; None beyond the head of a long body. A title is one sentence."""
    if span.field == TITLE:
        return TITLE, 0
    if span.field != BODY or (len(found.fields[BODY].text) > 2 * HEAD and span.start > HEAD):
        return None
    return BODY, found.sentence(span)


def _why(
    sentence: _Sentence, wide: Mapping[str, float], best: _Best, like: Likeness | None
) -> tuple[str, ...]:
    cues = {**wide, **sentence.cues}
    up = [name for name, value in cues.items() if value > 0]
    down = [name for name, value in cues.items() if value < 0]
    outcome = "构成" if best.score >= best.need else "不构成"
    parts = [f"{outcome}事件：得分 {best.score:g}，标准 {best.need:g}"]
    if like is not None and sentence.wording > 0:
        parts.append(f"用语与以往事件相近（{like.chance:.0%}：{'、'.join(like.words)}）")
    if like is not None and sentence.wording < 0 and sentence.rules and not sentence.grave:
        parts.append(f"用语不像以往事件（{like.chance:.0%}）")
    if up:
        parts.append(f"加强语境：{'、'.join(up)}")
    if down:
        parts.append(f"减弱语境：{'、'.join(down)}")
    return tuple(parts)

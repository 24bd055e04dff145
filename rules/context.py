"""From rules that hold to "this is an incident", or why it is not.

Evidence is weighed sentence by sentence: a drill in one sentence says nothing of a fire in the next. The
strongest rule of a sentence counts, another one adds a little, cues of the same sentence (reports,
complaints, warnings; drills, history, advertisements, prevention) raise or lower it; cues that reach over the
whole text do so for every sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from rules.engine import Fired
from rules.match import BODY, TITLE, Found, Span

ENOUGH = 3.0
ENOUGH_IN_LONG = 4.0  # a calm title over a long body: one sentence of it must say more
LONG = 400  # characters
HEAD = 400  # characters of a long body in which an incident must be told
MOST_CUES = 2.0


@dataclass(slots=True)
class _Sentence:
    rules: dict[str, tuple[float, frozenset[Span]]] = field(default_factory=dict)
    cues: dict[str, float] = field(default_factory=dict)

    def score(self, wide: dict[str, float]) -> float:
        if not self.rules:
            return 0.0
        strongest, *others = sorted(self.rules.values(), key=lambda pair: -pair[0])
        # another rule adds only when it rests on other words than the strongest
        second = max((alarm for alarm, words in others if words - strongest[1]), default=0.0)
        more = 1.0 if second >= 2 else 0.5 if second >= 1 else 0.0
        cues = {**wide, **self.cues}
        up = min(MOST_CUES, sum(v for v in cues.values() if v > 0))
        down = sum(v for v in cues.values() if v < 0)
        return strongest[0] + more + (up if strongest[0] > 0 else 0.0) + down


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a text tells of an incident, the score that decided it, and why."""

    incident: bool
    score: float
    why: tuple[str, ...]
    where: Span | None = None  # the sentence that decided


NOTHING = Assessment(False, 0.0, ())


def assess(fired: Sequence[Fired], found: Found, extra: float = 0.0) -> Assessment:
    """Weigh the evidence. `extra`: what the learned table adds to the title's score."""
    sentences, wide, topical = _gather(fired, found)
    if not topical:
        return NOTHING
    long = len(found.fields[BODY].text) > LONG and bool(found.fields[TITLE].text)
    best, best_need, best_key = -99.0, ENOUGH, (TITLE, 0)
    for key, sentence in sentences.items():
        score = sentence.score(wide) + (extra if key[0] == TITLE else 0.0)
        need = ENOUGH_IN_LONG if long and key[0] == BODY else ENOUGH
        if sentence.rules and score - need > best - best_need:
            best, best_need, best_key = score, need, key
    incident = best >= best_need
    where = Span(best_key[0], *found.sentence_bounds(*best_key)) if best_key[0] == BODY else Span(TITLE, 0, 0)
    return Assessment(incident, best, _why(sentences[best_key], wide, best, best_need, incident), where)


def _gather(
    fired: Sequence[Fired], found: Found
) -> tuple[dict[tuple[int, int], _Sentence], dict[str, float], bool]:
    sentences: dict[tuple[int, int], _Sentence] = defaultdict(_Sentence)
    wide: dict[str, float] = {}
    topical = False
    for one in fired:
        rule = one.rule
        if rule.topic is None and rule.cue == "text":
            wide[rule.name] = float(rule.alarm)
            continue
        words = frozenset(p for m in one.matches for p in m.pieces)
        for key in {k for p in words if (k := _key(p, found))}:
            if rule.topic is None:
                sentences[key].cues[rule.name] = float(rule.alarm)
            else:
                topical = True
                sentences[key].rules[rule.name] = (float(rule.alarm), words)
    return sentences, wide, topical


def _key(span: Span, found: Found) -> tuple[int, int] | None:
    """The sentence of a span; None beyond the head of a long body. A title is one sentence."""
    if span.field == TITLE:
        return TITLE, 0
    if span.field != BODY or (len(found.fields[BODY].text) > 2 * HEAD and span.start > HEAD):
        return None
    return BODY, found.sentence(span)


def _why(
    sentence: _Sentence, wide: dict[str, float], score: float, need: float, incident: bool
) -> tuple[str, ...]:
    cues = {**wide, **sentence.cues}
    up = [name for name, value in cues.items() if value > 0]
    down = [name for name, value in cues.items() if value < 0]
    parts = [f"{'构成' if incident else '不构成'}事件：得分 {score:g}，标准 {need:g}"]
    if up:
        parts.append(f"加强语境：{'、'.join(up)}")
    if down:
        parts.append(f"减弱语境：{'、'.join(down)}")
    return tuple(parts)

"""Learns rules/lexicons/likeness.tsv. Run by hand: `python -m tests.quality.learn_likeness` (minutes).

Data, none of which is kept in the repository: the dev half of incidents/gold.jsonl; the learn half of the
headlines read in stream/ and hot/ (stream.py); the tune half of headlines.txt and, for topics alone, all of
wordings.txt, invented by the maintainers; as calm headlines, a third of the others in stream/ and hot/, and
every eighth title of news/xinwenlianbo. Names of places are masked before learning, so that no city learns
to be trouble. Words that no labelled headline has take a share of the weight of their kin (kinship.py).

Each piece gets a weight for "tells of an incident" (logistic regression, its features scaled by their
log-odds between the classes: Wang & Manning, ACL 2012) and one for each topic (ridge regression on the
incidents).
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.shared import shared_data
from rules.likeness import BIAS, PLACED, TABLE, TOPIC_TABLE, TOPICS, pieces
from rules.text import fold
from tests.quality.headlines import headlines
from tests.quality.kinship import kinship, pairs
from tests.quality.stream import read_headlines, titles

WORDINGS = Path(__file__).with_name("wordings.txt")
PACKS = TABLE.parents[1] / "packs"
_SUFFIX = re.compile(r"(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|地区|省|市|区|县|盟)$")
_NOT_PLACES = {"市辖", "东方", "新华", "和平", "合作", "联盟"}
_OTHERS = ["西湖", "浙大", "浙江大学", "钱塘江", "燕郊", "良渚", "灵隐寺", "娃哈哈", "宗庆后", "朱婷", "小米"]
_AFTER_A_PLACE = set("省市区县州盟旗镇乡")  # a pair that starts with one is half a place's name
KIN = 0.3  # the share of kinship beside the pieces themselves
STRENGTH, RIDGE = 0.3, 0.3
Told = tuple[bool, tuple[str, ...]]  # whether it is an incident, and its topics
RARE, USUAL = 0.3, 50  # how much a topic's frequency in hot lists counts for less, around so many headlines
SECOND = 0.4  # of a headline's second topic
KEEP, KEEP_TOPIC = 0.1, 0.12  # pieces whose weights are all nearer to nought are left out


@dataclass(frozen=True, slots=True)
class Row:
    """A masked headline; `weight`: more where it names a place, less where many tell of the same."""

    text: str
    incident: bool
    topics: tuple[str, ...]
    placed: bool
    weight: float


class Features:
    """Pieces that two rows have at least, and the sum of the vectors of kin."""

    def __init__(self, rows: Sequence[Row], names: Sequence[str], vectors: Any) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        self.counter = CountVectorizer(analyzer=pieces, binary=True, min_df=2)
        self.own = self.counter.fit_transform([r.text for r in rows]).astype(float)
        at = {name: i for i, name in enumerate(names)}
        self.kin = np.stack([vectors[sorted({at[p] for p in pairs(r.text) if p in at})].sum(0) for r in rows])
        self.names, self.vectors = names, vectors

    def table(self, own: Any, kin: Any) -> dict[str, Any]:
        """The weights of pieces, with what their kinship gives them."""
        out = dict(zip(self.counter.get_feature_names_out(), own, strict=True))
        for name, share in zip(self.names, self.vectors @ kin, strict=True):
            if name[0] not in _AFTER_A_PLACE:
                out[name] = out.get(name, 0.0) + share
        return out


def main() -> None:
    masked = rows()
    names, vectors = kinship(shared_data())
    places = set(_places())
    known = [i for i, name in enumerate(names) if name not in places]
    names, vectors = [names[i] for i in known], vectors[known]
    weights, bias, placed = incident_weights(masked, names, vectors)
    topics, shares = topic_weights([*masked, *wordings()], names, vectors)
    nothing = np.zeros(TOPICS)
    kept = [
        piece
        for piece in sorted(weights.keys() | topics.keys(), key=lambda piece: (len(piece) == 1, piece))
        if abs(weights.get(piece, 0.0)) >= KEEP or np.abs(topics.get(piece, nothing)).max() >= KEEP_TOPIC
    ]
    lines = ["## learned by tests/quality/learn_likeness.py, which names the data; piece, weight"]
    lines += [f"{BIAS}\t{bias:.3f}", f"{PLACED}\t{placed:.3f}"]
    lines += [f"{piece}\t{weights.get(piece, 0.0):.2f}" for piece in kept]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    matrix = np.stack([topics.get(piece, nothing) for piece in kept])
    step = float(np.abs(matrix).max()) / 127
    steps = np.round(matrix / step).astype(np.int8)
    np.savez_compressed(TOPIC_TABLE, steps=steps, step=np.float32(step), shares=shares.astype(np.float32))
    print(
        len(kept), "pieces from", len(masked), "headlines,", sum(r.incident for r in masked), "of incidents"
    )


def incident_weights(
    rows: Sequence[Row], names: Sequence[str], vectors: Any
) -> tuple[dict[str, float], float, float]:
    """The weight of each piece, the bias, and the weight of naming a place."""
    from scipy.sparse import csr_matrix, diags, hstack
    from sklearn.linear_model import LogisticRegression

    features = Features(rows, names, vectors)
    truth = np.array([r.incident for r in rows])
    yes, no = (np.asarray(features.own[truth == side].sum(0)).ravel() + 1.0 for side in (True, False))
    odds = np.abs(np.log((yes / yes.sum()) / (no / no.sum())))
    more = np.column_stack([features.kin * KIN, [float(r.placed) for r in rows]])
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
    matrix = hstack([features.own @ diags(odds), csr_matrix(more)]).tocsr()
    model.fit(matrix, truth, sample_weight=[r.weight * (2.0 if r.placed else 1.0) for r in rows])
    found, width = model.coef_[0], len(odds)
    table = features.table(found[:width] * odds, found[width:-1] * KIN)
    return table, float(model.intercept_[0]), float(found[-1])


def topic_weights(rows: Sequence[Row], names: Sequence[str], vectors: Any) -> tuple[dict[str, Any], Any]:
    """Each piece's weight for each topic, to be divided by the root of a headline's length; and the bias."""
    from scipy.sparse import diags

    rows = [row for row in rows if row.topics]
    features = Features(rows, names, vectors)
    scale = diags([len(r.text[:60]) ** -0.5 for r in rows])
    own, kin = scale @ features.own, scale @ features.kin * KIN
    truth = np.zeros((len(rows), TOPICS))
    for row, line in zip(truth, rows, strict=True):
        for topic, share in zip(line.topics[:2], (1.0, SECOND), strict=False):
            row[int(topic) - 1] = share
    alike = (own @ own.T).toarray() + kin @ kin.T
    size = float(np.mean(np.diag(alike)))
    mean = truth.mean(0)
    often = Counter(r.topics[0] for r in rows)
    penalty = np.diag([RIDGE * size / r.weight * (often[r.topics[0]] / USUAL) ** RARE for r in rows])
    solved = np.linalg.solve(alike + penalty, truth - mean)
    return features.table(own.T @ solved, kin.T @ solved * KIN), mean


def rows(half: str | None = "learn") -> list[Row]:
    """What to learn from. `half`: of the headlines read in the hot lists; None is both."""
    place = re.compile("|".join(sorted(map(re.escape, _places()), key=len, reverse=True)))
    told = {**_calm(), **_gold()}
    told |= {h.title: (h.incident, h.topics) for h in headlines("tune")}
    for read in read_headlines(shared_data()):
        if read.incident is not None and half in (None, read.half):
            told[read.title] = (read.incident, read.topics)
    masked = {title: fold(place.sub("", title)) for title in told}
    crowds = _crowds(list(masked.values()))
    return [
        Row(masked[t], incident, topics, bool(place.search(t)), min(1.0, (2 / crowd) ** 0.5))
        for (t, (incident, topics)), crowd in zip(told.items(), crowds, strict=True)
    ]


def wordings() -> list[Row]:
    """Invented wordings of incidents. Those of real headlines tell an incident from other news better."""
    lines = (
        line.split("|", 1) for line in WORDINGS.read_text(encoding="utf-8").splitlines() if line[0] != "#"
    )
    told = ((fold(title), topics.split("/")) for topics, title in lines if topics != "-")
    return [Row(title, True, tuple(topics), True, 1.0) for title, topics in told]


def _gold() -> dict[str, Told]:
    numbers = {path.stem[3:]: str(int(path.stem[:2])) for path in PACKS.glob("*.yaml")}
    told: dict[str, Told] = {}
    for line in (shared_data() / "incidents" / "gold.jsonl").open(encoding="utf-8"):
        r = json.loads(line)
        incident = r["incident"] == "yes" or bool(r["incident_elsewhere"])
        if (
            r["split"] == "dev"
            and (incident or r["incident"] == "no")
            and not told.get(r["title"], (False,))[0]
        ):
            topics = [numbers[t] for t in (r["topic"], *r["topic_alt"]) if t in numbers]
            told[r["title"]] = (incident, tuple(topics))
    return told


def _calm() -> dict[str, Told]:
    others = sorted(titles(shared_data()) - {r.title for r in read_headlines(shared_data())})
    calm = [t for t in others if hashlib.sha256(t.encode()).digest()[0] < 90]
    with gzip.open(shared_data() / "news" / "xinwenlianbo.jsonl.gz", "rt", encoding="utf-8") as file:
        calm += [json.loads(line)["title"] for line in [*file][::8]]
    return dict.fromkeys(calm, (False, ()))


def _crowds(texts: Sequence[str]) -> list[int]:
    """How many headlines share half of a headline's pairs of characters, itself among them."""
    having: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        for pair in set(pairs(text)):
            having[pair].append(i)
    crowds = []
    for text in texts:
        own = set(pairs(text))
        shared = Counter(i for pair in own for i in having[pair])
        crowds.append(max(1, sum(n >= max(3, len(own) / 2) for n in shared.values())))
    return crowds


def _places() -> set[str]:
    names = set(_OTHERS)
    for level in ("provinces", "cities", "areas"):
        with (shared_data() / "places" / f"{level}.csv").open(encoding="utf-8") as file:
            names |= {_SUFFIX.sub("", row["name"]) for row in csv.DictReader(file)}
    return {name for name in names if len(name) > 1} - _NOT_PLACES


if __name__ == "__main__":
    main()

"""`judge`: documents a second ÷ jieba.lcut alone on the same texts in the same run, 5,000 rules."""

from __future__ import annotations

import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import manyrules
from benchmarks.shared import shared_data
from rules.verdict import Text

ROUNDS, DOCUMENTS = 5, 300
TARGET = 5


def main() -> None:
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    texts = _news()
    with tempfile.TemporaryDirectory() as folder:
        judge = manyrules.judge(Path(folder))
        ours, alone = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(lambda: [judge.judge(t) for t in texts]))
            alone.append(seconds(lambda: [jieba.lcut(f"{t.title}\n{t.text}") for t in texts]))
    ratio = statistics.median(alone) / statistics.median(ours)
    print(f"judge {ratio:.1f} x target {TARGET}")


def _news() -> Sequence[Text]:
    with gzip.open(shared_data() / "news" / "xinwenlianbo.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    step = max(1, len(rows) // DOCUMENTS)
    return [Text(str(i), row["title"], row["text"]) for i, row in enumerate(rows[::step])]


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, in time of the processor: what else the machine does is no matter of ours."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()

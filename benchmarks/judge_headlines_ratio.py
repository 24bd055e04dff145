"""`judge-headlines-ratio`: headlines a second (as in `judge-headlines`) ÷ those of jieba.lcut alone."""

from __future__ import annotations

import json
import statistics
import tempfile
from pathlib import Path

from benchmarks import manyrules
from benchmarks.judge import seconds
from benchmarks.judge_headlines import ROUNDS, headlines, judge_lines

TARGET = 2.5


def main() -> None:
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    lines = headlines()
    titles = [json.loads(line)["title"] for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        judge = manyrules.judge(Path(folder))
        judge_lines(judge, lines)
        ours, alone = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(lambda: judge_lines(judge, lines)))
            alone.append(seconds(lambda: [jieba.lcut(title) for title in titles]))
    ratio = statistics.median(alone) / statistics.median(ours)
    print(f"judge-headlines-ratio {ratio:.1f} x target {TARGET}")


if __name__ == "__main__":
    main()

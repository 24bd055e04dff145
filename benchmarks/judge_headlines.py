"""`judge-headlines`: headlines of 30 characters a second, JSON in and out, 5,000 rules, one process."""

from __future__ import annotations

import json
import re
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import manyrules
from benchmarks.judge import seconds
from benchmarks.shared import shared_data
from monitor.commands.filters import Outcome, outcome
from monitor.commands.judge import line_of
from rules.judge import Judge

_ROW = re.compile(r"\d+\. (?P<title>.+?)(?: \[URL:.*| \(排名.*)?$")
ROUNDS, HEADLINES, LENGTH = 5, 3000, 30
TARGET = 10_000


def main() -> None:
    lines = headlines()
    with tempfile.TemporaryDirectory() as folder:
        judge = manyrules.judge(Path(folder))
        judged = [seconds(lambda: judge_lines(judge, lines)) for _ in range(ROUNDS + 1)][1:]
    print(f"judge-headlines {len(lines) / statistics.median(judged):.0f} /s target {TARGET}")


def headlines() -> Sequence[bytes]:
    """Lines of input: real headlines of the hot-list snapshots, joined and cut to 30 characters."""
    snapshots = sorted((shared_data() / "stream").glob("*.txt"))[::4]
    rows = (row for path in snapshots for row in path.read_text(encoding="utf-8").splitlines())
    titles = dict.fromkeys(m["title"] for row in rows if (m := _ROW.match(row)))
    joined = "，".join(titles)
    cut = [joined[i : i + LENGTH] for i in range(0, len(joined) - LENGTH, LENGTH)]
    titles_30 = (cut * (HEADLINES // len(cut) + 1))[:HEADLINES]
    return [json.dumps({"id": i, "title": t}, ensure_ascii=False).encode() for i, t in enumerate(titles_30)]


def judge_lines(judge: Judge, lines: Sequence[bytes]) -> list[Outcome]:
    """What `caifeng judge` does with its input, pipe aside."""
    return [
        outcome(number, line, lambda record: line_of(judge, record, "hits"))
        for number, line in enumerate(lines, 1)
    ]


if __name__ == "__main__":
    main()
